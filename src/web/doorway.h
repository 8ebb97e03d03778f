/* doorway: what the browser gets when somebody has proved who they are, by whatever means: the
 * session's cookie and the page they wanted, or first the page of the second step. */
#ifndef MC_DOORWAY_H
#define MC_DOORWAY_H
#include "page.h"

struct entrance;
struct login_proof;

/* Goes in, or to the second step. next: a path of this site. */
enum mc_err doorway_proved(struct ctx *ctx, const struct ask *ask, struct reply *reply, const struct login_proof *proof,
			   const char *next);

/* The session has begun: cookie, and on to entrance->next, or first to a password of one's own. */
enum mc_err doorway_in(struct ctx *ctx, const struct ask *ask, struct reply *reply, const struct entrance *entrance);

#endif
