#include "directory.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/cursor.h"
#include "../store/db.h"

#include <assert.h>

enum mc_err directory_add(struct ctx *ctx, const char *person, const char *home, const char *docket)
{
	assert(*person && *home && *docket);
	return db_do(ctx,
		"insert into directory (court, person, docket, home, since) values ($1, $2, $3, $4, $5)"
		" on conflict (court, person, docket) do nothing",
		"tttti", COURT_NATION, person, docket, home, ctx->now);
}

enum mc_err directory_drop(struct ctx *ctx, const char *person, const char *docket)
{
	return db_do(ctx, "delete from directory where court = $1 and person = $2 and docket = $3", "ttt",
		     COURT_NATION, person, docket);
}

enum mc_err directory_list(struct ctx *ctx, const char *person, const struct cursor *from, int64_t limit,
			   struct directory_row **out, size_t *count)
{
	assert(limit >= 1 && limit <= 201);
	/* Ids are made of ASCII letters and digits; "~" comes after all of them. */
	struct row *r = from->back
		? db_ask(ctx, "select home, docket, since from directory where court = $1 and person = $2 and docket > $3"
			      " order by docket limit $4", "ttti", COURT_NATION, person, from->id, limit)
		: db_ask(ctx, "select home, docket, since from directory where court = $1 and person = $2 and docket < $3"
			      " order by docket desc limit $4", "ttti", COURT_NATION, person, *from->id ? from->id : "~", limit);
	*out = arena_take(ctx->mem, (size_t)limit * sizeof **out);
	*count = 0;
	while (*count < (size_t)limit && db_next(r))
		(*out)[(*count)++] = (struct directory_row){ db_text(r, 0), db_text(r, 1), db_int(r, 2) };
	return db_broken(r) ? MC_STORE : MC_OK;
}
