/* jwt: a statement that somebody signed (JWS compact, RFC 7515; JWT, RFC 7519), checked with one of
 * the public keys that the signer publishes (JWK Set, RFC 7517). Signatures by public key alone:
 * RS256, ES256 (RFC 7518) and EdDSA with Ed25519 (RFC 8037). "none" and those by a shared
 * secret are refused, and so is a key of another kind than the algorithm's, so that nobody
 * chooses how they are checked (RFC 8725). */
#ifndef MC_JWT_H
#define MC_JWT_H
#include "object.h"

enum { JWT_MOST = 16 << 10, JWT_KEYS_MOST = 32 };       /* bytes of a statement; keys of a set */

enum jwt_fault {
	JWT_GOOD,
	JWT_MALFORMED,          /* no statement at all, or one that asks for what we do not know (crit) */
	JWT_ALGORITHM,          /* signed in a way that is refused */
	JWT_KEY,                /* no such key in the set: perhaps it is new; fetch the set again, once */
	JWT_SIGNATURE,          /* the key is there, the signature is not its */
};

struct jwt {
	const struct object *claims;
	const char *algorithm;          /* "RS256" */
};

enum jwt_fault jwt_read(struct arena *mem, const char *text, const struct object *keys, struct jwt *out);

/* What at_hash must be for this token (OpenID Connect Core 3.1.3.6). */
const char *jwt_half(struct arena *mem, const struct jwt *jwt, const char *token);

/* The bytes in base64url without padding (RFC 4648 section 5), NUL-terminated, and back: NULL for
 * whatever is not exactly that. */
const char *jwt_base64(struct arena *mem, const void *bytes, size_t n);
unsigned char *jwt_unbase64(struct arena *mem, const char *text, size_t n, size_t *size);

#endif
