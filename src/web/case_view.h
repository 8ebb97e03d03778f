/* case_view: a case as one person sees it: what every page about it begins with, and how
 * its people, its acts and its days are put into words. */
#ifndef MC_CASE_VIEW_H
#define MC_CASE_VIEW_H
#include "page.h"
#include "view.h"
#include "../court/chain.h"
#include "../court/court.h"
#include "../court/deadline.h"
#include "../court/reading.h"

struct case_view {
	struct docket docket;
	struct court court;
	const char *href; /* "/cases/132/ID" */
	const char *name; /* its number, or the parties before it has one */
	bool staff;       /* this person works on it for the court */
	bool informed;    /* may know what is claimed and shown (reading_informed) */
	struct reading *papers;
	size_t papers_count;
};

/* The case of a route that begins "/cases/:court/:id". MC_UNKNOWN for who has no standing. */
enum mc_err case_view_load(struct ctx *ctx, const struct ask *ask, struct case_view *out);

/* Names the answer that reply holds by the case and by its bytes ("HEAD-BODY", strong): whoever sends
 * that back as If-Match acts only if nothing has been entered in the docket since. For programs:
 * nobody keeps a page. */
void case_view_tag(struct ctx *ctx, const struct ask *ask, const struct docket *docket, struct reply *reply);

/* What the header If-Match says of the case, as act_ask.seen wants it. */
const char *case_view_seen(struct ctx *ctx, const struct ask *ask);

/* Court, number and cause, with the way back to the case: the head of its further pages. */
void case_view_line(struct ctx *ctx, const struct case_view *view, struct view_case_line *out);

const char *case_view_cause(struct ctx *ctx, const struct docket *docket); /* in words */
const char *case_view_title(struct ctx *ctx, const struct docket *docket); /* 张伟 诉 李娜; 张伟 v. 李娜 */
/* The same from a list's row, where the parties stand as they were filed. A number stays as it is. */
const char *case_view_about(struct ctx *ctx, const char *title);
const char *case_view_party(struct ctx *ctx, const struct case_view *view,
			    int party); /* 李娜; "法院" for 0 */
/* The papers that this person may know of, at most most of them from the one at this place on. */
enum { CASE_VIEW_PAPERS = 50 };
void case_view_papers(struct ctx *ctx, const struct case_view *view, size_t at, size_t most, struct view_paper_list *out);
/* Who a paper is by: the party whose word it is, else the court. */
const char *case_view_author(struct ctx *ctx, const struct case_view *view, const struct reading *reading);
const char *case_view_side(struct ctx *ctx, enum side side); /* 原告 */
const char *case_view_act_href(struct ctx *ctx, const struct case_view *view, enum act act);

/* "剩 9 天", "今天到期", "已过 3 天"; urgent from three days on. */
const char *case_view_left(struct ctx *ctx, int64_t day);
bool case_view_urgent(struct ctx *ctx, int64_t day);

/* One act of the docket in words. */
void case_view_entry(struct ctx *ctx, const struct case_view *view, const struct chain_entry *entry,
		     struct view_docket_entry *out);

/* The latest entries, the newest first: at most most of those up to number last. */
enum mc_err case_view_entries(struct ctx *ctx, const struct case_view *view, int last, size_t most,
			      struct chain_entry **out, size_t *count);

#endif
