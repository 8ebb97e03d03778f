#include "login.h"
#include "court.h"
#include "office.h"
#include "password.h"
#include "second.h"
#include "verification.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../base/setting.h"
#include "../base/text.h"
#include "../store/db.h"

#include <arpa/inet.h>
#include <string.h>

enum {
	LOGIN_IDLE = 12 * 3600, LOGIN_LONGEST = 7 * 86400, LOGIN_STAFF = 8 * 3600,
	LOGIN_NOTED = 300,              /* "last used" is written at most this often, in seconds */
	LOGIN_WINDOW = 15 * 60, LOGIN_FAILURES = 5, LOGIN_BLOCK_FAILURES = 50,
};

struct login_job {
	const char *person, *block, *who, *attempt;     /* who: subject of attempts, "" if none is counted */
	const char *token, *csrf, *way, *hash, *session, *source;
	struct person *fresh;
	bool first;
};

static const char *login_digest(struct ctx *ctx, const char *token)
{
	return digest_of(ctx->mem, token, strlen(token));
}

/* Under what name the tries of a person, or of an account that nobody has, are counted. */
static const char *login_who(struct ctx *ctx, const char *person)
{
	return arena_print(ctx->mem, "who %s", login_digest(ctx, person));
}

const char *login_block(struct ctx *ctx, const char *address)
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
static enum mc_err login_wait(struct ctx *ctx, const char *subject, int64_t most, int64_t *wait)
{
	struct row *r = db_ask(ctx,
		"select at from attempt where court = $1 and subject = $2 and at > $3 order by at desc limit $4", "ttii",
		COURT_NATION, subject, ctx->now - LOGIN_WINDOW, most);
	int64_t n = 0, oldest = 0;
	while (db_next(r)) {
		oldest = db_int(r, 0);
		n++;
	}
	*wait = n >= most ? oldest + LOGIN_WINDOW - ctx->now : 0;
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err login_slow(struct ctx *ctx, int64_t wait)
{
	return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "login.slow",
		.arg = { arena_print(ctx->mem, "%d", (int)((wait + 59) / 60)) } });
}

static enum mc_err login_count(struct ctx *ctx, const char *id, const char *subject)
{
	return db_do(ctx, "insert into attempt (court, attempt, subject, at) values ($1, $2, $3, $4)", "ttti",
		     COURT_NATION, id, subject, ctx->now);
}

/* A try counts as a failure until it has succeeded, so that a hundred at once get no more
 * guesses than one after the other. */
static enum mc_err login_reserve(struct ctx *ctx, void *arg)
{
	struct login_job *job = arg;
	const char *from = arena_print(ctx->mem, "from %s", job->block);
	int64_t wait = 0, block = 0;
	enum mc_err err = *job->who ? login_wait(ctx, job->who, LOGIN_FAILURES, &wait) : MC_OK;
	if (!err && *job->block)
		err = login_wait(ctx, from, LOGIN_BLOCK_FAILURES, &block);
	if (err)
		return err;
	if (wait > 0 || block > 0)
		return login_slow(ctx, wait > block ? wait : block);
	job->attempt = id_new(ctx->mem);
	if (*job->who)
		err = login_count(ctx, job->attempt, job->who);
	if (!err && *job->block)
		err = login_count(ctx, arena_print(ctx->mem, "%s+", job->attempt), from);
	return err;
}

static enum mc_err login_forget(struct ctx *ctx, const struct login_job *job)
{
	return !*job->attempt ? MC_OK
		: db_do(ctx, "delete from attempt where court = $1 and (subject = $2 or attempt = $3)", "ttt",
			COURT_NATION, job->who, arena_print(ctx->mem, "%s+", job->attempt));
}

static enum mc_err login_open(struct ctx *ctx, void *arg)
{
	const struct login_job *job = arg;
	bool staff = office_anywhere(ctx, job->person) != 0;
	enum mc_err err = MC_OK;
	if (*ctx->session)
		err = db_do(ctx, "update session set ended = $1 where court = $2 and digest = $3 and ended = 0", "itt",
			    ctx->now, COURT_NATION, ctx->session);
	if (err || (err = login_forget(ctx, job)))
		return err;
	return db_do(ctx,
		"insert into session (court, digest, person, csrf, device, address, since, seen, ends, ended, way)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)", "ttttttiiit",
		COURT_NATION, login_digest(ctx, job->token), job->person, job->csrf, ctx->device, job->block,
		ctx->now, ctx->now, ctx->now + (staff ? LOGIN_STAFF : LOGIN_LONGEST), job->way);
}

