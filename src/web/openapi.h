/* openapi: the description of the whole interface for machines, an OpenAPI 3.1.0 document
 * (spec.openapis.org/oas/v3.1.0). Nothing in it is written by hand that a table can tell:
 * routes and their flags (pages), what they mean (api.tbl), models (views/), acts with their
 * articles and forms (src/law), the kinds of failure (problem, and the keys that the source
 * names). tests/page/contract.mjs holds every answer of the program against it. */
#ifndef MC_OPENAPI_H
#define MC_OPENAPI_H
#include <stddef.h>

/* The document and its SHA-256: the same for everybody, written once, kept while the program runs. */
struct openapi { const char *bytes, *digest; size_t size; };
const struct openapi *openapi_document(void);

#endif
