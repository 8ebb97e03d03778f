/* The courts, for everybody: the tree from the Supreme People's Court down, and a search. */
#include "pager.h"
#include "pages.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../base/text.h"
#include "../court/court.h"

enum { PAGE_COURTS_MOST = 50 };

static const char *page_courts_level(struct ctx *ctx, enum court_level level)
{
	static const char *const key[] = { "", "courts.supreme", "courts.high", "courts.intermediate", "courts.basic",
					   "courts.special" };
	return lang_say(ctx->lang, key[level]);
}

static struct view_court_row *page_courts_rows(struct ctx *ctx, const struct court *court, size_t count)
{
	struct view_court_row *rows = arena_take(ctx->mem, (count + 1) * sizeof *rows);
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct view_court_row){
			.href = arena_print(ctx->mem, "/courts/%s", court[i].code), .code = court[i].code,
			.name = court_name(&court[i], ctx->lang), .sign = court[i].sign,
			.level = page_courts_level(ctx, court[i].level), .province = court[i].province,
		};
	return rows;
}

/* Found by name: a page of them. */
static enum mc_err page_courts_found(struct ctx *ctx, const struct ask *ask, struct court **list, size_t *count, struct view_courts *model)
{
	struct cursor from, first = cursor_start, last = cursor_start;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (!err)
		err = court_search(ctx, model->find, &from, PAGE_COURTS_MOST + 1, list, count);
	if (err)
		return err;
	struct cursor_sides sides = cursor_cut(&from, *list, count, sizeof **list, PAGE_COURTS_MOST);
	if (*count) {
		first = (struct cursor){ .at = (*list)[0].level, .id = (*list)[0].code };
		last = (struct cursor){ .at = (*list)[*count - 1].level, .id = (*list)[*count - 1].code };
	}
	pager_fill(ctx, pager_sought(ctx, "/courts", model->find), sides, &first, &last, &model->pager);
	return MC_OK;
}

static enum mc_err page_courts_list(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_courts model = { .find = text_trim(ctx->mem, form_get(ask->query, "q")) };
	struct court *list;
	size_t count;
	enum mc_err err = *model.find ? page_courts_found(ctx, ask, &list, &count, &model)
				      : court_children(ctx, "", &list, &count);
	/* The Supreme People's Court stands alone at the top: show the high courts too. */
	if (!err && !*model.find && count == 1) {
		struct court *high;
		size_t more;
		struct court top = list[0];
		if ((err = court_children(ctx, top.code, &high, &more)))
			return err;
		list = arena_take(ctx->mem, (more + 1) * sizeof *list);
		list[0] = top;
		for (size_t i = 0; i < more; i++)
			list[i + 1] = high[i];
		count = more + 1;
	}
	if (err)
		return err;
	page_head(ctx, ask, lang_say(ctx->lang, "courts.title"), &model.page);
	model.rows = page_courts_rows(ctx, list, count);
	model.rows_count = count;
	pager_link(ctx, &model.pager, reply);
	return page_show(ctx, ask, reply, &view_courts, &model);
}

static enum mc_err page_courts_one(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_courts model = { 0 };
	struct court *path, *below;
	size_t deep, count;
	struct court court;
	enum mc_err err = court_load(ctx, ask->part[0], &court);
	if (err || (err = court_path(ctx, court.code, &path, &deep)) || (err = court_children(ctx, court.code, &below, &count)))
		return err;
	model.name = court_name(&court, ctx->lang);
	page_head(ctx, ask, model.name, &model.page);
	model.facts.facts = arena_take(ctx->mem, 5 * sizeof *model.facts.facts);
	const struct view_fact fact[] = {
		{ .label = lang_say(ctx->lang, "courts.level"), .value = page_courts_level(ctx, court.level) },
		{ .label = lang_say(ctx->lang, "courts.province"), .value = court.province },
		{ .label = lang_say(ctx->lang, "courts.sign"), .value = court.sign },
		{ .label = lang_say(ctx->lang, "courts.code"), .value = court.code },
		{ .label = lang_say(ctx->lang, "courts.other_name"),
		  .value = court_name(&court, ctx->lang == LANG_ZH ? LANG_EN : LANG_ZH) },
	};
	for (size_t i = 0; i < sizeof fact / sizeof *fact; i++)
		if (*fact[i].value)
			model.facts.facts[model.facts.facts_count++] = fact[i];
	model.above = page_courts_rows(ctx, path, deep);
	model.above_count = deep - 1;
	model.rows = page_courts_rows(ctx, below, count);
	model.rows_count = count;
	model.files = court.level == COURT_BASIC;
	return page_show(ctx, ask, reply, &view_courts, &model);
}

const struct route *page_courts(void)
{
	static const struct route routes[] = {
		{ "GET", "/courts",        PAGE_PUBLIC, page_courts_list },
		{ "GET", "/courts/:court", PAGE_PUBLIC, page_courts_one },
		{ 0 }
	};
	return routes;
}
