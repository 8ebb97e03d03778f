/* signature: how a message to a webhook is signed, by the Standard Webhooks specification
 * (standardwebhooks.com): HMAC-SHA256 over "ID.TIMESTAMP.BODY", in the headers webhook-id,
 * webhook-timestamp and webhook-signature; the last may hold several, while a secret is being
 * exchanged. */
#ifndef MC_SIGNATURE_H
#define MC_SIGNATURE_H
#include <stddef.h>
#include <stdint.h>

enum { SIGNATURE_SECRET = 32 };         /* bytes of a secret */

struct arena;

/* "v1," and the base64 of the HMAC. */
const char *signature_of(struct arena *mem, const unsigned char *secret, size_t n, const char *id, int64_t at,
			 const char *body);

/* A secret as its owner gets it: "whsec_" and its base64. */
const char *signature_told(struct arena *mem, const unsigned char *secret, size_t n);

#endif
