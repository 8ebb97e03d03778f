#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/day.h"

static void test_day_parts(void)
{
	CHECK_INT(day_from(1970, 1, 1), 0);
	CHECK_INT(day_from(2000, 2, 29), 11016);
	CHECK_INT(day_from(2026, 2, 31), day_from(2026, 3, 3));         /* carries over */
	CHECK_INT(day_parts(0).weekday, 4);
	CHECK_INT(day_parts(-1).weekday, 3);
	int64_t day = day_from(1899, 12, 31);
	int bad = 0;
	for (int year = 1900; year <= 2400; year++)
		for (int month = 1; month <= 12; month++)
			for (int d = 1; d <= day_month_length(year, month); d++) {
				struct day_parts p = day_parts(++day);
				bad += p.year != year || p.month != month || p.day != d || day_from(year, month, d) != day
					|| p.weekday != (int)(((day + 4) % 7 + 7) % 7);
			}
	CHECK_INT(bad, 0);
	CHECK_INT(day_month_length(1900, 2), 28);
	CHECK_INT(day_month_length(2000, 2), 29);
	CHECK_INT(day_month_length(2026, 2), 28);
	CHECK_INT(day_month_length(2028, 2), 29);
}

static void test_day_parsing(void)
{
	static const char *const bad[] = {
		"", "2", "2026", "2026-", "2026-9-16", "2026-09-1", "2026-09-16 ", " 2026-09-16", "2026-13-01", "2026-00-01",
		"2026-02-29", "2026-04-31", "2026-09-00", "1899-12-31", "2026/09/16", "20260916", "２０２６-09-16", "+026-09-16",
		"2026-09-16T09:30", "-026-09-16",
	};
	static const char *const bad_times[] = {
		"", "2026-09-16", "2026-09-16T", "2026-09-16T9:30", "2026-09-16T09", "2026-09-16T09:", "2026-09-16T09:3",
		"2026-09-16T24:00", "2026-09-16T09:60", "2026-09-16T09:30Z", "2026-09-16T09:30:", "2026-09-16T09:30:6",
		"2026-09-16T09:30:60", "2026-09-16T09:30:05.1", "2026-09-16x09:30", "2026-09-16T09:30+08:00",
		"2026-09-16T09:30:05.", "2026-09-16T09:30:05.Z", "2026-09-16T09:30:05z", "2026-09-16T09:30:05Zz",
		"2026-09-16T09:30:05+", "2026-09-16T09:30:05+08", "2026-09-16T09:30:05+0800", "2026-09-16T09:30:05+08:0",
		"2026-09-16T09:30:05+24:00", "2026-09-16T09:30:05+08:60", "2026-09-16T09:30:05+08:00 ",
	};
	int64_t day = 7, at = 7;
	CHECK(day_parse("2026-09-16", &day));
	CHECK_INT(day, day_from(2026, 9, 16));
	CHECK(day_parse("1900-01-01", &day) && day_parse("9999-12-31", &day) && day_parse("2028-02-29", &day));
	day = 7;
	CHECK(!day_parse(NULL, &day) && !day_time_parse(NULL, &at));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		check_note(!day_parse(bad[i], &day), __FILE__, __LINE__, bad[i]);
	for (size_t i = 0; i < sizeof bad_times / sizeof bad_times[0]; i++)
		check_note(!day_time_parse(bad_times[i], &at), __FILE__, __LINE__, bad_times[i]);
	CHECK_INT(day, 7);
	CHECK_INT(at, 7);
	CHECK(day_time_parse("2026-09-16T09:30", &at));
	CHECK_INT(at, INT64_C(1789522200));
	CHECK(day_time_parse("2026-09-16 09:30", &at));
	CHECK_INT(at, INT64_C(1789522200));
	CHECK(day_time_parse("2026-09-16T09:30:05", &at));
	CHECK_INT(at, INT64_C(1789522205));
	/* RFC 3339: the same moment as told elsewhere. */
	static const char *const same[] = {
		"2026-09-16T09:30:05+08:00", "2026-09-16T01:30:05Z", "2026-09-16T01:30:05.999Z", "2026-09-15T20:00:05-05:30",
		"2026-09-16T01:30:05-00:00",
	};
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		check_note(day_time_parse(same[i], &at), __FILE__, __LINE__, same[i]);
		CHECK_INT(at, INT64_C(1789522205));
		at = 7;
	}
}

static void test_day_saying(struct arena *mem)
{
	int64_t at = INT64_C(1789522205), day = day_of(at);
	CHECK_TEXT(day_iso(mem, day), "2026-09-16");
	CHECK_TEXT(day_time_iso(mem, at), "2026-09-16T09:30:05+08:00");
	CHECK_TEXT(day_say(mem, LANG_ZH, day), "2026年9月16日");
	CHECK_TEXT(day_say(mem, LANG_EN, day), "16 September 2026");
	CHECK_TEXT(day_time_say(mem, LANG_ZH, at), "2026年9月16日 09:30");
	CHECK_TEXT(day_time_say(mem, LANG_EN, at), "16 September 2026, 09:30");
	CHECK_TEXT(day_paper(mem, day), "二〇二六年九月十六日");
	CHECK_TEXT(day_paper(mem, day_from(2010, 10, 10)), "二〇一〇年十月十日");
	CHECK_TEXT(day_paper(mem, day_from(1999, 12, 31)), "一九九九年十二月三十一日");
	CHECK_TEXT(day_paper(mem, day_from(2030, 11, 20)), "二〇三〇年十一月二十日");
	CHECK_TEXT(day_time_iso(mem, -8 * 3600 - 1), "1969-12-31T23:59:59+08:00");
}

int main(void)
{
	struct arena *mem = arena_begin();
	test_day_parts();
	test_day_parsing();
	test_day_saying(mem);
	/* The Beijing day turns at 16:00 UTC. */
	CHECK_INT(day_of(16 * 3600 - 1), 0);
	CHECK_INT(day_of(16 * 3600), 1);
	CHECK_INT(day_of(-8 * 3600), 0);
	CHECK_INT(day_of(-8 * 3600 - 1), -1);
	CHECK_INT(day_start(day_of(INT64_C(1789522205))), INT64_C(1789488000));
	CHECK_INT(day_end(5) + 1, day_start(6));
	arena_end(mem);
	return check_end();
}
