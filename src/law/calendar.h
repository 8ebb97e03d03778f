/* calendar: which days are rest days. Weekends rest, except the working days
 * that the State Council makes up for; statutory holidays rest. The notices of
 * 2018 to 2026 are stated in holiday.tbl. A year without a notice is known only
 * by its weekends, and whatever is reckoned in it is provisional. Pure. */
#ifndef MC_CALENDAR_H
#define MC_CALENDAR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct calendar_day { int64_t day; bool rest; };

/* Special days in order of date, and the years for which they are complete. */
struct calendar {
	const struct calendar_day *days;
	size_t count;
	int first_year, last_year;
};

const struct calendar *calendar_national(void);
bool calendar_rests(const struct calendar *calendar, int64_t day);
bool calendar_published(const struct calendar *calendar, int64_t day);

#endif
