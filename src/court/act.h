/* act: the only way anything happens in a case. act_perform() checks the person, the
 * stage, the motions and limits, the form; lets the act do what is special about it;
 * moves the stage; starts and stops limits; writes the papers and sends them; and
 * appends the docket entry: all in one transaction, or nothing at all. */
#ifndef MC_ACT_H
#define MC_ACT_H
#include "paper.h"
#include "../law/field.h"

/* An act being performed, as its special part sees it. */
struct act_work {
	struct docket *docket;
	enum act act;
	const struct rule *rule;
	struct form *form;      /* clean */
	int party;              /* the party it is done by or for, 0 the court */
	int entry;              /* number of the docket entry it becomes */
	bool late;
	int64_t event_day;      /* what limits run from: today, unless apply says otherwise */
	int64_t set_day;        /* last day of a limit that a person sets */
	enum stage to;          /* apply may decide it where the row says SAME */
	bool no_limits, no_papers, granted;
	enum act then;          /* what the program does next; apply may drop it */
	enum concerns served;   /* as in the row; apply may narrow it */
	struct form *values;    /* for the papers; apply adds to them */
	struct form *result;    /* what the caller is told beyond the entry, if anything */
};

struct act_choice { const char *value, *label, *help; };

/* What is special about an act. Any of them may be NULL. */
struct act_special {
	/* MC_OK if it can be done now; otherwise why not. Also decides whether it is offered. */
	enum mc_err (*ready)(struct ctx *, const struct docket *);
	/* What a PICK or TICKS field offers. */
	enum mc_err (*choices)(struct ctx *, const struct docket *, const struct field *,
			       struct act_choice **, size_t *);
	/* Values the form opens with. */
	enum mc_err (*preset)(struct ctx *, const struct docket *, struct form *);
	enum mc_err (*apply)(struct ctx *, struct act_work *);
	/* What wants doing in the case (due.h) is the same after it; only for an act that comes in hundreds. */
	bool steady;
};

/* One row per act, in roll.c: the only file that knows all features. NULL where nothing is special. */
extern const struct act_special *const act_roll[ACT_COUNT];

/* The row of an act, never NULL. */
const struct act_special *act_special(enum act act);

struct act_ask {
	const char *court, *docket;
	enum act act;
	const struct form *form;
	const char *how;        /* NULL: online */
	const char *seen;       /* the case as the caller saw it: beginnings of docket.head (ACT_SEEN digits), a
	                         * blank between two, one of which must still hold; NULL if it does not matter */
};

enum { ACT_SEEN = 16 };

/* MC_STALE, with what has happened since, unless the case is as it was seen. */
enum mc_err act_as_seen(struct ctx *ctx, const struct docket *docket, const char *seen);

struct act_done {
	int entry;
	const char *digest, *number;    /* of the entry; case number */
	int64_t at;
	enum stage stage;
	const struct form *result;
};

enum mc_err act_perform(struct ctx *ctx, const struct act_ask *ask, struct act_done *done);

/* How often this program was asked for an act, with this outcome. */
int64_t act_count(enum act act, enum mc_err outcome);

/* Whether the person of docket may do this act now; otherwise the reasons, with articles. */
enum mc_err act_may(struct ctx *ctx, const struct docket *docket, enum act act);

struct act_option { enum act act; int64_t until; int weight; };       /* until: last day, 0 if no limit runs */

/* What the person may do now, the next step first. */
enum mc_err act_open(struct ctx *ctx, const struct docket *docket, struct act_option **out, size_t *count);

/* The blank case that SUBMIT begins with, for drawing and checking its form. */
struct docket act_blank(const char *court, const char *id);

#endif
