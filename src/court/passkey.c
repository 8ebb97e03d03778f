#include "passkey.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../base/setting.h"
#include "../base/text.h"
#include "../store/db.h"

#include <sodium.h>
#include <string.h>

struct passkey_job {
	const char *challenge, *visitor, *purpose;
	const struct webauthn_key *key;
	const char *id, *name;
	int64_t counter;
	bool regressed;
};

static const char *passkey_digest(struct ctx *ctx, const char *text)
{
	return digest_of(ctx->mem, text, strlen(text));
}

static enum mc_err passkey_refuse(struct ctx *ctx, const char *key, const char *field)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key, .field = field });
}

const char *passkey_rp(struct ctx *ctx, const char *origin)
{
	const char *host = strstr(origin, "://");
	host = host ? host + 3 : origin;
	return arena_print(ctx->mem, "%.*s", (int)strcspn(host, ":/"), host);
}

static enum mc_err passkey_challenge_write(struct ctx *ctx, void *arg)
{
	const struct passkey_job *job = arg;
	enum mc_err err = db_do(ctx, "delete from passkey_challenge where court = $1 and ends < $2", "ti", COURT_NATION, ctx->now);
	return err ? err : db_do(ctx,
		"insert into passkey_challenge (court, challenge, visitor, purpose, ends) values ($1, $2, $3, $4, $5)", "tttti",
		COURT_NATION, passkey_digest(ctx, job->challenge), passkey_digest(ctx, job->visitor), job->purpose,
		ctx->now + PASSKEY_WAIT);
}

enum mc_err passkey_challenge(struct ctx *ctx, const char *visitor, bool create, const char **out)
{
	*out = id_secret(ctx->mem);
	struct passkey_job job = { .challenge = *out, .visitor = visitor, .purpose = create ? "create" : "get" };
	return db_apart(ctx, passkey_challenge_write, &job);
}

static enum mc_err passkey_answer_write(struct ctx *ctx, void *arg)
{
	const struct passkey_job *job = arg;
	enum mc_err err = db_do(ctx, "delete from passkey_challenge where court = $1 and challenge = $2 and visitor = $3"
		" and purpose = $4 and ends > $5", "tttti", COURT_NATION, passkey_digest(ctx, job->challenge),
		passkey_digest(ctx, job->visitor), job->purpose, ctx->now);
	return err ? err : db_changed(ctx) == 1 ? MC_OK : passkey_refuse(ctx, "passkey.challenge", "passkey");
}

/* The challenge in an answer is used up whatever else the answer is worth. */
static enum mc_err passkey_answer(struct ctx *ctx, const char *visitor, const char *purpose, const struct webauthn_answer *answer)
{
	struct passkey_job job = { .visitor = visitor, .purpose = purpose };
	enum mc_err err = webauthn_challenge(ctx, answer, &job.challenge);
	return err ? err : db_apart(ctx, passkey_answer_write, &job);
}

enum mc_err passkey_list(struct ctx *ctx, const char *person, struct passkey **out, size_t *count)
{
	*out = arena_take(ctx->mem, PASSKEY_MOST * sizeof **out);
	*count = 0;
	struct row *r = db_ask(ctx, "select passkey, credential, name, since, used, regressed from passkey"
		" where court = $1 and person = $2 order by since, passkey limit $3", "tti", COURT_NATION, person,
		(int64_t)PASSKEY_MOST);
	while (*count < PASSKEY_MOST && db_next(r))
		(*out)[(*count)++] = (struct passkey){ db_text(r, 0), db_text(r, 1), db_text(r, 2), db_int(r, 3), db_int(r, 4),
						       db_int(r, 5) };
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err passkey_make_write(struct ctx *ctx, void *arg)
{
	const struct passkey_job *job = arg;
	struct passkey *list;
	size_t count;
	enum mc_err err = passkey_list(ctx, ctx->person, &list, &count);
	if (!err && count == PASSKEY_MOST)
		err = passkey_refuse(ctx, "passkey.many", "name");
	if (!err)
		err = db_do(ctx, "insert into passkey (court, passkey, person, credential, algorithm, public_key, counter, name, since,"
			" used, regressed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0) on conflict (court, passkey) do nothing",
			"ttttititi", COURT_NATION, job->id, ctx->person, job->key->id, (int64_t)job->key->algorithm, job->key->bytes,
			job->key->counter, job->name, ctx->now);
	return err ? err : db_changed(ctx) == 1 ? MC_OK
		: ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "passkey.known", .field = "name" });
}

static bool passkey_plain(const char *name) { return *name && text_chars(name) <= 60; }

