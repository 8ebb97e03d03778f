#include "served.h"
#include "deadline.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/form.h"
#include "../store/db.h"
#include "../store/outbox.h"

#include <string.h>

static enum mc_err served_send_one(struct ctx *ctx, const struct docket *d, const struct paper *paper, const struct party *party)
{
	int number;
	enum mc_err err = docket_next(ctx, d, SERIES_SERVED, &number);
	if (!err)
		err = db_do(ctx,
			"insert into served (court, docket, number, paper, party, sent, arrived, effective, ground, note, entry)"
			" values ($1, $2, $3, $4, $5, $6, 0, 0, '', '', 0)", "ttiiii", d->court, d->id, (int64_t)number,
			(int64_t)paper->number, (int64_t)party->number, ctx->now);
	if (err)
		return err;
	struct form *body = form_begin(ctx->mem);
	form_set(body, "served", arena_print(ctx->mem, "%d", number));
	return outbox_put(ctx, d->court, "deliver", d->id, form_json(body), ctx->now);
}

enum mc_err served_send(struct ctx *ctx, const struct docket *d, const struct paper *paper, enum concerns whom, int actor)
{
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < d->parties_count && !err; i++)
		/* Who may not see the case yet gets no paper of it either. */
		if (d->parties[i].reached && docket_concerns(whom, d, actor, &d->parties[i]))
			err = served_send_one(ctx, d, paper, &d->parties[i]);
	return err;
}

enum mc_err served_list(struct ctx *ctx, const struct docket *d, int party, bool waiting,
			struct served **out, size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	struct row *r = db_ask(ctx,
		"select s.number, s.paper, s.party, p.kind, p.title, s.ground, s.note, s.sent, s.arrived, s.effective"
		" from served s join paper p on p.court = s.court and p.docket = s.docket and p.number = s.paper"
		" where s.court = $1 and s.docket = $2 and ($3 = 0 or s.party = $3) and ($4 = 0 or s.effective = 0)"
		" order by s.number", "ttii", d->court, d->id, (int64_t)party, (int64_t)waiting);
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		struct served s = { (int)db_int(r, 0), (int)db_int(r, 1), (int)db_int(r, 2), PAPER_NONE, db_text(r, 4),
			db_text(r, 5), db_text(r, 6), db_int(r, 7), db_int(r, 8), db_int(r, 9) };
		for (enum paper_kind k = PAPER_NONE + 1; k < PAPER_COUNT; k++)
			if (!strcmp(rule_paper(k)->code, db_text(r, 3)))
				s.kind = k;
		(*out)[(*count)++] = s;
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err served_waits(struct ctx *ctx, const struct docket *d, int party, bool *waits)
{
	/* The sign keeps SQLite from going through all that waits in the court. */
	struct row *r = db_ask(ctx, "select 1 from served where court = $1 and docket = $2 and +effective = 0"
		" and ($3 = 0 or party = $3) limit 1", "tti", d->court, d->id, (int64_t)party);
	*waits = db_next(r);
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err served_count(struct ctx *ctx, const struct docket *d, struct served_count **out)
{
	*out = arena_take(ctx->mem, (d->parties_count + 1) * sizeof **out);
	struct row *r = db_ask(ctx, "select party, effective from served where court = $1 and docket = $2", "tt", d->court, d->id);
	while (db_next(r))
		for (size_t i = 0; i < d->parties_count; i++)
			if (d->parties[i].number == db_int(r, 0)) {
				bool effective = db_int(r, 1) != 0;
				(*out)[i].effective += effective;
				(*out)[i].waiting += !effective;
			}
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err served_effective(struct ctx *ctx, const struct docket *d, const struct served *s,
			     const char *ground, const char *note, int64_t day, int entry)
{
	enum mc_err err = db_do(ctx,
		"update served set effective = $1, ground = $2, note = $3, entry = $4, arrived = case when arrived = 0 then $1 else arrived end"
		" where court = $5 and docket = $6 and number = $7 and effective = 0", "itti" "tti",
		day == day_of(ctx->now) ? ctx->now : day_start(day), ground, note, (int64_t)entry, d->court, d->id, (int64_t)s->number);
	if (err)
		return err;
	if (db_changed(ctx) != 1)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "service.already" });
	const struct paper_rule *rule = rule_paper(s->kind);
	struct deadline before;
	bool again = s->kind == PAPER_RECORD || s->kind == PAPER_RELIEF || s->kind == PAPER_JURISDICTION;
	if (!rule->starts || (rule->limit == LIMIT_FEE_PAYMENT && d->stage != STAGE_FEE_DUE))
		return MC_OK;
	/* A second copy does not start the limit again; a record of another sitting does, and a ruling on another
	 * objection, and the decision after which a fee is still to be paid, which takes the place of the notice. */
	if (s->kind == PAPER_RELIEF)
		err = deadline_stop(ctx, d, rule->limit, FOR_ACTOR, s->party, entry);
	if (err)
		return err;
	err = again ? MC_UNKNOWN : deadline_of(ctx, d, rule->limit, s->party, &before);
	if (err != MC_UNKNOWN)
		return err;
	return deadline_start_for(ctx, d, rule->limit, s->party, day, 0, entry);
}

enum mc_err served_by_act(struct ctx *ctx, const struct docket *d, int party, enum paper_kind kind, int entry)
{
	struct served *s;
	size_t count;
	enum mc_err err = served_list(ctx, d, party, true, &s, &count);
	for (size_t i = 0; i < count && !err; i++)
		if (s[i].kind == kind)
			err = served_effective(ctx, d, &s[i], "act", "", day_of(ctx->now), entry);
	return err;
}
