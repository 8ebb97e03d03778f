#include "openapi_form.h"
#include "../base/lang.h"

#include <stdio.h>
#include <string.h>

json_t *openapi_form_words(const char *zh, const char *en)
{
	return json_sprintf("%s · %s", zh, en);
}

json_t *openapi_form_both(const char *key)
{
	return openapi_form_words(lang_say(LANG_ZH, key), lang_say(LANG_EN, key));
}

/* What a value of this kind looks like; what base/ and law/ make of it stands there. */
static const struct { const char *format, *pattern; } openapi_form_kinds[] = {
	[FIELD_MONEY] = { NULL, "^[0-9０-９][0-9０-９,，]*([.．][0-9０-９]{1,2})?$" },
	[FIELD_DAY] = { "date", NULL },
	[FIELD_MOMENT] = { NULL, "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}((\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}))?)?$" },
	[FIELD_PHONE] = { NULL, "^(\\+[1-9][0-9]{6,14}|1[3-9][0-9]{9})$" },
	[FIELD_FILE] = { NULL, "^[0-9a-f]{64} [0-9]+ [^ ]+ .+$" },      /* the last kind: every kind has its place */
};

static json_t *openapi_form_choices(const struct field *field)
{
	json_t *list = json_array();
	for (const struct field *o = field + 1; o->what == FIELD_OPTION; o++)
		json_array_append_new(list, json_string(o->name));
	return list;
}

/* "answer: 答辩 · Answer; ...": what each choice means. */
static json_t *openapi_form_say(const struct field *field)
{
	json_t *words = openapi_form_words(field->label[LANG_ZH], field->label[LANG_EN]);
	if (field->help[LANG_EN] && *field->help[LANG_EN]) {
		json_t *more = json_sprintf("%s\n\n%s\n\n%s", json_string_value(words), field->help[LANG_ZH], field->help[LANG_EN]);
		json_decref(words);
		words = more;
	}
	if (field->kind != FIELD_CHOICE)
		return words;
	for (const struct field *o = field + 1; o->what == FIELD_OPTION; o++) {
		json_t *more = json_sprintf("%s\n- %s: %s · %s", json_string_value(words), o->name, o->label[LANG_ZH], o->label[LANG_EN]);
		json_decref(words);
		words = more;
	}
	return words;
}

static void openapi_form_text(json_t *schema, const struct field *field)
{
	const char *format = openapi_form_kinds[field->kind].format, *pattern = openapi_form_kinds[field->kind].pattern;
	if (format)
		json_object_set_new(schema, "format", json_string(format));
	if (pattern)
		json_object_set_new(schema, "pattern", json_string(pattern));
	if (field->need || field->min)
		json_object_set_new(schema, "minLength", json_integer(field->min ? field->min : 1));
	json_object_set_new(schema, "maxLength", json_integer(field_most(field)));
}

/* A value as JSON has it: numbers may be numbers, ticks true, several ticks a list. */
static json_t *openapi_form_value(const struct field *field)
{
	json_t *schema = json_object();
	switch (field->kind) {
	case FIELD_TICK:
		json_object_set_new(schema, "enum", field->need ? json_pack("[b, s]", 1, "yes") : json_pack("[b, b, s]", 1, 0, "yes"));
		break;
	case FIELD_TICKS:
		json_object_set_new(schema, "type", json_pack("[s, s]", "array", "string"));
		json_object_set_new(schema, "items", json_pack("{s:s}", "type", "string"));
		break;
	case FIELD_CHOICE:
		json_object_set_new(schema, "type", json_string("string"));
		json_object_set_new(schema, "enum", openapi_form_choices(field));
		break;
	case FIELD_MONEY:
	case FIELD_PICK:
		json_object_set_new(schema, "type", json_pack("[s, s]", "string", "number"));
		openapi_form_text(schema, field);
		break;
	default:
		json_object_set_new(schema, "type", json_string("string"));
		openapi_form_text(schema, field);
	}
	json_object_set_new(schema, "description", openapi_form_say(field));
	if (field->preset)
		json_object_set_new(schema, "examples", json_pack("[s]", field->preset));
	return schema;
}

