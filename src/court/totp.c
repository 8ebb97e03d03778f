#include "totp.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/onetime.h"
#include "../store/db.h"
#include "../store/key.h"

#include <sodium.h>
#include <string.h>

enum { TOTP_DRIFT = 1 };        /* steps that a telephone's clock may be wrong, either way */

struct totp_row { const char *sealed; int64_t step, since; };

static const char *totp_purpose(struct ctx *ctx, const char *person)
{
	return arena_print(ctx->mem, "totp %s", person);
}

/* An empty row if there is none. */
static enum mc_err totp_load(struct ctx *ctx, const char *person, struct totp_row *out)
{
	*out = (struct totp_row){ .sealed = "" };
	struct row *r = db_ask(ctx, "select secret, step, since from totp where court = $1 and person = $2", "tt",
			       COURT_NATION, person);
	if (db_next(r))
		*out = (struct totp_row){ db_text(r, 0), db_int(r, 1), db_int(r, 2) };
	return db_broken(r) ? MC_STORE : MC_OK;
}

int64_t totp_since(struct ctx *ctx, const char *person)
{
	struct totp_row row;
	return totp_load(ctx, person, &row) ? 0 : row.since;
}

static enum mc_err totp_keep(struct ctx *ctx, void *sealed)
{
	enum mc_err err = db_do(ctx,
		"insert into totp (court, person, secret, step, since) values ($1, $2, $3, 0, 0)"
		" on conflict (court, person) do update set secret = excluded.secret, step = 0 where totp.since = 0", "ttt",
		COURT_NATION, ctx->person, (const char *)sealed);
	return err ? err : db_changed(ctx) == 1 ? MC_OK : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "totp.set" });
}

enum mc_err totp_offer(struct ctx *ctx, bool fresh, const char **base32)
{
	struct totp_row row;
	unsigned char *secret = arena_take(ctx->mem, ONETIME_SECRET);
	size_t n = ONETIME_SECRET;
	const char *sealed, *purpose = totp_purpose(ctx, ctx->person);
	enum mc_err err = totp_load(ctx, ctx->person, &row);
	*base32 = "";
	if (err || (!fresh && (row.since || !*row.sealed)))
		return err;
	if (fresh) {
		randombytes_buf(secret, n);
		if ((err = key_seal(ctx, purpose, secret, n, &sealed)))
			return err;
		err = db_together(ctx, totp_keep, arena_copy(ctx->mem, sealed));
	} else {
		err = key_unseal(ctx, purpose, row.sealed, &secret, &n);
	}
	if (!err)
		*base32 = onetime_base32(ctx->mem, secret, n);
	return err;
}

static enum mc_err totp_withdraw_write(struct ctx *ctx, void *arg)
{
	(void)arg;
	return db_do(ctx, "delete from totp where court = $1 and person = $2 and since = 0", "tt", COURT_NATION, ctx->person);
}

enum mc_err totp_withdraw(struct ctx *ctx) { return db_together(ctx, totp_withdraw_write, NULL); }

enum mc_err totp_match(struct ctx *ctx, const char *person, const char *code, bool confirmed, struct totp_match *out)
{
	struct totp_row row;
	unsigned char *secret;
	size_t n;
	enum mc_err err = totp_load(ctx, person, &row);
	*out = (struct totp_match){ person, 0 };
	if (err || (row.since != 0) != confirmed || !*row.sealed || strlen(code) != ONETIME_DIGITS)
		return err;
	if ((err = key_unseal(ctx, totp_purpose(ctx, person), row.sealed, &secret, &n)))
		return err;
	int64_t now = ctx->now / ONETIME_STEP;
	for (int64_t step = now - TOTP_DRIFT; step <= now + TOTP_DRIFT; step++)
		if (!sodium_memcmp(code, onetime_code(ctx->mem, secret, n, step, ONETIME_DIGITS), ONETIME_DIGITS))
			out->step = step;
	return MC_OK;
}

static enum mc_err totp_wrong(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "second.wrong", .field = "code" });
}

enum mc_err totp_take(struct ctx *ctx, const struct totp_match *match)
{
	enum mc_err err = db_do(ctx,
		/* A step that no telephone could have told yet was taken while the clock was ahead. */
		"update totp set step = $1 where court = $2 and person = $3 and (step < $1 or step > $4) and since > 0", "itti",
		match->step, COURT_NATION, match->person, ctx->now / ONETIME_STEP + TOTP_DRIFT);
	return err ? err : db_changed(ctx) == 1 ? MC_OK : totp_wrong(ctx);
}

enum mc_err totp_confirm(struct ctx *ctx, const struct totp_match *match)
{
	enum mc_err err = db_do(ctx,
		"update totp set step = $1, since = $2 where court = $3 and person = $4 and step < $1 and since = 0", "iitt",
		match->step, ctx->now, COURT_NATION, match->person);
	return err ? err : db_changed(ctx) == 1 ? MC_OK : totp_wrong(ctx);
}

enum mc_err totp_drop(struct ctx *ctx, const char *person)
{
	return db_do(ctx, "delete from totp where court = $1 and person = $2", "tt", COURT_NATION, person);
}
