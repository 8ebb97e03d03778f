#include "case_next.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../base/money.h"

#include <string.h>

/* From this weight on an act is what the court waits for; below, it is only open to one. */
enum { CASE_NEXT_DUE = 5, CASE_NEXT_BUTTONS = 2 };

/* What happens if it is not done. */
static const struct {
	enum act act;
	const char *key;
} case_next_otherwise[] = {
	{ ACT_CORRECT, "case.else_correct" },
	{ ACT_RECEIVE, "case.else_receive" },
	{ ACT_ANSWER, "case.else_answer" },
	{ ACT_OPINE, "case.else_opine" },
	{ ACT_CONFIRM_RECORD, "case.else_record" },
	{ ACT_APPEAL, "case.else_appeal" },
	{ ACT_SUBMIT_ITEM, "case.else_evidence" },
	{ ACT_ACCEPT_AUTHORITY, "case.else_agency" },
	{ ACT_REGISTER, "case.else_register" },
	{ ACT_SERVE, "case.else_serve" },
	{ ACT_SET_EVIDENCE_TERM, "case.else_evidence_term" },
	{ ACT_PRONOUNCE, "case.else_pronounce" },
	{ ACT_TAKE_EFFECT, "case.else_take_effect" },
};

static const char *case_next_else(struct ctx *ctx, enum act act)
{
	for (size_t i = 0; i < sizeof case_next_otherwise / sizeof *case_next_otherwise; i++)
		if (case_next_otherwise[i].act == act)
			return lang_say(ctx->lang, case_next_otherwise[i].key);
	return "";
}

bool case_next_pays(const struct case_view *v, const struct fee_due *fee)
{
	return fee && v->docket.roles & ROLE_PLAINTIFF && !strcmp(fee->state, "due")
	       && v->docket.stage == STAGE_FEE_DUE;
}

static const struct deadline *case_next_limit(const struct case_next *n, enum limit limit, int party)
{
	for (size_t i = 0; i < n->deadlines_count; i++)
		if (n->deadlines[i].limit == limit && n->deadlines[i].party == party)
			return &n->deadlines[i];
	return NULL;
}

/* The limit within which an act is to be done: the party's own, or the one of the court that it ends. */
static const struct deadline *case_next_deadline(const struct case_view *v, const struct case_next *n,
						 enum act act)
{
	const struct rule *rule = rule_of(act);
	const struct deadline *found = NULL;
	if (rule_keeps_limit(act) && v->docket.party)
		found = case_next_limit(n, rule->until, v->docket.party);
	for (size_t i = 0; i < 3 && !found && v->staff; i++)
		if (rule->stops[i].set && rule->stops[i].whom == FOR_COURT)
			found = case_next_limit(n, rule->stops[i].limit, 0);
	return found;
}

static const char *case_next_runs(struct ctx *ctx, const struct deadline *deadline)
{
	return lang_print(ctx->mem, ctx->lang, "case.runs", limit_rule(deadline->limit)->name[ctx->lang],
			  day_say(ctx->mem, ctx->lang, deadline->event), case_view_left(ctx, deadline->ends));
}

static const char *case_next_join(struct ctx *ctx, const char *a, const char *b)
{
	bool blank = *a && *b && ctx->lang == LANG_EN;
	return arena_print(ctx->mem, "%s%s%s", a, blank ? " " : "", b);
}

static void case_next_button(struct view_case_next *out, const char *href, const char *label)
{
	out->buttons[out->buttons_count] =
		(struct view_case_button){ .href = href, .label = label, .second = out->buttons_count > 0 };
	out->buttons_count++;
}

static void case_next_act(struct ctx *ctx, const struct case_view *v, const struct case_next *n, enum act act,
			  struct view_case_next *out)
{
	const struct rule *rule = rule_of(act);
	const struct deadline *limit = case_next_deadline(v, n, act);
	const char *name = rule->name[ctx->lang];
	size_t waiting = 0;
	for (size_t i = 0; i < v->papers_count; i++)
		waiting += v->papers[i].state == READING_SENT;
	out->is_due = true;
	out->law = rule->law;
	if (limit) {
		out->until = limit->ends;
		bool over = limit->ends < day_of(ctx->now);
		out->title = lang_print(ctx->mem, ctx->lang, over ? "case.next_over" : "case.next_until",
					name, day_say(ctx->mem, ctx->lang, limit->ends), NULL);
		out->text = case_next_runs(ctx, limit);
	} else if (act == ACT_RECEIVE && waiting > 1) {
		out->title = lang_print(ctx->mem, ctx->lang, "case.next_receive",
					arena_print(ctx->mem, "%zu", waiting), NULL, NULL);
	} else if (act == ACT_ACCEPT_AUTHORITY) {
		out->title = lang_say(ctx->lang, "case.next_agency");
	} else {
		out->title = lang_print(ctx->mem, ctx->lang, "case.next", name, NULL, NULL);
	}
	out->text = case_next_join(ctx, out->text ? out->text : "", case_next_else(ctx, act));
}

