#include "motion.h"
#include "../store/db.h"

enum mc_err motion_start(struct ctx *ctx, struct docket *d, enum motion kind, int party, int entry)
{
	int number;
	enum mc_err err = docket_next(ctx, d, SERIES_MOTION, &number);
	if (!err)
		err = db_do(ctx,
			"insert into motion (court, docket, number, kind, party, state, opened, decided)"
			" values ($1, $2, $3, $4, $5, 'open', $6, 0)", "ttitii", d->court, d->id, (int64_t)number,
			motion_code(kind), (int64_t)party, (int64_t)entry);
	d->motions |= 1u << kind;
	return err;
}

enum mc_err motion_end(struct ctx *ctx, struct docket *d, enum motion kind, bool granted, int entry)
{
	d->motions &= ~(1u << kind);
	return db_do(ctx,
		"update motion set state = $1, decided = $2 where court = $3 and docket = $4 and kind = $5 and state = 'open'",
		"titt" "t", granted ? "granted" : "refused", (int64_t)entry, d->court, d->id, motion_code(kind));
}

int motion_party(struct ctx *ctx, const struct docket *d, enum motion kind)
{
	struct row *r = db_ask(ctx,
		"select party from motion where court = $1 and docket = $2 and kind = $3 and state = 'open'", "ttt",
		d->court, d->id, motion_code(kind));
	return db_next(r) ? (int)db_int(r, 0) : -1;
}
