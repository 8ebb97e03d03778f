#include "calendar.h"
#include "../base/day.h"

/* A day written yyyymmdd as a constant expression: days since 1970-01-01, by the formula of
 * day_from(), which the test holds against it. */
#define CALENDAR_YEAR(n) ((n) / 10000 - ((n) / 100 % 100 <= 2))
#define CALENDAR_MONTH(n) ((n) / 100 % 100 <= 2 ? (n) / 100 % 100 + 9 : (n) / 100 % 100 - 3)
#define CALENDAR_DAY(n) (CALENDAR_YEAR(n) * 365 + CALENDAR_YEAR(n) / 4 - CALENDAR_YEAR(n) / 100 + \
	CALENDAR_YEAR(n) / 400 + (153 * CALENDAR_MONTH(n) + 2) / 5 + (n) % 100 - 1 - 719468)

#define NOTICE(first, last)
#define HOLIDAY(first, last, zh, en) { CALENDAR_DAY(first), CALENDAR_DAY(last), true, { zh, en } },
#define WORK(first, last, zh, en) { CALENDAR_DAY(first), CALENDAR_DAY(last), false, { zh, en } },
static const struct calendar_span calendar_spans[] = {
#include "holiday.tbl"
};
#undef NOTICE
#undef HOLIDAY
#undef WORK

#define NOTICE(first, last) .first_year = (first), .last_year = (last),
#define HOLIDAY(first, last, zh, en)
#define WORK(first, last, zh, en)
static const struct calendar calendar_china = {
	.spans = calendar_spans,
	.count = sizeof calendar_spans / sizeof calendar_spans[0],
#include "holiday.tbl"
};
#undef NOTICE
#undef HOLIDAY
#undef WORK

const struct calendar *calendar_national(void) { return &calendar_china; }

/* The span in which the day lies, or NULL: the last that does not begin after it. */
static const struct calendar_span *calendar_span(const struct calendar *calendar, int64_t day)
{
	size_t low = 0, high = calendar->count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (calendar->spans[mid].first <= day)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 && calendar->spans[low - 1].last >= day ? &calendar->spans[low - 1] : NULL;
}

bool calendar_rests(const struct calendar *calendar, int64_t day)
{
	const struct calendar_span *span = calendar_span(calendar, day);
	int weekday = day_parts(day).weekday;
	return span ? span->rest : weekday == 0 || weekday == 6;
}

bool calendar_published(const struct calendar *calendar, int64_t day)
{
	int year = day_parts(day).year;
	return year >= calendar->first_year && year <= calendar->last_year;
}

const char *calendar_name(const struct calendar *calendar, enum lang lang, int64_t day)
{
	static const char *const weekend[2][LANG_COUNT] = { { "星期日", "Sunday" }, { "星期六", "Saturday" } };
	const struct calendar_span *span = calendar_span(calendar, day);
	int weekday = day_parts(day).weekday;
	if (span)
		return span->name[lang];
	return weekday == 0 || weekday == 6 ? weekend[weekday == 6][lang] : NULL;
}
