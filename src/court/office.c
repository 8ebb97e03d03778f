#include "office.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "../store/db.h"

#include <assert.h>
#include <string.h>

enum { OFFICE_HOLDERS = 500 };   /* of one office in one court, in a list to choose from */

struct office_job {
	const char *court, *person, *id;
	enum office office;
};

static const char *const office_keys[OFFICE_COUNT] = {
	"office.filing", "office.clerk", "office.assistant", "office.judge",
	"office.president", "office.mediator", "office.admin",
};

const char *office_key(enum office office)
{
	for (int i = 0; i < OFFICE_COUNT; i++)
		if ((unsigned)office == 1u << i)
			return office_keys[i];
	assert(false && "an office is one bit of enum office");
	return "";
}

enum office office_of_key(const char *word)
{
	for (int i = 0; i < OFFICE_COUNT; i++)
		if (!strcmp(word, office_keys[i] + strlen("office.")))
			return (enum office)(1 << i);
	return (enum office)0;
}

unsigned office_held(struct ctx *ctx, const char *court, const char *person)
{
	struct row *r = db_ask(ctx, "select s.mask from staff s join person p on p.court = s.court and p.person = s.person"
		" and p.state = 2 where s.court = $1 and s.person = $2 and s.home = $3", "ttt", COURT_NATION, person, court);
	return db_next(r) ? (unsigned)db_int(r, 0) : 0;
}

/* The offices that one's own token leaves out. */
static bool office_left(const struct ctx *ctx, const char *person)
{
	return ctx->lay && !strcmp(person, ctx->person);
}

unsigned office_of(struct ctx *ctx, const char *court, const char *person)
{
	return office_left(ctx, person) ? 0 : office_held(ctx, court, person);
}

enum mc_err office_of_person(struct ctx *ctx, const char *person, struct office_seat **out, size_t *count)
{
	*out = arena_take(ctx->mem, OFFICE_SEATS * sizeof **out);
	*count = 0;
	if (office_left(ctx, person))
		return MC_OK;
	struct row *r = db_ask(ctx,
		"select home, mask from staff where court = $1 and person = $2 and mask <> 0 order by home limit $3",
		"tti", COURT_NATION, person, (int64_t)OFFICE_SEATS);
	while (*count < OFFICE_SEATS && db_next(r))
		(*out)[(*count)++] = (struct office_seat){ db_text(r, 0), (unsigned)db_int(r, 1) };
	return db_broken(r) ? MC_STORE : MC_OK;
}

unsigned office_anywhere(struct ctx *ctx, const char *person)
{
	struct office_seat *seat;
	size_t count;
	unsigned mask = 0;
	if (!*person || office_of_person(ctx, person, &seat, &count))
		return 0;
	for (size_t i = 0; i < count; i++)
		mask |= office_of(ctx, seat[i].court, person);
	return mask;
}

