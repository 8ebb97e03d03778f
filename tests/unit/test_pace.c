#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/setting.h"
#include "../../src/http/pace.h"

static const char *pace_test_header(const struct ask *ask, const char *name)
{
	(void)ask;
	(void)name;
	return "";
}

static enum mc_err pace_test_admit(struct ctx *ctx, struct pace *pace, const char *address, const char *method,
				   unsigned flags, struct reply *reply)
{
	struct ask ask = { .address = address, .header = pace_test_header, .json = true };
	*reply = (struct reply){ .status = 0 };
	return pace_admit(ctx, pace, &ask, &(struct route){ .method = method, .flags = flags }, ctx->mem, reply);
}

int main(void)
{
	struct ctx ctx = { .mem = arena_begin_ceiling((size_t)1 << 30), .person = "p1", .session = "", .device = "" };
	CHECK_INT(setting_put(&ctx, SETTING_PACE_READ, "", "60", "test"), MC_OK);
	CHECK_INT(setting_put(&ctx, SETTING_PACE_ACT, "", "2", "test"), MC_OK);
	CHECK_INT(setting_put(&ctx, SETTING_PACE_SIGN_IN, "", "1", "test"), MC_OK);
	CHECK_INT(setting_put(&ctx, SETTING_PACE_UPLOAD, "", "0", "test"), MC_OK);
	struct pace *pace = pace_begin(ctx.mem);
	int64_t left, now = 1000000000;

	/* A quiet minute may be spent at once, then one a second. */
	for (int i = 0; i < 60; i++) {
		CHECK_INT(pace_count(pace, PACE_READ, "a", now, &left), 0);
		CHECK_INT(left, 59 - i);
	}
	CHECK_INT(pace_count(pace, PACE_READ, "a", now, &left), 1000000);
	CHECK_INT(pace_count(pace, PACE_READ, "a", now + 400000, &left), 600000);
	CHECK_INT(pace_count(pace, PACE_READ, "a", now + 1000000, &left), 0);
	CHECK_INT(pace_count(pace, PACE_READ, "a", now + 1000000, &left), 1000000);
	CHECK_INT(pace_count(pace, PACE_READ, "b", now, &left), 0);
	CHECK_INT(pace_count(pace, PACE_ACT, "a", now, &left), 0);
	CHECK_INT(pace_count(pace, PACE_READ, "a", now + 120000000, &left), 0);
	CHECK_INT(left, 59);
	/* A hundred thousand names later the memory is the same and nobody who is quiet is refused. */
	int refused = 0;
	for (int i = 0; i < 100000; i++)
		refused += pace_count(pace, PACE_READ, arena_print(ctx.mem, "name %d", i), now + 200000000 + i, &left) != 0;
	CHECK_INT(refused, 0);

	/* As a request: who, what for, and what the answer says. */
	struct reply reply;
	CHECK_INT(pace_test_admit(&ctx, pace, "203.0.113.7", "POST", PAGE_VERIFIED, &reply), MC_OK);
	CHECK_TEXT(reply.header[0].value, "\"act\";q=2;w=60");
	CHECK_TEXT(reply.header[1].value, "\"act\";r=1;t=0");
	CHECK_INT(pace_test_admit(&ctx, pace, "198.51.100.9", "POST", PAGE_VERIFIED, &reply), MC_OK);
	CHECK_INT(pace_test_admit(&ctx, pace, "203.0.113.7", "POST", PAGE_VERIFIED, &reply), MC_BUSY);
	CHECK_TEXT(ctx.why->key, "pace.busy");
	CHECK(reply.retry > 0 && reply.retry <= 30);
	CHECK_TEXT(reply.header[0].name, "RateLimit-Policy");
	CHECK_INT(pace_test_admit(&ctx, pace, "203.0.113.7", "GET", PAGE_VERIFIED, &reply), MC_OK);
	ctx.person = "p2";
	CHECK_INT(pace_test_admit(&ctx, pace, "203.0.113.7", "POST", PAGE_VERIFIED, &reply), MC_OK);
	/* Signing in counts by the block of addresses, whoever one is; the neighbour block is another. */
	CHECK_INT(pace_test_admit(&ctx, pace, "203.0.113.7", "POST", PAGE_PUBLIC, &reply), MC_OK);
	CHECK_INT(pace_test_admit(&ctx, pace, "203.0.113.250", "POST", PAGE_PUBLIC, &reply), MC_BUSY);
	CHECK_INT(pace_test_admit(&ctx, pace, "203.0.114.7", "POST", PAGE_PUBLIC, &reply), MC_OK);
	CHECK_INT(pace_test_admit(&ctx, pace, "2001:db8:1:2::5", "POST", PAGE_PUBLIC, &reply), MC_OK);
	CHECK_INT(pace_test_admit(&ctx, pace, "2001:db8:1:2:9::6", "POST", PAGE_PUBLIC, &reply), MC_BUSY);
	/* Who calls from this machine, what proves itself, and what costs nothing. */
	for (int i = 0; i < 5; i++) {
		CHECK_INT(pace_test_admit(&ctx, pace, "127.0.0.1", "POST", PAGE_PUBLIC, &reply), MC_OK);
		CHECK_INT(pace_test_admit(&ctx, pace, "203.0.113.7", "POST", PAGE_PUBLIC | PAGE_OPEN, &reply), MC_OK);
	}
	setting_forget();
	arena_end(ctx.mem);
	return check_end();
}
