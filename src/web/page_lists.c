/* The official lists that the program has taken in, for everybody: what it counts and names by. */
#include "pages.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../court/almanac.h"
#include "../court/gazette.h"
#include "../court/listing.h"
#include "../court/rate.h"

#include <string.h>

enum { PAGE_LISTS_MOST = 50 };

static enum mc_err page_lists_all(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_lists model = { .lists = arena_take(ctx->mem, GAZETTE_COUNT * sizeof *model.lists) };
	enum mc_err err = MC_OK;
	for (enum gazette list = 0; list < GAZETTE_COUNT && !err; list++) {
		struct gazette_record last;
		err = gazette_last(ctx, list, &last);
		model.lists[model.lists_count++] = (struct view_lists_row){
			.list = gazette_word(list), .name = gazette_name(list, ctx->lang), .lines = last.lines,
			.href = list == GAZETTE_COURTS ? "/courts" : arena_print(ctx->mem, "/lists/%s", gazette_word(list)),
			.source = last.source, .digest = last.digest, .at = last.at,
		};
	}
	page_head(ctx, ask, lang_say(ctx->lang, "lists.title"), &model.page);
	return err ? err : page_show(ctx, ask, reply, &view_lists, &model);
}

/* -- one list: each fills its lines and leaves the address of the next page, "" at the end -------- */

static enum mc_err page_lists_listing(struct ctx *ctx, enum gazette which, const char *after, struct view_list *model,
				      const char **next)
{
	static const enum listing of[GAZETTE_COUNT] = { [GAZETTE_CAUSES] = LISTING_CAUSES, [GAZETTE_CHARGES] = LISTING_CHARGES,
		[GAZETTE_TYPES] = LISTING_TYPES, [GAZETTE_DIVISIONS] = LISTING_DIVISIONS };
	struct listing_line *line;
	size_t count, cut = strcspn(after, "~");
	const char *place = arena_print(ctx->mem, "%.*s", (int)cut, after);
	enum mc_err err = listing_page(ctx, of[which], place, after[cut] ? after + cut + 1 : "", PAGE_LISTS_MOST + 1, &line, &count);
	for (size_t i = 0; i < count && i < PAGE_LISTS_MOST; i++)
		model->lines[model->lines_count++] = (struct view_list_line){ .code = line[i].code, .name = line[i].name,
			.level = line[i].level, .parent = line[i].parent, .detail = line[i].mark };
	if (count > PAGE_LISTS_MOST)
		*next = arena_print(ctx->mem, "%s~%s", line[PAGE_LISTS_MOST - 1].place, line[PAGE_LISTS_MOST - 1].code);
	return err;
}

static enum mc_err page_lists_holidays(struct ctx *ctx, const char *after, struct view_list *model, const char **next)
{
	struct calendar_day *day;
	size_t count;
	int64_t before;
	if (!day_parse(after, &before))
		before = INT64_MAX;
	enum mc_err err = almanac_page(ctx, before, PAGE_LISTS_MOST + 1, &day, &count);
	for (size_t i = 0; i < count && i < PAGE_LISTS_MOST; i++)
		model->lines[model->lines_count++] = (struct view_list_line){ .code = day_iso(ctx->mem, day[i].day),
			.name = calendar_name(calendar_national(), ctx->lang, day[i].day), .parent = "", .detail = lang_say(ctx->lang, day[i].rest ? "lists.rests" : "lists.works") };
	if (count > PAGE_LISTS_MOST)
		*next = day_iso(ctx->mem, day[PAGE_LISTS_MOST - 1].day);
	return err;
}

static enum mc_err page_lists_rates(struct ctx *ctx, const char *after, struct view_list *model, const char **next)
{
	struct rate *rate;
	size_t count;
	int64_t before;
	if (!day_parse(after, &before))
		before = INT64_MAX;
	enum mc_err err = rate_page(ctx, before, PAGE_LISTS_MOST + 1, &rate, &count);
	for (size_t i = 0; i < count && i < PAGE_LISTS_MOST; i++)
		model->lines[model->lines_count++] = (struct view_list_line){ .code = day_iso(ctx->mem, rate[i].day), .parent = "",
			.name = lang_print(ctx->mem, ctx->lang, "lists.one_year", rate_say(ctx->mem, rate[i].one_year), NULL, NULL),
			.detail = lang_print(ctx->mem, ctx->lang, "lists.five_years", rate_say(ctx->mem, rate[i].five_year), NULL, NULL) };
	if (count > PAGE_LISTS_MOST)
		*next = day_iso(ctx->mem, rate[PAGE_LISTS_MOST - 1].day);
	return err;
}

static enum mc_err page_lists_one(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_list model = { .lines = arena_take(ctx->mem, PAGE_LISTS_MOST * sizeof *model.lines) };
	const char *after = form_get(ask->query, "after"), *next = "";
	enum gazette list;
	if (!gazette_find(ask->part[0], &list))
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	if (list == GAZETTE_COURTS)
		return page_go(ctx, reply, "/courts");
	enum mc_err err = list == GAZETTE_HOLIDAYS ? page_lists_holidays(ctx, after, &model, &next)
			: list == GAZETTE_RATES ? page_lists_rates(ctx, after, &model, &next)
			: page_lists_listing(ctx, list, after, &model, &next);
	if (err)
		return err;
	model.name = gazette_name(list, ctx->lang);
	model.pager.prev = "";
	model.pager.next = *next ? arena_print(ctx->mem, "%s?after=%s", ask->path, next) : "";
	page_head(ctx, ask, model.name, &model.page);
	return page_show(ctx, ask, reply, &view_list, &model);
}

const struct route *page_lists(void)
{
	static const struct route routes[] = {
		{ "GET", "/lists",       PAGE_PUBLIC, page_lists_all },
		{ "GET", "/lists/:list", PAGE_PUBLIC, page_lists_one },
		{ 0 }
	};
	return routes;
}
