#include "page_act.h"
#include "case_view.h"
#include "form_sent.h"
#include "form_view.h"
#include "pages.h"
#include "problem.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../base/money.h"
#include "../court/deadline.h"
#include "../court/draft.h"
#include "../court/filing.h"
#include "../store/db.h"

#include <string.h>

static const char *page_act_words(struct ctx *ctx, const char *key, const char *a, const char *b)
{
	return lang_print(ctx->mem, ctx->lang, key, a, b, NULL);
}

const char *page_act_path(struct arena *mem, const char *court, const char *docket, enum act act)
{
	return arena_print(mem, "/cases/%s/%s/act/%s", court, docket, rule_word(mem, act));
}

/* -- what follows from it ------------------------------------------------------------ */

static const char *page_act_whom(struct ctx *ctx, enum concerns whom)
{
	static const char *const key[] = {
		[FOR_NOBODY] = "act.for_nobody", [FOR_COURT] = "act.for_court", [FOR_ACTOR] = "act.for_actor",
		[FOR_PLAINTIFFS] = "act.for_plaintiffs", [FOR_DEFENDANTS] = "act.for_defendants",
		[FOR_ALL] = "act.for_all", [FOR_OPPONENTS] = "act.for_opponents",
	};
	return lang_say(ctx->lang, key[whom]);
}

static const char *page_act_length(struct ctx *ctx, const struct limit_rule *limit)
{
	static const char *const key[] = {
		[LIMIT_DAYS] = "act.length_days", [LIMIT_WORKING_DAYS] = "act.length_working_days",
		[LIMIT_MONTHS] = "act.length_months", [LIMIT_YEARS] = "act.length_years",
	};
	if (!limit->length)
		return lang_say(ctx->lang, "act.length_set");
	return page_act_words(ctx, key[limit->unit], arena_print(ctx->mem, "%d", limit->length), NULL);
}

static void page_act_follows(struct ctx *ctx, const struct rule *rule, struct view_act *out)
{
	const char **line = out->follows = arena_take(ctx->mem, 12 * sizeof *line);
	size_t n = 0;
	for (size_t i = 0; i < 3; i++)
		if (rule->stops[i].set)
			line[n++] = page_act_words(ctx, "act.stops", limit_rule(rule->stops[i].limit)->name[ctx->lang], NULL);
	for (size_t i = 0; i < 3; i++)
		if (rule->starts[i].set) {
			const struct limit_rule *limit = limit_rule(rule->starts[i].limit);
			line[n++] = lang_print(ctx->mem, ctx->lang, "act.starts", limit->name[ctx->lang],
					       page_act_length(ctx, limit), page_act_whom(ctx, rule->starts[i].whom));
		}
	for (size_t i = 0; i < 3; i++)
		if (rule->writes[i]) {
			const char *title = rule_paper(rule->writes[i])->title[ctx->lang];
			line[n++] = rule->served == FOR_NOBODY ? page_act_words(ctx, "act.writes", title, NULL)
				  : page_act_words(ctx, "act.writes_for", title, page_act_whom(ctx, rule->served));
		}
	if (rule->opens)
		line[n++] = page_act_words(ctx, "act.opens", rule_motion_name(rule->opens, ctx->lang), NULL);
	if (rule->then)
		line[n++] = page_act_words(ctx, "act.then", rule_of(rule->then)->name[ctx->lang], NULL);
	out->follows_count = n;
	out->follows_any = n > 0;
}

static enum mc_err page_act_until(struct ctx *ctx, const struct docket *d, enum act act, struct view_act *out)
{
	struct deadline limit;
	if (!rule_keeps_limit(act) || !d->party)
		return MC_OK;
	enum mc_err err = deadline_of(ctx, d, rule_of(act)->until, d->party, &limit);
	if (err)
		return err == MC_UNKNOWN ? MC_OK : err;
	out->until = limit.open ? limit.ends : 0;
	out->late = limit.open && day_of(ctx->now) > limit.ends;
	return MC_OK;
}

/* -- the page ------------------------------------------------------------------------ */

/* The button says what it does: who signs is told so, an office does the thing itself. */
static const char *page_act_button(struct ctx *ctx, enum act act)
{
	bool signs = field_find(act, "", "truth") != NULL;
	return signs ? lang_say(ctx->lang, "act.sign") : rule_of(act)->name[ctx->lang];
}

