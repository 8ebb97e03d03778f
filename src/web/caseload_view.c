#include "caseload_view.h"
#include "case_view.h"
#include "pager.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../court/person.h"
#include "../law/cause.h"

#include <string.h>

/* Names that one page asks for again and again, looked up once. */
struct caseload_view_names { struct { const char *key, *name; } known[CASELOAD_PAGE]; size_t count; };

static const char *caseload_view_judge(struct ctx *ctx, struct caseload_view_names *names, const char *person)
{
	for (size_t i = 0; i < names->count; i++)
		if (!strcmp(names->known[i].key, person))
			return names->known[i].name;
	const char *name = *person ? person_name(ctx, person) : "";
	names->known[names->count].key = person;
	names->known[names->count++].name = name;
	return name;
}

static enum mc_err caseload_view_court(struct ctx *ctx, struct caseload_view_names *names, const char *code, const char **name)
{
	struct court court;
	for (size_t i = 0; i < names->count; i++)
		if (!strcmp(names->known[i].key, code)) {
			*name = names->known[i].name;
			return MC_OK;
		}
	enum mc_err err = court_load(ctx, code, &court);
	if (err)
		return err;
	*name = court_name(&court, ctx->lang);
	names->known[names->count].key = code;
	names->known[names->count++].name = *name;
	return MC_OK;
}

/* What the case waits for the court to do is amber, what is over red, what is done green. */
static void caseload_view_badge(const struct caseload_row *row, struct view_caseload_row *out)
{
	out->is_good = row->stage == STAGE_CLOSED || row->stage == STAGE_EFFECTIVE;
	out->is_bad = row->runs && out->is_over && !row->party;
	out->is_wait = !out->is_bad && (row->stage == STAGE_SUBMITTED || row->stage == STAGE_RECEIVED || row->stage == STAGE_READY
					|| row->stage == STAGE_DELIBERATING);
}

static enum mc_err caseload_view_row(struct ctx *ctx, const struct seat *seat, const struct caseload_row *row,
				     struct caseload_view_names *judges, struct caseload_view_names *courts,
				     struct view_caseload_row *out)
{
	const struct cause *cause = cause_find(row->cause);
	*out = (struct view_caseload_row){
		.href = arena_print(ctx->mem, "/cases/%s/%s", row->court, row->id), .number = row->number,
		.parties = case_view_about(ctx, row->title),
		.cause = cause ? cause->name[ctx->lang] : row->cause, .filed = row->filed, .since = row->since,
		.stage = rule_stage(row->stage)->name[ctx->lang], .code = rule_stage(row->stage)->code,
		.judge = caseload_view_judge(ctx, judges, row->judge),
	};
	if (row->runs) {
		out->limit = limit_rule(row->limit)->name[ctx->lang];
		out->day = row->ends;
		out->left = case_view_left(ctx, row->ends);
		out->is_urgent = case_view_urgent(ctx, row->ends);
		out->is_over = row->ends < day_of(ctx->now);
		out->is_provisional = row->provisional;
	}
	caseload_view_badge(row, out);
	const char *other = strcmp(row->court, seat->code) ? row->court : strcmp(row->desk, seat->code) ? row->desk : "";
	return *other ? caseload_view_court(ctx, courts, other, &out->court) : MC_OK;
}

static const char *caseload_view_href(struct ctx *ctx, const struct ask *ask, const struct seat *seat, const char *word)
{
	bool several = seat->chips.chips_count > 0;
	return arena_print(ctx->mem, "%s?%s%s%slist=%s", ask->path, several ? "court=" : "", several ? seat->code : "",
			   several ? "&" : "", word);
}

static enum mc_err caseload_view_chips(struct ctx *ctx, const struct ask *ask, const struct seat *seat, struct caseload_ask what,
				       const struct caseload_view_list *lists, size_t lists_count, struct view_caseload_list *out)
{
	enum caseload here = what.list;
	out->chips = (struct view_chips){ .label = lang_say(ctx->lang, "caseload.lists"),
		.chips = arena_take(ctx->mem, lists_count * sizeof *out->chips.chips) };
	for (size_t i = 0; i < lists_count; i++) {
		const char *name = lang_say(ctx->lang, arena_print(ctx->mem, "caseload.list_%s", lists[i].word));
		int count;
		what.list = lists[i].list;
		enum mc_err err = caseload_count(ctx, &what, &count);
		if (err)
			return err;
		bool many = count >= CASELOAD_MANY;
		out->chips.chips[out->chips.chips_count++] = (struct view_chip){
			.href = caseload_view_href(ctx, ask, seat, lists[i].word), .count = many ? 0 : count,
			.label = many ? arena_print(ctx->mem, "%s %d+", name, CASELOAD_MANY - 1) : name,
			.here = lists[i].list == here };
	}
	return MC_OK;
}

static void caseload_view_pager(struct ctx *ctx, const char *href, const struct caseload_page *page, struct view_pager *out)
{
	struct cursor first = cursor_start, last = cursor_start;
	if (page->count) {
		first = (struct cursor){ .at = page->rows[0].at, .id = page->rows[0].id };
		last = (struct cursor){ .at = page->rows[page->count - 1].at, .id = page->rows[page->count - 1].id };
	}
	pager_fill(ctx, href, page->sides, &first, &last, out);
}

enum mc_err caseload_view_fill(struct ctx *ctx, const struct ask *ask, const struct seat *seat, const char *judge,
			       const struct caseload_view_list *lists, size_t lists_count, struct view_caseload_list *out)
{
	struct caseload_view_names judges = { 0 }, courts = { 0 };
	struct caseload_page page;
	const char *word = form_get(ask->query, "list");
	size_t here = 0;
	for (size_t i = 0; i < lists_count; i++)
		here = strcmp(lists[i].word, word) ? here : i;
	struct caseload_ask what = { .court = seat->code, .judge = judge, .list = lists[here].list,
		.from = cursor_start };
	enum mc_err err = pager_from(ctx, ask, &what.from);
	if (!err)
		err = caseload_read(ctx, &what, &page);
	if (!err)
		err = caseload_view_chips(ctx, ask, seat, what, lists, lists_count, out);
	if (err)
		return err;
	out->list = lists[here].word;
	out->title = lang_say(ctx->lang, arena_print(ctx->mem, "caseload.list_%s", out->list));
	out->empty = lang_say(ctx->lang, arena_print(ctx->mem, "caseload.none_%s", out->list));
	out->rows = arena_take(ctx->mem, (page.count + 1) * sizeof *out->rows);
	for (size_t i = 0; i < page.count && !err; i++)
		err = caseload_view_row(ctx, seat, &page.rows[i], &judges, &courts, &out->rows[out->rows_count++]);
	out->any = page.count > 0;
	if (!err)
		caseload_view_pager(ctx, caseload_view_href(ctx, ask, seat, out->list), &page, &out->pager);
	return err;
}
