/* key: the secret of this server, 32 bytes made by chance at first use and kept in
 * DIRECTORY/server.key, readable for its owner only. Strangers' form tokens are made from it, and
 * what must be kept so that it can be read again (an authenticator's secret, a webhook's) lies in
 * the database only sealed with it: whoever has the database alone has nothing. It belongs into
 * every backup; without it sealed things are lost, and nothing else. */
#ifndef MC_KEY_H
#define MC_KEY_H
#include "../base/ctx.h"

#include <stddef.h>

struct key { unsigned char bytes[32]; };

/* Reads the key in this directory, making it if there is none. MC_STORE if it can be neither read nor made. */
enum mc_err key_open(struct ctx *ctx, const char *directory, struct key *out);

/* Seals n bytes (at most 4,096) for one purpose, e.g. "totp PERSON", as hex text, with the key of the store
 * of ctx->db (XChaCha20-Poly1305). Sealed for another purpose it does not open. Not in a transaction. */
enum mc_err key_seal(struct ctx *ctx, const char *purpose, const void *bytes, size_t n, const char **sealed);

/* Opens; *out is in ctx->mem, *n bytes and a NUL. MC_STORE if the key is another or the text was changed. */
enum mc_err key_unseal(struct ctx *ctx, const char *purpose, const char *sealed, unsigned char **out, size_t *n);

#endif
