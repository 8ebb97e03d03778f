#include "draft.h"
#include "court.h"
#include "custody.h"
#include "../base/arena.h"
#include "../store/db.h"

#include <string.h>

static const char *draft_holder(struct ctx *ctx, const struct draft *d)
{
	return arena_print(ctx->mem, "draft %s %s %s", ctx->person, d->docket, rule_of(d->act)->code);
}

struct draft_job { const struct draft *draft; const char *json; };

/* A new complaint is refused when there are too many unfinished ones, so that nobody fills the shelf. */
static enum mc_err draft_room(struct ctx *ctx, const struct draft *draft)
{
	struct row *r = db_ask(ctx,
		"select count(*) from draft where court = $1 and person = $2 and home = '' and docket <> $3", "ttt",
		COURT_NATION, ctx->person, draft->docket);
	bool full = !*draft->home && db_next(r) && db_int(r, 0) >= DRAFT_LIST;
	if (db_broken(r))
		return MC_STORE;
	/* What is saved as one types may come in behind the signature. */
	const char *home = "";
	if (!*draft->home && draft_became(ctx, draft->docket, &home))
		return MC_STORE;
	if (*home)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "filing.already" });
	return full ? ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "file.many_drafts" }) : MC_OK;
}

static enum mc_err draft_write(struct ctx *ctx, void *arg)
{
	const struct draft_job *job = arg;
	const struct draft *d = job->draft;
	enum mc_err err = draft_room(ctx, d);
	if (err)
		return err;
	const char *holder = draft_holder(ctx, d);
	err = custody_release(ctx, COURT_NATION, holder);
	if (!err)
		err = custody_take_form(ctx, COURT_NATION, holder, d->act, d->form);
	return err ? err : db_do(ctx,
		"insert into draft (court, person, docket, act, home, form, at) values ($1, $2, $3, $4, $5, $6, $7)"
		" on conflict (court, person, docket, act) do update set home = excluded.home, form = excluded.form,"
		" at = excluded.at", "ttttt" "ti", COURT_NATION, ctx->person, d->docket, rule_of(d->act)->code, d->home,
		job->json, ctx->now);
}

enum mc_err draft_save(struct ctx *ctx, const struct draft *draft)
{
	struct draft_job job = { draft, form_json(draft->form) };
	if (strlen(job.json) > DRAFT_MOST)
		return ctx_fail(ctx, MC_TOO_LARGE, (struct why){ .key = "file.draft_large" });
	return db_together(ctx, draft_write, &job);
}

static enum mc_err draft_row(struct ctx *ctx, struct row *r, struct draft *out)
{
	const char *json = db_text(r, 3);
	*out = (struct draft){ .docket = db_text(r, 0), .act = rule_find(db_text(r, 1)), .home = db_text(r, 2),
		.at = db_int(r, 4) };
	return form_read(ctx, json, strlen(json), &out->form);
}

enum mc_err draft_load(struct ctx *ctx, const char *docket, enum act act, struct draft *out)
{
	struct row *r = db_ask(ctx,
		"select docket, act, home, form, at from draft where court = $1 and person = $2 and docket = $3 and act = $4",
		"tttt", COURT_NATION, ctx->person, docket, rule_of(act)->code);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_UNKNOWN;
	return draft_row(ctx, r, out);
}

enum mc_err draft_list(struct ctx *ctx, enum act act, struct draft **out, size_t *count)
{
	struct row *r = db_ask(ctx,
		"select docket, act, home, form, at from draft where court = $1 and person = $2 and act = $3"
		" order by at desc, docket desc limit $4", "ttti", COURT_NATION, ctx->person, rule_of(act)->code,
		(int64_t)DRAFT_LIST);
	enum mc_err err = MC_OK;
	*out = arena_take(ctx->mem, DRAFT_LIST * sizeof **out);
	*count = 0;
	while (!err && *count < DRAFT_LIST && db_next(r))
		err = draft_row(ctx, r, &(*out)[(*count)++]);
	return err ? err : db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err draft_remove(struct ctx *ctx, void *arg)
{
	const struct draft *d = arg;
	enum mc_err err = custody_release(ctx, COURT_NATION, draft_holder(ctx, d));
	return err ? err : db_do(ctx, "delete from draft where court = $1 and person = $2 and docket = $3 and act = $4", "tttt",
		     COURT_NATION, ctx->person, d->docket, rule_of(d->act)->code);
}

enum mc_err draft_drop(struct ctx *ctx, const char *docket, enum act act)
{
	return db_together(ctx, draft_remove, &(struct draft){ .docket = docket, .act = act });
}

enum mc_err draft_became(struct ctx *ctx, const char *docket, const char **home)
{
	struct row *r = db_ask(ctx, "select home from directory where court = $1 and person = $2 and docket = $3", "ttt",
			       COURT_NATION, ctx->person, docket);
	*home = db_next(r) ? db_text(r, 0) : "";
	return db_broken(r) ? MC_STORE : MC_OK;
}
