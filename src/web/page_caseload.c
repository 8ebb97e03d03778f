/* The docket of somebody who works at a court: a judge's own cases; for clerks, assistants
 * and the president all registered cases of the court. */
#include "caseload_view.h"
#include "pager.h"
#include "pages.h"
#include "../base/lang.h"
#include "../court/office.h"

#include <string.h>

static enum mc_err page_caseload_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	static const struct caseload_view_list lists[] = {
		{ CASELOAD_ALL, "all" }, { CASELOAD_DUE, "due" }, { CASELOAD_SERVE, "serve" }, { CASELOAD_HEAR, "hear" },
		{ CASELOAD_OVER, "over" }, { CASELOAD_ASKED, "asked" },
	};
	const unsigned wide = OFFICE_CLERK | OFFICE_ASSISTANT | OFFICE_PRESIDENT;
	struct view_caseload model = { 0 };
	struct seat seat;
	enum mc_err err = seat_find(ctx, ask, wide | OFFICE_JUDGE, "/docket", &seat);
	if (err)
		return err;
	bool all = seat.held & wide;
	err = caseload_view_fill(ctx, ask, &seat, all ? "" : ctx->person, lists, sizeof lists / sizeof *lists, &model.list);
	if (err)
		return err;
	model.court = court_name(&seat.court, ctx->lang);
	model.courts = seat.chips;
	model.several = seat.chips.chips_count > 0;
	model.title = lang_say(ctx->lang, all ? "caseload.title_court" : "caseload.title_mine");
	page_head(ctx, ask, model.title, &model.page);
	model.page.reload = "desk";
	pager_link(ctx, &model.list.pager, reply);
	return page_show(ctx, ask, reply, &view_caseload, &model);
}

const struct route *page_caseload(void)
{
	static const struct route routes[] = {
		{ "GET", "/docket", PAGE_STAFF, page_caseload_show },
		{ 0 }
	};
	return routes;
}