/* Who corrects a filing has before the eyes what the court asked for. */
static enum mc_err page_act_defects(struct ctx *ctx, const struct docket *d, struct view_act *model)
{
	struct filing_defect *defect;
	enum mc_err err = filing_defects(ctx, d, &defect, &model->defects_count);
	if (err)
		return err;
	model->defects = arena_take(ctx->mem, (model->defects_count + 1) * sizeof *model->defects);
	for (size_t i = 0; i < model->defects_count; i++)
		model->defects[i] = (struct view_defect){ .what = defect[i].what, .how = defect[i].how };
	return MC_OK;
}

static enum mc_err page_act_draw(struct ctx *ctx, const struct ask *ask, const struct docket *d, enum act act,
				 const struct form *values, struct reply *reply)
{
	const struct rule *rule = rule_of(act);
	bool grave = rule->to == STAGE_WITHDRAWN || rule->to == STAGE_REFUSED || rule->opens == MOTION_WITHDRAWAL;
	struct view_act model = {
		.code = rule->code, .title = rule->name[ctx->lang], .law = rule->law,
		.about = *d->number ? d->number : case_view_title(ctx, d),
		.about_href = arena_print(ctx->mem, "/cases/%s/%s", d->court, d->id),
	};
	size_t fields;
	enum mc_err err = form_view_fill(ctx, ask, d, act, 0, values, &model.form);
	if (!err)
		err = page_act_until(ctx, d, act, &model);
	if (err)
		return err;
	if (act == ACT_CORRECT && (err = page_act_defects(ctx, d, &model)))
		return err;
	page_act_follows(ctx, rule, &model);
	model.form.action = page_act_path(ctx->mem, d->court, d->id, act);
	model.form.submit = page_act_button(ctx, act);
	model.form.grave = grave;
	model.form.saves = field_form(act, &fields) != NULL;
	model.form.cancel = model.about_href;
	model.form.caution = lang_say(ctx->lang, grave ? "act.grave" : "act.caution");
	page_head(ctx, ask, model.title, &model.page);
	model.page.wrong = model.form.errors_count > 0;
	return page_show(ctx, ask, reply, &view_act, &model);
}

static enum mc_err page_act_open(struct ctx *ctx, const struct ask *ask, struct docket *d, enum act *act)
{
	enum mc_err err = docket_load(ctx, ask->part[0], ask->part[1], d);
	*act = rule_by_word(ctx->mem, ask->part[2]);
	if (!err && !rule_offered(*act))
		err = ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	return err;
}

/* This person's values so far: the draft, or what the form opens with. */
static enum mc_err page_act_own(struct ctx *ctx, const struct docket *d, enum act act, struct form **out)
{
	struct draft draft;
	enum mc_err err = draft_load(ctx, d->id, act, &draft);
	if (err == MC_UNKNOWN)
		return form_view_preset(ctx, d, act, out);
	*out = err ? NULL : draft.form;
	return err;
}

static enum mc_err page_act_keep(struct ctx *ctx, const struct docket *d, enum act act, const struct form *values)
{
	struct form *kept = form_begin(ctx->mem);
	/* Nobody has signed by saving. */
	for (size_t i = 0; i < values->count; i++)
		if (strcmp(values->pair[i].name, "truth") != 0)
			form_set(kept, values->pair[i].name, values->pair[i].value);
	return draft_save(ctx, &(struct draft){ .docket = d->id, .home = d->court, .act = act, .form = kept });
}

static enum mc_err page_act_get(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct docket d;
	enum act act;
	struct form *values;
	enum mc_err err = page_act_open(ctx, ask, &d, &act);
	if (!err)
		err = act_may(ctx, &d, act);
	if (err)
		return err;
	err = page_act_own(ctx, &d, act, &values);
	if (!err)
		err = page_act_draw(ctx, ask, &d, act, values, reply);
	case_view_tag(ctx, ask, &d, reply);
	return err;
}

static enum mc_err page_act_wrong(struct ctx *ctx, const struct ask *ask, const struct docket *d, enum act act,
				  const struct form *values, struct reply *reply)
{
	size_t fields;
	if (ask->json)
		return MC_INVALID;
	/* The files that have come are not sent again. */
	struct why *why = ctx->why;
	enum mc_err err = field_form(act, &fields) ? page_act_keep(ctx, d, act, values) : MC_OK;
	ctx->why = why;
	if (err == MC_STORE)
		return err;
	reply->status = problem_status(MC_INVALID);
	return page_act_draw(ctx, ask, d, act, values, reply);
}

