#include "suit.h"
#include "../../src/base/digest.h"
#include "../../src/court/bench.h"
#include "../../src/court/office.h"

/* Ten thousand seeds over n judges: how far the draws are from even, as chi-square with n - 1
 * degrees of freedom. The seeds are fixed, so the figure is the same every time. */
static void test_bench_even(struct arena *mem, size_t n, double most)
{
	const char *judge[12];
	int drawn[12] = { 0 };
	bool inside = true;
	double even = 10000.0 / (double)n, chi = 0;
	for (size_t i = 0; i < n; i++)
		judge[i] = arena_print(mem, "judge%02zu", i);
	for (int i = 0; i < 10000; i++) {
		const char *text = arena_print(mem, "seed %d", i), *seed = digest_of(mem, text, strlen(text));
		size_t at = bench_pick(mem, seed, judge, n);
		inside &= at < n;
		drawn[at < n ? at : 0]++;
	}
	for (size_t i = 0; i < n; i++)
		chi += ((double)drawn[i] - even) * ((double)drawn[i] - even) / even;
	CHECK(inside);
	CHECK(chi < most);
	if (chi >= most)
		printf("  %zu judges: chi-square %.1f\n", n, chi);
}

static void test_bench_pick(struct arena *mem)
{
	const char *const three[] = { "a", "b", "c" }, *const other[] = { "b", "a", "c" }, *const one[] = { "a" };
	int moved = 0, differs = 0;
	for (int i = 0; i < 200; i++) {
		const char *seed = arena_print(mem, "%d", i);
		size_t at = bench_pick(mem, seed, three, 3);
		CHECK_INT(at, bench_pick(mem, arena_copy(mem, seed), three, 3));
		moved += strcmp(three[at], other[bench_pick(mem, seed, other, 3)]) != 0;
		differs += at != bench_pick(mem, arena_print(mem, "%d ", i), three, 3);
		CHECK_INT(bench_pick(mem, seed, one, 1), 0);
	}
	/* The list as well as the seed decides. */
	CHECK(moved > 50 && differs > 50);
	/* As any other program reckons it: printf '2026\n甲\n乙\n丙\n丁\n戊' | sha256sum, modulo five. */
	const char *const five[] = { "甲", "乙", "丙", "丁", "戊" };
	CHECK_INT(bench_pick(mem, "2026", five, 5), 0);
}

/* What the docket says of a draw is enough to repeat it. */
static void test_bench_repeat(struct suit *suit, const char *id)
{
	struct docket d = suit_docket(suit, id);
	struct bench_draw *draw;
	size_t count, judges = 0;
	const char *judge[20];
	CHECK(!bench_draws(&suit->ctx, &d, &draw, &count));
	CHECK(count > 0);
	for (size_t i = 0; i < count; i++) {
		char *list = arena_copy(suit->ctx.mem, draw[i].candidates);
		judges = 0;
		for (char *at = list; *at && judges < 20;) {
			size_t n = strcspn(at, "\n");
			judge[judges++] = at;
			at += n;
			if (*at)
				*at++ = '\0';
		}
		CHECK(judges > 0);
		for (size_t k = 1; k < judges; k++)
			CHECK(strcmp(judge[k - 1], judge[k]) < 0);
		CHECK_TEXT(judge[bench_pick(suit->ctx.mem, draw[i].seed, judge, judges)], draw[i].judge);
		struct row *r = db_ask(&suit->ctx, "select form from entry where court = $1 and docket = $2 and number = $3", "tti",
				       SUIT_COURT, id, (int64_t)draw[i].entry);
		CHECK(db_next(r) && strstr(db_text(r, 0), draw[i].seed));
	}
	CHECK_TEXT(d.judge, draw[0].judge);
}

static enum mc_err test_bench_away(struct ctx *ctx, void *judge)
{
	return db_do(ctx, "insert into absence (court, person, first, last, reason) values ($1, $2, $3, $4, '年休假')", "ttii",
		     SUIT_COURT, judge, day_from(2026, 8, 31), day_from(2026, 9, 1));
}