static void case_next_pay(struct ctx *ctx, const struct case_view *v, const struct case_next *n,
			  struct view_case_next *out)
{
	const struct deadline *limit = case_next_limit(n, LIMIT_FEE_PAYMENT, v->docket.party);
	const char *fen = money_say(ctx->mem, n->fee->fen);
	out->is_due = true;
	out->law = limit_rule(LIMIT_FEE_PAYMENT)->law;
	out->until = limit ? limit->ends : 0;
	const char *day = limit ? day_say(ctx->mem, ctx->lang, limit->ends) : NULL;
	if (limit && limit->ends < day_of(ctx->now))
		out->title = lang_print(ctx->mem, ctx->lang, "case.next_over",
					lang_say(ctx->lang, "case.pay"), day, NULL);
	else
		out->title = lang_print(ctx->mem, ctx->lang, limit ? "case.next_pay_until" : "case.next_pay",
					fen, day, NULL);
	out->text = case_next_join(ctx, limit ? case_next_runs(ctx, limit) : "",
				   lang_say(ctx->lang, "case.else_pay"));
}

/* The soonest limit of somebody else: what one waits for. The limit of the trial only if nothing else runs. */
static const struct deadline *case_next_awaited(const struct case_view *v, const struct case_next *n)
{
	const struct deadline *trial = NULL;
	/* How long one may appeal oneself comes before how long the other side may. */
	for (size_t i = 0; i < n->deadlines_count && v->docket.party; i++)
		if (n->deadlines[i].limit == LIMIT_APPEAL && n->deadlines[i].party == v->docket.party)
			return &n->deadlines[i];
	for (size_t i = 0; i < n->deadlines_count; i++) {
		const struct deadline *d = &n->deadlines[i];
		if (d->limit == LIMIT_TRIAL || d->limit == LIMIT_TRIAL_SUMMARY)
			trial = trial ? trial : d;
		else if (!d->party || d->party != v->docket.party || d->limit == LIMIT_HEARING)
			return d;
	}
	return trial;
}

static void case_next_wait(struct ctx *ctx, const struct case_view *v, const struct case_next *n,
			   struct view_case_next *out)
{
	const struct deadline *limit = case_next_awaited(v, n);
	enum stage stage = v->docket.stage;
	out->title = rule_stage(stage)->wait[ctx->lang];
	out->is_done = stage == STAGE_CLOSED || stage == STAGE_WITHDRAWN || stage == STAGE_REFUSED;
	out->is_wait = !out->is_done;
	out->text = lang_say(ctx->lang, out->is_done ? "case.over" : "case.nothing_to_do");
	if (limit && out->is_wait) {
		out->text = case_next_join(ctx, out->text,
					   lang_print(ctx->mem, ctx->lang, "case.waits_until",
						      limit_rule(limit->limit)->name[ctx->lang],
						      day_say(ctx->mem, ctx->lang, limit->ends),
						      case_view_left(ctx, limit->ends)));
		out->law = limit_rule(limit->limit)->law;
	}
	if (n->hearing && !v->staff && stage == STAGE_SCHEDULED && day_of(n->hearing) >= day_of(ctx->now)) {
		out->title = lang_print(ctx->mem, ctx->lang, "case.come",
					day_time_say(ctx->mem, ctx->lang, n->hearing), NULL, NULL);
		out->text = lang_print(ctx->mem, ctx->lang, "case.come_more", n->place, NULL, NULL);
		out->law = limit_rule(LIMIT_HEARING)->law;
	}
	for (size_t i = 0; i < v->papers_count && out->is_done; i++)
		if (v->papers[i].paper.kind == PAPER_JUDGMENT && v->papers[i].state == READING_OPEN) {
			case_next_button(out,
					 arena_print(ctx->mem, "%s/papers/%d", v->href,
						     v->papers[i].paper.number),
					 lang_say(ctx->lang, "case.read_judgment"));
			return;
		}
}

