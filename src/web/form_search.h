/* form_search: the question for a court or a cause of action. One types a name, a part of
 * it or everyday words; what is found is offered to choose from. It works without script
 * and stays quick with every court of the country. */
#ifndef MC_FORM_SEARCH_H
#define MC_FORM_SEARCH_H
#include "view.h"
#include "../base/ctx.h"
#include "../law/field.h"

/* Makes of a field, with its names, words and value set, a box to search in; and before it the
 * list of what was found, if the value is not yet a court or a cause. Takes one or two places
 * of out; *count, which is 1, says how many. */
enum mc_err form_search_fill(struct ctx *ctx, enum field_kind kind, struct view_form_field *out, size_t *count);

#endif
