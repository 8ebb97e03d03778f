#include "form_view.h"
#include "form_search.h"
#include "form_sent.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../http/once.h"
#include "../law/format.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define FORM_VIEW_FEW 7         /* answers that are all shown */

/* What is drawn with, passed on from form to field. */
struct form_view_pen {
	struct ctx *ctx;
	const struct docket *docket;
	enum act act;
	const struct form *values;
	bool files;
};

/* The cause, and the cure if the reason has one of its own. */
const char *form_view_say(struct ctx *ctx, const struct why *why)
{
	const char *cause = lang_print(ctx->mem, ctx->lang, why->key, why->arg[0], why->arg[1], why->arg[2]);
	const char *key = arena_print(ctx->mem, "%s_remedy", why->key), *cure = lang_say(ctx->lang, key);
	return !strcmp(key, cure) ? cause : arena_print(ctx->mem, ctx->lang == LANG_ZH ? "%s%s" : "%s %s", cause, cure);
}

const char *form_view_id(struct arena *mem, const char *path)
{
	char *id = arena_print(mem, "f-%s", path);
	for (char *at = id; *at; at++)
		if (*at == '.')
			*at = '-';
	return id;
}

const char *form_view_size(struct arena *mem, int64_t bytes)
{
	if (bytes < 1024)
		return arena_print(mem, "%d B", (int)bytes);
	if (bytes < 1024 * 1024)
		return arena_print(mem, "%d KB", (int)((bytes + 512) / 1024));
	int64_t tenths = (bytes * 10 + 512 * 1024) / (1024 * 1024);
	return arena_print(mem, "%d.%d MB", (int)(tenths / 10), (int)(tenths % 10));
}

/* The field that a reason is about: too few rows is said of the first field of the first row
 * that is missing, which the form always shows. */
static const char *form_view_where(struct ctx *ctx, enum act act, const char *path)
{
	struct form_sent_name name;
	size_t count;
	const struct field *f = field_form(act, &count);
	if (form_sent_name(ctx->mem, act, path, &name))
		return path;
	for (size_t i = 0; i + 1 < count; i++) {
		size_t n = f[i].what == FIELD_GROUP ? strlen(f[i].name) : 0;
		if (n && !strncmp(path, f[i].name, n) && (!path[n] || path[n] == '.'))
			return arena_print(ctx->mem, "%s%s.%s", path, path[n] ? "" : ".1", f[i + 1].name);
	}
	return path;
}

static const char *form_view_error(const struct form_view_pen *pen, const char *path)
{
	for (const struct why *why = pen->ctx->why; why; why = why->next)
		if (why->field && !strcmp(form_view_where(pen->ctx, pen->act, why->field), path))
			return form_view_say(pen->ctx, why);
	return "";
}

/* "Only if you choose: For a client", for a field that is not always asked. */
static const char *form_view_when(const struct form_view_pen *pen, const struct field *field, const char *group)
{
	const char *mark = strchr(field->when, '=');
	bool not = mark[-1] == '!';
	char *name = arena_copy(pen->ctx->mem, field->when);
	name[(size_t)(mark - field->when) - not] = '\0';
	const struct field *by = field_find(pen->act, group, name);
	return lang_print(pen->ctx->mem, pen->ctx->lang, not ? "act.unless" : "act.when",
			  by ? field_say(pen->ctx, pen->act, by, mark + 1) : mark + 1, NULL, NULL);
}

static void form_view_options(const struct form_view_pen *pen, const struct field *field, struct view_form_field *out)
{
	size_t count, room = 0;
	const struct field *form = field_form(pen->act, &count), *end = form + count;
	for (const struct field *o = field + 1; o < end && o->what == FIELD_OPTION; o++)
		room++;
	out->options = arena_take(pen->ctx->mem, (room + 1) * sizeof *out->options);
	for (const struct field *o = field + 1; o < end && o->what == FIELD_OPTION; o++)
		out->options[out->options_count++] = (struct view_form_option){
			.value = o->name, .label = o->label[pen->ctx->lang], .help = o->help[pen->ctx->lang],
			.chosen = !strcmp(o->name, out->value),
		};
}

