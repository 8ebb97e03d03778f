#include "calendar.h"
#include "../base/arena.h"
#include "../base/day.h"

#include <stdatomic.h>
#include <string.h>

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

static const struct calendar *_Atomic calendar_current = &calendar_china;

const struct calendar *calendar_national(void) { return atomic_load(&calendar_current); }

/* -- notices that came later ------------------------------------------------------------ */

/* The notice of a year names days from the first to the last of these. */
struct calendar_notice { int year; int64_t first, last; };

enum { CALENDAR_NOTICES = 64 };

static size_t calendar_notices(const struct calendar_day *days, size_t count, struct calendar_notice *out)
{
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		size_t at = 0;
		while (at < n && out[at].year != days[i].year)
			at++;
		if (at == CALENDAR_NOTICES)
			continue;
		if (at == n)
			out[n++] = (struct calendar_notice){ days[i].year, days[i].day, days[i].day };
		out[at].last = days[i].day;
	}
	return n;
}

static bool calendar_replaced(const struct calendar_span *span, const struct calendar_notice *notice, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (span->first <= notice[i].last && span->last >= notice[i].first)
			return true;
	return false;
}

/* The English name of a holiday, where the program knows it. */
static const char *calendar_english(const char *zh)
{
	for (size_t i = 0; i < calendar_china.count; i++)
		if (!strcmp(calendar_spans[i].name[LANG_ZH], zh))
			return calendar_spans[i].name[LANG_EN];
	return zh;
}

/* Days of one holiday that follow each other are one span. */
static void calendar_add(struct calendar_span *spans, size_t *count, const struct calendar_day *day, const char *zh)
{
	struct calendar_span *last = *count ? &spans[*count - 1] : NULL;
	if (last && last->last + 1 == day->day && last->rest == day->rest && !strcmp(last->name[LANG_ZH], zh))
		last->last = day->day;
	else
		spans[(*count)++] = (struct calendar_span){ day->day, day->day, day->rest, { zh, calendar_english(zh) } };
}

static int calendar_last_year(const struct calendar_notice *notice, size_t count)
{
	int year = calendar_china.last_year;
	for (size_t i = 0; i < count; i++)
		if (notice[i].year == year + 1) {
			year++;
			i = (size_t)-1;         /* the next may stand anywhere */
		}
	return year;
}

void calendar_use(const struct calendar_day *days, size_t count)
{
	/* As long as the program: somebody may still be counting with the calendar before. */
	static struct arena *mem;
	struct calendar_notice notice[CALENDAR_NOTICES];
	size_t notices = calendar_notices(days, count, notice), next = 0;
	if (!mem)
		mem = arena_begin_ceiling(SIZE_MAX);
	struct calendar_span *spans = arena_take(mem, (calendar_china.count + count + 1) * sizeof *spans);
	struct calendar *out = arena_take(mem, sizeof *out);
	*out = (struct calendar){ spans, 0, calendar_china.first_year, calendar_last_year(notice, notices) };
	for (size_t i = 0; i <= calendar_china.count; i++) {
		const struct calendar_span *stated = i < calendar_china.count ? &calendar_spans[i] : NULL;
		for (; next < count && (!stated || days[next].day < stated->first); next++)
			calendar_add(spans, &out->count, &days[next], arena_copy(mem, days[next].name));
		if (stated && !calendar_replaced(stated, notice, notices))
			spans[out->count++] = *stated;
	}
	atomic_store(&calendar_current, out);
}

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
