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

/* After those that are there already; the room is for one page and the court above it. */
static void page_courts_add(struct ctx *ctx, const struct court *court, size_t count, struct view_courts *model)
{
	struct view_court_row *rows = page_courts_rows(ctx, court, count);
	if (!model->rows)
		model->rows = arena_take(ctx->mem, (PAGE_COURTS_MOST + 1) * sizeof *model->rows);
	for (size_t i = 0; i < count; i++)
		model->rows[model->rows_count++] = rows[i];
}

/* Found by name, or those below a court: a page of them. */
static enum mc_err page_courts_rest(struct ctx *ctx, const struct ask *ask, const char *above, const char *href,
				    struct view_courts *model)
{
	struct court *list;
	size_t count;
	struct cursor from, first = cursor_start, last = cursor_start;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (!err)
		err = *model->find ? court_search(ctx, model->find, &from, PAGE_COURTS_MOST + 1, &list, &count)
				   : court_children(ctx, above, &from, PAGE_COURTS_MOST + 1, &list, &count);
	if (err)
		return err;
	struct cursor_sides sides = cursor_cut(&from, list, &count, sizeof *list, PAGE_COURTS_MOST);
	if (count) {
		first = (struct cursor){ .at = list[0].level, .id = list[0].code };
		last = (struct cursor){ .at = list[count - 1].level, .id = list[count - 1].code };
	}
	pager_fill(ctx, pager_sought(ctx, href, model->find), sides, &first, &last, &model->pager);
	page_courts_add(ctx, list, count, model);
	return MC_OK;
}

/* The Supreme People's Court stands alone at the top: the high courts are shown below it. */
static enum mc_err page_courts_top(struct ctx *ctx, const struct ask *ask, struct view_courts *model)
{
	struct court *top;
	size_t count;
	enum mc_err err = court_children(ctx, "", &cursor_start, 2, &top, &count);
	if (err || count != 1)
		return err ? err : page_courts_rest(ctx, ask, "", "/courts", model);
	if (!*form_get(ask->query, "from"))
		page_courts_add(ctx, top, 1, model);
	return page_courts_rest(ctx, ask, top->code, "/courts", model);
}

static enum mc_err page_courts_list(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_courts model = { .find = text_trim(ctx->mem, form_get(ask->query, "q")) };
	enum mc_err err = *model.find ? page_courts_rest(ctx, ask, "", "/courts", &model) : page_courts_top(ctx, ask, &model);
	if (err)
		return err;
	page_head(ctx, ask, lang_say(ctx->lang, "courts.title"), &model.page);
	pager_link(ctx, &model.pager, reply);
	return page_show(ctx, ask, reply, &view_courts, &model);
}

static enum mc_err page_courts_one(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_courts model = { .find = "" };
	struct court *path;
	size_t deep;
	struct court court;
	enum mc_err err = court_load(ctx, ask->part[0], &court);
	if (err || (err = court_path(ctx, court.code, &path, &deep)) || (err = page_courts_rest(ctx, ask, court.code, arena_print(ctx->mem, "/courts/%s", court.code), &model)))
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
	pager_link(ctx, &model.pager, reply);
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
