#include "pages.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/cursor.h"
#include "../base/lang.h"
#include "../court/court.h"
#include "../law/cause.h"

#define PAGE_FIND_MOST 12

static enum mc_err page_find_show(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *key,
				  struct view_find *model)
{
	model->q = form_get(ask->query, "q");
	model->title = lang_say(ctx->lang, key);
	page_head(ctx, ask, model->title, &model->page);
	return page_show(ctx, ask, reply, &view_find, model);
}

static enum mc_err page_find_causes(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const struct cause *cause[PAGE_FIND_MOST];
	struct view_find_option option[PAGE_FIND_MOST];
	struct view_find model = { .what = "causes", .options = option };
	size_t count = cause_search(form_get(ask->query, "q"), cause, PAGE_FIND_MOST);
	for (size_t i = 0; i < count; i++) {
		const struct cause *above = cause_find(cause[i]->parent);
		option[model.options_count++] = (struct view_find_option){ .value = cause[i]->name[ctx->lang],
			.code = cause[i]->code, .label = above ? above->name[ctx->lang] : "" };
	}
	return page_find_show(ctx, ask, reply, "find.causes", &model);
}

static enum mc_err page_find_courts(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct court *court;
	size_t count;
	struct view_find model = { .what = "courts" };
	enum mc_err err = court_search(ctx, form_get(ask->query, "q"), &cursor_start, PAGE_FIND_MOST, &court, &count);
	if (err)
		return err;
	model.options = arena_take(ctx->mem, (count + 1) * sizeof *model.options);
	for (size_t i = 0; i < count; i++)
		model.options[model.options_count++] = (struct view_find_option){
			.value = court_name(&court[i], ctx->lang), .code = court[i].code, .label = court[i].province };
	return page_find_show(ctx, ask, reply, "find.courts", &model);
}

const struct route *page_find(void)
{
	static const struct route routes[] = {
		{ "GET", "/find/causes", PAGE_PUBLIC, page_find_causes },
		{ "GET", "/find/courts", PAGE_PUBLIC, page_find_courts },
		{ 0 }
	};
	return routes;
}
