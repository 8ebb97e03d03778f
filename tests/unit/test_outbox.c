#define _GNU_SOURCE 1
#include "check.h"
#include "database.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/store/db.h"
#include "../../src/store/outbox.h"
#include "../../src/store/schema.h"

#include <stdatomic.h>

#define OUTBOX_TEST_NOW 1767225600

static _Atomic int outbox_test_wakes;

static void outbox_test_wake(void) { outbox_test_wakes++; }

struct outbox_test_put {
	const char *kind;
	int64_t due;
	enum mc_err err;
};

static enum mc_err outbox_test_act(struct ctx *ctx, void *arg)
{
	const struct outbox_test_put *put = arg;
	enum mc_err err = outbox_put(ctx, "132", put->kind, "d1", "{\"to\":\"王芳\"}", put->due);
	return err ? err : put->err;
}

static enum mc_err outbox_test_nothing(struct ctx *ctx, void *arg)
{
	(void)ctx;
	(void)arg;
	return MC_OK;
}

/* A job: its own row, and the outbox row gone, in one act. */
static enum mc_err outbox_test_job(struct ctx *ctx, void *arg)
{
	const struct outbox_row *row = arg;
	enum mc_err err = outbox_put(ctx, row->court, "after", row->docket, "{}", ctx->now);
	return err ? err : outbox_done(ctx, row);
}

static void outbox_test_order(struct ctx *ctx)
{
	struct outbox_row row;
	CHECK_INT(outbox_next(ctx, &row), MC_UNKNOWN);
	CHECK(!ctx->why);
	struct outbox_test_put later = { "later", OUTBOX_TEST_NOW + 60, MC_OK };
	struct outbox_test_put now = { "deliver", OUTBOX_TEST_NOW, MC_OK };
	struct outbox_test_put earlier = { "earlier", OUTBOX_TEST_NOW - 60, MC_OK };
	struct outbox_test_put refused = { "refused", OUTBOX_TEST_NOW - 90, MC_DENIED };
	CHECK_INT(db_together(ctx, outbox_test_act, &later), MC_OK);
	CHECK_INT(outbox_test_wakes, 1);
	CHECK_INT(outbox_next(ctx, &row), MC_UNKNOWN);
	CHECK_INT(db_together(ctx, outbox_test_act, &now), MC_OK);
	CHECK_INT(db_together(ctx, outbox_test_act, &earlier), MC_OK);
	CHECK_INT(outbox_test_wakes, 3);
	CHECK_INT(db_together(ctx, outbox_test_act, &refused), MC_DENIED);
	CHECK_INT(db_together(ctx, outbox_test_nothing, NULL), MC_OK);
	CHECK_INT(outbox_test_wakes, 3);

	CHECK_INT(outbox_next(ctx, &row), MC_OK);
	CHECK_TEXT(row.kind, "earlier");
	CHECK_INT(db_together(ctx, outbox_test_job, &row), MC_OK);
	CHECK_INT(outbox_test_wakes, 4);
	/* Somebody else who took the same row does nothing. */
	CHECK_INT(db_together(ctx, outbox_test_job, &row), MC_CONFLICT);
	CHECK_INT(outbox_again(ctx, &row, "too late"), MC_CONFLICT);
	CHECK_INT(outbox_test_wakes, 4);
	ctx_forget(ctx);

	CHECK_INT(outbox_next(ctx, &row), MC_OK);
	CHECK_TEXT(row.kind, "deliver");
	CHECK_TEXT(row.court, "132");
	CHECK_TEXT(row.docket, "d1");
	CHECK_TEXT(row.body, "{\"to\":\"王芳\"}");
	CHECK_INT(row.due, OUTBOX_TEST_NOW);
	CHECK_INT(row.tries, 0);
}

static void outbox_test_again(struct ctx *ctx)
{
	static const int64_t pause[] = { 30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 15360, 21600, 21600, 21600 };
	struct outbox_row row;
	CHECK_INT(outbox_next(ctx, &row), MC_OK);
	CHECK_INT(outbox_done(ctx, &row), MC_OK);
	CHECK_INT(outbox_next(ctx, &row), MC_OK);
	CHECK_TEXT(row.kind, "after");
	CHECK_INT(outbox_done(ctx, &row), MC_OK);
	CHECK_INT(outbox_next(ctx, &row), MC_UNKNOWN);
	ctx->now = OUTBOX_TEST_NOW + 60;
	for (size_t i = 0; i < sizeof pause / sizeof *pause; i++) {
		CHECK_INT(outbox_next(ctx, &row), MC_OK);
		CHECK_INT(row.tries, i);
		CHECK_INT(outbox_again(ctx, &row, "mail server is away"), MC_OK);
		/* The same failure told twice counts once. */
		CHECK_INT(outbox_again(ctx, &row, "mail server is away"), MC_CONFLICT);
		ctx_forget(ctx);
		ctx->now += pause[i] - 1;
		CHECK_INT(outbox_next(ctx, &row), MC_UNKNOWN);
		ctx->now += 1;
	}
	CHECK_INT(outbox_next(ctx, &row), MC_OK);
	CHECK_INT(outbox_done(ctx, &row), MC_OK);
	CHECK_INT(outbox_done(ctx, &row), MC_CONFLICT);
	ctx_forget(ctx);
	ctx->now += 1000000;
	CHECK_INT(outbox_next(ctx, &row), MC_UNKNOWN);
	/* Put while the clock was a year ahead, which has been set right since: nothing waits for a year. */
	struct outbox_test_put ahead = { "ahead", ctx->now + 365 * 86400, MC_OK };
	CHECK_INT(db_together(ctx, outbox_test_act, &ahead), MC_OK);
	CHECK_INT(outbox_next(ctx, &row), MC_OK);
	CHECK_INT(outbox_done(ctx, &row), MC_OK);
}

/* A job that fails at any call has either been done or is still to be done. */
static void outbox_test_faults(struct ctx *ctx)
{
	struct outbox_test_put put = { "fault", ctx->now, MC_OK };
	for (int n = 1, whole = 0; n < 50 && !whole; n++) {
		CHECK_INT(db_together(ctx, outbox_test_act, &put), MC_OK);
		struct outbox_row row;
		CHECK_INT(outbox_next(ctx, &row), MC_OK);
		CHECK_TEXT(row.kind, "fault");
		db_fail_after(n);
		enum mc_err err = db_together(ctx, outbox_test_job, &row);
		whole = db_fail_after(0) > 0;
		CHECK_INT(err, whole ? MC_OK : MC_STORE);
		ctx_forget(ctx);
		CHECK_INT(outbox_next(ctx, &row), MC_OK);
		CHECK_TEXT(row.kind, whole ? "after" : "fault");
		CHECK_INT(outbox_done(ctx, &row), MC_OK);
		CHECK_INT(outbox_next(ctx, &row), MC_UNKNOWN);
	}
}

int main(void)
{
	char path[200], database[DATABASE_SIZE];
	folder_make(path, sizeof path);
	database_make(database, sizeof database);
	struct ctx ctx = { .mem = arena_begin(), .now = OUTBOX_TEST_NOW, .person = "", .session = "", .device = "" };
	struct store *store;
	CHECK_INT(db_open(&ctx, path, database, &store), MC_OK);
	CHECK_INT(schema_apply(&ctx), MC_OK);
	outbox_on_commit(outbox_test_wake);
	outbox_test_order(&ctx);
	outbox_test_again(&ctx);
	outbox_test_faults(&ctx);
	arena_end(ctx.mem);
	folder_remove(path);
	return check_end();
}
