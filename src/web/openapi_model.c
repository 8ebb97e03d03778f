#include "openapi_model.h"
#include "openapi_form.h"
#include "problem.h"
#include "view.h"
#include "../base/embed.h"
#include "../base/lang.h"

#include <stdio.h>
#include <string.h>

extern const struct embed problem_embed[];

/* Each view's schema stands for itself; here all share one shelf of records. */
static void openapi_model_move_refs(json_t *value)
{
	const char *key;
	json_t *member;
	size_t i;
	json_array_foreach(value, i, member)
		openapi_model_move_refs(member);
	json_object_foreach(value, key, member) {
		const char *to = !strcmp(key, "$ref") ? json_string_value(member) : NULL;
		char moved[100];
		if (to && !strncmp(to, "#/$defs/", 8)) {
			snprintf(moved, sizeof moved, "#/components/schemas/%s", to + 8);
			json_string_set(member, moved);
		}
		openapi_model_move_refs(member);
	}
}

void openapi_model_shelf(json_t *schemas)
{
	for (const struct view *const *view = view_all; *view; view++) {
		json_t *model = json_loads((*view)->schema, JSON_REJECT_DUPLICATES, NULL), *records, *record;
		const char *name;
		openapi_model_move_refs(model);
		records = json_object_get(model, "$defs");
		json_object_foreach(records, name, record)
			json_object_set(schemas, name, record);
		json_object_del(model, "$defs");
		json_object_del(model, "$schema");
		json_object_set_new(schemas, (*view)->name, model);
	}
}

void openapi_model_problems(json_t *schemas)
{
	json_t *types = json_array(), *table = json_object();
	const char *at = (const char *)problem_embed[0].bytes;
	for (size_t n; *at; at += n + (at[n] == '\n')) {
		char key[100];
		n = strcspn(at, "\n");
		snprintf(key, sizeof key, "%.*s", (int)n, at);
		if (!strcmp(lang_say(LANG_ZH, key), key))
			continue;
		json_array_append_new(types, json_sprintf("/problems/%s", key));
		json_object_set_new(table, key, openapi_form_both(key));
	}
	for (enum mc_err err = MC_OK + 1; err < MC_ERR_COUNT; err++) {
		json_array_append_new(types, json_sprintf("/problems/%s", problem_title(err)));
		json_object_set_new(table, problem_title(err), openapi_form_both(problem_title(err)));
	}
	json_t *type = json_object_get(json_object_get(json_object_get(schemas, "problem"), "properties"), "type");
	json_object_set_new(type, "enum", types);
	json_object_set_new(type, "x-problems", table);
}
