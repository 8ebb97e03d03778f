#include "agenda.h"
#include "office.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../store/db.h"

#include <string.h>

/* Who looks: the roles that the offices give, and whose cases: '' for all of the court. */
struct agenda {
	struct ctx *ctx;
	const char *court, *judge;
	unsigned held;
	int64_t today;
	struct agenda_task *task;
	size_t count, of_kind;
};

/* What the law gives the court to do about a limit. A party's limit asks for something only when it is over. */
static const struct { enum limit limit; enum act act; } agenda_acts[] = {
	{ LIMIT_FILING_REVIEW, ACT_REGISTER }, { LIMIT_SEND_COMPLAINT, ACT_SERVE }, { LIMIT_FEE_PAYMENT, ACT_DEEM_WITHDRAWN },
	{ LIMIT_RECUSAL_RULING, ACT_RULE_RECUSAL }, { LIMIT_ANSWER, ACT_SET_EVIDENCE_TERM }, { LIMIT_EVIDENCE, ACT_SCHEDULE },
	{ LIMIT_TRIAL, ACT_PRONOUNCE }, { LIMIT_TRIAL_SUMMARY, ACT_PRONOUNCE },
};

static enum stage agenda_stage(const char *code)
{
	for (enum stage s = 0; s < STAGE_COUNT; s++)
		if (!strcmp(rule_stage(s)->code, code))
			return s;
	return STAGE_NONE;
}

static bool agenda_limit(const char *code, enum limit *out)
{
	for (enum limit l = 0; l < LIMIT_COUNT; l++)
		if (!strcmp(limit_rule(l)->code, code)) {
			*out = l;
			return true;
		}
	return false;
}

static unsigned agenda_roles(const struct agenda *a, const char *judge)
{
	return (a->held & OFFICE_FILING ? (unsigned)ROLE_FILING | ROLE_DESK : 0)
		| (a->held & OFFICE_CLERK ? (unsigned)ROLE_CLERK : 0)
		| (a->held & OFFICE_ASSISTANT ? (unsigned)ROLE_ASSISTANT : 0)
		| (a->held & OFFICE_PRESIDENT ? (unsigned)ROLE_PRESIDENT : 0)
		| (a->held & OFFICE_JUDGE && !strcmp(judge, a->ctx->person) ? (unsigned)ROLE_JUDGE : 0);
}

/* Whether somebody with these roles may do the act in this stage, as the act table says. */
static bool agenda_may(enum act act, unsigned roles, enum stage stage)
{
	return act && rule_of(act)->by & roles && rule_of(act)->in & ((uint32_t)1 << stage);
}

/* Every query begins with these columns. */
#define AGENDA_CASE "select d.court, d.id, d.number, d.title, d.cause, d.stage, d.judge, "
#define AGENDA_MINE " and ($2 = '' or d.judge = $2)"
#define AGENDA_DONE " and d.stage not in ('CLOSED', 'WITHDRAWN', 'TRANSFERRED', 'REFUSED')"

static struct agenda_task agenda_case(struct row *r, enum agenda_kind kind)
{
	return (struct agenda_task){ .kind = kind, .court = db_text(r, 0), .id = db_text(r, 1), .number = db_text(r, 2),
		.title = db_text(r, 3), .cause = db_text(r, 4), .whose = "", .what = "" };
}

static void agenda_add(struct agenda *a, struct agenda_task task)
{
	if (a->of_kind < AGENDA_MOST) {
		a->task[a->count++] = task;
		a->of_kind++;
	}
}

