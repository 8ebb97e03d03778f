/* Whatever is typed as a sum, a day, a period or a number of a person: what is taken says the same when it is
 * written and read again, and periods end where the calendar goes on. */
#include "base/arena.h"
#include "base/day.h"
#include "base/money.h"
#include "law/calendar.h"
#include "law/fee.h"
#include "law/identity.h"
#include "law/limit.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static void fuzz_reckon_money(struct arena *mem, const char *text)
{
	int64_t fen, again;
	if (!money_parse(text, &fen))
		return;
	assert(fen >= 0 && fen <= INT64_C(999999999999999));
	assert(money_parse(money_plain(mem, fen), &again) && again == fen);
	assert(money_parse(money_say(mem, fen), &again) && again == fen);
	for (int kind = 0; kind < FEE_KIND_COUNT; kind++) {
		struct fee fee = fee_reckon((enum fee_kind)kind, fen, false), half = fee_reckon((enum fee_kind)kind, fen, true);
		assert(fee.fen >= 0 && half.fen <= fee.fen && fee.low <= fee.high);
	}
}

static void fuzz_reckon_day(struct arena *mem, const char *text)
{
	int64_t day, at, again;
	if (day_parse(text, &day)) {
		assert(!strcmp(text, day_iso(mem, day)));
		assert(day_of(day_start(day)) == day && day_of(day_end(day)) == day);
		(void)day_paper(mem, day);
		(void)day_say(mem, LANG_EN, day);
	}
	if (day_time_parse(text, &at)) {
		char *same = arena_print(mem, "%.19s", day_time_iso(mem, at));
		assert(day_time_parse(same, &again) && again == at);
	}
}

static void fuzz_reckon_limit(const char *text)
{
	int length;
	enum limit_unit unit;
	if (!limit_parse(text, &length, &unit))
		return;
	assert(length >= 1 && length <= 9999 && unit <= LIMIT_YEARS);
	/* As long a period as the calculator takes, and as long a one as a page can say. */
	if (unit == LIMIT_YEARS ? length > 7000 : unit == LIMIT_MONTHS && length > 12 * 7000)
		return;
	int64_t event = day_from(2026, 1, 1 + length % 365);
	struct limit_end end = limit_count(calendar_national(), event, length, unit, true);
	struct limit_end plain = limit_count(calendar_national(), event, length, unit, false);
	assert(end.first == event + 1 && end.day >= end.counted && end.counted >= event && plain.day <= end.day);
	assert(end.rolled == (end.day > end.counted));
}

static void fuzz_reckon_person(const char *text)
{
	size_t n = strlen(text);
	if (identity_citizen(text))
		assert(n == 18 && identity_birthday(text) != INT64_MIN);
	if (identity_credit_code(text))
		assert(n == 18);
	if (identity_passport(text))
		assert(n >= 5 && n <= 20);
	if (identity_mobile(text))
		assert(n >= 8 && n <= 16 && strspn(text, "+0123456789") == n);
	(void)identity_woman(text);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena *mem = arena_begin();
	char *text = arena_take(mem, n + 1);
	memcpy(text, bytes, n);
	fuzz_reckon_money(mem, text);
	fuzz_reckon_day(mem, text);
	fuzz_reckon_limit(text);
	fuzz_reckon_person(text);
	arena_end(mem);
	return 0;
}
