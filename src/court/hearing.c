#include "hearing.h"
#include "deadline.h"
#include "record.h"
#include "served.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/text.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>

enum { HEARING_NOTICE_DAYS = 3 };

enum mc_err hearing_list(struct ctx *ctx, const struct docket *d, struct hearing **out, size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	struct row *r = db_ask(ctx, "select number, at, place, state, present, open, record from hearing"
		" where court = $1 and docket = $2 order by number desc", "tt", d->court, d->id);
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = (struct hearing){ (int)db_int(r, 0), db_int(r, 1), db_text(r, 2), db_text(r, 3), db_text(r, 4),
			db_int(r, 5) != 0, (int)db_int(r, 6) };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err hearing_state(struct ctx *ctx, const struct docket *d, const char *from, const char *to)
{
	return db_do(ctx, "update hearing set state = $1 where court = $2 and docket = $3 and state = $4", "tttt", to, d->court, d->id, from);
}

/* Everybody is told at least three days before (民诉法第139条), except in summary
 * procedure (第163条); and no hearing before a defendant's time to answer is over. */
static enum mc_err hearing_time(struct ctx *ctx, const struct act_work *w, int64_t at)
{
	const struct docket *d = w->docket;
	bool summary = !strcmp(d->process, "summary");
	if (at <= ctx->now)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "hearing.past", .field = "at" });
	if (!summary && day_of(at) - day_of(ctx->now) <= HEARING_NOTICE_DAYS)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "hearing.notice", .field = "at", .law = "民诉法第139条" });
	for (size_t i = 0; i < d->parties_count; i++) {
		struct deadline answer;
		if (d->parties[i].side != SIDE_DEFENDANT)
			continue;
		enum mc_err err = deadline_of(ctx, d, LIMIT_ANSWER, d->parties[i].number, &answer);
		if (err == MC_STORE)
			return err;
		if (err == MC_UNKNOWN)
			return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "hearing.not_served", .field = "at",
				.law = "民诉法第128条", .arg = { d->parties[i].name } });
		if (answer.open && day_of(at) <= answer.ends)
			return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "hearing.answer_runs", .field = "at", .law = "民诉法第128条",
				.arg = { d->parties[i].name, day_say(ctx->mem, ctx->lang, answer.ends) } });
	}
	return MC_OK;
}

static enum mc_err hearing_set(struct ctx *ctx, struct act_work *w, bool open)
{
	int64_t at = 0;
	int number;
	day_time_parse(form_get(w->form, "at"), &at);
	enum mc_err err = hearing_time(ctx, w, at);
	if (!err)
		err = docket_next(ctx, w->docket, SERIES_HEARING, &number);
	if (!err)
		err = db_do(ctx, "insert into hearing (court, docket, number, at, place, open, state, present, record)"
			" values ($1, $2, $3, $4, $5, $6, 'set', '', 0)", "ttiiti", w->docket->court, w->docket->id, (int64_t)number, at,
			form_get(w->form, "place"), (int64_t)open);
	form_set(w->values, "at", day_time_say(ctx->mem, LANG_ZH, at));
	form_set(w->values, "place", form_get(w->form, "place"));
	form_set(w->values, "open", open ? "公开开庭" : "不公开开庭");
	return err;
}

static enum mc_err hearing_schedule_apply(struct ctx *ctx, struct act_work *w)
{
	return hearing_set(ctx, w, !strcmp(form_get(w->form, "open"), "public"));
}

static enum mc_err hearing_postpone_apply(struct ctx *ctx, struct act_work *w)
{
	struct hearing *all;
	size_t count;
	enum mc_err err = hearing_list(ctx, w->docket, &all, &count);
	if (!err)
		err = hearing_state(ctx, w->docket, "set", "postponed");
	return err ? err : hearing_set(ctx, w, count && all[0].open);
}

static enum mc_err hearing_bench_ready(struct ctx *ctx, const struct docket *d)
{
	if (!*d->judge)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "bench.no_judge", .law = "民诉法第40条" });
	return MC_OK;
}

static enum mc_err hearing_present(struct ctx *ctx, const struct docket *d, const struct field *field,
				   struct act_choice **out, size_t *count)
{
	(void)field;
	*out = arena_take(ctx->mem, (d->parties_count + 1) * sizeof **out);
	for (*count = 0; *count < d->parties_count; (*count)++) {
		const struct party *p = &d->parties[*count];
		(*out)[*count] = (struct act_choice){ arena_print(ctx->mem, "%d", p->number), p->name,
			rule_role_name(p->side == SIDE_PLAINTIFF ? ROLE_PLAINTIFF : ROLE_DEFENDANT, ctx->lang) };
	}
	return MC_OK;
}

/* Whether a list of numbers, joined by commas, has this one. */
static bool hearing_there(const char *list, int number)
{
	for (char *end; *list; list = *end ? end + 1 : end)
		if (strtol(list, &end, 10) == number)
			return true;
	return false;
}

/* The newest summons of a party has taken effect; who is there shows it by being there. */
static enum mc_err hearing_summoned(struct ctx *ctx, const struct act_work *w, const struct party *p, bool present)
{
	struct served *s;
	size_t count;
	bool effective = false;
	enum mc_err err = present ? served_by_act(ctx, w->docket, p->number, PAPER_SUMMONS, w->entry) : MC_OK;
	if (!err)
		err = served_list(ctx, w->docket, p->number, false, &s, &count);
	for (size_t i = 0; !err && i < count; i++)
		if (s[i].kind == PAPER_SUMMONS)
			effective = s[i].effective != 0;
	return err || effective ? err : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "hearing.not_summoned", .field = "present",
		.law = "民诉法第139条、第146条、第147条", .arg = { p->name } });
}

