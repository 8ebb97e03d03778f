#include "evidence.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>

enum { EVIDENCE_ORDINARY_DAYS = 15, EVIDENCE_SUMMARY_DAYS = 15 };

#define EVIDENCE_ITEM "select number, party, name, kind, source, purpose, file, finding, finding_reasons, late" \
	" from item where court = $1 and docket = $2 and state = 'given'"
#define EVIDENCE_OPINION "select item, party, authenticity, legality, relevance, reasons from opinion where court = $1 and docket = $2"

static enum mc_err evidence_items(struct ctx *ctx, struct row *r, struct evidence_item **out, size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = (struct evidence_item){ (int)db_int(r, 0), (int)db_int(r, 1), db_text(r, 2), db_text(r, 3),
			db_text(r, 4), db_text(r, 5), db_text(r, 6), db_text(r, 7), db_text(r, 8), db_int(r, 9) != 0 };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err evidence_list(struct ctx *ctx, const struct docket *d, struct evidence_item **out, size_t *count)
{
	return evidence_items(ctx, db_ask(ctx, EVIDENCE_ITEM " order by number", "tt", d->court, d->id), out, count);
}

enum mc_err evidence_page(struct ctx *ctx, const struct docket *d, const struct cursor *from, int64_t limit,
			  struct evidence_item **out, size_t *count)
{
	return evidence_items(ctx, from->back
		? db_ask(ctx, EVIDENCE_ITEM " and number < $3 order by number desc limit $4", "ttii", d->court, d->id, from->at, limit)
		: db_ask(ctx, EVIDENCE_ITEM " and number > $3 order by number limit $4", "ttii", d->court, d->id, from->at, limit),
		out, count);
}

static enum mc_err evidence_said(struct ctx *ctx, struct row *r, struct evidence_opinion **out, size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = (struct evidence_opinion){ (int)db_int(r, 0), (int)db_int(r, 1), db_text(r, 2), db_text(r, 3),
			db_text(r, 4), db_text(r, 5) };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err evidence_opinions(struct ctx *ctx, const struct docket *d, struct evidence_opinion **out, size_t *count)
{
	return evidence_said(ctx, db_ask(ctx, EVIDENCE_OPINION " order by item, party", "tt", d->court, d->id), out, count);
}

enum mc_err evidence_opinions_on(struct ctx *ctx, const struct docket *d, int first, int last, struct evidence_opinion **out,
				 size_t *count)
{
	return evidence_said(ctx, db_ask(ctx, EVIDENCE_OPINION " and item >= $3 and item <= $4 order by item, party", "ttii", d->court,
		d->id, (int64_t)first, (int64_t)last), out, count);
}

static enum mc_err evidence_set_term_apply(struct ctx *ctx, struct act_work *w)
{
	int64_t days = w->set_day - day_of(ctx->now);
	bool summary = !strcmp(w->docket->process, "summary");
	if (days < 1)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "evidence.term_future", .field = "until" });
	if (!summary && days < EVIDENCE_ORDINARY_DAYS)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "evidence.term_short", .field = "until", .law = "民诉法解释第99条第2款" });
	if (summary && days > EVIDENCE_SUMMARY_DAYS)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "evidence.term_long", .field = "until", .law = "民诉法解释第266条第1款" });
	form_set(w->values, "until", day_say(ctx->mem, LANG_ZH, w->set_day));
	return MC_OK;
}

const struct act_special evidence_set_term = { .apply = evidence_set_term_apply };

static enum mc_err evidence_submit_apply(struct ctx *ctx, struct act_work *w)
{
	int number;
	if (w->late && !*form_get(w->form, "late_reason"))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "evidence.late_reason", .field = "late_reason", .law = "民诉法第68条第2款" });
	enum mc_err err = docket_next(ctx, w->docket, SERIES_ITEM, &number);
	return err ? err : db_do(ctx,
		"insert into item (court, docket, number, party, name, kind, source, purpose, file, late, state, finding,"
		" finding_reasons, entry) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'given', '', '', $11)", "ttiitttttii",
		w->docket->court, w->docket->id, (int64_t)number, (int64_t)w->party, form_get(w->form, "name"),
		form_get(w->form, "kind"), form_get(w->form, "source"), form_get(w->form, "purpose"), form_get(w->form, "file"),
		(int64_t)w->late, (int64_t)w->entry);
}

const struct act_special evidence_submit = { .apply = evidence_submit_apply };

/* Which items an act may be done to: an answer for one item, given all opinions. */
#define EVIDENCE_TEST(name) \
	bool (*name)(const struct evidence_item *, const struct docket *, const struct evidence_opinion *, size_t)

static bool evidence_is_own(const struct evidence_item *item, const struct docket *d, const struct evidence_opinion *o, size_t n)
{
	(void)o;
	(void)n;
	return item->party == d->party && !*item->finding;
}

