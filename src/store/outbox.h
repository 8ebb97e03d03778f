/* outbox: what must happen after an act, written in the same transaction and
 * done later by jobs: deliver a paper, count a missed limit, call a payment
 * service. A row is done once; a failure is tried again, later each time. */
#ifndef MC_OUTBOX_H
#define MC_OUTBOX_H
#include "../base/ctx.h"

#include <stddef.h>

enum { OUTBOX_LONGEST = 6 * 3600 };     /* seconds that a row waits for at most, after any number of failures */

struct outbox_row {
	const char *court, *id, *kind, *docket, *body;  /* body: a JSON object */
	int64_t due;
	int tries;
};

/* Only inside db_together(). The row is there if the act is. */
enum mc_err outbox_put(struct ctx *ctx, const char *court, const char *kind,
		       const char *docket, const char *body, int64_t due);
/* The oldest rows that are due at ctx->now, at most most of them, oldest first; those that
 * were put in one act in the order in which they were put (see id). They stay until they are done. */
enum mc_err outbox_due(struct ctx *ctx, size_t most, struct outbox_row **out, size_t *count);

/* The oldest of them; MC_UNKNOWN (without a reason) when there is none. */
enum mc_err outbox_next(struct ctx *ctx, struct outbox_row *out);

/* Removes the row: call it in the act that does the work, so that both happen or
 * neither. MC_CONFLICT if someone else was faster. What happens outside the store
 * (a mail, a payment) cannot be undone with the act and may be asked for twice:
 * give the service the row's id to tell repeats. */
enum mc_err outbox_done(struct ctx *ctx, const struct outbox_row *row);
/* Notes why it failed; due again after 30 s, then twice as long each time, at most
 * six hours. Never given up by itself. */
enum mc_err outbox_again(struct ctx *ctx, const struct outbox_row *row, const char *why);

/* Those seconds, after so many failures before (0 the first time): for queues of their own. */
int64_t outbox_pause(int tries);

/* Called on the writer's thread after a commit in which rows were put; jobs sets
 * it. It must be quick and must not use the store. */
void outbox_on_commit(void (*wake)(void));

#endif
