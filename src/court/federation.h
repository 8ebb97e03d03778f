/* federation: signing in by a service that says who somebody is (provider.h). An identity there is
 * linked to an account here by its owner alone, who has proved both within ten minutes in one
 * browser: signed in here, by the password given once more; or come from there for the first
 * time, by signing in here. Nothing the service says (an address, a name) finds or makes an account. */
#ifndef MC_FEDERATION_H
#define MC_FEDERATION_H
#include "provider.h"

#include <stddef.h>

/* Where one is on the way. visitor: the form token of this browser (ask->csrf), which no other
 * site knows: an errand that somebody else began is not taken up (no login CSRF). */
struct federation_way {
	const char *visitor;
	const char *back;               /* whole address of the return, "https://court.example/sign-in/with/city/back" */
};

/* Sets out: the address at the service. link: for ctx->person, who has given the password (login_again);
 * else to sign in. next: page of ours to go to. Slow. Errors of provider_go(); MC_STORE
 * "federation.busy" if very many are on the way. */
enum mc_err federation_go(struct ctx *ctx, const struct provider *provider, const struct federation_way *way, bool link,
			  const char *next, const char **where);

/* Who came back. Exactly one: linked and person "" (now linked to ctx->person); person (signs in as);
 * or errand (nobody here is linked: federation_join() with it). */
struct federation_return {
	const char *person, *errand, *next;
	bool linked;
};

/* Takes up the errand, once. issuer: as the return says it (RFC 9207), "" if not. Slow. MC_CONFLICT
 * "federation.state" if there is no such errand, it is not this browser's, or older than ten minutes;
 * errors of provider_redeem(); MC_CONFLICT "federation.taken" if it is linked to another account. */
enum mc_err federation_back(struct ctx *ctx, const struct provider *provider, const struct federation_way *way,
			    const char *state, const char *issuer, const char *code, struct federation_return *out);

/* The service sent the person back with an error (RFC 6749 section 4.1.2.1). Takes the errand up and gives
 * the code to return: MC_DENIED "federation.denied" or "federation.error"; "federation.state". */
enum mc_err federation_refused(struct ctx *ctx, const struct provider *provider, const struct federation_way *way,
			       const char *state, const char *error);

/* Links who came back with this errand to the person who has just proved who they are here. next: where
 * they wanted to go. "federation.state", "federation.taken". */
enum mc_err federation_join(struct ctx *ctx, const struct provider *provider, const struct federation_way *way,
			    const char *errand, const char *person, const char **next);

enum { FEDERATION_MOST = 20 };          /* links of one person */

struct federation {
	const char *issuer, *subject;
	int64_t since, seen;            /* seen 0: never signed in by it */
};

/* Those of ctx->person, the newest first: at most FEDERATION_MOST, beyond which none is linked (MC_CONFLICT
 * "federation.many"); the end of one: MC_UNKNOWN "federation.unknown". */
enum mc_err federation_list(struct ctx *ctx, struct federation **out, size_t *count);
enum mc_err federation_end(struct ctx *ctx, const char *issuer, const char *subject);

#endif
