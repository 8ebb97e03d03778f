/* attestation: asks the identity service of the court (a public security or telecom
 * platform behind it) whether a number, a name and a mobile belong together, so that
 * most people need not come to a window (在线诉讼规则 art. 7). Switched on by the
 * settings: identity_url and identity_secret. What goes over the
 * wire, and how both sides sign it, is written in docs/identity-service.md. */
#ifndef MC_ATTESTATION_H
#define MC_ATTESTATION_H
#include "person.h"

#include <stdbool.h>

struct attestation {
	const char *result;             /* "match", "mismatch" or "unknown" */
	const char *reference;          /* the service's own, at most 100 characters */
};

bool attestation_on(void);

/* Asks. Slow (up to 8 s), never in a transaction. MC_STORE "attestation.no_answer" if the service
 * cannot be reached, is late, or answers without the right signature. */
enum mc_err attestation_ask(struct ctx *ctx, const struct person *person, struct attestation *out);

/* Asks and puts the answer on record, as verification_attested() says; no answer leaves the person to
 * a clerk and is no error. Does nothing while switched off. Slow. */
enum mc_err attestation_perform(struct ctx *ctx, const char *person);

/* HMAC-SHA-256 (RFC 2104) of two texts with a line feed between them, in hex; for tests and services. */
const char *attestation_sign(struct arena *mem, const char *secret, const char *first, const char *second);

#endif
