/* The calculators, for everybody: the court fee of a case and the last day of a period, with
 * every step and its article. Forms sent by GET, so that a result has an address; the same
 * addresses answer programs in JSON. */
#include "pages.h"
#include "problem.h"
#include "reckoning_view.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../base/money.h"
#include "../base/text.h"

#include <string.h>

/* -- the questions ------------------------------------------------------------------- */

static struct view_form_field *page_calculators_field(struct ctx *ctx, const char *noun, const char *name, const char *value)
{
	struct view_form_field *f = arena_take(ctx->mem, sizeof *f);
	const char *key = arena_print(ctx->mem, "calculators.%s", name), *help = arena_print(ctx->mem, "%s_help", key);
	const char *words = lang_say(ctx->lang, help);
	f->name = name;
	f->id = arena_print(ctx->mem, "%s-%s", noun, name);
	f->label = lang_say(ctx->lang, key);
	f->help = strcmp(help, words) ? words : "";
	f->value = value;
	f->required = true;
	f->autocomplete = "off";
	for (const struct why *why = ctx->why; why; why = why->next)
		if (why->field && !strcmp(why->field, name))
			f->error = lang_print(ctx->mem, ctx->lang, why->key, why->arg[0], why->arg[1], why->arg[2]);
	return f;
}

static void page_calculators_fee_form(struct ctx *ctx, const struct form *query, struct view_calculators *model)
{
	struct view_form_field *fields = model->fee_fields = arena_take(ctx->mem, 3 * sizeof *fields);
	struct view_form_field *kind = page_calculators_field(ctx, "fee", "kind", form_get(query, "kind"));
	kind->is_pick = true;
	kind->options = arena_take(ctx->mem, FEE_KIND_COUNT * sizeof *kind->options);
	for (size_t i = 0; i < model->kinds_count; i++)
		kind->options[kind->options_count++] = (struct view_form_option){ .value = model->kinds[i].word,
			.label = model->kinds[i].name, .chosen = !strcmp(model->kinds[i].word, kind->value) };
	fields[0] = *kind;
	fields[1] = *page_calculators_field(ctx, "fee", "amount", form_get(query, "amount"));
	fields[1].is_money = true;
	fields[1].required = false;
	fields[2] = *page_calculators_field(ctx, "fee", "halve", form_get(query, "halve"));
	fields[2].is_tick = true;
	model->fee_fields_count = 3;
}

static void page_calculators_limit_form(struct ctx *ctx, const struct form *query, struct view_calculators *model)
{
	struct view_form_field *fields = model->limit_fields = arena_take(ctx->mem, 3 * sizeof *fields);
	fields[0] = *page_calculators_field(ctx, "limit", "period", form_get(query, "period"));
	fields[0].is_search = true;
	fields[0].options = arena_take(ctx->mem, LIMIT_COUNT * sizeof *fields[0].options);
	for (size_t i = 0; i < model->periods_count; i++)
		fields[0].options[fields[0].options_count++] = (struct view_form_option){ .value = model->periods[i].name,
			.label = model->periods[i].length };
	fields[1] = *page_calculators_field(ctx, "limit", "event", form_get(query, "event"));
	fields[1].is_day = true;
	fields[2] = *page_calculators_field(ctx, "limit", "no_roll", form_get(query, "no_roll"));
	fields[2].is_tick = true;
	model->limit_fields_count = 3;
}

static void page_calculators_tables(struct ctx *ctx, struct view_calculators *model)
{
	model->kinds = arena_take(ctx->mem, FEE_KIND_COUNT * sizeof *model->kinds);
	for (int i = 0; i < FEE_KIND_COUNT; i++) {
		const struct fee_kind_rule *rule = fee_kind_rule((enum fee_kind)i);
		model->kinds[model->kinds_count++] = (struct view_calculator_kind){ .word = rule->word,
			.name = rule->name[ctx->lang], .priced = fee_priced((enum fee_kind)i), .law = rule->law };
	}
	model->periods = arena_take(ctx->mem, LIMIT_COUNT * sizeof *model->periods);
	for (enum limit l = 0; l < LIMIT_COUNT; l++) {
		const struct limit_rule *rule = limit_rule(l);
		if (rule->length)
			model->periods[model->periods_count++] = (struct view_calculator_period){ .code = rule->code,
				.name = rule->name[ctx->lang], .law = rule->law,
				.length = reckoning_view_length(ctx, rule->length, rule->unit) };
	}
}

/* -- the answers --------------------------------------------------------------------- */

static bool page_calculators_yes(const char *value)
{
	return *value && strcmp(value, "no") && strcmp(value, "0") && strcmp(value, "false");
}

static enum mc_err page_calculators_fee_reckon(struct ctx *ctx, const struct form *query, struct view_calculators *model)
{
	const char *typed = text_trim(ctx->mem, form_get(query, "amount"));
	bool halve = page_calculators_yes(form_get(query, "halve"));
	enum fee_kind kind;
	int64_t amount = 0;
	if (!fee_kind_find(form_get(query, "kind"), &kind))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "calculators.bad_kind", .field = "kind" });
	if (*typed && !money_parse(typed, &amount))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "calculators.bad_amount", .field = "amount" });
	/* Of these the Measures know no case without an amount. */
	if (!*typed && (kind == FEE_PROPERTY || kind == FEE_PAYMENT_ORDER || kind == FEE_BANKRUPTCY))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "calculators.no_amount", .field = "amount" });
	struct fee fee = fee_reckon(kind, amount, halve);
	model->reckoning = arena_take(ctx->mem, sizeof *model->reckoning);
	model->fee = arena_take(ctx->mem, sizeof *model->fee);
	reckoning_view_fee(ctx, kind, &fee, halve, model->reckoning);
	*model->fee = (struct view_calculator_fee){ .kind = fee_kind_rule(kind)->word, .amount = amount, .halved = fee.halved,
		.capped = fee.capped, .fen = fee.fen, .low = fee.low, .high = fee.high, .law = fee.law };
	return MC_OK;
}

