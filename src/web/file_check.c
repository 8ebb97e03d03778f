#include "file_check.h"
#include "form_sent.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../base/money.h"
#include "../law/fee.h"

#include <string.h>

struct form *file_check_signed(struct arena *mem, const struct form *values)
{
	struct form *copy = form_begin(mem);
	for (size_t i = 0; i < values->count; i++)
		form_set(copy, values->pair[i].name, values->pair[i].value);
	form_set(copy, "truth", "yes");
	return copy;
}

bool file_check_section(struct ctx *ctx, int section, const struct form *values)
{
	struct why *before = ctx->why;
	ctx->why = NULL;
	enum mc_err err = form_sent_check(ctx, ACT_SUBMIT, section, file_check_signed(ctx->mem, values));
	ctx->why = before;
	return !err;
}

void file_check_keep(struct view_form *form, const char *name, bool alone)
{
	for (size_t i = 0; i < form->sections_count; i++) {
		struct view_form_section *s = &form->sections[i];
		size_t kept = 0;
		for (size_t k = 0; k < s->fields_count; k++)
			if (!strcmp(s->fields[k].name, name) == alone)
				s->fields[kept++] = s->fields[k];
		s->fields_count = kept;
		if (alone)
			s->title = s->help = "";
	}
}

static void file_check_answers(struct ctx *ctx, const struct field *first, const struct field *end, const char *group,
			       int row, const struct form *values, struct view_file_part *out)
{
	struct docket blank = act_blank("", "");
	out->facts.tall = true;
	out->facts.facts = arena_take(ctx->mem, (size_t)(end - first + 1) * sizeof *out->facts.facts);
	for (const struct field *f = first; f < end; f++) {
		if (f->what != FIELD_FIELD || !field_asked(f, values, group, row) || !strcmp(f->name, "truth"))
			continue;
		const char *value = *group ? form_at(values, group, row, f->name) : form_get(values, f->name);
		if (*value)
			out->facts.facts[out->facts.facts_count++] = (struct view_fact){ .label = f->label[ctx->lang],
				.value = form_view_value(ctx, &blank, ACT_SUBMIT, f, value) };
	}
}

/* The rows of one section of the form, from behind its head to before the next. */
static void file_check_parts(struct ctx *ctx, const struct field *first, const struct field *end, const char *self,
			     const struct form *values, struct view_file_answers *out)
{
	size_t room = 1;
	for (const struct field *f = first; f < end; f++)
		room += 2 + (f->what == FIELD_GROUP ? (size_t)f->max : 0);
	out->parts = arena_take(ctx->mem, room * sizeof *out->parts);
	for (const struct field *f = first; f < end; f++) {
		const struct field *stop = f + 1;
		while (stop < end && (f->what == FIELD_GROUP ? stop->what != FIELD_GROUP_END : stop->what != FIELD_GROUP))
			stop++;
		if (f->what == FIELD_FIELD)
			file_check_answers(ctx, f, stop, "", 0, values, &out->parts[out->parts_count++]);
		int rows = f->what == FIELD_GROUP ? form_rows(values, f->name) : 0;
		if (f->what == FIELD_GROUP && !strcmp(f->name, "plaintiffs") && !strcmp(form_get(values, "capacity"), "self")) {
			struct view_fact *fact = arena_take(ctx->mem, sizeof *fact);
			*fact = (struct view_fact){ .label = lang_say(ctx->lang, "file.first_plaintiff"), .value = self };
			out->parts[out->parts_count++].facts = (struct view_facts){ .facts = fact, .facts_count = 1, .tall = true };
		}
		for (int row = 1; row <= rows && row <= f->max; row++) {
			struct view_file_part *part = &out->parts[out->parts_count++];
			part->title = arena_print(ctx->mem, "%s %d", f->label[ctx->lang], row);
			file_check_answers(ctx, f + 1, stop, f->name, row, values, part);
		}
		f = stop - 1;
	}
}

/* What is wrong in a section, from the reasons that a check of everything has left. */
static void file_check_missing(struct ctx *ctx, int section, struct view_file_answers *out)
{
	size_t room = 0;
	for (const struct why *why = ctx->why; why; why = why->next)
		room++;
	out->missing = arena_take(ctx->mem, (room + 1) * sizeof *out->missing);
	for (const struct why *why = ctx->why; why; why = why->next)
		if (why->field && form_sent_section(ACT_SUBMIT, why->field) == section)
			out->missing[out->missing_count++] = form_view_say(ctx, why);
}

static void file_check_fee(struct ctx *ctx, const struct form *values, struct view_file_check *out)
{
	const struct cause *cause = cause_find(form_get(values, "cause"));
	if (!cause)
		return;
	for (int row = 1; row <= form_rows(values, "claims"); row++) {
		int64_t fen;
		if (money_parse(form_at(values, "claims", row, "amount"), &fen) && out->claim < INT64_MAX - fen)
			out->claim += fen;
	}
	struct fee fee = fee_reckon(cause->fee, out->claim, 0);
	out->fee_known = true;
	out->fee = fee.fen;
	out->fee_kind = fee_kind_rule(cause->fee)->name[ctx->lang];
	out->fee_law = fee.law;
	out->fee_priced = fee_priced(cause->fee);
}

enum mc_err file_check_fill(struct ctx *ctx, const char *path, const char *self, const struct form *values,
			    struct view_file_check *out)
{
	size_t count;
	const struct field *f = field_form(ACT_SUBMIT, &count), *end = f + count;
	struct why *before = ctx->why;
	ctx->why = NULL;
	enum mc_err err = form_sent_check(ctx, ACT_SUBMIT, 0, file_check_signed(ctx->mem, values));
	if (err && err != MC_INVALID)
		return err;
	out->ready = !err;
	out->sections = arena_take(ctx->mem, (count + 1) * sizeof *out->sections);
	for (const struct field *at = f; at < end; at++) {
		if (at->what != FIELD_SECTION)
			continue;
		struct view_file_answers *section = &out->sections[out->sections_count++];
		const struct field *stop = at + 1;
		while (stop < end && stop->what != FIELD_SECTION)
			stop++;
		section->title = at->label[ctx->lang];
		section->href = arena_print(ctx->mem, "%s?step=%zu&check=1", path, out->sections_count);
		file_check_parts(ctx, at + 1, stop, self, values, section);
		file_check_missing(ctx, (int)out->sections_count, section);
	}
	ctx->why = before;
	file_check_fee(ctx, values, out);
	return MC_OK;
}
