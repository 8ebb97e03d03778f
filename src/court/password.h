/* password: what may be chosen, and how it is kept. After NIST SP 800-63B: at least
 * ten characters, none of the commonest, not one's own name or number, and no
 * other rule. Kept as argon2id (RFC 9106), two passes over 64 MiB, of which at most
 * two run at once, so that signing in can never take all memory. */
#ifndef MC_PASSWORD_H
#define MC_PASSWORD_H
#include "person.h"

#include <stdbool.h>

enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 200 };      /* characters */
enum { PASSWORD_AT_ONCE = 2, PASSWORD_QUEUE = 32 };     /* that are hashed, and that wait for it */

/* Whether this person may choose it; reasons are told for the form field. */
enum mc_err password_rule(struct ctx *ctx, const char *password, const struct person *person, const char *field);

/* The hash. Slow (0.1 s), never in a transaction. MC_STORE "login.busy" if PASSWORD_QUEUE wait already. */
enum mc_err password_hash(struct ctx *ctx, const char *password, const char **hash);

/* Compares; as slow for a person without password as for any other. *stale: right, but hashed
 * with older costs than today's. Errors as password_hash(). */
enum mc_err password_try(struct ctx *ctx, const char *person, const char *password, bool *right, bool *stale);

/* Puts a hash in place; first: given by a clerk, to be changed at once. In a transaction only. */
enum mc_err password_keep(struct ctx *ctx, const char *person, const char *hash, bool first);
bool password_first(struct ctx *ctx, const char *person);

/* Twelve letters and digits that cannot be mistaken for each other, in groups of four. */
const char *password_make(struct arena *mem);

#endif
