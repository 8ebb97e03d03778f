/* My cases, GET /cases: what a party or an agent takes part in, in whatever court it
 * lies, with the next limit that is this person's. */
#include "case_view.h"
#include "pager.h"
#include "pages.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/directory.h"
#include "../court/draft.h"
#include "../court/served.h"

#include <string.h>

enum { PAGE_CASES_MOST = 20 };

static enum mc_err page_cases_limit(struct ctx *ctx, const struct docket *d, struct view_cases_row *out)
{
	struct deadline *all;
	size_t count;
	enum mc_err err = deadline_list(ctx, d, &all, &count);
	for (size_t i = 0; i < count && !err; i++)
		if (d->party && all[i].party == d->party) {
			out->limit = limit_rule(all[i].limit)->name[ctx->lang];
			out->until = all[i].ends;
			out->left = case_view_left(ctx, all[i].ends);
			out->is_urgent = case_view_urgent(ctx, all[i].ends);
			break;
		}
	return err;
}

static enum mc_err page_cases_row(struct ctx *ctx, const struct docket *d, struct view_cases_row *out)
{
	struct court court;
	struct served *waiting;
	size_t count = 0;
	const struct stage_rule *stage = rule_stage(d->stage);
	const struct party *me = docket_party(d, d->party);
	enum mc_err err = court_load(ctx, d->court, &court);
	if (!err && me)
		err = served_list(ctx, d, d->party, true, &waiting, &count);
	if (err)
		return err;
	const char *role = me ? case_view_side(ctx, me->side) : rule_role_name(d->roles, ctx->lang);
	*out = (struct view_cases_row){
		.href = arena_print(ctx->mem, "/cases/%s/%s", d->court, d->id),
		.id = d->id,
		.court = d->court,
		.court_name = court_name(&court, ctx->lang),
		.number = d->number,
		.title = case_view_title(ctx, d),
		.cause = case_view_cause(ctx, d),
		.stage = stage->code,
		.stage_name = stage->name[ctx->lang],
		.receive = (int64_t)count,
		.role = d->agency ? lang_print(ctx->mem, ctx->lang, "case.agent_of", role, NULL, NULL) : role,
		.filed = d->filed,
		.is_closed = d->stage == STAGE_CLOSED
	};
	return page_cases_limit(ctx, d, out);
}

static enum mc_err page_cases_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_cases m = { 0 };
	struct directory_row *rows;
	struct draft *drafts;
	struct cursor from;
	size_t count, begun;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (!err)
		err = directory_list(ctx, ctx->person, &from, PAGE_CASES_MOST + 1, &rows, &count);
	if (!err)
		err = draft_list(ctx, ACT_SUBMIT, &drafts, &begun);
	if (err)
		return err;
	struct cursor_sides sides = cursor_cut(&from, rows, &count, sizeof *rows, PAGE_CASES_MOST);
	m.drafts = (int64_t)begun;
	m.rows = arena_take(ctx->mem, (count + 1) * sizeof *m.rows);
	for (size_t i = 0; i < count; i++) {
		struct docket d;
		err = docket_load(ctx, rows[i].home, rows[i].docket, &d);
		if (err == MC_UNKNOWN) { /* lost since, for instance an authority withdrawn */
			ctx_forget(ctx);
			continue;
		}
		if (!err)
			err = page_cases_row(ctx, &d, &m.rows[m.rows_count++]);
		if (err)
			return err;
	}
	m.some = m.rows_count > 0;
	pager_fill(ctx, "/cases", sides, &(struct cursor){ .id = count ? rows[0].docket : "" },
		   &(struct cursor){ .id = count ? rows[count - 1].docket : "" }, &m.pager);
	page_head(ctx, ask, lang_say(ctx->lang, "cases.title"), &m.page);
	pager_link(ctx, &m.pager, reply);
	return page_show(ctx, ask, reply, &view_cases, &m);
}

const struct route *page_cases(void)
{
	static const struct route routes[] = { { "GET", "/cases", PAGE_SIGNED, page_cases_show }, { 0 } };
	return routes;
}
