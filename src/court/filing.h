/* filing: the complaint comes in, is reviewed within seven days, corrected once, forwarded
 * when it was handed in at another court's desk, refused by ruling or taken back
 * (民诉法 arts 122 to 127; Online Litigation Rules art. 9). Registration is its own file. */
#ifndef MC_FILING_H
#define MC_FILING_H
#include "act.h"

/* What the court asked to be corrected, as the last notice lists it; none if it never asked. */
struct filing_defect { const char *what, *how; };
enum mc_err filing_defects(struct ctx *ctx, const struct docket *docket, struct filing_defect **out, size_t *count);

extern const struct act_special filing_submit, filing_notify_correction, filing_correct, filing_refuse;

#endif
