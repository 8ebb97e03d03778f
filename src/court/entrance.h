/* entrance: from a proof of who somebody is to the session, and what may lie between. Whoever has
 * set up a second proof gives it within five minutes, in the browser in which the first was given;
 * until then there is no session. Wrong codes count as failed tries to sign in. */
#ifndef MC_ENTRANCE_H
#define MC_ENTRANCE_H
#include "login.h"

enum { ENTRANCE_WAIT = 5 * 60 };        /* seconds for the second step */

/* second: the second proof is due, and start is empty. next: the page that was wanted. */
struct entrance { struct login_start start; bool second; const char *next; };

/* Goes in, or as far as the second step. visitor: the token that the forms of this browser carry. */
enum mc_err entrance_proved(struct ctx *ctx, const char *visitor, const struct login_proof *proof, const char *next,
			    struct entrance *out);

/* Who stands at the second step in this browser. MC_CONFLICT "second.over" if nobody does (any more). */
struct entrance_step { const char *person, *way, *next; };
enum mc_err entrance_step(struct ctx *ctx, const char *visitor, struct entrance_step *out);

/* Goes in with a code of the app, or one for its loss. MC_INVALID "second.wrong", "login.slow",
 * MC_CONFLICT "second.over". Not in a transaction. */
enum mc_err entrance_code(struct ctx *ctx, const char *visitor, const char *code, const char *address, struct entrance *out);

/* Goes in with a passkey, which is both proofs at once; a step that waits in this browser is over. Reasons
 * of passkey_prove(). Not in a transaction. */
struct webauthn_answer;
enum mc_err entrance_passkey(struct ctx *ctx, const char *visitor, const char *origin, const struct webauthn_answer *answer,
			     const char *address, const char *next, struct entrance *out);

#endif
