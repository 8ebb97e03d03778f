/* site: what all requests of one server share. Nothing in it changes while it serves. */
#ifndef MC_SITE_H
#define MC_SITE_H
#include "../base/ctx.h"
#include "../store/key.h"

struct ask;
struct kept;
struct login;
struct pace;
struct reply;
struct router;
struct store;
struct traffic;

struct site {
	struct store *store;
	const struct router *router;
	struct traffic *traffic;
	struct kept *kept;              /* NULL: everything is drawn anew */
	struct pace *pace;              /* NULL: nobody is held up */
	const char *origin;             /* "https://court.example", "" if not told */
	struct key key;
	enum mc_err (*login)(struct ctx *, const char *token, struct login *out);
	void (*led)(struct ctx *, const struct ask *, struct reply *);  /* says to a program where a 303 leads */
	void (*problem)(struct ctx *, const struct ask *, enum mc_err, struct reply *); /* makes an answer of a failure */
};

#endif
