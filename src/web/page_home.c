/* The first page: what this court is, in three sentences, and the way in. */
#include "pages.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"

#include <string.h>

static enum mc_err page_home_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_home model = { .person = ask->name, .staff = ask->staff, .verified = ask->verified };
	page_head(ctx, ask, lang_say(ctx->lang, "home.title"), &model.page);
	model.work = ask->staff && model.page.tabs_count ? model.page.tabs[0].href : "";
	for (size_t i = 0; i < model.page.tabs_count; i++)
		if (!strcmp(model.page.tabs[i].name, "inbox") && model.page.tabs[i].count)
			model.unread = lang_print(ctx->mem, ctx->lang, "home.unread",
						  arena_print(ctx->mem, "%d", (int)model.page.tabs[i].count), NULL, NULL);
	return page_show(ctx, ask, reply, &view_home, &model);
}

const struct route *page_home(void)
{
	static const struct route routes[] = {
		{ "GET", "/", PAGE_PUBLIC, page_home_show },
		{ 0 }
	};
	return routes;
}
