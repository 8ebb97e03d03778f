#include "docket.h"
#include "office.h"
#include "../base/arena.h"
#include "../base/text.h"
#include "../store/db.h"

#include <string.h>

static enum mc_err docket_row(struct ctx *ctx, const char *court, const char *id, struct docket *out)
{
	struct row *r = db_ask(ctx,
		"select number, stage, since, cause, process, title, facts, claim, desk, filed, registered,"
		" judge, entries, head from docket where court = $1 and id = $2", "tt", court, id);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "docket.unknown" });
	*out = (struct docket){ .court = court, .id = id, .number = db_text(r, 0), .stage = rule_stage_find(db_text(r, 1)),
		.since = db_int(r, 2), .cause = db_text(r, 3), .process = db_text(r, 4), .title = db_text(r, 5),
		.facts = db_text(r, 6), .claim = db_int(r, 7), .desk = db_text(r, 8), .filed = db_int(r, 9),
		.registered = db_int(r, 10), .judge = db_text(r, 11), .entries = (int)db_int(r, 12), .head = db_text(r, 13) };
	return MC_OK;
}

static enum mc_err docket_parties(struct ctx *ctx, struct docket *d)
{
	struct row *r = db_ask(ctx,
		"select number, side, kind, name, identity, representative, phone, address, person, reached, eservice"
		" from party where court = $1 and docket = $2 order by number", "tt", d->court, d->id);
	size_t room = 0;
	while (db_next(r)) {
		d->parties = arena_room(ctx->mem, d->parties, d->parties_count, &room, sizeof *d->parties);
		d->parties[d->parties_count++] = (struct party){ (int)db_int(r, 0), (enum side)db_int(r, 1), db_text(r, 2),
			db_text(r, 3), db_text(r, 4), db_text(r, 5), db_text(r, 6), db_text(r, 7), db_text(r, 8),
			db_int(r, 9) != 0, db_int(r, 10) != 0 };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static unsigned docket_side_role(const struct party *party)
{
	return party->side == SIDE_PLAINTIFF ? ROLE_PLAINTIFF : ROLE_DEFENDANT;
}

static enum mc_err docket_agencies(struct ctx *ctx, struct docket *d)
{
	struct row *r = db_ask(ctx,
		"select number, party, scope, state from agency where court = $1 and docket = $2 and person = $3"
		" and state in ('asked', 'accepted') order by number", "ttt", d->court, d->id, ctx->person);
	while (db_next(r)) {
		const struct party *party = docket_party(d, (int)db_int(r, 1));
		if (!strcmp(db_text(r, 3), "asked")) {
			d->roles |= ROLE_NAMED_AGENT;
		} else if (party && party->reached && !d->party) {
			d->roles |= docket_side_role(party);
			d->party = party->number;
			d->agency = (int)db_int(r, 0);
			d->special = !strcmp(db_text(r, 2), "special");
		}
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* Whoever is a party or acts for one holds no office in the case (民诉法第47条), not even before it is served. */
static bool docket_names_me(struct ctx *ctx, const struct docket *d)
{
	if (d->agency)
		return true;
	for (size_t i = 0; i < d->parties_count; i++)
		if (!strcmp(d->parties[i].person, ctx->person))
			return true;
	return false;
}

static void docket_offices(struct ctx *ctx, struct docket *d)
{
	unsigned held = office_of(ctx, d->court, ctx->person);
	d->roles |= held & OFFICE_FILING ? ROLE_FILING : 0;
	d->roles |= held & OFFICE_CLERK ? ROLE_CLERK : 0;
	d->roles |= held & OFFICE_ASSISTANT ? ROLE_ASSISTANT : 0;
	d->roles |= held & OFFICE_PRESIDENT ? ROLE_PRESIDENT : 0;
	d->roles |= held & OFFICE_JUDGE && !strcmp(d->judge, ctx->person) ? ROLE_JUDGE : 0;
	if (strcmp(d->desk, d->court) && office_of(ctx, d->desk, ctx->person) & OFFICE_FILING)
		d->roles |= ROLE_DESK;
}

enum mc_err docket_load(struct ctx *ctx, const char *court, const char *id, struct docket *out)
{
	if (!*ctx->person)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "docket.unknown" });
	enum mc_err err = docket_row(ctx, court, id, out);
	if (!err)
		err = docket_parties(ctx, out);
	if (err)
		return err;
	for (size_t i = 0; i < out->parties_count; i++) {
		const struct party *p = &out->parties[i];
		if (p->reached && !out->party && !strcmp(p->person, ctx->person)) {
			out->party = p->number;
			out->roles |= docket_side_role(p);
		}
	}
	err = docket_agencies(ctx, out);
	if (err)
		return err;
	if (!strcmp(ctx->person, DOCKET_SYSTEM))
		out->roles |= ROLE_SYSTEM;
	else if (!docket_names_me(ctx, out))
		docket_offices(ctx, out);
	if (!out->roles)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "docket.unknown" });
	struct row *r = db_ask(ctx, "select kind from motion where court = $1 and docket = $2 and state = 'open'",
			       "tt", court, id);
	while (db_next(r))
		out->motions |= 1u << rule_motion_find(db_text(r, 0));
	return db_broken(r) ? MC_STORE : MC_OK;
}

