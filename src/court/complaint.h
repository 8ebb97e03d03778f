/* complaint: what a complaint says, taken from its form into the tables of the case:
 * the parties, the claims, the facts, the evidence that came with it (民诉法 art. 124). */
#ifndef MC_COMPLAINT_H
#define MC_COMPLAINT_H
#include "act.h"

/* Enters the case that SUBMIT begins, with stage as given, and reloads work->docket. */
enum mc_err complaint_open(struct ctx *ctx, struct act_work *work, enum stage stage);

/* Replaces parties and claims by those of the corrected form. Parties keep their number
 * where name and side are the same. */
enum mc_err complaint_replace(struct ctx *ctx, struct act_work *work);

/* Adds to the values for papers: evidence list, capacity. */
void complaint_values(struct ctx *ctx, struct act_work *work);

#endif
