/* The interface for programs: its description for machines, and the same for people. */
#include "api.h"
#include "openapi.h"
#include "pages.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"

#include <string.h>

static enum mc_err page_api_document(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const struct openapi *document = openapi_document();
	(void)ctx;
	(void)ask;
	reply->type = "application/json";
	reply->etag = document->digest;
	text_add_n(&reply->body, document->bytes, document->size);
	return MC_OK;
}

static void page_api_operation(struct ctx *ctx, const struct api *api, enum act act, struct view_api_group *group)
{
	const struct rule *rule = act ? rule_of(act) : NULL;
	const char *says = api->says[ctx->lang];
	group->operations[group->operations_count++] = (struct view_api_operation){
		.name = api_name(ctx->mem, api, act), .method = api->method, .path = api_path(ctx->mem, api, act),
		.says = api->each ? arena_print(ctx->mem, "%s%s", rule->name[ctx->lang], says) : says,
		.who = lang_say(ctx->lang, api_who(api_route(api))), .law = act ? rule->law : "",
		.href = act ? arena_print(ctx->mem, "/acts/%s", rule_word(ctx->mem, act)) : "",
	};
}

static void page_api_row(struct ctx *ctx, const struct api *api, struct view_api *model)
{
	struct view_api_group *group = &model->groups[model->groups_count - 1];
	for (enum act act = ACT_NONE + 1; api->each && act < ACT_COUNT; act++)
		if (rule_offered(act))
			page_api_operation(ctx, api, act, group);
	if (!api->each)
		page_api_operation(ctx, api, api->act, group);
}

static enum mc_err page_api_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_api model = { 0 };
	const struct api *api;
	size_t rows = 0;
	while (api_row(rows))
		rows++;
	model.groups = arena_take(ctx->mem, rows * sizeof *model.groups);
	for (size_t i = 0; (api = api_row(i)) != NULL; i++) {
		if (api->method) {
			page_api_row(ctx, api, &model);
			continue;
		}
		model.groups[model.groups_count++] = (struct view_api_group){ .title = api->says[ctx->lang], .word = api->name,
			.operations = arena_take(ctx->mem, (rows + 2 * ACT_COUNT) * sizeof(struct view_api_operation)) };
	}
	for (size_t i = 0; i < model.groups_count; i++)
		model.count += (int64_t)model.groups[i].operations_count;
	page_head(ctx, ask, lang_say(ctx->lang, "api.title"), &model.page);
	model.page.wide = true;
	return page_show(ctx, ask, reply, &view_api, &model);
}

const struct route *page_api(void)
{
	static const struct route routes[] = {
		{ "GET", "/api",          PAGE_PUBLIC, page_api_show },
		{ "GET", "/openapi.json", PAGE_PUBLIC | PAGE_BARE, page_api_document },
		{ 0 }
	};
	return routes;
}
