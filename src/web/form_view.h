/* form_view: the form of an act as a page draws it, made from the rows of field.tbl, the
 * values so far, what the case offers to choose from, and what was wrong with the last
 * try. One place, so that every form of the court asks, helps and complains alike. */
#ifndef MC_FORM_VIEW_H
#define MC_FORM_VIEW_H
#include "page.h"
#include "view.h"
#include "../court/act.h"

/* The values that a form opens with: presets of the rows and of the act, never a consent or a
 * signature. */
enum mc_err form_view_preset(struct ctx *ctx, const struct docket *docket, enum act act, struct form **out);

/* Draws the form, or one section of it (from 1; 0 all), in ctx->lang. Repeated groups show the rows
 * that have values, at least as many as must be, or as many as the value "GROUP.rows" says.
 * Reasons in ctx->why stand at their fields and in the list above the form. action, buttons and
 * caution are left to the page. */
enum mc_err form_view_fill(struct ctx *ctx, const struct ask *ask, const struct docket *docket, enum act act,
			   int section, const struct form *values, struct view_form *out);

/* A reason in words. */
const char *form_view_say(struct ctx *ctx, const struct why *why);

/* The id of a field in the page: "claims.2.amount" is "f-claims-2-amount". */
const char *form_view_id(struct arena *mem, const char *path);

/* "add.GROUP" and "remove.GROUP.N" done to the values; false if do_what is neither. */
bool form_view_rows(struct form *values, enum act act, const char *do_what);

/* A size as a person reads it: "312 KB", "4.2 MB". */
const char *form_view_size(struct arena *mem, int64_t bytes);

/* A clean or unclean value as a person reads it; also names of courts and of what the case offers. */
const char *form_view_value(struct ctx *ctx, const struct docket *docket, enum act act, const struct field *field,
			    const char *value);

#endif
