#include "form_sent.h"
#include "../base/arena.h"
#include "../court/upload.h"
#include "../base/cursor.h"

#include <string.h>

#define FORM_SENT_DIGITS 4      /* of a row's number, as in base/form */

/* How many bytes of path the word takes if it stands at its beginning as a whole piece, else 0. */
static size_t form_sent_piece(const char *path, const char *word)
{
	size_t n = strlen(word);
	return !strncmp(path, word, n) && (!path[n] || path[n] == '.') ? n : 0;
}

/* The number that path begins with and the bytes it takes, 0 if it is no row's number. */
static size_t form_sent_row(const char *path, int *row)
{
	size_t digits = strspn(path, "0123456789");
	if (!digits || digits > FORM_SENT_DIGITS || path[0] == '0' || path[digits] != '.')
		return 0;
	*row = 0;
	for (size_t i = 0; i < digits; i++)
		*row = *row * 10 + (path[i] - '0');
	return digits + 1;
}

bool form_sent_name(struct arena *mem, enum act act, const char *path, struct form_sent_name *out)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	const char *at = path;
	*out = (struct form_sent_name){ .group = "", .rest = "" };
	for (size_t i = 0; i < count; i++) {
		size_t n;
		out->section += f[i].what == FIELD_SECTION;
		if (f[i].what == FIELD_GROUP) {
			n = form_sent_piece(path, f[i].name);
			out->group = f[i].name;
			at = n && path[n] ? path + n + 1 : "";
			n = form_sent_row(at, &out->row);
			at = n ? at + n : "";
		} else if (f[i].what == FIELD_GROUP_END) {
			out->group = "";
			out->row = 0;
			at = path;
		} else if (f[i].what == FIELD_FIELD && (n = form_sent_piece(at, f[i].name)) > 0) {
			out->field = &f[i];
			out->rest = at[n] ? arena_copy(mem, at + n + 1) : "";
			return true;
		}
	}
	return false;
}

int form_sent_section(enum act act, const char *path)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	int section = 0;
	bool inside = false;
	for (size_t i = 0; i < count; i++) {
		section += f[i].what == FIELD_SECTION;
		bool group = f[i].what == FIELD_GROUP, field = f[i].what == FIELD_FIELD && !inside;
		if ((group || field) && form_sent_piece(path, f[i].name))
			return section;
		inside = group || (inside && f[i].what != FIELD_GROUP_END);
	}
	return 0;
}

enum mc_err form_sent_court(struct ctx *ctx, const char *words, struct court *out)
{
	struct court *found;
	size_t count;
	struct why *before = ctx->why;
	enum mc_err err = court_load(ctx, words, out);
	if (err != MC_UNKNOWN)
		return err;
	ctx_forget(ctx);
	ctx->why = before;
	err = court_search(ctx, words, &cursor_start, 20, &found, &count);
	for (size_t i = 0; !err && i < count; i++)
		if (!strcmp(found[i].zh, words) || !strcmp(found[i].en, words)) {
			*out = found[i];
			return MC_OK;
		}
	return err ? err : MC_UNKNOWN;
}

const struct cause *form_sent_cause(const char *words)
{
	const struct cause *c = cause_find(words), *found = NULL;
	for (size_t i = 0; !c && (c = cause_each(i)) != NULL; i++, c = NULL)
		if (c->level >= 3 && (!strcmp(c->name[LANG_ZH], words) || !strcmp(c->name[LANG_EN], words))) {
			if (found)
				return NULL;    /* two of that name: the person has to choose */
			found = c;
		}
	return c ? c : found;
}

enum mc_err form_sent_check(struct ctx *ctx, enum act act, int section, const struct form *values)
{
	struct form *clean;
	enum mc_err err = field_check(ctx, act, section, values, &clean);
	for (size_t i = 0; i < clean->count && (!err || err == MC_INVALID); i++) {
		struct form_sent_name name;
		struct court court;
		const char *path = clean->pair[i].name;
		if (!form_sent_name(ctx->mem, act, path, &name) || name.field->kind != FIELD_COURT)
			continue;
		enum mc_err here = form_sent_court(ctx, clean->pair[i].value, &court);
		if (here == MC_UNKNOWN)
			here = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.court", .field = path,
				.arg = { name.field->label[ctx->lang] } });
		err = here ? here : err;
	}
	return err;
}

/* One value of several ticks, added to those before it. */
static void form_sent_tick(struct form *out, const char *path, const char *value)
{
	const char *have = form_get(out, path);
	form_set(out, path, *have ? arena_print(out->mem, "%s,%s", have, value) : value);
}

