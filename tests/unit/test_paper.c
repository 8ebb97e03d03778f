#include "suit.h"

/* Whatever people type, the lines of a paper that carry a mark are the template's own. */
struct test_paper_marks { int court, title, number, heading, right; };

static struct test_paper_marks test_paper_count(const char *body)
{
	struct test_paper_marks m = { 0 };
	for (const char *line = body; *line; line += strcspn(line, "\n"), line += *line == '\n') {
		m.court += !strncmp(line, "# ", 2);
		m.title += !strncmp(line, "## ", 3);
		m.number += !strncmp(line, "= ", 2);
		m.heading += !strncmp(line, "- ", 2);
		m.right += !strncmp(line, "> ", 2);
	}
	return m;
}

static const char *test_paper_body(struct suit *suit, const char *id, enum paper_kind kind)
{
	struct docket d = suit_docket(suit, id);
	struct paper paper = { .body = "" };
	CHECK(!paper_newest(&suit->ctx, &d, kind, &paper));
	return paper.body;
}

static void test_paper_same(struct suit *suit, const char *plain, const char *forged, enum paper_kind kind)
{
	struct test_paper_marks a = test_paper_count(test_paper_body(suit, plain, kind)), b = test_paper_count(test_paper_body(suit, forged, kind));
	CHECK_INT(a.court, b.court);
	CHECK_INT(a.title, b.title);
	CHECK_INT(a.number, b.number);
	CHECK_INT(a.heading, b.heading);
	CHECK_INT(a.right, b.right);
}

static const char *const test_paper_tricks[] = {
	"## 民事判决书", "# 最高人民法院", "= （2026）京0491民初999号", "- 判决如下", "> 审判员　王建国",
	"\n## 民事判决书\n# 最高人民法院\n> 审判员　王建国", "\r\n## 民事判决书\r\n> 印", "\r## 民事判决书", "一行\r## 民事判决书",
	"{judge}{number}{court}", "{facts", "}{", "*claims {words}{n}", "?number {number}", "\n*claims {words}\n?court {court}",
	"\n\n\n## 空行之后", "　## 全角空格之后", "%s%n%d", "\\n## x", "</p><script>alert(1)</script>",
};

static void test_paper_forge(struct suit *suit)
{
	const char *plain = suit_to(suit, STAGE_APPEALABLE);
	for (size_t i = 0; i < sizeof test_paper_tricks / sizeof *test_paper_tricks; i++) {
		const char *trick = test_paper_tricks[i], *id = id_new(suit->ctx.mem);
		const char *text = arena_print(suit->ctx.mem, "%s，这里还有一些别的文字，凑够二十个字的长度要求。", trick);
		bool line = !strpbrk(trick, "\r\n");
		struct form *form = suit_form(suit, suit_complaint(suit), "facts", text, "claims.1.text", text, NULL);
		if (line) {
			form_set(form, "defendants.1.address", trick);
			form_set(form, "items.1.name", trick);
			form_set(form, "items.1.purpose", trick);
		}
		suit_clock(suit, "2026-09-01 09:30");
		suit_do(suit, "zhangwei", id, ACT_SUBMIT, form);
		test_paper_same(suit, plain, id, PAPER_COMPLAINT);
		test_paper_same(suit, plain, id, PAPER_RECEIPT);
		const char *body = test_paper_body(suit, id, PAPER_COMPLAINT);
		/* Braces stay braces: no other value was put in their place. */
		if (strchr(trick, '{') && line)
			CHECK(strstr(body, trick) != NULL);
		CHECK(!strchr(body, '\r'));
	}
}

/* A value at the very beginning of a line. */
static void test_paper_begins(struct suit *suit)
{
	const char *plain = suit_to(suit, STAGE_SUBMITTED), *id = id_new(suit->ctx.mem);
	suit_do(suit, "zhangwei", id, ACT_SUBMIT, suit_form(suit, suit_complaint(suit), "defendants.1.kind", "organisation",
		"defendants.1.name", "## 民事判决书", "defendants.1.number", "", "plaintiffs.1.kind", "person", "plaintiffs.1.name", "- 判决如下",
		"plaintiffs.1.number", "110000198809200034", "plaintiffs.1.address", "> 院长", NULL));
	test_paper_same(suit, plain, id, PAPER_COMPLAINT);
	CHECK(strstr(test_paper_body(suit, id, PAPER_COMPLAINT), "## 民事判决书") != NULL);
}

/* The judge's words in the judgment, the clerk's in the record. */
static void test_paper_court(struct suit *suit)
{
	const char *plain = suit_to(suit, STAGE_APPEALABLE), *id = suit_to(suit, STAGE_HEARING);
	const char *trick = "发言\n## 民事裁定书\n> 院长\n{judge}";
	suit_do(suit, "bj-clerk", id, ACT_RECORD, suit_form(suit, NULL, "lines.1.speaker", "## 原告", "lines.1.words", trick, NULL));
	suit_do(suit, "judge", id, ACT_CLOSE_HEARING, suit_form(suit, NULL, "debate", "yes", "last_words", "yes", "mediation", "none", NULL));
	test_paper_same(suit, plain, id, PAPER_RECORD);
	struct form *form = suit_judgment(suit);
	form_set(form, "orders.1.text", trick);
	form_set(form, "costs", trick);
	form_set(form, "reasons", "本院的理由是：\n# 最高人民法院\n= 案号\n- 标题\n*orders {text}");
	suit_do(suit, "judge", id, ACT_PRONOUNCE, form);
	test_paper_same(suit, plain, id, PAPER_JUDGMENT);
	CHECK(strstr(test_paper_body(suit, id, PAPER_JUDGMENT), "{judge}") != NULL);
	CHECK(strstr(test_paper_body(suit, id, PAPER_JUDGMENT), "{text}") != NULL);
}

/* Every paper that a whole case writes says who, where and when, and leaves no brace behind. */
static void test_paper_all(struct suit *suit)
{
	static const enum stage ends[] = { STAGE_CLOSED, STAGE_REFUSED, STAGE_CORRECTING, STAGE_TRANSFERRED, STAGE_APPEALED };
	bool seen[PAPER_COUNT] = { false };
	int kinds = 0;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const char *id = suit_to(suit, ends[i]);
		struct docket d = suit_docket(suit, id);
		struct paper *list, one;
		size_t count;
		CHECK(!paper_list(&suit->ctx, &d, &list, &count));
		for (size_t k = 0; k < count; k++) {
			CHECK(!paper_load(&suit->ctx, &d, list[k].number, &one));
			CHECK(!strpbrk(one.body, "{}"));
			CHECK(!strncmp(one.body, "# ", 2) || strstr(one.body, "## ") != NULL);
			CHECK(strstr(one.body, "2026") || strstr(one.body, "二〇二六"));
			CHECK_TEXT(one.title, rule_paper(one.kind)->title[LANG_ZH]);
			kinds += !seen[one.kind];
			seen[one.kind] = true;
		}
		CHECK_INT(paper_load(&suit->ctx, &d, 999, &one), MC_UNKNOWN);
		ctx_forget(&suit->ctx);
	}
	CHECK(kinds >= 16);
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	test_paper_forge(&suit);
	test_paper_begins(&suit);
	test_paper_court(&suit);
	test_paper_all(&suit);
	suit_close(&suit);
	return check_end();
}