static void agenda_limit_row(struct agenda *a, struct row *r)
{
	struct agenda_task task = agenda_case(r, AGENDA_LIMIT);
	enum stage stage = agenda_stage(db_text(r, 5));
	unsigned roles = agenda_roles(a, db_text(r, 6));
	int64_t party = db_int(r, 9);
	if (!agenda_limit(db_text(r, 7), &task.limit))
		return;
	task.day = db_int(r, 8);
	task.whose = db_text(r, 10);
	task.over = task.day < a->today;
	for (size_t i = 0; i < sizeof agenda_acts / sizeof *agenda_acts; i++)
		if (agenda_acts[i].limit == task.limit && (task.over || !party) && agenda_may(agenda_acts[i].act, roles, stage))
			task.act = agenda_acts[i].act;
	/* The filing desk looks after what is not registered yet, everybody else after the rest. */
	bool early = stage == STAGE_SUBMITTED || stage == STAGE_CORRECTING;
	unsigned watch = early ? (unsigned)ROLE_FILING : (unsigned)ROLE_JUDGE | ROLE_CLERK;
	/* A fee that is late is told as a proposal, and while it is due the complaint is not sent. Who decides
	 * on recusal is told of its limit, nobody else. */
	if ((task.limit == LIMIT_FEE_PAYMENT && task.over) || (task.limit == LIMIT_SEND_COMPLAINT && stage == STAGE_FEE_DUE)
	    || (task.limit == LIMIT_RECUSAL_RULING && !task.act))
		return;
	if (task.act || roles & watch)
		agenda_add(a, task);
}

#define AGENDA_LIMITS AGENDA_CASE "x.rule, x.ends, x.party, coalesce(p.name, '') from deadline x" \
	" join docket d on d.court = x.court and d.id = x.docket" \
	" left join party p on p.court = x.court and p.docket = x.docket and p.number = x.party"

static enum mc_err agenda_limits(struct agenda *a)
{
	/* The court's own that are over, a party's that is over and that the case waits for (found from the cases,
	 * for limits that are over stay: hence the cross join), and all that end soon. */
	struct row *over = db_ask(a->ctx, AGENDA_LIMITS " where x.court = $1 and x.state = 'open' and x.party = 0"
		" and x.rule <> 'SEND_ANSWER' and x.ends < $3" AGENDA_MINE AGENDA_DONE " order by x.ends, d.id limit 100", "tti",
		a->court, a->judge, a->today);
	while (db_next(over))
		agenda_limit_row(a, over);
	struct row *parties = db_ask(a->ctx, AGENDA_CASE "x.rule, x.ends, x.party, coalesce(p.name, '') from docket d"
		" cross join deadline x left join party p on p.court = x.court and p.docket = x.docket and p.number = x.party"
		" where d.court = $1 and d.stage in ('CORRECTING', 'ANSWERING', 'EXCHANGING') and x.court = d.court and x.docket = d.id"
		" and x.state = 'open' and x.ends < $3 and ((d.stage = 'CORRECTING'"
		" and x.rule = 'CORRECTION') or (d.stage = 'ANSWERING' and x.rule = 'ANSWER') or (d.stage = 'EXCHANGING'"
		" and x.rule = 'EVIDENCE'))" AGENDA_MINE " order by x.ends, d.id, x.party limit 100", "tti",
		a->court, a->judge, a->today);
	while (db_next(parties))
		agenda_limit_row(a, parties);
	struct row *soon = db_ask(a->ctx, AGENDA_LIMITS " where x.court = $1 and x.state = 'open' and x.ends >= $3"
		" and x.ends <= $3 + 3 and x.rule not in ('SEND_ANSWER', 'HEARING')" AGENDA_MINE AGENDA_DONE
		" order by x.ends, d.id, x.party limit 200", "tti", a->court, a->judge, a->today);
	while (db_next(soon))
		agenda_limit_row(a, soon);
	return db_broken(over) || db_broken(parties) || db_broken(soon) ? MC_STORE : MC_OK;
}

