#include "fee_due.h"
#include "motion.h"
#include "../base/arena.h"
#include "../base/form.h"
#include "../base/id.h"
#include "../base/money.h"
#include "../law/fee.h"
#include "../store/db.h"

#include <string.h>

enum mc_err fee_due_load(struct ctx *ctx, const struct docket *d, struct fee_due *out)
{
	struct row *r = db_ask(ctx,
		"select number, fen, refund, kind, state, halvings, amount from fee where court = $1 and docket = $2"
		" order by number limit 1", "tt", d->court, d->id);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_UNKNOWN;
	*out = (struct fee_due){ (int)db_int(r, 0), db_int(r, 1), db_int(r, 2), db_text(r, 3), db_text(r, 4),
		(int)db_int(r, 5), db_int(r, 6) };
	return MC_OK;
}

struct fee_due_order_job { const struct docket *docket; const char *order; int64_t fen; };

static enum mc_err fee_due_order_job(struct ctx *ctx, void *arg)
{
	struct fee_due_order_job *job = arg;
	struct fee_due fee;
	struct docket now;
	enum mc_err err = docket_load(ctx, job->docket->court, job->docket->id, &now);
	if (err)
		return err;
	err = fee_due_load(ctx, &now, &fee);
	if (!err && (strcmp(fee.state, "due") || now.stage != STAGE_FEE_DUE))
		err = MC_CONFLICT;
	if (err)
		return err == MC_STORE ? err : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "fee.nothing_due" });
	job->order = id_new(ctx->mem);
	job->fen = fee.fen;
	return db_do(ctx,
		"insert into payment (court, id, docket, fee, fen, person, state, reference, at)"
		" values ($1, $2, $3, $4, $5, $6, 'asked', '', $7)", "tttiiti", job->docket->court, job->order,
		job->docket->id, (int64_t)fee.number, fee.fen, ctx->person, ctx->now);
}

enum mc_err fee_due_order(struct ctx *ctx, const struct docket *d, const char **order, int64_t *fen)
{
	struct fee_due_order_job job = { d, NULL, 0 };
	enum mc_err err = db_together(ctx, fee_due_order_job, &job);
	*order = job.order;
	*fen = job.fen;
	return err;
}

struct fee_due_paid_job { const char *court, *order, *reference; int64_t fen; };

static enum mc_err fee_due_paid_job(struct ctx *ctx, void *arg)
{
	const struct fee_due_paid_job *job = arg;
	struct row *r = db_ask(ctx, "select p.docket, p.fen, p.state, f.state, d.stage from payment p join fee f"
		" on f.court = p.court and f.docket = p.docket and f.number = p.fee"
		" join docket d on d.court = p.court and d.id = p.docket where p.court = $1 and p.id = $2",
		"tt", job->court, job->order);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "payment.unknown" });
	const char *docket = db_text(r, 0);
	if (db_int(r, 1) != job->fen)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "payment.amount", .field = "amount",
			.arg = { money_plain(ctx->mem, db_int(r, 1)), money_plain(ctx->mem, job->fen) } });
	if (!strcmp(db_text(r, 2), "paid"))
		return MC_OK;
	bool due = !strcmp(db_text(r, 3), "due") && !strcmp(db_text(r, 4), rule_stage(STAGE_FEE_DUE)->code);
	enum mc_err err = db_do(ctx, "update payment set state = 'paid', reference = $1 where court = $2 and id = $3 and state = 'asked'",
				"ttt", job->reference, job->court, job->order);
	/* Paid twice through two orders, or after the case had ended: the money is noted with its order and
	 * shown for refund; the act is done once. */
	if (err || !due)
		return err;
	struct form *form = form_begin(ctx->mem);
	struct act_done done;
	form_set(form, "amount", money_plain(ctx->mem, job->fen));
	form_set(form, "reference", job->reference);
	struct ctx system = *ctx;
	system.person = DOCKET_SYSTEM;
	system.session = system.device = "";
	err = act_perform(&system, &(struct act_ask){ job->court, docket, ACT_PAID, form, NULL, NULL }, &done);
	ctx->why = system.why;
	return err;
}

enum mc_err fee_due_paid(struct ctx *ctx, const char *court, const char *order, int64_t fen, const char *reference)
{
	return db_together(ctx, fee_due_paid_job, &(struct fee_due_paid_job){ court, order, reference, fen });
}

static enum mc_err fee_due_state(struct ctx *ctx, const struct docket *d, const char *state, int64_t fen)
{
	return db_do(ctx, "update fee set state = $1, fen = $2 where court = $3 and docket = $4", "titt", state, fen, d->court, d->id);
}

