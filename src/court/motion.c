#include "motion.h"
#include "../base/arena.h"
#include "../store/db.h"

#include <string.h>

enum mc_err motion_start(struct ctx *ctx, struct docket *d, enum motion kind, int party, int entry)
{
	int number;
	enum mc_err err = docket_next(ctx, d, SERIES_MOTION, &number);
	if (!err)
		err = db_do(ctx,
			"insert into motion (court, docket, number, kind, party, state, opened, decided)"
			" values ($1, $2, $3, $4, $5, 'open', $6, 0)", "ttitii", d->court, d->id, (int64_t)number,
			rule_motion_code(kind), (int64_t)party, (int64_t)entry);
	d->motions |= 1u << kind;
	return err;
}

static enum mc_err motion_close(struct ctx *ctx, struct docket *d, enum motion kind, const char *state, int entry)
{
	d->motions &= ~(1u << kind);
	return db_do(ctx,
		"update motion set state = $1, decided = $2 where court = $3 and docket = $4 and kind = $5 and state = 'open'",
		"titt" "t", state, (int64_t)entry, d->court, d->id, rule_motion_code(kind));
}

enum mc_err motion_end(struct ctx *ctx, struct docket *d, enum motion kind, bool granted, int entry)
{
	return motion_close(ctx, d, kind, granted ? "granted" : "refused", entry);
}

/* Whether some act decides this motion in this stage. */
static bool motion_decidable(enum motion kind, enum stage stage)
{
	for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++)
		if (rule_of(act)->decides == kind && rule_of(act)->in & ((uint32_t)1 << stage))
			return true;
	return false;
}

enum mc_err motion_lapse(struct ctx *ctx, struct docket *d, enum stage stage, int entry)
{
	enum mc_err err = MC_OK;
	for (enum motion m = MOTION_NONE + 1; m < MOTION_COUNT && !err; m++)
		if (d->motions & (1u << m) && !motion_decidable(m, stage))
			err = motion_close(ctx, d, m, "lapsed", entry);
	return err;
}

enum mc_err motion_list(struct ctx *ctx, const struct docket *d, struct motion_row **out, size_t *count)
{
	*out = arena_take(ctx->mem, MOTION_COUNT * sizeof **out);
	*count = 0;
	struct row *r = db_ask(ctx, "select kind, party, opened from motion where court = $1 and docket = $2 and state = 'open'"
		" order by number", "tt", d->court, d->id);
	while (*count < MOTION_COUNT && db_next(r))
		(*out)[(*count)++] = (struct motion_row){ rule_motion_find(db_text(r, 0)), (int)db_int(r, 1), (int)db_int(r, 2) };
	return db_broken(r) ? MC_STORE : MC_OK;
}
