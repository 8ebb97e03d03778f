#include "field.h"
#include "cause.h"
#include "identity.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/money.h"
#include "../base/text.h"

#include <assert.h>
#include <string.h>

#define LABEL(zh, en) .label = { zh, en }
#define HELP(zh, en) .help = { zh, en }
#define FORM(code) { .what = FIELD_FORM, .act = ACT_##code },
#define SECTION(zh, en, help_zh, help_en) { .what = FIELD_SECTION, .label = { zh, en }, .help = { help_zh, help_en } },
#define GROUP(id, least, most, zh, en, add_zh, add_en) \
	{ .what = FIELD_GROUP, .name = id, .min = least, .max = most, .label = { zh, en }, .add = { add_zh, add_en } },
#define END { .what = FIELD_GROUP_END },
#define FIELD(id, sort, ...) { .what = FIELD_FIELD, .name = #id, .kind = FIELD_##sort, __VA_ARGS__ },
#define OPTION(value, zh, en) { .what = FIELD_OPTION, .name = value, .label = { zh, en } },
static const struct field field_table[] = {
#include "field.tbl"
	{ .what = FIELD_FORM },         /* where the last form ends */
};
#define FIELD_ROWS (sizeof field_table / sizeof *field_table)

const struct field *field_form(enum act act, size_t *count)
{
	if (rule_of(act)->form)
		act = rule_of(act)->form;
	for (size_t i = 0; i < FIELD_ROWS; i++) {
		if (field_table[i].what != FIELD_FORM || field_table[i].act != act)
			continue;
		size_t n = 1;
		while (i + n < FIELD_ROWS && field_table[i + n].what != FIELD_FORM)
			n++;
		*count = n;
		return &field_table[i];
	}
	*count = 0;
	return NULL;
}

int field_sections(enum act act)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	int n = 0;
	for (size_t i = 0; i < count; i++)
		n += f[i].what == FIELD_SECTION;
	return n;
}

const struct field *field_find(enum act act, const char *group, const char *name)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	const char *in = "";
	for (size_t i = 0; i < count; i++) {
		if (f[i].what == FIELD_GROUP)
			in = f[i].name;
		else if (f[i].what == FIELD_GROUP_END)
			in = "";
		else if (f[i].what == FIELD_FIELD && !strcmp(f[i].name, name) && !strcmp(in, group))
			return &f[i];
	}
	return NULL;
}

const struct field *field_at(struct arena *mem, enum act act, const char *path)
{
	const char *dot = strrchr(path, '.');
	char *group = arena_copy(mem, dot ? path : "");
	group[strcspn(group, ".")] = '\0';
	return field_find(act, group, dot ? dot + 1 : path);
}

static const char *field_path(struct arena *mem, const char *group, int row, const char *name)
{
	return *group ? arena_print(mem, "%s.%d.%s", group, row, name) : name;
}

static const char *field_value(const struct form *form, const char *group, int row, const char *name)
{
	return *group ? form_at(form, group, row, name) : form_get(form, name);
}

bool field_asked(const struct field *field, const struct form *form, const char *group, int row)
{
	if (!field->when)
		return true;
	const char *mark = strchr(field->when, '=');
	assert(mark && mark > field->when);
	bool not = mark[-1] == '!';
	char name[32];
	size_t n = (size_t)(mark - field->when) - not;
	assert(n < sizeof name);
	memcpy(name, field->when, n);
	name[n] = '\0';
	return !strcmp(field_value(form, group, row, name), mark + 1) != not;
}

static enum mc_err field_fault(struct ctx *ctx, const char *key, const struct field *field,
			       const char *path, const char *bound)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key, .field = path,
		.arg = { field->label[ctx->lang], bound } });
}

static bool field_has_option(const struct field *field, const char *value)
{
	const struct field *end = field_table + FIELD_ROWS;
	for (const struct field *o = field + 1; o < end && o->what == FIELD_OPTION; o++)
		if (!strcmp(o->name, value))
			return true;
	return false;
}