const struct party *docket_party(const struct docket *docket, int number)
{
	for (size_t i = 0; i < docket->parties_count; i++)
		if (docket->parties[i].number == number)
			return &docket->parties[i];
	return NULL;
}

const char *docket_names(struct ctx *ctx, const struct docket *docket, enum side side)
{
	struct text t = text_begin(ctx->mem);
	for (size_t i = 0; i < docket->parties_count; i++)
		if (docket->parties[i].side == side) {
			if (t.size)
				text_add(&t, "、");
			text_add(&t, docket->parties[i].name);
		}
	return text_end(&t);
}

bool docket_concerns(enum concerns whom, const struct docket *docket, int actor, const struct party *party)
{
	const struct party *by = docket_party(docket, actor);
	switch (whom) {
	case FOR_NOBODY:
	case FOR_COURT: return false;
	case FOR_ACTOR: return party->number == actor;
	case FOR_PLAINTIFFS: return party->side == SIDE_PLAINTIFF;
	case FOR_DEFENDANTS: return party->side == SIDE_DEFENDANT;
	case FOR_ALL: return true;
	case FOR_OPPONENTS: return by && party->side != by->side;
	}
	return false;
}

static const char *const docket_next_sql[SERIES_COUNT] = {
	[SERIES_DEADLINE] = "select coalesce(max(number), 0) + 1 from deadline where court = $1 and docket = $2",
	[SERIES_MOTION] = "select coalesce(max(number), 0) + 1 from motion where court = $1 and docket = $2",
	[SERIES_PAPER] = "select coalesce(max(number), 0) + 1 from paper where court = $1 and docket = $2",
	[SERIES_SERVED] = "select coalesce(max(number), 0) + 1 from served where court = $1 and docket = $2",
	[SERIES_AGENCY] = "select coalesce(max(number), 0) + 1 from agency where court = $1 and docket = $2",
	[SERIES_ITEM] = "select coalesce(max(number), 0) + 1 from item where court = $1 and docket = $2",
	[SERIES_HEARING] = "select coalesce(max(number), 0) + 1 from hearing where court = $1 and docket = $2",
	[SERIES_FEE] = "select coalesce(max(number), 0) + 1 from fee where court = $1 and docket = $2",
	[SERIES_DRAW] = "select coalesce(max(number), 0) + 1 from draw where court = $1 and docket = $2",
	/* A number that ever meant somebody is not given to somebody else. */
	[SERIES_PARTY] = "select coalesce(max(t.n), 0) + 1 from (select max(number) as n from party where court = $1 and docket = $2"
		" union all select max(party) from served where court = $1 and docket = $2"
		" union all select max(party) from agency where court = $1 and docket = $2"
		" union all select max(party) from deadline where court = $1 and docket = $2"
		" union all select max(party) from entry where court = $1 and docket = $2) t",
};

enum mc_err docket_next(struct ctx *ctx, const struct docket *docket, enum docket_series series, int *number)
{
	struct row *r = db_ask(ctx, docket_next_sql[series], "tt", docket->court, docket->id);
	if (!db_next(r))
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.down" });
	*number = (int)db_int(r, 0);
	return MC_OK;
}

enum mc_err docket_case_number(struct ctx *ctx, const char *court, const char *sign, const char *series,
			       int year, const char **number)
{
	enum mc_err err = db_do(ctx,
		"insert into counter (court, series, year, last) values ($1, $2, $3, 1)"
		" on conflict (court, series, year) do update set last = counter.last + 1",
		"tti", court, series, (int64_t)year);
	if (err)
		return err;
	struct row *r = db_ask(ctx, "select last from counter where court = $1 and series = $2 and year = $3",
			       "tti", court, series, (int64_t)year);
	if (!db_next(r))
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.down" });
	*number = arena_print(ctx->mem, "（%d）%s%s%d号", year, sign, series, (int)db_int(r, 0));
	return MC_OK;
}
