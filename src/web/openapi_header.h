/* openapi_header: the headers that a program may send and will be given, from one table. A row
 * says for which routes it holds, so no route names a header itself. */
#ifndef MC_OPENAPI_HEADER_H
#define MC_OPENAPI_HEADER_H
#include "api.h"

#include <jansson.h>

/* What kind of route it is, as the rows ask for it. */
unsigned openapi_header_kind(const struct route *route, const struct api *api);

/* Adds what may be asked with to a list of parameters, by reference. */
void openapi_header_ask(json_t *list, unsigned kind);

/* What an answer of this status carries, by reference; a new reference. kind ~0u: on whatever route. */
json_t *openapi_header_answer(const char *status, unsigned kind);

/* What those refer to. */
void openapi_header_shelves(json_t *parameters, json_t *headers);

#endif
