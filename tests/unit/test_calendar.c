#include "check.h"
#include "../../src/base/day.h"
#include "../../src/law/calendar.h"

static bool test_calendar_rests(int year, int month, int day)
{
	return calendar_rests(calendar_national(), day_from(year, month, day));
}

static const char *test_calendar_named(enum lang lang, int year, int month, int day)
{
	return calendar_name(calendar_national(), lang, day_from(year, month, day));
}

int main(void)
{
	/* Working days of each year, counted from the notices. */
	static const int working[] = { 250, 250, 249, 250, 249, 249, 251, 248, 248 };
	const struct calendar *c = calendar_national();

	CHECK_INT(c->first_year, 2018);
	CHECK_INT(c->last_year, 2026);
	for (size_t i = 0; i < c->count; i++) {
		CHECK(c->spans[i].first <= c->spans[i].last && c->spans[i].last - c->spans[i].first < 12);
		CHECK(i == 0 || c->spans[i - 1].last < c->spans[i].first);
		CHECK(c->spans[i].name[LANG_ZH][0] && c->spans[i].name[LANG_EN][0]);
	}
	CHECK_INT(c->spans[0].first, day_from(2018, 1, 1));
	CHECK_INT(c->spans[c->count - 1].last, day_from(2026, 10, 10));
	for (int year = c->first_year; year <= c->last_year; year++) {
		int count = 0;
		for (int64_t day = day_from(year, 1, 1); day < day_from(year + 1, 1, 1); day++)
			count += !calendar_rests(c, day);
		CHECK_INT(count, working[year - c->first_year]);
	}

	CHECK(test_calendar_rests(2026, 10, 1) && test_calendar_rests(2026, 10, 7) && !test_calendar_rests(2026, 10, 8));
	CHECK(!test_calendar_rests(2026, 10, 10) && test_calendar_rests(2026, 10, 11));             /* Saturday made up for; Sunday */
	CHECK(!test_calendar_rests(2026, 2, 14) && test_calendar_rests(2026, 2, 15) && test_calendar_rests(2026, 2, 23) && !test_calendar_rests(2026, 2, 24));
	CHECK(test_calendar_rests(2018, 12, 31) && !test_calendar_rests(2018, 12, 29));
	CHECK(test_calendar_rests(2020, 1, 31) && test_calendar_rests(2020, 2, 2) && !test_calendar_rests(2020, 2, 3));
	CHECK(test_calendar_rests(2017, 10, 1) && !test_calendar_rests(2017, 10, 2));               /* only weekends are known */
	CHECK(test_calendar_rests(2027, 10, 2) && !test_calendar_rests(2027, 10, 1));
	CHECK(calendar_published(c, day_from(2018, 1, 1)) && calendar_published(c, day_from(2026, 12, 31)));
	CHECK(!calendar_published(c, day_from(2017, 12, 31)) && !calendar_published(c, day_from(2027, 1, 1)));

	CHECK_TEXT(test_calendar_named(LANG_ZH, 2026, 10, 3), "国庆节");
	CHECK_TEXT(test_calendar_named(LANG_EN, 2026, 10, 3), "National Day");
	CHECK_TEXT(test_calendar_named(LANG_ZH, 2026, 10, 10), "国庆节");
	CHECK_TEXT(test_calendar_named(LANG_ZH, 2026, 10, 11), "星期日");
	CHECK_TEXT(test_calendar_named(LANG_EN, 2026, 10, 17), "Saturday");
	CHECK(!test_calendar_named(LANG_EN, 2026, 10, 16));
	return check_end();
}
