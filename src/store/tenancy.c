#define _GNU_SOURCE 1
#include "tenancy.h"
#include "db.h"
#include "link.h"

#include <stddef.h>
#include <time.h>

/* Of a process that was killed the database hears a moment later. */
#define TENANCY_TRIES 20

struct tenancy_claim { const char *sql, *refusal; };

static enum mc_err tenancy_take(struct ctx *ctx, void *what)
{
	const struct tenancy_claim *claim = what;
	struct row *r = db_ask(ctx, claim->sql, "");
	bool mine = db_next(r) && db_int(r, 0);
	if (db_broken(r))
		return MC_STORE;
	if (!mine)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = claim->refusal });
	ctx->db->claim = claim->sql;
	return MC_OK;
}

enum mc_err tenancy_share(struct ctx *ctx)
{
	struct tenancy_claim claim = { ctx->db->engine->share, "store.moving" };
	return claim.sql ? db_together(ctx, tenancy_take, &claim) : MC_OK;
}

enum mc_err tenancy_alone(struct ctx *ctx)
{
	struct tenancy_claim claim = { ctx->db->engine->alone, "store.served" };
	enum mc_err err = claim.sql ? db_together(ctx, tenancy_take, &claim) : MC_OK;
	for (int tries = 0; err == MC_CONFLICT && tries < TENANCY_TRIES; tries++) {
		nanosleep(&(struct timespec){ .tv_nsec = 100 * 1000 * 1000 }, NULL);
		ctx_forget(ctx);
		err = db_together(ctx, tenancy_take, &claim);
	}
	return err;
}
