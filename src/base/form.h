/* form: the named values of one submitted form, in the order they came, and the
 * canonical bytes of them that a docket entry digests. Rows of a group carry
 * their number in the name: "claims.1.amount", "claims.2.amount". */
#ifndef MC_FORM_H
#define MC_FORM_H
#include "ctx.h"

#include <stddef.h>

struct form_pair { const char *name, *value; };

struct form {
	struct arena *mem;
	struct form_pair *pair;
	size_t count, room;
};

struct form *form_begin(struct arena *mem);
const char *form_get(const struct form *form, const char *name);        /* "" if absent */
void form_set(struct form *form, const char *name, const char *value);  /* replaces; "" removes */
int form_rows(const struct form *form, const char *group);              /* highest row number, 0 if none */
const char *form_at(const struct form *form, const char *group, int row, const char *name);
void form_set_at(struct form *form, const char *group, int row, const char *name, const char *value);
void form_remove_row(struct form *form, const char *group, int row);    /* later rows move up */

/* Canonical: one flat JSON object, names sorted bytewise, all values strings,
 * no space (the string rules of RFC 8785). Equal forms give equal bytes. */
const char *form_json(const struct form *form);

/* Reads a JSON object; nested objects and arrays become dotted names, numbers
 * and booleans their text. MC_INVALID on anything else, duplicate names, or
 * more than 4,000 values. */
enum mc_err form_read(struct ctx *ctx, const char *json, size_t size, struct form **out);

#endif
