/* What follows from acts is done together: in order, once, and one failure holds up nobody. */
#include "suit.h"
#include "../../src/court/service.h"
#include "../../src/store/outbox.h"
#include "../../src/base/cursor.h"

#include <pthread.h>

enum { TEST_JOBS_TELL = 150 };

struct test_jobs_put { const char *kind, *docket, *body; int count; };

static enum mc_err test_jobs_put(struct ctx *ctx, void *arg)
{
	const struct test_jobs_put *put = arg;
	enum mc_err err = MC_OK;
	for (int i = 0; i < put->count && !err; i++)
		err = outbox_put(ctx, SUIT_COURT, put->kind, put->docket, put->body, ctx->now);
	return err;
}

static int test_jobs_left(struct suit *suit)
{
	struct row *r = db_ask(&suit->ctx, "select count(*) from outbox", "");
	return db_next(r) ? (int)db_int(r, 0) : -1;
}

/* A case that is served on 李娜, of which nothing has been delivered yet. */
static const char *test_jobs_case(struct suit *suit)
{
	const char *id = id_new(suit->ctx.mem);
	suit_do(suit, "zhangwei", id, ACT_SUBMIT, suit_complaint(suit));
	suit_do(suit, "bj-filing", id, ACT_REGISTER, suit_form(suit, NULL, "procedure", "ordinary", NULL));
	suit_pay(suit, id);
	CHECK(!suit_try(suit, "bj-clerk", id, ACT_SERVE, form_begin(suit->ctx.mem)));
	return id;
}

static size_t test_jobs_letters(struct suit *suit, const char *account, struct service_letter **out)
{
	size_t count = 0;
	CHECK(!service_inbox(&suit->ctx, suit_person(suit, account), &cursor_start, 200, out, &count));
	return count;
}

static int test_jobs_due(struct suit *suit)
{
	struct row *r = db_ask(&suit->ctx, "select count(*) from due", "");
	return db_next(r) ? (int)db_int(r, 0) : -1;
}

static enum mc_err test_jobs_forget(struct ctx *ctx, void *unused)
{
	(void)unused;
	return db_do(ctx, "delete from due where court = $1", "t", SUIT_COURT);
}

/* For a case that is older than the table of what is due, a job writes it down (sql/0034_due.sql). */
static void test_jobs_settle(struct suit *suit, const char *id)
{
	struct test_jobs_put due = { "due", id, "{}", 1 };
	int was = test_jobs_due(suit);
	CHECK(was > 0 && !db_together(&suit->ctx, test_jobs_forget, NULL) && !test_jobs_due(suit));
	CHECK(!db_together(&suit->ctx, test_jobs_put, &due));
	CHECK_INT(jobs_run(suit->store), 1);
	CHECK_INT(test_jobs_due(suit), was);
}

/* 150 rows and one that fails among them: three turns, and a commit for the note of the failure. */
static void test_jobs_together(struct suit *suit, const char *id)
{
	struct test_jobs_put before = { "tell", id, "{}", TEST_JOBS_TELL / 2 }, bad = { "nonsense", id, "{}", 1 }, after = before;
	int64_t acts, first, last;
	CHECK_INT(test_jobs_left(suit), 0);
	CHECK(!db_together(&suit->ctx, test_jobs_put, &before));
	CHECK(!db_together(&suit->ctx, test_jobs_put, &bad));
	CHECK(!db_together(&suit->ctx, test_jobs_put, &after));
	db_count(suit->store, &acts, &first);
	CHECK_INT(jobs_run(suit->store), TEST_JOBS_TELL + 1);
	db_count(suit->store, &acts, &last);
	CHECK_INT(last - first, 4);
	CHECK_INT(test_jobs_left(suit), 1);
	struct row *r = db_ask(&suit->ctx, "select kind, tries, why from outbox", "");
	CHECK(db_next(r));
	CHECK_TEXT(db_text(r, 0), "nonsense");
	CHECK_INT(db_int(r, 1), 1);
	CHECK_TEXT(db_text(r, 2), "outbox.kind");
	CHECK_INT(jobs_run(suit->store), 0);
}

