/* The record of a sitting, GET /cases/:court/:id/hearings/:n/record: line by line with its
 * times, who was there, and what each says of it (民诉法第150条). While the sitting is open
 * the page follows it. */
#include "case_view.h"
#include "pager.h"
#include "pages.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/hearing.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_RECORD_MOST = 100 };       /* lines on one page */

static void page_record_present(struct ctx *ctx, const struct case_view *v, const char *list,
				struct view_record *m)
{
	m->present = arena_take(ctx->mem, (v->docket.parties_count + 1) * sizeof *m->present);
	while (*list && m->present_count < v->docket.parties_count) {
		char *end;
		const struct party *p = docket_party(&v->docket, (int)strtol(list, &end, 10));
		if (p)
			m->present[m->present_count++] =
				lang_print(ctx->mem, ctx->lang, "case.by_party", case_view_side(ctx, p->side),
					   p->name, NULL);
		list = *end ? end + 1 : end;
	}
}

static enum mc_err page_record_lines(struct ctx *ctx, const struct ask *ask, const struct case_view *v, struct view_record *m)
{
	struct hearing_line *lines;
	size_t count;
	struct cursor from, first = cursor_start, last = cursor_start;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (!err)
		err = hearing_lines(ctx, &v->docket, (int)m->number, &from, PAGE_RECORD_MOST + 1, &lines, &count);
	if (err)
		return err;
	struct cursor_sides sides = cursor_cut(&from, lines, &count, sizeof *lines, PAGE_RECORD_MOST);
	m->lines = arena_take(ctx->mem, (count + 1) * sizeof *m->lines);
	for (size_t i = 0; i < count; i++)
		m->lines[m->lines_count++] = (struct view_record_line){ .number = lines[i].number,
									.speaker = lines[i].speaker,
									.words = lines[i].words,
									.at = lines[i].at };
	if (count) {
		first = (struct cursor){ .at = lines[0].number, .id = "." };
		last = (struct cursor){ .at = lines[count - 1].number, .id = "." };
	}
	pager_fill(ctx, arena_print(ctx->mem, "%s/hearings/%d/record", v->href, (int)m->number), sides, &first, &last, &m->pager);
	return MC_OK;
}

static enum mc_err page_record_words(struct ctx *ctx, const struct case_view *v, struct view_record *m)
{
	struct hearing_word *words;
	size_t said;
	enum mc_err err = hearing_words(ctx, &v->docket, (int)m->number, &words, &said);
	if (err)
		return err;
	m->words = arena_take(ctx->mem, (said + 1) * sizeof *m->words);
	for (size_t i = 0; i < said; i++)
		m->words[m->words_count++] = (struct view_record_word){ .who = case_view_party(ctx, v, words[i].party),
									.confirmed = !strcmp(words[i].kind, "confirmed"),
									.line = words[i].line,
									.words = words[i].words,
									.at = words[i].at };
	return MC_OK;
}

static const char *page_record_act(struct ctx *ctx, const struct case_view *v, enum act act)
{
	bool may = !act_may(ctx, &v->docket, act);
	ctx_forget(ctx);
	return may ? case_view_act_href(ctx, v, act) : "";
}

static enum mc_err page_record_find(struct ctx *ctx, const struct case_view *v, long number,
				    const struct hearing **out, bool *newest)
{
	struct hearing *all;
	size_t count, ended = 0;
	enum mc_err err = hearing_list(ctx, &v->docket, &all, &count);
	*out = NULL;
	for (size_t i = 0; i < count && !err; i++) {
		bool over = !strcmp(all[i].state, "closed") || !strcmp(all[i].state, "adjourned");
		if (all[i].number == number) {
			*out = &all[i];
			*newest = over && !ended;
		}
		ended += over;
	}
	if (!err && (!*out || !v->informed))
		err = ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	return err;
}

static enum mc_err page_record_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct case_view v;
	const struct hearing *h;
	bool newest = false;
	enum mc_err err = case_view_load(ctx, ask, &v);
	if (!err)
		err = page_record_find(ctx, &v, strtol(ask->part[2], NULL, 10), &h, &newest);
	if (err)
		return err;
	struct view_record m = { .number = h->number,
				 .at = h->at,
				 .place = h->place,
				 .public = h->open,
				 .state = h->state,
				 .open = !strcmp(h->state, "open") };
	case_view_line(ctx, &v, &m.line);
	page_record_present(ctx, &v, h->present, &m);
	err = page_record_lines(ctx, ask, &v, &m);
	if (!err)
		err = page_record_words(ctx, &v, &m);
	if (err)
		return err;
	if (m.open)
		m.enter = page_record_act(ctx, &v, ACT_RECORD);
	/* The acts are about the sitting that ended last. */
	if (newest) {
		m.confirm = page_record_act(ctx, &v, ACT_CONFIRM_RECORD);
		m.correct = page_record_act(ctx, &v, ACT_OBJECT_RECORD);
	}
	for (size_t i = 0; i < v.papers_count; i++)
		if (h->record && v.papers[i].paper.number == h->record)
			m.paper = arena_print(ctx->mem, "%s/papers/%d", v.href, h->record);
	page_head(ctx, ask,
		  lang_print(ctx->mem, ctx->lang, "record.title", arena_print(ctx->mem, "%d", h->number),
			     NULL, NULL),
		  &m.page);
	if (m.open)
		m.page.reload = "case";
	pager_link(ctx, &m.pager, reply);
	return page_show(ctx, ask, reply, &view_record, &m);
}

const struct route *page_record(void)
{
	static const struct route routes[] = {
		{ "GET", "/cases/:court/:id/hearings/:number/record", PAGE_SIGNED, page_record_show }, { 0 }
	};
	return routes;
}
