#include "registration.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/money.h"
#include "../base/text.h"
#include "../law/cause.h"
#include "../store/db.h"

#include <string.h>

/* Summary procedure halves the fee (Measures art. 16); what else may halve it is known at the end. */
static enum mc_err registration_fee(struct ctx *ctx, struct act_work *w, struct fee *fee)
{
	const struct cause *cause = cause_find(w->docket->cause);
	enum fee_kind kind = cause ? cause->fee : FEE_PROPERTY;
	int halvings = !strcmp(w->docket->process, "summary") ? 1 : 0, number;
	*fee = fee_reckon(kind, w->docket->claim, halvings);
	enum mc_err err = docket_next(ctx, w->docket, SERIES_FEE, &number);
	if (err)
		return err;
	return db_do(ctx,
		"insert into fee (court, docket, number, kind, amount, halvings, fen, state, refund, entry)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)", "ttitiiiti", w->docket->court, w->docket->id, (int64_t)number,
		fee_kind_rule(kind)->word, w->docket->claim, (int64_t)halvings, fee->fen, fee->fen ? "due" : "waived", (int64_t)w->entry);
}

/* How the fee was reckoned, in words, slice by slice. */
static const char *registration_reckoning(struct ctx *ctx, const struct fee *fee)
{
	struct text t = text_begin(ctx->mem);
	for (size_t i = 0; i < fee->parts; i++) {
		const struct fee_part *p = &fee->part[i];
		if (t.size)
			text_add(&t, "，加 ");
		if (p->permille10)
			text_print(&t, "%s元 × %d.%02d%% = %s元", money_say(ctx->mem, p->slice), p->permille10 / 100,
				   p->permille10 % 100, money_say(ctx->mem, p->fen));
		else
			text_print(&t, "定额 %s元", money_say(ctx->mem, p->fen));
	}
	if (fee->halved)
		text_add(&t, "；适用简易程序，减半");
	return text_end(&t);
}

static enum mc_err registration_apply(struct ctx *ctx, struct act_work *w)
{
	struct docket *d = w->docket;
	struct court court;
	struct fee fee;
	int year = day_parts(day_of(ctx->now)).year;
	enum mc_err err = court_load(ctx, d->court, &court);
	if (!err)
		err = docket_case_number(ctx, d->court, court.sign, "民初", year, &d->number);
	if (err)
		return err;
	d->process = form_get(w->form, "procedure");
	d->registered = ctx->now;
	err = db_do(ctx, "update docket set number = $1, process = $2, registered = $3 where court = $4 and id = $5", "ttitt",
		    d->number, d->process, d->registered, d->court, d->id);
	if (!err)
		err = registration_fee(ctx, w, &fee);
	if (!err)
		err = paper_values(ctx, d, &w->values);
	if (err)
		return err;
	if (!fee.fen)
		w->to = STAGE_READY;    /* nothing to pay, nothing to wait for */
	form_set(w->values, "fee", money_say(ctx->mem, fee.fen));
	form_set(w->values, "reckoning", registration_reckoning(ctx, &fee));
	w->result = form_begin(ctx->mem);
	form_set(w->result, "number", d->number);
	form_set(w->result, "fee", money_plain(ctx->mem, fee.fen));
	return MC_OK;
}

const struct act_special registration_register = { .apply = registration_apply };
