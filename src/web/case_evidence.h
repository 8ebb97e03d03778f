/* case_evidence: the evidence of a case as a list: who gave what, what it is to prove,
 * what the other side says of it, and what the judge finds. */
#ifndef MC_CASE_EVIDENCE_H
#define MC_CASE_EVIDENCE_H
#include "case_view.h"
#include "../base/cursor.h"

enum { CASE_EVIDENCE_MOST = 50 };       /* items on one page */

/* A page of them: the items and the way through the list. */
enum mc_err case_evidence_fill(struct ctx *ctx, const struct case_view *view, const struct cursor *from, struct view_evidence *out);

#endif
