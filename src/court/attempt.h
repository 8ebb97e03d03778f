/* attempt: tries to prove who one is, counted, so that nobody guesses. A try counts as a failure
 * from before it is looked at until it has succeeded: a hundred at once get no more guesses than
 * one after the other. Counted are the name that was typed, whether or not anybody has it, the person once
 * it is known who that is, and the block of addresses that the tries come from. */
#ifndef MC_ATTEMPT_H
#define MC_ATTEMPT_H
#include "../base/ctx.h"

/* One try. who and block may be "": then that is not counted. */
struct attempt {
	const char *who;        /* from attempt_who() */
	const char *block;      /* from attempt_block() */
	const char *id;         /* set by attempt_begin(), "" before */
};

/* Under what the tries of a person, or with a name that perhaps nobody has, are counted. */
const char *attempt_who(struct ctx *ctx, const char *person);

/* Where the caller sits, coarsely: the /24 of an IPv4 address, the /64 of an IPv6 address, "" if it
 * is neither. */
const char *attempt_block(struct ctx *ctx, const char *address);

/* Counts a try, before it is looked at. MC_BUSY "login.slow" (arg[0]: minutes to wait) after 5
 * failures of the account or 50 of the block in 15 minutes. Opens a transaction. */
enum mc_err attempt_begin(struct ctx *ctx, struct attempt *attempt);

/* It was not looked at after all, for another reason, which is returned: it counts for nothing. Opens a
 * transaction. */
enum mc_err attempt_undo(struct ctx *ctx, const struct attempt *attempt, enum mc_err why);

/* It succeeded, and with it all failures of the account are forgotten. In a transaction only. */
enum mc_err attempt_forget(struct ctx *ctx, const struct attempt *attempt);

/* It was no failure, but earlier ones stay: more must be proved. In a transaction only. */
enum mc_err attempt_settle(struct ctx *ctx, const char *id);

/* Forgets failures after a day. In a transaction only. */
enum mc_err attempt_sweep(struct ctx *ctx);

#endif
