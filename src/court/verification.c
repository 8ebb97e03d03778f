#include "verification.h"
#include "court.h"
#include "office.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "../base/text.h"
#include "../store/db.h"
#include "../store/outbox.h"

#include <string.h>

struct verification_step {
	const char *person, *method, *source, *result, *reason, *reference;
	enum person_state from, to;
	bool clerk;
};

#define VERIFICATION_SELECT "select v.verification, v.method, v.source, v.result, v.reason, v.reference, coalesce(p.name, ''), v.at" \
	" from verification v left join person p on p.court = v.court and p.person = v.decided_by where v.court = $1 and v.person = $2"

enum mc_err verification_list(struct ctx *ctx, const char *person, const struct cursor *from, int64_t limit,
			      struct verification **out, size_t *count)
{
	if (strcmp(person, ctx->person)) {
		enum mc_err err = person_clerk(ctx);
		if (err)
			return err;
	}
	struct row *r = from->back
		? db_ask(ctx, VERIFICATION_SELECT " and v.verification > $3 order by v.verification limit $4", "ttti", COURT_NATION, person,
			 from->id, limit)
		: db_ask(ctx, VERIFICATION_SELECT " and v.verification < $3 order by v.verification desc limit $4", "ttti", COURT_NATION,
			 person, *from->id ? from->id : "~", limit);
	*out = arena_take(ctx->mem, (size_t)limit * sizeof **out);
	*count = 0;
	while (*count < (size_t)limit && db_next(r))
		(*out)[(*count)++] = (struct verification){
			.id = db_text(r, 0), .method = db_text(r, 1), .source = db_text(r, 2), .result = db_text(r, 3),
			.reason = db_text(r, 4), .reference = db_text(r, 5), .by = db_text(r, 6), .at = db_int(r, 7),
		};
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err verification_note(struct ctx *ctx, const struct verification_step *s)
{
	return db_do(ctx,
		"insert into verification (court, verification, person, method, source, result, reason, reference,"
		" decided_by, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", "ttttttttti",
		COURT_NATION, id_new(ctx->mem), s->person, s->method, s->source, s->result, s->reason, s->reference,
		s->clerk ? ctx->person : "", ctx->now);
}

static enum mc_err verification_news(struct ctx *ctx, const char *person)
{
	return outbox_put(ctx, COURT_NATION, VERIFICATION_NEWS, "",
			  arena_print(ctx->mem, "{\"person\":\"%s\"}", person), ctx->now);
}

static enum mc_err verification_write(struct ctx *ctx, void *arg)
{
	const struct verification_step *s = arg;
	enum mc_err err = MC_OK;
	struct person person;
	if (s->clerk) {
		if ((err = person_clerk(ctx)))
			return err;
		if (!strcmp(s->person, ctx->person))
			return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "verification.oneself" });
		if (!office_above(ctx, s->person))
			return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "verification.staff" });
	}
	if ((err = person_load(ctx, s->person, &person)))
		return err;
	err = db_do(ctx, "update person set state = $1, waiting = 0 where court = $2 and person = $3 and state = $4", "itti",
		    (int64_t)s->to, COURT_NATION, s->person, (int64_t)s->from);
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "verification.overtaken" });
	if (!err)
		err = verification_note(ctx, s);
	if (err || s->to != PERSON_VERIFIED || s->from != PERSON_REGISTERED)
		return err;
	if ((err = person_claim(ctx, s->person)))
		return err;
	return verification_news(ctx, s->person);
}

static enum mc_err verification_reason(struct ctx *ctx, const char **reason, const char *field)
{
	*reason = text_trim(ctx->mem, *reason);
	size_t n = text_chars(*reason);
	return n >= 2 && n <= 1000 ? MC_OK
		: ctx_fail(ctx, MC_INVALID, (struct why){ .key = "verification.reason_needed", .field = field });
}

static enum mc_err verification_step(struct ctx *ctx, const char *field, struct verification_step step)
{
	const char **words = !strcmp(field, "source") ? &step.source : &step.reason;
	enum mc_err err = verification_reason(ctx, words, field);
	return err ? err : db_together(ctx, verification_write, &step);
}

enum mc_err verification_grant(struct ctx *ctx, const char *person, const char *source)
{
	return verification_step(ctx, "source", (struct verification_step){
		person, "document", source, "verified", "", "", PERSON_REGISTERED, PERSON_VERIFIED, true });
}

enum mc_err verification_refuse(struct ctx *ctx, const char *person, const char *reason)
{
	return verification_step(ctx, "reason", (struct verification_step){
		person, "document", "", "refused", reason, "", PERSON_REGISTERED, PERSON_REGISTERED, true });
}

enum mc_err verification_suspend(struct ctx *ctx, const char *person, const char *reason)
{
	return verification_step(ctx, "reason", (struct verification_step){
		person, "decision", "", "suspended", reason, "", PERSON_VERIFIED, PERSON_SUSPENDED, true });
}

enum mc_err verification_restore(struct ctx *ctx, const char *person, const char *reason)
{
	return verification_step(ctx, "reason", (struct verification_step){
		person, "decision", "", "restored", reason, "", PERSON_SUSPENDED, PERSON_VERIFIED, true });
}

static enum mc_err verification_attest(struct ctx *ctx, void *arg)
{
	struct verification_step *s = arg;
	struct person person;
	enum mc_err err = person_load(ctx, s->person, &person);
	if (err)
		return err;
	bool verifies = !strcmp(s->result, "match") && person.kind != PERSON_ORGANISATION
		&& person.state == PERSON_REGISTERED;
	if (!verifies)
		return verification_note(ctx, s);
	s->result = "verified";
	return verification_write(ctx, s);
}

enum mc_err verification_attested(struct ctx *ctx, const char *person, const char *result, const char *reference)
{
	return db_together(ctx, verification_attest, &(struct verification_step){
		person, "service", "", result, "", reference, PERSON_REGISTERED, PERSON_VERIFIED, false });
}

enum mc_err verification_found(struct ctx *ctx, const char *person, const char *source)
{
	return verification_write(ctx, &(struct verification_step){
		person, "document", source, "verified", "", "", PERSON_REGISTERED, PERSON_VERIFIED, false });
}

enum mc_err verification_renewed(struct ctx *ctx, const char *person, const char *source)
{
	return verification_note(ctx, &(struct verification_step){
		.person = person, .method = "document", .source = source, .result = "renewed", .reason = "", .reference = "", .clerk = true });
}
