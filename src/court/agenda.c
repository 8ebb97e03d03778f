#include "agenda.h"
#include "due.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>

/* Who looks, and what was found so far, in the order in which it is read. */
struct agenda {
	struct ctx *ctx;
	const struct agenda_ask *ask;
	unsigned held;
	int64_t today;
	const char *whose[DUE_OFFICES + 1];     /* the names under which this person's work is kept (due.h); "" if not held */
	struct agenda_task *tasks;
	size_t count;
};

/* From which place in time until which a kind of row is told of. */
struct agenda_window { enum due due; int64_t from, to; };

/* What the law gives the court to do about a limit. A party's limit asks for something only when it is over. */
static const struct { enum limit limit; enum act act; } agenda_acts[] = {
	{ LIMIT_FILING_REVIEW, ACT_REGISTER }, { LIMIT_SEND_COMPLAINT, ACT_SERVE }, { LIMIT_FEE_PAYMENT, ACT_DEEM_WITHDRAWN },
	{ LIMIT_RECUSAL_RULING, ACT_RULE_RECUSAL }, { LIMIT_ANSWER, ACT_SET_EVIDENCE_TERM }, { LIMIT_EVIDENCE, ACT_SCHEDULE },
	{ LIMIT_TRIAL, ACT_PRONOUNCE }, { LIMIT_TRIAL_SUMMARY, ACT_PRONOUNCE },
};

static unsigned agenda_roles(const struct agenda *a, const char *judge)
{
	unsigned roles = a->held & OFFICE_JUDGE && !strcmp(judge, a->ctx->person) ? (unsigned)ROLE_JUDGE : 0;
	for (size_t i = 0; i < DUE_OFFICES; i++)
		roles |= a->held & due_offices[i].office ? due_offices[i].role : 0;
	return roles;
}

/* The act, if somebody with these roles may do it in this stage, as the act table says. */
static enum act agenda_may(enum act act, unsigned roles, enum stage stage)
{
	return act && rule_of(act)->by & roles && rule_of(act)->in & ((uint32_t)1 << stage) ? act : ACT_NONE;
}

static enum act agenda_decides(enum motion motion)
{
	for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++)
		if (rule_of(act)->decides == motion)
			return act;
	return ACT_NONE;
}

static enum act agenda_limit_act(enum limit limit)
{
	for (size_t i = 0; i < sizeof agenda_acts / sizeof *agenda_acts; i++)
		if (agenda_acts[i].limit == limit)
			return agenda_acts[i].act;
	return ACT_NONE;
}

/* Which rows are told of today; how many windows. */
static size_t agenda_windows(const struct agenda *a, struct agenda_window out[2])
{
	int64_t today = a->today, unserved = a->ctx->now - AGENDA_UNSERVED * INT64_C(86400);
	const struct agenda_window window[AGENDA_COUNT] = {
		[AGENDA_LIMIT] = { DUE_LIMIT, 0, today + AGENDA_SOON },
		[AGENDA_HEARING] = { DUE_HEARING, day_start(today), day_end(today + 1) },
		[AGENDA_MOTION] = { DUE_MOTION, 0, INT64_MAX },
		[AGENDA_SERVICE] = { DUE_SERVICE, unserved - DUE_OLD * INT64_C(86400) + 1, unserved },
		[AGENDA_EFFECT] = { DUE_EFFECT, 0, today - 1 },
		[AGENDA_UNPAID] = { DUE_UNPAID, 0, today - 1 },
		[AGENDA_FORWARD] = { DUE_FORWARD, 0, INT64_MAX },
		[AGENDA_UNDRAWN] = { DUE_UNDRAWN, 0, INT64_MAX },
	};
	out[0] = window[a->ask->kind];
	out[1] = (struct agenda_window){ DUE_SOON, today, today + AGENDA_SOON };
	return a->ask->kind == AGENDA_LIMIT ? 2 : 1;
}

