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

/* A paper may have been served on a party twice: what took effect first counts. */
#define READING_SELECT                                                                                       \
	"select p.number, p.entry, p.kind, p.title, p.digest, p.at, e.party,"                                \
	" coalesce(max(s.sent), 0), coalesce(min(case when s.effective > 0 then s.effective end), 0),"       \
	" (select count(*) from agency a where a.court = p.court and a.docket = p.docket and a.entry = "     \
	"p.entry"                                                                                            \
	"   and a.person = $4 and a.state in ('asked', 'accepted'))"                                         \
	" from paper p join entry e on e.court = p.court and e.docket = p.docket and e.number = p.entry"     \
	" left join served s on s.court = p.court and s.docket = p.docket and s.paper = p.number and "       \
	"s.party = $3"                                                                                       \
	" where p.court = $1 and p.docket = $2"
#define READING_GROUP                                                                                        \
	" group by p.court, p.docket, p.number, p.entry, p.kind, p.title, p.digest, p.at, e.party"

static struct reading reading_row(const struct docket *d, struct row *row)
{
	struct reading r = { .paper = { .number = (int)db_int(row, 0),
					.entry = (int)db_int(row, 1),
					.kind = reading_kind(db_text(row, 2)),
					.title = db_text(row, 3),
					.body = "",
					.digest = db_text(row, 4),
					.at = db_int(row, 5) },
			     .party = (int)db_int(row, 6),
			     .sent = db_int(row, 7),
			     .effective = db_int(row, 8) };
	r.state = reading_judge(d, &r, r.sent > 0, db_int(row, 9) > 0);
	return r;
}

enum mc_err reading_list(struct ctx *ctx, const struct docket *d, struct reading **out, size_t *count)
{
	struct row *row = db_ask(ctx, READING_SELECT READING_GROUP " order by p.number desc", "ttit",
				 d->court, d->id, (int64_t)d->party, ctx->person);
	size_t room = 0;
	*out = NULL;
	*count = 0;
	while (db_next(row)) {
		struct reading r = reading_row(d, row);
		if (r.state == READING_NONE)
			continue;
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = r;
	}
	return db_broken(row) ? MC_STORE : MC_OK;
}

enum mc_err reading_load(struct ctx *ctx, const struct docket *d, int number, struct reading *out)
{
	struct row *row = db_ask(ctx, READING_SELECT " and p.number = $5" READING_GROUP, "ttiti", d->court,
				 d->id, (int64_t)d->party, ctx->person, (int64_t)number);
	if (!db_next(row))
		return db_broken(row) ? MC_STORE
				      : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "paper.unknown" });
	*out = reading_row(d, row);
	if (out->state == READING_NONE)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "paper.unknown" });
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
