#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/http/cookie.h"

int main(void)
{
	static const struct { const char *header, *name, *value; } rows[] = {
		{ "court=abc", "court", "abc" },
		{ "a=1; court=abc; b=2", "court", "abc" },
		{ "court=abc ; b=2", "court", "abc" },
		{ "xcourt=1; court=2", "court", "2" },
		{ "court", "court", "" },
		{ "court=", "court", "" },
		{ "court=a\"b", "court", "" },
		{ "court=a b", "court", "" },
		{ "court=\xe6\xb3\x95", "court", "" },
		{ ";;; ;court=x", "court", "x" },
		{ "a=court=1; court=2", "court", "2" },
		{ "", "court", "" },
	};
	struct arena *mem = arena_begin();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_TEXT(cookie_find(mem, rows[i].header, rows[i].name), rows[i].value);
	CHECK_TEXT(cookie_make(mem, COOKIE_SESSION, "x", true),
		   "__Host-court=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure");
	CHECK_TEXT(cookie_make(mem, COOKIE_SESSION, "", false), "court=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
	CHECK_TEXT(cookie_make(mem, COOKIE_LANG, "en", false), "lang=en; Path=/; SameSite=Lax; Max-Age=31536000");
	CHECK(cookie_secure("https://court.example"));
	CHECK(!cookie_secure("http://court.example"));
	arena_end(mem);
	return check_end();
}
