/* pager: the way through a long list. Every list is read on from the row that was shown last
 * (keyset), so its hundred-thousandth page costs what the first does; nothing counts rows to
 * leave out. A page shows the way as buttons, a program finds it in Link (RFC 8288). */
#ifndef MC_PAGER_H
#define MC_PAGER_H
#include "page.h"
#include "view.h"
#include "../base/cursor.h"

/* Which part of the list the request asks for (?from=). MC_INVALID "cursor.unknown". */
enum mc_err pager_from(struct ctx *ctx, const struct ask *ask, struct cursor *from);

/* The way from the rows shown, whose places are first and last, to both sides. href: the list, with the
 * values that choose it. If nothing is left on this page the way back is the beginning. */
void pager_fill(struct ctx *ctx, const char *href, struct cursor_sides sides, const struct cursor *first, const struct cursor *last,
		struct view_pager *out);

/* The list of what was found by these words: "/people?q=..."; without words the list itself. */
const char *pager_sought(struct ctx *ctx, const char *href, const char *words);

/* Says the way of pager in the headers too. */
void pager_link(struct ctx *ctx, const struct view_pager *pager, struct reply *reply);

#endif
