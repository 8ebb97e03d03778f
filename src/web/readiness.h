/* readiness: whether this program can serve people now, and if not, why: for a load
 * balancer, and in more words for an operator. */
#ifndef MC_READINESS_H
#define MC_READINESS_H
#include "page.h"

struct readiness {
	const char *reason[8];          /* store, schema, disk, jobs, stopping; ends with NULL */
	int64_t disk_free;              /* bytes on the disk of the data directory; -1 if unknown */
	int64_t jobs_silent;            /* seconds since the jobs thread last looked; -1 if it never did */
};

/* Looks now. Ready if reason[0] is NULL. */
struct readiness readiness_look(struct ctx *ctx, const struct ask *ask);

#endif