/* A few answers are all shown, many stand in a list that opens. */
static void form_view_few(struct view_form_field *out)
{
	out->is_choice = out->options_count <= FORM_VIEW_FEW;
	out->is_pick = !out->is_choice;
}

/* Whether the word stands in "a,b,c". */
static bool form_view_among(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = list; *at;) {
		size_t here = strcspn(at, ",");
		if (here == n && !strncmp(at, word, n))
			return true;
		at += here + (at[here] == ',');
	}
	return false;
}

static enum mc_err form_view_choices(const struct form_view_pen *pen, const struct field *field,
				     struct view_form_field *out)
{
	struct act_choice *choice = NULL;
	size_t count = 0;
	enum mc_err err = MC_OK;
	if (act_special(pen->act)->choices)
		err = act_special(pen->act)->choices(pen->ctx, pen->docket, field, &choice, &count);
	if (err)
		return err;
	out->options = arena_take(pen->ctx->mem, (count + 1) * sizeof *out->options);
	out->options_count = count;
	for (size_t i = 0; i < count; i++)
		out->options[i] = (struct view_form_option){
			.value = choice[i].value, .label = choice[i].label, .help = choice[i].help,
			.chosen = form_view_among(out->value, choice[i].value),
		};
	return MC_OK;
}

static void form_view_file(struct form_view_pen *pen, struct view_form_field *out, size_t *count)
{
	struct field_file file;
	pen->files = true;
	out->is_file = true;
	out->accept = format_endings(pen->ctx->mem);
	if (!field_file(pen->ctx->mem, out->value, &file))
		return;
	out->file = arena_take(pen->ctx->mem, sizeof *out->file);
	*out->file = (struct view_form_file){ .name = file.name, .digest = file.digest,
		.size = form_view_size(pen->ctx->mem, file.size) };
	out[1] = (struct view_form_field){ .name = arena_print(pen->ctx->mem, "%s.kept", out->name),
		.id = arena_print(pen->ctx->mem, "%s-kept", out->id), .value = out->value, .is_hidden = true };
	(*count)++;
}

/* Draws one field into out, which has room for two more; *count says how many it took. */
static enum mc_err form_view_field(struct form_view_pen *pen, const struct field *field, const char *group, int row,
				   bool fresh, struct view_form_field *out, size_t *count)
{
	struct ctx *ctx = pen->ctx;
	const char *path = *group ? arena_print(ctx->mem, "%s.%d.%s", group, row, field->name) : field->name;
	const char *help = field->help[ctx->lang];
	*out = (struct view_form_field){
		.name = path, .id = form_view_id(ctx->mem, path), .label = field->label[ctx->lang],
		.help = help ? help : "", .error = form_view_error(pen, path),
		.value = fresh && field->preset ? field->preset : form_get(pen->values, path), .required = field->need,
	};
	*count = 1;
	if (field->when) {
		const char *only = form_view_when(pen, field, group);
		out->help = help ? arena_print(ctx->mem, ctx->lang == LANG_ZH ? "%s%s" : "%s %s", only, help) : only;
		out->when = arena_copy(ctx->mem, field->when);
		/* In a row the other field's name has the row's in it. */
		if (*group)
			out->when = arena_print(ctx->mem, "%s.%d.%s", group, row, field->when);
	}
	switch (field->kind) {
	case FIELD_LINE:
	case FIELD_CITIZEN:
		out->is_line = true;
		if (!*group && !strcmp(field->name, "address"))
			out->autocomplete = "street-address";
		return MC_OK;
	case FIELD_LONG: out->is_long = true; return MC_OK;
	case FIELD_MONEY: out->is_money = true; return MC_OK;
	case FIELD_DAY: out->is_day = true; return MC_OK;
	case FIELD_MOMENT: out->is_moment = true; return MC_OK;
	case FIELD_PHONE: out->is_phone = true; return MC_OK;
	case FIELD_TICK: out->is_tick = true; return MC_OK;
	case FIELD_CHOICE:
		form_view_options(pen, field, out);
		form_view_few(out);
		return MC_OK;
	case FIELD_PICK:
	case FIELD_TICKS: {
		enum mc_err err = form_view_choices(pen, field, out);
		if (field->kind == FIELD_PICK)
			form_view_few(out);
		out->is_ticks = field->kind == FIELD_TICKS;
		return err;
	}
	case FIELD_COURT:
	case FIELD_CAUSE: return form_search_fill(ctx, field->kind, out, count);
	case FIELD_FILE: form_view_file(pen, out, count); return MC_OK;
	}
	assert(!"a kind of field that nobody draws");
	return MC_OK;
}

