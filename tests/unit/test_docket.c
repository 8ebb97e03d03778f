#include "suit.h"

#include <pthread.h>

enum { TEST_DOCKET_THREADS = 16, TEST_DOCKET_EACH = 4, TEST_DOCKET_ALL = TEST_DOCKET_THREADS * TEST_DOCKET_EACH };

/* Sixteen clerks register at once in one court: the numbers are 1 to 64, each once. */
struct test_docket_clerk { struct suit *suit; const char *person, *id[TEST_DOCKET_EACH]; const struct form *form; pthread_t thread; };

static void *test_docket_register(void *arg)
{
	struct test_docket_clerk *c = arg;
	struct ctx ctx = c->suit->ctx;
	ctx.mem = arena_begin_ceiling(SIZE_MAX);
	ctx.db = db_reader(c->suit->store);
	ctx.person = c->person;
	for (size_t i = 0; i < TEST_DOCKET_EACH; i++) {
		struct act_done done;
		if (act_perform(&ctx, &(struct act_ask){ SUIT_COURT, c->id[i], ACT_REGISTER, c->form, NULL, NULL }, &done))
			printf("  not registered: %s\n", ctx.why ? ctx.why->key : "");
	}
	arena_end(ctx.mem);
	return NULL;
}

static void test_docket_numbers(struct suit *suit)
{
	struct test_docket_clerk clerk[TEST_DOCKET_THREADS];
	bool seen[TEST_DOCKET_ALL + 1] = { false };
	const struct form *form = suit_form(suit, NULL, "procedure", "ordinary", NULL);
	for (size_t i = 0; i < TEST_DOCKET_THREADS; i++) {
		clerk[i] = (struct test_docket_clerk){ .suit = suit, .person = suit_person(suit, "bj-filing"), .form = form };
		for (size_t k = 0; k < TEST_DOCKET_EACH; k++)
			clerk[i].id[k] = suit_to(suit, STAGE_SUBMITTED);
	}
	for (size_t i = 0; i < TEST_DOCKET_THREADS; i++)
		CHECK(!pthread_create(&clerk[i].thread, NULL, test_docket_register, &clerk[i]));
	for (size_t i = 0; i < TEST_DOCKET_THREADS; i++)
		pthread_join(clerk[i].thread, NULL);
	for (size_t i = 0; i < TEST_DOCKET_THREADS; i++)
		for (size_t k = 0; k < TEST_DOCKET_EACH; k++) {
			const char *number = suit_docket(suit, clerk[i].id[k]).number, *at = strstr(number, "民初");
			long n = at ? strtol(at + strlen("民初"), NULL, 10) : 0;
			CHECK(!strncmp(number, "（2026）京0491民初", strlen("（2026）京0491民初")));
			CHECK(n >= 1 && n <= TEST_DOCKET_ALL && !seen[n]);
			if (n >= 1 && n <= TEST_DOCKET_ALL)
				seen[n] = true;
		}
	jobs_run(suit->store);
}

/* A court and a year count for themselves; what is undone leaves no gap. */
static enum mc_err test_docket_undo(struct ctx *ctx, void *arg)
{
	const char *number;
	(void)arg;
	CHECK(!docket_case_number(ctx, "B1W", "杭", "民初", 2026, &number));
	CHECK_TEXT(number, "（2026）杭民初1号");
	return MC_INVALID;
}

static enum mc_err test_docket_series(struct ctx *ctx, void *arg)
{
	const char *number;
	(void)arg;
	CHECK(!docket_case_number(ctx, "B1W", "杭", "民初", 2026, &number));
	CHECK_TEXT(number, "（2026）杭民初1号");
	CHECK(!docket_case_number(ctx, "B1W", "杭", "民初", 2026, &number));
	CHECK_TEXT(number, "（2026）杭民初2号");
	CHECK(!docket_case_number(ctx, "B1W", "杭", "民初", 2027, &number));
	CHECK_TEXT(number, "（2027）杭民初1号");
	CHECK(!docket_case_number(ctx, "J1G", "粤", "民初", 2026, &number));
	CHECK_TEXT(number, "（2026）粤民初1号");
	return MC_OK;
}

static enum mc_err test_docket_seen(struct suit *suit, const char *account, const char *id, struct docket *out)
{
	struct ctx ctx = suit_ctx(suit, account);
	return docket_load(&ctx, SUIT_COURT, id, out);
}

/* Who sees a case, and as what. */
static void test_docket_standing(struct suit *suit)
{
	const char *filed = suit_to(suit, STAGE_SUBMITTED), *served = suit_to(suit, STAGE_ANSWERING);
	struct docket d;
	CHECK(!test_docket_seen(suit, "zhangwei", filed, &d));
	CHECK_INT(d.roles, ROLE_PLAINTIFF);
	CHECK_INT(d.party, 1);
	CHECK(!d.agency && !d.special);
	CHECK_INT(test_docket_seen(suit, "lina", filed, &d), MC_UNKNOWN);
	CHECK(!test_docket_seen(suit, "lina", served, &d));
	CHECK_INT(d.roles, ROLE_DEFENDANT);
	CHECK_INT(d.party, 2);
	CHECK_INT(test_docket_seen(suit, "hongda", served, &d), MC_UNKNOWN);
	CHECK_INT(test_docket_seen(suit, "hz-filing", served, &d), MC_UNKNOWN);
	CHECK_INT(test_docket_seen(suit, "bj-mediator", served, &d), MC_UNKNOWN);
	CHECK_INT(test_docket_seen(suit, "bj-admin", served, &d), MC_UNKNOWN);
	CHECK(!test_docket_seen(suit, "bj-president", served, &d));
	CHECK_INT(d.roles, ROLE_PRESIDENT);
	struct ctx nobody = suit->ctx;
	CHECK_INT(docket_load(&nobody, SUIT_COURT, served, &d), MC_UNKNOWN);
	int judges = 0;
	for (int i = 1; i <= 3; i++)
		judges += !test_docket_seen(suit, arena_print(suit->ctx.mem, "bj-judge%d", i), served, &d) && d.roles == ROLE_JUDGE;
	CHECK_INT(judges, 1);
	/* A clerk who is sued is a party, and before service nobody. */
	const char *own = id_new(suit->ctx.mem);
	struct form *form = suit_form(suit, suit_complaint(suit), "defendants.1.name", "林小雨",
		"defendants.1.number", "110000196501151003", NULL);
	suit_do(suit, "zhangwei", own, ACT_SUBMIT, form);
	CHECK_INT(test_docket_seen(suit, "bj-filing", own, &d), MC_UNKNOWN);
	CHECK_INT(suit_try(suit, "bj-filing", own, ACT_REGISTER, suit_form(suit, NULL, "procedure", "ordinary", NULL)), MC_UNKNOWN);
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	test_docket_numbers(&suit);
	CHECK_INT(db_together(&suit.ctx, test_docket_undo, NULL), MC_INVALID);
	CHECK(!db_together(&suit.ctx, test_docket_series, NULL));
	test_docket_standing(&suit);
	suit_close(&suit);
	return check_end();
}
