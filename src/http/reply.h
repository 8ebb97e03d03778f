/* reply: what is answered, before it becomes bytes of HTTP (http/response). */
#ifndef MC_REPLY_H
#define MC_REPLY_H
#include "../base/ctx.h"
#include "../base/text.h"

struct intake;

struct reply_header { const char *name, *value; };

enum { REPLY_HEADERS = 8 };

struct reply {
	int status;                     /* 200 if left 0 */
	const char *where;              /* Location of a 303 */
	const char *type;               /* text/html; charset=utf-8 if NULL */
	const char *name;               /* download under this name, if set */
	const char *cookie[2];          /* whole Set-Cookie values */
	struct text body;
	int file;                       /* a descriptor to send instead of body, if > 0; the server closes it */
	int64_t file_size;
	const char *etag;               /* without quotes; an unchanged answer becomes a 304 */
	struct intake *intake;          /* early, of a PAGE_STREAM route: where the body goes */
	int64_t keep;                   /* seconds for which anybody may keep a PAGE_BARE answer */
	struct reply_header header[REPLY_HEADERS];      /* what else is said, see reply_say() */
	int retry;                      /* seconds after which to ask again, 0 if there is nothing to say */
	bool secret;                    /* shows a secret that is never shown again: kept nowhere */
	const char *stream;             /* answer with live events (SSE): up to four topics of court/bell,
	                                 * a blank between two: "PERSON desk:132" */
};

/* Says one more header; one said before under this name is replaced. At most REPLY_HEADERS. */
void reply_say(struct reply *reply, const char *name, const char *value);

#endif
