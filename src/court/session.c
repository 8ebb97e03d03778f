#include "session.h"
#include "court.h"
#include "office.h"
#include "token.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../store/db.h"

#include <string.h>

enum { SESSION_KEPT = 5 * 366 * 86400 };

const char *session_digest(struct ctx *ctx, const char *token) { return digest_of(ctx->mem, token, strlen(token)); }

enum mc_err session_begin(struct ctx *ctx, const char *person, const char *token, const char *csrf, const char *block,
			  const char *way)
{
	bool staff = office_anywhere(ctx, person) != 0;
	enum mc_err err = MC_OK;
	if (*ctx->session)
		err = db_do(ctx, "update session set ended = $1 where court = $2 and digest = $3 and ended = 0", "itt",
			    ctx->now, COURT_NATION, ctx->session);
	return err ? err : db_do(ctx,
		"insert into session (court, digest, person, csrf, device, address, since, seen, ends, ended, way)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)", "ttttttiiit",
		COURT_NATION, session_digest(ctx, token), person, csrf, ctx->device, block,
		ctx->now, ctx->now, ctx->now + (staff ? SESSION_STAFF : SESSION_LONGEST), way);
}

static enum mc_err session_end_write(struct ctx *ctx, void *arg)
{
	enum mc_err err = db_do(ctx,
		"update session set ended = $1 where court = $2 and digest = $3 and person = $4 and ended = 0", "ittt",
		ctx->now, COURT_NATION, (const char *)arg, ctx->person);
	return err ? err : db_changed(ctx) == 1 ? MC_OK
		: ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "login.no_session" });
}

enum mc_err session_end(struct ctx *ctx, const char *session)
{
	return db_together(ctx, session_end_write, arena_copy(ctx->mem, session));
}

enum mc_err session_end_all(struct ctx *ctx, const char *person, const char *but)
{
	enum mc_err err = db_do(ctx,
		"update session set ended = $1 where court = $2 and person = $3 and digest <> $4 and ended = 0", "ittt",
		ctx->now, COURT_NATION, person, but);
	return err ? err : token_end_all(ctx, person);
}

static enum mc_err session_end_others_write(struct ctx *ctx, void *arg)
{
	(void)arg;
	return session_end_all(ctx, ctx->person, ctx->session);
}

enum mc_err session_end_others(struct ctx *ctx) { return db_together(ctx, session_end_others_write, NULL); }

#define SESSION_SELECT "select digest, device, address, since, seen, ends, ended, way from session where court = $1 and person = $2"

enum mc_err session_list(struct ctx *ctx, const struct cursor *from, int64_t limit, struct session **out, size_t *count)
{
	*out = arena_take(ctx->mem, (size_t)limit * sizeof **out);
	*count = 0;
	struct row *r = from->back
		? db_ask(ctx, SESSION_SELECT " and (since, digest) > ($3, $4) order by since, digest limit $5", "ttiti", COURT_NATION,
			 ctx->person, from->at, from->id, limit)
		: db_ask(ctx, SESSION_SELECT " and (since, digest) < ($3, $4) order by since desc, digest desc limit $5", "ttiti",
			 COURT_NATION, ctx->person, *from->id ? from->at : INT64_MAX, from->id, limit);
	while (*count < (size_t)limit && db_next(r)) {
		struct session *s = &(*out)[(*count)++];
		*s = (struct session){ db_text(r, 0), db_text(r, 1), db_text(r, 2), db_int(r, 3), db_int(r, 4),
				       db_int(r, 5), db_int(r, 6), db_text(r, 7), false };
		s->here = !strcmp(s->session, ctx->session);
		if (s->seen + SESSION_IDLE < s->ends)
			s->ends = s->seen + SESSION_IDLE;
		if (!s->ended && s->ends <= ctx->now)
			s->ended = s->ends;
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err session_sweep(struct ctx *ctx)
{
	return db_do(ctx, "delete from session where court = $1 and since < $2", "ti", COURT_NATION, ctx->now - SESSION_KEPT);
}
