/* webauthn: what a browser says when a passkey was made or used (W3C Web Authentication, Level 3),
 * read and checked. Everything comes from outside: lengths are looked at before bytes are. Signatures
 * and COSE keys are read by libfido2, which does nothing else all day.
 *
 * Attestation is not asked for ("none") and not looked at if it comes: it would tell the maker of a
 * device, and a court is open to all of them; nothing is decided on it. */
#ifndef MC_WEBAUTHN_H
#define MC_WEBAUTHN_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

enum webauthn_algorithm { WEBAUTHN_ES256 = -7, WEBAUTHN_EDDSA = -8, WEBAUTHN_RS256 = -257 };

/* What one answer must match. */
struct webauthn_expected {
	const char *type;               /* "webauthn.create" or "webauthn.get" */
	const char *origin;             /* "https://court.example:8443" */
	const char *rp;                 /* "court.example" */
};

/* What a browser sends: the members of the response's JSON (base64url each). */
struct webauthn_answer {
	const char *id;                 /* of the credential */
	const char *client_data;        /* clientDataJSON */
	const char *authenticator_data; /* authenticatorData */
	const char *signature, *user;   /* of a use: signature, userHandle ("" if none) */
};

struct webauthn_key {
	enum webauthn_algorithm algorithm;
	const char *bytes;              /* hex */
	const char *id;                 /* base64url */
	int64_t counter;
};

/* The challenge that an answer names, as it was given; MC_INVALID "passkey.broken" if it is no answer. */
enum mc_err webauthn_challenge(struct ctx *ctx, const struct webauthn_answer *answer, const char **challenge);

/* A new key: type, origin, relying party, presence and verification of the user are right.
 * MC_INVALID "passkey.broken", "passkey.origin", "passkey.unverified", "passkey.algorithm". */
enum mc_err webauthn_made(struct ctx *ctx, const struct webauthn_expected *expected, const struct webauthn_answer *answer,
			  struct webauthn_key *out);

/* A use of this key: the same, and the signature; *counter is what the device counts. Further reason
 * MC_INVALID "passkey.signature". */
enum mc_err webauthn_used(struct ctx *ctx, const struct webauthn_expected *expected, const struct webauthn_answer *answer,
			  const struct webauthn_key *key, int64_t *counter);

#endif
