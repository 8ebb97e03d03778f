/* due: what wants doing in a case, when, and who sees to it. It all follows from the stage, the
 * limits, motions, papers and hearings of the case, so every act that has performed writes it down
 * anew, in its own transaction: whoever asks what a court has to do today reads rows in the order of
 * their days, and not its cases. Each thing has a row for every office that it is the work of, by the act
 * table, and one for the judge of the case. */
#ifndef MC_DUE_H
#define MC_DUE_H
#include "office.h"
#include "../law/rule.h"

enum due {
	DUE_LIMIT,              /* a limit of the court's, or one that the case waits for: its last day, also when it is over */
	DUE_SOON,               /* another party's limit: its last day; over, it is nobody's work */
	DUE_HEARING,            /* a hearing that is set or open: its hour */
	DUE_MOTION,             /* a motion to decide: since when */
	DUE_SERVICE,            /* papers that have not been received: when the oldest was sent */
	DUE_EFFECT,             /* the last day to appeal, of the party that has the longest */
	DUE_UNPAID,             /* the last day to pay the fee, where it is not paid */
	DUE_FORWARD,            /* papers at this desk that belong to another court: since when */
	DUE_UNDRAWN,            /* a case without a judge: since when */
	DUE_LATE,               /* one a case: a limit of the court is over, or the time for trial nearly: since which day */
	DUE_ASKED,              /* one a case: a motion waits for whoever decides it: since when */
	DUE_COUNT
};

enum {
	DUE_OLD = 180,          /* days: papers sent before that wait for nobody any more */
	DUE_WARNING = 14,       /* days before its end the time for trial counts as late */
};

const char *due_code(enum due kind);

/* Under which name an office finds its rows, and the role it gives in a case; a judge's are under the
 * person's id. */
enum { DUE_OFFICES = 4 };
extern const struct due_office { enum office office; unsigned role; const char *whose; } due_offices[DUE_OFFICES];

/* Writes down anew what is due in a case; nothing for one that is over. In a transaction only. */
enum mc_err due_settle(struct ctx *ctx, const char *court, const char *docket);

#endif
