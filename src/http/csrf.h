/* csrf: a form is only taken from the browser it was shown in, so that no other
 * site can file, sign or consent in somebody's name. Whoever is signed in has a
 * token with the session; a stranger's is made from the visitor cookie and the
 * key of this server (store/key; HMAC-SHA-256, RFC 2104). Beside the token, what the browser
 * itself says about where a form comes from (Origin, RFC 6454; Sec-Fetch-Site)
 * must not speak against it. */
#ifndef MC_CSRF_H
#define MC_CSRF_H
#include "route.h"

struct key;

/* The token of a stranger with this visitor cookie. */
const char *csrf_of(struct arena *mem, const struct key *key, const char *visitor);

/* False if the browser says that the request was made by another site. */
bool csrf_same_site(const struct ask *ask);

/* MC_DENIED unless the form or the header X-CSRF-Token carries ask->csrf. */
enum mc_err csrf_check(struct ctx *ctx, const struct ask *ask);

#endif
