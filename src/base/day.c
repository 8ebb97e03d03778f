#include "day.h"
#include "arena.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define DAY_SECONDS 86400
#define DAY_BEIJING (8 * 3600)          /* seconds ahead of UTC */

/* Division that rounds down, so that the hours before 1970 belong to the right day. */
static int64_t day_floor(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t day_of(int64_t at) { return day_floor(at + DAY_BEIJING, DAY_SECONDS); }
int64_t day_start(int64_t day) { return day * DAY_SECONDS - DAY_BEIJING; }
int64_t day_end(int64_t day) { return day_start(day + 1) - 1; }

/* Years begin on 1 March, so that the leap day is the last of its year; 719,468 days lie
 * between 0000-03-01 and 1970-01-01 in the proleptic Gregorian calendar. */
int64_t day_from(int year, int month, int day)
{
	assert(month >= 1 && month <= 12);
	int64_t y = month <= 2 ? (int64_t)year - 1 : year;
	int64_t era = day_floor(y, 400), of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct day_parts day_parts(int64_t day)
{
	int64_t z = day + 719468, era = day_floor(z, 146097), of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;
	int64_t weekday = (day + 4) % 7;        /* 1970-01-01 was a Thursday */
	struct day_parts parts = {
		.day = (int)(of_year - (153 * m + 2) / 5 + 1),
		.month = (int)(m < 10 ? m + 3 : m - 9),
		.weekday = (int)(weekday < 0 ? weekday + 7 : weekday),
	};
	parts.year = (int)(y + era * 400 + (parts.month <= 2));
	return parts;
}

int day_month_length(int year, int month)
{
	assert(month >= 1 && month <= 12);
	if (month == 2)
		return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Exactly n digits at text; -1 if there are fewer. Stops at the NUL. */
static int day_digits(const char *text, int n)
{
	int value = 0;
	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

/* The date at the start of text, ten characters long; false if there is none. */
static bool day_read(const char *text, int64_t *day)
{
	int year = day_digits(text, 4);
	if (year < 1900 || text[4] != '-')
		return false;
	int month = day_digits(text + 5, 2);
	if (month < 1 || month > 12 || text[7] != '-')
		return false;
	int of_month = day_digits(text + 8, 2);
	if (of_month < 1 || of_month > day_month_length(year, month))
		return false;
	*day = day_from(year, month, of_month);
	return true;
}

bool day_parse(const char *text, int64_t *day)
{
	int64_t found;
	if (!text || !day_read(text, &found) || text[10])
		return false;
	*day = found;
	return true;
}

/* What follows the seconds of RFC 3339: a fraction, which counts for nothing here, then "Z" or an offset
 * from UTC in seconds. */
static bool day_offset(const char *text, int64_t *ahead)
{
	if (*text == '.') {
		size_t digits = strspn(text + 1, "0123456789");
		if (!digits)
			return false;
		text += 1 + digits;
	}
	*ahead = 0;
	if (*text == 'Z')
		return !text[1];
	if (*text != '+' && *text != '-')
		return false;
	int hour = day_digits(text + 1, 2);
	if (hour < 0 || hour > 23 || text[3] != ':')
		return false;
	int minute = day_digits(text + 4, 2);
	if (minute < 0 || minute > 59 || text[6])
		return false;
	*ahead = (hour * 60 + minute) * (*text == '-' ? -60 : 60);
	return true;
}

bool day_time_parse(const char *text, int64_t *at)
{
	int64_t day, ahead = DAY_BEIJING;
	if (!text || !day_read(text, &day) || (text[10] != 'T' && text[10] != ' '))
		return false;
	int hour = day_digits(text + 11, 2), second = 0;
	if (hour < 0 || hour > 23 || text[13] != ':')
		return false;
	int minute = day_digits(text + 14, 2);
	if (minute < 0 || minute > 59)
		return false;
	if (text[16] == ':') {
		second = day_digits(text + 17, 2);
		if (second < 0 || second > 59 || (text[19] && !day_offset(text + 19, &ahead)))
			return false;
	} else if (text[16]) {
		return false;
	}
	*at = day * DAY_SECONDS + hour * 3600 + minute * 60 + second - ahead;
	return true;
}

const char *day_iso(struct arena *mem, int64_t day)
{
	struct day_parts p = day_parts(day);
	return arena_print(mem, "%04d-%02d-%02d", p.year, p.month, p.day);
}

const char *day_time_iso(struct arena *mem, int64_t at)
{
	int second = (int)(at - day_start(day_of(at)));
	return arena_print(mem, "%sT%02d:%02d:%02d+08:00", day_iso(mem, day_of(at)),
			   second / 3600, second / 60 % 60, second % 60);
}

/* Writes a number of at least so many digits and the words behind it; returns where they end. Pages hold
 * many dates, so they are not left to the library's formats. */
static char *day_put(char *to, int value, int digits, const char *words)
{
	char turned[12];
	int n = 0;
	for (; value || n < digits; value /= 10)
		turned[n++] = (char)('0' + value % 10);
	while (n)
		*to++ = turned[--n];
	size_t size = strlen(words);
	memcpy(to, words, size + 1);
	return to + size;
}

/* The longest: "30 September 2026" and, in bytes, "2026年12月31日". */
#define DAY_WORDS 64

static char *day_write(char *to, enum lang lang, int64_t day)
{
	static const char *const months[] = {
		" January ", " February ", " March ", " April ", " May ", " June ", " July ",
		" August ", " September ", " October ", " November ", " December ",
	};
	struct day_parts p = day_parts(day);
	int year = p.year > 0 ? p.year : 0;     /* nothing that is said here lies before our era */
	if (lang == LANG_EN)
		return day_put(day_put(to, p.day, 1, months[p.month - 1]), year, 1, "");
	return day_put(day_put(day_put(to, year, 1, "年"), p.month, 1, "月"), p.day, 1, "日");
}

const char *day_say(struct arena *mem, enum lang lang, int64_t day)
{
	char words[DAY_WORDS];
	day_write(words, lang, day);
	return arena_copy(mem, words);
}

const char *day_time_say(struct arena *mem, enum lang lang, int64_t at)
{
	char words[DAY_WORDS], *to = day_write(words, lang, day_of(at));
	int minute = (int)(at - day_start(day_of(at))) / 60;
	const char *between = lang == LANG_EN ? ", " : " ";
	size_t n = strlen(between);
	memcpy(to, between, n);
	day_put(day_put(to + n, minute / 60, 2, ":"), minute % 60, 2, "");
	return arena_copy(mem, words);
}

/* 1 to 31 as read aloud: 三, 十, 十六, 二十, 三十一. */
static const char *day_numeral(struct arena *mem, int n)
{
	static const char *const units[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
	return arena_print(mem, "%s%s%s", n >= 20 ? units[n / 10] : "", n >= 10 ? "十" : "", units[n % 10]);
}

const char *day_paper(struct arena *mem, int64_t day)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
	struct day_parts p = day_parts(day);
	assert(p.year >= 0 && p.year <= 9999);
	return arena_print(mem, "%s%s%s%s年%s月%s日", digits[p.year / 1000], digits[p.year / 100 % 10],
			   digits[p.year / 10 % 10], digits[p.year % 10],
			   day_numeral(mem, p.month), day_numeral(mem, p.day));
}
