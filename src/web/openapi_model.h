/* openapi_model: what answers look like, on the shelf of schemas: every model of a page, and the
 * reasons for which something can fail. */
#ifndef MC_OPENAPI_MODEL_H
#define MC_OPENAPI_MODEL_H
#include <jansson.h>

void openapi_model_shelf(json_t *schemas);

/* A problem says which of the known reasons it is, and its status. */
void openapi_model_problems(json_t *schemas);

#endif
