/* The long lists of a case, in parts: its evidence, GET /cases/:court/:id/evidence, and its
 * papers, GET /cases/:court/:id/papers. */
#include "case_evidence.h"
#include "pager.h"
#include "pages.h"
#include "../base/arena.h"
#include "../base/lang.h"

static enum mc_err page_evidence_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct case_view v;
	struct view_evidence m = { 0 };
	struct cursor from;
	enum mc_err err = case_view_load(ctx, ask, &v);
	/* Whoever may not know what is claimed is not told either that there is evidence. */
	if (!err && !v.informed)
		err = ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	if (!err)
		err = pager_from(ctx, ask, &from);
	if (!err)
		err = case_evidence_fill(ctx, &v, &from, &m);
	if (err)
		return err;
	case_view_line(ctx, &v, &m.line);
	page_head(ctx, ask, lang_say(ctx->lang, "case.items"), &m.page);
	pager_link(ctx, &m.pager, reply);
	return page_show(ctx, ask, reply, &view_evidence, &m);
}

/* Which papers somebody may know of is known of all of them together, so their place in that list is where
 * it is read on: the first that is older than the one shown last. */
static size_t page_evidence_place(const struct case_view *v, const struct cursor *from)
{
	size_t at = 0;
	while (*from->id && at < v->papers_count
	       && (from->back ? v->papers[at].paper.number > from->at : v->papers[at].paper.number >= from->at))
		at++;
	return !from->back ? at : at > CASE_VIEW_PAPERS ? at - CASE_VIEW_PAPERS : 0;
}

static enum mc_err page_evidence_papers(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct case_view v;
	struct view_papers m = { 0 };
	struct cursor from, first = cursor_start, last = cursor_start;
	enum mc_err err = case_view_load(ctx, ask, &v);
	if (!err)
		err = pager_from(ctx, ask, &from);
	if (err)
		return err;
	size_t at = page_evidence_place(&v, &from);
	case_view_papers(ctx, &v, at, CASE_VIEW_PAPERS, &m.papers);
	size_t end = at + m.papers.papers_count;
	if (end > at) {
		first = (struct cursor){ .at = v.papers[at].paper.number, .id = "." };
		last = (struct cursor){ .at = v.papers[end - 1].paper.number, .id = "." };
	}
	pager_fill(ctx, arena_print(ctx->mem, "%s/papers", v.href), (struct cursor_sides){ at > 0, end < v.papers_count }, &first, &last,
		   &m.pager);
	case_view_line(ctx, &v, &m.line);
	page_head(ctx, ask, lang_say(ctx->lang, "papers.title"), &m.page);
	pager_link(ctx, &m.pager, reply);
	return page_show(ctx, ask, reply, &view_papers, &m);
}

const struct route *page_evidence(void)
{
	static const struct route routes[] = {
		{ "GET", "/cases/:court/:id/evidence", PAGE_SIGNED, page_evidence_show },
		{ "GET", "/cases/:court/:id/papers", PAGE_SIGNED, page_evidence_papers },
		{ 0 }
	};
	return routes;
}
