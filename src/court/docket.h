/* docket: the case itself, as the person who asks may see it: its stage, its
 * parties, and where that person stands in it. Somebody who has no standing learns
 * nothing, not even that the case exists. */
#ifndef MC_DOCKET_H
#define MC_DOCKET_H
#include "../law/rule.h"

#include <stddef.h>

#define DOCKET_SYSTEM "system"  /* the person who does what time and machines do */

enum side { SIDE_NONE, SIDE_PLAINTIFF, SIDE_DEFENDANT };

struct party {
	int number;
	enum side side;
	const char *kind, *name, *identity, *representative, *phone, *address;
	const char *person;     /* account, "" if none */
	bool reached;           /* the case may be shown to this party */
	bool eservice;          /* agreed to electronic service */
};

struct docket {
	const char *court, *id, *number, *cause, *process, *title, *facts, *desk, *judge, *head;
	enum stage stage;
	int64_t since, claim, filed, registered;
	int entries;
	struct party *parties;
	size_t parties_count;
	unsigned motions;       /* open ones, 1 << MOTION_X */

	unsigned roles;         /* of ctx->person, enum role */
	int party;              /* the party that ctx->person is or acts for, 0 if none */
	int agency;             /* the authority it acts under, 0 if in person */
	bool special;           /* that authority is special */
};

/* MC_UNKNOWN if there is no such case or ctx->person has no standing in it. */
enum mc_err docket_load(struct ctx *ctx, const char *court, const char *id, struct docket *out);

const struct party *docket_party(const struct docket *docket, int number);  /* NULL if none */
const char *docket_names(struct ctx *ctx, const struct docket *docket, enum side side); /* 张伟、李娜 */
bool docket_concerns(enum concerns whom, const struct docket *docket, int actor, const struct party *party);

/* Next free number in a per-case table; only inside a transaction. table is one of the
 * literals in docket.c. */
enum docket_series { SERIES_DEADLINE, SERIES_MOTION, SERIES_PAPER, SERIES_SERVED, SERIES_AGENCY,
		     SERIES_ITEM, SERIES_HEARING, SERIES_FEE, SERIES_DRAW, SERIES_PARTY, SERIES_COUNT };
enum mc_err docket_next(struct ctx *ctx, const struct docket *docket, enum docket_series series, int *number);

/* Gives the next case number of this court, series and year: no gap, none twice. */
enum mc_err docket_case_number(struct ctx *ctx, const char *court, const char *sign, const char *series,
			       int year, const char **number);

#endif
