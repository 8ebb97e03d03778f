/* absence: days on which a judge takes no new case (holidays, illness, other work). The
 * president notes them; the draw of the judge leaves out who is away (人民法院组织法
 * art. 29; bench.h). Cases that the judge has already stay where they are. */
#ifndef MC_ABSENCE_H
#define MC_ABSENCE_H
#include "../base/cursor.h"

#include <stddef.h>

enum { ABSENCE_LONGEST = 366 };

struct absence {
	const char *person, *name;
	int64_t first, last;    /* days, both included */
	const char *reason;
};

/* A page of those that last or are to come, whoever is back first before the others; of a cursor at (the last
 * day) and id (the person) count. All three: MC_DENIED "absence.president" unless ctx->person is president
 * of the court. */
enum mc_err absence_list(struct ctx *ctx, const char *court, const struct cursor *from, int64_t limit,
			 struct absence **out, size_t *count);

/* Notes one. MC_INVALID with its field for somebody who is no judge there, days that are the wrong
 * way round, past or more than a year, no reason or too long a one; MC_CONFLICT "absence.overlap".
 * Opens a transaction. */
enum mc_err absence_note(struct ctx *ctx, const char *court, const struct absence *absence);

/* Takes one back. Opens a transaction. */
enum mc_err absence_drop(struct ctx *ctx, const char *court, const char *person, int64_t first);

#endif
