#include "reckoning_view.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../base/money.h"

#include <string.h>

#define RECKONING_VIEW_LAW_DAYS "民诉法第85条"
#define RECKONING_VIEW_LAW_MONTHS "民法典第202条"

enum { RECKONING_VIEW_REST = 40 };      /* steps told of rest days */

static const char *reckoning_view_words(struct ctx *ctx, const char *key, const char *a, const char *b)
{
	return lang_print(ctx->mem, ctx->lang, key, a, b, NULL);
}

static const char *reckoning_view_yuan(struct ctx *ctx, int64_t fen)
{
	return reckoning_view_words(ctx, "reckoning.yuan", money_say(ctx->mem, fen), NULL);
}

/* "10,000" rather than "10,000.00" for the round numbers of the brackets. */
static const char *reckoning_view_round(struct ctx *ctx, int64_t fen)
{
	const char *said = money_say(ctx->mem, fen);
	return fen % 100 ? said : arena_print(ctx->mem, "%.*s", (int)strlen(said) - 3, said);
}

/* 250 is 2.5%. */
static const char *reckoning_view_percent(struct ctx *ctx, int rate)
{
	if (rate % 100 == 0)
		return arena_print(ctx->mem, "%d%%", rate / 100);
	if (rate % 10 == 0)
		return arena_print(ctx->mem, "%d.%d%%", rate / 100, rate / 10 % 10);
	return arena_print(ctx->mem, "%d.%02d%%", rate / 100, rate % 100);
}

static struct view_reckoning_part *reckoning_view_part(struct view_reckoning *out, const char *label, const char *how,
						       const char *value, const char *law)
{
	out->parts[out->parts_count] = (struct view_reckoning_part){ .label = label, .how = how, .value = value, .law = law };
	return &out->parts[out->parts_count++];
}

static void reckoning_view_slice(struct ctx *ctx, const struct fee *fee, const struct fee_part *part, struct view_reckoning *out)
{
	const char *from = reckoning_view_round(ctx, part->from), *value = reckoning_view_yuan(ctx, part->fen);
	const char *how = "", *label;
	if (part->permille10)
		how = arena_print(ctx->mem, "%s × %s", money_say(ctx->mem, part->slice), reckoning_view_percent(ctx, part->permille10));
	if (!part->to) {
		label = lang_say(ctx->lang, "reckoning.each");
		if (fee->high)
			how = reckoning_view_words(ctx, "reckoning.range", reckoning_view_round(ctx, fee->low),
						   reckoning_view_round(ctx, fee->high));
	} else if (part->to == INT64_MAX) {
		label = reckoning_view_words(ctx, "reckoning.above", from, NULL);
	} else if (part->permille10 && part->from) {
		label = reckoning_view_words(ctx, "reckoning.between", from, reckoning_view_round(ctx, part->to));
	} else {
		label = reckoning_view_words(ctx, part->fen ? "reckoning.up_to" : "reckoning.free",
					     reckoning_view_round(ctx, part->to), NULL);
	}
	reckoning_view_part(out, label, how, value, "");
}

void reckoning_view_fee(struct ctx *ctx, enum fee_kind kind, const struct fee *fee, bool halve, struct view_reckoning *out)
{
	const struct fee_kind_rule *rule = fee_kind_rule(kind);
	int64_t fen = (fee->whole + fee->share / 2) / fee->share;
	*out = (struct view_reckoning){ .label = rule->name[ctx->lang], .figure = reckoning_view_yuan(ctx, fee->fen),
		.law = fee->law, .note = halve && !fee->halved ? lang_say(ctx->lang, "reckoning.not_halved") : "" };
	out->parts = arena_take(ctx->mem, (fee->parts + 5) * sizeof *out->parts);
	for (size_t i = 0; i < fee->parts; i++)
		reckoning_view_slice(ctx, fee, &fee->part[i], out);
	if (!fee->parts)
		reckoning_view_part(out, lang_say(ctx->lang, "reckoning.nothing"), "", reckoning_view_yuan(ctx, 0), "");
	if (fee->parts > 1)
		reckoning_view_part(out, lang_say(ctx->lang, "reckoning.sum"), "", reckoning_view_yuan(ctx, fee->whole), "");
	if (fee->share > 1)
		reckoning_view_part(out, reckoning_view_words(ctx, "reckoning.share", arena_print(ctx->mem, "%d", fee->share), NULL),
				    arena_print(ctx->mem, "%s ÷ %d", money_say(ctx->mem, fee->whole), fee->share),
				    reckoning_view_yuan(ctx, fen), rule->law);
	if (fee->capped) {
		fen = rule->cap;
		reckoning_view_part(out, reckoning_view_words(ctx, "reckoning.cap", reckoning_view_round(ctx, fen), NULL), "",
				    reckoning_view_yuan(ctx, fen), rule->law);
	}
	if (fee->halved)
		reckoning_view_part(out, lang_say(ctx->lang, "reckoning.halved"), arena_print(ctx->mem, "%s ÷ 2", money_say(ctx->mem, fen)),
				    reckoning_view_yuan(ctx, fee->fen), "诉讼费用交纳办法第15条、第16条、第18条；民诉法解释第206条");
}

