#include "federation.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../base/log.h"
#include "../store/db.h"

#include <string.h>

enum { FEDERATION_MINUTES = 10, FEDERATION_WAYS = 20000 };

/* An errand as it stands in the store, and what is to be done with it. */
struct federation_job {
	const struct provider *provider;
	const char *digest, *visitor, *nonce, *verifier, *person, *next, *subject;
	bool linked;
};

static const char *federation_digest(struct ctx *ctx, const char *text) { return digest_of(ctx->mem, text, strlen(text)); }

static enum mc_err federation_gone(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "federation.state" });
}

static enum mc_err federation_set_out(struct ctx *ctx, void *arg)
{
	const struct federation_job *job = arg;
	enum mc_err err = db_do(ctx, "delete from errand where court = $1 and at <= $2", "ti", COURT_NATION,
				ctx->now - FEDERATION_MINUTES * 60);
	struct row *r = err ? NULL : db_ask(ctx, "select cast(count(*) as bigint) from errand where court = $1", "t", COURT_NATION);
	if (err || !db_next(r))
		return err ? err : MC_STORE;
	if (db_int(r, 0) >= FEDERATION_WAYS)
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "federation.busy", .retry = 60 });
	return db_do(ctx,
		"insert into errand (court, digest, provider, visitor, nonce, verifier, person, next, subject, at)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, '', $9)", "tttttttti", COURT_NATION, job->digest, job->provider->name,
		job->visitor, job->nonce, job->verifier, job->person, job->next, ctx->now);
}

enum mc_err federation_go(struct ctx *ctx, const struct provider *provider, const struct federation_way *way, bool link,
			  const char *next, const char **where)
{
	struct provider_errand errand = { .state = id_secret(ctx->mem), .nonce = id_secret(ctx->mem),
		.verifier = id_secret(ctx->mem), .back = way->back };
	struct federation_job job = {
		.provider = provider, .digest = federation_digest(ctx, errand.state), .visitor = federation_digest(ctx, way->visitor),
		.nonce = errand.nonce, .verifier = errand.verifier, .person = link ? ctx->person : "", .next = next,
	};
	enum mc_err err = provider_go(ctx, provider, &errand, where);
	return err ? err : db_together(ctx, federation_set_out, &job);
}

/* Reads the errand and removes it, so that a state is good once. */
static enum mc_err federation_take(struct ctx *ctx, void *arg)
{
	struct federation_job *job = arg;
	struct row *r = db_ask(ctx,
		"select nonce, verifier, person, next, subject from errand where court = $1 and digest = $2 and provider = $3"
		" and visitor = $4 and at > $5", "tttti", COURT_NATION, job->digest, job->provider->name, job->visitor,
		ctx->now - FEDERATION_MINUTES * 60);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : federation_gone(ctx);
	job->nonce = db_text(r, 0);
	job->verifier = db_text(r, 1);
	job->person = db_text(r, 2);
	job->next = db_text(r, 3);
	job->subject = db_text(r, 4);
	return db_do(ctx, "delete from errand where court = $1 and digest = $2", "tt", COURT_NATION, job->digest);
}

static struct federation_job federation_job(struct ctx *ctx, const struct provider *provider, const struct federation_way *way,
					    const char *state)
{
	return (struct federation_job){ .provider = provider, .digest = federation_digest(ctx, state),
		.visitor = federation_digest(ctx, way->visitor), .person = "", .next = "", .subject = "" };
}

/* Whose account it is; "" nobody's. */
static enum mc_err federation_whose(struct ctx *ctx, const char *issuer, const char *subject, const char **person)
{
	struct row *r = db_ask(ctx, "select person from federation where court = $1 and issuer = $2 and subject = $3", "ttt",
			       COURT_NATION, issuer, subject);
	*person = db_next(r) ? db_text(r, 0) : "";
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err federation_link(struct ctx *ctx, const struct federation_job *job, const char *person)
{
	const char *holder;
	enum mc_err err = federation_whose(ctx, job->provider->issuer, job->subject, &holder);
	if (err || !strcmp(holder, person))
		return err;
	if (*holder)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "federation.taken", .arg = { job->provider->label } });
	struct row *r = db_ask(ctx, "select cast(count(*) as bigint) from federation where court = $1 and person = $2", "tt",
			       COURT_NATION, person);
	int64_t links = db_next(r) ? db_int(r, 0) : 0;
	if (db_broken(r))
		return MC_STORE;
	if (links >= FEDERATION_MOST)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "federation.many",
			.arg = { arena_print(ctx->mem, "%d", FEDERATION_MOST) } });
	return db_do(ctx, "insert into federation (court, issuer, subject, person, since, seen) values ($1, $2, $3, $4, $5, 0)",
		     "tttti", COURT_NATION, job->provider->issuer, job->subject, person, ctx->now);
}

