/* webhook: an address of a program that is told when something happens in a case: in the cases of
 * the person who registered it, or, if an administrator did, in those of a court. What it is told
 * and when: dispatch.h. It has a secret of its own, told once and kept sealed, by which the
 * receiver knows that a message is ours (base/signature.h). */
#ifndef MC_WEBHOOK_H
#define MC_WEBHOOK_H
#include "../base/ctx.h"

#include <stddef.h>

enum { WEBHOOK_MOST = 10, WEBHOOK_FORMER = 86400 };     /* of one owner; seconds that an exchanged secret is still used */

struct sockaddr;

struct webhook {
	const char *court, *id;         /* court "0": the person's own cases */
	const char *person, *url, *host, *events;
	const char *secret, *former;    /* sealed */
	int64_t former_ends, since, failing;
	bool asleep;
};

/* Whether a message may go to this address, reached by http or https. */
bool webhook_reaches(const struct sockaddr *address, bool plain);

/* Registers an address for events (codes of acts in any writing, blanks or commas between them, "" for all)
 * and tells its secret. court: "" for one's own cases. Ask for the password first. MC_INVALID for
 * url, events or court; MC_CONFLICT "webhook.too_many". */
enum mc_err webhook_make(struct ctx *ctx, const char *court, const char *url, const char *events, const char **told);

/* Those of ctx->person and of the courts that ctx->person administers. */
enum mc_err webhook_list(struct ctx *ctx, struct webhook **out, size_t *count);

/* One of those; MC_UNKNOWN "webhook.unknown". */
enum mc_err webhook_find(struct ctx *ctx, const char *court, const char *id, struct webhook *out);

/* A new secret, told; for a day messages carry the signatures of both. */
enum mc_err webhook_rotate(struct ctx *ctx, const struct webhook *hook, const char **told);

/* With everything that waits for it. */
enum mc_err webhook_remove(struct ctx *ctx, const struct webhook *hook);

/* The value of webhook-signature. Not in a transaction: MC_STORE if the secret does not open. */
enum mc_err webhook_sign(struct ctx *ctx, const struct webhook *hook, const char *id, const char *body, const char **out);

/* "act.answer" of "ANSWER"; "test" of "TEST". */
const char *webhook_type(struct arena *mem, const char *code);

/* Reads a row of "select WEBHOOK_COLUMNS". */
#define WEBHOOK_COLUMNS "w.court, w.id, w.person, w.url, w.host, w.events, w.secret, w.former, w.former_ends, w.since, w.failing, w.state"
struct row;
struct webhook webhook_row(struct row *row);

#endif
