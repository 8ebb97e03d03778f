/* page_act: the page on which an act is done: what it is, until when, what follows from
 * it, and its form. Every act of the table has such a page, drawn from the table. */
#ifndef MC_PAGE_ACT_H
#define MC_PAGE_ACT_H
#include "page.h"
#include "../court/act.h"

/* "/cases/132/01j.../act/object-jurisdiction" */
const char *page_act_path(struct arena *mem, const char *court, const char *docket, enum act act);

/* Performs the act and forgets its draft, both or neither. Opens a transaction. */
enum mc_err page_act_perform(struct ctx *ctx, const struct act_ask *ask, struct act_done *done);

/* 201 with what was done, for programs. */
enum mc_err page_act_done(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *where, const struct act_done *done);

/* A draft was saved: {"saved":"10:32"} for a page that saves as one types, else 303 to where. */
enum mc_err page_act_saved(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *where);

#endif
