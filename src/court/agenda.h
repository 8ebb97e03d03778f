/* agenda: what wants doing today in a court, for somebody who works there: limits that
 * end within three days or are over, hearings of today and tomorrow, motions to decide,
 * papers that have not been received after five days, judgments that may have taken
 * effect, fees that were not paid in time, cases without a judge. What may follow from an
 * ended limit is proposed in words and left to the person; nothing happens by itself. */
#ifndef MC_AGENDA_H
#define MC_AGENDA_H
#include "docket.h"
#include "../base/cursor.h"

enum { AGENDA_SOON = 3, AGENDA_UNSERVED = 5, AGENDA_PAGE = 25, AGENDA_MANY = 1000 };

enum agenda_kind {
	AGENDA_LIMIT,           /* a limit ends soon or is over: its day */
	AGENDA_HEARING,         /* a hearing: its hour */
	AGENDA_MOTION,          /* a motion waits for this person's decision */
	AGENDA_SERVICE,         /* papers sent and not received: when the oldest was sent */
	AGENDA_EFFECT,          /* proposed: the judgment may be certified as effective */
	AGENDA_UNPAID,          /* proposed: the fee was not paid in time */
	AGENDA_FORWARD,         /* papers to be forwarded to another court */
	AGENDA_UNDRAWN,         /* registered and without a judge */
	AGENDA_COUNT
};

struct agenda_task {
	enum agenda_kind kind;
	const char *court, *id, *number, *title, *cause;
	enum limit limit;       /* of LIMIT and UNPAID */
	const char *whose;      /* name of the party whose limit it is, "" the court's */
	enum motion motion;
	const char *what;       /* of SERVICE the code of the paper, of HEARING the place, of FORWARD the court */
	int papers;             /* of SERVICE: how many wait */
	int64_t day, at;        /* the last day; the hour */
	bool over;
	enum act act;           /* what this person may do about it, ACT_NONE for only looking */
	struct cursor place;    /* its place among those of its kind */
};

/* One page of one kind, after or back from a task. */
struct agenda_ask {
	const char *court;
	enum agenda_kind kind;
	struct cursor from;
};

struct agenda_page {
	struct agenda_task *tasks;
	size_t count;
	struct cursor_sides sides;
};

/* The tasks of ctx->person in this court, by day or hour. MC_DENIED "caseload.office" for somebody
 * without an office there that deals with cases. */
enum mc_err agenda_read(struct ctx *ctx, const struct agenda_ask *ask, struct agenda_page *out);

/* How many there are of this kind, AGENDA_MANY if that many or more. */
enum mc_err agenda_count(struct ctx *ctx, const struct agenda_ask *ask, int *count);

#endif
