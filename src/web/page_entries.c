/* The docket of a case: all entries, each with its digest, the latest first, and each by
 * itself with what was filled in, for those who may read it. */
#include "case_view.h"
#include "form_view.h"
#include "pager.h"
#include "pages.h"
#include "../base/arena.h"
#include "../base/lang.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_ENTRIES_MOST = 50 };

static void page_entries_row(struct ctx *ctx, const struct case_view *v, const struct chain_entry *e,
			     struct view_entry_row *out)
{
	struct view_docket_entry words;
	case_view_entry(ctx, v, e, &words);
	*out = (struct view_entry_row){ .number = e->number,
					.code = e->act,
					.act = words.act,
					.who = words.who,
					.at = e->at,
					.late = e->late,
					.detail = words.detail,
					.href = words.href,
					.stage = e->stage,
					.form = e->form_digest,
					.previous = e->previous,
					.digest = e->digest };
	size_t room = 1;
	for (const char *c = e->papers; *c; c++)
		room += *c == '\n';
	out->papers = arena_take(ctx->mem, room * sizeof *out->papers);
	for (const char *left = e->papers; *left;) {
		size_t n = strcspn(left, "\n");
		out->papers[out->papers_count++] = arena_print(ctx->mem, "%.*s", (int)n, left);
		left += n + (left[n] == '\n');
	}
}

static enum mc_err page_entries_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct case_view v;
	struct view_entries m = { 0 };
	struct chain_entry *entries;
	size_t count = 0;
	enum mc_err err = case_view_load(ctx, ask, &v);
	if (err)
		return err;
	/* Entries have no gaps: the page before ends so many entries later. */
	struct cursor from;
	if ((err = pager_from(ctx, ask, &from)))
		return err;
	int64_t until = !*from.id ? v.docket.entries : from.back ? from.at + PAGE_ENTRIES_MOST : from.at - 1;
	int last = until < 1 || until > v.docket.entries ? v.docket.entries : (int)until;
	err = case_view_entries(ctx, &v, last, PAGE_ENTRIES_MOST, &entries, &count);
	if (err)
		return err;
	case_view_line(ctx, &v, &m.line);
	m.total = v.docket.entries;
	m.head = v.docket.head;
	m.entries = arena_take(ctx->mem, (count + 1) * sizeof *m.entries);
	for (size_t i = 0; i < count; i++)
		page_entries_row(ctx, &v, &entries[i], &m.entries[m.entries_count++]);
	int first = last - (int)count + 1;
	pager_fill(ctx, arena_print(ctx->mem, "%s/docket", v.href), (struct cursor_sides){ last < v.docket.entries, first > 1 },
		   &(struct cursor){ .at = last, .id = "." }, &(struct cursor){ .at = first, .id = "." }, &m.pager);
	page_head(ctx, ask, lang_say(ctx->lang, "case.docket_title"), &m.page);
	pager_link(ctx, &m.pager, reply);
	err = page_show(ctx, ask, reply, &view_entries, &m);
	case_view_tag(ctx, ask, &v.docket, reply);
	return err;
}

/* The label of a row of a group begins with what the row is: "诉讼请求 2：金额". */
static void page_entries_answer(struct ctx *ctx, const struct case_view *v, enum act act,
				const struct field *group, int row, const struct field *f, const char *value,
				struct view_entry *m)
{
	struct field_file file;
	struct view_entry_answer *to = &m->answers[m->answers_count++];
	const char *words = form_view_value(ctx, &v->docket, act, f, value);
	*to = (struct view_entry_answer){ .name = f->name,
					  .label = f->label[ctx->lang],
					  .value = *words ? words : value };
	if (group) {
		to->name = arena_print(ctx->mem, "%s.%d.%s", group->name, row, f->name);
		to->label = arena_print(ctx->mem, ctx->lang == LANG_ZH ? "%s %d：%s" : "%s %d: %s",
					group->label[ctx->lang], row, f->label[ctx->lang]);
	}
	if (f->kind == FIELD_FILE && field_file(ctx->mem, value, &file))
		to->href = arena_print(ctx->mem, "%s/files/%s", v->href, file.digest);
}

static void page_entries_answers(struct ctx *ctx, const struct case_view *v, enum act act,
				 const struct form *form, struct view_entry *m)
{
	size_t count, end;
	const struct field *f = field_form(act, &count);
	m->answers = arena_take(ctx->mem, (form->count + 1) * sizeof *m->answers);
	for (size_t i = 0; i < count; i++) {
		if (f[i].what == FIELD_FIELD && *form_get(form, f[i].name))
			page_entries_answer(ctx, v, act, NULL, 0, &f[i], form_get(form, f[i].name), m);
		if (f[i].what != FIELD_GROUP)
			continue;
		for (end = i; end < count && f[end].what != FIELD_GROUP_END; end++)
			;
		for (int row = 1; row <= form_rows(form, f[i].name); row++)
			for (size_t k = i; k < end; k++) {
				const char *value = f[k].what == FIELD_FIELD
							    ? form_at(form, f[i].name, row, f[k].name)
							    : "";
				if (*value)
					page_entries_answer(ctx, v, act, &f[i], row, &f[k], value, m);
			}
		i = end;
	}
}

static void page_entries_papers(struct ctx *ctx, const struct case_view *v, int entry, struct view_entry *m)
{
	m->papers = arena_take(ctx->mem, (v->papers_count + 1) * sizeof *m->papers);
	for (size_t i = v->papers_count; i-- > 0;)
		if (v->papers[i].paper.entry == entry)
			m->papers[m->papers_count++] = (struct view_entry_paper){
				.title = rule_paper(v->papers[i].paper.kind)->title[ctx->lang],
				.href = arena_print(ctx->mem, "%s/papers/%d", v->href,
						    v->papers[i].paper.number)
			};
}

static enum mc_err page_entries_one(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct case_view v;
	struct view_entry m = { 0 };
	struct chain_entry *entry;
	struct form *form;
	size_t count = 0;
	enum mc_err err = case_view_load(ctx, ask, &v);
	if (err)
		return err;
	long number = strtol(ask->part[2], NULL, 10);
	if (number < 1 || number > v.docket.entries)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	err = chain_list(ctx, &v.docket, (int)number - 1, 1, &entry, &count);
	if (err || !count)
		return err ? err : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	case_view_line(ctx, &v, &m.line);
	page_entries_row(ctx, &v, entry, &m.row);
	page_entries_papers(ctx, &v, entry->number, &m);
	/* 在线诉讼规则第7条: who did it sees with what; nobody else learns of it here. */
	if (!strcmp(entry->person, ctx->person) && !strncmp(entry->device, "token ", 6))
		m.program = entry->device + 6;
	enum act act = rule_find(entry->act);
	m.open = act && reading_entry(ctx, &v.docket, entry);
	if (m.open)
		err = form_read(ctx, entry->form, strlen(entry->form), &form);
	if (err)
		return err;
	if (m.open)
		page_entries_answers(ctx, &v, act, form, &m);
	page_head(ctx, ask, m.row.act, &m.page);
	return page_show(ctx, ask, reply, &view_entry, &m);
}

const struct route *page_entries(void)
{
	static const struct route routes[] = {
		{ "GET", "/cases/:court/:id/docket", PAGE_SIGNED | PAGE_KEPT, page_entries_show },
		{ "GET", "/cases/:court/:id/docket/:number", PAGE_SIGNED, page_entries_one },
		{ 0 }
	};
	return routes;
}
