/* Hashing passwords takes a bounded part of the machine: two at once, so many wait, and whoever comes
 * then is told when to come again, and is not taken for somebody who guesses. */
#include "network.h"
#include "../../src/court/attempt.h"
#include "../../src/court/login.h"

#include <pthread.h>

enum { PASSWORD_TEST_MANY = PASSWORD_AT_ONCE + PASSWORD_QUEUE + 30 };

static struct {
	struct store *store;
	pthread_barrier_t start;
} password_test;

struct password_test_try { enum mc_err err; int64_t retry; bool busy; };

/* All at once, and all wrong. */
static void *password_test_in(void *arg)
{
	struct password_test_try *try = arg;
	struct ctx ctx = { .mem = arena_begin(), .db = db_reader(password_test.store), .person = "", .session = "", .device = "test",
			   .now = NETWORK_NOW };
	struct login_proof proof;
	const char *account = arena_print(ctx.mem, "nobody %p", arg);
	pthread_barrier_wait(&password_test.start);
	try->err = login_prove(&ctx, account, "wrong password", "", &proof);
	try->retry = ctx.why ? ctx.why->retry : 0;
	try->busy = ctx.why && !strcmp(ctx.why->key, "login.busy");
	arena_end(ctx.mem);
	return NULL;
}

static int64_t password_test_counted(struct ctx *ctx)
{
	struct row *r = db_ask(ctx, "select cast(count(*) as bigint) from attempt", "");
	return db_next(r) ? db_int(r, 0) : -1;
}

int main(void)
{
	struct ctx ctx = network_open(&password_test.store);
	pthread_t thread[PASSWORD_TEST_MANY];
	struct password_test_try try[PASSWORD_TEST_MANY] = { 0 };
	int busy = 0, wrong = 0;
	CHECK(!pthread_barrier_init(&password_test.start, NULL, PASSWORD_TEST_MANY));
	for (int i = 0; i < PASSWORD_TEST_MANY; i++)
		CHECK(!pthread_create(&thread[i], NULL, password_test_in, &try[i]));
	for (int i = 0; i < PASSWORD_TEST_MANY; i++)
		CHECK(!pthread_join(thread[i], NULL));
	for (int i = 0; i < PASSWORD_TEST_MANY; i++) {
		busy += try[i].busy;
		wrong += try[i].err == MC_INVALID;
		if (try[i].busy)
			CHECK(try[i].err == MC_STORE && try[i].retry > 0);
	}
	CHECK_INT(busy + wrong, PASSWORD_TEST_MANY);
	CHECK(busy > 0 && wrong >= PASSWORD_AT_ONCE + PASSWORD_QUEUE);
	CHECK_INT(password_test_counted(&ctx), wrong);

	/* Then it works as before. */
	struct person p = network_citizen(&ctx, "张伟", 1);
	struct login_start start;
	CHECK(!login_register(&ctx, &p, NETWORK_PASSWORD, "", &start));
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "", &start));
	pthread_barrier_destroy(&password_test.start);
	network_end(&ctx, password_test.store);
	return check_end();
}
