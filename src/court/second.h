/* second: the second proof that somebody gives after the password, and the codes for whoever lost
 * what makes it. Ten codes are told once, each replaces one proof once; only digests are kept. */
#ifndef MC_SECOND_H
#define MC_SECOND_H
#include "../base/ctx.h"

#include <stdbool.h>

enum { SECOND_CODES = 10 };
struct second_codes { const char *code[SECOND_CODES]; };

/* Since when this person gives a second proof; 0 if none is asked for. */
enum mc_err second_since(struct ctx *ctx, const char *person, int64_t *since);
enum mc_err second_codes_left(struct ctx *ctx, const char *person, int *left);

/* ctx->person types the first code of the app that totp_offer() gave: from now on it is asked for.
 * MC_INVALID "second.wrong". */
enum mc_err second_confirm(struct ctx *ctx, const char *code, struct second_codes *out);

/* ctx->person gives a passkey after the password; who has none gets MC_CONFLICT "second.no_passkey". */
enum mc_err second_by_passkey(struct ctx *ctx, struct second_codes *out);

/* Forgets a passkey of ctx->person; with the last one, if there is no app, no second proof is asked for. */
enum mc_err second_lose_passkey(struct ctx *ctx, const char *id);

/* New codes for ctx->person instead of all earlier ones. MC_CONFLICT "second.off" if no second proof is asked for. */
enum mc_err second_renew_codes(struct ctx *ctx, struct second_codes *out);

/* ctx->person no longer uses an app, and gives no second proof any more. */
enum mc_err second_remove(struct ctx *ctx);

/* Whether a typed code (of the app or one for its loss) is right, and then it is used up. lost: it
 * was one for the loss. MC_INVALID "second.wrong" for the field "code". The match is made before the
 * transaction and taken inside of it. */
struct second_try;
enum mc_err second_try(struct ctx *ctx, const char *person, const char *typed, struct second_try **out);
enum mc_err second_take(struct ctx *ctx, const struct second_try *try, bool *lost);

/* Takes all of it away: whose access a clerk renews has lost what made the proof, passkeys too. In a transaction only. */
enum mc_err second_drop(struct ctx *ctx, const char *person);

#endif
