#include "form.h"
#include "arena.h"
#include "text.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORM_VALUES 4000        /* of one form */
#define FORM_DEPTH 8            /* of nested objects */
#define FORM_ROW_DIGITS 4

struct form *form_begin(struct arena *mem)
{
	struct form *form = arena_take(mem, sizeof *form);
	form->mem = mem;
	return form;
}

static struct form_pair *form_find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (!strcmp(form->pair[i].name, name))
			return &form->pair[i];
	return NULL;
}

const char *form_get(const struct form *form, const char *name)
{
	const struct form_pair *pair = form_find(form, name);
	return pair ? pair->value : "";
}

static void form_append(struct form *form, const char *name, const char *value)
{
	if (form->count == form->room) {
		size_t room = form->room ? form->room * 2 : 16;
		form->pair = arena_more(form->mem, form->pair, form->room * sizeof *form->pair,
					room * sizeof *form->pair);
		form->room = room;
	}
	form->pair[form->count++] = (struct form_pair){ name, value };
}

void form_set(struct form *form, const char *name, const char *value)
{
	struct form_pair *pair = form_find(form, name);
	if (pair && *value) {
		pair->value = arena_copy(form->mem, value);
	} else if (pair) {
		size_t after = (size_t)(form->pair + form->count - (pair + 1));
		memmove(pair, pair + 1, after * sizeof *pair);
		form->count--;
	} else if (*value) {
		form_append(form, arena_copy(form->mem, name), arena_copy(form->mem, value));
	}
}

/* The row of a name like "claims.2.amount" (and *rest "amount"), or 0 if the name
 * is not of this group. Row numbers have no leading zero. */
static int form_row_of(const char *name, const char *group, const char **rest)
{
	size_t n = strlen(group);
	if (strncmp(name, group, n) || name[n] != '.')
		return 0;
	const char *at = name + n + 1;
	size_t digits = strspn(at, "0123456789");
	if (!digits || digits > FORM_ROW_DIGITS || *at == '0' || at[digits] != '.')
		return 0;
	int row = 0;
	for (size_t i = 0; i < digits; i++)
		row = row * 10 + (at[i] - '0');
	*rest = at + digits + 1;
	return row;
}

int form_rows(const struct form *form, const char *group)
{
	int most = 0;
	const char *rest;
	for (size_t i = 0; i < form->count; i++) {
		int row = form_row_of(form->pair[i].name, group, &rest);
		if (row > most)
			most = row;
	}
	return most;
}

static const char *form_name(struct arena *mem, const char *group, int row, const char *name)
{
	return arena_print(mem, "%s.%d.%s", group, row, name);
}

const char *form_at(const struct form *form, const char *group, int row, const char *name)
{
	const char *rest;
	for (size_t i = 0; i < form->count; i++)
		if (form_row_of(form->pair[i].name, group, &rest) == row && row && !strcmp(rest, name))
			return form->pair[i].value;
	return "";
}

void form_set_at(struct form *form, const char *group, int row, const char *name, const char *value)
{
	form_set(form, form_name(form->mem, group, row, name), value);
}

void form_remove_row(struct form *form, const char *group, int row)
{
	size_t kept = 0;
	if (row < 1)
		return;
	for (size_t i = 0; i < form->count; i++) {
		struct form_pair pair = form->pair[i];
		const char *rest;
		int at = form_row_of(pair.name, group, &rest);
		if (at == row)
			continue;
		if (at > row)
			pair.name = form_name(form->mem, group, at - 1, rest);
		form->pair[kept++] = pair;
	}
	form->count = kept;
}

static int form_order(const void *a, const void *b)
{
	return strcmp(((const struct form_pair *)a)->name, ((const struct form_pair *)b)->name);
}

static struct form_pair *form_sorted(const struct form *form)
{
	struct form_pair *pair = arena_take(form->mem, (form->count + 1) * sizeof *pair);
	if (form->count) {
		memcpy(pair, form->pair, form->count * sizeof *pair);
		qsort(pair, form->count, sizeof *pair, form_order);
	}
	return pair;
}

