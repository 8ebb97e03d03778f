#include "filing.h"
#include "complaint.h"
#include "court.h"
#include "deadline.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../store/db.h"

#include <string.h>

/* A court that the network does not know is a mistake in the form. */
static enum mc_err filing_court(struct ctx *ctx, const char *code, const char *field)
{
	struct court court;
	enum mc_err err = *code ? court_load(ctx, code, &court) : MC_OK;
	if (err != MC_UNKNOWN)
		return err;
	ctx_forget(ctx);
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "filing.court", .field = field });
}

static enum mc_err filing_submit_apply(struct ctx *ctx, struct act_work *w)
{
	const char *desk = form_get(w->form, "desk");
	bool elsewhere = *desk && strcmp(desk, w->docket->court);
	enum mc_err err = filing_court(ctx, w->docket->court, "court");
	if (!err)
		err = filing_court(ctx, desk, "desk");
	if (!err && strcmp(form_get(w->form, "court"), w->docket->court))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "filing.court", .field = "court" });
	/* Cross-domain: the seven days run when the court that decides has the papers. */
	w->to = elsewhere ? STAGE_RECEIVED : STAGE_SUBMITTED;
	w->no_limits = elsewhere;
	if (!err)
		err = complaint_open(ctx, w, w->to);
	if (!err)
		complaint_values(ctx, w);
	return err;
}

const struct act_special filing_submit = { .apply = filing_submit_apply };
static enum mc_err filing_notify_correction_apply(struct ctx *ctx, struct act_work *w)
{
	struct row *r = db_ask(ctx, "select count(*) from entry where court = $1 and docket = $2 and act = 'NOTIFY_CORRECTION'",
			       "tt", w->docket->court, w->docket->id);
	bool again = db_next(r) && db_int(r, 0) > 0;
	if (db_broken(r))
		return MC_STORE;
	if (again && !*form_get(w->form, "again"))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "filing.once", .field = "again",
			.law = "登记立案规定第7条；在线诉讼规则第9条" });
	if (w->set_day <= day_of(ctx->now))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "filing.until_future", .field = "until" });
	for (int i = 1; i <= form_rows(w->form, "defects"); i++) {
		form_set_at(w->values, "defects", i, "what", form_at(w->form, "defects", i, "what"));
		form_set_at(w->values, "defects", i, "how", form_at(w->form, "defects", i, "how"));
	}
	form_set(w->values, "until", day_say(ctx->mem, LANG_ZH, w->set_day));
	return MC_OK;
}

const struct act_special filing_notify_correction = { .apply = filing_notify_correction_apply };

enum mc_err filing_defects(struct ctx *ctx, const struct docket *d, struct filing_defect **out, size_t *count)
{
	struct row *r = db_ask(ctx, "select form from entry where court = $1 and docket = $2 and act = 'NOTIFY_CORRECTION'"
		" order by number desc limit 1", "tt", d->court, d->id);
	struct form *notice;
	*count = 0;
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_OK;
	const char *json = db_text(r, 0);
	enum mc_err err = form_read(ctx, json, strlen(json), &notice);
	if (err)
		return err;
	size_t rows = (size_t)form_rows(notice, "defects");
	*out = arena_take(ctx->mem, (rows + 1) * sizeof **out);
	for (; *count < rows; (*count)++)
		(*out)[*count] = (struct filing_defect){ form_at(notice, "defects", (int)*count + 1, "what"),
			form_at(notice, "defects", (int)*count + 1, "how") };
	return MC_OK;
}

/* The corrected form opens with what was filed last. */
static enum mc_err filing_correct_preset(struct ctx *ctx, const struct docket *d, struct form *out)
{
	struct row *r = db_ask(ctx, "select form from entry where court = $1 and docket = $2 and act in ('SUBMIT', 'CORRECT')"
		" order by number desc limit 1", "tt", d->court, d->id);
	struct form *last;
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_OK;
	const char *json = db_text(r, 0);
	enum mc_err err = form_read(ctx, json, strlen(json), &last);
	for (size_t i = 0; !err && i < last->count; i++)
		if (strcmp(last->pair[i].name, "truth"))
			form_set(out, last->pair[i].name, last->pair[i].value);
	return err;
}

static enum mc_err filing_correct_apply(struct ctx *ctx, struct act_work *w)
{
	/* Another court is another case: take it back and file there. */
	if (strcmp(form_get(w->form, "court"), w->docket->court))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "filing.same_court", .field = "court" });
	/* Nor does the filer become another: an agent stays an agent. */
	struct form *last = form_begin(ctx->mem);
	enum mc_err err = filing_correct_preset(ctx, w->docket, last);
	if (!err && strcmp(form_get(last, "capacity"), form_get(w->form, "capacity")))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "filing.same_capacity", .field = "capacity" });
	if (!err)
		err = complaint_replace(ctx, w);
	if (!err)
		complaint_values(ctx, w);
	return err;
}

const struct act_special filing_correct = { .preset = filing_correct_preset, .apply = filing_correct_apply };

static enum mc_err filing_refuse_apply(struct ctx *ctx, struct act_work *w)
{
	struct ctx zh = *ctx;
	zh.lang = LANG_ZH;
	form_set(w->values, "ground", field_say(&zh, w->act, field_find(w->act, "", "ground"), form_get(w->form, "ground")));
	form_set(w->values, "reasons", form_get(w->form, "reasons"));
	return MC_OK;
}

const struct act_special filing_refuse = { .apply = filing_refuse_apply };
