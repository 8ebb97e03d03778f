#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/http/ask.h"
#include "../../src/http/listen.h"
#include "../../src/http/response.h"

#include <unistd.h>

static void ask_test_pairs(struct arena *mem)
{
	static const struct { const char *text, *json; } rows[] = {
		{ "a=1&b=2", "{\"a\":\"1\",\"b\":\"2\"}" },
		{ "a=%E6%B3%95+%e9%99%a2", "{\"a\":\"法 院\"}" },
		{ "a=1&a=2", "{\"a\":\"2\"}" },
		{ "&&a=&b&=c&", "{}" },
		{ "a=%zz%4", "{\"a\":\"%zz%4\"}" },
		{ "a=x%0D%0Ay%0Az%0D", "{\"a\":\"x\\ny\\nz\\n\"}" },
		{ "a%2Eb=c%3Dd=e", "{\"a.b\":\"c=d=e\"}" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ctx ctx = { .mem = mem };
		struct form *form = form_begin(mem);
		CHECK_INT(ask_pairs(&ctx, rows[i].text, strlen(rows[i].text), form), MC_OK);
		CHECK_TEXT(form_json(form), rows[i].json);
	}
	static const struct { const char *text, *key; } bad[] = {
		{ "a=%FF", "form.not_utf8" }, { "a=%00", "form.not_utf8" }, { "a=%ED%A0%80", "form.not_utf8" },
		{ "%FF=a", "form.bad_name" }, { "%00=a", "form.bad_name" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct ctx ctx = { .mem = mem };
		CHECK_INT(ask_pairs(&ctx, bad[i].text, strlen(bad[i].text), form_begin(mem)), MC_INVALID);
		CHECK_TEXT(ctx.why->key, bad[i].key);
	}
	struct text many = text_begin(mem);
	for (int i = 0; i < 4001; i++)
		text_print(&many, "a%d=1&", i);
	struct ctx ctx = { .mem = mem };
	CHECK_INT(ask_pairs(&ctx, many.bytes, many.size, form_begin(mem)), MC_INVALID);
	CHECK_TEXT(ctx.why->key, "form.too_many");
}

static void ask_test_accept(void)
{
	CHECK(ask_wants_json("application/json"));
	CHECK(ask_wants_json("application/problem+json"));
	CHECK(ask_wants_json("text/html;q=0.5, application/json"));
	CHECK(!ask_wants_json("application/json;q=0.5, text/html"));
	CHECK(!ask_wants_json("text/html,application/xhtml+xml,*/*;q=0.8"));
	CHECK(!ask_wants_json("application/json;q=0"));
	CHECK(!ask_wants_json("*/*"));
	CHECK(!ask_wants_json(""));
	CHECK_INT(ask_lang("", ""), LANG_ZH);
	CHECK_INT(ask_lang("", "en-GB,en;q=0.9"), LANG_EN);
	CHECK_INT(ask_lang("", "fr, en;q=0.5, zh-CN;q=0.7"), LANG_ZH);
	CHECK_INT(ask_lang("", "fr, en;q=0.7, zh-CN;q=0.5"), LANG_EN);
	CHECK_INT(ask_lang("zh", "en"), LANG_ZH);
	CHECK_INT(ask_lang("en", "zh"), LANG_EN);
	CHECK_INT(ask_lang("xx", "fr"), LANG_ZH);
	CHECK(ask_type_is("multipart/form-data; boundary=x", "multipart/form-data"));
	CHECK(ask_type_is("Application/JSON", "application/json"));
	CHECK(!ask_type_is("application/jsonp", "application/json"));
}

static void ask_test_addresses(struct arena *mem)
{
	CHECK_TEXT(ask_without_lang(mem, "/a?lang=en"), "/a");
	CHECK_TEXT(ask_without_lang(mem, "/a?x=1&lang=en&y=2"), "/a?x=1&y=2");
	CHECK_TEXT(ask_without_lang(mem, "/a?language=en"), "/a?language=en");
	CHECK_TEXT(ask_without_lang(mem, "/a?lang"), "/a");
	CHECK_TEXT(ask_host(mem, "court.example:8080"), "court.example:8080");
	CHECK_TEXT(ask_host(mem, "a/b"), "localhost");
	CHECK_TEXT(ask_host(mem, ""), "localhost");
	CHECK_TEXT(ask_local("/cases?page=2"), "/cases?page=2");
	CHECK_TEXT(ask_local("//evil.example"), "/");
	CHECK_TEXT(ask_local("/\\evil.example"), "/");
	CHECK_TEXT(ask_local("https://evil.example"), "/");
	CHECK_TEXT(ask_local("/a\r\nb"), "/");
	CHECK_TEXT(ask_local(""), "/");
}

static void ask_test_ranges(void)
{
	static const struct { const char *header; int64_t from, length; } rows[] = {
		{ "bytes=0-9", 0, 10 }, { "bytes=90-", 90, 10 }, { "bytes=-5", 95, 5 }, { "bytes=0-999", 0, 100 },
		{ "bytes=-999", 0, 100 }, { "bytes=100-", -1, 0 }, { "bytes=5-4", -1, 0 }, { "bytes=-0", -1, 0 },
		{ "bytes=0-1,3-4", -1, 0 }, { "bytes=", -1, 0 }, { "bytes=-", -1, 0 }, { "lines=1-2", -1, 0 },
		{ "bytes=99999999999999999999-", -1, 0 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t from = 0, length = 0;
		bool good = response_range(rows[i].header, 100, &from, &length);
		CHECK_INT(good, rows[i].from >= 0);
		if (good) {
			CHECK_INT(from, rows[i].from);
			CHECK_INT(length, rows[i].length);
		}
	}
}

static void ask_test_listen(struct arena *mem)
{
	static const char *const bad[] = { "", "8080", "localhost", "127.0.0.1:", "127.0.0.1:x", "unix:" };
	struct ctx ctx = { .mem = mem };
	int first, second;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK_INT(listen_open(&ctx, bad[i], &first), MC_INVALID);
		CHECK_TEXT(ctx.why->key, "listen.address");
		ctx_forget(&ctx);
	}
	CHECK_INT(listen_open(&ctx, "127.0.0.1:0", &first), MC_OK);
	int port = listen_port(first);
	CHECK(port > 0);
	CHECK_INT(listen_open(&ctx, arena_print(mem, "127.0.0.1:%d", port), &second), MC_CONFLICT);
	CHECK_TEXT(ctx.why->key, "listen.taken");
	close(first);
}

int main(void)
{
	struct arena *mem = arena_begin();
	ask_test_pairs(mem);
	ask_test_accept();
	ask_test_addresses(mem);
	ask_test_ranges();
	ask_test_listen(mem);
	arena_end(mem);
	return check_end();
}