bool field_file(struct arena *mem, const char *value, struct field_file *out)
{
	char *copy = arena_copy(mem, value);
	char *size = strchr(copy, ' '), *type = size ? strchr(size + 1, ' ') : NULL;
	char *name = type ? strchr(type + 1, ' ') : NULL;
	if (!name || size - copy != 64 || strspn(copy, "0123456789abcdef") != 64 || !name[1])
		return false;
	*size++ = *type++ = *name++ = '\0';
	int64_t bytes = 0;
	for (const char *c = size; *c; c++) {
		if (*c < '0' || *c > '9' || bytes > INT64_MAX / 100)
			return false;
		bytes = bytes * 10 + (*c - '0');
	}
	*out = (struct field_file){ copy, type, name, bytes };
	return true;
}

int field_most(const struct field *field)
{
	return field->max ? field->max : field->kind == FIELD_LONG ? 20000 : field->kind == FIELD_FILE ? 400 : 200;
}

/* No passport is as long as a citizen's number of fifteen or eighteen digits: one of that length with a
 * wrong check character is a slip of the hand and not a passport. */
enum { FIELD_CITIZEN_DIGITS = 15 };

/* A number as it is kept, however it was typed: without blanks and hyphens, in capitals. */
static const char *field_number(struct arena *mem, const char *typed)
{
	char *out = arena_copy(mem, typed), *to = out;
	for (const char *c = typed; *c; c++)
		if (*c != ' ' && *c != '-')
			*to++ = (char)(*c >= 'a' && *c <= 'z' ? *c - ('a' - 'A') : *c);
	*to = '\0';
	return out;
}

/* The clean value of one field, or NULL after reporting what is wrong with it. */
static const char *field_clean(struct ctx *ctx, const struct field *field, const char *path, const char *raw)
{
	const char *value = text_trim(ctx->mem, raw);
	int64_t number;
	struct field_file file;
	size_t chars = text_chars(value);
	if ((int64_t)chars > field_most(field)) {
		field_fault(ctx, "form.too_long", field, path, arena_print(ctx->mem, "%d", field_most(field)));
		return NULL;
	}
	if ((int64_t)chars < field->min) {
		field_fault(ctx, "form.too_short", field, path, arena_print(ctx->mem, "%d", field->min));
		return NULL;
	}
	switch (field->kind) {
	case FIELD_LINE:
		if (strpbrk(value, "\r\n")) {
			field_fault(ctx, "form.one_line", field, path, NULL);
			return NULL;
		}
		return value;
	case FIELD_LONG:
	case FIELD_PICK:
	case FIELD_TICKS:
	case FIELD_COURT:
		return value;
	case FIELD_MONEY:
		if (money_parse(value, &number))
			return money_plain(ctx->mem, number);
		field_fault(ctx, "form.money", field, path, NULL);
		return NULL;
	case FIELD_DAY:
		if (day_parse(value, &number))
			return value;
		field_fault(ctx, "form.day", field, path, NULL);
		return NULL;
	case FIELD_MOMENT:
		if (day_time_parse(value, &number)) {
			const char *iso = day_time_iso(ctx->mem, number);
			char *cut = arena_copy(ctx->mem, iso);
			cut[16] = '\0';
			return cut;
		}
		field_fault(ctx, "form.moment", field, path, NULL);
		return NULL;
	case FIELD_CHOICE:
		if (field_has_option(field, value))
			return value;
		field_fault(ctx, "form.choice", field, path, NULL);
		return NULL;
	case FIELD_TICK:
		if (!strcmp(value, "yes"))
			return value;
		field_fault(ctx, "form.choice", field, path, NULL);
		return NULL;
	case FIELD_CAUSE: {
		const struct cause *found;
		if (cause_find(value))
			return value;
		/* A person without script types the name instead of choosing the code. */
		if (cause_search(value, &found, 1) && (!strcmp(found->name[LANG_ZH], value) || !strcmp(found->name[LANG_EN], value)))
			return found->code;
		field_fault(ctx, "form.cause", field, path, NULL);
		return NULL;
	}
	case FIELD_CITIZEN:
		value = field_number(ctx->mem, value);
		if (identity_citizen(value) || identity_credit_code(value)
		    || (strlen(value) < FIELD_CITIZEN_DIGITS && identity_passport(value)))
			return value;
		field_fault(ctx, "form.identity", field, path, NULL);
		return NULL;
	case FIELD_PHONE:
		if (identity_mobile(value))
			return value;
		field_fault(ctx, "form.phone", field, path, NULL);
		return NULL;
	case FIELD_FILE:
		if (!field_file(ctx->mem, value, &file)) {
			field_fault(ctx, "form.file", field, path, NULL);
			return NULL;
		}
		if (!file.size) {
			field_fault(ctx, "form.file_empty", field, path, NULL);
			return NULL;
		}
		return value;
	}
	assert(!"a kind of field without a check");
	return NULL;
}

