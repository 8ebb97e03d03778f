#define _GNU_SOURCE 1
#include "outbox.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "db.h"

#include <stdatomic.h>
#include <stddef.h>

/* One for the program, set by jobs before the first act. */
static void (*_Atomic outbox_hook)(void);

void outbox_on_commit(void (*wake)(void)) { atomic_store(&outbox_hook, wake); }

static void outbox_wake(void)
{
	void (*wake)(void) = atomic_load(&outbox_hook);
	if (wake)
		wake();
}

enum mc_err outbox_put(struct ctx *ctx, const char *court, const char *kind, const char *docket,
		       const char *body, int64_t due)
{
	db_after(ctx, outbox_wake);
	return db_do(ctx, "insert into outbox (court, id, kind, docket, body, due, tries, why)"
			  " values ($1, $2, $3, $4, $5, $6, 0, '')", "ttttti",
		     court, id_new(ctx->mem), kind, docket, body, due);
}

enum mc_err outbox_due(struct ctx *ctx, size_t most, struct outbox_row **out, size_t *count)
{
	/* What would wait for longer than any pause was put off while the clock was ahead. */
	struct row *r = db_ask(ctx, "select court, id, kind, docket, body, due, tries from outbox"
				    " where due <= $1 or due > $2 order by due, id limit $3", "iii", ctx->now,
				    ctx->now + OUTBOX_LONGEST, (int64_t)most);
	*out = arena_take(ctx->mem, most * sizeof **out);
	*count = 0;
	while (*count < most && db_next(r))
		(*out)[(*count)++] = (struct outbox_row){ .court = db_text(r, 0), .id = db_text(r, 1), .kind = db_text(r, 2),
							  .docket = db_text(r, 3), .body = db_text(r, 4), .due = db_int(r, 5),
							  .tries = (int)db_int(r, 6) };
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err outbox_next(struct ctx *ctx, struct outbox_row *out)
{
	struct outbox_row *row;
	size_t count;
	enum mc_err err = outbox_due(ctx, 1, &row, &count);
	if (!err && count)
		*out = *row;
	return err ? err : count ? MC_OK : MC_UNKNOWN;
}

/* Whoever took the same row and was faster has changed tries or removed it. */
static enum mc_err outbox_mine(struct ctx *ctx, enum mc_err err)
{
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "outbox.overtaken" });
	return err;
}

static enum mc_err outbox_remove(struct ctx *ctx, void *what)
{
	const struct outbox_row *row = what;
	return outbox_mine(ctx, db_do(ctx, "delete from outbox where court = $1 and id = $2 and tries = $3",
				      "tti", row->court, row->id, (int64_t)row->tries));
}

enum mc_err outbox_done(struct ctx *ctx, const struct outbox_row *row)
{
	struct outbox_row copy = *row;
	return db_together(ctx, outbox_remove, &copy);
}

struct outbox_failure {
	const struct outbox_row *row;
	const char *why;
};

/* Half a minute after the first failure, then twice as long each time, at most six
 * hours: a service that is down for a night is not asked a thousand times. */
int64_t outbox_pause(int tries)
{
	int64_t pause = 30, most = OUTBOX_LONGEST;
	while (tries-- > 0 && pause < most)
		pause *= 2;
	return pause < most ? pause : most;
}

static enum mc_err outbox_postpone(struct ctx *ctx, void *what)
{
	const struct outbox_failure *failure = what;
	const struct outbox_row *row = failure->row;
	return outbox_mine(ctx, db_do(ctx, "update outbox set tries = tries + 1, due = $4, why = $5"
					   " where court = $1 and id = $2 and tries = $3", "ttiit",
				      row->court, row->id, (int64_t)row->tries,
				      ctx->now + outbox_pause(row->tries), failure->why));
}

enum mc_err outbox_again(struct ctx *ctx, const struct outbox_row *row, const char *why)
{
	struct outbox_failure failure = { row, why };
	return db_together(ctx, outbox_postpone, &failure);
}