void case_next_fill(struct ctx *ctx, const struct case_view *v, const struct case_next *n,
		    struct view_case_next *out)
{
	*out = (struct view_case_next){ .buttons = arena_take(ctx->mem, (CASE_NEXT_BUTTONS + 2)
										* sizeof *out->buttons) };
	bool pays = case_next_pays(v, n->fee);
	const struct act_option *first = n->options_count ? n->options : NULL;
	bool acts = first && first->weight >= CASE_NEXT_DUE && (!pays || first->act == ACT_RECEIVE);
	if (acts) {
		case_next_act(ctx, v, n, first->act, out);
		/* Nobody confirms a record without having read it: the page of the record leads on. */
		if (first->act == ACT_CONFIRM_RECORD && *n->record)
			case_next_button(out, n->record, lang_say(ctx->lang, "case.read_record"));
		else
			case_next_button(out, case_view_act_href(ctx, v, first->act),
					 rule_of(first->act)->name[ctx->lang]);
		if (pays)
			case_next_button(out, arena_print(ctx->mem, "%s/pay", v->href),
					 lang_say(ctx->lang, "case.pay"));
	} else if (pays) {
		case_next_pay(ctx, v, n, out);
		case_next_button(out, arena_print(ctx->mem, "%s/pay", v->href),
				 lang_say(ctx->lang, "case.pay"));
		for (size_t i = 0; i < n->options_count; i++)
			if (n->options[i].act == ACT_ASK_RELIEF)
				case_next_button(out, case_view_act_href(ctx, v, ACT_ASK_RELIEF),
						 rule_of(ACT_ASK_RELIEF)->name[ctx->lang]);
	} else {
		case_next_wait(ctx, v, n, out);
	}
	for (size_t i = acts;
	     i < n->options_count && n->options[i].weight && out->buttons_count < CASE_NEXT_BUTTONS; i++) {
		/* Whoever waits for the court is not led to give up. */
		if (out->is_wait && n->options[i].act == ACT_RETRACT)
			continue;
		case_next_button(out, case_view_act_href(ctx, v, n->options[i].act),
				 rule_of(n->options[i].act)->name[ctx->lang]);
	}
	/* While one waits, nothing is the thing to press. */
	for (size_t i = 0; i < out->buttons_count && out->is_wait; i++)
		out->buttons[i].second = true;
}

void case_next_steps(struct ctx *ctx, const struct docket *d, struct view_steps *out)
{
	static const char *const key[] = {
		"case.step_filed",    "case.step_registered", "case.step_answered",
		"case.step_evidence", "case.step_heard",      "case.step_decided"
	};
	enum { STEPS = sizeof key / sizeof *key };
	int here = rule_stage(d->stage)->step;
	int done = here ? here - 1 : d->registered ? 2 : 1;
	if (d->stage == STAGE_CLOSED || d->stage == STAGE_EFFECTIVE)
		done = STEPS;
	*out = (struct view_steps){ .steps = arena_take(ctx->mem, STEPS * sizeof *out->steps),
				    .steps_count = STEPS };
	for (int i = 0; i < STEPS; i++)
		out->steps[i] = (struct view_step){ .number = i + 1,
						    .label = lang_say(ctx->lang, key[i]),
						    .is_done = i < done,
						    .is_here = i + 1 == here && done < STEPS };
}

/* Kinds of acts in the order in which a person looks for them, and the files of act.tbl that belong to each. */
static const struct {
	const char *key, *files[2];
} case_next_kinds[] = {
	{ "case.kind_service", { "service", "" } },
	{ "case.kind_answer", { "answer", "jurisdiction" } },
	{ "case.kind_evidence", { "evidence", "" } },
	{ "case.kind_hearing", { "hearing", "record" } },
	{ "case.kind_judgment", { "judgment", "" } },
	{ "case.kind_filing", { "filing", "registration" } },
	{ "case.kind_fee", { "fee_due", "" } },
	{ "case.kind_bench", { "bench", "" } },
	{ "case.kind_agency", { "agency", "" } },
	{ "case.kind_withdrawal", { "withdrawal", "" } },
	{ "case.kind_other", { "", "" } },
};
enum { CASE_NEXT_KINDS = sizeof case_next_kinds / sizeof *case_next_kinds };

const char *case_next_kind(struct ctx *ctx, const struct rule *rule, size_t *place)
{
	size_t k = 0;
	while (k < CASE_NEXT_KINDS - 1 && strcmp(rule->file, case_next_kinds[k].files[0])
	       && strcmp(rule->file, case_next_kinds[k].files[1]))
		k++;
	*place = k;
	return lang_say(ctx->lang, case_next_kinds[k].key);
}

void case_next_groups(struct ctx *ctx, const struct case_view *v, const struct case_next *n,
		      struct view_case_group **out, size_t *count)
{
	struct view_case_group kinds[CASE_NEXT_KINDS] = { { 0 } };
	for (size_t i = 0; i < n->options_count; i++) {
		const struct rule *rule = rule_of(n->options[i].act);
		size_t k;
		const char *title = case_next_kind(ctx, rule, &k);
		if (!kinds[k].options)
			kinds[k].options = arena_take(ctx->mem, n->options_count * sizeof *kinds[k].options);
		const struct deadline *limit = case_next_deadline(v, n, n->options[i].act);
		kinds[k].title = title;
		kinds[k].options[kinds[k].options_count++] =
			(struct view_case_option){ .act = rule->code,
						   .name = rule->name[ctx->lang],
						   .href = case_view_act_href(ctx, v, n->options[i].act),
						   .law = rule->law,
						   .until = limit ? limit->ends : 0 };
	}
	*out = arena_take(ctx->mem, CASE_NEXT_KINDS * sizeof **out);
	*count = 0;
	for (size_t k = 0; k < CASE_NEXT_KINDS; k++)
		if (kinds[k].options_count)
			(*out)[(*count)++] = kinds[k];
}