enum mc_err passkey_make(struct ctx *ctx, const char *visitor, const char *origin, const struct webauthn_answer *answer,
			 const char *name)
{
	struct webauthn_key key;
	const char *plain = text_trim(ctx->mem, name);
	if (!passkey_plain(plain))
		return passkey_refuse(ctx, "passkey.name_wrong", "name");
	enum mc_err err = passkey_answer(ctx, visitor, "create", answer);
	if (!err)
		err = webauthn_made(ctx, &(struct webauthn_expected){ "webauthn.create", origin, passkey_rp(ctx, origin) }, answer, &key);
	struct passkey_job job = { .key = &key, .id = passkey_digest(ctx, answer->id), .name = plain };
	return err ? err : db_together(ctx, passkey_make_write, &job);
}

/* What the device counts went on, or both count nothing; otherwise it is noted that it did not. */
static enum mc_err passkey_use_write(struct ctx *ctx, void *arg)
{
	struct passkey_job *job = arg;
	enum mc_err err = db_do(ctx, "update passkey set counter = $1, used = $2 where court = $3 and passkey = $4"
		" and (counter < $1 or (counter = 0 and $1 = 0))", "iitt", job->counter, ctx->now, COURT_NATION, job->id);
	job->regressed = !err && db_changed(ctx) != 1;
	if (job->regressed)
		err = db_do(ctx, "update passkey set regressed = $1 where court = $2 and passkey = $3 and regressed = 0", "itt",
			    ctx->now, COURT_NATION, job->id);
	return err;
}

/* The handle that the device keeps with the key is the person's id (section 7.2, step 6). */
static bool passkey_handle(struct ctx *ctx, const char *handle, const char *person)
{
	size_t n = strlen(handle), size = 0;
	unsigned char *bytes = arena_take(ctx->mem, n + 1);
	return !n || (!sodium_base642bin(bytes, n, handle, n, NULL, &size, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
		      && size == strlen(person) && !memcmp(bytes, person, size));
}

enum mc_err passkey_prove(struct ctx *ctx, const char *visitor, const char *origin, const struct webauthn_answer *answer,
			  const char **person)
{
	struct passkey_job job = { .id = passkey_digest(ctx, answer->id) };
	enum mc_err err = passkey_answer(ctx, visitor, "get", answer);
	if (err)
		return err;
	struct row *r = db_ask(ctx, "select person, algorithm, public_key from passkey where court = $1 and passkey = $2", "tt",
			       COURT_NATION, job.id);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : passkey_refuse(ctx, "passkey.unknown", "passkey");
	*person = db_text(r, 0);
	struct webauthn_key key = { .algorithm = (enum webauthn_algorithm)db_int(r, 1), .bytes = db_text(r, 2), .id = answer->id };
	if (!passkey_handle(ctx, answer->user, *person))
		return passkey_refuse(ctx, "passkey.unknown", "passkey");
	err = webauthn_used(ctx, &(struct webauthn_expected){ "webauthn.get", origin, passkey_rp(ctx, origin) }, answer, &key,
			    &job.counter);
	if (err || (err = db_apart(ctx, passkey_use_write, &job)))
		return err;
	if (job.regressed && setting_int(SETTING_PASSKEY_COPY) == 0)
		return passkey_refuse(ctx, "passkey.copied", "passkey");
	return MC_OK;
}

static enum mc_err passkey_rename_write(struct ctx *ctx, void *arg)
{
	const struct passkey_job *job = arg;
	enum mc_err err = db_do(ctx, "update passkey set name = $1 where court = $2 and passkey = $3 and person = $4", "tttt", job->name,
				COURT_NATION, job->id, ctx->person);
	return err ? err : db_changed(ctx) == 1 ? MC_OK : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "passkey.unknown" });
}

enum mc_err passkey_rename(struct ctx *ctx, const char *id, const char *name)
{
	const char *plain = text_trim(ctx->mem, name);
	if (!passkey_plain(plain))
		return passkey_refuse(ctx, "passkey.name_wrong", "name");
	return db_together(ctx, passkey_rename_write, &(struct passkey_job){ .id = id, .name = plain });
}

enum mc_err passkey_remove(struct ctx *ctx, const char *id)
{
	enum mc_err err = db_do(ctx, "delete from passkey where court = $1 and passkey = $2 and person = $3", "ttt", COURT_NATION,
				id, ctx->person);
	return err ? err : db_changed(ctx) == 1 ? MC_OK : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "passkey.unknown" });
}

enum mc_err passkey_drop(struct ctx *ctx, const char *person)
{
	return db_do(ctx, "delete from passkey where court = $1 and person = $2", "tt", COURT_NATION, person);
}