enum mc_err page_act_saved(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *where)
{
	/* A page that saves as one types says so itself. */
	bool fetched = !strcmp(ask->header(ask, "Sec-Fetch-Dest"), "empty");
	if (!ask->json && fetched)
		return page_go(ctx, reply, "%s", where);
	if (!ask->json)
		return page_go(ctx, reply, "%s%sdone=saved", where, strchr(where, '?') ? "&" : "?");
	return page_show(ctx, ask, reply, &view_saved, &(struct view_saved){ .saved = ctx->now, .href = where });
}

enum mc_err page_act_done(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *where,
			  const struct act_done *done)
{
	struct view_done model = { .entry = done->entry, .digest = done->digest, .at = done->at,
		.stage = rule_stage(done->stage)->code, .number = done->number, .href = where };
	if (done->result)
		money_parse(form_get(done->result, "fee"), &model.fee);
	reply->status = 201;
	reply->where = where;
	return page_show(ctx, ask, reply, &view_done, &model);
}

struct page_act_job { const struct act_ask *ask; struct act_done *done; };

static enum mc_err page_act_run(struct ctx *ctx, void *arg)
{
	const struct page_act_job *job = arg;
	enum mc_err err = act_perform(ctx, job->ask, job->done);
	return err ? err : draft_drop(ctx, job->ask->docket, job->ask->act);
}

enum mc_err page_act_perform(struct ctx *ctx, const struct act_ask *ask, struct act_done *done)
{
	return db_together(ctx, page_act_run, &(struct page_act_job){ ask, done });
}

static enum mc_err page_act_submit(struct ctx *ctx, const struct ask *ask, const struct docket *d, enum act act,
				   const struct form *values, struct reply *reply)
{
	struct act_done done;
	enum mc_err err = act_may(ctx, d, act);
	if (!err)
		err = form_sent_check(ctx, act, 0, values);
	if (!err)
		err = page_act_perform(ctx, &(struct act_ask){ .court = d->court, .docket = d->id, .act = act, .form = values,
							  .seen = case_view_seen(ctx, ask) }, &done);
	if (err == MC_INVALID)
		return page_act_wrong(ctx, ask, d, act, values, reply);
	if (err)
		return err;
	const char *where = arena_print(ctx->mem, "/cases/%s/%s", d->court, d->id);
	return ask->json ? page_act_done(ctx, ask, reply, where, &done) : page_go(ctx, reply, "%s?done=act", where);
}

static enum mc_err page_act_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct docket d;
	enum act act;
	struct form *values, *own;
	const char *what = form_get(ask->form, "do");
	enum mc_err err = page_act_open(ctx, ask, &d, &act);
	/* Now, so that a program hears of it before its mistakes; what counts is that the act looks again. */
	if (!err)
		err = act_as_seen(ctx, &d, case_view_seen(ctx, ask));
	/* Before anything is drawn or kept: a form with a mistake in it shows choices and saves a draft. */
	if (!err)
		err = act_may(ctx, &d, act);
	if (err || ask->early)
		return err;
	err = page_act_own(ctx, &d, act, &own);
	if (!err)
		err = form_sent_values(ctx, ask, act, 0, own, &values);
	if (err)
		return err == MC_INVALID ? page_act_wrong(ctx, ask, &d, act, values, reply) : err;
	if (!strcmp(what, "submit") || (ask->json && !*what))
		return page_act_submit(ctx, ask, &d, act, values, reply);
	err = page_act_keep(ctx, &d, act, values);
	if (err)
		return err;
	if (!strcmp(what, "save"))
		return page_act_saved(ctx, ask, reply, page_act_path(ctx->mem, d.court, d.id, act));
	form_view_rows(values, act, what);
	return page_act_draw(ctx, ask, &d, act, values, reply);
}

const struct route *page_act(void)
{
	static const struct route routes[] = {
		{ "GET", "/cases/:court/:id/act/:act", PAGE_VERIFIED, page_act_get },
		{ "POST", "/cases/:court/:id/act/:act", PAGE_VERIFIED | PAGE_WORKER | PAGE_FILES | PAGE_EARLY, page_act_post },
		{ 0 }
	};
	return routes;
}
