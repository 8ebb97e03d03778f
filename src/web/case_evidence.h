/* case_evidence: the evidence of a case as a list: who gave what, what it is to prove,
 * what the other side says of it, and what the judge finds. */
#ifndef MC_CASE_EVIDENCE_H
#define MC_CASE_EVIDENCE_H
#include "case_view.h"

enum mc_err case_evidence_fill(struct ctx *ctx, const struct case_view *view, struct view_case *out);

#endif
