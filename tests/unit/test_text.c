#include "base/text.h"
#include "base/arena.h"
#include "check.h"

#include <limits.h>

static const char *test_text_of(struct arena *mem, void (*put)(struct text *, const char *), const char *s)
{
	struct text t = text_begin(mem);
	put(&t, s);
	return text_end(&t);
}

static void test_text_escapes(struct arena *mem)
{
	static const struct { const char *in, *html, *json; } row[] = {
		{ "", "", "\"\"" },
		{ "plain 文字", "plain 文字", "\"plain 文字\"" },
		{ "<a href='x' id=\"y\">&</a>", "&lt;a href=&#39;x&#39; id=&quot;y&quot;&gt;&amp;&lt;/a&gt;",
		  "\"<a href='x' id=\\\"y\\\">&</a>\"" },
		{ "\b\t\n\f\r", "\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"" },
		{ "\x01\x0b\x1f\x7f", "\x01\x0b\x1f\x7f", "\"\\u0001\\u000b\\u001f\x7f\"" },
		{ "a\\b/", "a\\b/", "\"a\\\\b/\"" },
		{ "&&", "&amp;&amp;", "\"&&\"" },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		CHECK_TEXT(test_text_of(mem, text_html, row[i].in), row[i].html);
		CHECK_TEXT(test_text_of(mem, text_json, row[i].in), row[i].json);
	}
}

static void test_text_utf8(void)
{
	static const struct { const char *s; size_t n; bool good; } row[] = {
		{ "", 0, true }, { "abc", 3, true }, { "a\0b", 3, false }, { "诉讼", 6, true },
		{ "\xf0\x9f\x98\x80", 4, true }, { "\xf4\x8f\xbf\xbf", 4, true }, { "\xf4\x90\x80\x80", 4, false },
		{ "\xc0\x80", 2, false }, { "\xc1\xbf", 2, false }, { "\xe0\x9f\xbf", 3, false },
		{ "\xe0\xa0\x80", 3, true }, { "\xed\xa0\x80", 3, false }, { "\xed\x9f\xbf", 3, true },
		{ "\xf0\x8f\xbf\xbf", 4, false }, { "\xf5\x80\x80\x80", 4, false }, { "\x80", 1, false },
		{ "\xe8\xaf", 2, false }, { "\xe8\xaf\x89", 2, false }, { "\xff", 1, false }, { "\xe8x\x89", 3, false },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		CHECK_INT(text_valid(row[i].s, row[i].n), row[i].good);
	CHECK_INT(text_chars(""), 0);
	CHECK_INT(text_chars("a诉\xf0\x9f\x98\x80"), 3);
}

static void test_text_growth(struct arena *mem)
{
	struct text t = text_begin(mem), other = text_begin(mem);
	for (int i = 0; i < 5000; i++) {
		text_print(&t, "%04d", i);
		if (i % 100 == 0)
			text_add(&other, "x");
	}
	const char *s = text_end(&t);
	CHECK_INT(t.size, 20000);
	CHECK_INT(strlen(s), 20000);
	CHECK(!strncmp(s, "00000001", 8) && !strcmp(s + 19996, "4999"));
	CHECK_INT(strlen(text_end(&other)), 50);
	text_add(&t, "!");      /* one may go on after text_end() */
	CHECK_TEXT(text_end(&t) + 19996, "4999!");
	static char long_text[10000];
	memset(long_text, 'y', sizeof long_text - 1);
	t = text_begin(mem);
	text_print(&t, "<%s>", long_text);
	CHECK_INT(strlen(text_end(&t)), 10001);
	t = text_begin(mem);
	CHECK_TEXT(text_end(&t), "");
}

static void test_text_numbers(struct arena *mem)
{
	static const struct { int64_t value; const char *text; } row[] = {
		{ 0, "0" }, { 7, "7" }, { -1, "-1" }, { 1234567890123, "1234567890123" },
		{ INT64_MAX, "9223372036854775807" }, { INT64_MIN, "-9223372036854775808" },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct text t = text_begin(mem);
		text_int(&t, row[i].value);
		CHECK_TEXT(text_end(&t), row[i].text);
	}
	CHECK_TEXT(text_hex(mem, (const unsigned char *)"\x00\xff\x1a", 3), "00ff1a");
	CHECK_TEXT(text_hex(mem, NULL, 0), "");
}

static void test_text_small(struct arena *mem)
{
	CHECK_TEXT(text_trim(mem, " \t\r\n　张 伟　 \v\f"), "张 伟");
	CHECK_TEXT(text_trim(mem, "　 "), "");
	CHECK_TEXT(text_trim(mem, ""), "");
	CHECK_TEXT(text_trim(mem, "a"), "a");
	CHECK_TEXT(text_trim(mem, "x\xe3\x80"), "x\xe3\x80");   /* cut short, not a space */
	CHECK(text_same(NULL, ""));
	CHECK(text_same("a", "a"));
	CHECK(!text_same("a", NULL));
}

int main(void)
{
	struct arena *mem = arena_begin();
	test_text_escapes(mem);
	test_text_utf8();
	test_text_growth(mem);
	test_text_numbers(mem);
	test_text_small(mem);
	arena_end(mem);
	return check_end();
}