static void field_take(struct ctx *ctx, const struct field *field, const char *group, int row,
		       const struct form *in, struct form *out)
{
	if (!field_asked(field, in, group, row))
		return;
	const char *path = field_path(ctx->mem, group, row, field->name);
	const char *raw = form_get(in, path);
	if (!*text_trim(ctx->mem, raw)) {
		if (field->need)
			field_fault(ctx, field->kind == FIELD_CHOICE || field->kind == FIELD_PICK || field->kind == FIELD_TICKS
				    ? "form.choose"
				    : field->kind == FIELD_TICK ? "form.confirm"
				    : field->kind == FIELD_FILE ? "form.file_missing" : "form.required",
				    field, path, NULL);
		return;
	}
	const char *value = field_clean(ctx, field, path, raw);
	if (value)
		form_set(out, path, value);
}

static int field_faults(const struct ctx *ctx)
{
	int n = 0;
	for (const struct why *w = ctx->why; w; w = w->next)
		n++;
	return n;
}

enum mc_err field_check(struct ctx *ctx, enum act act, int section, const struct form *in, struct form **out)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	int before = field_faults(ctx), here = 0;
	*out = form_begin(ctx->mem);
	for (size_t i = 0; i < count; i++) {
		here += f[i].what == FIELD_SECTION;
		if (section && here != section)
			continue;
		if (f[i].what == FIELD_FIELD) {
			field_take(ctx, &f[i], "", 0, in, *out);
		} else if (f[i].what == FIELD_GROUP) {
			int rows = form_rows(in, f[i].name);
			if (rows < f[i].min)
				field_fault(ctx, "form.rows_few", &f[i], arena_print(ctx->mem, "%s.%d", f[i].name, rows + 1), NULL);
			if (rows > f[i].max) {
				field_fault(ctx, "form.rows_many", &f[i], f[i].name, arena_print(ctx->mem, "%d", f[i].max));
				rows = 0;
			}
			size_t end = i + 1;
			while (f[end].what != FIELD_GROUP_END)
				end++;
			for (int row = 1; row <= rows; row++)
				for (size_t k = i + 1; k < end; k++)
					if (f[k].what == FIELD_FIELD)
						field_take(ctx, &f[k], f[i].name, row, in, *out);
			i = end;
		}
	}
	return field_faults(ctx) == before ? MC_OK : MC_INVALID;
}

const char *field_say(struct ctx *ctx, enum act act, const struct field *field, const char *value)
{
	const struct field *end = field_table + FIELD_ROWS;
	int64_t number;
	struct field_file file;
	(void)act;
	if (field->kind == FIELD_CHOICE)
		for (const struct field *o = field + 1; o < end && o->what == FIELD_OPTION; o++)
			if (!strcmp(o->name, value))
				return o->label[ctx->lang];
	if (field->kind == FIELD_MONEY && money_parse(value, &number))
		return money_say(ctx->mem, number);
	if (field->kind == FIELD_DAY && day_parse(value, &number))
		return day_say(ctx->mem, ctx->lang, number);
	if (field->kind == FIELD_MOMENT && day_time_parse(value, &number))
		return day_time_say(ctx->mem, ctx->lang, number);
	if (field->kind == FIELD_CAUSE && cause_find(value))
		return cause_find(value)->name[ctx->lang];
	if (field->kind == FIELD_FILE && field_file(ctx->mem, value, &file))
		return file.name;
	if (field->kind == FIELD_TICK)
		return *value ? (ctx->lang == LANG_ZH ? "是" : "Yes") : "";
	return value;
}
