#include "reading.h"
#include "court.h"
#include "../base/arena.h"
#include "../store/db.h"

#include <string.h>

static const unsigned reading_staff =
	ROLE_FILING | ROLE_CLERK | ROLE_ASSISTANT | ROLE_JUDGE | ROLE_PRESIDENT | ROLE_SYSTEM;

static bool reading_is_complaint(enum paper_kind kind)
{
	return kind == PAPER_COMPLAINT || kind == PAPER_RECEIPT;
}

/* named: whether the act that wrote the paper asks this person to be an agent. */
static enum reading_state reading_judge(const struct docket *d, const struct reading *r, bool was_sent,
					bool named)
{
	const struct party *me = docket_party(d, d->party);
	if (d->roles & reading_staff)
		return READING_OPEN;
	if (d->roles & ROLE_DESK && reading_is_complaint(r->paper.kind))
		return READING_OPEN;
	if (d->roles & ROLE_NAMED_AGENT && named)
		return READING_OPEN;
	if (!me)
		return READING_NONE;
	if (r->party == me->number || r->effective)
		return READING_OPEN;
	if (me->side == SIDE_PLAINTIFF && reading_is_complaint(r->paper.kind))
		return READING_OPEN;
	return was_sent ? READING_SENT : READING_NONE;
}

static enum paper_kind reading_kind(const char *code)
{
	enum paper_kind kind = PAPER_NONE + 1;
	while (kind < PAPER_COUNT - 1 && strcmp(rule_paper(kind)->code, code))
		kind++;
	return kind;
}

/* A paper is as old as the entry that wrote it; its own time and digest lie behind its words, and are left there. */
#define READING_SELECT                                                                                       \
	"select p.number, p.entry, p.kind, p.title, e.at, e.party"                                           \
	" from paper p join entry e on e.court = p.court and e.docket = p.docket and e.number = p.entry"     \
	" where p.court = $1 and p.docket = $2"

/* What lies beside the papers of a case: what was sent to the person's party, and which entry asks the
 * person to be an agent. */
struct reading_beside {
	struct reading_sent {
		int paper;
		int64_t sent, effective;
	} *sent;
	size_t sent_count;
	int *named;
	size_t named_count;
};

static enum mc_err reading_sent(struct ctx *ctx, const struct docket *d, struct reading_beside *b)
{
	struct row *r = db_ask(ctx,
			       "select paper, sent, effective from served where court = $1 and docket = $2"
			       " and party = $3",
			       "tti", d->court, d->id, (int64_t)d->party);
	size_t room = 0;
	while (db_next(r)) {
		b->sent = arena_room(ctx->mem, b->sent, b->sent_count, &room, sizeof *b->sent);
		b->sent[b->sent_count++] =
			(struct reading_sent){ (int)db_int(r, 0), db_int(r, 1), db_int(r, 2) };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err reading_named(struct ctx *ctx, const struct docket *d, struct reading_beside *b)
{
	struct row *r = db_ask(ctx,
			       "select entry from agency where court = $1 and docket = $2 and person = $3"
			       " and state in ('asked', 'accepted')",
			       "ttt", d->court, d->id, ctx->person);
	size_t room = 0;
	while (db_next(r)) {
		b->named = arena_room(ctx->mem, b->named, b->named_count, &room, sizeof *b->named);
		b->named[b->named_count++] = (int)db_int(r, 0);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* A paper may have been served on a party twice: what took effect first counts. */
static struct reading reading_row(const struct docket *d, struct row *row, const struct reading_beside *b)
{
	struct reading r = { .paper = { .number = (int)db_int(row, 0),
					.entry = (int)db_int(row, 1),
					.kind = reading_kind(db_text(row, 2)),
					.title = db_text(row, 3),
					.body = "",
					.digest = "",
					.at = db_int(row, 4) },
			     .party = (int)db_int(row, 5) };
	bool named = false;
	for (size_t i = 0; i < b->sent_count; i++) {
		const struct reading_sent *s = &b->sent[i];
		if (s->paper != r.paper.number)
			continue;
		r.sent = s->sent > r.sent ? s->sent : r.sent;
		if (s->effective && (!r.effective || s->effective < r.effective))
			r.effective = s->effective;
	}
	for (size_t i = 0; i < b->named_count; i++)
		named |= b->named[i] == r.paper.entry;
	r.state = reading_judge(d, &r, r.sent > 0, named);
	return r;
}

static enum mc_err reading_rows(struct ctx *ctx, const struct docket *d, struct row *row, struct reading **out,
				size_t *count)
{
	struct reading_beside beside = { 0 };
	size_t room = 0;
	*out = NULL;
	*count = 0;
	enum mc_err err = d->party ? reading_sent(ctx, d, &beside) : MC_OK;
	if (!err && d->roles & ROLE_NAMED_AGENT)
		err = reading_named(ctx, d, &beside);
	while (!err && db_next(row)) {
		struct reading r = reading_row(d, row, &beside);
		if (r.state == READING_NONE)
			continue;
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = r;
	}
	return db_broken(row) ? MC_STORE : err;
}

enum mc_err reading_list(struct ctx *ctx, const struct docket *d, struct reading **out, size_t *count)
{
	return reading_rows(ctx, d, db_ask(ctx, READING_SELECT " order by p.number desc", "tt", d->court, d->id),
			    out, count);
}

enum mc_err reading_load(struct ctx *ctx, const struct docket *d, int number, struct reading *out)
{
	struct reading *found;
	size_t count;
	struct row *row = db_ask(ctx, READING_SELECT " and p.number = $3", "tti", d->court, d->id, (int64_t)number);
	enum mc_err err = reading_rows(ctx, d, row, &found, &count);
	if (err)
		return err;
	if (!count)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "paper.unknown" });
	*out = *found;
	return out->state == READING_OPEN ? paper_load(ctx, d, number, &out->paper) : MC_OK;
}

bool reading_unopened(struct ctx *ctx, const struct docket *d, int number)
{
	struct row *row =
		db_ask(ctx,
		       "select 1 from inbox where court = $1 and person = $2 and home = $3 and docket = $4"
		       " and paper = $5 and opened = 0",
		       "tttti", COURT_NATION, ctx->person, d->court, d->id, (int64_t)number);
	return db_next(row);
}

bool reading_entry(const struct ctx *ctx, const struct docket *d, const struct chain_entry *e)
{
	return d->roles & reading_staff || (d->party && e->party == d->party)
	       || !strcmp(e->person, ctx->person);
}

bool reading_informed(const struct docket *d, const struct reading *papers, size_t count)
{
	const struct party *me = docket_party(d, d->party);
	/* A desk elsewhere knows the case until it has passed it on; then only what was handed in there. */
	if (d->roles & reading_staff || (d->roles & ROLE_DESK && d->stage == STAGE_RECEIVED))
		return true;
	if (!me || me->side == SIDE_PLAINTIFF)
		return me != NULL;
	for (size_t i = 0; i < count; i++)
		if (papers[i].paper.kind == PAPER_COMPLAINT && papers[i].state == READING_OPEN)
			return true;
	return false;
}
