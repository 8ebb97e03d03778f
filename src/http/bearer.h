/* bearer: a program shows who it acts for with "Authorization: Bearer TOKEN" (RFC 6750). It has
 * no cookie, so nobody else's page can borrow its rights: it needs no form token and gets no
 * cookie. What it may do is written in the token (court/token.h); what a route asks for is
 * written in the route's flags, or follows from its method:
 *
 *	PAGE_BROWSER                    no token reaches it: signing in and out, passwords, tokens, keys
 *	PAGE_FILING, PAGE_PROFILE       file, account
 *	else GET, POST                  read, act; nothing, if anyone may ask (PAGE_PUBLIC)
 *	and PAGE_STAFF                  staff, too */
#ifndef MC_BEARER_H
#define MC_BEARER_H
#include "route.h"

#define BEARER_NEVER 0u         /* no scope is enough */
#define BEARER_ANY (1u << 31)   /* none is needed */

/* The token that was sent, "" if none was. What is no token is one that nobody has. */
const char *bearer_token(const struct ask *ask);

/* The scopes that a route asks for, enum token_scope; BEARER_NEVER or BEARER_ANY. */
unsigned bearer_scopes(const struct route *route);

/* MC_DENIED "token.never" or "token.scope" unless ask's token may ask for this route. */
enum mc_err bearer_admit(struct ctx *ctx, const struct ask *ask, const struct route *route);

/* The WWW-Authenticate header for what a token was refused with: RFC 6750 section 3. route may be
 * NULL. */
const char *bearer_challenge(struct arena *mem, const struct route *route, enum mc_err err);

#endif
