#include "withdrawal.h"
#include "deadline.h"
#include "fee_due.h"
#include "../base/day.h"
#include "../base/money.h"

#include <string.h>

static enum mc_err withdrawal_rule_apply(struct ctx *ctx, struct act_work *w)
{
	int64_t refund;
	w->granted = !strcmp(form_get(w->form, "decision"), "grant");
	form_set(w->values, "reasons", form_get(w->form, "reasons"));
	form_set(w->values, "granted", w->granted ? "yes" : "");
	form_set(w->values, "refused", w->granted ? "" : "yes");
	if (!w->granted)
		return MC_OK;
	w->to = STAGE_WITHDRAWN;
	enum mc_err err = deadline_stop_all(ctx, w->docket, w->entry);
	if (!err)
		err = fee_due_halve(ctx, w->docket, &refund);
	if (!err && refund)
		form_set(w->values, "refund", money_say(ctx->mem, refund));
	return err;
}

const struct act_special withdrawal_rule = { .apply = withdrawal_rule_apply };

/* Only after the seven days from the notice are over; the program never does this itself. */
static enum mc_err withdrawal_deem_ready(struct ctx *ctx, const struct docket *d)
{
	for (size_t i = 0; i < d->parties_count; i++) {
		struct deadline limit;
		if (d->parties[i].side != SIDE_PLAINTIFF)
			continue;
		enum mc_err err = deadline_of(ctx, d, LIMIT_FEE_PAYMENT, d->parties[i].number, &limit);
		if (err == MC_STORE)
			return err;
		/* Stopped: relief was decided, and the new seven days begin when that has been served. */
		if (err || !limit.open || day_of(ctx->now) <= limit.ends)
			return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "withdrawal.fee_runs", .law = "诉讼费用交纳办法第22条",
				.arg = { err || !limit.open ? "" : day_say(ctx->mem, ctx->lang, limit.ends) } });
	}
	return MC_OK;
}

static enum mc_err withdrawal_deem_apply(struct ctx *ctx, struct act_work *w)
{
	(void)ctx;
	form_set(w->values, "reasons", form_get(w->form, "reasons"));
	return MC_OK;
}

const struct act_special withdrawal_deem = { .ready = withdrawal_deem_ready, .apply = withdrawal_deem_apply };
