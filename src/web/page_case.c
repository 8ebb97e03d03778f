/* The case, GET /cases/:court/:id: what this person should do now, how far the case has
 * come, what runs, who is in it, what lies in it, and what happened. */
#include "case_evidence.h"
#include "case_next.h"
#include "case_people.h"
#include "pages.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../base/money.h"
#include "../court/claim.h"
#include "../court/hearing.h"
#include "../court/motion.h"
#include "../court/person.h"

#include <string.h>

enum { PAGE_CASE_ENTRIES = 20, PAGE_CASE_STORY = 300 }; /* entries; characters that are shown at once */

static const char *page_case_yuan(struct ctx *ctx, int64_t fen)
{
	return lang_print(ctx->mem, ctx->lang, "case.yuan", money_say(ctx->mem, fen), NULL, NULL);
}

static const char *page_case_fee_words(struct ctx *ctx, const char *state)
{
	static const struct {
		const char *state, *key;
	} words[] = { { "due", "case.fee_due" },
		      { "paid", "case.fee_paid" },
		      { "deferred", "case.fee_deferred" },
		      { "waived", "case.fee_waived" },
		      { "refund", "case.fee_refund" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(state, words[i].state))
			return lang_say(ctx->lang, words[i].key);
	return state;
}

static void page_case_fee(struct ctx *ctx, const struct case_view *v, const struct fee_due *fee,
			  struct view_case *m)
{
	m->fee = arena_take(ctx->mem, sizeof *m->fee);
	*m->fee = (struct view_case_fee){ .fen = fee->fen,
					  .refund = fee->refund,
					  .state = fee->state,
					  .words = page_case_fee_words(ctx, fee->state),
					  .href = case_next_pays(v, fee)
							  ? arena_print(ctx->mem, "%s/pay", v->href)
							  : "" };
}

static void page_case_fact(struct view_facts *facts, const char *label, const char *value)
{
	facts->facts[facts->facts_count++] = (struct view_fact){ .label = label, .value = value };
}

static void page_case_glance(struct ctx *ctx, const struct case_view *v, struct view_case *m)
{
	struct view_facts *facts = &m->at_glance;
	facts->facts = arena_take(ctx->mem, 6 * sizeof *facts->facts);
	if (v->informed)
		page_case_fact(facts, lang_say(ctx->lang, "case.claim"),
			       m->claim ? page_case_yuan(ctx, m->claim)
					: lang_say(ctx->lang, "case.no_money"));
	if (m->fee) {
		page_case_fact(facts, lang_say(ctx->lang, "case.fee"), page_case_yuan(ctx, m->fee->fen));
		page_case_fact(facts, lang_say(ctx->lang, "case.payment"),
			       !m->fee->refund
				       ? m->fee->words
				       : lang_print(ctx->mem, ctx->lang, "case.fee_back", m->fee->words,
						    money_say(ctx->mem, m->fee->refund), NULL));
	}
	page_case_fact(facts, lang_say(ctx->lang, "case.filed"),
		       day_say(ctx->mem, ctx->lang, day_of(m->filed)));
	if (m->registered)
		page_case_fact(facts, lang_say(ctx->lang, "case.registered"),
			       day_say(ctx->mem, ctx->lang, day_of(m->registered)));
	if (m->hearings_count && !strcmp(m->hearings[0].state, "set"))
		page_case_fact(facts, lang_say(ctx->lang, "case.hearing_at"),
			       day_time_say(ctx->mem, ctx->lang, m->hearings[0].at));
}

static enum mc_err page_case_claims(struct ctx *ctx, const struct case_view *v, struct view_case *m)
{
	struct claim *claims;
	size_t count;
	enum mc_err err = claim_list(ctx, &v->docket, &claims, &count);
	m->claims = arena_take(ctx->mem, (count + 1) * sizeof *m->claims);
	for (size_t i = 0; i < count; i++)
		m->claims[m->claims_count++] =
			(struct view_case_claim){ claims[i].number, claims[i].words, claims[i].amount };
	m->story = v->docket.facts;
	m->is_long = text_chars(m->story) > PAGE_CASE_STORY;
	m->claim = v->docket.claim;
	return err;
}

static enum mc_err page_case_motions(struct ctx *ctx, const struct case_view *v, struct view_case *m)
{
	struct motion_row *rows;
	size_t count;
	if (!v->docket.motions)
		return MC_OK;
	enum mc_err err = motion_list(ctx, &v->docket, &rows, &count);
	m->motions = arena_take(ctx->mem, (count + 1) * sizeof *m->motions);
	for (size_t i = 0; i < count; i++) {
		bool mine = v->docket.party && rows[i].party == v->docket.party;
		m->motions[m->motions_count++] =
			(struct view_case_motion){ .code = rule_motion_code(rows[i].kind),
						   .name = rule_motion_name(rows[i].kind, ctx->lang),
						   .who = case_view_party(ctx, v, rows[i].party),
						   .href = v->staff || mine
								   ? arena_print(ctx->mem, "%s/docket/%d",
										 v->href, rows[i].entry)
								   : "" };
	}
	return err;
}

static enum mc_err page_case_hearings(struct ctx *ctx, const struct case_view *v, struct view_case *m)
{
	static const struct {
		const char *state, *key;
		bool record;
	} states[] = { { "set", "case.hearing_set", false },
		       { "open", "case.hearing_open", true },
		       { "adjourned", "case.hearing_adjourned", true },
		       { "closed", "case.hearing_closed", true },
		       { "postponed", "case.hearing_postponed", false } };
	struct hearing *all;
	size_t count;
	enum mc_err err = hearing_list(ctx, &v->docket, &all, &count);
	m->hearings = arena_take(ctx->mem, (count + 1) * sizeof *m->hearings);
	for (size_t i = 0; i < count && i < HEARING_SHOWN; i++) {
		struct view_case_hearing *to = &m->hearings[m->hearings_count++];
		*to = (struct view_case_hearing){ .number = all[i].number,
						  .at = all[i].at,
						  .place = all[i].place,
						  .public = all[i].open,
						  .state = all[i].state,
						  .state_name = all[i].state,
						  .record = "",
						  .is_wait = !strcmp(all[i].state, "set"),
						  .is_good = !strcmp(all[i].state, "open") };
		for (size_t s = 0; s < sizeof states / sizeof *states; s++)
			if (!strcmp(states[s].state, all[i].state)) {
				to->state_name = lang_say(ctx->lang, states[s].key);
				to->record = states[s].record ? arena_print(ctx->mem, "%s/hearings/%d/record",
									    v->href, all[i].number)
							      : "";
			}
	}
	return err;
}

/* One line for a limit that runs for several. */
static void page_case_deadline(struct ctx *ctx, const struct case_view *v, const struct deadline *d,
			       bool mine, struct view_deadline_list *out)
{
	const struct limit_rule *rule = limit_rule(d->limit);
	const char *whose = d->party && d->party == v->docket.party ? lang_say(ctx->lang, "deadline.yours")
								    : case_view_party(ctx, v, d->party);
	for (size_t i = 0; i < out->deadlines_count; i++) {
		struct view_deadline *same = &out->deadlines[i];
		if (same->day == d->ends && !strcmp(same->law, rule->law)
		    && !strcmp(same->name, rule->name[ctx->lang])) {
			same->whose = arena_print(ctx->mem, "%s%s%s", same->whose,
						  ctx->lang == LANG_ZH ? "、" : ", ", whose);
			return;
		}
	}
	out->deadlines[out->deadlines_count++] =
		(struct view_deadline){ .name = rule->name[ctx->lang],
					.day = d->ends,
					.law = rule->law,
					.left = case_view_left(ctx, d->ends),
					.whose = whose,
					.is_provisional = d->provisional,
					.is_urgent = mine && case_view_urgent(ctx, d->ends),
					.is_over = d->ends < day_of(ctx->now) };
}

/* What concerns this person first, then the rest; each by its day. */
static void page_case_deadlines(struct ctx *ctx, const struct case_view *v, const struct case_next *n,
				struct view_case *m)
{
	m->deadlines.deadlines =
		arena_take(ctx->mem, (n->deadlines_count + 1) * sizeof *m->deadlines.deadlines);
	for (int mine = 1; mine >= 0; mine--)
		for (size_t i = 0; i < n->deadlines_count; i++) {
			const struct deadline *d = &n->deadlines[i];
			bool concerns = d->party ? d->party == v->docket.party : v->staff;
			if (concerns == (mine == 1))
				page_case_deadline(ctx, v, d, concerns, &m->deadlines);
		}
}

static void page_case_papers(struct ctx *ctx, const struct case_view *v, struct view_case *m)
{
	case_view_papers(ctx, v, 0, CASE_VIEW_PAPERS, &m->papers);
	if (v->papers_count > CASE_VIEW_PAPERS)
		m->more = arena_print(ctx->mem, "%s/papers", v->href);
}

static enum mc_err page_case_evidence(struct ctx *ctx, const struct case_view *v, struct view_case *m)
{
	struct view_evidence part = { 0 };
	enum mc_err err = case_evidence_fill(ctx, v, &cursor_start, &part);
	m->items = part.items;
	m->items_count = part.items_count;
	m->evidence = part.pager.next && *part.pager.next ? arena_print(ctx->mem, "%s/evidence", v->href) : "";
	return err;
}

static enum mc_err page_case_next(struct ctx *ctx, const struct case_view *v, struct view_case *m)
{
	struct act_option *options;
	struct deadline *deadlines;
	struct fee_due fee;
	struct case_next next = { .place = "", .record = "" };
	for (size_t i = m->hearings_count; i-- > 0;) {
		const struct view_case_hearing *h = &m->hearings[i];
		next.record = *h->record ? h->record : next.record;
		if (!strcmp(h->state, "set")) {
			next.hearing = h->at;
			next.place = h->place;
		}
	}
	enum mc_err err = fee_due_load(ctx, &v->docket, &fee);
	if (!err) {
		next.fee = &fee;
		page_case_fee(ctx, v, &fee, m);
	}
	if (!err || err == MC_UNKNOWN)
		err = deadline_list(ctx, &v->docket, &deadlines, &next.deadlines_count);
	if (!err)
		err = act_open(ctx, &v->docket, &options, &next.options_count);
	if (err)
		return err;
	next.options = options;
	next.deadlines = deadlines;
	case_next_fill(ctx, v, &next, &m->next);
	case_next_groups(ctx, v, &next, &m->options, &m->options_count);
	page_case_deadlines(ctx, v, &next, m);
	return MC_OK;
}

static enum mc_err page_case_docket(struct ctx *ctx, const struct case_view *v, struct view_case *m)
{
	struct chain_entry *entries;
	size_t count;
	enum mc_err err = chain_newest(ctx, &v->docket, PAGE_CASE_ENTRIES, &entries, &count);
	if (err)
		return err;
	m->docket.entries = arena_take(ctx->mem, (count + 1) * sizeof *m->docket.entries);
	for (size_t i = 0; i < count; i++)
		case_view_entry(ctx, v, &entries[i], &m->docket.entries[m->docket.entries_count++]);
	return MC_OK;
}

static void page_case_plain(struct ctx *ctx, const struct case_view *v, struct view_case *m)
{
	const struct docket *d = &v->docket;
	const struct stage_rule *stage = rule_stage(d->stage);
	const char *role = d->party ? case_view_side(ctx, docket_party(d, d->party)->side)
				    : rule_role_name(d->roles, ctx->lang);
	*m = (struct view_case){
		.href = v->href,
		.id = d->id,
		.court = d->court,
		.court_name = court_name(&v->court, ctx->lang),
		.number = d->number,
		.name = v->name,
		.title = case_view_title(ctx, d),
		.cause = case_view_cause(ctx, d),
		.cause_code = d->cause,
		.judge = *d->judge ? person_name(ctx, d->judge) : "",
		.stage = stage->code,
		.stage_name = stage->name[ctx->lang],
		.since = d->since,
		.filed = d->filed,
		.registered = d->registered,
		.acts = arena_print(ctx->mem, "%s/acts", v->href),
		.draw = *d->judge ? arena_print(ctx->mem, "%s/draw", v->href) : "",
		.role = d->agency ? lang_print(ctx->mem, ctx->lang, "case.agent_of", role, NULL, NULL) : role,
		.sealed =
			v->informed ? "" : lang_say(ctx->lang, d->party ? "case.sealed"
			: d->roles & ROLE_DESK ? "case.sealed_desk" : "case.sealed_agent")
	};
	if (*d->process)
		m->procedure =
			lang_say(ctx->lang, strcmp(d->process, "summary") ? "case.ordinary" : "case.summary");
}

static enum mc_err page_case_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct case_view v;
	struct view_case m;
	enum mc_err err = case_view_load(ctx, ask, &v);
	if (err)
		return err;
	page_case_plain(ctx, &v, &m);
	case_next_steps(ctx, &v.docket, &m.steps);
	page_case_papers(ctx, &v, &m);
	err = page_case_hearings(ctx, &v, &m);
	if (!err)
		err = page_case_next(ctx, &v, &m);
	if (!err)
		err = case_people_fill(ctx, &v, &m);
	if (!err && v.informed)
		err = page_case_claims(ctx, &v, &m);
	if (!err && v.informed)
		err = page_case_evidence(ctx, &v, &m);
	if (!err)
		err = page_case_motions(ctx, &v, &m);
	if (!err)
		err = page_case_docket(ctx, &v, &m);
	if (err)
		return err;
	page_case_glance(ctx, &v, &m);
	page_head(ctx, ask, arena_print(ctx->mem, "%s %s", m.cause, v.name), &m.page);
	err = page_show(ctx, ask, reply, &view_case, &m);
	case_view_tag(ctx, ask, &v.docket, reply);
	return err;
}

const struct route *page_case(void)
{
	static const struct route routes[] = { { "GET", "/cases/:court/:id", PAGE_SIGNED | PAGE_KEPT, page_case_show },
					       { 0 } };
	return routes;
}
