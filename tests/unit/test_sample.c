#include "network.h"
#include "../../src/court/login.h"
#include "../../src/court/sample.h"

static int64_t test_sample_count(struct ctx *ctx)
{
	struct row *r = db_ask(ctx, "select count(*) from person", "");
	return db_next(r) ? db_int(r, 0) : -1;
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	struct login_start start;
	struct login who;
	struct person p;
	const char *id;
	char said[8192] = "";

	FILE *f = fmemopen(said, sizeof said, "w");
	sample_print(&ctx, f);
	fflush(f);
	CHECK_TEXT(said, "");
	CHECK(!sample_create(&ctx));
	CHECK(ctx.why == NULL);
	CHECK_INT(test_sample_count(&ctx), 50);
	CHECK(!sample_create(&ctx));
	CHECK_INT(test_sample_count(&ctx), 50);

	CHECK(!login_in(&ctx, "zhangwei", SAMPLE_PASSWORD, "127.0.0.1", &start));
	CHECK(!login_of(&ctx, start.token, &who));
	CHECK_TEXT(who.name, "张伟");
	CHECK(who.verified && !who.staff);
	CHECK(!login_in(&ctx, "wangqiang", SAMPLE_PASSWORD, "127.0.0.1", &start));
	CHECK(!login_of(&ctx, start.token, &who));
	CHECK(!who.verified && !who.staff);
	CHECK(!login_in(&ctx, "bj-judge2", SAMPLE_PASSWORD, "127.0.0.1", &start));
	CHECK(!login_of(&ctx, start.token, &who));
	CHECK(who.verified && who.staff);
	CHECK_INT(office_of(&ctx, "132", who.person), OFFICE_JUDGE);
	CHECK(!person_by_account(&ctx, "hongda", &id));
	CHECK(!person_load(&ctx, id, &p));
	CHECK_INT(p.kind, PERSON_ORGANISATION);
	CHECK(identity_credit_code(p.number));

	sample_print(&ctx, f);
	ctx.lang = LANG_EN;
	sample_print(&ctx, f);
	fclose(f);
	CHECK(strstr(said, "zhangwei") && strstr(said, "pd-admin") && strstr(said, SAMPLE_PASSWORD));
	CHECK(strstr(said, "Guangzhou Internet Court, judge's assistant") != NULL);

	network_end(&ctx, store);
	return check_end();
}
