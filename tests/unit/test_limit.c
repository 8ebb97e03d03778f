#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/day.h"
#include "../../src/law/limit.h"

/* A period, and the day on which the rules of counting end it. */
struct count {
	const char *event;
	int length;
	enum limit_unit unit;
	bool rolls;
	const char *counted, *end;
	bool month_end, provisional;
};

static const struct count counts[] = {
	/* a make-up Saturday is a working day */
	{ "2026-09-25", 15, LIMIT_DAYS, true, "2026-10-10", "2026-10-10", false, false },
	/* an ordinary Saturday goes on to Monday */
	{ "2026-11-06", 15, LIMIT_DAYS, true, "2026-11-21", "2026-11-23", false, false },
	/* seven days of filing review that end in Spring Festival */
	{ "2026-02-10", 7, LIMIT_DAYS, true, "2026-02-17", "2026-02-24", false, false },
	/* fifteen days to answer that end in Dragon Boat Festival */
	{ "2026-06-04", 15, LIMIT_DAYS, true, "2026-06-19", "2026-06-22", false, false },
	/* thirty days of public notice: an effect of law, not a step of a party, does not go on */
	{ "2026-04-03", 30, LIMIT_DAYS, false, "2026-05-03", "2026-05-03", false, false },
	/* six months without a corresponding day, into a year without a notice */
	{ "2026-08-31", 6, LIMIT_MONTHS, true, "2027-02-28", "2027-03-01", true, true },
	/* two months, no corresponding day, and the month's last is a make-up working day */
	{ "2025-12-31", 2, LIMIT_MONTHS, true, "2026-02-28", "2026-02-28", true, false },

	{ "2026-09-16", 15, LIMIT_DAYS, true, "2026-10-01", "2026-10-08", false, false },
	{ "2024-02-29", 1, LIMIT_YEARS, true, "2025-02-28", "2025-02-28", true, false },
	{ "2024-01-31", 1, LIMIT_MONTHS, true, "2024-02-29", "2024-02-29", true, false },
	{ "2024-11-30", 3, LIMIT_MONTHS, true, "2025-02-28", "2025-02-28", true, false },
	{ "2024-03-15", 2, LIMIT_YEARS, true, "2026-03-15", "2026-03-16", false, false },
	{ "2026-09-30", 3, LIMIT_WORKING_DAYS, true, "2026-10-10", "2026-10-10", false, false },
	{ "2026-12-31", 1, LIMIT_WORKING_DAYS, true, "2027-01-01", "2027-01-01", false, true },
	/* only rolling reaches the year without a notice, or leaves it */
	{ "2017-12-29", 1, LIMIT_DAYS, true, "2017-12-30", "2018-01-02", false, true },
	{ "2017-06-01", 10, LIMIT_YEARS, true, "2027-06-01", "2027-06-01", false, true },
	{ "2026-09-16", 0, LIMIT_DAYS, true, "2026-09-16", "2026-09-16", false, false },
};

static void test_limit_counting(struct arena *mem)
{
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		const struct count *c = &counts[i];
		int64_t event;
		CHECK(day_parse(c->event, &event));
		struct limit_end end = limit_count(calendar_national(), event, c->length, c->unit, c->rolls);
		CHECK_TEXT(day_iso(mem, end.counted), c->counted);
		CHECK_TEXT(day_iso(mem, end.day), c->end);
		CHECK_INT(end.first, event + 1);
		CHECK_INT(end.rolled, end.day != end.counted);
		CHECK_INT(end.month_end, c->month_end);
		CHECK_INT(end.provisional, c->provisional);
	}
}

static void test_limit_table(void)
{
	for (int i = 0; i < LIMIT_COUNT; i++) {
		const struct limit_rule *rule = limit_rule((enum limit)i);
		CHECK(rule->code[0] && rule->name[LANG_ZH][0] && rule->name[LANG_EN][0] && rule->law[0]);
		CHECK(rule->length >= 0 && rule->length < 400);
	}
	CHECK_TEXT(limit_rule(LIMIT_ANSWER)->code, "ANSWER");
	CHECK_INT(limit_rule(LIMIT_ANSWER)->length, 15);
	CHECK_INT(limit_rule(LIMIT_TRIAL)->unit, LIMIT_MONTHS);
	CHECK_INT(limit_ends(calendar_national(), LIMIT_ANSWER, day_from(2026, 6, 4)).day, day_from(2026, 6, 22));
	CHECK_INT(limit_ends(calendar_national(), LIMIT_PUBLIC_NOTICE, day_from(2026, 4, 3)).day, day_from(2026, 5, 3));
}

static void test_limit_parsing(void)
{
	static const struct { const char *text; int length; enum limit_unit unit; } good[] = {
		{ "15日", 15, LIMIT_DAYS }, { "15天", 15, LIMIT_DAYS }, { "6月", 6, LIMIT_MONTHS }, { "6个月", 6, LIMIT_MONTHS },
		{ "2年", 2, LIMIT_YEARS }, { "3工作日", 3, LIMIT_WORKING_DAYS }, { "3个工作日", 3, LIMIT_WORKING_DAYS },
		{ "15 days", 15, LIMIT_DAYS }, { "1 day", 1, LIMIT_DAYS }, { "3 working days", 3, LIMIT_WORKING_DAYS },
		{ "6 months", 6, LIMIT_MONTHS }, { "2 years", 2, LIMIT_YEARS }, { "9999日", 9999, LIMIT_DAYS },
	};
	static const char *const bad[] = {
		"", "15", "日", "0日", "-1日", "10000日", "99999999999999999999日", "15日 ", " 15日", "15  days", "15\xe6", "15\xe6\x97",
		"1.5月", "15日6月", "十五日", "15 Days",
	};
	int length = 7;
	enum limit_unit unit = LIMIT_YEARS;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		check_note(!limit_parse(bad[i], &length, &unit), __FILE__, __LINE__, bad[i]);
	CHECK(!limit_parse(NULL, &length, &unit));
	CHECK_INT(length, 7);
	CHECK_INT(unit, LIMIT_YEARS);
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		CHECK(limit_parse(good[i].text, &length, &unit));
		CHECK_INT(length, good[i].length);
		CHECK_INT(unit, good[i].unit);
	}
}

int main(void)
{
	struct arena *mem = arena_begin();
	test_limit_counting(mem);
	test_limit_table();
	test_limit_parsing();
	arena_end(mem);
	return check_end();
}