static enum mc_err test_bench_presides(struct ctx *ctx, void *person)
{
	return office_found(ctx, SUIT_COURT, person, OFFICE_PRESIDENT);
}

static enum mc_err test_bench_leaves(struct ctx *ctx, void *person)
{
	struct office_row *all;
	size_t count;
	enum mc_err err = office_list(ctx, SUIT_COURT, OFFICE_JUDGE, &all, &count);
	for (size_t i = 0; i < count && !err; i++)
		if (!strcmp(all[i].person, person))
			err = office_end(ctx, SUIT_COURT, all[i].id);
	return err;
}

/* A president who sits alone does not decide on the own recusal; and a judge who has left is replaced. */
static void test_bench_offices(struct suit *suit)
{
	const char *id = suit_to(suit, STAGE_FEE_DUE);
	struct form *grant = suit_form(suit, NULL, "decision", "grant", "reasons", "回避事由成立", NULL);
	char *judge = arena_copy(suit->ctx.mem, suit_docket(suit, id).judge);
	CHECK(!db_together(&suit->ctx, test_bench_presides, judge));
	suit_do(suit, "zhangwei", id, ACT_ASK_RECUSAL, suit_recusal(suit));
	CHECK_INT(suit_try(suit, "judge", id, ACT_RULE_RECUSAL, grant), MC_DENIED);
	CHECK_TEXT(suit->why, "bench.own_recusal");
	suit_do(suit, "bj-president", id, ACT_RULE_RECUSAL, suit_form(suit, grant, "decision", "refuse", NULL));
	CHECK_INT(suit_try(suit, "bj-filing", id, ACT_DRAW, suit_form(suit, NULL, NULL)), MC_CONFLICT);
	CHECK_TEXT(suit->why, "bench.drawn");
	struct ctx ctx = suit_ctx(suit, "bj-admin");
	CHECK(!db_together(&ctx, test_bench_leaves, judge));
	suit_do(suit, "bj-filing", id, ACT_DRAW, suit_form(suit, NULL, NULL));
	CHECK(strcmp(suit_docket(suit, id).judge, judge));
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	test_bench_pick(suit.ctx.mem);
	/* The value that chance exceeds once in ten thousand. */
	test_bench_even(suit.ctx.mem, 2, 15.14);
	test_bench_even(suit.ctx.mem, 3, 18.42);
	test_bench_even(suit.ctx.mem, 7, 27.86);
	test_bench_even(suit.ctx.mem, 12, 37.37);

	const char *id = suit_to(&suit, STAGE_FEE_DUE);
	test_bench_repeat(&suit, id);
	suit_do(&suit, "zhangwei", id, ACT_ASK_RECUSAL, suit_recusal(&suit));
	suit_do(&suit, "bj-president", id, ACT_RULE_RECUSAL, suit_form(&suit, NULL, "decision", "grant", "reasons", "回避事由成立", NULL));
	test_bench_repeat(&suit, id);

	/* Who is away on the day, or is a party, is not drawn. */
	char *away = arena_copy(suit.ctx.mem, suit_person(&suit, "bj-judge1"));
	CHECK(!db_together(&suit.ctx, test_bench_away, away));
	for (int i = 0; i < 12; i++) {
		const char *own = id_new(suit.ctx.mem);
		suit_do(&suit, "zhangwei", own, ACT_SUBMIT, suit_form(&suit, suit_complaint(&suit), "defendants.1.name", "刘慧敏",
			"defendants.1.number", "110000196905151042", NULL));
		suit_do(&suit, "bj-filing", own, ACT_REGISTER, suit_form(&suit, NULL, "procedure", "ordinary", NULL));
		CHECK_TEXT(suit_docket(&suit, own).judge, suit_person(&suit, "bj-judge3"));
	}
	test_bench_offices(&suit);
	suit_close(&suit);
	return check_end();
}
