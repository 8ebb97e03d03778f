#include "suit.h"
#include "../../src/http/kept.h"
#include "../../src/store/change.h"

static struct suit suit;
static struct kept *kept;

static const struct kept_ask asked = { .token = "token", .uri = "/cases/132/case", .host = "court", .docket = "case", .now = 6000 };

static struct kept_answer test_kept_answer(const char *body)
{
	struct kept_answer a = { .person = "person", .session = "session", .csrf = "csrf", .type = "text/html", .until = 9000,
				 .body = text_begin(suit.ctx.mem) };
	text_add(&a.body, body);
	return a;
}

static void test_kept_put(const char *body)
{
	struct kept_answer answer = test_kept_answer(body);
	kept_put(kept, kept_tide(kept), &asked, &answer);
}

static const char *test_kept_find(struct kept_ask ask)
{
	struct kept_answer out;
	return kept_find(kept, suit.ctx.mem, &ask, &out) ? text_end(&out.body) : "";
}

static enum mc_err test_kept_do(struct ctx *ctx, void *sql) { return db_script(ctx, sql); }

/* Whatever is not quite the same question gets no answer. */
static void test_kept_others(void)
{
	struct kept_ask other[] = { asked, asked, asked, asked, asked, asked, asked };
	other[0].token = "toke";
	other[1].uri = "/cases/132/case?x";
	other[2].host = "court2";
	other[3].lang = LANG_EN;
	other[4].json = true;
	other[5].now += 60;             /* another minute */
	other[6].token = "";
	test_kept_put("the page");
	CHECK_TEXT(test_kept_find(asked), "the page");
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		CHECK_TEXT(test_kept_find(other[i]), "");
	struct kept_ask later = asked;
	later.now += 59;
	CHECK_TEXT(test_kept_find(later), "the page");
	struct kept_answer over = test_kept_answer("over");
	over.until = asked.now + 10;
	kept_put(kept, kept_tide(kept), &asked, &over);
	CHECK_TEXT(test_kept_find(asked), "over");
	CHECK_TEXT(test_kept_find(later), "");                  /* the session must be looked up again */
}

/* A change of what it is about, and of nothing else, takes an answer away. */
static void test_kept_changes(void)
{
	static const struct { const char *sql; bool gone; } change[] = {
		{ "insert into draft (court, person, docket, act, home, form, at) values ('0', 'x', 'case', 'A', '1', '{}', 1)", true },
		{ "insert into draft (court, person, docket, act, home, form, at) values ('0', 'person', 'y', 'A', '1', '{}', 1)", true },
		{ "insert into draft (court, person, docket, act, home, form, at) values ('0', 'x', 'y', 'B', '1', '{}', 1)", false },
		{ "insert into attempt (court, attempt, subject, at) values ('0', 'a', 'person', 1)", false },
		{ "update court set en = 'x' where court = '132'", true },
	};
	for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
		test_kept_put("the page");
		CHECK(!db_together(&suit.ctx, test_kept_do, (char *)change[i].sql));
		check_text(test_kept_find(asked), change[i].gone ? "" : "the page", __FILE__, __LINE__, change[i].sql);
	}
}

/* What was drawn while something was committed is not kept; nor is what is too long. */
static void test_kept_meanwhile(void)
{
	struct kept_answer answer = test_kept_answer("older");
	uint64_t tide = kept_tide(kept);
	CHECK(!db_together(&suit.ctx, test_kept_do, "update draft set at = at + 1"));
	kept_put(kept, tide, &asked, &answer);
	CHECK_TEXT(test_kept_find(asked), "");
	kept_put(kept, tide | 1, &asked, &answer);
	CHECK_TEXT(test_kept_find(asked), "");
	static char big[70000];
	memset(big, 'x', sizeof big - 1);
	test_kept_put(big);
	CHECK_TEXT(test_kept_find(asked), "");
}

int main(void)
{
	suit_open(&suit);
	struct arena *mem = arena_begin();
	CHECK(!kept_begin(mem, NULL, 8) && !kept_begin(mem, db_changes(suit.store), 0));
	kept = kept_begin(mem, db_changes(suit.store), 8);
	CHECK(kept != NULL);
	if (kept) {
		test_kept_others();
		test_kept_changes();
		test_kept_meanwhile();
	}
	arena_end(mem);
	suit_close(&suit);
	return check_end();
}
