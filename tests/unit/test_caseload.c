/* The lists of a court: what stands in which, who may read them, page by page in both directions. */
#include "desk.h"
#include "../../src/base/day.h"
#include "../../src/court/caseload.h"

#include <string.h>

static struct caseload_page page_of(struct ctx *ctx, struct caseload_ask ask)
{
	struct caseload_page page;
	int count;
	ask.court = ask.court ? ask.court : "132";
	ask.judge = ask.judge ? ask.judge : "";
	ask.from.id = ask.from.id ? ask.from.id : "";
	CHECK_INT(caseload_read(ctx, &ask, &page), MC_OK);
	CHECK_INT(caseload_count(ctx, &ask, &count), MC_OK);
	if (!*ask.from.id && page.count < CASELOAD_PAGE)
		CHECK_INT(page.count, count);
	return page;
}

static const char *ids_of(struct ctx *ctx, struct caseload_ask ask)
{
	struct caseload_page page = page_of(ctx, ask);
	const char *ids = "";
	for (size_t i = 0; i < page.count; i++)
		ids = arena_print(ctx->mem, "%s%s%s", ids, i ? " " : "", page.rows[i].id);
	return ids;
}

static void each_case_stands_in_its_lists(struct ctx *ctx, const char *filing, const char *clerk, const char *judge)
{
	int64_t now = ctx->now, today = day_of(now);
	desk_case(ctx, (struct desk_case){ "132", "new2", "SUBMITTED", NULL, NULL, now - 10, 0 });
	desk_case(ctx, (struct desk_case){ "132", "new1", "SUBMITTED", NULL, NULL, now - 20, 0 });
	desk_case(ctx, (struct desk_case){ "132", "corr", "CORRECTING", NULL, NULL, now - 20, 0 });
	desk_case(ctx, (struct desk_case){ "B1W", "forw", "RECEIVED", "132", NULL, now - 20, 0 });
	desk_case(ctx, (struct desk_case){ "132", "come", "RECEIVED", "B1W", NULL, now - 20, 0 });
	desk_case(ctx, (struct desk_case){ "B1W", "gone", "READY", "132", NULL, now - 20, now });
	desk_case(ctx, (struct desk_case){ "132", "free", "FEE_DUE", NULL, NULL, now - 20, now - 20 });
	desk_case(ctx, (struct desk_case){ "132", "serve", "READY", NULL, judge, now - 19, now - 19 });
	desk_case(ctx, (struct desk_case){ "132", "hear", "SCHEDULED", NULL, judge, now - 18, now - 18 });
	desk_case(ctx, (struct desk_case){ "132", "his", "DELIBERATING", NULL, "somebody", now - 17, now - 17 });
	desk_case(ctx, (struct desk_case){ "132", "done", "CLOSED", NULL, judge, now - 16, now - 16 });
	desk_limit(ctx, (struct desk_limit){ "132", "new1", "FILING_REVIEW", 1, 0, today + 6, NULL });
	desk_limit(ctx, (struct desk_limit){ "132", "serve", "SEND_COMPLAINT", 1, 0, today, NULL });
	desk_limit(ctx, (struct desk_limit){ "132", "free", "SEND_COMPLAINT", 1, 0, today - 2, NULL });
	desk_limit(ctx, (struct desk_limit){ "132", "his", "TRIAL", 1, 0, today + 13, NULL });
	desk_limit(ctx, (struct desk_limit){ "132", "hear", "EVIDENCE", 1, 1, today - 5, NULL });
	desk_limit(ctx, (struct desk_limit){ "132", "hear", "HEARING", 2, 1, today + 3, NULL });
	desk_limit(ctx, (struct desk_limit){ "132", "hear", "SEND_ANSWER", 3, 0, today - 5, NULL });
	desk_limit(ctx, (struct desk_limit){ "132", "done", "TRIAL", 1, 0, today - 9, NULL });
	desk_settle(ctx);

	ctx->person = filing;
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_NEW }), "new1 new2");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_CORRECTING }), "corr");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_FORWARD }), "forw");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_COMING }), "come");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_FORWARDED }), "gone");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_UNDRAWN }), "free");

	ctx->person = clerk;
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_ALL }), "done his hear serve free");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_DUE }), "serve");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_SERVE }), "serve");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_HEAR }), "hear");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_OVER }), "his");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_ASKED }), "");

	ctx->person = judge;
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_ALL, .judge = judge }), "done hear serve");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_OVER, .judge = judge }), "");
	CHECK_TEXT(ids_of(ctx, (struct caseload_ask){ .list = CASELOAD_DUE, .judge = judge }), "serve");
}

