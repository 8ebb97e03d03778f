#include "form_search.h"
#include "form_sent.h"
#include "../base/arena.h"
#include "../base/cursor.h"
#include "../base/lang.h"

#include <stdlib.h>
#include <string.h>

#define FORM_SEARCH_COURTS 60   /* so many courts are all listed; of more one types a part of the name */
#define FORM_SEARCH_FOUND 8     /* courts or causes to choose from when what was typed is none */

static int form_search_order(const void *a, const void *b)
{
	const struct court *x = a, *y = b;
	/* One begins at a basic court, as a rule (民诉法第18条). */
	static const int order[] = { [COURT_SUPREME] = 4, [COURT_HIGH] = 3, [COURT_INTERMEDIATE] = 2,
				     [COURT_BASIC] = 0, [COURT_SPECIAL] = 1 };
	return order[x->level] != order[y->level] ? order[x->level] - order[y->level] : strcmp(x->code, y->code);
}

/* Every court has 法院 in its name, so this finds them all, if they are not too many to list. */
static enum mc_err form_search_all(struct ctx *ctx, struct view_form_field *out)
{
	struct court *court;
	size_t count;
	enum mc_err err = court_search(ctx, "法院", &cursor_start, FORM_SEARCH_COURTS + 1, &court, &count);
	if (err || count > FORM_SEARCH_COURTS)
		return err;
	qsort(court, count, sizeof *court, form_search_order);
	out->options = arena_take(ctx->mem, (count + 1) * sizeof *out->options);
	for (size_t i = 0; i < count; i++)
		out->options[out->options_count++] = (struct view_form_option){
			.value = court_name(&court[i], ctx->lang), .label = court[i].province };
	return MC_OK;
}

/* What may be meant by the words that are no court's or cause's name: to choose from. */
static enum mc_err form_search_found(struct ctx *ctx, enum field_kind kind, struct view_form_field *out)
{
	struct court *court = NULL;
	const struct cause *cause[FORM_SEARCH_FOUND];
	size_t courts = 0, causes = 0;
	enum mc_err err = MC_OK;
	if (kind == FIELD_COURT)
		err = court_search(ctx, out->value, &cursor_start, FORM_SEARCH_FOUND, &court, &courts);
	else
		causes = cause_search(out->value, cause, FORM_SEARCH_FOUND);
	out->options = arena_take(ctx->mem, (FORM_SEARCH_FOUND + 1) * sizeof *out->options);
	if (!err && courts)
		qsort(court, courts, sizeof *court, form_search_order);
	for (size_t i = 0; !err && i < courts; i++)
		out->options[out->options_count++] = (struct view_form_option){
			.value = court[i].code, .label = court_name(&court[i], ctx->lang), .help = court[i].province };
	for (size_t i = 0; i < causes; i++) {
		const struct cause *above = cause_find(cause[i]->parent);
		out->options[out->options_count++] = (struct view_form_option){
			.value = cause[i]->code, .label = cause[i]->name[ctx->lang],
			.help = above ? above->name[ctx->lang] : "" };
	}
	/* The only one found is chosen, unless other words are typed. */
	if (out->options_count == 1)
		out->options[0].chosen = true;
	return err;
}

enum mc_err form_search_fill(struct ctx *ctx, enum field_kind kind, struct view_form_field *out, size_t *count)
{
	struct court court;
	const struct cause *cause = kind == FIELD_CAUSE ? form_sent_cause(out->value) : NULL;
	enum mc_err err = kind == FIELD_COURT && *out->value ? form_sent_court(ctx, out->value, &court) : MC_UNKNOWN;
	bool known = cause || !err;
	if (err && err != MC_UNKNOWN)
		return err;
	struct view_form_field box = *out;
	err = *out->value && !known ? form_search_found(ctx, kind, out) : MC_OK;
	if (err)
		return err;
	if (known)
		box.value = cause ? cause->name[ctx->lang] : court_name(&court, ctx->lang);
	box.is_search = true;
	box.search = kind == FIELD_COURT ? "/find/courts?q=" : "/find/causes?q=";
	if (out->options_count) {
		out->is_choice = true;
		out->help = lang_say(ctx->lang, "act.search_found");
		box.name = arena_print(ctx->mem, "%s.words", out->name);
		box.id = arena_print(ctx->mem, "%s-words", out->id);
		box.label = lang_print(ctx->mem, ctx->lang, "act.search_again", out->value, NULL, NULL);
		box.value = box.error = box.help = "";
		box.required = true;
		(*count)++;
		out++;
	} else if (*out->value && !known) {
		box.help = lang_say(ctx->lang, "act.search_none");
	}
	*out = box;
	return kind == FIELD_COURT ? form_search_all(ctx, out) : MC_OK;
}
