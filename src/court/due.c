#include "due.h"
#include "docket.h"
#include "../base/arena.h"
#include "../store/db.h"

#include <string.h>

static const char *const due_codes[DUE_COUNT] = { "limit", "soon", "hearing", "motion", "service", "effect", "unpaid", "forward", "undrawn",
	"late", "asked" };

const struct due_office due_offices[DUE_OFFICES] = {
	{ OFFICE_FILING, (unsigned)ROLE_FILING | ROLE_DESK, "filing" }, { OFFICE_CLERK, ROLE_CLERK, "clerk" },
	{ OFFICE_ASSISTANT, ROLE_ASSISTANT, "assistant" }, { OFFICE_PRESIDENT, ROLE_PRESIDENT, "president" },
};

const char *due_code(enum due kind) { return due_codes[kind]; }

struct due_case {
	struct ctx *ctx;
	const char *court, *id, *desk, *judge;
	enum stage stage;
	int64_t since, registered;
};

/* One thing, as it is put under the name of everybody in roles. */
struct due_thing { enum due kind; unsigned roles; int64_t at, number, party; const char *what; };

static enum mc_err due_put(const struct due_case *c, const char *whose, const struct due_thing *t)
{
	return db_do(c->ctx, "insert into due (court, whose, kind, at, docket, number, home, what, party)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", "tttititti", t->kind == DUE_FORWARD ? c->desk : c->court, whose,
		due_codes[t->kind], t->at, c->id, t->number, c->court, t->what, t->party);
}

static enum mc_err due_add(const struct due_case *c, struct due_thing t)
{
	enum mc_err err = MC_OK;
	t.what = t.what ? t.what : "";
	for (size_t i = 0; i < DUE_OFFICES && !err; i++)
		if (t.roles & due_offices[i].role)
			err = due_put(c, due_offices[i].whose, &t);
	if (!err && t.roles & ROLE_JUDGE && *c->judge)
		err = due_put(c, c->judge, &t);
	return err;
}

/* Who may do the act in this stage, as the act table says. */
static unsigned due_may(const struct due_case *c, enum act act)
{
	return act && rule_of(act)->in & ((uint32_t)1 << c->stage) ? rule_of(act)->by : 0;
}

static bool due_awaited(enum stage stage, enum limit limit)
{
	return (stage == STAGE_CORRECTING && limit == LIMIT_CORRECTION) || (stage == STAGE_ANSWERING && limit == LIMIT_ANSWER)
	    || (stage == STAGE_EXCHANGING && limit == LIMIT_EVIDENCE);
}

/* The filing desk looks after what is not registered yet, everybody else after the rest. Who decides on
 * recusal is told of its limit, nobody else. */
static unsigned due_watch(const struct due_case *c, enum limit limit)
{
	if (limit == LIMIT_RECUSAL_RULING)
		return due_may(c, ACT_RULE_RECUSAL);
	return c->stage == STAGE_SUBMITTED || c->stage == STAGE_CORRECTING ? (unsigned)ROLE_FILING : (unsigned)ROLE_JUDGE | ROLE_CLERK;
}

static enum mc_err due_limits(const struct due_case *c)
{
	struct row *r = db_ask(c->ctx, "select number, rule, party, ends from deadline where court = $1 and docket = $2 and state = 'open'",
			       "tt", c->court, c->id);
	enum mc_err err = MC_OK;
	enum limit limit;
	int64_t late = INT64_MAX;
	while (!err && db_next(r)) {
		int64_t party = db_int(r, 2);
		/* An answer is sent in the act that brings it, a hearing has an hour of its own, and a complaint is not
		 * sent before its fee is paid. */
		if (!limit_find(db_text(r, 1), &limit) || limit == LIMIT_SEND_ANSWER || limit == LIMIT_HEARING
		    || (limit == LIMIT_SEND_COMPLAINT && c->stage == STAGE_FEE_DUE))
			continue;
		err = due_add(c, (struct due_thing){ .kind = !party || due_awaited(c->stage, limit) ? DUE_LIMIT : DUE_SOON,
			.roles = due_watch(c, limit), .at = db_int(r, 3), .number = db_int(r, 0), .party = party, .what = limit_rule(limit)->code });
		int64_t from = db_int(r, 3) + 1 - (limit == LIMIT_TRIAL || limit == LIMIT_TRIAL_SUMMARY ? DUE_WARNING : 0);
		late = !party && from < late ? from : late;
	}
	/* While a fee is due the case waits for its party. */
	if (!err && late < INT64_MAX && c->registered && c->stage != STAGE_FEE_DUE)
		err = due_add(c, (struct due_thing){ .kind = DUE_LATE, .roles = (unsigned)ROLE_JUDGE | ROLE_CLERK, .at = late });
	return db_broken(r) ? MC_STORE : err;
}

static enum mc_err due_hearings(const struct due_case *c)
{
	struct row *r = db_ask(c->ctx, "select number, at, place from hearing where court = $1 and docket = $2 and state in ('set', 'open')",
			       "tt", c->court, c->id);
	enum mc_err err = MC_OK;
	while (!err && db_next(r))
		err = due_add(c, (struct due_thing){ .kind = DUE_HEARING, .roles = (unsigned)ROLE_JUDGE | ROLE_CLERK | ROLE_ASSISTANT,
			.at = db_int(r, 1), .number = db_int(r, 0), .what = db_text(r, 2) });
	return db_broken(r) ? MC_STORE : err;
}

