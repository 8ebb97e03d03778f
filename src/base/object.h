/* object: a JSON object that another service sent (RFC 8259), asked for what one expects in it;
 * whatever else is in it is passed over. (A form that must hold nothing else: form_read().) */
#ifndef MC_OBJECT_H
#define MC_OBJECT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct object;

/* NULL if the bytes are not one JSON object without names that stand twice. */
const struct object *object_read(struct arena *mem, const char *bytes, size_t n);

bool object_has(const struct object *o, const char *name);
const char *object_text(const struct object *o, const char *name);      /* "" if it is no string */
bool object_int(const struct object *o, const char *name, int64_t *out); /* false if it is no whole number */

/* True if the member is this string or an array that holds it; how many an array holds. */
bool object_names(const struct object *o, const char *name, const char *text);
size_t object_count(const struct object *o, const char *name);

/* The object at a place of an array of objects, NULL if there is none. */
const struct object *object_at(struct arena *mem, const struct object *o, const char *name, size_t place);

#endif
