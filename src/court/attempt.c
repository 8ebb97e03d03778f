#include "attempt.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../store/db.h"

#include <arpa/inet.h>
#include <string.h>

enum { ATTEMPT_WINDOW = 15 * 60, ATTEMPT_FAILURES = 5, ATTEMPT_BLOCK_FAILURES = 50, ATTEMPT_KEPT = 86400 };

const char *attempt_who(struct ctx *ctx, const char *person)
{
	return arena_print(ctx->mem, "who %s", digest_of(ctx->mem, person, strlen(person)));
}

const char *attempt_block(struct ctx *ctx, const char *address)
{
	unsigned char v4[4], v6[16];
	char said[INET6_ADDRSTRLEN];
	if (!strncmp(address, "::ffff:", 7) && strchr(address, '.'))
		address += 7;
	if (inet_pton(AF_INET, address, v4) == 1)
		return arena_print(ctx->mem, "%d.%d.%d.0/24", v4[0], v4[1], v4[2]);
	if (inet_pton(AF_INET6, address, v6) != 1)
		return "";
	memset(v6 + 8, 0, 8);
	return arena_print(ctx->mem, "%s/64", inet_ntop(AF_INET6, v6, said, sizeof said) ? said : "");
}

/* Seconds until this subject may try again: 0 now. */
static enum mc_err attempt_wait(struct ctx *ctx, const char *subject, int64_t most, int64_t *wait)
{
	struct row *r = db_ask(ctx,
		/* What the clock has not reached was counted while it was ahead, and would bar somebody until then. */
		"select at from attempt where court = $1 and subject = $2 and at > $3 and at <= $4 order by at desc limit $5", "ttiii",
		COURT_NATION, subject, ctx->now - ATTEMPT_WINDOW, ctx->now, most);
	int64_t n = 0, oldest = 0;
	while (db_next(r)) {
		oldest = db_int(r, 0);
		n++;
	}
	*wait = n >= most ? oldest + ATTEMPT_WINDOW - ctx->now : 0;
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err attempt_slow(struct ctx *ctx, int64_t wait)
{
	return ctx_fail(ctx, MC_BUSY, (struct why){ .key = "login.slow", .retry = wait,
		.arg = { arena_print(ctx->mem, "%d", (int)((wait + 59) / 60)) } });
}

static enum mc_err attempt_add(struct ctx *ctx, const char *id, const char *subject)
{
	return db_do(ctx, "insert into attempt (court, attempt, subject, at) values ($1, $2, $3, $4)", "ttti",
		     COURT_NATION, id, subject, ctx->now);
}

/* The line of the block beside that of the account. */
static const char *attempt_beside(struct ctx *ctx, const char *id) { return arena_print(ctx->mem, "%s+", id); }

static const char *attempt_from(struct ctx *ctx, const struct attempt *attempt)
{
	return arena_print(ctx->mem, "from %s", attempt->block);
}

static enum mc_err attempt_allowed(struct ctx *ctx, const struct attempt *attempt)
{
	int64_t wait = 0, block = 0;
	enum mc_err err = *attempt->who ? attempt_wait(ctx, attempt->who, ATTEMPT_FAILURES, &wait) : MC_OK;
	if (!err && *attempt->block)
		err = attempt_wait(ctx, attempt_from(ctx, attempt), ATTEMPT_BLOCK_FAILURES, &block);
	if (err)
		return err;
	return wait > 0 || block > 0 ? attempt_slow(ctx, wait > block ? wait : block) : MC_OK;
}

static enum mc_err attempt_begin_write(struct ctx *ctx, void *arg)
{
	struct attempt *attempt = arg;
	enum mc_err err = attempt_allowed(ctx, attempt);
	if (err)
		return err;
	attempt->id = id_new(ctx->mem);
	if (*attempt->who)
		err = attempt_add(ctx, attempt->id, attempt->who);
	return err || !*attempt->block ? err : attempt_add(ctx, attempt_beside(ctx, attempt->id), attempt_from(ctx, attempt));
}

enum mc_err attempt_begin(struct ctx *ctx, struct attempt *attempt)
{
	/* Looked at first without the writer: in a storm most are refused. */
	enum mc_err err = attempt_allowed(ctx, attempt);
	return err ? err : db_apart(ctx, attempt_begin_write, attempt);
}

static enum mc_err attempt_undo_write(struct ctx *ctx, void *arg)
{
	return attempt_settle(ctx, ((const struct attempt *)arg)->id);
}

enum mc_err attempt_undo(struct ctx *ctx, const struct attempt *attempt, enum mc_err why)
{
	struct attempt copy = *attempt;
	struct why *before = ctx->why;
	(void)db_apart(ctx, attempt_undo_write, &copy);
	ctx->why = before;
	return why;
}

enum mc_err attempt_forget(struct ctx *ctx, const struct attempt *attempt)
{
	return db_do(ctx, "delete from attempt where court = $1 and (subject = $2 or attempt = $3)", "ttt",
		     COURT_NATION, attempt->who, attempt_beside(ctx, attempt->id));
}

enum mc_err attempt_settle(struct ctx *ctx, const char *id)
{
	return db_do(ctx, "delete from attempt where court = $1 and (attempt = $2 or attempt = $3)", "ttt",
		     COURT_NATION, id, attempt_beside(ctx, id));
}

enum mc_err attempt_sweep(struct ctx *ctx)
{
	return db_do(ctx, "delete from attempt where court = $1 and (at < $2 or at > $3)", "tii", COURT_NATION,
		     ctx->now - ATTEMPT_KEPT, ctx->now + ATTEMPT_KEPT);
}
