#include "caseload.h"
#include "office.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../store/db.h"

#include <assert.h>
#include <string.h>

/* Every list is asked for in three ways: counted, read on, read back. The literals are put together
 * here so that they stay literals. $1 court, $2 judge or '', $3 today, $4 and $5 the row before. */
struct caseload_sql { const char *count, *on, *back; bool falls; };

/* The next limit: what is over is told only of the court's own, and of a party that the case waits for.
 * A complaint is not sent before its fee is paid, so until then nobody is late with sending it. */
#define CASELOAD_LIMIT \
	" left join deadline l on l.court = d.court and l.docket = d.id and l.number = (" \
	"select n.number from deadline n where n.court = d.court and n.docket = d.id and n.state = 'open'" \
	" and n.rule <> 'SEND_ANSWER' and (n.rule <> 'SEND_COMPLAINT' or d.stage <> 'FEE_DUE') and (n.ends >= $3 or n.party = 0 or d.stage in ('CORRECTING', 'FEE_DUE'))" \
	" and d.stage not in ('CLOSED', 'WITHDRAWN', 'TRANSFERRED', 'REFUSED') order by n.ends, n.number limit 1)"

/* First which cases and in which order, from an index alone; then what is shown of these few. */
#define CASELOAD_SELECT(rows, order) \
	"select d.court, d.id, d.number, d.title, d.cause, d.desk, d.judge, d.stage, d.since, d.filed, " \
	"coalesce(l.rule, ''), coalesce(l.ends, 0), coalesce(l.party, 0), coalesce(l.provisional, 0), k.place" \
	" from (" rows ") k join docket d on d.court = k.court and d.id = k.id" CASELOAD_LIMIT " order by k.place " #order ", k.id " #order

#define CASELOAD_ROWS(from, id, where, key, order) "select " key " as place, " from " where " where \
	" order by " key " " #order ", " id " " #order " limit 26"

#define CASELOAD_WAYS(from, id, where, until, key, on, onward, backward) { \
	"select cast(count(*) as bigint) from (select " key " as place, " from " where " where until " and " key " > 0 and $3 > 0 limit 1000) t", \
	CASELOAD_SELECT(CASELOAD_ROWS(from, id, where until CASELOAD_ENDS_##onward(key) " and (" key ", " id ") " on " ($4, $5)", \
		key, onward), onward), \
	CASELOAD_SELECT(CASELOAD_ROWS(from, id, where " and (" key ", " id ") " CASELOAD_NOT_##onward " ($4, $5)", key, backward), backward), \
	CASELOAD_FALLS_##onward }
/* A list that falls ends where the times end; read back, this would be a second place to begin at. */
#define CASELOAD_ENDS_asc(key) ""
#define CASELOAD_ENDS_desc(key) " and " key " > 0"
#define CASELOAD_NOT_asc "<"
#define CASELOAD_NOT_desc ">"
#define CASELOAD_FALLS_asc false
#define CASELOAD_FALLS_desc true
#define CASELOAD_CASES "d.court, d.id from docket d"
#define CASELOAD_OLDEST(where, key) CASELOAD_WAYS(CASELOAD_CASES, "d.id", where, "", key, ">", asc, desc)
#define CASELOAD_NEWEST(where, key) CASELOAD_WAYS(CASELOAD_CASES, "d.id", where, "", key, "<", desc, asc)

/* What the acts have written down (due.h), under the name of the clerks for all of the court. */
#define CASELOAD_KEPT(kind, until) { CASELOAD_WAYS("u.home as court, u.docket as id from due u", "u.docket", \
	"u.court = $1 and u.whose = case when $2 = '' then 'clerk' else $2 end and u.kind = '" kind "'", until, "u.at", ">", asc, desc) }

#define CASELOAD_COURT "d.court = $1 and $2 = '' and "
#define CASELOAD_DESK "d.desk = $1 and $2 = '' and "
#define CASELOAD_JUDGE "d.court = $1 and d.judge = $2 and "
#define CASELOAD_LIVE "d.stage in ('FEE_DUE', 'READY', 'ANSWERING', 'EXCHANGING', 'SCHEDULED', 'HEARING', 'DELIBERATING')"
/* Few limits end today, many cases are registered: found by the former, so the index of registered
 * cases is not mentioned, and nothing may be gone through by its judge. */
#define CASELOAD_ONE "d.court = $1 and d.judge || '' = $2 and "
#define CASELOAD_TODAY "d.number <> '' and d.stage not in ('CLOSED', 'WITHDRAWN', 'TRANSFERRED')" \
	" and d.id in (select x.docket from deadline x where x.court = $1 and x.state = 'open' and x.ends = $3)"

#define CASELOAD_BOTH(ways, where, key) { ways(CASELOAD_COURT where, key), ways(CASELOAD_JUDGE where, key) }