/* 2026年10月1日（星期四） */
static const char *reckoning_view_day(struct ctx *ctx, int64_t day)
{
	const char *week = lang_say(ctx->lang, arena_print(ctx->mem, "reckoning.weekday%d", day_parts(day).weekday));
	return reckoning_view_words(ctx, "reckoning.day", day_say(ctx->mem, ctx->lang, day), week);
}

const char *reckoning_view_length(struct ctx *ctx, int length, enum limit_unit unit)
{
	static const char *const many[] = { [LIMIT_DAYS] = "reckoning.days", [LIMIT_WORKING_DAYS] = "reckoning.working_days",
		[LIMIT_MONTHS] = "reckoning.months", [LIMIT_YEARS] = "reckoning.years" };
	static const char *const one[] = { [LIMIT_DAYS] = "reckoning.one_day", [LIMIT_WORKING_DAYS] = "reckoning.one_working_day",
		[LIMIT_MONTHS] = "reckoning.one_month", [LIMIT_YEARS] = "reckoning.one_year" };
	if (!length)
		return lang_say(ctx->lang, "reckoning.set");
	return reckoning_view_words(ctx, length == 1 ? one[unit] : many[unit], arena_print(ctx->mem, "%d", length), NULL);
}

static void reckoning_view_counted(struct ctx *ctx, const struct reckoning_view_period *period, const struct limit_end *end,
				   struct view_reckoning *out)
{
	const char *n = arena_print(ctx->mem, "%d", period->length), *last = reckoning_view_day(ctx, end->counted);
	if (period->unit == LIMIT_DAYS)
		reckoning_view_part(out, reckoning_view_words(ctx, "reckoning.nth_day", n, NULL), "", last, "");
	else if (period->unit == LIMIT_WORKING_DAYS)
		reckoning_view_part(out, reckoning_view_words(ctx, "reckoning.nth_working_day", n, NULL), "", last, "");
	else
		reckoning_view_part(out, lang_say(ctx->lang, end->month_end ? "reckoning.month_end" : "reckoning.corresponding"), "",
				    last, RECKONING_VIEW_LAW_MONTHS);
}

/* The rest days over which the end was put off; those of one holiday together. */
static void reckoning_view_rest(struct ctx *ctx, const struct calendar *calendar, const struct limit_end *end,
				struct view_reckoning *out)
{
	for (int64_t first = end->counted, last; first < end->day; first = last + 1) {
		const char *name = calendar_name(calendar, ctx->lang, first);
		for (last = first; last + 1 < end->day && !strcmp(calendar_name(calendar, ctx->lang, last + 1), name);)
			last++;
		const char *days = reckoning_view_day(ctx, first);
		if (last > first)
			days = reckoning_view_words(ctx, "reckoning.from_to", day_say(ctx->mem, ctx->lang, first),
						    day_say(ctx->mem, ctx->lang, last));
		if (out->parts_count < RECKONING_VIEW_REST)
			reckoning_view_part(out, reckoning_view_words(ctx, "reckoning.rest", name, NULL), "", days, "");
	}
}

void reckoning_view_limit(struct ctx *ctx, const struct reckoning_view_period *period, int64_t event,
			  const struct limit_end *end, struct view_reckoning *out)
{
	const struct calendar *calendar = calendar_national();
	const char *length = reckoning_view_length(ctx, period->length, period->unit);
	const char *name = calendar_name(calendar, ctx->lang, end->day);
	*out = (struct view_reckoning){
		.label = period->rule ? reckoning_view_words(ctx, "reckoning.period", period->rule->name[ctx->lang], length) : length,
		.figure = reckoning_view_day(ctx, end->day), .law = period->rule ? period->rule->law : "",
		.note = end->provisional ? lang_say(ctx->lang, "reckoning.provisional") : "",
		.parts = arena_take(ctx->mem, (RECKONING_VIEW_REST + 6) * sizeof *out->parts),
	};
	reckoning_view_part(out, lang_say(ctx->lang, "reckoning.event"), lang_say(ctx->lang, "reckoning.event_how"),
			    reckoning_view_day(ctx, event), RECKONING_VIEW_LAW_DAYS);
	reckoning_view_part(out, lang_say(ctx->lang, "reckoning.first"), "", reckoning_view_day(ctx, end->first), "");
	reckoning_view_counted(ctx, period, end, out);
	reckoning_view_rest(ctx, calendar, end, out);
	if (end->rolled)
		reckoning_view_part(out, lang_say(ctx->lang, "reckoning.rolled"), "", reckoning_view_day(ctx, end->day),
				    RECKONING_VIEW_LAW_DAYS);
	else if (calendar_rests(calendar, end->day))
		reckoning_view_part(out, reckoning_view_words(ctx, "reckoning.not_rolled", name, NULL), "",
				    reckoning_view_day(ctx, end->day), "");
	else if (period->rolls && name)
		reckoning_view_part(out, reckoning_view_words(ctx, "reckoning.made_up", name, NULL), "",
				    reckoning_view_day(ctx, end->day), "");
}