/* The fields from first to before end, into a list of their own. */
static enum mc_err form_view_list(struct form_view_pen *pen, const struct field *first, const struct field *end,
				  const char *group, int row, struct view_form_field **out, size_t *count)
{
	bool fresh = *group != '\0';
	for (const struct field *f = first; fresh && f < end; f++)
		fresh = f->what != FIELD_FIELD || !*form_at(pen->values, group, row, f->name);
	*out = arena_take(pen->ctx->mem, (size_t)(end - first + 1) * 2 * sizeof **out);
	*count = 0;
	enum mc_err err = MC_OK;
	for (const struct field *f = first; f < end && !err; f++) {
		size_t n = 0;
		if (f->what == FIELD_FIELD)
			err = form_view_field(pen, f, group, row, fresh, *out + *count, &n);
		*count += n;
	}
	return err;
}

static enum mc_err form_view_group(struct form_view_pen *pen, const struct field *group, const struct field *end,
				   struct view_form_section *out)
{
	struct ctx *ctx = pen->ctx;
	int64_t said = strtoll(form_get(pen->values, arena_print(ctx->mem, "%s.rows", group->name)), NULL, 10);
	int rows = form_rows(pen->values, group->name);
	rows = rows < group->min ? group->min : rows;
	rows = said > rows ? (int)said : rows;
	rows = rows > group->max ? group->max : rows;
	out->group = group->name;
	out->add = rows < group->max ? group->add[ctx->lang] : "";
	out->add_id = form_view_id(ctx->mem, arena_print(ctx->mem, "%s.%d.%s", group->name, rows + 1, group[1].name));
	out->rows = arena_take(ctx->mem, (size_t)(rows + 1) * sizeof *out->rows);
	enum mc_err err = MC_OK;
	for (int row = 1; row <= rows && !err; row++) {
		struct view_form_row *r = &out->rows[out->rows_count++];
		*r = (struct view_form_row){ .number = row, .label = group->label[ctx->lang], .group = group->name,
			.remove = rows > group->min };
		err = form_view_list(pen, group + 1, end, group->name, row, &r->fields, &r->fields_count);
	}
	return err;
}

/* "Defendant 2: " before a reason about a row, when there may be several. */
static const char *form_view_row(struct ctx *ctx, enum act act, const char *path)
{
	struct form_sent_name name;
	size_t count;
	const struct field *f = field_form(act, &count);
	if (!form_sent_name(ctx->mem, act, path, &name) || !name.row)
		return "";
	for (size_t i = 0; i < count; i++)
		if (f[i].what == FIELD_GROUP && !strcmp(f[i].name, name.group))
			return arena_print(ctx->mem, ctx->lang == LANG_ZH ? "%s %d：" : "%s %d: ", f[i].label[ctx->lang], name.row);
	return "";
}

static void form_view_errors(struct form_view_pen *pen, struct view_form *out)
{
	size_t room = 0;
	for (const struct why *why = pen->ctx->why; why; why = why->next)
		room++;
	out->errors = arena_take(pen->ctx->mem, (room + 1) * sizeof *out->errors);
	for (const struct why *why = pen->ctx->why; why; why = why->next) {
		const char *path = why->field ? form_view_where(pen->ctx, pen->act, why->field) : "";
		out->errors[out->errors_count++] = (struct view_form_error){
			.href = *path ? arena_print(pen->ctx->mem, "#%s", form_view_id(pen->ctx->mem, path)) : "#main",
			.text = arena_print(pen->ctx->mem, "%s%s", form_view_row(pen->ctx, pen->act, path),
					    form_view_say(pen->ctx, why)),
			.law = why->law ? why->law : "",
		};
	}
}

