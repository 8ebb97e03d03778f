#include "gazette.h"
#include "almanac.h"
#include "court.h"
#include "deadline.h"
#include "listing.h"
#include "rate.h"
#include "roster.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../store/db.h"

#include <string.h>

/* A list on its way in. */
struct gazette_work {
	enum gazette list;
	const char *source, *digest;
	struct sheet sheet;
	struct tally *tally;
	struct court *court;
	struct listing_line *line;
	struct calendar_day *day;
	struct rate *rate;
};

static const struct gazette_rule {
	const char *word, *name[LANG_COUNT];
	enum listing listing;
} gazette_rules[GAZETTE_COUNT] = {
	[GAZETTE_COURTS]    = { "courts", { "全国法院", "Courts" }, 0 },
	[GAZETTE_CAUSES]    = { "causes", { "案由", "Causes of action" }, LISTING_CAUSES },
	[GAZETTE_CHARGES]   = { "charges", { "罪名", "Criminal charges" }, LISTING_CHARGES },
	[GAZETTE_TYPES]     = { "types", { "案件类型", "Types of cases" }, LISTING_TYPES },
	[GAZETTE_DIVISIONS] = { "divisions", { "行政区划", "Administrative divisions" }, LISTING_DIVISIONS },
	[GAZETTE_HOLIDAYS]  = { "holidays", { "节假日安排", "Rest days" }, 0 },
	[GAZETTE_RATES]     = { "rates", { "贷款市场报价利率", "Loan prime rates" }, 0 },
};

const char *gazette_word(enum gazette list) { return gazette_rules[list].word; }

const char *gazette_name(enum gazette list, enum lang lang) { return gazette_rules[list].name[lang]; }

bool gazette_find(const char *word, enum gazette *out)
{
	for (*out = 0; *out < GAZETTE_COUNT; (*out)++)
		if (!strcmp(word, gazette_rules[*out].word))
			return true;
	return false;
}

static enum mc_err gazette_check(struct ctx *ctx, struct gazette_work *w)
{
	switch (w->list) {
	case GAZETTE_COURTS:
		return roster_check(ctx, &w->sheet, &w->court);
	case GAZETTE_HOLIDAYS:
		return almanac_check(ctx, &w->sheet, &w->day);
	case GAZETTE_RATES:
		return rate_check(ctx, &w->sheet, &w->rate);
	default:
		return listing_check(ctx, gazette_rules[w->list].listing, &w->sheet, &w->line);
	}
}

static enum mc_err gazette_write(struct ctx *ctx, const struct gazette_work *w)
{
	switch (w->list) {
	case GAZETTE_COURTS:
		return roster_write(ctx, w->court, w->sheet.rows, w->tally);
	case GAZETTE_HOLIDAYS:
		return almanac_write(ctx, w->day, w->sheet.rows, w->tally);
	case GAZETTE_RATES:
		return rate_write(ctx, w->rate, w->sheet.rows, w->tally);
	default:
		return listing_write(ctx, gazette_rules[w->list].listing, w->line, w->sheet.rows, w->tally);
	}
}

static enum mc_err gazette_rows(struct ctx *ctx, enum gazette list, int64_t *out)
{
	struct row *r = list == GAZETTE_COURTS ? db_ask(ctx, "select cast(count(*) as bigint) from court", "")
		: list == GAZETTE_HOLIDAYS ? db_ask(ctx, "select cast(count(*) as bigint) from holiday where court = $1", "t", COURT_NATION)
		: list == GAZETTE_RATES ? db_ask(ctx, "select cast(count(*) as bigint) from rate where court = $1", "t", COURT_NATION)
		: db_ask(ctx, "select cast(count(*) as bigint) from listing where court = $1 and list = $2", "tt", COURT_NATION,
			 gazette_word(list));
	*out = db_next(r) ? db_int(r, 0) : 0;
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err gazette_take(struct ctx *ctx, void *arg)
{
	struct gazette_work *w = arg;
	struct tally *t = w->tally;
	int64_t before, after;
	t->done = t->changed = 0;
	enum mc_err err = gazette_rows(ctx, w->list, &before);
	if (!err)
		err = gazette_write(ctx, w);
	if (!err)
		err = gazette_rows(ctx, w->list, &after);
	if (err)
		return err;
	t->added = after > before ? after - before : 0;
	t->changed -= t->added < t->changed ? t->added : t->changed;
	return db_do(ctx,
		"insert into gazette (court, gazette, list, source, digest, lines, added, changed, at)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", "tttttiiii", COURT_NATION, id_new(ctx->mem), gazette_word(w->list),
		w->source, w->digest, (int64_t)w->sheet.rows, t->added, t->changed, ctx->now);
}

enum mc_err gazette_import(struct ctx *ctx, enum gazette list, const char *source, const char *bytes, size_t size,
			   struct tally *tally)
{
	struct gazette_work w = { .list = list, .source = source, .tally = tally, .digest = digest_of(ctx->mem, bytes, size) };
	enum mc_err err = sheet_read(ctx, bytes, size, &w.sheet);
	if (!err)
		err = gazette_check(ctx, &w);
	tally->all = (int64_t)w.sheet.rows;
	return err ? err : db_together(ctx, gazette_take, &w);
}

enum mc_err gazette_follow(struct ctx *ctx, enum gazette list, int64_t *settled, int64_t *moved)
{
	*settled = *moved = 0;
	enum mc_err err = gazette_use(ctx);
	return !err && list == GAZETTE_HOLIDAYS ? deadline_recount(ctx, settled, moved) : err;
}

enum mc_err gazette_use(struct ctx *ctx)
{
	/* One thread at a time puts lists in force: the one that begins the program, then that of the jobs. */
	static char used[40];
	struct row *r = db_ask(ctx, "select gazette from gazette where court = $1 order by gazette desc limit 1", "t", COURT_NATION);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_OK;
	if (!strcmp(used, db_text(r, 0)))
		return MC_OK;
	enum mc_err err = listing_use(ctx);
	if (!err)
		err = almanac_use(ctx);
	if (!err)
		memcpy(used, db_text(r, 0), strnlen(db_text(r, 0), sizeof used - 1) + 1);
	return err;
}

enum mc_err gazette_last(struct ctx *ctx, enum gazette list, struct gazette_record *out)
{
	struct row *r = db_ask(ctx, "select source, digest, at, lines from gazette where court = $1 and list = $2"
				    " order by gazette desc limit 1", "tt", COURT_NATION, gazette_word(list));
	*out = (struct gazette_record){ .source = "", .digest = "" };
	if (db_next(r))
		*out = (struct gazette_record){ db_text(r, 0), db_text(r, 1), db_int(r, 2), db_int(r, 3) };
	return db_broken(r) ? MC_STORE : MC_OK;
}
