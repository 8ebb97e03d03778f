/* outbox: what must happen after an act, written in the same transaction and
 * done later by jobs: deliver a paper, count a missed limit, call a payment
 * service. A row is done once; a failure is tried again, later each time. */
#ifndef MC_OUTBOX_H
#define MC_OUTBOX_H
#include "../base/ctx.h"

struct outbox_row {
	const char *court, *id, *kind, *docket, *body;  /* body: a JSON object */
	int64_t due;
	int tries;
};

enum mc_err outbox_put(struct ctx *ctx, const char *court, const char *kind,
		       const char *docket, const char *body, int64_t due);
/* The oldest row that is due, MC_UNKNOWN when there is none. */
enum mc_err outbox_next(struct ctx *ctx, struct outbox_row *out);
enum mc_err outbox_done(struct ctx *ctx, const struct outbox_row *row);
enum mc_err outbox_again(struct ctx *ctx, const struct outbox_row *row, const char *why);

/* Called on the writer's thread after a commit in which rows were put; jobs sets it. */
void outbox_on_commit(void (*wake)(void));

#endif
