/* seat: in which court somebody works on this page. Most people hold offices in one court;
 * who holds them in several chooses, and the choice stands in the address (?court=132). */
#ifndef MC_SEAT_H
#define MC_SEAT_H
#include "page.h"
#include "view.h"
#include "../court/court.h"

struct seat {
	struct court court;
	unsigned held;          /* offices there, enum office */
	const char *code;       /* the court's */
	struct view_chips chips;        /* the courts to choose from; no chips if there is only one */
};

/* The court asked for, or the first in which ctx->person holds one of these offices. MC_DENIED
 * "caseload.office" if there is none. path: the page, for the chips. */
enum mc_err seat_find(struct ctx *ctx, const struct ask *ask, unsigned offices, const char *path, struct seat *out);


#endif