/* "capacity=agent": then this field must be there too; "stance!=admit" the other way about. */
static json_t *openapi_form_when(const struct field *field)
{
	const char *mark = strchr(field->when, '=');
	bool not = mark[-1] == '!';
	json_t *is = json_pack("{s:{s%:{s:s}}, s:[s%]}", "properties", field->when, (size_t)(mark - field->when) - not,
		"const", mark + 1, "required", field->when, (size_t)(mark - field->when) - not);
	return json_pack("{s:o, s:{s:[s]}}", "if", not ? json_pack("{s:o}", "not", is) : is, "then", "required", field->name);
}

/* The rows up to the end of the group or form as one object; *at stops there. */
static json_t *openapi_form_object(const struct field *field, size_t count, size_t *at)
{
	json_t *schema = json_pack("{s:s, s:{}}", "type", "object", "properties");
	json_t *properties = json_object_get(schema, "properties"), *required = json_array(), *when = json_array();
	for (; *at < count && field[*at].what != FIELD_GROUP_END; ++*at) {
		const struct field *f = &field[*at];
		if (f->what == FIELD_GROUP) {
			++*at;
			json_object_set_new(properties, f->name, json_pack("{s:s, s:i, s:i, s:o, s:o}", "type", "array", "minItems", f->min,
				"maxItems", f->max, "description", openapi_form_words(f->label[LANG_ZH], f->label[LANG_EN]),
				"items", openapi_form_object(field, count, at)));
			if (f->min)
				json_array_append_new(required, json_string(f->name));
		} else if (f->what == FIELD_FIELD) {
			json_object_set_new(properties, f->name, openapi_form_value(f));
			if (f->need && f->when)
				json_array_append_new(when, openapi_form_when(f));
			else if (f->need)
				json_array_append_new(required, json_string(f->name));
		}
	}
	if (json_array_size(required))
		json_object_set(schema, "required", required);
	if (json_array_size(when))
		json_object_set(schema, "allOf", when);
	json_decref(required);
	json_decref(when);
	return schema;
}

json_t *openapi_form_nested(const struct field *field, size_t count)
{
	size_t at = 0;
	return openapi_form_object(field, count, &at);
}

static json_t *openapi_form_plain(const struct field *field)
{
	json_t *schema = json_pack("{s:s, s:o}", "type", "string", "description", openapi_form_say(field));
	if (field->kind == FIELD_FILE)
		json_object_set_new(schema, "contentMediaType", json_string("application/octet-stream"));
	if (field->kind == FIELD_CHOICE) {
		json_t *list = openapi_form_choices(field);
		json_array_append_new(list, json_string(""));
		json_object_set_new(schema, "enum", list);
	}
	return schema;
}

json_t *openapi_form_flat(const struct field *field, size_t count)
{
	json_t *schema = json_pack("{s:s, s:{s:{s:s}, s:{s:s}}, s:{}}", "type", "object", "properties",
		"csrf", "type", "string", "do", "type", "string", "patternProperties");
	json_t *properties = json_object_get(schema, "properties"), *rows = json_object_get(schema, "patternProperties");
	const char *group = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct field *f = &field[i];
		if (f->what == FIELD_GROUP)
			group = f->name;
		else if (f->what == FIELD_GROUP_END)
			group = NULL;
		char name[100];
		snprintf(name, sizeof name, f->kind == FIELD_TICKS ? "^%s%s%s(\\.is\\..+)?$" : "^%s%s%s$", group ? group : "",
			 group ? "\\.[1-9][0-9]{0,3}\\." : "", f->name ? f->name : "");
		if (f->what == FIELD_FIELD && (group || f->kind == FIELD_TICKS))
			json_object_set_new(rows, name, openapi_form_plain(f));
		else if (f->what == FIELD_FIELD)
			json_object_set_new(properties, f->name, openapi_form_plain(f));
	}
	if (!json_object_size(rows))
		json_object_del(schema, "patternProperties");
	return schema;
}

json_t *openapi_form_asked(const struct field *field)
{
	return json_pack("{s:s, s:i}", "type", "string", "maxLength", field_most(field));
}
