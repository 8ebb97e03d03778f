/* The sandbox: stands where the payment service would, while the program serves the sample
 * network. Its "pay" really calls back over HTTP, signed like any service's call. It does not
 * exist where a real service is set. */
#include "pages.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../base/money.h"
#include "../court/payment.h"

#include <string.h>

static enum mc_err page_sandbox_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct payment_order order;
	enum mc_err err = payment_brought(ctx, ask->query, &order);
	if (err)
		return err;
	struct view_sandbox model = {
		.action = PAYMENT_SANDBOX, .csrf = ask->csrf, .order = order.order, .court = order.court, .fen = order.fen,
		.fen_plain = form_get(ask->query, "fen"), .amount = money_say(ctx->mem, order.fen), .back = order.back,
		.sign = form_get(ask->query, "sign"),
	};
	page_head(ctx, ask, lang_say(ctx->lang, "sandbox.title"), &model.page);
	return page_show(ctx, ask, reply, &view_sandbox, &model);
}

static enum mc_err page_sandbox_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct payment_order order;
	enum mc_err err = payment_brought(ctx, ask->form, &order);
	if (!err && !strcmp(form_get(ask->form, "do"), "pay"))
		err = payment_call(ctx, &order);
	if (err)
		return err;
	reply->status = 303;
	reply->where = order.back;
	return MC_OK;
}

const struct route *page_sandbox(void)
{
	static const struct route routes[] = {
		{ "GET",  PAYMENT_SANDBOX, PAGE_PUBLIC, page_sandbox_show },
		{ "POST", PAYMENT_SANDBOX, PAGE_PUBLIC | PAGE_WORKER, page_sandbox_post },
		{ 0 }
	};
	return routes;
}
