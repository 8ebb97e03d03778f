/* delivery: what happens after an act and outside its transaction: papers reach inboxes,
 * electronic service takes effect on arrival, those who wait are told. Reads the outbox. */
#ifndef MC_DELIVERY_H
#define MC_DELIVERY_H
#include "../base/ctx.h"

struct outbox_row;

/* Does one row of the outbox, whatever its kind, and marks it done in the same transaction
 * where it writes. */
enum mc_err delivery_do(struct ctx *ctx, const struct outbox_row *row);

#endif
