#include "suit.h"
#include "../../src/court/chain.h"

#include <pthread.h>

#define TEST_ACT_FEN 230000      /* on a claim of 100,000 yuan */

/* Everything that an act could leave behind, as one line. */
static const char *test_act_print(struct suit *suit)
{
	static const char *const sql[] = {
		"select count(*), coalesce(sum(entries), 0), 0 from docket",
		"select count(*), coalesce(sum(number), 0), coalesce(sum(length(digest)), 0) from entry",
		"select count(*), coalesce(sum(ends), 0), coalesce(sum(stopped), 0) from deadline",
		"select count(*), coalesce(sum(length(body)), 0), 0 from paper",
		"select count(*), coalesce(sum(effective), 0), coalesce(sum(entry), 0) from served",
		"select count(*), coalesce(sum(due), 0), coalesce(sum(length(body)), 0) from outbox",
		"select count(*), coalesce(sum(decided), 0), 0 from motion",
		"select count(*), coalesce(sum(reached), 0), coalesce(sum(eservice), 0) from party",
		"select count(*), coalesce(sum(amount), 0), 0 from claim",
		"select count(*), coalesce(sum(entry), 0), 0 from item",
		"select count(*), coalesce(sum(fen), 0), coalesce(sum(halvings), 0) from fee",
		"select count(*), 0, 0 from draw",
		"select count(*), coalesce(sum(last), 0), 0 from counter",
		"select count(*), 0, 0 from directory",
		"select count(*), 0, 0 from awaiting",
		"select count(*), 0, 0 from docket where judge <> ''",
		"select count(*), 0, 0 from docket where number <> ''",
	};
	const char *out = "";
	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
		struct row *r = db_ask(&suit->ctx, sql[i], "");
		CHECK(db_next(r));
		out = arena_print(suit->ctx.mem, "%s %lld/%lld/%lld", out, (long long)db_int(r, 0), (long long)db_int(r, 1),
				  (long long)db_int(r, 2));
	}
	return out;
}

/* The nth call to the database fails, for every n: all of the act or nothing of it. */
static void test_act_sweep(struct suit *suit, const char *person, const char *id, enum act act, const struct form *form)
{
	const char *before = test_act_print(suit);
	int n = 0, left = 0;
	enum mc_err err;
	do {
		struct ctx ctx = suit->ctx;
		struct act_done done;
		ctx.mem = arena_begin_ceiling(SIZE_MAX);
		ctx.person = person;
		db_fail_after(++n);
		err = act_perform(&ctx, &(struct act_ask){ SUIT_COURT, id, act, form, NULL, NULL }, &done);
		left = db_fail_after(0);
		if (!left && !err)
			printf("  %s: call %d failed and nobody noticed\n", rule_of(act)->code, n);
		arena_end(ctx.mem);
		if (left)
			break;
		CHECK(err != MC_OK);
		CHECK_TEXT(test_act_print(suit), before);
	} while (n < 2000 && err);
	CHECK_INT(err, MC_OK);
	CHECK(n > 10 && n < 2000);
	CHECK(strcmp(test_act_print(suit), before) != 0);
	bool whole = false;
	int entries;
	struct chain_fault fault;
	CHECK(!chain_verify(&suit->ctx, SUIT_COURT, id, &whole, &entries, &fault) && whole);
	jobs_run(suit->store);
}

static void test_act_faults(struct suit *suit)
{
	const char *zhangwei = suit_person(suit, "zhangwei"), *lina = suit_person(suit, "lina"), *clerk = suit_person(suit, "bj-clerk");
	const char *filing = suit_person(suit, "bj-filing"), *id = id_new(suit->ctx.mem);
	suit_clock(suit, "2026-09-01 09:30");
	test_act_sweep(suit, zhangwei, id, ACT_SUBMIT, suit_complaint(suit));
	test_act_sweep(suit, filing, id, ACT_REGISTER, suit_form(suit, NULL, "procedure", "ordinary", NULL));
	test_act_sweep(suit, zhangwei, id, ACT_ASK_RECUSAL, suit_recusal(suit));
	test_act_sweep(suit, suit_person(suit, "bj-president"), id, ACT_RULE_RECUSAL, suit_form(suit, NULL, "decision", "grant",
		"reasons", "回避事由成立", NULL));
	suit_pay(suit, id);
	test_act_sweep(suit, clerk, id, ACT_SERVE, form_begin(suit->ctx.mem));
	test_act_sweep(suit, lina, id, ACT_ANSWER, suit_answer(suit));
	const char *heard = suit_to(suit, STAGE_DELIBERATING);
	test_act_sweep(suit, suit_docket(suit, heard).judge, heard, ACT_PRONOUNCE, suit_judgment(suit));
	test_act_sweep(suit, lina, heard, ACT_RECEIVE, suit_papers(suit, heard, 2));
}

