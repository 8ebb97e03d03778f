#include "stage.h"
#include "fault.h"
#include "played.h"
#include "sent.h"
#include "../unit/scan.h"
#include "../../src/base/arena.h"
#include "../../src/base/clock.h"
#include "../../src/court/fee_due.h"
#include "../../src/court/person.h"
#include "../../src/court/sample.h"
#include "../../src/court/upload.h"
#include "../../src/court/verification.h"
#include "../../src/jobs/delivery.h"
#include "../../src/jobs/jobs.h"
#include "../../src/store/db.h"
#include "../../src/store/outbox.h"
#include "../../src/store/schema.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const int stage_status[MC_ERR_COUNT] = { 200, 422, 401, 403, 404, 409, 413, 503, 412, 429 };

bool stage_raise(struct stage_set *set)
{
	clock_set(0);
	set->ctx = (struct ctx){ .mem = set->mem, .person = "", .session = "", .device = "", .lang = LANG_ZH, .now = clock_now() };
	if (set->program)
		return played_start(set);
	/* On the database that several programs may write to, an act may be performed again. */
	db_twice(*set->database && !set->faults);
	return !db_open(&set->ctx, set->directory, set->database, &set->store) && !schema_apply(&set->ctx) && !sample_create(&set->ctx)
	       && !scan_store(&set->ctx, set->store);      /* the file that the stories hand in */
}

void stage_strike(struct stage_set *set)
{
	if (set->program)
		played_stop(set);
	clock_set(0);
}

void stage_clock(struct stage_set *set, int64_t at)
{
	clock_set(at);
	set->ctx.now = at;
	if (set->program)
		played_clock(set, at);
}

const char *stage_person(struct stage_set *set, const char *account)
{
	const char *id = "";
	person_by_account(&set->ctx, account, &id);
	ctx_forget(&set->ctx);
	return id;
}

/* A context as a request would have it. */
static struct ctx stage_ctx(struct stage_set *set, const char *account)
{
	struct ctx ctx = set->ctx;
	ctx.person = stage_person(set, account);
	ctx.session = "story";
	ctx.device = "story";
	ctx.now = clock_now();
	ctx.why = NULL;
	return ctx;
}

static struct outcome stage_outcome(const struct ctx *ctx, enum mc_err err)
{
	struct outcome out = { stage_status[err], "", "", NULL };
	if (err && ctx->why)
		out = (struct outcome){ stage_status[err], ctx->why->key, ctx->why->field ? ctx->why->field : "", NULL };
	return out;
}

static enum mc_err stage_delivery(struct ctx *ctx, void *row) { return delivery_perform(ctx, row); }

/* What the jobs would do for a paper that is sent is tried as well; telling is left to them. */
static void stage_deliver(struct stage_set *set)
{
	struct outbox_row row;
	struct ctx ctx = stage_ctx(set, "");
	ctx.person = DOCKET_SYSTEM;
	while (!outbox_next(&ctx, &row)) {
		bool arrives = !strcmp(row.kind, "deliver");
		if (arrives ? fault_every(set, &ctx, rule_of(ACT_ARRIVE)->code, stage_delivery, &row) : stage_delivery(&ctx, &row))
			return;
	}
}

/* Performs something that may be tried with faults first, and what follows from it. */
static struct outcome stage_do(struct stage_set *set, struct ctx *ctx, const char *name,
			       enum mc_err (*what)(struct ctx *, void *), void *arg)
{
	enum mc_err err = set->faults ? fault_every(set, ctx, name, what, arg) : what(ctx, arg);
	if (set->faults)
		stage_deliver(set);
	jobs_run(set->store);
	return stage_outcome(ctx, err);
}

static enum mc_err stage_perform(struct ctx *ctx, void *arg)
{
	struct act_done done;
	return act_perform(ctx, arg, &done);
}

struct outcome stage_act(struct stage_set *set, const char *account, const char *court, const char *docket,
			 enum act act, struct form *form)
{
	if (set->program)
		return played_act(set, account, court, docket, act, form);
	struct ctx ctx = stage_ctx(set, account);
	if (set->faults)
		fault_files(set, &ctx, act, form);
	return stage_do(set, &ctx, rule_of(act)->code, stage_perform, &(struct act_ask){ court, docket, act, form, NULL, NULL });
}

const char *stage_upload(struct stage_set *set, const char *account, const char *words)
{
	const char *who = set->program ? account : stage_person(set, account), *value = NULL;
	if (set->faults)
		fault_upload(set, who, words);
	const char *id = sent_file(set, who, sent_pdf(set->mem, words), false, NULL);
	if (!id || set->program)
		return id ? arena_print(set->mem, "upload:%s", id) : NULL;
	struct ctx ctx = stage_ctx(set, account);
	return upload_value(&ctx, set->store, id, "file", &value) ? NULL : value;
}

bool stage_again(struct stage_set *set) { return !set->program || played_again(set); }

struct stage_payment { const char *court, *order; const struct docket *docket; int64_t fen; };

static enum mc_err stage_order(struct ctx *ctx, void *arg)
{
	struct stage_payment *payment = arg;
	int64_t due;
	return fee_due_order(ctx, payment->docket, &payment->order, &due);
}

static enum mc_err stage_paid(struct ctx *ctx, void *arg)
{
	const struct stage_payment *payment = arg;
	return fee_due_paid(ctx, payment->court, payment->order, payment->fen, "story-1");
}

struct outcome stage_pay(struct stage_set *set, const char *account, const char *court, const char *docket, int64_t fen)
{
	if (set->program)
		return played_pay(set, account, court, docket, fen);
	struct ctx ctx = stage_ctx(set, account);
	struct docket d;
	struct stage_payment payment = { .court = court, .fen = fen };
	enum mc_err err = docket_load(&ctx, court, docket, &d);
	if (err)
		return stage_outcome(&ctx, err);
	payment.docket = &d;
	struct outcome out = stage_do(set, &ctx, "an order to pay", stage_order, &payment);
	if (out.status == 200)
		out = stage_do(set, &ctx, rule_of(ACT_PAID)->code, stage_paid, &payment);
	if (out.status == 200)          /* a service that calls twice does no harm */
		out = stage_do(set, &ctx, "a payment told twice", stage_paid, &payment);
	return out;
}

struct outcome stage_see(struct stage_set *set, const char *account, const char *court, const char *docket)
{
	if (set->program)
		return played_see(set, account, court, docket);
	struct ctx ctx = stage_ctx(set, account);
	struct docket d;
	return stage_outcome(&ctx, docket_load(&ctx, court, docket, &d));
}

static enum mc_err stage_grant(struct ctx *ctx, void *person) { return verification_grant(ctx, person, "story"); }

struct outcome stage_verify(struct stage_set *set, const char *clerk, const char *account)
{
	const char *person = stage_person(set, account);
	if (set->program)
		return played_verify(set, clerk, person);
	struct ctx ctx = stage_ctx(set, clerk);
	return stage_do(set, &ctx, "verify somebody", stage_grant, (void *)(uintptr_t)person);
}