/* A period by its name in either language, by its code, or written out: 15日, 6 months. */
static bool page_calculators_period(const char *typed, struct reckoning_view_period *out)
{
	for (enum limit l = 0; l < LIMIT_COUNT; l++) {
		const struct limit_rule *rule = limit_rule(l);
		if (rule->length && (!strcmp(typed, rule->code) || !strcmp(typed, rule->name[LANG_ZH]) || !strcmp(typed, rule->name[LANG_EN]))) {
			*out = (struct reckoning_view_period){ rule, rule->length, rule->unit, rule->rolls };
			return true;
		}
	}
	*out = (struct reckoning_view_period){ .rolls = true };
	return limit_parse(typed, &out->length, &out->unit);
}

static enum mc_err page_calculators_limit_reckon(struct ctx *ctx, const struct form *query, struct view_calculators *model)
{
	struct reckoning_view_period period;
	int64_t event = 0;
	enum mc_err err = MC_OK;
	if (!page_calculators_period(text_trim(ctx->mem, form_get(query, "period")), &period))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "calculators.bad_period", .field = "period" });
	if (!day_parse(text_trim(ctx->mem, form_get(query, "event")), &event) || day_parts(event).year > 9900)
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "calculators.bad_event", .field = "event" });
	int years = period.unit == LIMIT_YEARS ? period.length : period.length / 12;
	if (!err && day_parts(event).year + years > 9900)
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "calculators.bad_period", .field = "period" });
	if (err)
		return err;
	period.rolls = period.rolls && !page_calculators_yes(form_get(query, "no_roll"));
	struct limit_end end = limit_count(calendar_national(), event, period.length, period.unit, period.rolls);
	model->reckoning = arena_take(ctx->mem, sizeof *model->reckoning);
	model->limit = arena_take(ctx->mem, sizeof *model->limit);
	reckoning_view_limit(ctx, &period, event, &end, model->reckoning);
	*model->limit = (struct view_calculator_limit){ .event = event, .first = end.first, .counted = end.counted,
		.ends = end.day, .rolled = end.rolled, .provisional = end.provisional };
	return MC_OK;
}

/* -- the pages ----------------------------------------------------------------------- */

static void page_calculators_wrong(struct ctx *ctx, const char *noun, struct view_calculators *model)
{
	size_t room = 0;
	for (const struct why *why = ctx->why; why; why = why->next)
		room++;
	model->wrong = room > 0;
	model->errors = arena_take(ctx->mem, (room + 1) * sizeof *model->errors);
	for (const struct why *why = ctx->why; why; why = why->next)
		model->errors[model->errors_count++] = (struct view_form_error){
			.href = arena_print(ctx->mem, "#%s-%s", noun, why->field),
			.text = lang_print(ctx->mem, ctx->lang, why->key, why->arg[0], why->arg[1], why->arg[2]) };
}

static enum mc_err page_calculators_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *title,
					 struct view_calculators *model)
{
	static const struct form nothing = { 0 };
	const struct form *query = model->is_both ? &nothing : ask->query;
	page_calculators_tables(ctx, model);
	if (model->is_fee)
		page_calculators_fee_form(ctx, query, model);
	if (model->is_limit)
		page_calculators_limit_form(ctx, query, model);
	page_head(ctx, ask, lang_say(ctx->lang, title), &model->page);
	model->page.wrong = model->wrong;
	ctx_forget(ctx);
	return page_show(ctx, ask, reply, &view_calculators, model);
}

static enum mc_err page_calculators_one(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *noun,
					enum mc_err (*reckon)(struct ctx *, const struct form *, struct view_calculators *))
{
	struct view_calculators model = { .is_fee = !strcmp(noun, "fee"), .is_limit = !strcmp(noun, "limit") };
	enum mc_err err = ask->query->count ? reckon(ctx, ask->query, &model) : MC_OK;
	if (err && ask->json)
		return err;
	if (err)
		reply->status = problem_status(err);
	page_calculators_wrong(ctx, noun, &model);
	return page_calculators_draw(ctx, ask, reply, model.is_fee ? "calculators.fee" : "calculators.limit", &model);
}

static enum mc_err page_calculators_fee(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_calculators_one(ctx, ask, reply, "fee", page_calculators_fee_reckon);
}

static enum mc_err page_calculators_limit(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_calculators_one(ctx, ask, reply, "limit", page_calculators_limit_reckon);
}

static enum mc_err page_calculators_both(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_calculators model = { .is_fee = true, .is_limit = true, .is_both = true };
	return page_calculators_draw(ctx, ask, reply, "calculators.title", &model);
}

const struct route *page_calculators(void)
{
	static const struct route routes[] = {
		{ "GET", "/calculators",       PAGE_PUBLIC, page_calculators_both },
		{ "GET", "/calculators/fee",   PAGE_PUBLIC, page_calculators_fee },
		{ "GET", "/calculators/limit", PAGE_PUBLIC, page_calculators_limit },
		{ 0 }
	};
	return routes;
}
