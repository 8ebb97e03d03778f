/* tenancy: who else works on this store at the same time. Servers share it; whoever moves or restores a whole
 * court has it alone. A data directory has a lock for that (serve.lock), which is enough for SQLite; a
 * PostgreSQL may be named by several directories, so the court's schema there is locked too. That lock belongs to
 * the writer's connection: it goes with it, and is taken again before the next one is used. */
#ifndef MC_TENANCY_H
#define MC_TENANCY_H
#include "../base/ctx.h"

/* Until the store of ctx ends. MC_CONFLICT store.moving: somebody has it alone. MC_STORE. */
enum mc_err tenancy_share(struct ctx *ctx);

/* MC_CONFLICT store.served: somebody else shares it or has it, for two seconds on end. MC_STORE. */
enum mc_err tenancy_alone(struct ctx *ctx);

#endif
