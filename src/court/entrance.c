#include "entrance.h"
#include "attempt.h"
#include "court.h"
#include "passkey.h"
#include "second.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../store/db.h"

#include <string.h>

struct entrance_job {
	const char *visitor;            /* digest */
	struct login_proof proof;
	const char *next, *with;        /* with: "code", "recovery" */
	const struct second_try *try;
	struct entrance *out;
};

static const char *entrance_digest(struct ctx *ctx, const char *visitor)
{
	return digest_of(ctx->mem, visitor, strlen(visitor));
}

static enum mc_err entrance_wait(struct ctx *ctx, void *arg)
{
	const struct entrance_job *job = arg;
	enum mc_err err = attempt_settle(ctx, job->proof.attempt);
	if (!err)
		err = db_do(ctx, "delete from second_step where court = $1 and ends < $2", "ti", COURT_NATION, ctx->now);
	if (err)
		return err;
	return db_do(ctx,
		"insert into second_step (court, visitor, person, way, next, ends) values ($1, $2, $3, $4, $5, $6)"
		" on conflict (court, visitor) do update set person = excluded.person, way = excluded.way,"
		" next = excluded.next, ends = excluded.ends", "ttttti", COURT_NATION, job->visitor, job->proof.person,
		job->proof.way, job->next, ctx->now + ENTRANCE_WAIT);
}

enum mc_err entrance_proved(struct ctx *ctx, const char *visitor, const struct login_proof *proof, const char *next,
			    struct entrance *out)
{
	struct entrance_job job = { .visitor = entrance_digest(ctx, visitor), .proof = *proof, .next = next };
	int64_t since;
	enum mc_err err = second_since(ctx, proof->person, &since);
	*out = (struct entrance){ .second = since != 0, .next = next };
	if (err)
		return err;
	return since ? db_apart(ctx, entrance_wait, &job) : login_begin(ctx, proof, &out->start);
}

enum mc_err entrance_step(struct ctx *ctx, const char *visitor, struct entrance_step *out)
{
	struct row *r = db_ask(ctx, "select person, way, next from second_step where court = $1 and visitor = $2 and ends > $3",
			       "tti", COURT_NATION, entrance_digest(ctx, visitor), ctx->now);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "second.over" });
	*out = (struct entrance_step){ db_text(r, 0), db_text(r, 1), db_text(r, 2) };
	return MC_OK;
}

/* "password" and "code" make "password_code"; whose it was stays behind. */
static const char *entrance_way(struct ctx *ctx, const char *way, const char *with)
{
	size_t n = strcspn(way, " ");
	return arena_print(ctx->mem, "%.*s_%s%s", (int)n, way, with, way + n);
}

/* The code is used up, the step is over and the session begins, or none of it. */
static enum mc_err entrance_go(struct ctx *ctx, void *arg)
{
	struct entrance_job *job = arg;
	bool lost = false;
	enum mc_err err = job->try ? second_take(ctx, job->try, &lost) : MC_OK;
	if (!err)
		err = db_do(ctx, "delete from second_step where court = $1 and visitor = $2 and person = $3 and ends > $4", "ttti",
			    COURT_NATION, job->visitor, job->proof.person, ctx->now);
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "second.over" });
	if (err)
		return err;
	job->proof.way = entrance_way(ctx, job->proof.way, lost ? "recovery" : job->with);
	return login_begin(ctx, &job->proof, &job->out->start);
}

enum mc_err entrance_code(struct ctx *ctx, const char *visitor, const char *code, const char *address, struct entrance *out)
{
	struct entrance_job job = { .visitor = entrance_digest(ctx, visitor), .with = "code", .out = out };
	struct entrance_step step;
	struct second_try *try;
	enum mc_err err = entrance_step(ctx, visitor, &step);
	if (err)
		return err;
	*out = (struct entrance){ .next = step.next };
	job.proof = (struct login_proof){ .person = step.person, .way = step.way, .address = address };
	if ((err = login_try(ctx, &job.proof)) || (err = second_try(ctx, step.person, code, &try)))
		return err;
	job.try = try;
	return db_apart(ctx, entrance_go, &job);
}

static enum mc_err entrance_passkey_go(struct ctx *ctx, void *arg)
{
	struct entrance_job *job = arg;
	enum mc_err err = db_do(ctx, "delete from second_step where court = $1 and visitor = $2", "tt", COURT_NATION, job->visitor);
	return err ? err : login_begin(ctx, &job->proof, &job->out->start);
}

enum mc_err entrance_passkey(struct ctx *ctx, const char *visitor, const char *origin, const struct webauthn_answer *answer,
			     const char *address, const char *next, struct entrance *out)
{
	struct entrance_job job = { .visitor = entrance_digest(ctx, visitor), .out = out,
		.proof = { .way = "passkey", .address = address, .attempt = "" } };
	*out = (struct entrance){ .next = next };
	enum mc_err err = passkey_prove(ctx, visitor, origin, answer, &job.proof.person);
	return err ? err : db_apart(ctx, entrance_passkey_go, &job);
}
