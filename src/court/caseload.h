/* caseload: the lists with which a court works. The filing desk sees what came in and
 * how long it has lain there (seven days: 民诉法第126条; 登记立案规定第8条), what it
 * passed on to another court and where that stands now; judges see their own cases,
 * clerks, assistants and the president those of the court. Each list has a count and is
 * read in pages. */
#ifndef MC_CASELOAD_H
#define MC_CASELOAD_H
#include "docket.h"
#include "../base/cursor.h"

enum { CASELOAD_PAGE = 25, CASELOAD_MANY = 1000 };

/* Queues of the filing desk first, then those of the bench. */
enum caseload {
	CASELOAD_NEW,           /* under review, the oldest first */
	CASELOAD_CORRECTING,    /* sent back to be corrected */
	CASELOAD_FORWARD,       /* lies at this desk and is to be forwarded to another court */
	CASELOAD_COMING,        /* lies at another court's desk, for this court */
	CASELOAD_FORWARDED,     /* was forwarded from this desk: where it stands now */
	CASELOAD_UNDRAWN,       /* registered and without a judge */

	CASELOAD_ALL,           /* registered, the newest first */
	CASELOAD_DUE,           /* a limit ends today */
	CASELOAD_SERVE,         /* the complaint is to be served */
	CASELOAD_HEAR,          /* a hearing is set or open */
	CASELOAD_OVER,          /* a limit of the court is over, or the time for trial within 14 days of it, once the fee is paid; what is late longest first */
	CASELOAD_ASKED,         /* a motion waits for a decision, the oldest first */
	CASELOAD_COUNT
};

struct caseload_row {
	const char *court, *id, *number, *title, *cause, *desk, *judge; /* judge: person id, "" if none */
	enum stage stage;
	int64_t since, filed;
	bool runs;              /* a limit runs: the next one, or one of the court that is over */
	enum limit limit;
	int64_t ends;           /* its last day */
	int party;              /* whom it concerns, 0 the court */
	bool provisional;
	int64_t at;             /* its place in this list, for the next page */
};

/* One page of a list, after or back from a row (at, id). judge: only the cases of this person, "" for all of the court. */
struct caseload_ask {
	const char *court, *judge;
	enum caseload list;
	struct cursor from;
};

struct caseload_page {
	struct caseload_row *rows;
	size_t count;
	struct cursor_sides sides;
};

/* MC_DENIED "caseload.office" unless ctx->person holds the office for it in that court: filing clerk for
 * the desk's lists; clerk, assistant or president for all cases; judge for the own ones. */
enum mc_err caseload_read(struct ctx *ctx, const struct caseload_ask *ask, struct caseload_page *out);

/* How many there are, CASELOAD_MANY if that many or more. */
enum mc_err caseload_count(struct ctx *ctx, const struct caseload_ask *ask, int *count);

bool caseload_of_desk(enum caseload list);

#endif