static const struct caseload_sql caseload_sql[CASELOAD_COUNT][2] = {
	[CASELOAD_NEW] = { CASELOAD_OLDEST(CASELOAD_COURT "d.stage = 'SUBMITTED'", "d.since") },
	[CASELOAD_CORRECTING] = { CASELOAD_OLDEST(CASELOAD_COURT "d.stage = 'CORRECTING'", "d.since") },
	[CASELOAD_FORWARD] = { CASELOAD_OLDEST(CASELOAD_DESK "d.stage = 'RECEIVED'", "d.since") },
	[CASELOAD_COMING] = { CASELOAD_OLDEST(CASELOAD_COURT "d.stage = 'RECEIVED'", "d.since") },
	[CASELOAD_FORWARDED] = { CASELOAD_NEWEST(CASELOAD_DESK "d.desk <> d.court and d.stage <> 'RECEIVED'", "d.filed") },
	[CASELOAD_UNDRAWN] = { CASELOAD_OLDEST(CASELOAD_COURT "d.judge = '' and " CASELOAD_LIVE, "d.since") },
	[CASELOAD_ALL] = CASELOAD_BOTH(CASELOAD_NEWEST, "d.process <> ''", "d.registered"),
	[CASELOAD_DUE] = { CASELOAD_OLDEST(CASELOAD_COURT CASELOAD_TODAY, "d.registered"),
		CASELOAD_OLDEST(CASELOAD_ONE CASELOAD_TODAY, "d.registered") },
	[CASELOAD_SERVE] = CASELOAD_BOTH(CASELOAD_OLDEST, "d.stage = 'READY'", "d.since"),
	[CASELOAD_HEAR] = CASELOAD_BOTH(CASELOAD_OLDEST, "d.stage in ('SCHEDULED', 'HEARING')", "d.since"),
	[CASELOAD_OVER] = CASELOAD_KEPT("late", " and u.at <= $3"),
	[CASELOAD_ASKED] = CASELOAD_KEPT("asked", ""),
};

bool caseload_of_desk(enum caseload list) { return list < CASELOAD_ALL; }

static enum mc_err caseload_may(struct ctx *ctx, const struct caseload_ask *ask)
{
	unsigned held = office_of(ctx, ask->court, ctx->person);
	bool may = held & OFFICE_FILING;
	assert(ask->list < CASELOAD_COUNT);
	if (!caseload_of_desk(ask->list))
		may = held & (OFFICE_CLERK | OFFICE_ASSISTANT | OFFICE_PRESIDENT)
		   || (held & OFFICE_JUDGE && !strcmp(ask->judge, ctx->person));
	return may ? MC_OK : ctx_fail(ctx, MC_DENIED, (struct why){ .key = "caseload.office" });
}

static const struct caseload_sql *caseload_ways(const struct caseload_ask *ask)
{
	bool due = ask->list == CASELOAD_OVER || ask->list == CASELOAD_ASKED;
	return &caseload_sql[ask->list][!due && !caseload_of_desk(ask->list) && *ask->judge];
}

static struct caseload_row caseload_row(struct row *r)
{
	struct caseload_row row = { .court = db_text(r, 0), .id = db_text(r, 1), .number = db_text(r, 2), .title = db_text(r, 3),
		.cause = db_text(r, 4), .desk = db_text(r, 5), .judge = db_text(r, 6), .since = db_int(r, 8), .filed = db_int(r, 9),
		.ends = db_int(r, 11), .party = (int)db_int(r, 12), .provisional = db_int(r, 13) != 0, .at = db_int(r, 14),
		.stage = rule_stage_find(db_text(r, 7)) };
	row.runs = limit_find(db_text(r, 10), &row.limit);
	return row;
}

/* One row more than the page has is asked for: it says whether there are further ones. */
static enum mc_err caseload_some(struct ctx *ctx, const struct caseload_ask *ask, struct caseload_row *rows, size_t *count)
{
	const struct caseload_sql *sql = caseload_ways(ask);
	const struct cursor *from = &ask->from;
	int64_t at = *from->id ? from->at : sql->falls ? INT64_MAX : -1, today = day_of(ctx->now);
	/* What is not late yet is not read back from. */
	if (ask->list == CASELOAD_OVER && at > today)
		at = today;
	struct row *r = db_ask(ctx, from->back ? sql->back : sql->on, "ttiit", ask->court,
			       caseload_of_desk(ask->list) ? "" : ask->judge, today, at, from->id);
	while (*count <= CASELOAD_PAGE && db_next(r))
		rows[(*count)++] = caseload_row(r);
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err caseload_read(struct ctx *ctx, const struct caseload_ask *ask, struct caseload_page *out)
{
	*out = (struct caseload_page){ .rows = arena_take(ctx->mem, (CASELOAD_PAGE + 1) * sizeof *out->rows) };
	enum mc_err err = caseload_may(ctx, ask);
	if (!err)
		err = caseload_some(ctx, ask, out->rows, &out->count);
	if (!err)
		out->sides = cursor_cut(&ask->from, out->rows, &out->count, sizeof *out->rows, CASELOAD_PAGE);
	return err;
}

enum mc_err caseload_count(struct ctx *ctx, const struct caseload_ask *ask, int *count)
{
	enum mc_err err = caseload_may(ctx, ask);
	*count = 0;
	if (err)
		return err;
	struct row *r = db_ask(ctx, caseload_ways(ask)->count, "tti", ask->court, caseload_of_desk(ask->list) ? "" : ask->judge,
			       day_of(ctx->now));
	if (db_next(r))
		*count = (int)db_int(r, 0);
	return db_broken(r) ? MC_STORE : MC_OK;
}