/* Of every court: else an administrator could appoint somebody from elsewhere and take the account over. */
bool office_above(struct ctx *ctx, const char *person)
{
	struct office_seat *seat;
	size_t count;
	if (office_of_person(ctx, person, &seat, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!(office_of(ctx, seat[i].court, ctx->person) & OFFICE_ADMIN))
			return false;
	return true;
}

#define OFFICE_SELECT \
	"select o.court, o.office_id, o.person, coalesce(p.name, ''), o.office, o.since, o.ended," \
	" coalesce(b.name, ''), coalesce(e.name, '') from office o" \
	" left join person p on p.court = $2 and p.person = o.person" \
	" left join person b on b.court = $2 and b.person = o.appointed_by" \
	" left join person e on e.court = $2 and e.person = o.ended_by"

static enum mc_err office_rows(struct ctx *ctx, struct row *r, int64_t limit, struct office_row **out, size_t *count)
{
	*out = arena_take(ctx->mem, (size_t)limit * sizeof **out);
	*count = 0;
	while (*count < (size_t)limit && db_next(r))
		(*out)[(*count)++] = (struct office_row){
			.court = db_text(r, 0), .id = db_text(r, 1), .person = db_text(r, 2), .name = db_text(r, 3),
			.office = (enum office)db_int(r, 4), .since = db_int(r, 5), .ended = db_int(r, 6),
			.by = db_text(r, 7), .ended_by = db_text(r, 8),
		};
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err office_list(struct ctx *ctx, const char *court, enum office office,
			struct office_row **out, size_t *count)
{
	return office_rows(ctx, db_ask(ctx,
		OFFICE_SELECT " where o.court = $1 and o.office = $3 and o.ended = 0 order by o.since, o.office_id limit $4",
		"ttii", court, COURT_NATION, (int64_t)office, (int64_t)OFFICE_HOLDERS), OFFICE_HOLDERS, out, count);
}

enum mc_err office_all(struct ctx *ctx, const char *court, const struct cursor *from, int64_t limit,
		       struct office_row **out, size_t *count)
{
	return office_rows(ctx, from->back
		? db_ask(ctx, OFFICE_SELECT " where o.court = $1 and (o.ended, o.office_id) < ($3, $4)"
			 " order by o.ended desc, o.office_id desc limit $5", "ttiti", court, COURT_NATION, from->at, from->id, limit)
		: db_ask(ctx, OFFICE_SELECT " where o.court = $1 and (o.ended, o.office_id) > ($3, $4)"
			 " order by o.ended, o.office_id limit $5", "ttiti", court, COURT_NATION, from->at, from->id, limit),
		limit, out, count);
}

/* Counts the offices that last and writes their sum where sign-in looks for it. */
static enum mc_err office_sum(struct ctx *ctx, const char *court, const char *person)
{
	int64_t mask = 0;
	struct row *r = db_ask(ctx, "select office from office where court = $1 and person = $2 and ended = 0",
			       "tt", court, person);
	while (db_next(r))
		mask |= db_int(r, 0);
	if (db_broken(r))
		return MC_STORE;
	return db_do(ctx,
		"insert into staff (court, person, home, mask) values ($1, $2, $3, $4)"
		" on conflict (court, person, home) do update set mask = excluded.mask",
		"ttti", COURT_NATION, person, court, mask);
}

/* Signing in asks for all of them at once. */
static enum mc_err office_room(struct ctx *ctx, const char *court, const char *person)
{
	struct row *r = db_ask(ctx, "select cast(count(*) as bigint) from staff where court = $1 and person = $2 and mask <> 0"
		" and home <> $3", "ttt", COURT_NATION, person, court);
	int64_t seats = db_next(r) ? db_int(r, 0) : 0;
	if (db_broken(r))
		return MC_STORE;
	return seats < OFFICE_SEATS ? MC_OK : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "office.many", .field = "number",
		.arg = { arena_print(ctx->mem, "%d", OFFICE_SEATS) } });
}

enum mc_err office_found(struct ctx *ctx, const char *court, const char *person, enum office office)
{
	enum mc_err err = office_room(ctx, court, person);
	if (err)
		return err;
	err = db_do(ctx,
		"insert into office (court, office_id, person, office, since, appointed_by, ended, ended_by)"
		" values ($1, $2, $3, $4, $5, $6, 0, '') on conflict (court, person, office) where ended = 0 do nothing",
		"tttiit", court, id_new(ctx->mem), person, (int64_t)office, ctx->now, ctx->person);
	if (err)
		return err;
	if (db_changed(ctx) != 1)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "office.held", .field = "office" });
	return office_sum(ctx, court, person);
}

static enum mc_err office_admin(struct ctx *ctx, const char *court)
{
	return office_of(ctx, court, ctx->person) & OFFICE_ADMIN ? MC_OK
		: ctx_fail(ctx, MC_DENIED, (struct why){ .key = "office.admin_only" });
}

static enum mc_err office_write(struct ctx *ctx, void *arg)
{
	const struct office_job *job = arg;
	enum mc_err err = office_admin(ctx, job->court);
	if (err)
		return err;
	struct row *r = db_ask(ctx, "select 1 from person where court = $1 and person = $2 and kind <> 3 and state = 2",
			       "tt", COURT_NATION, job->person);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE
			: ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "office.nobody", .field = "number" });
	return office_found(ctx, job->court, job->person, job->office);
}

enum mc_err office_appoint(struct ctx *ctx, const char *court, const char *person, enum office office)
{
	unsigned bit = (unsigned)office;
	if (!bit || bit & (bit - 1) || bit >= 1u << OFFICE_COUNT)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "office.which", .field = "office" });
	return db_together(ctx, office_write, &(struct office_job){ .court = court, .person = person, .office = office });
}

static enum mc_err office_close(struct ctx *ctx, void *arg)
{
	const struct office_job *job = arg;
	enum mc_err err = office_admin(ctx, job->court);
	if (err)
		return err;
	struct row *r = db_ask(ctx, "select person, office from office where court = $1 and office_id = $2", "tt",
			       job->court, job->id);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE
			: ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "office.unknown" });
	const char *person = db_text(r, 0);
	if (db_int(r, 1) == OFFICE_ADMIN && !strcmp(person, ctx->person))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "office.last_admin" });
	err = db_do(ctx,
		"update office set ended = $1, ended_by = $2 where court = $3 and office_id = $4 and ended = 0", "ittt",
		ctx->now, ctx->person, job->court, job->id);
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "office.over" });
	return err ? err : office_sum(ctx, job->court, person);
}

enum mc_err office_end(struct ctx *ctx, const char *court, const char *id)
{
	return db_together(ctx, office_close, &(struct office_job){ .court = court, .id = id });
}
