/* What one may do in a case and what not, GET /cases/:court/:id/acts: every act that is
 * this person's to do at some time, with its button or the reason why not now. */
#include "case_next.h"
#include "form_view.h"
#include "pages.h"
#include "../base/arena.h"
#include "../base/lang.h"

#include <ctype.h>

enum { PAGE_OPTIONS_KINDS = 16 };

static const char *page_options_about(struct ctx *ctx, const char *code)
{
	char *href = arena_print(ctx->mem, "/acts/%s", code);
	for (char *c = href + 6; *c; c++)
		*c = *c == '_' ? '-' : (char)tolower((unsigned char)*c);
	return href;
}

static void page_options_act(struct ctx *ctx, const struct case_view *v, enum act act,
			     struct view_option_act *out)
{
	const struct rule *rule = rule_of(act);
	*out = (struct view_option_act){ .code = rule->code,
					 .name = rule->name[ctx->lang],
					 .law = rule->law,
					 .about = page_options_about(ctx, rule->code) };
	if (!act_may(ctx, &v->docket, act)) {
		out->href = case_view_act_href(ctx, v, act);
	} else {
		out->reason = ctx->why ? form_view_say(ctx, ctx->why) : lang_say(ctx->lang, "case.not_now");
		out->reason_law =
			ctx->why && ctx->why->law && ctx->why->law != rule->law ? ctx->why->law : "";
		ctx_forget(ctx);
	}
}

static enum mc_err page_options_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct case_view v;
	struct view_options m = { 0 };
	struct view_option_group kinds[PAGE_OPTIONS_KINDS] = { { 0 } };
	enum mc_err err = case_view_load(ctx, ask, &v);
	if (err)
		return err;
	case_view_line(ctx, &v, &m.line);
	m.stage = rule_stage(v.docket.stage)->name[ctx->lang];
	for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		size_t k;
		if (!(rule_of(a)->by & v.docket.roles))
			continue;
		const char *title = case_next_kind(ctx, rule_of(a), &k);
		if (!kinds[k].acts)
			kinds[k].acts = arena_take(ctx->mem, ACT_COUNT * sizeof *kinds[k].acts);
		kinds[k].title = title;
		page_options_act(ctx, &v, a, &kinds[k].acts[kinds[k].acts_count++]);
	}
	m.groups = arena_take(ctx->mem, sizeof kinds);
	for (size_t k = 0; k < PAGE_OPTIONS_KINDS; k++)
		if (kinds[k].acts_count)
			m.groups[m.groups_count++] = kinds[k];
	page_head(ctx, ask, lang_say(ctx->lang, "case.acts_title"), &m.page);
	err = page_show(ctx, ask, reply, &view_options, &m);
	case_view_tag(ctx, ask, &v.docket, reply);
	return err;
}

const struct route *page_options(void)
{
	static const struct route routes[] = {
		{ "GET", "/cases/:court/:id/acts", PAGE_SIGNED, page_options_show }, { 0 }
	};
	return routes;
}
