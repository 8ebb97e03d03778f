#include "absence.h"
#include "office.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/text.h"
#include "../store/db.h"

enum { ABSENCE_REASON = 200 };

static enum mc_err absence_may(struct ctx *ctx, const char *court)
{
	return office_of(ctx, court, ctx->person) & OFFICE_PRESIDENT ? MC_OK
		: ctx_fail(ctx, MC_DENIED, (struct why){ .key = "absence.president" });
}

#define ABSENCE_SELECT "select person, first, last, reason from absence where court = $1"

enum mc_err absence_list(struct ctx *ctx, const char *court, const struct cursor *from, int64_t limit,
			 struct absence **out, size_t *count)
{
	enum mc_err err = absence_may(ctx, court);
	*out = arena_take(ctx->mem, (size_t)limit * sizeof **out);
	*count = 0;
	if (err)
		return err;
	int64_t today = day_of(ctx->now), at = *from->id && from->at >= today ? from->at : today;
	struct row *r = from->back
		? db_ask(ctx, ABSENCE_SELECT " and last >= $2 and (last, person) < ($3, $4) order by last desc, person desc limit $5",
			 "tiiti", court, today, at, from->id, limit)
		: db_ask(ctx, ABSENCE_SELECT " and (last, person) > ($2, $3) order by last, person limit $4", "titi", court, at,
			 at == from->at ? from->id : "", limit);
	while (*count < (size_t)limit && db_next(r)) {
		const char *person = db_text(r, 0);
		(*out)[(*count)++] = (struct absence){ person, person_name(ctx, person), db_int(r, 1), db_int(r, 2), db_text(r, 3) };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err absence_check(struct ctx *ctx, const char *court, const struct absence *a)
{
	enum mc_err err = MC_OK;
	if (!(office_of(ctx, court, a->person) & OFFICE_JUDGE))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "absence.judge", .field = "person" });
	if (a->last < a->first || a->last < day_of(ctx->now))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "absence.order", .field = "last" });
	else if (a->last - a->first >= ABSENCE_LONGEST)
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "absence.long", .field = "last" });
	if (!*a->reason || text_chars(a->reason) > ABSENCE_REASON)
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "absence.reason", .field = "reason" });
	return err;
}

struct absence_job { const char *court; const struct absence *absence; };

static enum mc_err absence_write(struct ctx *ctx, void *arg)
{
	const struct absence_job *job = arg;
	const struct absence *a = job->absence;
	enum mc_err err = absence_may(ctx, job->court);
	if (!err)
		err = absence_check(ctx, job->court, a);
	if (err)
		return err;
	struct row *r = db_ask(ctx, "select 1 from absence where court = $1 and person = $2 and first <= $3 and last >= $4 limit 1",
			       "ttii", job->court, a->person, a->last, a->first);
	if (db_next(r))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "absence.overlap", .field = "first" });
	if (db_broken(r))
		return MC_STORE;
	return db_do(ctx, "insert into absence (court, person, first, last, reason) values ($1, $2, $3, $4, $5)", "ttiit",
		     job->court, a->person, a->first, a->last, a->reason);
}

enum mc_err absence_note(struct ctx *ctx, const char *court, const struct absence *absence)
{
	return db_together(ctx, absence_write, &(struct absence_job){ court, absence });
}

static enum mc_err absence_remove(struct ctx *ctx, void *arg)
{
	const struct absence_job *job = arg;
	enum mc_err err = absence_may(ctx, job->court);
	if (!err)
		err = db_do(ctx, "delete from absence where court = $1 and person = $2 and first = $3", "tti", job->court,
			    job->absence->person, job->absence->first);
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "absence.unknown" });
	return err;
}

enum mc_err absence_drop(struct ctx *ctx, const char *court, const char *person, int64_t first)
{
	return db_together(ctx, absence_remove, &(struct absence_job){ court, &(struct absence){ .person = person, .first = first } });
}
