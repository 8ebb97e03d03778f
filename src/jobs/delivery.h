/* delivery: what happens after an act and outside its transaction: papers reach inboxes,
 * electronic service takes effect on arrival, those who wait are told. Reads the outbox. */
#ifndef MC_DELIVERY_H
#define MC_DELIVERY_H
#include "../base/ctx.h"

#include <stddef.h>

struct outbox_row;

/* What came of one row; the reasons are in its own ctx. */
struct delivery {
	struct ctx ctx;
	const struct outbox_row *row;
	enum mc_err err;
};

/* Does these rows of the outbox, whatever their kind, in their order and in as few commits as there
 * can be, and marks each done in the savepoint in which it is done: one that fails leaves the others
 * alone. Who waits for news is told after the commit, once of what several rows say. */
void delivery_do(struct ctx *ctx, const struct outbox_row *row, size_t count, struct delivery *out);

/* The work of one row alone, without telling anybody. */
enum mc_err delivery_perform(struct ctx *ctx, const struct outbox_row *row);

#endif
