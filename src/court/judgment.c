#include "judgment.h"
#include "court.h"
#include "deadline.h"
#include "evidence.h"
#include "served.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>

/* Every opponent of who gave it has said what it thinks, or could have and the time for
 * evidence is over; and the judge has found on it (在线诉讼规则第15条). */
static bool judgment_citable(struct ctx *ctx, const struct docket *d, const struct evidence_item *item,
			     const struct evidence_opinion *opinions, size_t said)
{
	const struct party *giver = docket_party(d, item->party);
	if (!*item->finding || !strcmp(item->finding, "rejected") || !giver)
		return false;
	for (size_t i = 0; i < d->parties_count; i++) {
		const struct party *p = &d->parties[i];
		struct deadline term;
		bool heard = p->side == giver->side;
		for (size_t k = 0; k < said && !heard; k++)
			heard = opinions[k].item == item->number && opinions[k].party == p->number;
		if (!heard && (deadline_of(ctx, d, LIMIT_EVIDENCE, p->number, &term) || day_of(ctx->now) <= term.ends))
			return false;
	}
	return true;
}

static enum mc_err judgment_choices(struct ctx *ctx, const struct docket *d, const struct field *field,
				    struct act_choice **out, size_t *count)
{
	struct evidence_item *items;
	struct evidence_opinion *opinions;
	size_t all, said;
	(void)field;
	enum mc_err err = evidence_list(ctx, d, &items, &all);
	if (!err)
		err = evidence_opinions(ctx, d, &opinions, &said);
	if (err)
		return err;
	*out = arena_take(ctx->mem, (all + 1) * sizeof **out);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (judgment_citable(ctx, d, &items[i], opinions, said))
			(*out)[(*count)++] = (struct act_choice){ arena_print(ctx->mem, "%d", items[i].number),
				arena_print(ctx->mem, "%d. %s", items[i].number, items[i].name), items[i].purpose };
	return MC_OK;
}

static void judgment_rows(struct act_work *w, const char *group, const char *one, const char *two)
{
	for (int i = 1; i <= form_rows(w->form, group); i++) {
		form_set_at(w->values, group, i, one, form_at(w->form, group, i, one));
		if (two)
			form_set_at(w->values, group, i, two, form_at(w->form, group, i, two));
	}
}

static enum mc_err judgment_evidence(struct ctx *ctx, struct act_work *w)
{
	struct evidence_item *items;
	size_t all;
	int row = 0;
	enum mc_err err = evidence_list(ctx, w->docket, &items, &all);
	for (const char *left = form_get(w->form, "cited"); *left && !err;) {
		char *end;
		long number = strtol(left, &end, 10);
		for (size_t i = 0; i < all; i++)
			if (items[i].number == number) {
				form_set_at(w->values, "cited", ++row, "name", items[i].name);
				form_set_at(w->values, "cited", row, "purpose", items[i].purpose);
			}
		left = *end ? end + 1 : end;
	}
	return err;
}

