/* How the judge was drawn, GET /cases/:court/:id/draw: the seed, the candidates in their
 * order, who could not be drawn and why, and how to repeat it (人民法院组织法 art. 29). */
#include "case_view.h"
#include "pages.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../base/text.h"
#include "../court/bench.h"
#include "../court/person.h"

#include <string.h>

static const char *page_draw_reason(struct ctx *ctx, const char *word)
{
	static const struct {
		const char *word, *key;
	} reasons[] = { { "party", "case.draw_party" },
			{ "recused", "case.draw_recused" },
			{ "agent", "case.draw_agent" },
			{ "absent", "case.draw_absent" } };
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (!strcmp(word, reasons[i].word))
			return lang_say(ctx->lang, reasons[i].key);
	return word;
}

static size_t page_draw_lines(const char *text)
{
	size_t n = 1;
	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void page_draw_row(struct ctx *ctx, const struct case_view *v, const struct bench_draw *draw,
			  struct view_draw_row *out)
{
	struct text command = text_begin(ctx->mem);
	*out = (struct view_draw_row){ .judge = person_name(ctx, draw->judge),
				       .entry = draw->entry,
				       .seed = draw->seed,
				       .href = arena_print(ctx->mem, "%s/docket/%d", v->href, draw->entry) };
	out->candidates = arena_take(ctx->mem, page_draw_lines(draw->candidates) * sizeof *out->candidates);
	out->excluded = arena_take(ctx->mem, page_draw_lines(draw->excluded) * sizeof *out->excluded);
	text_print(&command, "microcourt draw %s", draw->seed);
	for (const char *left = draw->candidates; *left;) {
		size_t n = strcspn(left, "\n");
		const char *id = arena_print(ctx->mem, "%.*s", (int)n, left);
		text_print(&command, " %s", id);
		out->candidates[out->candidates_count++] = (struct view_draw_candidate){
			.id = id, .name = person_name(ctx, id), .drawn = !strcmp(id, draw->judge)
		};
		left += n + (left[n] == '\n');
	}
	out->command = text_end(&command);
	for (const char *left = draw->excluded; *left;) {
		size_t n = strcspn(left, "\n"), word = strcspn(left, " \n");
		const char *id = arena_print(ctx->mem, "%.*s", (int)word, left);
		const char *why =
			word < n ? arena_print(ctx->mem, "%.*s", (int)(n - word - 1), left + word + 1) : "";
		if (n)
			out->excluded[out->excluded_count++] =
				(struct view_draw_excluded){ .name = person_name(ctx, id),
							     .reason = page_draw_reason(ctx, why) };
		left += n + (left[n] == '\n');
	}
}

static enum mc_err page_draw_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct case_view v;
	struct view_draw m = { 0 };
	struct bench_draw *draws;
	size_t count;
	enum mc_err err = case_view_load(ctx, ask, &v);
	if (!err)
		err = bench_draws(ctx, &v.docket, &draws, &count);
	if (err)
		return err;
	case_view_line(ctx, &v, &m.line);
	m.draws = arena_take(ctx->mem, (count + 1) * sizeof *m.draws);
	for (size_t i = 0; i < count; i++)
		page_draw_row(ctx, &v, &draws[i], &m.draws[m.draws_count++]);
	page_head(ctx, ask, lang_say(ctx->lang, "case.draw_title"), &m.page);
	return page_show(ctx, ask, reply, &view_draw, &m);
}

const struct route *page_draw(void)
{
	static const struct route routes[] = {
		{ "GET", "/cases/:court/:id/draw", PAGE_SIGNED, page_draw_show }, { 0 }
	};
	return routes;
}