/* Somebody came back and is not known: kept until they have proved who they are here. */
static enum mc_err federation_wait(struct ctx *ctx, const struct federation_job *job)
{
	return db_do(ctx,
		"insert into errand (court, digest, provider, visitor, nonce, verifier, person, next, subject, at)"
		" values ($1, $2, $3, $4, '', '', '', $5, $6, $7)", "tttttti", COURT_NATION, job->digest, job->provider->name,
		job->visitor, job->next, job->subject, ctx->now);
}

static enum mc_err federation_arrive(struct ctx *ctx, void *arg)
{
	struct federation_job *job = arg;
	const char *holder;
	if (*job->person) {
		job->linked = true;
		return federation_link(ctx, job, job->person);
	}
	enum mc_err err = federation_whose(ctx, job->provider->issuer, job->subject, &holder);
	if (err)
		return err;
	job->person = holder;
	return !*holder ? federation_wait(ctx, job)
		: db_do(ctx, "update federation set seen = $1 where court = $2 and issuer = $3 and subject = $4", "ittt", ctx->now,
			COURT_NATION, job->provider->issuer, job->subject);
}

enum mc_err federation_back(struct ctx *ctx, const struct provider *provider, const struct federation_way *way,
			    const char *state, const char *issuer, const char *code, struct federation_return *out)
{
	struct federation_job job = federation_job(ctx, provider, way, state);
	enum mc_err err = db_together(ctx, federation_take, &job);
	if (err)
		return err;
	/* Begun in this browser by somebody who is no longer signed in, or on behalf of who signs in already. */
	if (strcmp(job.person, ctx->person) || *job.subject || (*issuer && strcmp(issuer, provider->issuer)))
		return federation_gone(ctx);
	struct provider_errand errand = { .nonce = job.nonce, .verifier = job.verifier, .back = way->back };
	if ((err = provider_redeem(ctx, provider, &errand, code, &job.subject)))
		return err;
	const char *joined = id_secret(ctx->mem);
	job.digest = federation_digest(ctx, joined);
	if ((err = db_together(ctx, federation_arrive, &job)))
		return err;
	*out = (struct federation_return){ .linked = job.linked, .person = job.linked ? "" : job.person,
		.errand = job.linked || *job.person ? "" : joined, .next = job.next };
	return MC_OK;
}

enum mc_err federation_refused(struct ctx *ctx, const struct provider *provider, const struct federation_way *way,
			       const char *state, const char *error)
{
	struct federation_job job = federation_job(ctx, provider, way, state);
	enum mc_err err = db_together(ctx, federation_take, &job);
	if (err)
		return err;
	bool denied = !strcmp(error, "access_denied");
	if (!denied)
		log_error("provider-error", "why", arena_print(ctx->mem, "%s: %.40s", provider->name, error));
	return ctx_fail(ctx, MC_DENIED, (struct why){ .key = denied ? "federation.denied" : "federation.error",
		.arg = { provider->label } });
}

static enum mc_err federation_join_write(struct ctx *ctx, void *arg)
{
	struct federation_job *job = arg;
	const char *person = job->person;
	enum mc_err err = federation_take(ctx, job);
	if (err)
		return err;
	return *job->subject ? federation_link(ctx, job, person) : federation_gone(ctx);
}

enum mc_err federation_join(struct ctx *ctx, const struct provider *provider, const struct federation_way *way,
			    const char *errand, const char *person, const char **next)
{
	struct federation_job job = federation_job(ctx, provider, way, errand);
	job.person = person;
	enum mc_err err = db_together(ctx, federation_join_write, &job);
	*next = err ? "/" : job.next;
	return err;
}

enum mc_err federation_list(struct ctx *ctx, struct federation **out, size_t *count)
{
	*out = arena_take(ctx->mem, FEDERATION_MOST * sizeof **out);
	*count = 0;
	struct row *r = db_ask(ctx, "select issuer, subject, since, seen from federation where court = $1 and person = $2"
		" order by since desc, issuer, subject limit $3", "tti", COURT_NATION, ctx->person, (int64_t)FEDERATION_MOST);
	while (*count < FEDERATION_MOST && db_next(r))
		(*out)[(*count)++] = (struct federation){ db_text(r, 0), db_text(r, 1), db_int(r, 2), db_int(r, 3) };
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err federation_end_write(struct ctx *ctx, void *arg)
{
	const struct federation *f = arg;
	enum mc_err err = db_do(ctx, "delete from federation where court = $1 and issuer = $2 and subject = $3 and person = $4",
				"tttt", COURT_NATION, f->issuer, f->subject, ctx->person);
	return err ? err : db_changed(ctx) == 1 ? MC_OK
		: ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "federation.unknown" });
}

enum mc_err federation_end(struct ctx *ctx, const char *issuer, const char *subject)
{
	return db_together(ctx, federation_end_write, &(struct federation){ .issuer = issuer, .subject = subject });
}
