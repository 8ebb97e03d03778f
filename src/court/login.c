#include "login.h"
#include "attempt.h"
#include "court.h"
#include "office.h"
#include "password.h"
#include "second.h"
#include "session.h"
#include "verification.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "../base/setting.h"
#include "../store/db.h"

#include <string.h>

enum { LOGIN_NOTED = 300 };             /* "last used" is written at most this often, in seconds */
enum { LOGIN_NAMES = 16 };              /* a person has a number, a mobile, an e-mail, a short name */

struct login_job {
	const char *person, *token, *csrf, *way, *hash, *session, *source;
	struct attempt attempt;
	struct person *fresh;
	bool first;
};

/* Tries are counted under the name that was typed, as with a name that nobody has: would all names of a person
 * be counted as one, whoever knows two of them could learn that they are. All are forgotten together. */
static enum mc_err login_forgive(struct ctx *ctx, const struct login_job *job)
{
	const char *name[LOGIN_NAMES];
	size_t names = 0;
	struct row *r = db_ask(ctx, "select name from account where court = $1 and person = $2", "tt", COURT_NATION, job->person);
	while (names < LOGIN_NAMES && db_next(r))
		name[names++] = db_text(r, 0);
	enum mc_err err = db_broken(r) ? MC_STORE : attempt_forget(ctx, &job->attempt);
	for (size_t i = 0; !err && i < names; i++)
		err = attempt_forget(ctx, &(struct attempt){ attempt_who(ctx, name[i]), "", "" });
	return err;
}

static enum mc_err login_open(struct ctx *ctx, void *arg)
{
	const struct login_job *job = arg;
	enum mc_err err = *job->attempt.id ? login_forgive(ctx, job) : MC_OK;
	return err ? err : session_begin(ctx, job->person, job->token, job->csrf, job->attempt.block, job->way);
}

enum mc_err login_try(struct ctx *ctx, struct login_proof *proof)
{
	struct attempt attempt = { attempt_who(ctx, proof->person), attempt_block(ctx, proof->address), "" };
	enum mc_err err = attempt_begin(ctx, &attempt);
	proof->attempt = attempt.id;
	return err;
}

enum mc_err login_begin(struct ctx *ctx, const struct login_proof *proof, struct login_start *out)
{
	struct login_job job = {
		.person = proof->person, .way = proof->way,
		.attempt = { attempt_who(ctx, proof->person), attempt_block(ctx, proof->address), proof->attempt },
		.token = id_secret(ctx->mem), .csrf = id_secret(ctx->mem),
	};
	/* Whoever asks again is let in again: the answer that was lost had the token. */
	enum mc_err err = db_apart(ctx, login_open, &job);
	if (!err)
		*out = (struct login_start){ job.token, job.person, password_first(ctx, job.person) };
	return err;
}

static enum mc_err login_rehash(struct ctx *ctx, void *arg)
{
	const struct login_job *job = arg;
	return password_keep(ctx, job->person, job->hash, job->first);
}

enum mc_err login_prove(struct ctx *ctx, const char *account, const char *password, const char *address,
			struct login_proof *out)
{
	const char *person = "";
	bool right, stale;
	enum mc_err err = person_by_account(ctx, account, &person);
	if (err == MC_UNKNOWN)
		ctx_forget(ctx);
	else if (err)
		return err;
	struct login_job job = { .person = person,
		.attempt = { attempt_who(ctx, person_account(ctx->mem, account)), attempt_block(ctx, address), "" } };
	if ((err = attempt_begin(ctx, &job.attempt)))
		return err;
	if ((err = password_try(ctx, person, password, &right, &stale)))
		return attempt_undo(ctx, &job.attempt, err);
	if (!right)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "login.wrong", .field = "name" });
	job.first = password_first(ctx, person);
	if (stale && ((err = password_hash(ctx, password, &job.hash)) || (err = db_apart(ctx, login_rehash, &job))))
		return err;
	*out = (struct login_proof){ .person = person, .way = "password", .address = address, .attempt = job.attempt.id };
	return MC_OK;
}

