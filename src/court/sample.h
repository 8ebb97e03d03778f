/* sample: a small network to try the program with: the courts of court.tbl, the staff
 * of five of them, a few parties and a lawyer. All people are made up; their numbers
 * have right checksums but regions that issue none (110000, 000000). One password for all, so never for a
 * court that works. */
#ifndef MC_SAMPLE_H
#define MC_SAMPLE_H
#include "../base/ctx.h"

#include <stdio.h>

#define SAMPLE_PASSWORD "microcourt-2026"

/* Creates the network, once: a second call changes nothing. Slow (one hash); opens a transaction. */
enum mc_err sample_create(struct ctx *ctx);

/* Prints who there is, what they are, how they sign in, in ctx->lang. */
void sample_print(struct ctx *ctx, FILE *out);

#endif
