/* day: dates and hours of the civil calendar in Beijing time (UTC+8, no summer
 * time since 1992). A day is the number of days since 1970-01-01. Pure. */
#ifndef MC_DAY_H
#define MC_DAY_H
#include "ctx.h"

#include <stdbool.h>

struct day_parts { int year, month, day, weekday; };    /* weekday 0 is Sunday */

int64_t day_of(int64_t at);                     /* the Beijing day of an instant */
int64_t day_start(int64_t day);                 /* its first second */
int64_t day_end(int64_t day);                   /* its last second */
int64_t day_from(int year, int month, int day); /* month 1-12; day beyond the month's end carries over */
struct day_parts day_parts(int64_t day);
int day_month_length(int year, int month);
bool day_parse(const char *text, int64_t *day);         /* "2026-09-16", years 1900-9999, nothing else */
bool day_time_parse(const char *text, int64_t *at);     /* "2026-09-16T09:30" or with a blank, Beijing time;
							   ":05" seconds may follow, and after them "Z" or "+08:00"
							   as in RFC 3339, which then say whose time it is */

const char *day_iso(struct arena *mem, int64_t day);                    /* 2026-09-16 */
const char *day_time_iso(struct arena *mem, int64_t at);                /* 2026-09-16T09:30:05+08:00 (RFC 3339) */
const char *day_say(struct arena *mem, enum lang lang, int64_t day);    /* 2026年9月16日 / 16 September 2026 */
const char *day_time_say(struct arena *mem, enum lang lang, int64_t at);/* 2026年9月16日 09:30 / 16 September 2026, 09:30 */
const char *day_paper(struct arena *mem, int64_t day);                  /* 二〇二六年九月十六日, for court papers */

#endif
