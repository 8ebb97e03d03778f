/* Paying the court fee: what is to be paid and how it was reckoned, the way to the payment
 * service, and the service's call when the money is there. */
#include "case_view.h"
#include "page_act.h"
#include "pages.h"
#include "reckoning_view.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../base/money.h"
#include "../court/deadline.h"
#include "../court/fee_due.h"
#include "../court/payment.h"
#include "../http/once.h"

#include <string.h>

struct page_pay { struct case_view view; struct fee_due fee; };

/* The case and its fee, for its plaintiffs and the court's people; the way there is closed to others. */
static enum mc_err page_pay_load(struct ctx *ctx, const struct ask *ask, struct page_pay *out)
{
	enum mc_err err = case_view_load(ctx, ask, &out->view);
	if (!err && !(out->view.docket.roles & ROLE_PLAINTIFF) && !out->view.staff)
		err = ctx_fail(ctx, MC_DENIED, (struct why){ .key = "payment.plaintiff", .law = "诉讼费用交纳办法第20条" });
	if (err)
		return err;
	err = fee_due_load(ctx, &out->view.docket, &out->fee);
	return err == MC_UNKNOWN ? ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "payment.not_yet" }) : err;
}

static enum mc_err page_pay_until(struct ctx *ctx, const struct page_pay *pay, struct view_pay *model)
{
	struct deadline limit;
	if (!pay->view.docket.party)
		return MC_OK;
	enum mc_err err = deadline_of(ctx, &pay->view.docket, LIMIT_FEE_PAYMENT, pay->view.docket.party, &limit);
	if (err)
		return err == MC_UNKNOWN ? MC_OK : err;
	if (!limit.open)
		return MC_OK;
	model->until = limit.ends;
	model->left = case_view_left(ctx, limit.ends);
	model->is_over = limit.ends < day_of(ctx->now);
	model->is_urgent = !model->is_over && case_view_urgent(ctx, limit.ends);
	return MC_OK;
}

static void page_pay_words(struct ctx *ctx, const struct page_pay *pay, struct view_pay *model)
{
	const char *key = arena_print(ctx->mem, "pay.state_%s", pay->fee.state), *help = arena_print(ctx->mem, "%s_help", key);
	const char *words = lang_say(ctx->lang, help);
	const char *sum = !strcmp(pay->fee.state, "refund") ? money_say(ctx->mem, pay->fee.refund) : model->amount;
	model->title = lang_print(ctx->mem, ctx->lang, key, sum, NULL, NULL);
	model->text = strcmp(help, words) ? words : "";
}

static void page_pay_reckoning(struct ctx *ctx, const struct fee_due *due, struct view_pay *model)
{
	enum fee_kind kind;
	if (!fee_kind_find(due->kind, &kind))
		kind = FEE_PROPERTY;
	struct fee fee = fee_reckon(kind, due->amount, due->halvings);
	reckoning_view_fee(ctx, kind, &fee, false, &model->reckoning);
	/* What the president has reduced or waived is not what the Measures' brackets give. */
	if (fee.fen != due->fen)
		model->reckoning.note = lang_print(ctx->mem, ctx->lang, "pay.changed", money_say(ctx->mem, due->fen), NULL, NULL);
}

static enum mc_err page_pay_payments(struct ctx *ctx, const struct page_pay *pay, struct view_pay *model)
{
	struct payment *list;
	size_t count;
	enum mc_err err = payment_list(ctx, &pay->view.docket, &list, &count);
	model->payments = arena_take(ctx->mem, (count + 1) * sizeof *model->payments);
	for (size_t i = 0; i < count; i++)
		model->payments[model->payments_count++] = (struct view_pay_row){ .order = list[i].order,
			.reference = list[i].reference, .fen = list[i].fen, .at = list[i].at };
	model->payments_any = count > 0;
	return err;
}

static enum mc_err page_pay_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct page_pay pay;
	struct view_pay model = { .csrf = ask->csrf, .once = once_key(ctx->mem) };
	enum mc_err err = page_pay_load(ctx, ask, &pay);
	if (err)
		return err;
	const struct docket *d = &pay.view.docket;
	bool due = !strcmp(pay.fee.state, "due") && d->stage == STAGE_FEE_DUE;
	model.state = pay.fee.state;
	model.fen = pay.fee.fen;
	model.amount = money_say(ctx->mem, pay.fee.fen);
	model.off = due && !payment_on();
	model.can_pay = due && payment_on() && d->roles & ROLE_PLAINTIFF;
	model.sandbox = due && payment_sandbox();
	model.waiting = due && *form_get(ask->query, "back");
	model.asked = due && d->motions & (1u << MOTION_RELIEF);
	model.action = arena_print(ctx->mem, "%s/pay", pay.view.href);
	model.relief = due && !act_may(ctx, d, ACT_ASK_RELIEF) ? page_act_path(ctx->mem, d->court, d->id, ACT_ASK_RELIEF) : "";
	ctx_forget(ctx);
	case_view_line(ctx, &pay.view, &model.about);
	page_pay_words(ctx, &pay, &model);
	page_pay_reckoning(ctx, &pay.fee, &model);
	err = page_pay_payments(ctx, &pay, &model);
	if (!err && due)
		err = page_pay_until(ctx, &pay, &model);
	if (err)
		return err;
	page_head(ctx, ask, lang_say(ctx->lang, "pay.title"), &model.page);
	model.page.reload = model.waiting ? "case" : "";
	return page_show(ctx, ask, reply, &view_pay, &model);
}

static enum mc_err page_pay_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct page_pay pay;
	struct payment_order order;
	enum mc_err err = page_pay_load(ctx, ask, &pay);
	const struct docket *d = &pay.view.docket;
	if (!err && !(d->roles & ROLE_PLAINTIFF))
		err = ctx_fail(ctx, MC_DENIED, (struct why){ .key = "payment.plaintiff", .law = "诉讼费用交纳办法第20条" });
	if (!err)
		err = act_as_seen(ctx, d, case_view_seen(ctx, ask));
	if (!err && !payment_on())
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "payment.off" });
	if (!err && d->stage != STAGE_FEE_DUE)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "fee.nothing_due" });
	if (!err)
		err = fee_due_order(ctx, d, &order.order, &order.fen);
	if (err)
		return err;
	order.court = d->court;
	order.back = arena_print(ctx->mem, "%s%s/pay?back=1", ask->origin, pay.view.href);
	reply->status = 303;
	return payment_go(ctx, &order, &reply->where);
}

/* POST /payments/callback: it proves itself by its signature, and may come twice. */
static enum mc_err page_pay_callback(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct payment_notice notice;
	enum mc_err err = payment_read(ctx, ask->body, ask->header(ask, "X-Signature"), &notice);
	if (!err)
		err = fee_due_paid(ctx, notice.court, notice.order, notice.fen, notice.reference);
	if (err)
		return err;
	return page_show(ctx, ask, reply, &view_paid, &(struct view_paid){ .order = notice.order, .state = "paid" });
}

const struct route *page_pay(void)
{
	static const struct route routes[] = {
		{ "GET",  "/cases/:court/:id/pay", PAGE_VERIFIED, page_pay_show },
		{ "POST", "/cases/:court/:id/pay", PAGE_VERIFIED | PAGE_WORKER, page_pay_post },
		{ "POST", "/payments/callback",    PAGE_PUBLIC | PAGE_OPEN | PAGE_WORKER, page_pay_callback },
		{ 0 }
	};
	return routes;
}
