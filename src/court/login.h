/* login: who is asking. A person signs in with a number, mobile, e-mail or short name
 * and a password, or another proof; a session carries the browser from there (court/session).
 * Whether an account exists can be told neither from the answer nor from its time. */
#ifndef MC_LOGIN_H
#define MC_LOGIN_H
#include "person.h"
#include "token.h"

#include <stdbool.h>
#include <stddef.h>

/* Who a session, or a program's token, belongs to. verified: identity established and not
 * suspended; staff: may use an office in some court. */
struct login {
	const char *person, *name;
	const char *session;            /* digest of what was sent */
	const char *csrf;               /* "" for a program */
	bool verified, staff;
	const char *token;              /* what its owner calls the token; NULL for a browser's session */
	unsigned scopes;                /* of the token, enum token_scope */
	int64_t until;                  /* all this may be believed so long without being asked again, if no row of it changes */
	bool owes;                      /* must set up a second proof before anything else (setting second_staff) */
};

/* MC_SIGNIN, without a reason, if there is no such session or it has ended: signed out, unused for 12
 * hours, 7 days old, or 8 hours old for staff. */
enum mc_err login_of(struct ctx *ctx, const char *token, struct login *out);

/* The same for a program that sends a token. address: where it sits. Errors of token_find(). */
enum mc_err login_by_token(struct ctx *ctx, const char *text, const char *address, struct login *out);

/* A session that just began. The token goes into the cookie and is kept nowhere. */
struct login_start {
	const char *token, *person;
	bool first;                     /* the password was given by a clerk: it must be changed */
};

/* A proof of who somebody is, whatever it was. Signing in is two steps, login_prove() or another
 * proof and then login_begin(), so that a second factor has its place between them. */
struct login_proof {
	const char *person;
	const char *way;        /* a word, and after a space whose: "password", "passkey", "provider NAME" */
	const char *address;    /* where the caller sits ("203.0.113.7") */
	const char *attempt;    /* the counted try that succeeded with this, "" if none was counted */
};

/* Proves by password. account: any name under which the person is known. Slow; not in a transaction.
 * MC_INVALID "login.wrong" for an unknown account and for a wrong password alike;
 * MC_BUSY "login.slow" (arg[0]: minutes to wait) after 5 failures of that name or 50 of
 * the block of addresses in 15 minutes; MC_STORE "login.busy" when too many sign in at once. The try counts
 * as a failure until the session begins. */
enum mc_err login_prove(struct ctx *ctx, const char *account, const char *password, const char *address,
			struct login_proof *out);

/* Counts a try of another proof by proof->person from proof->address, before it is looked at; sets
 * proof->attempt. "login.slow". */
enum mc_err login_try(struct ctx *ctx, struct login_proof *proof);

/* Begins the session of who has proved it, ending the session in which this is asked. */
enum mc_err login_begin(struct ctx *ctx, const struct login_proof *proof, struct login_start *out);

/* Both, for whom a password is enough. */
enum mc_err login_in(struct ctx *ctx, const char *account, const char *password, const char *address,
		     struct login_start *out);

/* ctx->person, who is signed in, gives the password once more before something that lasts longer
 * than the session (a token, a key, a linked account). Slow; not in a transaction. MC_INVALID
 * "password.old_wrong" for this field; "login.slow", "login.busy". */
enum mc_err login_again(struct ctx *ctx, const char *password, const char *field);

/* Registers a person with a password and signs in. Slow; not in a transaction. Errors of
 * person_check(), password_rule() and person_add(), and "login.slow" for the block. */
enum mc_err login_register(struct ctx *ctx, struct person *person, const char *password, const char *address,
			   struct login_start *out);

/* Changes the password of ctx->person, who gives the old one, and ends all other sessions. Slow. */
enum mc_err login_change(struct ctx *ctx, const char *old, const char *fresh);

/* Gives a person whose documents a clerk has seen a first password, told once, and ends all that
 * person's sessions; a second proof is no longer asked for. Which document was seen (source) and by
 * whom stays on the person's record, which that person reads. For clerks; for staff only by an administrator of a court they serve. Slow. */
enum mc_err login_renew(struct ctx *ctx, const char *person, const char *source, const char **password);

/* Forgets tries, sessions and tokens in their time. Opens a transaction. */
enum mc_err login_sweep(struct ctx *ctx);

#endif
