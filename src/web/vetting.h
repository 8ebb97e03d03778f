/* vetting: how an identity was established, in words, for the person's own account
 * and for the clerk who looks at it. */
#ifndef MC_VETTING_H
#define MC_VETTING_H
#include "view.h"
#include "../court/verification.h"

struct view_verification_list *vetting_view(struct ctx *ctx, const struct verification *notes, size_t count);

#endif
