/* The vectors of RFC 4226 (appendix D), RFC 6238 (appendix B) and RFC 4648 (section 10). */
#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/onetime.h"

static const unsigned char secret[] = "12345678901234567890";

static void test_onetime_counter(struct arena *mem)
{
	static const char *const code[] = { "755224", "287082", "359152", "969429", "338314",
					    "254676", "287922", "162583", "399871", "520489" };
	for (int i = 0; i < 10; i++)
		CHECK_TEXT(onetime_code(mem, secret, 20, i, 6), code[i]);
}

static void test_onetime_time(struct arena *mem)
{
	static const struct { int64_t at; const char *code; } row[] = {
		{ 59, "94287082" }, { 1111111109, "07081804" }, { 1111111111, "14050471" },
		{ 1234567890, "89005924" }, { 2000000000, "69279037" }, { 20000000000, "65353130" },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		CHECK_TEXT(onetime_code(mem, secret, 20, row[i].at / ONETIME_STEP, 8), row[i].code);
}

static void test_onetime_words(struct arena *mem)
{
	static const struct { const char *plain, *coded; } row[] = {
		{ "", "" }, { "f", "MY" }, { "fo", "MZXQ" }, { "foo", "MZXW6" }, { "foob", "MZXW6YQ" },
		{ "fooba", "MZXW6YTB" }, { "foobar", "MZXW6YTBOI" },
		{ "12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		CHECK_TEXT(onetime_base32(mem, (const unsigned char *)row[i].plain, strlen(row[i].plain)), row[i].coded);
	CHECK_TEXT(onetime_link(mem, "微", "a b&c", "MZXW6"),
		   "otpauth://totp/%E5%BE%AE:a%20b%26c?secret=MZXW6&issuer=%E5%BE%AE&algorithm=SHA1&digits=6&period=30");
}

int main(void)
{
	struct arena *mem = arena_begin();
	test_onetime_counter(mem);
	test_onetime_time(mem);
	test_onetime_words(mem);
	arena_end(mem);
	return check_end();
}