/* Not a party's limit that is over and that nobody waits for, nor one of a closed case. */
static void the_next_limit_is_told(struct ctx *ctx, const char *clerk)
{
	ctx->person = clerk;
	struct caseload_page page = page_of(ctx, (struct caseload_ask){ .list = CASELOAD_ALL });
	CHECK(!page.rows[0].runs);
	CHECK(page.rows[1].runs && page.rows[1].limit == LIMIT_TRIAL);
	CHECK(page.rows[2].runs && page.rows[2].limit == LIMIT_HEARING && page.rows[2].party == 1);
	CHECK(page.rows[3].runs && page.rows[3].ends == day_of(ctx->now));
	CHECK(!page.rows[4].runs);              /* no complaint is late before its fee is paid */
}

static void is_denied(struct ctx *asked, const char *person, const struct caseload_ask *ask)
{
	struct ctx ctx = *asked;
	struct caseload_page page;
	int count;
	ctx.person = person;
	CHECK_WHY(caseload_read(&ctx, ask, &page), MC_DENIED, "caseload.office");
	CHECK_WHY(caseload_count(&ctx, ask, &count), MC_DENIED, "caseload.office");
}

static void only_who_holds_the_office_reads(struct ctx *ctx, const char *filing, const char *clerk, const char *judge)
{
	struct caseload_ask desk = { .court = "132", .judge = "", .list = CASELOAD_NEW, .from = cursor_start };
	struct caseload_ask bench = { .court = "132", .judge = "", .list = CASELOAD_ALL, .from = cursor_start };
	is_denied(ctx, clerk, &desk);
	is_denied(ctx, judge, &desk);
	is_denied(ctx, filing, &bench);
	is_denied(ctx, judge, &bench);
	is_denied(ctx, "", &bench);
	bench.judge = "somebody";
	is_denied(ctx, judge, &bench);
	bench.judge = judge;
	bench.court = "B1W";
	is_denied(ctx, judge, &bench);
	desk.court = "B1W";
	is_denied(ctx, filing, &desk);
}

/* Sixty filings, many at the same second: every row once, forth and back. */
static void pages_lose_and_repeat_nothing(struct ctx *ctx, const char *filing)
{
	char seen[60] = { 0 };
	size_t pages = 0, rows = 0;
	for (int i = 0; i < 60; i++)
		desk_case(ctx, (struct desk_case){ "J1G", arena_print(ctx->mem, "p%02d", i), "SUBMITTED", NULL, NULL, 1000 + i / 20, 0 });
	ctx->person = filing;
	struct caseload_ask ask = { .court = "J1G", .judge = "", .list = CASELOAD_NEW, .from = cursor_start };
	struct caseload_page page = page_of(ctx, ask), first = page;
	CHECK(!page.sides.before);
	for (;; pages++) {
		for (size_t i = 0; i < page.count; i++, rows++)
			seen[(page.rows[i].id[1] - '0') * 10 + page.rows[i].id[2] - '0']++;
		if (!page.sides.after)
			break;
		ask.from.at = page.rows[page.count - 1].at;
		ask.from.id = page.rows[page.count - 1].id;
		page = page_of(ctx, ask);
		CHECK(page.sides.before);
	}
	CHECK_INT(pages, 2);
	CHECK_INT(rows, 60);
	for (int i = 0; i < 60; i++)
		CHECK_INT(seen[i], 1);
	ask.from.back = true;
	for (; pages > 0; pages--) {
		ask.from.at = page.rows[0].at;
		ask.from.id = page.rows[0].id;
		page = page_of(ctx, ask);
		CHECK(page.sides.after);
		CHECK_INT(page.count, CASELOAD_PAGE);
	}
	CHECK(!page.sides.before);
	for (size_t i = 0; i < page.count; i++)
		CHECK_TEXT(page.rows[i].id, first.rows[i].id);
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	const char *filing = network_staff(&ctx, "林小雨", 1, "132", OFFICE_FILING);
	const char *clerk = network_staff(&ctx, "何静怡", 2, "132", OFFICE_CLERK);
	const char *judge = network_staff(&ctx, "王建国", 3, "132", OFFICE_JUDGE);
	const char *guangzhou = network_staff(&ctx, "梁嘉欣", 4, "J1G", OFFICE_FILING);
	each_case_stands_in_its_lists(&ctx, filing, clerk, judge);
	the_next_limit_is_told(&ctx, clerk);
	only_who_holds_the_office_reads(&ctx, filing, clerk, judge);
	pages_lose_and_repeat_nothing(&ctx, guangzhou);
	network_end(&ctx, store);
	return check_end();
}