/* Several at once, each with a connection of its own. */
struct test_act_rival { struct suit *suit; const char *person, *id; enum act act; const struct form *form; pthread_t thread;
			enum mc_err err; const char *key; };

static void *test_act_go(void *arg)
{
	struct test_act_rival *r = arg;
	struct ctx ctx = r->suit->ctx;
	struct act_done done;
	ctx.mem = arena_begin_ceiling(SIZE_MAX);
	ctx.db = db_reader(r->suit->store);
	ctx.person = r->person;
	r->err = act_perform(&ctx, &(struct act_ask){ SUIT_COURT, r->id, r->act, r->form, NULL, NULL }, &done);
	/* A reason's key is a literal of the program. */
	r->key = ctx.why ? ctx.why->key : "";
	arena_end(ctx.mem);
	return NULL;
}

static void test_act_race(struct test_act_rival *rival, size_t count, const char *key)
{
	int won = 0;
	for (size_t i = 0; i < count; i++)
		CHECK(!pthread_create(&rival[i].thread, NULL, test_act_go, &rival[i]));
	for (size_t i = 0; i < count; i++)
		pthread_join(rival[i].thread, NULL);
	for (size_t i = 0; i < count; i++) {
		won += rival[i].err == MC_OK;
		if (rival[i].err) {
			CHECK_INT(rival[i].err, MC_CONFLICT);
			CHECK(!rival[i].key || !*key || !strcmp(rival[i].key, key));
		}
	}
	CHECK_INT(won, 1);
	jobs_run(rival->suit->store);
}

static void test_act_races(struct suit *suit)
{
	enum { TEST_ACT_RIVALS = 8 };
	struct test_act_rival rival[TEST_ACT_RIVALS];
	const char *new = id_new(suit->ctx.mem), *id = suit_to(suit, STAGE_SUBMITTED), *served = suit_to(suit, STAGE_ANSWERING);
	const char *filing = suit_person(suit, "bj-filing"), *lina = suit_person(suit, "lina"), *zhangwei = suit_person(suit, "zhangwei");
	const struct form *complaint = suit_complaint(suit), *answer = suit_answer(suit);
	const struct form *ordinary = suit_form(suit, NULL, "procedure", "ordinary", NULL);
	/* The same complaint sent eight times is one case. */
	for (size_t i = 0; i < TEST_ACT_RIVALS; i++)
		rival[i] = (struct test_act_rival){ .suit = suit, .person = zhangwei, .id = new, .act = ACT_SUBMIT, .form = complaint };
	test_act_race(rival, TEST_ACT_RIVALS, "filing.already");
	for (size_t i = 0; i < TEST_ACT_RIVALS; i++)
		rival[i] = (struct test_act_rival){ .suit = suit, .person = filing, .id = id, .act = ACT_REGISTER, .form = ordinary };
	test_act_race(rival, TEST_ACT_RIVALS, "act.wrong_stage");
	struct docket d = suit_docket(suit, id);
	CHECK_INT(d.stage, STAGE_FEE_DUE);
	CHECK(*d.number && *d.judge);
	for (size_t i = 0; i < TEST_ACT_RIVALS; i++)
		rival[i] = (struct test_act_rival){ .suit = suit, .person = lina, .id = served, .act = ACT_ANSWER, .form = answer };
	test_act_race(rival, TEST_ACT_RIVALS, "answer.twice");
	struct row *r = db_ask(&suit->ctx, "select count(*) from paper where court = $1 and docket = $2 and kind = 'ANSWER'", "tt",
			       SUIT_COURT, served);
	CHECK(db_next(r));
	CHECK_INT(db_int(r, 0), 1);
}

