#include "sweep.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/log.h"
#include "../court/docket.h"
#include "../court/login.h"
#include "../court/repeat.h"
#include "../store/db.h"

#include <stddef.h>

#define SWEEP_EVERY 3600

void sweep_run(struct store *store, int64_t *last)
{
	static enum mc_err (*const what[])(struct ctx *) = { repeat_sweep, login_sweep };
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