enum mc_err login_try(struct ctx *ctx, struct login_proof *proof)
{
	struct login_job job = { .block = login_block(ctx, proof->address), .who = login_who(ctx, proof->person) };
	enum mc_err err = db_together(ctx, login_reserve, &job);
	proof->attempt = job.attempt;
	return err;
}

enum mc_err login_settle(struct ctx *ctx, const struct login_proof *proof)
{
	return db_do(ctx, "delete from attempt where court = $1 and (attempt = $2 or attempt = $3)", "ttt", COURT_NATION,
		     proof->attempt, arena_print(ctx->mem, "%s+", proof->attempt));
}

enum mc_err login_begin(struct ctx *ctx, const struct login_proof *proof, struct login_start *out)
{
	struct login_job job = {
		.person = proof->person, .way = proof->way, .attempt = proof->attempt,
		.block = login_block(ctx, proof->address), .who = login_who(ctx, proof->person),
		.token = id_secret(ctx->mem), .csrf = id_secret(ctx->mem),
	};
	enum mc_err err = db_together(ctx, login_open, &job);
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
	struct login_job job = {
		.person = person, .block = login_block(ctx, address), .attempt = "",
		.who = login_who(ctx, *person ? person : person_account(ctx->mem, account)),
	};
	if ((err = db_together(ctx, login_reserve, &job)) || (err = password_try(ctx, person, password, &right, &stale)))
		return err;
	if (!right)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "login.wrong", .field = "name" });
	job.first = password_first(ctx, person);
	if (stale && ((err = password_hash(ctx, password, &job.hash)) || (err = db_together(ctx, login_rehash, &job))))
		return err;
	*out = (struct login_proof){ .person = person, .way = "password", .address = address, .attempt = job.attempt };
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
		.block = login_block(ctx, address), .who = "", .attempt = "", .way = "registration", .fresh = person,
		.token = id_secret(ctx->mem), .csrf = id_secret(ctx->mem),
	};
	enum mc_err wrong = person_check(ctx, person);
	enum mc_err err = password_rule(ctx, password, person, "password");
	if (wrong || err)
		return wrong ? wrong : err;
	/* A refused registration counts like a failed sign-in: nobody can try out many numbers. */
	if ((err = db_together(ctx, login_reserve, &job)) || (err = password_hash(ctx, password, &job.hash))
	    || (err = db_together(ctx, login_register_write, &job)))
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
	return staff && since + LOGIN_STAFF < until ? since + LOGIN_STAFF : until;
}

enum mc_err login_of(struct ctx *ctx, const char *token, struct login *out)
{
	if (!*token || strlen(token) > 100)
		return MC_SIGNIN;
	const char *digest = login_digest(ctx, token);
	struct row *r = db_ask(ctx,
		"select s.person, p.name, s.csrf, p.state, s.since, s.seen, s.ends, (select count(*) from staff f"
		" where f.court = $1 and f.person = s.person and f.mask <> 0)"
		" from session s join person p on p.court = s.court and p.person = s.person"
		" where s.court = $1 and s.digest = $2 and s.ended = 0 and s.ends > $3 and s.seen > $4", "ttii",
		COURT_NATION, digest, ctx->now, ctx->now - LOGIN_IDLE);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_SIGNIN;
	*out = (struct login){
		.person = db_text(r, 0), .name = db_text(r, 1), .session = digest, .csrf = db_text(r, 2),
		.verified = db_int(r, 3) == PERSON_VERIFIED, .staff = db_int(r, 7) > 0,
	};
	out->until = login_until(db_int(r, 4), db_int(r, 5), db_int(r, 6), out->staff);
	if (out->staff && db_int(r, 4) + LOGIN_STAFF <= ctx->now)
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
	enum mc_err err = token_find(ctx, text, login_block(ctx, address), &token);
	if (err || (err = person_load(ctx, token.person, &person)))
		return err;
	*out = (struct login){
		.person = token.person, .name = person.name, .session = token.digest, .csrf = "",
		.verified = person.state == PERSON_VERIFIED, .token = token.name, .scopes = token.scopes,
		.staff = token.scopes & TOKEN_STAFF && office_anywhere(ctx, token.person),
	};
	return login_owes(ctx, out);
}