/* The paying service calls back eight times at once: one entry, one payment. */
struct test_act_payer { struct suit *suit; const char *order; pthread_t thread; enum mc_err err; };

static void *test_act_pay(void *arg)
{
	struct test_act_payer *p = arg;
	struct ctx ctx = p->suit->ctx;
	ctx.mem = arena_begin_ceiling(SIZE_MAX);
	ctx.db = db_reader(p->suit->store);
	p->err = fee_due_paid(&ctx, SUIT_COURT, p->order, TEST_ACT_FEN, "test");
	arena_end(ctx.mem);
	return NULL;
}

static void test_act_payments(struct suit *suit)
{
	struct test_act_payer payer[8];
	const char *id = suit_to(suit, STAGE_FEE_DUE), *order[2];
	struct docket d = suit_docket(suit, id);
	int64_t fen;
	struct ctx ctx = suit_ctx(suit, "zhangwei");
	for (size_t i = 0; i < 2; i++)
		CHECK(!fee_due_order(&ctx, &d, &order[i], &fen));
	CHECK_INT(fen, TEST_ACT_FEN);
	for (size_t i = 0; i < 8; i++) {
		payer[i] = (struct test_act_payer){ .suit = suit, .order = order[i % 2] };
		CHECK(!pthread_create(&payer[i].thread, NULL, test_act_pay, &payer[i]));
	}
	for (size_t i = 0; i < 8; i++) {
		pthread_join(payer[i].thread, NULL);
		CHECK_INT(payer[i].err, MC_OK);
	}
	struct row *r = db_ask(&suit->ctx, "select count(*) from entry where court = $1 and docket = $2 and act = 'PAID'", "tt", SUIT_COURT, id);
	CHECK(db_next(r));
	CHECK_INT(db_int(r, 0), 1);
	CHECK_INT(suit_docket(suit, id).stage, STAGE_READY);
	CHECK_INT(fee_due_paid(&ctx, SUIT_COURT, "nothing", TEST_ACT_FEN, "test"), MC_UNKNOWN);
	ctx_forget(&ctx);
	CHECK_INT(fee_due_paid(&ctx, SUIT_COURT, order[0], 1, "test"), MC_INVALID);
	/* Paid when the case was over already: kept with its order, and the case stays over. */
	const char *late = suit_to(suit, STAGE_FEE_DUE), *late_order;
	d = suit_docket(suit, late);
	ctx = suit_ctx(suit, "zhangwei");
	CHECK(!fee_due_order(&ctx, &d, &late_order, &fen));
	suit_clock(suit, "2026-09-20 09:30");
	suit_do(suit, "judge", late, ACT_DEEM_WITHDRAWN, suit_form(suit, NULL, "reasons", "逾期未交纳案件受理费", NULL));
	CHECK_INT(fee_due_paid(&ctx, SUIT_COURT, late_order, TEST_ACT_FEN, "test"), MC_OK);
	CHECK_INT(suit_docket(suit, late).stage, STAGE_WITHDRAWN);
	r = db_ask(&suit->ctx, "select state from payment where court = $1 and id = $2", "tt", SUIT_COURT, late_order);
	CHECK(db_next(r));
	CHECK_TEXT(db_text(r, 0), "paid");
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	test_act_faults(&suit);
	test_act_races(&suit);
	test_act_payments(&suit);
	/* What a person may do is listed with the next step first, and nothing is listed that would be refused. */
	const char *id = suit_to(&suit, STAGE_ANSWERING);
	struct ctx ctx = suit_ctx(&suit, "lina");
	struct docket d;
	struct act_option *o;
	size_t count;
	CHECK(!docket_load(&ctx, SUIT_COURT, id, &d));
	CHECK(!act_open(&ctx, &d, &o, &count));
	CHECK(count > 3);
	CHECK_INT(o[0].act, ACT_ANSWER);
	CHECK_INT(o[0].until, day_from(2026, 9, 16));
	for (size_t i = 0; i < count; i++)
		CHECK(!act_may(&ctx, &d, o[i].act) && (!i || o[i - 1].weight >= o[i].weight));
	suit_close(&suit);
	return check_end();
}