enum mc_err login_in(struct ctx *ctx, const char *account, const char *password, const char *address,
		     struct login_start *out)
{
	struct login_proof proof;
	enum mc_err err = login_prove(ctx, account, password, address, &proof);
	return err ? err : login_begin(ctx, &proof, out);
}

static enum mc_err login_register_write(struct ctx *ctx, void *arg)
{
	struct login_job *job = arg;
	enum mc_err err = person_add(ctx, job->fresh);
	if (err)
		return err;
	job->person = job->fresh->id;
	err = password_keep(ctx, job->person, job->hash, false);
	return err ? err : login_open(ctx, job);
}

enum mc_err login_register(struct ctx *ctx, struct person *person, const char *password, const char *address,
			   struct login_start *out)
{
	struct login_job job = {
		.attempt = { "", attempt_block(ctx, address), "" }, .way = "registration", .fresh = person,
		.token = id_secret(ctx->mem), .csrf = id_secret(ctx->mem),
	};
	enum mc_err wrong = person_check(ctx, person);
	enum mc_err err = password_rule(ctx, password, person, "password");
	if (wrong || err)
		return wrong ? wrong : err;
	/* A refused registration counts like a failed sign-in: nobody can try out many numbers. */
	if ((err = attempt_begin(ctx, &job.attempt)))
		return err;
	if ((err = password_hash(ctx, password, &job.hash)))
		return attempt_undo(ctx, &job.attempt, err);
	if ((err = db_together(ctx, login_register_write, &job)))
		return err;
	*out = (struct login_start){ job.token, job.person, false };
	return MC_OK;
}

static enum mc_err login_seen(struct ctx *ctx, void *arg)
{
	return db_do(ctx, "update session set seen = $1 where court = $2 and digest = $3 and seen < $1", "itt",
		     ctx->now, COURT_NATION, (const char *)arg);
}

static enum mc_err login_owes(struct ctx *ctx, struct login *out)
{
	int64_t since = 1;
	if (out->staff && setting_on(SETTING_SECOND_STAFF) && second_since(ctx, out->person, &since))
		return MC_STORE;
	out->owes = !since;
	return MC_OK;
}

/* The first moment at which login_of() would find otherwise, or note that the session is used. */
static int64_t login_until(int64_t since, int64_t seen, int64_t ends, bool staff)
{
	int64_t until = ends < seen + LOGIN_NOTED ? ends : seen + LOGIN_NOTED;
	return staff && since + SESSION_STAFF < until ? since + SESSION_STAFF : until;
}

enum mc_err login_of(struct ctx *ctx, const char *token, struct login *out)
{
	if (!*token || strlen(token) > 100)
		return MC_SIGNIN;
	const char *digest = session_digest(ctx, token);
	struct row *r = db_ask(ctx,
		"select s.person, p.name, s.csrf, p.state, s.since, s.seen, s.ends, (select count(*) from staff f"
		" where f.court = $1 and f.person = s.person and f.mask <> 0)"
		" from session s join person p on p.court = s.court and p.person = s.person"
		" where s.court = $1 and s.digest = $2 and s.ended = 0 and s.ends > $3 and s.seen > $4 and s.since <= $5", "ttiii",
		COURT_NATION, digest, ctx->now, ctx->now - SESSION_IDLE, ctx->now + SESSION_AHEAD);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_SIGNIN;
	*out = (struct login){
		.person = db_text(r, 0), .name = db_text(r, 1), .session = digest, .csrf = db_text(r, 2),
		.verified = db_int(r, 3) == PERSON_VERIFIED, .staff = db_int(r, 7) > 0,
	};
	out->until = login_until(db_int(r, 4), db_int(r, 5), db_int(r, 6), out->staff);
	if (out->staff && db_int(r, 4) + SESSION_STAFF <= ctx->now)
		return MC_SIGNIN;
	if (login_owes(ctx, out))
		return MC_STORE;
	/* A full disk must not keep people from reading their case. */
	if (db_int(r, 5) + LOGIN_NOTED <= ctx->now) {
		struct why *before = ctx->why;
		if (db_together(ctx, login_seen, arena_copy(ctx->mem, digest)) && !before)
			ctx_forget(ctx);
	}
	return MC_OK;
}