const char *form_json(const struct form *form)
{
	const struct form_pair *pair = form_sorted(form);
	struct text out = text_begin(form->mem);
	text_add_n(&out, "{", 1);
	for (size_t i = 0; i < form->count; i++) {
		if (i)
			text_add_n(&out, ",", 1);
		text_json(&out, pair[i].name);
		text_add_n(&out, ":", 1);
		text_json(&out, pair[i].value);
	}
	text_add_n(&out, "}", 1);
	return text_end(&out);
}

/* Every value reads back as the same number (RFC 8785 asks for the shortest). */
static const char *form_real(struct arena *mem, double value)
{
	const char *text = "";
	for (int digits = 15; digits <= 17; digits++) {
		text = arena_print(mem, "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	return text;
}

static enum mc_err form_take(struct ctx *ctx, struct form *form, const char *name,
			     const json_t *value, int depth);

static enum mc_err form_take_members(struct ctx *ctx, struct form *form, const char *name,
				     const json_t *value, int depth)
{
	enum mc_err err = MC_OK;
	const char *dot = *name ? "." : "";
	if (depth > FORM_DEPTH)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.too_deep", .field = name });
	if (json_is_array(value)) {
		for (size_t i = 0; !err && i < json_array_size(value); i++)
			err = form_take(ctx, form, arena_print(ctx->mem, "%s%s%zu", name, dot, i + 1),
					json_array_get(value, i), depth);
		return err;
	}
	/* jansson's iterator wants a json_t that it may write, and does not write it. */
	json_t *object = (json_t *)(uintptr_t)value;
	for (void *at = json_object_iter(object); !err && at; at = json_object_iter_next(object, at)) {
		const char *key = json_object_iter_key(at);
		if (!*key)
			err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.no_name", .field = name });
		else
			err = form_take(ctx, form, arena_print(ctx->mem, "%s%s%s", name, dot, key),
					json_object_iter_value(at), depth);
	}
	return err;
}

static enum mc_err form_take(struct ctx *ctx, struct form *form, const char *name,
			     const json_t *value, int depth)
{
	const char *text = "";
	switch (json_typeof(value)) {
	case JSON_OBJECT:
	case JSON_ARRAY: return form_take_members(ctx, form, name, value, depth + 1);
	case JSON_STRING: text = arena_copy(ctx->mem, json_string_value(value)); break;
	case JSON_INTEGER:
		text = arena_print(ctx->mem, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		break;
	case JSON_REAL: text = form_real(ctx->mem, json_real_value(value)); break;
	case JSON_TRUE: text = "true"; break;
	case JSON_FALSE: text = "false"; break;
	case JSON_NULL:
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.null", .field = name });
	}
	if (form->count == FORM_VALUES)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.too_many", .field = name });
	form_append(form, name, text);
	return MC_OK;
}

/* {"a.1":"x","a":["y"]} names one value twice without repeating a key. */
static enum mc_err form_no_twice(struct ctx *ctx, const struct form *form)
{
	const struct form_pair *pair = form_sorted(form);
	for (size_t i = 1; i < form->count; i++)
		if (!strcmp(pair[i - 1].name, pair[i].name))
			return ctx_fail(ctx, MC_INVALID,
					(struct why){ .key = "form.twice", .field = pair[i].name });
	return MC_OK;
}

static void form_let_go(void *json) { json_decref(json); }

enum mc_err form_read(struct ctx *ctx, const char *json, size_t size, struct form **out)
{
	json_error_t fault;
	json_t *root = json_loadb(json, size, JSON_REJECT_DUPLICATES, &fault);
	if (!root)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.no_json", .arg = {
			arena_print(ctx->mem, "%d", fault.line), arena_print(ctx->mem, "%d", fault.column),
			arena_copy(ctx->mem, fault.text) } });
	arena_closer(ctx->mem, form_let_go, root);      /* jansson's own memory */
	if (!json_is_object(root))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.no_object" });
	struct form *form = form_begin(ctx->mem);
	enum mc_err err = form_take_members(ctx, form, "", root, 0);
	if (!err)
		err = form_no_twice(ctx, form);
	if (err)
		return err;
	size_t kept = 0;        /* an empty value is an absent one, as in form_set() */
	for (size_t i = 0; i < form->count; i++)
		if (*form->pair[i].value)
			form->pair[kept++] = form->pair[i];
	form->count = kept;
	*out = form;
	return MC_OK;
}
