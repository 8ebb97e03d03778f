#include "stage.h"
#include "played.h"
#include "../unit/scan.h"
#include "../../src/base/arena.h"
#include "../../src/base/clock.h"
#include "../../src/court/fee_due.h"
#include "../../src/court/person.h"
#include "../../src/court/sample.h"
#include "../../src/court/verification.h"
#include "../../src/jobs/jobs.h"
#include "../../src/store/db.h"
#include "../../src/store/schema.h"

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
	db_twice(*set->database != '\0');
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

struct outcome stage_act(struct stage_set *set, const char *account, const char *court, const char *docket,
			 enum act act, const struct form *form)
{
	if (set->program)
		return played_act(set, account, court, docket, act, form);
	struct ctx ctx = stage_ctx(set, account);
	struct act_done done;
	enum mc_err err = act_perform(&ctx, &(struct act_ask){ court, docket, act, form, NULL, NULL }, &done);
	jobs_run(set->store);
	return stage_outcome(&ctx, err);
}

bool stage_again(struct stage_set *set) { return !set->program || played_again(set); }

struct outcome stage_pay(struct stage_set *set, const char *account, const char *court, const char *docket, int64_t fen)
{
	if (set->program)
		return played_pay(set, account, court, docket, fen);
	struct ctx ctx = stage_ctx(set, account);
	struct docket d;
	const char *order;
	int64_t due;
	enum mc_err err = docket_load(&ctx, court, docket, &d);
	if (!err)
		err = fee_due_order(&ctx, &d, &order, &due);
	if (!err)
		err = fee_due_paid(&ctx, court, order, fen, "story-1");
	if (!err)       /* a service that calls twice does no harm */
		err = fee_due_paid(&ctx, court, order, fen, "story-1");
	jobs_run(set->store);
	return stage_outcome(&ctx, err);
}

struct outcome stage_see(struct stage_set *set, const char *account, const char *court, const char *docket)
{
	if (set->program)
		return played_see(set, account, court, docket);
	struct ctx ctx = stage_ctx(set, account);
	struct docket d;
	return stage_outcome(&ctx, docket_load(&ctx, court, docket, &d));
}

struct outcome stage_verify(struct stage_set *set, const char *clerk, const char *account)
{
	const char *person = stage_person(set, account);
	if (set->program)
		return played_verify(set, clerk, person);
	struct ctx ctx = stage_ctx(set, clerk);
	enum mc_err err = verification_grant(&ctx, person, "story");
	jobs_run(set->store);
	return stage_outcome(&ctx, err);
}