enum mc_err form_view_fill(struct ctx *ctx, const struct ask *ask, const struct docket *docket, enum act act,
			   int section, const struct form *values, struct view_form *out)
{
	size_t count;
	const struct field *f = field_form(act, &count), *end = f + count;
	struct form_view_pen pen = { ctx, docket, act, values, false };
	struct view_form_section *now = NULL;
	struct why *why = ctx->why;
	int here = 0;
	enum mc_err err = MC_OK;
	*out = (struct view_form){ .csrf = ask->csrf, .once = once_key(ctx->mem),
		.sections = arena_take(ctx->mem, (count + 1) * sizeof *out->sections) };
	form_view_errors(&pen, out);
	for (const struct field *at = f; at < end && !err; at++) {
		bool head = at->what == FIELD_SECTION;
		here += head;
		if ((section && here != section) || (at->what != FIELD_FIELD && at->what != FIELD_GROUP && !head))
			continue;
		/* A section holds its fields and then one group: what comes after a group begins another. */
		if (!now || head || now->group)
			now = &out->sections[out->sections_count++];
		if (head) {
			now->title = at->label[ctx->lang];
			now->help = at->help[ctx->lang];
			continue;
		}
		const struct field *stop = at + 1;
		while (stop < end && (at->what == FIELD_GROUP ? stop->what != FIELD_GROUP_END
				      : stop->what == FIELD_FIELD || stop->what == FIELD_OPTION))
			stop++;
		err = at->what == FIELD_GROUP ? form_view_group(&pen, at, stop, now)
		      : form_view_list(&pen, at, stop, "", 0, &now->fields, &now->fields_count);
		at = at->what == FIELD_GROUP ? stop : stop - 1;
	}
	out->files = pen.files;
	if (!err)
		ctx->why = why;
	return err;
}

enum mc_err form_view_preset(struct ctx *ctx, const struct docket *docket, enum act act, struct form **out)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	bool inside = false;
	*out = form_begin(ctx->mem);
	for (size_t i = 0; i < count; i++) {
		inside = f[i].what == FIELD_GROUP || (inside && f[i].what != FIELD_GROUP_END);
		if (!inside && f[i].what == FIELD_FIELD && f[i].preset)
			form_set(*out, f[i].name, f[i].preset);
	}
	enum mc_err err = act_special(act)->preset ? act_special(act)->preset(ctx, docket, *out) : MC_OK;
	/* Whoever agreed in another paper has not yet agreed in this one. */
	form_set(*out, "eservice", "");
	form_set(*out, "truth", "");
	return err;
}

bool form_view_rows(struct form *values, enum act act, const char *do_what)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	bool add = !strncmp(do_what, "add.", 4), drop = !strncmp(do_what, "remove.", 7);
	const char *group = add ? do_what + 4 : drop ? do_what + 7 : "";
	for (size_t i = 0; i < count; i++) {
		size_t n = f[i].what == FIELD_GROUP ? strlen(f[i].name) : 0;
		if (!n || strncmp(group, f[i].name, n) || (add ? group[n] != '\0' : group[n] != '.'))
			continue;
		int rows = form_rows(values, f[i].name);
		rows = rows < f[i].min ? f[i].min : rows;
		if (add)
			form_set(values, arena_print(values->mem, "%s.rows", f[i].name), arena_print(values->mem, "%d", rows + 1));
		else
			form_remove_row(values, f[i].name, (int)strtol(group + n + 1, NULL, 10));
		return true;
	}
	return false;
}

const char *form_view_value(struct ctx *ctx, const struct docket *docket, enum act act, const struct field *field,
			    const char *value)
{
	struct court court;
	struct form_view_pen pen = { ctx, docket, act, NULL, false };
	struct view_form_field picked = { .value = value };
	if (field->kind == FIELD_COURT && *value && !form_sent_court(ctx, value, &court))
		return court_name(&court, ctx->lang);
	if ((field->kind != FIELD_PICK && field->kind != FIELD_TICKS) || form_view_choices(&pen, field, &picked))
		return field_say(ctx, act, field, value);
	struct text out = text_begin(ctx->mem);
	for (size_t i = 0; i < picked.options_count; i++)
		if (picked.options[i].chosen) {
			text_add(&out, out.size ? (ctx->lang == LANG_ZH ? "、" : ", ") : "");
			text_add(&out, picked.options[i].label);
		}
	return text_end(&out);
}
