/* What this is, the law that it follows, what it keeps of people, and for whom it is made. */
#include "pages.h"
#include "view.h"
#include "../base/lang.h"
#include "../law/rule.h"

static enum mc_err page_about_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_about model = { .acts = ACT_COUNT - 1, .limits = LIMIT_COUNT };
	page_head(ctx, ask, lang_say(ctx->lang, "about.title"), &model.page);
	return page_show(ctx, ask, reply, &view_about, &model);
}

const struct route *page_about(void)
{
	static const struct route routes[] = {
		{ "GET", "/about", PAGE_PUBLIC, page_about_show },
		{ 0 }
	};
	return routes;
}
