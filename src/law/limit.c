#include "limit.h"
#include "../base/day.h"

#include <assert.h>
#include <string.h>

#define LIMIT(code, zh, en, length, unit, rolls, law) \
	[LIMIT_##code] = { #code, { zh, en }, length, LIMIT_##unit, rolls, law },
static const struct limit_rule limit_rules[LIMIT_COUNT] = {
#include "limit.tbl"
};
#undef LIMIT

const struct limit_rule *limit_rule(enum limit limit)
{
	assert(limit >= 0 && limit < LIMIT_COUNT);
	return &limit_rules[limit];
}

bool limit_find(const char *code, enum limit *out)
{
	for (enum limit l = 0; l < LIMIT_COUNT; l++)
		if (!strcmp(limit_rules[l].code, code)) {
			*out = l;
			return true;
		}
	return false;
}

/* The day that corresponds so many months later, or that month's last (民法典第202条). */
static int64_t limit_month(int64_t day, int months, bool *month_end)
{
	struct day_parts from = day_parts(day);
	int month = from.month - 1 + months;
	int year = from.year + month / 12, length = day_month_length(year, month % 12 + 1);
	*month_end = from.day > length;
	return day_from(year, month % 12 + 1, *month_end ? length : from.day);
}

/* The day on which so many working days after the event are full. */
static int64_t limit_working(const struct calendar *calendar, int64_t event_day, int length, bool *provisional)
{
	int64_t day = event_day;
	for (int left = length; left > 0;) {
		day++;
		left -= !calendar_rests(calendar, day);
		*provisional |= !calendar_published(calendar, day);
	}
	return day;
}

struct limit_end limit_count(const struct calendar *calendar, int64_t event_day,
			     int length, enum limit_unit unit, bool rolls)
{
	struct limit_end end = { .first = event_day + 1 };
	assert(length >= 0 && length <= 9999);
	switch (unit) {
	case LIMIT_DAYS:
		end.counted = event_day + length;
		break;
	case LIMIT_WORKING_DAYS:
		end.counted = limit_working(calendar, event_day, length, &end.provisional);
		break;
	case LIMIT_MONTHS:
		end.counted = limit_month(event_day, length, &end.month_end);
		break;
	case LIMIT_YEARS:
		end.counted = limit_month(event_day, length * 12, &end.month_end);
		break;
	}
	end.day = end.counted;
	end.provisional |= !calendar_published(calendar, end.day);
	while (rolls && calendar_rests(calendar, end.day)) {
		end.day++;
		end.provisional |= !calendar_published(calendar, end.day);
	}
	end.rolled = end.day != end.counted;
	return end;
}

struct limit_end limit_ends(const struct calendar *calendar, enum limit limit, int64_t event_day)
{
	const struct limit_rule *rule = limit_rule(limit);
	return limit_count(calendar, event_day, rule->length, rule->unit, rule->rolls);
}

bool limit_parse(const char *text, int *length, enum limit_unit *unit)
{
	static const struct { const char *word; enum limit_unit unit; } words[] = {
		{ "日", LIMIT_DAYS }, { "天", LIMIT_DAYS }, { "day", LIMIT_DAYS }, { "days", LIMIT_DAYS },
		{ "工作日", LIMIT_WORKING_DAYS }, { "个工作日", LIMIT_WORKING_DAYS },
		{ "working day", LIMIT_WORKING_DAYS }, { "working days", LIMIT_WORKING_DAYS },
		{ "月", LIMIT_MONTHS }, { "个月", LIMIT_MONTHS }, { "month", LIMIT_MONTHS }, { "months", LIMIT_MONTHS },
		{ "年", LIMIT_YEARS }, { "year", LIMIT_YEARS }, { "years", LIMIT_YEARS },
	};
	int number = 0;
	if (!text)
		return false;
	for (; *text >= '0' && *text <= '9'; text++) {
		number = number * 10 + (*text - '0');
		if (number > 9999)
			return false;
	}
	if (number == 0)
		return false;
	if (*text == ' ')
		text++;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (!strcmp(text, words[i].word)) {
			*length = number;
			*unit = words[i].unit;
			return true;
		}
	return false;
}
