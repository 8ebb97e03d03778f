#include "repeat.h"
#include "court.h"
#include "../store/db.h"

#include <string.h>

#define REPEAT_SWEPT 5000       /* notes removed in one transaction */

enum mc_err repeat_find(struct ctx *ctx, const struct repeat *repeat, enum repeat_state *state,
			struct repeat_answer *answer)
{
	struct row *r = db_ask(ctx,
		"select request, status, place, type, body from repeat"
		" where court = $1 and owner = $2 and key = $3 and at > $4",
		"ttti", COURT_NATION, repeat->owner, repeat->key, ctx->now - REPEAT_KEPT);
	*state = REPEAT_NEW;
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_OK;
	*answer = (struct repeat_answer){ (int)db_int(r, 1), db_text(r, 2), db_text(r, 3), db_text(r, 4) };
	if (strcmp(db_text(r, 0), repeat->request) != 0)
		*state = repeat->drawn ? REPEAT_NEW : REPEAT_OTHER;
	else
		*state = answer->status ? REPEAT_ANSWERED : REPEAT_BEGUN;
	return MC_OK;
}

/* A note that is too old to count, or whose form was mended, is taken over. */
static enum mc_err repeat_write(struct ctx *ctx, struct ctx_first *first)
{
	const struct repeat *repeat = (const struct repeat *)first;
	enum mc_err err = db_do(ctx,
		"insert into repeat (court, owner, key, request, at, status, place, type, body)"
		" values ($1, $2, $3, $4, $5, 0, '', '', '')"
		" on conflict (court, owner, key) do update set request = excluded.request, at = excluded.at,"
		" status = 0, place = '', type = '', body = ''"
		" where repeat.at <= $6 or ($7 = 'drawn' and repeat.request <> excluded.request)", "ttttiit",
		COURT_NATION, repeat->owner, repeat->key, repeat->request, ctx->now, ctx->now - REPEAT_KEPT,
		repeat->drawn ? "drawn" : "");
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "repeat.running" });
	return err;
}

void repeat_begin(struct ctx *ctx, struct repeat *repeat)
{
	repeat->first = (struct ctx_first){ .write = repeat_write };
	ctx->first = &repeat->first;
}

struct repeat_job { const struct repeat *repeat; const struct repeat_answer *answer; };

static enum mc_err repeat_keep_write(struct ctx *ctx, void *arg)
{
	const struct repeat_job *job = arg;
	return db_do(ctx,
		"update repeat set status = $1, place = $2, type = $3, body = $4 where court = $5 and owner = $6 and key = $7"
		" and request = $8", "itttttt" "t", (int64_t)job->answer->status, job->answer->where, job->answer->type,
		job->answer->body, COURT_NATION, job->repeat->owner, job->repeat->key, job->repeat->request);
}

enum mc_err repeat_keep(struct ctx *ctx, const struct repeat *repeat, const struct repeat_answer *answer)
{
	return db_together(ctx, repeat_keep_write, &(struct repeat_job){ repeat, answer });
}

static enum mc_err repeat_forget_write(struct ctx *ctx, void *arg)
{
	const struct repeat_job *job = arg;
	return db_do(ctx, "delete from repeat where court = $1 and owner = $2 and key = $3 and request = $4", "tttt",
		     COURT_NATION, job->repeat->owner, job->repeat->key, job->repeat->request);
}

enum mc_err repeat_forget(struct ctx *ctx, const struct repeat *repeat)
{
	return db_together(ctx, repeat_forget_write, &(struct repeat_job){ repeat, NULL });
}

static enum mc_err repeat_sweep_write(struct ctx *ctx, void *arg)
{
	int *removed = arg;
	enum mc_err err = db_do(ctx,
		"delete from repeat where court = $1 and at <= coalesce((select max(at) from (select at from repeat"
		" where court = $1 and at <= $2 order by at limit $3) as old), -1)", "tii",
		COURT_NATION, ctx->now - REPEAT_KEPT, (int64_t)REPEAT_SWEPT);
	*removed = err ? 0 : db_changed(ctx);
	return err;
}

enum mc_err repeat_sweep(struct ctx *ctx)
{
	int removed;
	enum mc_err err;
	/* In pieces, so that acts need not wait long behind it. */
	do
		err = db_together(ctx, repeat_sweep_write, &removed);
	while (!err && removed >= REPEAT_SWEPT);
	return err;
}
