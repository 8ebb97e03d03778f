/* caller: who asks. A browser shows the cookie of its session, a program its token (http/bearer), a
 * stranger the cookie that makes his forms his own; a call-back (PAGE_OPEN) is none of them and
 * proves itself otherwise. */
#ifndef MC_CALLER_H
#define MC_CALLER_H
#include "route.h"
#include "site.h"

struct caller {
	const char *visitor;            /* Set-Cookie of a new stranger, NULL if none is due */
	int64_t until;                  /* the session may be believed so long (court/login) */
};

/* Fills ctx (person, session, for a program device and lay) and ask (name, csrf, rights) for who asks
 * this route, which may be NULL. Nobody at all is no error. What is kept lies in ask->mem. */
enum mc_err caller_find(struct ctx *ctx, struct ask *ask, const struct route *route, const struct site *site,
			struct caller *out);

/* True if the method changes something. */
bool caller_acts(const struct ask *ask);

/* True if what is sent must carry the token of our own forms: a program with a token, or JSON without
 * a session, has no borrowed rights that another site could misuse. */
bool caller_needs_token(const struct ctx *ctx, const struct ask *ask, const struct route *route);

/* Sends a browser to the sign-in page, and from there back. */
void caller_sign_in_first(const struct ask *ask, struct reply *reply);

/* The cookie of the session that a browser shows, "" if none. */
const char *caller_session(const struct ask *ask, const struct site *site);

#endif