static enum mc_err fee_due_pay_apply(struct ctx *ctx, struct act_work *w)
{
	struct fee_due fee;
	enum mc_err err = fee_due_load(ctx, w->docket, &fee);
	for (size_t i = w->docket->parties_count; i-- > 0;)
		if (w->docket->parties[i].side == SIDE_PLAINTIFF)
			w->party = w->docket->parties[i].number;
	return err ? err : fee_due_state(ctx, w->docket, "paid", fee.fen);
}

const struct act_special fee_due_pay = { .apply = fee_due_pay_apply };

static enum mc_err fee_due_ask_relief_apply(struct ctx *ctx, struct act_work *w)
{
	const struct party *p = docket_party(w->docket, w->party);
	if (!strcmp(form_get(w->form, "kind"), "waive") && p && !strcmp(p->kind, "organisation"))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "fee.waive_person", .field = "kind",
			.law = "诉讼费用交纳办法第44条第2款" });
	return MC_OK;
}

/* Decided is decided: asking again would put the payment off for ever. */
static enum mc_err fee_due_ask_ready(struct ctx *ctx, const struct docket *d)
{
	struct row *r = db_ask(ctx, "select 1 from motion where court = $1 and docket = $2 and kind = $3 and state <> 'open'", "ttt",
			       d->court, d->id, rule_motion_code(MOTION_RELIEF));
	if (db_next(r))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "fee.relief_decided", .law = "诉讼费用交纳办法第22条第4款" });
	return db_broken(r) ? MC_STORE : MC_OK;
}

const struct act_special fee_due_ask_relief = { .ready = fee_due_ask_ready, .apply = fee_due_ask_relief_apply };

static enum mc_err fee_due_rule_relief_apply(struct ctx *ctx, struct act_work *w)
{
	struct fee_due fee;
	int64_t left = 0;
	enum mc_err err = fee_due_load(ctx, w->docket, &fee);
	struct row *r = db_ask(ctx, "select form from entry where court = $1 and docket = $2 and act = 'ASK_RELIEF'"
		" order by number desc limit 1", "tt", w->docket->court, w->docket->id);
	struct form *asked;
	if (err || !db_next(r))
		return MC_STORE;
	const char *json = db_text(r, 0);
	err = form_read(ctx, json, strlen(json), &asked);
	if (err)
		return err;
	const char *kind = form_get(asked, "kind");
	w->granted = !strcmp(form_get(w->form, "decision"), "grant");
	form_set(w->values, "decision", !w->granted ? "不予准许" : !strcmp(kind, "defer") ? "准予缓交"
		: !strcmp(kind, "reduce") ? "准予减交" : "准予免交");
	form_set(w->values, "reasons", form_get(w->form, "reasons"));
	if (!w->granted)
		return MC_OK;
	if (!strcmp(kind, "reduce")) {
		/* 减交比例不得低于30%（办法第46条第2款）; nothing left to pay would be a waiver. */
		if (!money_parse(form_get(w->form, "amount"), &left) || left <= 0 || left > fee.fen * 7 / 10)
			return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "fee.reduce_amount", .field = "amount",
				.law = "诉讼费用交纳办法第46条第2款", .arg = { money_plain(ctx->mem, fee.fen * 7 / 10) } });
		form_set(w->values, "amount", money_say(ctx->mem, left));
		return fee_due_state(ctx, w->docket, "due", left);
	}
	w->to = STAGE_READY;
	return fee_due_state(ctx, w->docket, !strcmp(kind, "defer") ? "deferred" : "waived", strcmp(kind, "defer") ? 0 : fee.fen);
}

const struct act_special fee_due_rule_relief = { .apply = fee_due_rule_relief_apply };

enum mc_err fee_due_halve(struct ctx *ctx, const struct docket *d, int64_t *refund)
{
	struct fee_due fee;
	enum fee_kind kind;
	*refund = 0;
	enum mc_err err = fee_due_load(ctx, d, &fee);
	if (err)
		return err == MC_UNKNOWN ? MC_OK : err;
	/* Summary procedure has halved it already: once only (民诉法解释第206条). */
	if (fee.halvings || strcmp(fee.state, "paid") || !fee_kind_find(fee.kind, &kind))
		return MC_OK;
	if (!fee_kind_rule(kind)->halves)
		return MC_OK;
	/* Of what was to be paid, which relief may have made less than the fee of the table. */
	*refund = fee.fen / 2;
	return db_do(ctx, "update fee set halvings = 1, refund = $1, state = 'refund' where court = $2 and docket = $3", "itt",
		     *refund, d->court, d->id);
}