static void *test_jobs_rival(void *store)
{
	jobs_run(store);
	return NULL;
}

/* Papers reach an inbox in the order in which they were sent, each once, though several look after
 * the outbox at the same time. */
static void test_jobs_once(struct suit *suit)
{
	enum { TEST_JOBS_CASES = 3, TEST_JOBS_RIVALS = 4 };
	pthread_t rival[TEST_JOBS_RIVALS];
	struct service_letter *letter;
	size_t before = test_jobs_letters(suit, "lina", &letter), now;
	int sent = 0;
	for (int i = 0; i < TEST_JOBS_CASES; i++) {
		struct docket d = suit_docket(suit, test_jobs_case(suit));
		struct row *r = db_ask(&suit->ctx, "select count(*) from served where court = $1 and docket = $2 and party = 2 and arrived = 0",
				       "tt", SUIT_COURT, d.id);
		CHECK(db_next(r));
		sent += (int)db_int(r, 0);
	}
	CHECK(sent > TEST_JOBS_CASES);
	for (int i = 0; i < TEST_JOBS_RIVALS; i++)
		CHECK(!pthread_create(&rival[i], NULL, test_jobs_rival, suit->store));
	for (int i = 0; i < TEST_JOBS_RIVALS; i++)
		pthread_join(rival[i], NULL);
	while (jobs_run(suit->store))
		;
	CHECK_INT(test_jobs_left(suit), 1);
	now = test_jobs_letters(suit, "lina", &letter);
	CHECK_INT(now - before, sent);
	struct row *r = db_ask(&suit->ctx, "select i.docket, s.number from inbox i join served s on s.court = i.home and s.docket = i.docket"
			       " and s.paper = i.paper and s.party = 2 where i.court = '0' and i.person = $1 order by i.docket, i.id", "t",
			       suit_person(suit, "lina"));
	const char *docket = "";
	int64_t last = 0;
	while (db_next(r)) {
		CHECK(strcmp(docket, db_text(r, 0)) || db_int(r, 1) > last);
		docket = db_text(r, 0);
		last = db_int(r, 1);
	}
	CHECK(last > 0);
}

/* Each stands or falls alone, and sees what those before it have done. */
static enum mc_err test_jobs_act(struct ctx *ctx, void *arg)
{
	enum mc_err err = test_jobs_put(ctx, arg);
	struct row *r = db_ask(ctx, "select count(*) from outbox where kind = 'each'", "");
	CHECK(db_next(r));
	((struct test_jobs_put *)arg)->count = (int)db_int(r, 0);
	return !err && db_int(r, 0) == 2 ? ctx_fail(ctx, MC_DENIED, (struct why){ .key = "person.clerks_only" }) : err;
}

static void test_jobs_each(struct suit *suit)
{
	struct ctx ctx[3];
	struct test_jobs_put put[3];
	struct db_act acts[3];
	for (size_t i = 0; i < 3; i++) {
		ctx[i] = suit->ctx;
		put[i] = (struct test_jobs_put){ "each", "", "{}", 1 };
		acts[i] = (struct db_act){ .ctx = &ctx[i], .act = test_jobs_act, .arg = &put[i] };
	}
	db_each(acts, 0);
	db_each(acts, 3);
	CHECK_INT(acts[0].err, MC_OK);
	CHECK_INT(acts[1].err, MC_DENIED);
	CHECK_TEXT(ctx[1].why->key, "person.clerks_only");
	CHECK_INT(acts[2].err, MC_DENIED);      /* the second is undone, so the third is second again */
	CHECK_INT(put[2].count, 2);
	CHECK(!ctx[0].why);
	CHECK_INT(test_jobs_left(suit), 2);
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	const char *id = test_jobs_case(&suit);
	while (jobs_run(suit.store))
		;
	test_jobs_settle(&suit, id);
	test_jobs_together(&suit, id);
	test_jobs_once(&suit);
	test_jobs_each(&suit);
	suit_close(&suit);
	return check_end();
}
