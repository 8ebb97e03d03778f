#include "claim.h"
#include "../base/arena.h"
#include "../store/db.h"

enum { CLAIM_MOST = 60 }; /* a form has room for thirty */

enum mc_err claim_list(struct ctx *ctx, const struct docket *d, struct claim **out, size_t *count)
{
	*out = arena_take(ctx->mem, CLAIM_MOST * sizeof **out);
	*count = 0;
	struct row *r = db_ask(
		ctx,
		"select number, words, amount from claim where court = $1 and docket = $2 order by number",
		"tt", d->court, d->id);
	while (*count < CLAIM_MOST && db_next(r))
		(*out)[(*count)++] = (struct claim){ (int)db_int(r, 0), db_text(r, 1), db_int(r, 2) };
	return db_broken(r) ? MC_STORE : MC_OK;
}
