/* motion: requests that wait for a decision (recusal, jurisdiction, withdrawal, fee
 * relief). An open one may bar other acts; the act table says which. */
#ifndef MC_MOTION_H
#define MC_MOTION_H
#include "docket.h"

enum mc_err motion_start(struct ctx *ctx, struct docket *docket, enum motion kind, int party, int entry);
/* Decides the open motion of this kind; granted or refused. */
enum mc_err motion_end(struct ctx *ctx, struct docket *docket, enum motion kind, bool granted, int entry);
/* Ends the open ones that nobody can decide in this stage any more: what was asked for has no object left. */
enum mc_err motion_lapse(struct ctx *ctx, struct docket *docket, enum stage stage, int entry);
struct motion_row { enum motion kind; int party, entry; };     /* party 0: the judge; entry: the act that asked */
/* The open ones, the oldest first. */
enum mc_err motion_list(struct ctx *ctx, const struct docket *docket, struct motion_row **out, size_t *count);

#endif
