/* The filing desk: what came in and how long it has lain here, what was sent back or
 * passed on, and what still has no judge. Whoever works elsewhere in the court finds
 * their own page instead. */
#include "caseload_view.h"
#include "pager.h"
#include "pages.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/office.h"

static enum mc_err page_desk_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	static const struct caseload_view_list lists[] = {
		{ CASELOAD_NEW, "new" }, { CASELOAD_CORRECTING, "correcting" }, { CASELOAD_FORWARD, "forward" },
		{ CASELOAD_COMING, "coming" }, { CASELOAD_FORWARDED, "forwarded" }, { CASELOAD_UNDRAWN, "undrawn" },
	};
	struct view_desk model = { 0 };
	struct seat seat;
	if (!(office_anywhere(ctx, ctx->person) & OFFICE_FILING))
		return page_go(ctx, reply, "/today");
	enum mc_err err = seat_find(ctx, ask, OFFICE_FILING, "/desk", &seat);
	if (!err)
		err = caseload_view_fill(ctx, ask, &seat, "", lists, sizeof lists / sizeof *lists, &model.list);
	if (err)
		return err;
	model.court = court_name(&seat.court, ctx->lang);
	model.courts = seat.chips;
	model.several = seat.chips.chips_count > 0;
	page_head(ctx, ask, lang_say(ctx->lang, "desk.title"), &model.page);
	model.page.reload = "desk";
	pager_link(ctx, &model.list.pager, reply);
	return page_show(ctx, ask, reply, &view_desk, &model);
}

const struct route *page_desk(void)
{
	static const struct route routes[] = {
		{ "GET", "/desk", PAGE_STAFF, page_desk_show },
		{ 0 }
	};
	return routes;
}
