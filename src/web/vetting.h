/* vetting: how an identity was established, in words, for the person's own account
 * and for the clerk who looks at it. */
#ifndef MC_VETTING_H
#define MC_VETTING_H
#include "pager.h"
#include "view.h"
#include "../court/verification.h"

struct view_verification_list *vetting_view(struct ctx *ctx, const struct verification *notes, size_t count);

/* Cuts what was read from here to one page, and says the way to the others. */
enum { VETTING_MOST = 20 };
void vetting_pager(struct ctx *ctx, const char *href, const struct cursor *from, struct verification *notes, size_t *count,
		   struct view_pager *out);

#endif
