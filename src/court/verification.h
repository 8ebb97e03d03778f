/* verification: how it is established that a registered person is who they say
 * (在线诉讼规则 art. 7). A filing clerk compares the documents, or the identity service
 * answers. Kept is by what means, against what, by whom, when and with which result;
 * never a picture of a face or another biometric. Nobody decides on oneself, and
 * every decision is guarded: of two clerks only the first wins (MC_CONFLICT). */
#ifndef MC_VERIFICATION_H
#define MC_VERIFICATION_H
#include "../base/cursor.h"

#include <stddef.h>

struct verification {
	const char *id;
	const char *method;     /* "document", "service" or "decision" */
	const char *source;     /* what was compared with */
	const char *result;     /* "verified", "mismatch", "unknown", "refused", "suspended", "restored", "renewed" */
	const char *reason, *reference;
	const char *by;         /* the clerk's name; "" for the service */
	int64_t at;
};

/* A page of what happened to a person, the newest first; of a cursor only the id counts. For the person and for
 * clerks. */
enum mc_err verification_list(struct ctx *ctx, const char *person, const struct cursor *from, int64_t limit,
			      struct verification **out, size_t *count);

/* What a clerk decides. grant: the documents agree; source says which were seen and where.
 * refuse: the person stays registered and reads the reason. suspend, restore: a verified account. */
enum mc_err verification_grant(struct ctx *ctx, const char *person, const char *source);
enum mc_err verification_refuse(struct ctx *ctx, const char *person, const char *reason);
enum mc_err verification_suspend(struct ctx *ctx, const char *person, const char *reason);
enum mc_err verification_restore(struct ctx *ctx, const char *person, const char *reason);

/* What the identity service answered: "match" verifies a natural person; for an organisation
 * it is only noted, because a clerk must still see the authority of the one who runs the
 * account. "mismatch" and "unknown" are noted for the clerk. */
enum mc_err verification_attested(struct ctx *ctx, const char *person, const char *result, const char *reference);

/* Verifies without a clerk, for setting up a network. In a transaction only. */
enum mc_err verification_found(struct ctx *ctx, const char *person, const char *source);

/* Notes that a clerk, having seen this document, gave the person a new first password. In a transaction only. */
enum mc_err verification_renewed(struct ctx *ctx, const char *person, const char *source);

/* Whoever becomes verified is announced to jobs by an outbox row on the shelf of the nation, with
 * kind VERIFICATION_NEWS and body {"person":"ID"}, so that cases that await this number are linked. */
#define VERIFICATION_NEWS "person.verified"

#endif