static enum mc_err due_motions(const struct due_case *c)
{
	struct row *r = db_ask(c->ctx, "select m.number, m.kind, m.party, e.at from motion m"
		" join entry e on e.court = m.court and e.docket = m.docket and e.number = m.opened"
		" where m.court = $1 and m.docket = $2 and m.state || '' = 'open'", "tt", c->court, c->id);
	enum mc_err err = MC_OK;
	int64_t asked = INT64_MAX;
	while (!err && db_next(r)) {
		enum motion motion = rule_motion_find(db_text(r, 1));
		unsigned roles = 0;
		for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++)
			if (motion && rule_of(act)->decides == motion)
				roles |= due_may(c, act);
		err = due_add(c, (struct due_thing){ .kind = DUE_MOTION, .roles = roles, .at = db_int(r, 3), .number = db_int(r, 0),
			.party = db_int(r, 2), .what = db_text(r, 1) });
		asked = db_int(r, 3) < asked ? db_int(r, 3) : asked;
	}
	if (!err && asked < INT64_MAX && c->registered)
		err = due_add(c, (struct due_thing){ .kind = DUE_ASKED, .roles = (unsigned)ROLE_JUDGE | ROLE_CLERK, .at = asked });
	return db_broken(r) ? MC_STORE : err;
}

static enum mc_err due_service(const struct due_case *c)
{
	struct row *r = db_ask(c->ctx, "select coalesce(min(sent), 0) from served where court = $1 and docket = $2 and +effective = 0"
		" and sent > $3", "tti", c->court, c->id, c->ctx->now - DUE_OLD * INT64_C(86400));
	int64_t sent = db_next(r) ? db_int(r, 0) : 0;
	if (db_broken(r) || !sent)
		return db_broken(r) ? MC_STORE : MC_OK;
	return due_add(c, (struct due_thing){ .kind = DUE_SERVICE, .roles = due_may(c, ACT_RECORD_SERVICE) | ROLE_JUDGE, .at = sent });
}

/* The last day of a limit that every party from this side on (1 the plaintiffs alone, 2 all) has had; 0 if one has not. */
static enum mc_err due_last(const struct due_case *c, enum limit limit, int sides, int64_t *day)
{
	struct row *r = db_ask(c->ctx, "select coalesce(max(x.ends), 0) from deadline x where x.court = $1 and x.docket = $2 and x.rule = $3"
		" and not exists (select 1 from party p where p.court = $1 and p.docket = $2 and p.side > 0 and p.side <= $4"
		" and not exists (select 1 from deadline y where y.court = $1 and y.docket = $2 and y.party = p.number and y.rule = $3))",
		"ttti", c->court, c->id, limit_rule(limit)->code, (int64_t)sides);
	*day = db_next(r) ? db_int(r, 0) : 0;
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* Proposed when the last day is over: that the judgment has effect, that the fee was not paid. */
static enum mc_err due_proposed(const struct due_case *c)
{
	int64_t day = 0;
	enum mc_err err = MC_OK;
	if (c->stage == STAGE_APPEALABLE)
		err = due_last(c, LIMIT_APPEAL, SIDE_DEFENDANT, &day);
	if (!err && day)
		err = due_add(c, (struct due_thing){ .kind = DUE_EFFECT, .roles = due_may(c, ACT_TAKE_EFFECT), .at = day });
	if (err || c->stage != STAGE_FEE_DUE)
		return err;
	struct row *r = db_ask(c->ctx, "select 1 from motion where court = $1 and docket = $2 and kind = 'RELIEF' and state || '' = 'open'",
			       "tt", c->court, c->id);
	bool relief = db_next(r);
	err = db_broken(r) ? MC_STORE : due_last(c, LIMIT_FEE_PAYMENT, SIDE_PLAINTIFF, &day);
	if (err || relief || !day)
		return err;
	return due_add(c, (struct due_thing){ .kind = DUE_UNPAID, .roles = due_may(c, ACT_DEEM_WITHDRAWN) | ROLE_CLERK, .at = day });
}

static enum mc_err due_bench(const struct due_case *c)
{
	if (c->stage == STAGE_RECEIVED)
		return due_add(c, (struct due_thing){ .kind = DUE_FORWARD, .roles = ROLE_DESK, .at = c->since });
	unsigned roles = due_may(c, ACT_DRAW);
	if (*c->judge || !roles)
		return MC_OK;
	return due_add(c, (struct due_thing){ .kind = DUE_UNDRAWN, .roles = roles | ROLE_PRESIDENT, .at = c->registered });
}

static enum mc_err due_write(const struct due_case *c)
{
	static enum mc_err (*const write[])(const struct due_case *) = { due_limits, due_hearings, due_motions, due_proposed, due_bench };
	bool done = c->stage == STAGE_CLOSED || c->stage == STAGE_WITHDRAWN || c->stage == STAGE_TRANSFERRED || c->stage == STAGE_REFUSED;
	/* The last papers of a case are still served. */
	enum mc_err err = c->stage == STAGE_CLOSED ? MC_OK : due_service(c);
	for (size_t i = 0; i < sizeof write / sizeof *write && !done && !err; i++)
		err = write[i](c);
	return err;
}

enum mc_err due_settle(struct ctx *ctx, const char *court, const char *docket)
{
	struct due_case c = { .ctx = ctx, .court = court, .id = docket };
	struct row *r = db_ask(ctx, "select desk, judge, stage, since, registered from docket where court = $1 and id = $2", "tt", court, docket);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_OK;
	c.desk = db_text(r, 0);
	c.judge = db_text(r, 1);
	c.stage = rule_stage_find(db_text(r, 2));
	c.since = db_int(r, 3);
	c.registered = db_int(r, 4);
	enum mc_err err = db_do(ctx, "delete from due where home = $1 and docket = $2", "tt", court, docket);
	return err ? err : due_write(&c);
}
