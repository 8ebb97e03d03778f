#include "rate.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/cursor.h"
#include "../base/day.h"
#include "../base/sheet_day.h"
#include "../store/db.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* "4.2" is 420; -1 for what is no percentage. */
static int64_t rate_parse(const char *words)
{
	size_t whole = strspn(words, "0123456789");
	const char *part = words[whole] == '.' ? words + whole + 1 : words + whole;
	size_t parts = strspn(part, "0123456789");
	if (!whole || whole > 3 || part[parts] || parts > 2 || (words[whole] == '.' && !parts))
		return -1;
	int64_t rate = strtoll(words, NULL, 10) * 100;
	rate += parts ? (part[0] - '0') * 10 : 0;
	rate += parts > 1 ? part[1] - '0' : 0;
	return rate <= 10000 ? rate : -1;
}

static enum mc_err rate_read(struct ctx *ctx, const struct sheet *sheet, const struct sheet_row *row, int64_t day, void *out)
{
	struct rate *rate = out;
	const char *one = sheet_cell(row, sheet_column(sheet, "rate_1y")), *five = sheet_cell(row, sheet_column(sheet, "rate_5y"));
	*rate = (struct rate){ .day = day, .one_year = rate_parse(one), .five_year = rate_parse(five) };
	if (rate->one_year < 0 || rate->five_year < 0)
		return sheet_fault(ctx, row, "rate.percent", rate->one_year < 0 ? one : five, NULL);
	return MC_OK;
}

enum mc_err rate_check(struct ctx *ctx, const struct sheet *sheet, struct rate **out)
{
	static const char *const wanted[] = { "effective_date", "rate_1y", "rate_5y", NULL };
	void *rates = NULL;
	enum mc_err err = sheet_day_check(ctx, sheet, wanted, sizeof **out, rate_read, &rates);
	*out = rates;
	return err;
}

enum mc_err rate_write(struct ctx *ctx, const struct rate *rate, size_t count, struct tally *tally)
{
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < count && !err; i++) {
		err = db_do(ctx,
			"insert into rate (court, day, one_year, five_year) values ($1, $2, $3, $4)"
			" on conflict (court, day) do update set one_year = excluded.one_year, five_year = excluded.five_year"
			" where rate.one_year <> excluded.one_year or rate.five_year <> excluded.five_year",
			"tiii", COURT_NATION, rate[i].day, rate[i].one_year, rate[i].five_year);
		if (!err)
			tally_row(tally, db_changed(ctx));
	}
	return err;
}

enum mc_err rate_page(struct ctx *ctx, const struct cursor *from, int64_t most, struct rate **out, size_t *count)
{
	size_t room = 0;
	struct row *r = from->back
		? db_ask(ctx, "select day, one_year, five_year from rate where court = $1 and day > $2 order by day limit $3", "tii",
			 COURT_NATION, from->at, most)
		: db_ask(ctx, "select day, one_year, five_year from rate where court = $1 and day < $2 order by day desc limit $3", "tii",
			 COURT_NATION, *from->id ? from->at : INT64_MAX, most);
	*out = NULL;
	*count = 0;
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = (struct rate){ db_int(r, 0), db_int(r, 1), db_int(r, 2) };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

const char *rate_say(struct arena *mem, int64_t rate)
{
	return arena_print(mem, "%d.%02d%%", (int)(rate / 100), (int)(rate % 100));
}
