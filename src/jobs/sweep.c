#include "sweep.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/log.h"
#include "../court/dispatch.h"
#include "../court/docket.h"
#include "../court/login.h"
#include "../court/custody.h"
#include "../court/repeat.h"
#include "../court/upload.h"
#include "../store/db.h"

#include <stddef.h>

#define SWEEP_EVERY 3600

static enum mc_err sweep_uploads(struct ctx *ctx)
{
	int removed;
	return upload_sweep(ctx, db_store(ctx), &removed);
}

static enum mc_err sweep_blobs(struct ctx *ctx)
{
	int removed;
	return custody_sweep(ctx, db_store(ctx), &removed);
}

void sweep_run(struct store *store, int64_t *last)
{
	static enum mc_err (*const what[])(struct ctx *) = { repeat_sweep, login_sweep, dispatch_sweep, sweep_uploads, sweep_blobs };
	int64_t now = clock_now();
	if (*last && now >= *last && now - *last < SWEEP_EVERY)
		return;
	*last = now;
	for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
		struct arena *mem = arena_begin();
		struct ctx ctx = { .mem = mem, .db = db_reader(store), .person = DOCKET_SYSTEM, .session = "", .device = "",
				   .now = now };
		if (what[i](&ctx))
			log_error("jobs-sweep", "why", ctx.why ? ctx.why->key : "?");
		arena_end(mem);
	}
}