static enum mc_err form_sent_one(struct ctx *ctx, const struct form_sent_name *name, const char *path,
				 const char *value, struct form *out)
{
	struct court court;
	const struct cause *cause;
	enum mc_err err;
	switch (name->field->kind) {
	case FIELD_TICKS:
		if (!strncmp(name->rest, "is.", 3))
			form_sent_tick(out, path, name->rest + 3);
		else
			form_sent_tick(out, path, value);
		return MC_OK;
	case FIELD_TICK:
		form_set(out, path, !strcmp(value, "true") ? "yes" : !strcmp(value, "false") ? "" : value);
		return MC_OK;
	case FIELD_COURT:
		value = text_trim(ctx->mem, value);
		err = *value ? form_sent_court(ctx, value, &court) : MC_UNKNOWN;
		form_set(out, path, err ? value : court.code);
		return err == MC_UNKNOWN ? MC_OK : err;
	case FIELD_CAUSE:
		value = text_trim(ctx->mem, value);
		cause = form_sent_cause(value);
		form_set(out, path, cause ? cause->code : value);
		return MC_OK;
	default:
		form_set(out, path, value);
		return MC_OK;
	}
}

/* Rows that hold nothing but what they opened with go, as far as the law of the form allows. */
static void form_sent_tidy(struct form *form, const struct field *group)
{
	const struct field *end = group + 1;
	while (end->what != FIELD_GROUP_END)
		end++;
	for (int row = form_rows(form, group->name); row > group->min && row <= group->max; row--) {
		bool empty = true;
		for (const struct field *f = group + 1; f < end; f++) {
			const char *value = f->what == FIELD_FIELD ? form_at(form, group->name, row, f->name) : "";
			empty = empty && (!*value || (f->preset && !strcmp(value, f->preset)));
		}
		if (empty)
			form_remove_row(form, group->name, row);
	}
}

static bool form_sent_wins(const struct form *sent, const char *path, const char *rest)
{
	/* New words were typed beside the list to choose from; the new file, not the one kept. */
	if (!*rest)
		return !*form_get(sent, arena_print(sent->mem, "%s.words", path));
	return strcmp(rest, "kept") != 0 || !*form_get(sent, path);
}

/* Whether the person may name this file: it came just now, or is among the files that were theirs before.
 * Words of theirs that only look like a file give no right to it. */
static bool form_sent_own(struct arena *mem, const struct ask *ask, enum act act, const char *whole, const char *value,
			  const struct form *own)
{
	struct form_sent_name name;
	if (!*value || *form_get(ask->files, whole))
		return true;
	for (size_t i = 0; own && i < own->count; i++)
		if (!strcmp(own->pair[i].value, value) && form_sent_name(mem, act, own->pair[i].name, &name)
		    && name.field->kind == FIELD_FILE)
			return true;
	return false;
}

/* One pair as it was sent. */
static enum mc_err form_sent_pair(struct ctx *ctx, const struct ask *ask, enum act act,
				  const struct form_sent_name *name, const struct form_pair *pair, const struct form *own, struct form *out)
{
	size_t n = strlen(pair->name) - strlen(name->rest) - (*name->rest != '\0');
	char *path = arena_copy(ctx->mem, pair->name);
	path[n] = '\0';
	bool several = name->field->kind == FIELD_TICKS;
	bool known = !*name->rest || several || !strcmp(name->rest, "words") || !strcmp(name->rest, "kept");
	if (!known || (!several && !form_sent_wins(ask->form, path, name->rest)))
		return MC_OK;
	if (name->field->kind == FIELD_FILE && !strncmp(pair->value, "upload:", 7)) {
		const char *value;
		enum mc_err err = upload_value(ctx, ask->store, pair->value + 7, path, &value);
		if (!err)
			form_set(out, path, value);
		return err;
	}
	if (name->field->kind == FIELD_FILE && !form_sent_own(ctx->mem, ask, act, pair->name, pair->value, own))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.file_unknown", .field = path });
	return form_sent_one(ctx, name, path, pair->value, out);
}

enum mc_err form_sent_values(struct ctx *ctx, const struct ask *ask, enum act act, int section,
			     const struct form *own, struct form **out)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	enum mc_err err = MC_OK;
	*out = form_begin(ctx->mem);
	for (const struct why *why = ask->wrong; why; why = why->next)
		err = ctx_fail(ctx, MC_INVALID, *why);
	for (size_t i = 0; i < ask->form->count && (!err || err == MC_INVALID); i++) {
		struct form_sent_name name;
		const struct form_pair *pair = &ask->form->pair[i];
		if (!form_sent_name(ctx->mem, act, pair->name, &name) || (section && name.section != section))
			continue;
		enum mc_err here = form_sent_pair(ctx, ask, act, &name, pair, own, *out);
		err = here ? here : err;
	}
	for (size_t i = 0; i < count; i++)
		if (f[i].what == FIELD_GROUP)
			form_sent_tidy(*out, &f[i]);
	return err;
}

void form_sent_clear(struct form *form, enum act act, int section)
{
	size_t kept = 0;
	for (size_t i = 0; i < form->count; i++)
		if (section && form_sent_section(act, form->pair[i].name) != section)
			form->pair[kept++] = form->pair[i];
	form->count = kept;
}
