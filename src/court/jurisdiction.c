#include "jurisdiction.h"
#include "court.h"
#include "deadline.h"
#include "served.h"
#include "../store/db.h"

#include <string.h>

static enum mc_err jurisdiction_court(struct ctx *ctx, const struct act_work *w, struct court *court)
{
	const char *code = form_get(w->form, "court");
	enum mc_err err = court_load(ctx, code, court);
	if (err == MC_STORE)
		return err;
	ctx_forget(ctx);
	if (err || !strcmp(code, w->docket->court))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "jurisdiction.court", .field = "court" });
	return MC_OK;
}

static enum mc_err jurisdiction_object_ready(struct ctx *ctx, const struct docket *d)
{
	struct row *r = db_ask(ctx, "select 1 from entry where court = $1 and docket = $2 and party = $3"
		" and act in ('ANSWER', 'OBJECT_JURISDICTION')", "tti", d->court, d->id, (int64_t)d->party);
	/* Who answers on the merits accepts the court (民诉法第130条第2款). */
	if (db_next(r))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "jurisdiction.answered", .law = "民诉法第130条第2款" });
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err jurisdiction_object_apply(struct ctx *ctx, struct act_work *w)
{
	struct court court;
	enum mc_err err = jurisdiction_court(ctx, w, &court);
	return err ? err : served_by_act(ctx, w->docket, w->party, PAPER_COMPLAINT, w->entry);
}

const struct act_special jurisdiction_object = { .ready = jurisdiction_object_ready, .apply = jurisdiction_object_apply };

static enum mc_err jurisdiction_rule_apply(struct ctx *ctx, struct act_work *w)
{
	struct court court = { .zh = "" };
	w->granted = !strcmp(form_get(w->form, "decision"), "transfer");
	enum mc_err err = w->granted ? jurisdiction_court(ctx, w, &court) : MC_OK;
	form_set(w->values, "dismissed", w->granted ? "" : "yes");
	form_set(w->values, "transferred", court.zh);
	form_set(w->values, "reasons", form_get(w->form, "reasons"));
	if (!w->granted || err)
		return err;
	w->to = STAGE_TRANSFERRED;
	return deadline_stop_all(ctx, w->docket, w->entry);
}

const struct act_special jurisdiction_rule = { .apply = jurisdiction_rule_apply };
