#include "object.h"
#include "arena.h"

#include <jansson.h>
#include <string.h>

struct object { const json_t *json; };

static void object_let_go(void *json) { json_decref(json); }

const struct object *object_read(struct arena *mem, const char *bytes, size_t n)
{
	json_error_t fault;
	json_t *root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &fault);
	if (!root)
		return NULL;
	arena_closer(mem, object_let_go, root); /* jansson's own memory */
	struct object *o = arena_take(mem, sizeof *o);
	o->json = root;
	return json_is_object(root) ? o : NULL;
}

bool object_has(const struct object *o, const char *name) { return json_object_get(o->json, name) != NULL; }

const char *object_text(const struct object *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o->json, name));
	return text ? text : "";
}

bool object_int(const struct object *o, const char *name, int64_t *out)
{
	const json_t *value = json_object_get(o->json, name);
	*out = json_integer_value(value);
	return json_is_integer(value);
}

bool object_names(const struct object *o, const char *name, const char *text)
{
	const json_t *value = json_object_get(o->json, name);
	if (json_is_string(value))
		return !strcmp(json_string_value(value), text);
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *one = json_string_value(json_array_get(value, i));
		if (one && !strcmp(one, text))
			return true;
	}
	return false;
}

size_t object_count(const struct object *o, const char *name)
{
	return json_array_size(json_object_get(o->json, name));
}

const struct object *object_at(struct arena *mem, const struct object *o, const char *name, size_t place)
{
	const json_t *value = json_array_get(json_object_get(o->json, name), place);
	if (!json_is_object(value))
		return NULL;
	struct object *out = arena_take(mem, sizeof *out);
	out->json = value;
	return out;
}
