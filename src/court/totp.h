/* totp: an authenticator app as second proof (RFC 6238). The secret is shown once, counts when one
 * code made with it has come back, and is kept sealed with the server's key. A code holds for its
 * half minute and the one before and after, and is taken once. */
#ifndef MC_TOTP_H
#define MC_TOTP_H
#include "../base/ctx.h"

#include <stdbool.h>

/* Offers ctx->person a secret: a new one if fresh or if none is on offer, else the one already offered.
 * "" if the person has an app that was confirmed. Base 32. MC_CONFLICT "totp.set" if fresh and one is confirmed. */
enum mc_err totp_offer(struct ctx *ctx, bool fresh, const char **base32);
enum mc_err totp_withdraw(struct ctx *ctx);

/* Since when a person has an app, 0 if none (or if the database fails). */
int64_t totp_since(struct ctx *ctx, const char *person);

/* What a typed code leads to. Found outside of a transaction, taken inside of one: of two who
 * send the same code, one is served. step 0: the code is wrong. */
struct totp_match { const char *person; int64_t step; };
enum mc_err totp_match(struct ctx *ctx, const char *person, const char *code, bool confirmed, struct totp_match *out);

/* MC_INVALID "second.wrong" if there was no match or it was taken before. In a transaction only. */
enum mc_err totp_take(struct ctx *ctx, const struct totp_match *match);

/* Counts from now on; forgets it. In a transaction only. */
enum mc_err totp_confirm(struct ctx *ctx, const struct totp_match *match);
enum mc_err totp_drop(struct ctx *ctx, const char *person);

#endif
