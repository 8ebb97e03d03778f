#include "awaiting.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../store/db.h"

#include <string.h>

static const char *awaiting_digest(struct ctx *ctx, enum person_kind kind, const char *number)
{
	const char *whole = arena_print(ctx->mem, "%d %s", (int)kind, person_number(ctx->mem, number));
	return digest_of(ctx->mem, whole, strlen(whole));
}

enum mc_err awaiting_add(struct ctx *ctx, enum person_kind kind, const char *number,
			 const char *home, const char *docket, int party)
{
	return db_do(ctx,
		"insert into awaiting (court, number_digest, docket, party, home, since) values ($1, $2, $3, $4, $5, $6)"
		" on conflict (court, number_digest, docket, party) do nothing",
		"tttiti", COURT_NATION, awaiting_digest(ctx, kind, number), docket, (int64_t)party, home, ctx->now);
}

enum mc_err awaiting_take(struct ctx *ctx, enum person_kind kind, const char *number,
			  struct awaiting_row **out, size_t *count)
{
	const char *digest = awaiting_digest(ctx, kind, number);
	struct row *r = db_ask(ctx, "select count(*) from awaiting where court = $1 and number_digest = $2", "tt",
			       COURT_NATION, digest);
	int64_t held = db_next(r) ? db_int(r, 0) : 0;
	*out = arena_take(ctx->mem, (size_t)(held + 1) * sizeof **out);
	*count = 0;
	if (db_broken(r))
		return MC_STORE;
	r = db_ask(ctx, "select home, docket, party from awaiting where court = $1 and number_digest = $2"
		   " order by docket, party", "tt", COURT_NATION, digest);
	while (*count < (size_t)held && db_next(r))
		(*out)[(*count)++] = (struct awaiting_row){ db_text(r, 0), db_text(r, 1), (int)db_int(r, 2) };
	if (db_broken(r))
		return MC_STORE;
	return db_do(ctx, "delete from awaiting where court = $1 and number_digest = $2", "tt",
		     COURT_NATION, digest);
}
