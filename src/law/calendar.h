/* calendar: which days are rest days. Weekends rest, except the working days
 * that the State Council makes up for; statutory holidays rest. The notices of
 * 2018 to 2026 are stated in holiday.tbl. A year without a notice is known only
 * by its weekends, and whatever is reckoned in it is provisional. The notice of a
 * further year is imported (court/gazette) and is then in force at once. Pure. */
#ifndef MC_CALENDAR_H
#define MC_CALENDAR_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

/* Special days from first to last, both included: rest, or working days made up for. */
struct calendar_span {
	int64_t first, last;
	bool rest;
	const char *name[LANG_COUNT];   /* of the holiday */
};

/* Spans in order of date, and the years for which they are complete. */
struct calendar {
	const struct calendar_span *spans;
	size_t count;
	int first_year, last_year;
};

/* One day that a notice names, and the year that the notice is for. */
struct calendar_day {
	int64_t day;
	bool rest;
	const char *name;       /* of the holiday, in Chinese */
	int year;
};

const struct calendar *calendar_national(void);

/* Puts notices in force, each the whole of its year, in place of what holiday.tbl says for that year;
 * the days stand in order. A year counts as published when every year before it is. Copied. One
 * thread at a time. */
void calendar_use(const struct calendar_day *days, size_t count);

bool calendar_rests(const struct calendar *calendar, int64_t day);
bool calendar_published(const struct calendar *calendar, int64_t day);  /* its year has a notice */

/* Why a day rests ("国庆节", "星期六"), or for a made-up working day the holiday that it makes
 * up for; NULL for a day that is an ordinary working day. */
const char *calendar_name(const struct calendar *calendar, enum lang lang, int64_t day);

#endif