/* What only this kind has, and what this person may do about it. */
static void agenda_about(const struct agenda *a, struct row *r, struct agenda_task *task)
{
	unsigned roles = agenda_roles(a, db_text(r, 10));
	enum stage stage = rule_stage_find(db_text(r, 9));
	bool ours = !db_int(r, 5);
	enum act act = ACT_NONE;
	switch (a->ask->kind) {
	case AGENDA_LIMIT:
		task->over = task->day < a->today;
		if (limit_find(task->what, &task->limit) && (task->over || ours))
			act = agenda_limit_act(task->limit);
		break;
	case AGENDA_HEARING:
		if (day_of(task->at) == a->today)
			act = agenda_may(ACT_OPEN, roles, stage) ? ACT_OPEN : ACT_RECORD;
		break;
	case AGENDA_MOTION:
		task->motion = rule_motion_find(task->what);
		act = agenda_decides(task->motion);
		break;
	case AGENDA_SERVICE:
		act = ACT_RECORD_SERVICE;
		break;
	case AGENDA_EFFECT:
		act = ACT_TAKE_EFFECT;
		break;
	case AGENDA_UNPAID:
		task->limit = LIMIT_FEE_PAYMENT;
		act = ACT_DEEM_WITHDRAWN;
		break;
	case AGENDA_FORWARD:
		task->what = task->court;
		act = ACT_FORWARD;
		break;
	case AGENDA_UNDRAWN: case AGENDA_COUNT:
		act = ACT_DRAW;
		break;
	}
	task->act = agenda_may(act, roles, stage);
}

static struct agenda_task agenda_task(const struct agenda *a, struct row *r)
{
	enum agenda_kind kind = a->ask->kind;
	int64_t at = db_int(r, 3);
	bool days = kind == AGENDA_LIMIT || kind == AGENDA_EFFECT || kind == AGENDA_UNPAID;
	struct agenda_task task = { .kind = kind, .court = db_text(r, 0), .id = db_text(r, 1), .number = db_text(r, 6), .title = db_text(r, 7),
		.cause = db_text(r, 8), .whose = db_text(r, 11), .what = db_text(r, 4), .day = days ? at : 0, .at = days ? 0 : at,
		.over = kind == AGENDA_EFFECT || kind == AGENDA_UNPAID, .place = { .at = at, .key = db_text(r, 1), .id = db_text(r, 2) } };
	agenda_about(a, r, &task);
	return task;
}

static int agenda_order(const struct cursor *a, const struct cursor *b)
{
	int by = (a->at > b->at) - (a->at < b->at);
	by = by ? by : strcmp(a->key, b->key);
	int64_t x = strtoll(a->id, NULL, 10), y = strtoll(b->id, NULL, 10);
	return by ? by : (x > y) - (x < y);
}

/* Into its place. Somebody who holds two offices finds the same thing under both. */
static void agenda_put(struct agenda *a, struct agenda_task task)
{
	size_t i = a->count;
	int by = 1, way = a->ask->from.back ? -1 : 1;
	while (i > 0 && (by = way * agenda_order(&task.place, &a->tasks[i - 1].place)) < 0)
		i--;
	if (!by || i > AGENDA_PAGE)
		return;
	a->count += a->count <= AGENDA_PAGE;
	memmove(&a->tasks[i + 1], &a->tasks[i], (a->count - 1 - i) * sizeof task);
	a->tasks[i] = task;
}

#define AGENDA_SELECT(away, until, order) \
	"select u.home, u.docket, u.number, u.at, u.what, u.party, d.number, d.title, d.cause, d.stage, d.judge, coalesce(p.name, '')" \
	" from due u join docket d on d.court = u.home and d.id = u.docket" \
	" left join party p on p.court = u.home and p.docket = u.docket and p.number = u.party" \
	" where u.court = $1 and u.whose = $2 and u.kind = $3 and (u.at, u.docket, u.number) " away " ($4, $5, $6) and u.at " until " $7" \
	" order by u.at " order ", u.docket " order ", u.number " order " limit 26"

