/* command_store: the store that the settings data and database name, for commands that look at one. */
#ifndef MC_COMMAND_STORE_H
#define MC_COMMAND_STORE_H
#include "../base/ctx.h"

struct store;

/* Opens it if it is there, with ctx->db for reading: asking for a store makes none. */
enum mc_err command_store_open(struct ctx *ctx, struct store **out);

/* Nobody serves this court meanwhile, and nobody begins to, until *lock is closed (-1: nothing was opened).
 * MC_CONFLICT copy.served, {1} the directory; MC_STORE. */
enum mc_err command_store_lock(struct ctx *ctx, const char *directory, int *lock);

#endif
