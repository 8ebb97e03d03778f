/* The official lists that the program has taken in, for everybody: what it counts and names by. */
#include "pager.h"
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

/* -- one list: each fills its lines and says the places of the first and the last ------------------ */

struct page_lists_part { struct cursor from, first, last; struct cursor_sides sides; };

static enum mc_err page_lists_listing(struct ctx *ctx, enum gazette which, struct page_lists_part *part, struct view_list *model)
{
	static const enum listing of[GAZETTE_COUNT] = { [GAZETTE_CAUSES] = LISTING_CAUSES, [GAZETTE_CHARGES] = LISTING_CHARGES,
		[GAZETTE_TYPES] = LISTING_TYPES, [GAZETTE_DIVISIONS] = LISTING_DIVISIONS };
	struct listing_line *line;
	size_t count;
	enum mc_err err = listing_page(ctx, of[which], &part->from, PAGE_LISTS_MOST + 1, &line, &count);
	if (err || !count)
		return err;
	part->sides = cursor_cut(&part->from, line, &count, sizeof *line, PAGE_LISTS_MOST);
	for (size_t i = 0; i < count; i++)
		model->lines[model->lines_count++] = (struct view_list_line){ .code = line[i].code, .name = line[i].name,
			.level = line[i].level, .parent = line[i].parent, .detail = line[i].mark };
	part->first = (struct cursor){ .key = line[0].place, .id = line[0].code };
	part->last = (struct cursor){ .key = line[count - 1].place, .id = line[count - 1].code };
	return MC_OK;
}

static enum mc_err page_lists_holidays(struct ctx *ctx, struct page_lists_part *part, struct view_list *model)
{
	struct calendar_day *day;
	size_t count;
	enum mc_err err = almanac_page(ctx, &part->from, PAGE_LISTS_MOST + 1, &day, &count);
	if (err || !count)
		return err;
	part->sides = cursor_cut(&part->from, day, &count, sizeof *day, PAGE_LISTS_MOST);
	for (size_t i = 0; i < count; i++)
		model->lines[model->lines_count++] = (struct view_list_line){ .code = day_iso(ctx->mem, day[i].day),
			.name = calendar_name(calendar_national(), ctx->lang, day[i].day), .parent = "", .detail = lang_say(ctx->lang, day[i].rest ? "lists.rests" : "lists.works") };
	part->first = (struct cursor){ .at = day[0].day, .id = "." };
	part->last = (struct cursor){ .at = day[count - 1].day, .id = "." };
	return MC_OK;
}

static enum mc_err page_lists_rates(struct ctx *ctx, struct page_lists_part *part, struct view_list *model)
{
	struct rate *rate;
	size_t count;
	enum mc_err err = rate_page(ctx, &part->from, PAGE_LISTS_MOST + 1, &rate, &count);
	if (err || !count)
		return err;
	part->sides = cursor_cut(&part->from, rate, &count, sizeof *rate, PAGE_LISTS_MOST);
	for (size_t i = 0; i < count; i++)
		model->lines[model->lines_count++] = (struct view_list_line){ .code = day_iso(ctx->mem, rate[i].day), .parent = "",
			.name = lang_print(ctx->mem, ctx->lang, "lists.one_year", rate_say(ctx->mem, rate[i].one_year), NULL, NULL),
			.detail = lang_print(ctx->mem, ctx->lang, "lists.five_years", rate_say(ctx->mem, rate[i].five_year), NULL, NULL) };
	part->first = (struct cursor){ .at = rate[0].day, .id = "." };
	part->last = (struct cursor){ .at = rate[count - 1].day, .id = "." };
	return MC_OK;
}

static enum mc_err page_lists_one(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_list model = { .lines = arena_take(ctx->mem, PAGE_LISTS_MOST * sizeof *model.lines) };
	struct page_lists_part part = { .first = cursor_start, .last = cursor_start };
	enum gazette list;
	if (!gazette_find(ask->part[0], &list))
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	if (list == GAZETTE_COURTS)
		return page_go(ctx, reply, "/courts");
	enum mc_err err = pager_from(ctx, ask, &part.from);
	if (!err)
		err = list == GAZETTE_HOLIDAYS ? page_lists_holidays(ctx, &part, &model)
			: list == GAZETTE_RATES ? page_lists_rates(ctx, &part, &model)
			: page_lists_listing(ctx, list, &part, &model);
	if (err)
		return err;
	model.name = gazette_name(list, ctx->lang);
	pager_fill(ctx, ask->path, part.sides, &part.first, &part.last, &model.pager);
	page_head(ctx, ask, model.name, &model.page);
	pager_link(ctx, &model.pager, reply);
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
