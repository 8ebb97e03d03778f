/* claim: what the plaintiffs ask the court to order, as last filed, with the sum where it
 * is about money (民诉法 art. 124, no. 3). */
#ifndef MC_CLAIM_H
#define MC_CLAIM_H
#include "docket.h"

struct claim {
	int number;
	const char *words;
	int64_t amount;
}; /* fen, 0 if not about money */

/* In order of number. */
enum mc_err claim_list(struct ctx *ctx, const struct docket *docket, struct claim **out, size_t *count);

#endif
