/* revisit: a page that is asked for again before anything about it has changed is given as it was kept
 * (http/kept). */
#ifndef MC_REVISIT_H
#define MC_REVISIT_H
#include "route.h"
#include "site.h"

/* True if the answer is kept: fills reply, and who asks in ctx and ask. Nothing has been asked of the
 * store; the caller's pace and the read log still have their say. */
bool revisit_find(struct ctx *ctx, struct ask *ask, const struct route *route, const struct site *site, struct reply *reply);

/* Keeps what was drawn, if it may be kept. tide: of the store before it was looked at; until: the session
 * may be believed so long. With kept_drawn_too it is first held against what was kept before. */
void revisit_keep(const struct ctx *ctx, const struct ask *ask, const struct route *route, const struct site *site,
		  const struct reply *reply, uint64_t tide, int64_t until);

#endif
