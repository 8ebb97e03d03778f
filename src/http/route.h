/* route: an address and what answers it. */
#ifndef MC_ROUTE_H
#define MC_ROUTE_H
#include "ask.h"
#include "reply.h"

/* Who may ask and how the route is run; the router refuses the rest. */
enum page_flag {
	PAGE_PUBLIC   = 1 << 0, /* anyone, signed in or not */
	PAGE_SIGNED   = 1 << 1, /* somebody is signed in */
	PAGE_VERIFIED = 1 << 2, /* signed in and verified in person or by the identity service */
	PAGE_STAFF    = 1 << 3, /* holds an office in some court */
	PAGE_WORKER   = 1 << 4, /* acts or is slow: runs on a worker thread, the connection sleeps */
	PAGE_FILES    = 1 << 5, /* takes multipart with files, streamed to the blob store */
	PAGE_OPEN     = 1 << 6, /* no CSRF token: a call-back that proves itself otherwise */
	PAGE_BARE     = 1 << 7, /* the same bytes for everybody: no session looked up, no cookie set */
	PAGE_BROWSER  = 1 << 8, /* whoever signed in, in person: no program's token reaches it */
	PAGE_FILING   = 1 << 9, /* a token needs the scope "file" */
	PAGE_PROFILE  = 1 << 10, /* a token needs the scope "account"; else see http/bearer.h */
	PAGE_EARLY    = 1 << 11, /* show() is also called before the body is read, with ask->early, to refuse
	                         * whoever may not do this; it is asked again afterwards, for a body can take hours */
	PAGE_STREAM   = 1 << 12, /* the body is no form: the early show() says where it goes (reply->intake) */
	PAGE_KEPT     = 1 << 13, /* of a case (":id"), and turns on nothing but what store/change counts and the minute */
	PAGE_DOOR     = 1 << 14, /* strangers prove here who they are: a PAGE_WORKER whose few threads stand back, so that
	                          * a storm of sign-ins takes neither the processor nor the workers from the others */
};

struct route {
	const char *method, *path;      /* "/cases/:court/:id" */
	unsigned flags;                 /* enum page_flag */
	enum mc_err (*show)(struct ctx *, const struct ask *, struct reply *);
};

#endif