static enum mc_err login_out_write(struct ctx *ctx, void *arg)
{
	enum mc_err err = db_do(ctx,
		"update session set ended = $1 where court = $2 and digest = $3 and person = $4 and ended = 0", "ittt",
		ctx->now, COURT_NATION, (const char *)arg, ctx->person);
	return err ? err : db_changed(ctx) == 1 ? MC_OK
		: ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "login.no_session" });
}

enum mc_err login_out(struct ctx *ctx, const char *session)
{
	return db_together(ctx, login_out_write, arena_copy(ctx->mem, session));
}

static enum mc_err login_out_all(struct ctx *ctx, const char *person, const char *but)
{
	enum mc_err err = db_do(ctx,
		"update session set ended = $1 where court = $2 and person = $3 and digest <> $4 and ended = 0", "ittt",
		ctx->now, COURT_NATION, person, but);
	return err ? err : token_end_all(ctx, person);
}

static enum mc_err login_out_others_write(struct ctx *ctx, void *arg)
{
	(void)arg;
	return login_out_all(ctx, ctx->person, ctx->session);
}

enum mc_err login_out_others(struct ctx *ctx)
{
	return db_together(ctx, login_out_others_write, NULL);
}

enum mc_err login_list(struct ctx *ctx, struct login_session **out, size_t *count)
{
	enum { LOGIN_ROWS = 50 };
	*out = arena_take(ctx->mem, LOGIN_ROWS * sizeof **out);
	*count = 0;
	struct row *r = db_ask(ctx,
		"select digest, device, address, since, seen, ends, ended, way from session"
		" where court = $1 and person = $2 and since > $3 order by since desc, digest limit 50", "tti",
		COURT_NATION, ctx->person, ctx->now - 30 * 86400);
	while (*count < LOGIN_ROWS && db_next(r)) {
		struct login_session *s = &(*out)[(*count)++];
		*s = (struct login_session){ db_text(r, 0), db_text(r, 1), db_text(r, 2), db_int(r, 3), db_int(r, 4),
					     db_int(r, 5), db_int(r, 6), db_text(r, 7), false };
		s->here = !strcmp(s->session, ctx->session);
		if (s->seen + LOGIN_IDLE < s->ends)
			s->ends = s->seen + LOGIN_IDLE;
		if (!s->ended && s->ends <= ctx->now)
			s->ended = s->ends;
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err login_again_write(struct ctx *ctx, void *arg) { return login_forget(ctx, arg); }

static enum mc_err login_try_again(struct ctx *ctx, struct login_job *job, const char *password, const char *field)
{
	bool right, stale;
	enum mc_err err = db_together(ctx, login_reserve, job);
	if (err || (err = password_try(ctx, ctx->person, password, &right, &stale)))
		return err;
	return right ? MC_OK : ctx_fail(ctx, MC_INVALID, (struct why){ .key = "password.old_wrong", .field = field });
}

enum mc_err login_again(struct ctx *ctx, const char *password, const char *field)
{
	struct login_job job = { .block = "", .attempt = "", .who = login_who(ctx, ctx->person) };
	enum mc_err err = login_try_again(ctx, &job, password, field);
	return err ? err : db_together(ctx, login_again_write, &job);
}

static enum mc_err login_change_write(struct ctx *ctx, void *arg)
{
	const struct login_job *job = arg;
	enum mc_err err = password_keep(ctx, job->person, job->hash, job->first);
	if (!err)
		err = login_out_all(ctx, job->person, job->session);
	return err ? err : db_do(ctx, "delete from attempt where court = $1 and subject = $2", "tt", COURT_NATION, job->who);
}

enum mc_err login_change(struct ctx *ctx, const char *old, const char *fresh)
{
	struct person person;
	enum mc_err err = person_load(ctx, ctx->person, &person);
	struct login_job job = { .person = ctx->person, .session = ctx->session, .block = "",
		.who = login_who(ctx, ctx->person) };
	if (err || (err = password_rule(ctx, fresh, &person, "fresh")) || (err = login_try_again(ctx, &job, old, "old"))
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
		.who = login_who(ctx, person) };
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
	enum mc_err err = db_do(ctx, "delete from attempt where court = $1 and at < $2", "ti",
				COURT_NATION, ctx->now - 86400);
	if (!err)
		err = db_do(ctx, "delete from session where court = $1 and since < $2", "ti",
			    COURT_NATION, ctx->now - (int64_t)5 * 366 * 86400);
	return err ? err : token_sweep(ctx);
}

enum mc_err login_sweep(struct ctx *ctx)
{
	return db_together(ctx, login_sweep_write, NULL);
}
