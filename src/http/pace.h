/* pace: how often somebody may ask, so that one program in a loop does not take the court
 * from the others. Each person, each token, and of strangers each block of addresses has an
 * allowance a minute for reading, acting, signing in and sending files (settings pace_*, 0 is
 * none); a quiet minute may be spent at once. The allowances are kept in memory of a
 * fixed size: where it is full, the one that is longest unused is forgotten. Who calls from
 * this machine itself, without a front that speaks for others, is not held up. The method is
 * the generic cell rate algorithm (ITU-T I.371); headers as in
 * draft-ietf-httpapi-ratelimit-headers. */
#ifndef MC_PACE_H
#define MC_PACE_H
#include "route.h"

struct pace;

enum pace_kind { PACE_READ, PACE_ACT, PACE_SIGN_IN, PACE_UPLOAD, PACE_KINDS };

/* With the allowances of the settings. */
struct pace *pace_begin(struct arena *mem);

/* Counts one request of this name at this instant (microseconds). 0 if it may go on, else the
 * microseconds until the next may; *left is what may follow at once. Any thread. */
int64_t pace_count(struct pace *pace, enum pace_kind kind, const char *who, int64_t now, int64_t *left);

/* Counts the request that ask is. MC_BUSY "pace.busy" (429) with reply->retry, if it comes too soon. What
 * it says in reply lives in mem. */
enum mc_err pace_admit(struct ctx *ctx, struct pace *pace, const struct ask *ask, const struct route *route,
		       struct arena *mem, struct reply *reply);

#endif
