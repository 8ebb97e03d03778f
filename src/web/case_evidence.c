#include "case_evidence.h"
#include "pager.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../base/text.h"
#include "../court/evidence.h"

#include <string.h>

static const char *case_evidence_word(struct ctx *ctx, enum act act, const char *field, const char *value)
{
	return *value ? field_say(ctx, act, field_find(act, "", field), value) : "";
}

/* "认可真实性、合法性；不认可关联性" */
static const char *case_evidence_opinion(struct ctx *ctx, const struct evidence_opinion *o, bool *disputed)
{
	const struct {
		const char *value, *key;
	} parts[] = { { o->authenticity, "case.authenticity" },
		      { o->legality, "case.legality" },
		      { o->relevance, "case.relevance" } };
	struct text said[2] = { text_begin(ctx->mem), text_begin(ctx->mem) };
	for (size_t i = 0; i < 3; i++) {
		struct text *t = &said[!strcmp(parts[i].value, "dispute")];
		if (t->size)
			text_add(t, ctx->lang == LANG_ZH ? "、" : ", ");
		text_add(t, lang_say(ctx->lang, parts[i].key));
	}
	*disputed = said[1].size > 0;
	if (!*disputed)
		return lang_say(ctx->lang, "case.accepts_all");
	const char *disputes =
		lang_print(ctx->mem, ctx->lang, "case.disputes", text_end(&said[1]), NULL, NULL);
	if (!said[0].size)
		return disputes;
	return arena_print(ctx->mem, "%s%s%s",
			   lang_print(ctx->mem, ctx->lang, "case.accepts", text_end(&said[0]), NULL, NULL),
			   ctx->lang == LANG_ZH ? "，" : ", ", disputes);
}

static void case_evidence_opinions(struct ctx *ctx, const struct case_view *v,
				   const struct evidence_opinion *all, size_t count,
				   struct view_case_item *out)
{
	out->opinions = arena_take(ctx->mem, (count + 1) * sizeof *out->opinions);
	for (size_t i = 0; i < count; i++)
		if (all[i].item == out->number) {
			struct view_case_opinion *to = &out->opinions[out->opinions_count++];
			to->who = case_view_party(ctx, v, all[i].party);
			to->words = case_evidence_opinion(ctx, &all[i], &to->disputed);
			to->reasons = all[i].reasons;
		}
}

static void case_evidence_file(struct ctx *ctx, const struct case_view *v, const char *value,
			       struct view_case_item *out)
{
	struct field_file file;
	if (!*value || !field_file(ctx->mem, value, &file))
		return;
	out->file = arena_print(ctx->mem, "%s/files/%s", v->href, file.digest);
	out->file_name = file.name;
	out->digest = file.digest;
}

enum mc_err case_evidence_fill(struct ctx *ctx, const struct case_view *v, const struct cursor *from, struct view_evidence *out)
{
	struct evidence_item *items;
	struct evidence_opinion *opinions = NULL;
	size_t count, said = 0;
	struct cursor first = cursor_start, last = cursor_start;
	enum mc_err err = evidence_page(ctx, &v->docket, from, CASE_EVIDENCE_MOST + 1, &items, &count);
	if (err)
		return err;
	struct cursor_sides sides = cursor_cut(from, items, &count, sizeof *items, CASE_EVIDENCE_MOST);
	if (count) {
		first = (struct cursor){ .at = items[0].number, .id = "." };
		last = (struct cursor){ .at = items[count - 1].number, .id = "." };
		err = evidence_opinions_on(ctx, &v->docket, items[0].number, items[count - 1].number, &opinions, &said);
	}
	if (err)
		return err;
	pager_fill(ctx, arena_print(ctx->mem, "%s/evidence", v->href), sides, &first, &last, &out->pager);
	out->items = arena_take(ctx->mem, (count + 1) * sizeof *out->items);
	for (size_t i = 0; i < count; i++) {
		const struct evidence_item *it = &items[i];
		struct view_case_item *to = &out->items[out->items_count++];
		*to = (struct view_case_item){
			.number = it->number,
			.name = it->name,
			.who = case_view_party(ctx, v, it->party),
			.kind = case_evidence_word(ctx, ACT_SUBMIT_ITEM, "kind", it->kind),
			.source = it->source,
			.purpose = it->purpose,
			.late = it->late,
			.finding = it->finding,
			.reasons = it->finding_reasons,
			.finding_name = *it->finding
						? case_evidence_word(ctx, ACT_FIND, "finding", it->finding)
						: lang_say(ctx->lang, "case.no_finding"),
			.is_good = !strcmp(it->finding, "admitted"),
			.is_bad = !strcmp(it->finding, "rejected")
		};
		case_evidence_opinions(ctx, v, opinions, said, to);
		case_evidence_file(ctx, v, it->file, to);
	}
	return MC_OK;
}
