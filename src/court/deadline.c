#include "deadline.h"
#include "due.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../store/db.h"
#include "../store/outbox.h"

#include <assert.h>
#include <string.h>

static enum limit deadline_limit(const struct docket *d, enum limit limit)
{
	return limit == LIMIT_TRIAL && !strcmp(d->process, "summary") ? LIMIT_TRIAL_SUMMARY : limit;
}

enum mc_err deadline_start_for(struct ctx *ctx, const struct docket *d, enum limit limit, int party,
			       int64_t event_day, int64_t set_day, int entry)
{
	int number;
	limit = deadline_limit(d, limit);
	const struct limit_rule *rule = limit_rule(limit);
	struct limit_end end = { .day = set_day };
	/* Where the law names a length and a person has set the day within it, the day stands. */
	if (!set_day)
		end = limit_ends(calendar_national(), limit, event_day);
	enum mc_err err = docket_next(ctx, d, SERIES_DEADLINE, &number);
	if (err)
		return err;
	return db_do(ctx,
		"insert into deadline (court, docket, number, rule, party, event, ends, provisional, state, started, stopped)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, 0)", "ttitiiiii", d->court, d->id, (int64_t)number,
		rule->code, (int64_t)party, event_day, end.day, (int64_t)end.provisional, (int64_t)entry);
}

enum mc_err deadline_start(struct ctx *ctx, const struct docket *d, enum limit limit, enum concerns whom,
			   int actor, int64_t event_day, int64_t set_day, int entry)
{
	if (whom == FOR_COURT)
		return deadline_start_for(ctx, d, limit, 0, event_day, set_day, entry);
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < d->parties_count && !err; i++)
		if (docket_concerns(whom, d, actor, &d->parties[i]))
			err = deadline_start_for(ctx, d, limit, d->parties[i].number, event_day, set_day, entry);
	return err;
}

static enum mc_err deadline_stop_for(struct ctx *ctx, const struct docket *d, const char *rule, int party, int entry)
{
	return db_do(ctx,
		"update deadline set state = 'met', stopped = $1 where court = $2 and docket = $3 and rule = $4"
		" and party = $5 and state = 'open'", "ittti", (int64_t)entry, d->court, d->id, rule, (int64_t)party);
}

enum mc_err deadline_stop(struct ctx *ctx, const struct docket *d, enum limit limit, enum concerns whom,
			  int actor, int entry)
{
	const char *rule = limit_rule(deadline_limit(d, limit))->code;
	if (whom == FOR_COURT)
		return deadline_stop_for(ctx, d, rule, 0, entry);
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < d->parties_count && !err; i++)
		if (docket_concerns(whom, d, actor, &d->parties[i]))
			err = deadline_stop_for(ctx, d, rule, d->parties[i].number, entry);
	return err;
}

enum mc_err deadline_stop_all(struct ctx *ctx, const struct docket *d, int entry)
{
	return db_do(ctx, "update deadline set state = 'met', stopped = $1 where court = $2 and docket = $3 and state = 'open'",
		     "itt", (int64_t)entry, d->court, d->id);
}

static struct deadline deadline_row(struct row *r)
{
	struct deadline row = { .number = (int)db_int(r, 0), .party = (int)db_int(r, 2), .event = db_int(r, 3), .ends = db_int(r, 4),
		.provisional = db_int(r, 5) != 0, .open = !strcmp(db_text(r, 6), "open") };
	bool known = limit_find(db_text(r, 1), &row.limit);
	assert(known);
	return row;
}

enum mc_err deadline_of(struct ctx *ctx, const struct docket *d, enum limit limit, int party, struct deadline *out)
{
	struct row *r = db_ask(ctx,
		"select number, rule, party, event, ends, provisional, state from deadline where court = $1 and docket = $2"
		" and rule = $3 and party = $4 order by number desc limit 1", "ttti", d->court, d->id,
		limit_rule(deadline_limit(d, limit))->code, (int64_t)party);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_UNKNOWN;
	*out = deadline_row(r);
	return MC_OK;
}

enum mc_err deadline_list(struct ctx *ctx, const struct docket *d, struct deadline **out, size_t *count)
{
	struct row *r = db_ask(ctx,
		"select number, rule, party, event, ends, provisional, state from deadline where court = $1 and docket = $2"
		" and state = 'open' order by ends, number", "tt", d->court, d->id);
	size_t room = 0;
	*out = NULL;
	*count = 0;
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = deadline_row(r);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* The last limit looked at, and what came of all so far. */
struct deadline_count {
	const char *court, *docket;
	int64_t number, seen, settled, moved;
};

static enum mc_err deadline_settle(struct ctx *ctx, struct row *r, struct deadline_count *sum)
{
	struct deadline was = deadline_row(r);
	struct limit_end end = limit_ends(calendar_national(), was.limit, was.event);
	sum->court = db_text(r, 7);
	sum->docket = db_text(r, 8);
	sum->number = was.number;
	sum->seen++;
	if (end.provisional)
		return MC_OK;
	sum->settled++;
	sum->moved += end.day != was.ends;
	enum mc_err err = db_do(ctx, "update deadline set ends = $1, provisional = 0 where court = $2 and docket = $3"
				     " and number = $4 and state = 'open'", "itti", end.day, sum->court, sum->docket, sum->number);
	if (!err)
		err = due_settle(ctx, sum->court, sum->docket);
	return err ? err : outbox_put(ctx, sum->court, "tell", sum->docket, "{}", ctx->now);
}

struct deadline_recount { struct deadline_count from, sum; };

static enum mc_err deadline_recount_some(struct ctx *ctx, void *arg)
{
	/* From the same place however often it is performed: what it leaves is for the next. */
	const struct deadline_count *from = &((struct deadline_recount *)arg)->from;
	struct deadline_count *sum = &((struct deadline_recount *)arg)->sum;
	*sum = *from;
	struct row *r = db_ask(ctx,
		"select number, rule, party, event, ends, provisional, state, court, docket from deadline where provisional = 1"
		" and state = 'open' and (court, docket, number) > ($1, $2, $3) order by court, docket, number limit 500", "tti",
		from->court, from->docket, from->number);
	enum mc_err err = db_broken(r) ? MC_STORE : MC_OK;
	for (sum->seen = 0; !err && db_next(r);)
		err = deadline_settle(ctx, r, sum);
	return err;
}

enum mc_err deadline_recount(struct ctx *ctx, int64_t *settled, int64_t *moved)
{
	struct deadline_recount count = { .from = { .court = "", .docket = "", .seen = 1 } };
	enum mc_err err = MC_OK;
	while (!err && count.from.seen) {
		err = db_together(ctx, deadline_recount_some, &count);
		if (!err)
			count.from = count.sum;
	}
	*settled = count.from.settled;
	*moved = count.from.moved;
	return err;
}