/* Not before the day that everybody was told; and nobody is heard in absence who was not summoned. */
static enum mc_err hearing_open_apply(struct ctx *ctx, struct act_work *w)
{
	struct hearing *all;
	size_t count;
	if (!strcmp(form_get(w->form, "recusal"), "asked"))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "hearing.recusal_first", .field = "recusal", .law = "民诉法第48条、第50条" });
	enum mc_err err = hearing_list(ctx, w->docket, &all, &count);
	if (!err && count && day_of(ctx->now) < day_of(all[0].at))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "hearing.not_yet", .law = "民诉法第139条",
			.arg = { day_time_say(ctx->mem, ctx->lang, all[0].at) } });
	for (size_t i = 0; !err && i < w->docket->parties_count; i++) {
		const struct party *p = &w->docket->parties[i];
		err = hearing_summoned(ctx, w, p, hearing_there(form_get(w->form, "present"), p->number));
	}
	return err ? err : db_do(ctx, "update hearing set state = 'open', present = $1 where court = $2 and docket = $3 and state = 'set'", "ttt",
		     form_get(w->form, "present"), w->docket->court, w->docket->id);
}

static enum mc_err hearing_current(struct ctx *ctx, const struct docket *d, int *number)
{
	struct row *r = db_ask(ctx, "select number from hearing where court = $1 and docket = $2 and state = 'open'", "tt", d->court, d->id);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "hearing.none_open" });
	*number = (int)db_int(r, 0);
	return MC_OK;
}

static enum mc_err hearing_record_apply(struct ctx *ctx, struct act_work *w)
{
	int number;
	enum mc_err err = hearing_current(ctx, w->docket, &number);
	return err ? err : record_enter(ctx, w->docket, number, w->form);
}

/* The record becomes a paper; a hearing without one cannot end. */
static enum mc_err hearing_end(struct ctx *ctx, struct act_work *w, const char *state)
{
	int number, lines;
	enum mc_err err = hearing_current(ctx, w->docket, &number);
	if (!err)
		err = record_values(ctx, w->docket, number, w->values, &lines);
	if (err)
		return err;
	if (!lines)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "hearing.no_record", .law = "民诉法第150条第1款" });
	err = db_do(ctx, "update hearing set record = (select coalesce(max(number), 0) + 1 from paper where court = $1 and docket = $2)"
		" where court = $1 and docket = $2 and number = $3", "tti", w->docket->court, w->docket->id, (int64_t)number);
	return err ? err : hearing_state(ctx, w->docket, "open", state);
}

static enum mc_err hearing_adjourn_apply(struct ctx *ctx, struct act_work *w) { return hearing_end(ctx, w, "adjourned"); }
static enum mc_err hearing_close_apply(struct ctx *ctx, struct act_work *w) { return hearing_end(ctx, w, "closed"); }

const struct act_special hearing_schedule = { .ready = hearing_bench_ready, .apply = hearing_schedule_apply };
const struct act_special hearing_postpone = { .apply = hearing_postpone_apply };
const struct act_special hearing_open = { .choices = hearing_present, .apply = hearing_open_apply };
const struct act_special hearing_record = { .apply = hearing_record_apply, .steady = true };
const struct act_special hearing_adjourn = { .apply = hearing_adjourn_apply };
const struct act_special hearing_close = { .apply = hearing_close_apply };

#define HEARING_LINE "select number, speaker, words, at from utterance where court = $1 and docket = $2 and hearing = $3"

enum mc_err hearing_lines(struct ctx *ctx, const struct docket *d, int hearing, const struct cursor *from, int64_t limit,
			  struct hearing_line **out, size_t *count)
{
	*out = arena_take(ctx->mem, (size_t)limit * sizeof **out);
	*count = 0;
	struct row *r = from->back
		? db_ask(ctx, HEARING_LINE " and number < $4 order by number desc limit $5", "ttiii", d->court, d->id, (int64_t)hearing,
			 from->at, limit)
		: db_ask(ctx, HEARING_LINE " and number > $4 order by number limit $5", "ttiii", d->court, d->id, (int64_t)hearing,
			 from->at, limit);
	while (*count < (size_t)limit && db_next(r))
		(*out)[(*count)++] = (struct hearing_line){ (int)db_int(r, 0), db_text(r, 1), db_text(r, 2), db_int(r, 3) };
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err hearing_words(struct ctx *ctx, const struct docket *d, int hearing, struct hearing_word **out, size_t *count)
{
	*out = arena_take(ctx->mem, HEARING_SHOWN * sizeof **out);
	*count = 0;
	struct row *r = db_ask(ctx, "select hearing, party, kind, line, words, at from confirmation where court = $1 and docket = $2"
		" and hearing = $3 order by number desc limit $4", "ttii", d->court, d->id, (int64_t)hearing, (int64_t)HEARING_SHOWN);
	while (*count < HEARING_SHOWN && db_next(r))
		(*out)[(*count)++] = (struct hearing_word){ (int)db_int(r, 0), (int)db_int(r, 1), db_text(r, 2), db_text(r, 3),
			db_text(r, 4), db_int(r, 5) };
	return db_broken(r) ? MC_STORE : MC_OK;
}
