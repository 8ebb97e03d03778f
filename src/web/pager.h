/* pager: the way through a long list. Every list is read on from the row that was shown last
 * (keyset), so its hundred-thousandth page costs what the first does; nothing counts rows to
 * leave out. A page shows the way as buttons, a program finds it in Link (RFC 8288). */
#ifndef MC_PAGER_H
#define MC_PAGER_H
#include "page.h"
#include "view.h"

/* Says the way of pager in the headers too. */
void pager_link(struct ctx *ctx, const struct view_pager *pager, struct reply *reply);

#endif
