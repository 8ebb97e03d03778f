/* passkey: keys in people's own devices, with which they sign in without a password (W3C Web
 * Authentication). A device uses one only after it has verified its owner, by finger, face or PIN,
 * which it tells us and nothing more: a passkey is therefore both proofs at once. */
#ifndef MC_PASSKEY_H
#define MC_PASSKEY_H
#include "webauthn.h"

enum { PASSKEY_WAIT = 5 * 60, PASSKEY_MOST = 20 };      /* seconds for an answer; keys of one person */

struct passkey {
	const char *id, *credential, *name;
	int64_t since, used;            /* used 0: never */
	int64_t regressed;              /* since when its counter has gone back: a copy may exist; 0 never */
};

/* The name that keys are bound to: "court.example" of "https://court.example:8443". */
const char *passkey_rp(struct ctx *ctx, const char *origin);

/* 32 random bytes (base64url) for the browser whose forms carry this token; create: for a new key, else for
 * a use. Answered once, within five minutes. */
enum mc_err passkey_challenge(struct ctx *ctx, const char *visitor, bool create, const char **out);

/* The keys of a person, the oldest first. */
enum mc_err passkey_list(struct ctx *ctx, const char *person, struct passkey **out, size_t *count);

/* Keeps a new key of ctx->person under a name (1 to 60 characters). Reasons of webauthn_made(), and
 * "passkey.challenge", "passkey.name", "passkey.many", MC_CONFLICT "passkey.known". */
enum mc_err passkey_make(struct ctx *ctx, const char *visitor, const char *origin, const struct webauthn_answer *answer,
			 const char *name);

/* Who proves by this answer who they are. Reasons of webauthn_used(), "passkey.challenge",
 * "passkey.unknown", and "passkey.copied" if the key's counter went back (setting passkey_copy: refused
 * or only noted on the account). Not in a transaction. */
enum mc_err passkey_prove(struct ctx *ctx, const char *visitor, const char *origin, const struct webauthn_answer *answer,
			  const char **person);

/* Another name for a key of ctx->person: "passkey.name", MC_UNKNOWN. Opens a transaction. */
enum mc_err passkey_rename(struct ctx *ctx, const char *id, const char *name);

/* Forgets one key of ctx->person (MC_UNKNOWN); all of somebody. In a transaction only. */
enum mc_err passkey_remove(struct ctx *ctx, const char *id);
enum mc_err passkey_drop(struct ctx *ctx, const char *person);

#endif
