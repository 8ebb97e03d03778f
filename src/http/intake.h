/* intake: where a body goes that is no form, such as a piece of a file. */
#ifndef MC_INTAKE_H
#define MC_INTAKE_H
#include "reply.h"

/* It lives in ask->mem; what must be done when the line breaks is done by a closer of that arena. */
struct intake {
	/* The next bytes; on the event loop, so it must not wait for long. */
	enum mc_err (*take)(struct ctx *, struct intake *, struct reply *, const char *bytes, size_t n);
	/* Does what takes long, on a worker's thread while the connection sleeps, and sets due to false. */
	enum mc_err (*settle)(struct ctx *, struct intake *, struct reply *);
	bool due;                       /* settle() is wanted before more is taken */
	int64_t most;                   /* bytes that may come */
};

#endif
