#include "check.h"
#include "../../src/base/day.h"
#include "../../src/law/identity.h"

int main(void)
{
	static const char *const not_citizen[] = {
		"", "1", "11010519491231002", "110105194912310021", "11010519491231002x", "11010519491231002XX", "010105194912310020",
		"110101190002290025", "11010119000229002X",             /* 1900 was no leap year */
		"110101210101010025",                                   /* born in 2101 */
		"1101051949123100 X", "１10105194912310", "110101990101003", "A10105194912310023",
	};
	static const char *const not_code[] = {
		"", "9135010", "91350100M000100Y44", "91350100m000100y43", "91350100M000100Y433", "91350100I000100Y43",
		"9135010OM000100Y43", "913501 0M000100Y43",
	};
	static const char *const not_mobile[] = {
		"", "1", "12800138000", "1380013800", "138001380000", "+", "+1234", "+0123456789", "+1234567890123456", "13800 13800",
		"8613800138000", "+86-1380013800", "１３８００１３８０００",
	};

	CHECK(identity_citizen("11010519491231002X"));
	CHECK(identity_citizen("440524188001010014") == false); /* born before 1900 */
	CHECK(identity_citizen("110101199003070011"));
	CHECK(identity_citizen("110101200002290026"));
	for (size_t i = 0; i < sizeof not_citizen / sizeof not_citizen[0]; i++)
		check_note(!identity_citizen(not_citizen[i]), __FILE__, __LINE__, not_citizen[i]);
	CHECK(!identity_citizen(NULL) && !identity_credit_code(NULL) && !identity_passport(NULL) && !identity_mobile(NULL));
	CHECK_INT(identity_birthday("11010519491231002X"), day_from(1949, 12, 31));
	CHECK_INT(identity_birthday("11010519491331002X"), INT64_MIN);
	CHECK_INT(identity_birthday("short"), INT64_MIN);
	CHECK(identity_woman("11010519491231002X") && !identity_woman("110101199003070011") && !identity_woman("2"));

	CHECK(identity_credit_code("91350100M000100Y43"));      /* the example of the standard */
	CHECK(identity_credit_code("911101080000900010"));
	for (size_t i = 0; i < sizeof not_code / sizeof not_code[0]; i++)
		check_note(!identity_credit_code(not_code[i]), __FILE__, __LINE__, not_code[i]);

	CHECK(identity_passport("E12345678") && identity_passport("ab123") && identity_passport("12345678901234567890"));
	CHECK(!identity_passport("") && !identity_passport("1234") && !identity_passport("123456789012345678901"));
	CHECK(!identity_passport("E1234-678") && !identity_passport("Ｅ1234567"));

	CHECK(identity_mobile("13800138000") && identity_mobile("19900000000"));
	CHECK(identity_mobile("+14155550100") && identity_mobile("+8613800138000") && identity_mobile("+6421234"));
	for (size_t i = 0; i < sizeof not_mobile / sizeof not_mobile[0]; i++)
		check_note(!identity_mobile(not_mobile[i]), __FILE__, __LINE__, not_mobile[i]);
	return check_end();
}
