#include "second.h"
#include "court.h"
#include "passkey.h"
#include "password.h"
#include "person.h"
#include "totp.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../store/db.h"

#include <string.h>

struct second_try {
	struct totp_match match;
	const char *digest;             /* of what was typed, if it may be a code for the loss, else "" */
};

struct second_job { struct totp_match match; struct second_codes *codes; };

/* As it is compared: without blanks and hyphens, capitals. */
static const char *second_digest(struct ctx *ctx, const char *code)
{
	const char *plain = person_number(ctx->mem, code);
	return digest_of(ctx->mem, plain, strlen(plain));
}

enum mc_err second_since(struct ctx *ctx, const char *person, int64_t *since)
{
	struct row *r = db_ask(ctx, "select since from second where court = $1 and person = $2", "tt", COURT_NATION, person);
	*since = db_next(r) ? db_int(r, 0) : 0;
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err second_codes_left(struct ctx *ctx, const char *person, int *left)
{
	struct row *r = db_ask(ctx, "select count(*) from recovery where court = $1 and person = $2 and used = 0", "tt",
			       COURT_NATION, person);
	*left = db_next(r) ? (int)db_int(r, 0) : 0;
	return db_broken(r) ? MC_STORE : MC_OK;
}

static void second_make(struct ctx *ctx, struct second_codes *out)
{
	for (int i = 0; i < SECOND_CODES; i++)
		out->code[i] = password_make(ctx->mem);
}

static enum mc_err second_keep(struct ctx *ctx, const struct second_codes *codes)
{
	enum mc_err err = db_do(ctx, "delete from recovery where court = $1 and person = $2", "tt", COURT_NATION, ctx->person);
	for (int i = 0; i < SECOND_CODES && !err; i++)
		err = db_do(ctx, "insert into recovery (court, person, digest, used) values ($1, $2, $3, 0)", "ttt",
			    COURT_NATION, ctx->person, second_digest(ctx, codes->code[i]));
	return err;
}

static enum mc_err second_confirm_write(struct ctx *ctx, void *arg)
{
	const struct second_job *job = arg;
	enum mc_err err = totp_confirm(ctx, &job->match);
	if (!err)
		err = db_do(ctx, "insert into second (court, person, since) values ($1, $2, $3) on conflict do nothing", "tti",
			    COURT_NATION, ctx->person, ctx->now);
	return err ? err : second_keep(ctx, job->codes);
}

enum mc_err second_confirm(struct ctx *ctx, const char *code, struct second_codes *out)
{
	struct second_job job = { .codes = out };
	enum mc_err err = totp_match(ctx, ctx->person, person_number(ctx->mem, code), false, &job.match);
	second_make(ctx, out);
	return err ? err : db_together(ctx, second_confirm_write, &job);
}

static enum mc_err second_renew_write(struct ctx *ctx, void *codes)
{
	int64_t since;
	enum mc_err err = second_since(ctx, ctx->person, &since);
	if (!err && !since)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "second.off" });
	return err ? err : second_keep(ctx, codes);
}

enum mc_err second_renew_codes(struct ctx *ctx, struct second_codes *out)
{
	second_make(ctx, out);
	return db_together(ctx, second_renew_write, out);
}

static enum mc_err second_end(struct ctx *ctx, const char *person)
{
	enum mc_err err = totp_drop(ctx, person);
	if (!err)
		err = db_do(ctx, "delete from recovery where court = $1 and person = $2", "tt", COURT_NATION, person);
	if (!err)
		err = db_do(ctx, "delete from second_step where court = $1 and person = $2", "tt", COURT_NATION, person);
	return err ? err : db_do(ctx, "delete from second where court = $1 and person = $2", "tt", COURT_NATION, person);
}

enum mc_err second_drop(struct ctx *ctx, const char *person)
{
	enum mc_err err = second_end(ctx, person);
	return err ? err : passkey_drop(ctx, person);
}

static enum mc_err second_passkey_write(struct ctx *ctx, void *codes)
{
	struct passkey *list;
	size_t count;
	enum mc_err err = passkey_list(ctx, ctx->person, &list, &count);
	if (!err && !count)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "second.no_passkey" });
	if (!err)
		err = db_do(ctx, "insert into second (court, person, since) values ($1, $2, $3) on conflict do nothing", "tti",
			    COURT_NATION, ctx->person, ctx->now);
	return err ? err : second_keep(ctx, codes);
}

enum mc_err second_by_passkey(struct ctx *ctx, struct second_codes *out)
{
	second_make(ctx, out);
	return db_together(ctx, second_passkey_write, out);
}

static enum mc_err second_lose_write(struct ctx *ctx, void *id)
{
	struct passkey *list;
	size_t count = 0;
	enum mc_err err = passkey_remove(ctx, id);
	if (!err)
		err = passkey_list(ctx, ctx->person, &list, &count);
	return err || count || totp_since(ctx, ctx->person) ? err : second_end(ctx, ctx->person);
}

enum mc_err second_lose_passkey(struct ctx *ctx, const char *id)
{
	return db_together(ctx, second_lose_write, arena_copy(ctx->mem, id));
}

static enum mc_err second_remove_write(struct ctx *ctx, void *arg)
{
	(void)arg;
	return second_end(ctx, ctx->person);
}

enum mc_err second_remove(struct ctx *ctx) { return db_together(ctx, second_remove_write, NULL); }

enum mc_err second_try(struct ctx *ctx, const char *person, const char *typed, struct second_try **out)
{
	const char *plain = person_number(ctx->mem, typed);
	struct second_try *try = *out = arena_take(ctx->mem, sizeof *try);
	try->digest = strlen(plain) > 8 ? second_digest(ctx, typed) : "";
	return totp_match(ctx, person, plain, true, &try->match);
}

enum mc_err second_take(struct ctx *ctx, const struct second_try *try, bool *lost)
{
	*lost = *try->digest != '\0';
	if (!*lost)
		return totp_take(ctx, &try->match);
	enum mc_err err = db_do(ctx,
		"update recovery set used = $1 where court = $2 and person = $3 and digest = $4 and used = 0", "ittt",
		ctx->now, COURT_NATION, try->match.person, try->digest);
	return err ? err : db_changed(ctx) == 1 ? MC_OK
		: ctx_fail(ctx, MC_INVALID, (struct why){ .key = "second.wrong", .field = "code" });
}
