/* cookie: the three cookies of the court: "court" says who is signed in, "visitor"
 * ties a stranger's forms to the browser they were shown in, "lang" keeps the
 * chosen language. No other is ever set, and none is for counting visitors
 * (RFC 6265). Over https the first two carry the prefix __Host-. */
#ifndef MC_COOKIE_H
#define MC_COOKIE_H
#include "route.h"

enum cookie { COOKIE_SESSION, COOKIE_VISITOR, COOKIE_LANG, COOKIE_COUNT };

/* The value of a cookie in a Cookie header, "" if it is not there or has bytes that we never send. */
const char *cookie_find(struct arena *mem, const char *header, const char *name);

/* The name of one of our cookies for this origin. */
const char *cookie_name(enum cookie which, bool secure);

/* A whole Set-Cookie value; an empty value takes the cookie back. */
const char *cookie_make(struct arena *mem, enum cookie which, const char *value, bool secure);

/* True if the site is reached over https. */
bool cookie_secure(const char *origin);

/* For the sign-in page: reply->cookie[0] = cookie_session(ctx, ask, token); "" signs out. */
const char *cookie_session(struct ctx *ctx, const struct ask *ask, const char *token);

#endif
