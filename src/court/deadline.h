/* deadline: the limits that run in a case: started and stopped by acts, counted by the
 * law, shown to whom they concern. What has ended is marked; what follows from it is
 * for a person to decide. */
#ifndef MC_DEADLINE_H
#define MC_DEADLINE_H
#include "docket.h"

struct deadline {
	int number;
	enum limit limit;
	int party;              /* 0 the court */
	int64_t event, ends;    /* days */
	bool provisional, open;
};

/* Starts a limit for everybody it concerns. set_day is the last day of a limit that a
 * person sets, 0 where the law counts it. The limit of a trial is that of the case's procedure. */
enum mc_err deadline_start(struct ctx *ctx, const struct docket *docket, enum limit limit, enum concerns whom,
			   int actor, int64_t event_day, int64_t set_day, int entry);
/* The same for one party. */
enum mc_err deadline_start_for(struct ctx *ctx, const struct docket *docket, enum limit limit, int party,
			       int64_t event_day, int64_t set_day, int entry);
enum mc_err deadline_stop(struct ctx *ctx, const struct docket *docket, enum limit limit, enum concerns whom,
			  int actor, int entry);
/* All that run in the case: it is over here. */
enum mc_err deadline_stop_all(struct ctx *ctx, const struct docket *docket, int entry);

/* The newest limit of this kind of a party, open or not; MC_UNKNOWN if it never ran. */
enum mc_err deadline_of(struct ctx *ctx, const struct docket *docket, enum limit limit, int party, struct deadline *out);

/* Limits that run were counted into a year without a notice of its rest days: counts them again by the
 * calendar in force, and rings for whom they concern. *settled: how many are provisional no more; *moved: how
 * many of them end on another day now (民诉法第85条第3款). Opens transactions, some hundred limits each;
 * done again it goes on where it was. */
enum mc_err deadline_recount(struct ctx *ctx, int64_t *settled, int64_t *moved);

/* All open ones of a case, soonest first. */
enum mc_err deadline_list(struct ctx *ctx, const struct docket *docket, struct deadline **out, size_t *count);

#endif
