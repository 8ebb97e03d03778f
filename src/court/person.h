/* person: real-name registration (在线诉讼规则 art. 7). A natural person with a citizen
 * number or a passport, or an organisation with its credit code, its legal
 * representative and the person who runs the account, registers once; how somebody is
 * then verified, so that acts can be done in that name, is in verification.h. */
#ifndef MC_PERSON_H
#define MC_PERSON_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

enum person_kind { PERSON_CITIZEN = 1, PERSON_PASSPORT, PERSON_ORGANISATION };
enum person_state { PERSON_REGISTERED = 1, PERSON_VERIFIED, PERSON_SUSPENDED };

struct person {
	const char *id;
	enum person_kind kind;
	const char *number;             /* as person_number() writes it */
	const char *name, *mobile, *email, *address;
	const char *representative, *representative_number;     /* organisations only */
	const char *operator, *operator_number;                 /* organisations only: who runs the account */
	enum person_state state;
	int64_t waiting;                /* since when a clerk should look; 0 if nobody need */
	int64_t since;
	enum lang lang;
};

const char *person_kind_key(enum person_kind kind);     /* language keys: "person.citizen" ... */
const char *person_state_key(enum person_state state);  /* "person.state.verified" ... */
enum person_kind person_kind_of(const char *word);      /* "citizen", "passport", "organisation"; 0 if none */

/* A number as it is kept: blanks and hyphens gone, full-width forms made plain, capitals. */
const char *person_number(struct arena *mem, const char *typed);

/* The number with its middle hidden, for lists: 110******0011. */
const char *person_number_masked(struct arena *mem, const char *number);

enum mc_err person_load(struct ctx *ctx, const char *id, struct person *out);           /* MC_UNKNOWN */
enum mc_err person_by_number(struct ctx *ctx, enum person_kind kind, const char *number,
			     struct person *out);                                       /* MC_UNKNOWN */
/* "" if there is no such person. */
const char *person_name(struct ctx *ctx, const char *id);

/* Cleans the typed values and checks them; all reasons, each with its field. */
enum mc_err person_check(struct ctx *ctx, struct person *person);

/* Enters a checked person, who gets an id and waits for verification. MC_CONFLICT
 * with the reason "person.cannot_register", which does not say more, when the number has an account. In a
 * transaction only. */
enum mc_err person_add(struct ctx *ctx, struct person *person);

/* One's own data. Before verification everything but the kind can be put right,
 * and the person waits for a clerk again; afterwards only mobile, e-mail, address
 * and language: a new name or number needs a clerk. */
enum mc_err person_correct(struct ctx *ctx, const struct person *person);

/* On verification: the mobile and the e-mail, which nobody signs in with who only claims them, now sign in
 * the verified person. In a transaction only. */
enum mc_err person_claim(struct ctx *ctx, const char *id);

/* The names under which somebody signs in. person_called() adds one (staff: a short
 * name) in a transaction; MC_CONFLICT if another person has it. */
enum mc_err person_called(struct ctx *ctx, const char *id, const char *name);
enum mc_err person_by_account(struct ctx *ctx, const char *typed, const char **id);     /* MC_UNKNOWN */
/* The name as it is kept and compared: an e-mail in small letters, a number as person_number(). */
const char *person_account(struct arena *mem, const char *typed);

struct cursor;

/* Who waits for verification, longest first (from: at the hour, id the person); and a search by whole
 * number, mobile or the beginning of the name (key the name, id the person). At most limit (1 to 201)
 * after, or back from, that row. For filing clerks and administrators of any court; others get MC_DENIED. */
enum mc_err person_waiting(struct ctx *ctx, const struct cursor *from, int64_t limit, struct person **out, size_t *count);
enum mc_err person_search(struct ctx *ctx, const char *words, const struct cursor *from, int64_t limit, struct person **out,
			  size_t *count);
enum mc_err person_clerk(struct ctx *ctx);      /* MC_DENIED unless filing clerk or administrator */

#endif
