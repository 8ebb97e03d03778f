#include "case_view.h"
#include "pages.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/chain.h"
#include "../court/court.h"
#include "../court/deadline.h"

#include <string.h>

/* GET /cases/:court/:id/receipt: of the papers as they came in, whatever happened since. */
static enum mc_err page_receipt_get(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct docket d;
	struct chain_entry *entry;
	struct court court, desk;
	struct deadline *limit;
	size_t entries, limits;
	enum mc_err err = docket_load(ctx, ask->part[0], ask->part[1], &d);
	if (!err)
		err = chain_list(ctx, &d, 0, 1, &entry, &entries);
	if (!err && !entries)
		err = ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	if (!err)
		err = court_load(ctx, d.court, &court);
	if (!err)
		err = court_load(ctx, d.desk, &desk);
	if (!err)
		err = deadline_list(ctx, &d, &limit, &limits);
	if (err)
		return err;
	struct view_receipt model = { .court = court_name(&court, ctx->lang), .title = case_view_title(ctx, &d), .at = entry[0].at,
		.digest = entry[0].digest, .href = arena_print(ctx->mem, "/cases/%s/%s", d.court, d.id) };
	model.held = court_name(&desk, ctx->lang);
	if (strcmp(d.desk, d.court) != 0)
		model.desk = model.held;
	for (size_t i = 0; i < limits; i++)
		if (limit[i].limit == LIMIT_FILING_REVIEW)
			model.review_until = limit[i].ends;
	page_head(ctx, ask, lang_say(ctx->lang, "receipt.title"), &model.page);
	return page_show(ctx, ask, reply, &view_receipt, &model);
}

const struct route *page_receipt(void)
{
	static const struct route routes[] = {
		{ "GET", "/cases/:court/:id/receipt", PAGE_SIGNED, page_receipt_get },
		{ 0 }
	};
	return routes;
}