/* What the defendants answered, from the docket, as it stands there. */
static enum mc_err judgment_answers(struct ctx *ctx, struct act_work *w)
{
	struct row *r = db_ask(ctx, "select e.form, p.name from entry e join party p on p.court = e.court and p.docket = e.docket"
		" and p.number = e.party where e.court = $1 and e.docket = $2 and e.act = 'ANSWER' order by e.number", "tt",
		w->docket->court, w->docket->id);
	int row = 0;
	while (db_next(r)) {
		struct form *answer;
		const char *json = db_text(r, 0);
		if (form_read(ctx, json, strlen(json), &answer))
			return MC_STORE;
		const char *reasons = form_get(answer, "reasons");
		form_set_at(w->values, "answers", ++row, "name", db_text(r, 1));
		form_set_at(w->values, "answers", row, "reasons", *reasons ? reasons : "同意原告的全部诉讼请求。");
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err judgment_pronounce_apply(struct ctx *ctx, struct act_work *w)
{
	static const char *const copied[] = { "facts", "reasons", "costs" };
	struct court own, above;
	enum mc_err err = court_load(ctx, w->docket->court, &own);
	if (!err)
		err = court_load(ctx, *own.parent ? own.parent : own.code, &above);
	if (!err)
		err = judgment_answers(ctx, w);
	if (!err)
		err = judgment_evidence(ctx, w);
	if (err)
		return err;
	form_set(w->values, "pleaded", w->docket->facts);
	for (size_t i = 0; i < 3; i++)
		form_set(w->values, copied[i], form_get(w->form, copied[i]));
	judgment_rows(w, "articles", "statute", "article");
	judgment_rows(w, "orders", "text", NULL);
	form_set(w->values, "above", above.zh);
	return MC_OK;
}

const struct act_special judgment_pronounce = { .choices = judgment_choices, .apply = judgment_pronounce_apply };

static enum mc_err judgment_appeal_ready(struct ctx *ctx, const struct docket *d)
{
	struct row *r = db_ask(ctx, "select 1 from entry where court = $1 and docket = $2 and act = 'APPEAL' and party = $3", "tti",
			       d->court, d->id, (int64_t)d->party);
	if (db_next(r))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "appeal.twice" });
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err judgment_appeal_apply(struct ctx *ctx, struct act_work *w)
{
	const struct party *p = docket_party(w->docket, w->party);
	form_set(w->values, "appellant", p ? p->name : "");
	form_set(w->values, "request", form_get(w->form, "request"));
	form_set(w->values, "reasons", form_get(w->form, "reasons"));
	/* Who appeals has received the judgment. */
	return served_by_act(ctx, w->docket, w->party, PAPER_JUDGMENT, w->entry);
}

const struct act_special judgment_appeal = { .ready = judgment_appeal_ready, .apply = judgment_appeal_apply };

/* Effective when every party has been served and every party's time to appeal is over. */
static enum mc_err judgment_effect_ready(struct ctx *ctx, const struct docket *d)
{
	for (size_t i = 0; i < d->parties_count; i++) {
		struct deadline limit;
		enum mc_err err = deadline_of(ctx, d, LIMIT_APPEAL, d->parties[i].number, &limit);
		if (err == MC_STORE)
			return err;
		if (err)
			return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "judgment.not_served", .law = "民诉法第171条",
				.arg = { d->parties[i].name } });
		if (day_of(ctx->now) <= limit.ends)
			return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "judgment.appeal_runs", .law = "民诉法第171条",
				.arg = { d->parties[i].name, day_say(ctx->mem, ctx->lang, limit.ends) } });
	}
	return MC_OK;
}

static enum mc_err judgment_effect_apply(struct ctx *ctx, struct act_work *w)
{
	int64_t last = 0;
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < w->docket->parties_count && !err; i++) {
		struct deadline limit;
		err = deadline_of(ctx, w->docket, LIMIT_APPEAL, w->docket->parties[i].number, &limit);
		last = !err && limit.ends > last ? limit.ends : last;
	}
	if (!err)
		err = deadline_stop(ctx, w->docket, LIMIT_APPEAL, FOR_ALL, 0, w->entry);
	form_set(w->values, "effective", day_say(ctx->mem, LANG_ZH, last + 1));
	return err;
}

const struct act_special judgment_take_effect = { .ready = judgment_effect_ready, .apply = judgment_effect_apply };

/* A ruling that sends the case away can be appealed: it goes when that time is over for everybody. */
static enum mc_err judgment_ruling_final(struct ctx *ctx, const struct docket *d)
{
	for (size_t i = 0; i < d->parties_count; i++) {
		struct deadline limit;
		enum mc_err err = deadline_of(ctx, d, LIMIT_APPEAL_RULING, d->parties[i].number, &limit);
		if (err == MC_STORE)
			return err;
		if (err || day_of(ctx->now) <= limit.ends)
			return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "judgment.ruling_runs", .law = "民诉法第157条、第171条",
				.arg = { d->parties[i].name, err ? "" : day_say(ctx->mem, ctx->lang, limit.ends) } });
	}
	return MC_OK;
}

static enum mc_err judgment_close_ready(struct ctx *ctx, const struct docket *d)
{
	return d->stage == STAGE_TRANSFERRED ? judgment_ruling_final(ctx, d) : MC_OK;
}

static enum mc_err judgment_close_apply(struct ctx *ctx, struct act_work *w)
{
	static const struct { const char *manner; enum stage stage; } fits[] = {
		{ "judgment", STAGE_EFFECTIVE }, { "withdrawn", STAGE_WITHDRAWN }, { "transferred", STAGE_TRANSFERRED },
	};
	struct ctx zh = *ctx;
	zh.lang = LANG_ZH;
	for (size_t i = 0; i < 3; i++)
		if (!strcmp(fits[i].manner, form_get(w->form, "manner")) && w->docket->stage != fits[i].stage)
			return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "judgment.manner", .field = "manner",
				.arg = { rule_stage(w->docket->stage)->name[ctx->lang] } });
	form_set(w->values, "manner", field_say(&zh, w->act, field_find(w->act, "", "manner"), form_get(w->form, "manner")));
	return deadline_stop_all(ctx, w->docket, w->entry);
}

const struct act_special judgment_close = { .ready = judgment_close_ready, .apply = judgment_close_apply };
