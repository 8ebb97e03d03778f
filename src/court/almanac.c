#include "almanac.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/cursor.h"
#include "../base/day.h"
#include "../base/sheet_day.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>

static int almanac_year(const char *words)
{
	int year = 0;
	for (size_t i = 0; words[i]; i++)
		year = i < 4 && words[i] >= '0' && words[i] <= '9' ? year * 10 + words[i] - '0' : 10000;
	return year >= 1949 && year <= 9999 ? year : 0;
}

static enum mc_err almanac_read(struct ctx *ctx, const struct sheet *sheet, const struct sheet_row *row, int64_t at, void *out)
{
	struct calendar_day *day = out;
	const char *kind = sheet_cell(row, sheet_column(sheet, "kind")), *year = sheet_cell(row, sheet_column(sheet, "paper_year"));
	*day = (struct calendar_day){ .day = at, .rest = !strcmp(kind, "off"), .name = sheet_cell(row, sheet_column(sheet, "name")),
				      .year = almanac_year(year) };
	if (!day->rest && strcmp(kind, "work"))
		return sheet_fault(ctx, row, "almanac.kind", kind, NULL);
	if (!*day->name)
		return sheet_fault(ctx, row, "almanac.name", day_iso(ctx->mem, at), NULL);
	if (!day->year || abs(day_parts(at).year - day->year) > 1)
		return sheet_fault(ctx, row, "almanac.year", day_iso(ctx->mem, at), year);
	return MC_OK;
}

enum mc_err almanac_check(struct ctx *ctx, const struct sheet *sheet, struct calendar_day **out)
{
	static const char *const wanted[] = { "date", "kind", "name", "paper_year", NULL };
	void *days = NULL;
	enum mc_err err = sheet_day_check(ctx, sheet, wanted, sizeof **out, almanac_read, &days);
	*out = days;
	return err;
}

/* Days that a notice named before and names no more: a later notice may have amended it. */
static enum mc_err almanac_forget(struct ctx *ctx, const struct calendar_day *day, size_t count, int year)
{
	int64_t *kept = arena_take(ctx->mem, (count + 1) * sizeof *kept);
	struct row *r = db_ask(ctx, "select day from holiday where court = $1 and year = $2 order by day", "ti", COURT_NATION,
			       (int64_t)year);
	enum mc_err err = MC_OK;
	while (!err && db_next(r)) {
		size_t i = 0;
		while (i < count && (day[i].day != db_int(r, 0) || day[i].year != year))
			i++;
		if (i == count)
			err = db_do(ctx, "delete from holiday where court = $1 and day = $2", "ti", COURT_NATION, db_int(r, 0));
	}
	return db_broken(r) ? MC_STORE : err;
}

enum mc_err almanac_write(struct ctx *ctx, const struct calendar_day *day, size_t count, struct tally *tally)
{
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < count && !err; i++)
		if (!i || day[i].year != day[i - 1].year)
			err = almanac_forget(ctx, day, count, day[i].year);
	for (size_t i = 0; i < count && !err; i++) {
		err = db_do(ctx,
			"insert into holiday (court, day, rest, name, year) values ($1, $2, $3, $4, $5)"
			" on conflict (court, day) do update set rest = excluded.rest, name = excluded.name, year = excluded.year"
			" where holiday.rest <> excluded.rest or holiday.name <> excluded.name or holiday.year <> excluded.year",
			"tiiti", COURT_NATION, day[i].day, (int64_t)day[i].rest, day[i].name, (int64_t)day[i].year);
		if (!err)
			tally_row(tally, db_changed(ctx));
	}
	return err;
}

static enum mc_err almanac_rows(struct ctx *ctx, struct row *r, struct calendar_day **out, size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = (struct calendar_day){ db_int(r, 0), db_int(r, 1) != 0, db_text(r, 2), (int)db_int(r, 3) };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err almanac_page(struct ctx *ctx, const struct cursor *from, int64_t most, struct calendar_day **out, size_t *count)
{
	return almanac_rows(ctx, from->back
		? db_ask(ctx, "select day, rest, name, year from holiday where court = $1 and day > $2 order by day limit $3", "tii",
			 COURT_NATION, from->at, most)
		: db_ask(ctx, "select day, rest, name, year from holiday where court = $1 and day < $2 order by day desc limit $3", "tii",
			 COURT_NATION, *from->id ? from->at : INT64_MAX, most), out, count);
}

enum mc_err almanac_use(struct ctx *ctx)
{
	struct calendar_day *day;
	size_t count;
	enum mc_err err = almanac_rows(ctx, db_ask(ctx, "select day, rest, name, year from holiday where court = $1 order by day",
		"t", COURT_NATION), &day, &count);
	if (!err && count)
		calendar_use(day, count);
	return err;
}
