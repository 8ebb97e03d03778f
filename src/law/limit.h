/* limit: periods of procedure and how they are counted. The day of the event
 * does not count; a period that ends on a rest day ends on the first working day
 * after it (民诉法 art. 85); months and years end on the corresponding day, or on
 * the month's last (民法典 art. 202). limit.tbl states the periods. Pure. */
#ifndef MC_LIMIT_H
#define MC_LIMIT_H
#include "calendar.h"
#include "../base/ctx.h"

enum limit_unit { LIMIT_DAYS, LIMIT_WORKING_DAYS, LIMIT_MONTHS, LIMIT_YEARS };

#define LIMIT(code, zh, en, length, unit, rolls, law) LIMIT_##code,
enum limit {
#include "limit.tbl"
	LIMIT_COUNT
};
#undef LIMIT

struct limit_rule {
	const char *code, *name[LANG_COUNT];
	int length;             /* 0: a person sets the date */
	enum limit_unit unit;
	bool rolls;             /* ends later when its last day is a rest day */
	const char *law;
};

/* The end of a period and how it was found. The days from counted up to day, without
 * day, are rest days; calendar_name() says which. */
struct limit_end {
	int64_t day;            /* the last day on which the step is in time */
	int64_t first;          /* the day after the event, the first that counts */
	int64_t counted;        /* the last day before rolling */
	bool month_end;         /* months, years: no corresponding day, so the month's last */
	bool rolled;
	bool provisional;       /* its last day, or a day it was rolled over, lies in a year without a notice */
};

const struct limit_rule *limit_rule(enum limit limit);
bool limit_find(const char *code, enum limit *out);     /* false if there is none */
struct limit_end limit_count(const struct calendar *calendar, int64_t event_day,
			     int length, enum limit_unit unit, bool rolls);
struct limit_end limit_ends(const struct calendar *calendar, enum limit limit, int64_t event_day);

/* "15日", "6月", "2年", "3工作日"; also 天, 个月, 个工作日, and "15 days", "6 months", "2 years",
 * "3 working days". 1 to 9999 of them. */
bool limit_parse(const char *text, int *length, enum limit_unit *unit);

#endif