static enum mc_err agenda_hearings(struct agenda *a)
{
	struct row *r = db_ask(a->ctx, AGENDA_CASE "h.at, h.place, h.state from hearing h"
		" join docket d on d.court = h.court and d.id = h.docket where h.court = $1 and h.at >= $3 and h.at <= $4"
		" and h.state in ('set', 'open')" AGENDA_MINE AGENDA_DONE " order by h.at, d.id limit 100", "ttii", a->court, a->judge,
		day_start(a->today), day_end(a->today + 1));
	while (db_next(r)) {
		struct agenda_task task = agenda_case(r, AGENDA_HEARING);
		unsigned roles = agenda_roles(a, db_text(r, 6));
		enum stage stage = agenda_stage(db_text(r, 5));
		task.at = db_int(r, 7);
		task.what = db_text(r, 8);
		if (day_of(task.at) == a->today)
			task.act = agenda_may(ACT_OPEN, roles, stage) ? ACT_OPEN : agenda_may(ACT_RECORD, roles, stage) ? ACT_RECORD : ACT_NONE;
		if (roles & (ROLE_JUDGE | ROLE_CLERK | ROLE_ASSISTANT))
			agenda_add(a, task);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum act agenda_decides(enum motion motion)
{
	for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++)
		if (rule_of(act)->decides == motion)
			return act;
	return ACT_NONE;
}

static enum mc_err agenda_motions(struct agenda *a)
{
	struct row *r = db_ask(a->ctx, AGENDA_CASE "m.kind, coalesce(p.name, ''), e.at from motion m"
		" join docket d on d.court = m.court and d.id = m.docket"
		" join entry e on e.court = m.court and e.docket = m.docket and e.number = m.opened"
		" left join party p on p.court = m.court and p.docket = m.docket and p.number = m.party"
		" where m.court = $1 and m.state = 'open'" AGENDA_MINE " order by e.at, d.id limit 300", "tt", a->court, a->judge);
	while (db_next(r)) {
		struct agenda_task task = agenda_case(r, AGENDA_MOTION);
		for (enum motion m = MOTION_NONE + 1; m < MOTION_COUNT; m++)
			if (!strcmp(rule_motion_code(m), db_text(r, 7)))
				task.motion = m;
		task.whose = db_text(r, 8);
		task.at = db_int(r, 9);
		task.act = agenda_decides(task.motion);
		if (agenda_may(task.act, agenda_roles(a, db_text(r, 6)), agenda_stage(db_text(r, 5))))
			agenda_add(a, task);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* One task a case. What was sent more than half a year ago waits for nobody any more. */
static enum mc_err agenda_service(struct agenda *a)
{
	int64_t until = a->ctx->now - AGENDA_UNSERVED * 86400;
	struct row *r = db_ask(a->ctx, AGENDA_CASE "w.sent, w.papers, p.kind from (select s.court, s.docket, min(s.sent) as sent,"
		" min(s.paper) as paper, cast(count(*) as bigint) as papers from served s where s.court = $1 and s.effective = 0"
		" and s.sent <= $3 and s.sent > $4 group by s.court, s.docket) w"
		" join docket d on d.court = w.court and d.id = w.docket"
		" join paper p on p.court = w.court and p.docket = w.docket and p.number = w.paper"
		" where d.stage <> 'CLOSED'" AGENDA_MINE " order by w.sent, d.id limit 100", "ttii", a->court, a->judge, until,
		until - 180 * INT64_C(86400));
	while (db_next(r)) {
		struct agenda_task task = agenda_case(r, AGENDA_SERVICE);
		unsigned roles = agenda_roles(a, db_text(r, 6));
		task.at = db_int(r, 7);
		task.papers = (int)db_int(r, 8);
		task.what = db_text(r, 9);
		task.act = agenda_may(ACT_RECORD_SERVICE, roles, agenda_stage(db_text(r, 5))) ? ACT_RECORD_SERVICE : ACT_NONE;
		if (task.act || roles & ROLE_JUDGE)
			agenda_add(a, task);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* Every party of this side has had this limit, and none of them still runs. */
#define AGENDA_ENDED(rule_name, side) \
	" and not exists (select 1 from party p where p.court = d.court and p.docket = d.id and p.side " side \
	" and not exists (select 1 from deadline y where y.docket = d.id and y.court = d.court and y.party = p.number" \
	" and y.rule = " rule_name ")) and not exists (select 1 from deadline z where z.docket = d.id and z.court = d.court" \
	" and z.rule = " rule_name " and z.ends >= $3) order by last, d.id limit 100"
#define AGENDA_LAST(rule_name) \
	"(select max(x.ends) from deadline x where x.docket = d.id and x.court = d.court and x.rule = " rule_name ") as last"

static enum mc_err agenda_effect(struct agenda *a)
{
	struct row *r = db_ask(a->ctx, AGENDA_CASE AGENDA_LAST("'APPEAL'") " from docket d where d.court = $1"
		" and d.stage = 'APPEALABLE'" AGENDA_MINE AGENDA_ENDED("'APPEAL'", "> 0"), "tti", a->court, a->judge, a->today);
	while (db_next(r)) {
		struct agenda_task task = agenda_case(r, AGENDA_EFFECT);
		task.day = db_int(r, 7);
		task.over = true;
		task.act = ACT_TAKE_EFFECT;
		if (agenda_may(task.act, agenda_roles(a, db_text(r, 6)), STAGE_APPEALABLE))
			agenda_add(a, task);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err agenda_unpaid(struct agenda *a)
{
	/* The empty text after it lets SQLite look into the case, not through all open motions of the court. */
	struct row *r = db_ask(a->ctx, AGENDA_CASE AGENDA_LAST("'FEE_PAYMENT'") " from docket d where d.court = $1"
		" and d.stage = 'FEE_DUE'" AGENDA_MINE " and not exists (select 1 from motion m where m.court = d.court"
		" and m.docket = d.id and m.kind = 'RELIEF' and m.state || '' = 'open')" AGENDA_ENDED("'FEE_PAYMENT'", "= 1"), "tti",
		a->court, a->judge, a->today);
	while (db_next(r)) {
		struct agenda_task task = agenda_case(r, AGENDA_UNPAID);
		unsigned roles = agenda_roles(a, db_text(r, 6));
		task.limit = LIMIT_FEE_PAYMENT;
		task.day = db_int(r, 7);
		task.over = true;
		task.act = agenda_may(ACT_DEEM_WITHDRAWN, roles, STAGE_FEE_DUE) ? ACT_DEEM_WITHDRAWN : ACT_NONE;
		if (task.act || roles & ROLE_CLERK)
			agenda_add(a, task);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err agenda_forward(struct agenda *a)
{
	if (!(a->held & OFFICE_FILING))
		return MC_OK;
	struct row *r = db_ask(a->ctx, AGENDA_CASE "d.since, d.court from docket d where d.desk = $1 and d.stage = 'RECEIVED'"
		" order by d.since, d.id limit 100", "t", a->court);
	while (db_next(r)) {
		struct agenda_task task = agenda_case(r, AGENDA_FORWARD);
		task.at = db_int(r, 7);
		task.what = db_text(r, 8);
		task.act = ACT_FORWARD;
		agenda_add(a, task);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err agenda_undrawn(struct agenda *a)
{
	if (!(a->held & (OFFICE_FILING | OFFICE_PRESIDENT)))
		return MC_OK;
	struct row *r = db_ask(a->ctx, AGENDA_CASE "d.registered from docket d where d.court = $1 and d.judge = '' and d.stage in"
		" ('FEE_DUE', 'READY', 'ANSWERING', 'EXCHANGING', 'SCHEDULED', 'HEARING', 'DELIBERATING')"
		" order by d.registered, d.id limit 100", "t", a->court);
	while (db_next(r)) {
		struct agenda_task task = agenda_case(r, AGENDA_UNDRAWN);
		task.at = db_int(r, 7);
		task.act = a->held & OFFICE_FILING ? ACT_DRAW : ACT_NONE;
		agenda_add(a, task);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err agenda_read(struct ctx *ctx, const char *court, struct agenda_task **out, size_t *count)
{
	static enum mc_err (*const look[AGENDA_COUNT])(struct agenda *) = {
		[AGENDA_LIMIT] = agenda_limits, [AGENDA_HEARING] = agenda_hearings, [AGENDA_MOTION] = agenda_motions,
		[AGENDA_SERVICE] = agenda_service, [AGENDA_EFFECT] = agenda_effect, [AGENDA_UNPAID] = agenda_unpaid,
		[AGENDA_FORWARD] = agenda_forward, [AGENDA_UNDRAWN] = agenda_undrawn,
	};
	unsigned wide = OFFICE_FILING | OFFICE_CLERK | OFFICE_ASSISTANT | OFFICE_PRESIDENT;
	struct agenda a = { .ctx = ctx, .court = court, .held = office_of(ctx, court, ctx->person), .today = day_of(ctx->now) };
	*count = 0;
	if (!(a.held & (wide | OFFICE_JUDGE)))
		return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "caseload.office" });
	a.judge = a.held & wide ? "" : ctx->person;
	a.task = *out = arena_take(ctx->mem, (size_t)AGENDA_COUNT * AGENDA_MOST * sizeof *a.task);
	enum mc_err err = MC_OK;
	for (int kind = 0; kind < AGENDA_COUNT && !err; kind++) {
		a.of_kind = 0;
		err = look[kind](&a);
	}
	*count = a.count;
	return err;
}
