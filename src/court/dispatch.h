/* dispatch: what webhooks are told. An act leaves a row in the outbox; jobs makes a message of it
 * for every webhook that listens, and the courier (src/jobs/courier.h) sends them: at least once,
 * under the same id at every try, later each time, until setting webhook_patience is over. Whether
 * its owner may still see the case is asked before every try. A message names the case and the
 * entry and nothing else about anybody; who wants to know more asks with the rights of a token. */
#ifndef MC_DISPATCH_H
#define MC_DISPATCH_H
#include "webhook.h"
#include "../base/cursor.h"

#include <stdbool.h>

enum { DISPATCH_LEASE = 60, DISPATCH_REST = 30, DISPATCH_KEPT = 30 * 86400 };

/* A message for a webhook, for its owner to see. */
struct dispatch_message {
	const char *id, *type, *home, *docket, *state, *why, *detail;
	int64_t entry, at, due, tries, sent, status, took;
};

/* A webhook whose turn it is. */
struct dispatch_turn { const char *court, *id, *host; int64_t due; };

/* What is to be sent now, and where. */
struct dispatch {
	struct webhook hook;
	const char *id, *body, *signature;
	int64_t since, tries;
};

/* What became of it. */
struct dispatch_result { int64_t status, took; const char *why, *detail; };     /* why "" if it arrived */

/* One event for all who listen. In a transaction only; nothing if nobody does. */
enum mc_err dispatch_event(struct ctx *ctx, const char *court, const char *docket, int64_t entry, const char *act, int64_t at);

/* A message that says nothing; and one of before once more, under the same id (MC_UNKNOWN). */
enum mc_err dispatch_test(struct ctx *ctx, const struct webhook *hook);
enum mc_err dispatch_repeat(struct ctx *ctx, const struct webhook *hook, const char *id);

/* A page of those of the last DISPATCH_KEPT seconds, the latest first; of a cursor only the id counts. */
enum mc_err dispatch_list(struct ctx *ctx, const struct webhook *hook, const struct cursor *from, int64_t limit,
			  struct dispatch_message **out, size_t *count);

/* Whose turn it is at ctx->now, at most 64. */
enum mc_err dispatch_turns(struct ctx *ctx, struct dispatch_turn **out, size_t *count);

/* Puts a webhook off for some seconds: its host has enough to do. */
enum mc_err dispatch_wait(struct ctx *ctx, const struct dispatch_turn *turn, int64_t seconds);

/* Takes the next message of a webhook, for DISPATCH_LEASE seconds, so that no other process takes
 * it; MC_UNKNOWN (without a reason) if there is none to be sent or another process was faster. */
enum mc_err dispatch_take(struct ctx *ctx, const struct dispatch_turn *turn, struct dispatch *out);

/* Keeps what became of it. */
enum mc_err dispatch_note(struct ctx *ctx, const struct dispatch *what, const struct dispatch_result *result);

/* Forgets what was done a month ago. */
enum mc_err dispatch_sweep(struct ctx *ctx);

#endif
