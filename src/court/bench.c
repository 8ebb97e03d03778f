#include "bench.h"
#include "motion.h"
#include "office.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/digest.h"
#include "../base/text.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>

size_t bench_pick(struct arena *mem, const char *seed, const char *const *candidates, size_t count)
{
	struct text t = text_begin(mem);
	text_add(&t, seed);
	for (size_t i = 0; i < count; i++) {
		text_add(&t, "\n");
		text_add(&t, candidates[i]);
	}
	const char *hex = digest_of(mem, t.bytes, t.size);
	size_t rest = 0;
	/* The whole 256-bit number, digit by digit, so that no candidate is favoured measurably. */
	for (const char *c = hex; *c; c++)
		rest = (rest * 16 + (size_t)(*c <= '9' ? *c - '0' : *c - 'a' + 10)) % count;
	return rest;
}

static int bench_order(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Why this judge may not be drawn now, or NULL. A question that fails must not let anybody in. */
static enum mc_err bench_excluded(struct ctx *ctx, const struct docket *d, const char *judge, const char **why)
{
	*why = NULL;
	for (size_t i = 0; i < d->parties_count; i++)
		if (!strcmp(d->parties[i].person, judge))
			*why = "party";
	struct row *r = db_ask(ctx, "select 1 from recused where court = $1 and docket = $2 and person = $3", "ttt",
			       d->court, d->id, judge);
	if (db_next(r))
		*why = "recused";
	struct row *agent = db_ask(ctx, "select 1 from agency where court = $1 and docket = $2 and person = $3", "ttt",
				   d->court, d->id, judge);
	if (db_next(agent))
		*why = "agent";
	struct row *away = db_ask(ctx, "select 1 from absence where court = $1 and person = $2 and first <= $3 and last >= $3", "tti",
				  d->court, judge, day_of(ctx->now));
	if (db_next(away))
		*why = "absent";
	return db_broken(r) || db_broken(agent) || db_broken(away) ? MC_STORE : MC_OK;
}

static enum mc_err bench_draw_ready(struct ctx *ctx, const struct docket *d)
{
	struct office_row *judges;
	size_t all;
	enum mc_err err = *d->judge ? office_list(ctx, d->court, OFFICE_JUDGE, &judges, &all) : MC_OK;
	if (err || !*d->judge)
		return err;
	/* A judge who has left the court decides no more: the case gets another. */
	for (size_t i = 0; i < all; i++)
		if (!strcmp(judges[i].person, d->judge))
			return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "bench.drawn" });
	return MC_OK;
}

static enum mc_err bench_draw_apply(struct ctx *ctx, struct act_work *w)
{
	struct docket *d = w->docket;
	struct office_row *judges;
	size_t all, free = 0;
	int number;
	enum mc_err err = office_list(ctx, d->court, OFFICE_JUDGE, &judges, &all);
	if (!err)
		err = docket_next(ctx, d, SERIES_DRAW, &number);
	if (err)
		return err;
	const char **candidate = arena_take(ctx->mem, (all + 1) * sizeof *candidate);
	struct text list = text_begin(ctx->mem), out = text_begin(ctx->mem);
	for (size_t i = 0; i < all; i++) {
		const char *why;
		err = bench_excluded(ctx, d, judges[i].person, &why);
		if (err)
			return err;
		if (why)
			text_print(&out, "%s %s\n", judges[i].person, why);
		else
			candidate[free++] = judges[i].person;
	}
	if (!free) {
		/* Nobody is left: the case waits for the president, it is not lost. */
		w->no_papers = true;
		return MC_OK;
	}
	/* Before the complaint is served only the plaintiff knows of the case. */
	if (d->stage != STAGE_FEE_DUE && d->stage != STAGE_READY)
		w->served = FOR_ALL;
	qsort(candidate, free, sizeof *candidate, bench_order);
	for (size_t i = 0; i < free; i++)
		text_print(&list, "%s%s", i ? "\n" : "", candidate[i]);
	/* Drawn once, however often this act has to be performed: nobody gets a second seed. */
	const char *secret = arena_print(ctx->mem, "%s %s %d", db_secret(ctx), d->id, number);
	const char *seed = digest_of(ctx->mem, secret, strlen(secret));
	d->judge = candidate[bench_pick(ctx->mem, seed, candidate, free)];
	err = db_do(ctx,
		"insert into draw (court, docket, number, seed, candidates, excluded, judge, entry)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8)", "ttitttti", d->court, d->id, (int64_t)number, seed,
		text_end(&list), text_end(&out), d->judge, (int64_t)w->entry);
	if (!err)
		err = db_do(ctx, "update docket set judge = $1 where court = $2 and id = $3", "ttt", d->judge, d->court, d->id);
	/* The seed is in the docket entry, so the chain vouches for it. */
	form_set(w->form, "seed", seed);
	form_set(w->values, "judge", person_name(ctx, d->judge));
	form_set(w->values, "seed", seed);
	form_set(w->values, "free", arena_print(ctx->mem, "%zu", free));
	return err;
}

const struct act_special bench_draw = { .ready = bench_draw_ready, .apply = bench_draw_apply };

static enum mc_err bench_ask_ready(struct ctx *ctx, const struct docket *d)
{
	if (!*d->judge)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "bench.no_judge" });
	/* A party before the debate ends; the judge, who must step aside, whenever a ground comes up. */
	if (d->stage == STAGE_DELIBERATING && !(d->roles & ROLE_JUDGE))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "act.wrong_stage", .law = "民诉法第48条第1款",
			.arg = { rule_of(ACT_ASK_RECUSAL)->name[ctx->lang], rule_stage(d->stage)->name[ctx->lang] } });
	return MC_OK;
}

const struct act_special bench_ask_recusal = { .ready = bench_ask_ready };

static enum mc_err bench_rule_apply(struct ctx *ctx, struct act_work *w)
{
	struct docket *d = w->docket;
	w->granted = !strcmp(form_get(w->form, "decision"), "grant");
	form_set(w->values, "decision", w->granted ? "准许回避申请" : "驳回回避申请");
	form_set(w->values, "reasons", form_get(w->form, "reasons"));
	if (!w->granted) {
		w->then = ACT_NONE;
		return MC_OK;
	}
	enum mc_err err = db_do(ctx, "insert into recused (court, docket, person, entry) values ($1, $2, $3, $4)"
		" on conflict (court, docket, person) do nothing", "ttti", d->court, d->id, d->judge, (int64_t)w->entry);
	if (!err)
		err = db_do(ctx, "update docket set judge = '' where court = $1 and id = $2", "tt", d->court, d->id);
	d->judge = "";
	return err;
}

/* On a president who sits alone the judicial committee decides: somebody else enters it. */
static enum mc_err bench_rule_ready(struct ctx *ctx, const struct docket *d)
{
	return strcmp(d->judge, ctx->person) ? MC_OK
		: ctx_fail(ctx, MC_DENIED, (struct why){ .key = "bench.own_recusal", .law = "民诉法第49条" });
}

const struct act_special bench_rule_recusal = { .ready = bench_rule_ready, .apply = bench_rule_apply };

enum mc_err bench_draws(struct ctx *ctx, const struct docket *d, struct bench_draw **out, size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	struct row *r = db_ask(ctx, "select seed, candidates, excluded, judge, entry from draw where court = $1 and docket = $2"
		" order by number desc", "tt", d->court, d->id);
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = (struct bench_draw){ db_text(r, 0), db_text(r, 1), db_text(r, 2), db_text(r, 3), (int)db_int(r, 4) };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}
