/* openapi_form: a form as JSON Schema 2020-12, from its rows (law/field.h). A program that
 * sends JSON gets the whole rule: what must be there, under which condition, how long, which
 * choices. For a form as browsers send it (groups as "claims.1.amount") it says the names. */
#ifndef MC_OPENAPI_FORM_H
#define MC_OPENAPI_FORM_H
#include "../law/field.h"

#include <jansson.h>

/* Of count rows, FORM and SECTION rows passed over; a new reference. No rows: an empty object. */
json_t *openapi_form_nested(const struct field *field, size_t count);
json_t *openapi_form_flat(const struct field *field, size_t count);

/* The schema of one value of a query. */
json_t *openapi_form_asked(const struct field *field);

/* "中文 · English", a new reference. */
json_t *openapi_form_words(const char *zh, const char *en);

/* The same of the words under a key. */
json_t *openapi_form_both(const char *key);

#endif