static bool evidence_awaits_me(const struct evidence_item *item, const struct docket *d, const struct evidence_opinion *o, size_t n)
{
	const struct party *giver = docket_party(d, item->party), *me = docket_party(d, d->party);
	if (!giver || !me || giver->side == me->side)
		return false;
	for (size_t i = 0; i < n; i++)
		if (o[i].item == item->number && o[i].party == d->party)
			return false;
	return true;
}

static bool evidence_awaits_finding(const struct evidence_item *item, const struct docket *d, const struct evidence_opinion *o, size_t n)
{
	(void)d;
	(void)o;
	(void)n;
	return !*item->finding;
}

static enum mc_err evidence_offer(struct ctx *ctx, const struct docket *d, EVIDENCE_TEST(fits), struct act_choice **out, size_t *count)
{
	struct evidence_item *items;
	struct evidence_opinion *opinions;
	size_t all, said;
	enum mc_err err = evidence_list(ctx, d, &items, &all);
	if (!err)
		err = evidence_opinions(ctx, d, &opinions, &said);
	if (err)
		return err;
	*out = arena_take(ctx->mem, (all + 1) * sizeof **out);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (fits(&items[i], d, opinions, said))
			(*out)[(*count)++] = (struct act_choice){ arena_print(ctx->mem, "%d", items[i].number),
				arena_print(ctx->mem, "%d. %s", items[i].number, items[i].name), items[i].purpose };
	return MC_OK;
}

static enum mc_err evidence_ready(struct ctx *ctx, const struct docket *d, EVIDENCE_TEST(fits))
{
	struct act_choice *choice;
	size_t count;
	enum mc_err err = evidence_offer(ctx, d, fits, &choice, &count);
	return err ? err : count ? MC_OK : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "evidence.none" });
}

static enum mc_err evidence_withdraw_ready(struct ctx *ctx, const struct docket *d) { return evidence_ready(ctx, d, evidence_is_own); }
static enum mc_err evidence_opine_ready(struct ctx *ctx, const struct docket *d) { return evidence_ready(ctx, d, evidence_awaits_me); }
static enum mc_err evidence_find_ready(struct ctx *ctx, const struct docket *d) { return evidence_ready(ctx, d, evidence_awaits_finding); }

static enum mc_err evidence_withdraw_choices(struct ctx *ctx, const struct docket *d, const struct field *field,
					     struct act_choice **out, size_t *count)
{
	(void)field;
	return evidence_offer(ctx, d, evidence_is_own, out, count);
}

static enum mc_err evidence_opine_choices(struct ctx *ctx, const struct docket *d, const struct field *field,
					  struct act_choice **out, size_t *count)
{
	(void)field;
	return evidence_offer(ctx, d, evidence_awaits_me, out, count);
}

static enum mc_err evidence_find_choices(struct ctx *ctx, const struct docket *d, const struct field *field,
					 struct act_choice **out, size_t *count)
{
	(void)field;
	return evidence_offer(ctx, d, evidence_awaits_finding, out, count);
}

static int64_t evidence_chosen(const struct act_work *w) { return strtol(form_get(w->form, "item"), NULL, 10); }

static enum mc_err evidence_withdraw_apply(struct ctx *ctx, struct act_work *w)
{
	return db_do(ctx, "update item set state = 'withdrawn' where court = $1 and docket = $2 and number = $3 and party = $4",
		     "ttii", w->docket->court, w->docket->id, evidence_chosen(w), (int64_t)w->party);
}

static enum mc_err evidence_opine_apply(struct ctx *ctx, struct act_work *w)
{
	static const char *const parts[] = { "authenticity", "legality", "relevance" };
	bool disputes = false;
	for (size_t i = 0; i < 3; i++)
		disputes |= !strcmp(form_get(w->form, parts[i]), "dispute");
	if (disputes && !*form_get(w->form, "reasons"))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "evidence.say_why", .field = "reasons", .law = "民事证据规定第60条" });
	return db_do(ctx,
		"insert into opinion (court, docket, item, party, authenticity, legality, relevance, reasons, entry)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", "ttiitttti", w->docket->court, w->docket->id, evidence_chosen(w),
		(int64_t)w->party, form_get(w->form, "authenticity"), form_get(w->form, "legality"),
		form_get(w->form, "relevance"), form_get(w->form, "reasons"), (int64_t)w->entry);
}

static enum mc_err evidence_find_apply(struct ctx *ctx, struct act_work *w)
{
	return db_do(ctx, "update item set finding = $1, finding_reasons = $2 where court = $3 and docket = $4 and number = $5",
		     "tttti", form_get(w->form, "finding"), form_get(w->form, "reasons"), w->docket->court, w->docket->id,
		     evidence_chosen(w));
}

const struct act_special evidence_withdraw = { .ready = evidence_withdraw_ready, .choices = evidence_withdraw_choices, .apply = evidence_withdraw_apply };
const struct act_special evidence_opine = { .ready = evidence_opine_ready, .choices = evidence_opine_choices, .apply = evidence_opine_apply };
const struct act_special evidence_find = { .ready = evidence_find_ready, .choices = evidence_find_choices, .apply = evidence_find_apply };
