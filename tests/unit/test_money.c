#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/money.h"

static void test_money_parses(const char *text, int64_t want)
{
	int64_t fen = -1;
	check_note(money_parse(text, &fen), __FILE__, __LINE__, text);
	check_int(fen, want, __FILE__, __LINE__, text);
}

int main(void)
{
	static const char *const bad[] = {
		"", " ", ".", ",", "1.", ".5", "1.234", "1..2", "1.2.3", "-1", "+1", "1e3", "0x10", "12 ", " 12", "1,", ",1", "1,2",
		"1,23,456", "1234,567", "1,2345", "1,,234", "1,234.5,6", "10000000000000", "99999999999999999999999999", "12元",
		"\xef\xbc", "\xef\xbc\x90\xef", "1\xef\xbd", "一万", "\xff", "1\x80", "１２．３４５", "￥1", "1 000",
	};
	struct arena *mem = arena_begin();
	int64_t fen = 7;

	test_money_parses("105900", 10590000);
	test_money_parses("105,900.5", 10590050);
	test_money_parses("105900.00", 10590000);
	test_money_parses("0", 0);
	test_money_parses("0.01", 1);
	test_money_parses("0.1", 10);
	test_money_parses("000000000000000000001", 100);
	test_money_parses("9999999999999.99", INT64_C(999999999999999));
	test_money_parses("9,999,999,999,999.99", INT64_C(999999999999999));
	test_money_parses("１０５９００．５０", 10590050);
	test_money_parses("１，０００", 100000);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		check_note(!money_parse(bad[i], &fen), __FILE__, __LINE__, bad[i]);
	CHECK(!money_parse(NULL, &fen));
	CHECK_INT(fen, 7);

	CHECK_TEXT(money_plain(mem, 241800), "2418.00");
	CHECK_TEXT(money_plain(mem, 5), "0.05");
	CHECK_TEXT(money_plain(mem, -241805), "-2418.05");
	CHECK_TEXT(money_say(mem, 0), "0.00");
	CHECK_TEXT(money_say(mem, 99999), "999.99");
	CHECK_TEXT(money_say(mem, 241800), "2,418.00");
	CHECK_TEXT(money_say(mem, -10000000), "-100,000.00");
	CHECK_TEXT(money_say(mem, INT64_C(999999999999999)), "9,999,999,999,999.99");
	CHECK_TEXT(money_say(mem, INT64_MIN), "-92,233,720,368,547,758.08");
	arena_end(mem);
	return check_end();
}
