/* record: the clerk's record of a hearing, line by line, and what those present say of it:
 * confirmed, or a correction asked for, on the spot or within five days (民诉法 art. 150). */
#ifndef MC_RECORD_H
#define MC_RECORD_H
#include "act.h"

/* Adds the lines of a RECORD form to a sitting. In a transaction. */
enum mc_err record_enter(struct ctx *ctx, const struct docket *docket, int hearing, const struct form *form);
/* The values of the record as a paper, and how many lines it has. */
enum mc_err record_values(struct ctx *ctx, const struct docket *docket, int hearing, struct form *values, int *lines);

extern const struct act_special record_confirm, record_object;

#endif