/* One row more than the page has, from one name and window. */
static enum mc_err agenda_some(struct agenda *a, const char *whose, const struct agenda_window *w)
{
	const struct cursor *from = &a->ask->from;
	bool back = from->back, inside = *from->id && (back ? from->at <= w->to : from->at >= w->from);
	int64_t at = inside ? from->at : back ? w->to : w->from, number = inside ? strtoll(from->id, NULL, 10) : back ? INT64_MAX : -1;
	/* No id is as late in the alphabet as the tilde. */
	const char *docket = inside ? from->key : back ? "~" : "";
	struct row *r = db_ask(a->ctx, back ? AGENDA_SELECT("<", ">=", "desc") : AGENDA_SELECT(">", "<=", "asc"), "tttitii",
		a->ask->court, whose, due_code(w->due), at, docket, number, back ? w->from : w->to);
	while (db_next(r))
		agenda_put(a, agenda_task(a, r));
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* How many papers wait, and which is the first. */
static enum mc_err agenda_papers(struct agenda *a, struct agenda_task *task)
{
	int64_t until = a->ctx->now - AGENDA_UNSERVED * INT64_C(86400);
	struct row *r = db_ask(a->ctx, "select w.papers, p.kind from (select min(paper) as paper, cast(count(*) as bigint) as papers"
		" from served where court = $1 and docket = $2 and +effective = 0 and sent <= $3 and sent > $4) w"
		" join paper p on p.court = $1 and p.docket = $2 and p.number = w.paper", "ttii", task->court, task->id, until,
		until - DUE_OLD * INT64_C(86400));
	if (db_next(r)) {
		task->papers = (int)db_int(r, 0);
		task->what = db_text(r, 1);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err agenda_begin(struct ctx *ctx, const struct agenda_ask *ask, struct agenda *out)
{
	*out = (struct agenda){ .ctx = ctx, .ask = ask, .held = office_of(ctx, ask->court, ctx->person), .today = day_of(ctx->now) };
	bool any = out->held & OFFICE_JUDGE;
	out->whose[DUE_OFFICES] = any ? ctx->person : "";
	for (size_t i = 0; i < DUE_OFFICES; i++) {
		bool held = out->held & due_offices[i].office;
		out->whose[i] = held ? due_offices[i].whose : "";
		any |= held;
	}
	return any ? MC_OK : ctx_fail(ctx, MC_DENIED, (struct why){ .key = "caseload.office" });
}

enum mc_err agenda_read(struct ctx *ctx, const struct agenda_ask *ask, struct agenda_page *out)
{
	struct agenda a;
	struct agenda_window window[2];
	enum mc_err err = agenda_begin(ctx, ask, &a);
	*out = (struct agenda_page){ .tasks = a.tasks = arena_take(ctx->mem, (AGENDA_PAGE + 1) * sizeof *a.tasks) };
	size_t windows = agenda_windows(&a, window);
	for (size_t i = 0; i < windows * (DUE_OFFICES + 1) && !err; i++)
		if (*a.whose[i / windows])
			err = agenda_some(&a, a.whose[i / windows], &window[i % windows]);
	if (err)
		return err;
	out->count = a.count;
	out->sides = cursor_cut(&ask->from, out->tasks, &out->count, sizeof *out->tasks, AGENDA_PAGE);
	for (size_t i = 0; i < out->count && !err && ask->kind == AGENDA_SERVICE; i++)
		err = agenda_papers(&a, &out->tasks[i]);
	return err;
}

enum mc_err agenda_count(struct ctx *ctx, const struct agenda_ask *ask, int *count)
{
	struct agenda a;
	struct agenda_window window[2];
	enum mc_err err = agenda_begin(ctx, ask, &a);
	size_t windows = agenda_windows(&a, window);
	*count = 0;
	for (size_t i = 0; i < windows && !err; i++) {
		struct row *r = db_ask(ctx, "select cast(count(*) as bigint) from (select distinct docket, number from due where court = $1"
			" and whose in ($2, $3, $4, $5, $6) and kind = $7 and at >= $8 and at <= $9 limit 1000) t", "ttttttt" "ii", ask->court,
			a.whose[0], a.whose[1], a.whose[2], a.whose[3], a.whose[4], due_code(window[i].due), window[i].from, window[i].to);
		*count += db_next(r) ? (int)db_int(r, 0) : 0;
		err = db_broken(r) ? MC_STORE : MC_OK;
	}
	*count = *count > AGENDA_MANY ? AGENDA_MANY : *count;
	return err;
}
