/* desk: rows of a docket entered in one line, for the tests of lists. The lists only read what
 * the acts wrote, so no act is needed to try them. */
#ifndef MC_DESK_H
#define MC_DESK_H
#include "network.h"
#include "../../src/court/due.h"

struct desk_case {
	const char *court, *id, *stage, *desk, *judge;
	int64_t since, registered;      /* registered 0: not yet */
};

static inline enum mc_err desk_case_write(struct ctx *ctx, void *arg)
{
	const struct desk_case *c = arg;
	return db_do(ctx,
		"insert into docket (court, id, number, stage, since, cause, process, title, facts, claim, desk, filed, registered,"
		" judge, entries, head) values ($1, $2, $3, $4, $5, '108.3', 'ordinary', '张伟 诉 李娜', '', 0, $6, $5, $7, $8, 1, '')",
		"ttttitit", c->court, c->id, c->registered ? arena_print(ctx->mem, "（2026）京0491民初%s号", c->id) : "", c->stage,
		c->since, c->desk ? c->desk : c->court, c->registered, c->judge ? c->judge : "");
}

static inline void desk_case(struct ctx *ctx, struct desk_case c) { CHECK(!db_together(ctx, desk_case_write, &c)); }

struct desk_limit { const char *court, *docket, *rule; int number, party; int64_t ends; const char *state; };

static inline enum mc_err desk_limit_write(struct ctx *ctx, void *arg)
{
	const struct desk_limit *l = arg;
	return db_do(ctx, "insert into deadline (court, docket, number, rule, party, event, ends, provisional, state, started, stopped)"
		" values ($1, $2, $3, $4, $5, $6, $6, 0, $7, 1, 0)", "ttitiit", l->court, l->docket, (int64_t)l->number, l->rule,
		(int64_t)l->party, l->ends, l->state ? l->state : "open");
}

static inline void desk_limit(struct ctx *ctx, struct desk_limit l) { CHECK(!db_together(ctx, desk_limit_write, &l)); }

struct desk_party { const char *court, *docket; int number, side; const char *name; };

static inline enum mc_err desk_party_write(struct ctx *ctx, void *arg)
{
	const struct desk_party *p = arg;
	return db_do(ctx, "insert into party (court, docket, number, side, kind, name, identity, representative, phone, address,"
		" person, reached, eservice) values ($1, $2, $3, $4, 'person', $5, '', '', '', '', '', 1, 0)", "ttiit", p->court, p->docket,
		(int64_t)p->number, (int64_t)p->side, p->name);
}

static inline void desk_party(struct ctx *ctx, struct desk_party p) { CHECK(!db_together(ctx, desk_party_write, &p)); }

/* What the acts would have written down: these rows were put there by hand. */
static inline enum mc_err desk_settle_all(struct ctx *ctx, void *unused)
{
	(void)unused;
	struct row *r = db_ask(ctx, "select court, id from docket", "");
	enum mc_err err = MC_OK;
	while (!err && db_next(r))
		err = due_settle(ctx, db_text(r, 0), db_text(r, 1));
	return err;
}

static inline void desk_settle(struct ctx *ctx) { CHECK(!db_together(ctx, desk_settle_all, NULL)); }

#endif