enum mc_err login_by_token(struct ctx *ctx, const char *text, const char *address, struct login *out)
{
	struct token token;
	struct person person;
	enum mc_err err = token_find(ctx, text, attempt_block(ctx, address), &token);
	if (err || (err = person_load(ctx, token.person, &person)))
		return err;
	*out = (struct login){
		.person = token.person, .name = person.name, .session = token.digest, .csrf = "",
		.verified = person.state == PERSON_VERIFIED, .token = token.name, .scopes = token.scopes,
		.staff = token.scopes & TOKEN_STAFF && office_anywhere(ctx, token.person),
	};
	return login_owes(ctx, out);
}

static enum mc_err login_again_write(struct ctx *ctx, void *arg) { return attempt_forget(ctx, arg); }

static enum mc_err login_try_again(struct ctx *ctx, struct attempt *attempt, const char *password, const char *field)
{
	bool right, stale;
	enum mc_err err = attempt_begin(ctx, attempt);
	if (err)
		return err;
	if ((err = password_try(ctx, ctx->person, password, &right, &stale)))
		return attempt_undo(ctx, attempt, err);
	return right ? MC_OK : ctx_fail(ctx, MC_INVALID, (struct why){ .key = "password.old_wrong", .field = field });
}

enum mc_err login_again(struct ctx *ctx, const char *password, const char *field)
{
	struct attempt attempt = { attempt_who(ctx, ctx->person), "", "" };
	enum mc_err err = login_try_again(ctx, &attempt, password, field);
	return err ? err : db_apart(ctx, login_again_write, &attempt);
}

static enum mc_err login_change_write(struct ctx *ctx, void *arg)
{
	const struct login_job *job = arg;
	enum mc_err err = password_keep(ctx, job->person, job->hash, job->first);
	if (!err)
		err = session_end_all(ctx, job->person, job->session);
	return err ? err : login_forgive(ctx, job);
}

enum mc_err login_change(struct ctx *ctx, const char *old, const char *fresh)
{
	struct person person;
	enum mc_err err = person_load(ctx, ctx->person, &person);
	struct login_job job = { .person = ctx->person, .session = ctx->session,
		.attempt = { attempt_who(ctx, ctx->person), "", "" } };
	if (err || (err = password_rule(ctx, fresh, &person, "fresh")) || (err = login_try_again(ctx, &job.attempt, old, "old"))
	    || (err = password_hash(ctx, fresh, &job.hash)))
		return err;
	return db_together(ctx, login_change_write, &job);
}

static enum mc_err login_may_renew(struct ctx *ctx, const char *person)
{
	struct person somebody;
	enum mc_err err = person_clerk(ctx);
	if (err || (err = person_load(ctx, person, &somebody)))
		return err;
	return strcmp(person, ctx->person) && office_above(ctx, person) ? MC_OK : ctx_fail(ctx, MC_DENIED, (struct why){ .key = "login.staff_renew" });
}

static enum mc_err login_renew_write(struct ctx *ctx, void *arg)
{
	const struct login_job *job = arg;
	enum mc_err err = login_change_write(ctx, arg);
	if (!err)
		err = second_drop(ctx, job->person);
	return err ? err : verification_renewed(ctx, job->person, job->source);
}

enum mc_err login_renew(struct ctx *ctx, const char *person, const char *source, const char **password)
{
	struct login_job job = { .person = person, .session = "", .first = true, .source = source,
		.attempt = { attempt_who(ctx, person), "", "" } };
	enum mc_err err = login_may_renew(ctx, person);
	if (err)
		return err;
	if (!*source)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "verification.reason_needed", .field = "source" });
	*password = password_make(ctx->mem);
	err = password_hash(ctx, *password, &job.hash);
	return err ? err : db_together(ctx, login_renew_write, &job);
}

static enum mc_err login_sweep_write(struct ctx *ctx, void *arg)
{
	(void)arg;
	enum mc_err err = attempt_sweep(ctx);
	if (!err)
		err = session_sweep(ctx);
	return err ? err : token_sweep(ctx);
}

enum mc_err login_sweep(struct ctx *ctx)
{
	return db_together(ctx, login_sweep_write, NULL);
}
