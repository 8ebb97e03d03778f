/* page: what a handler receives and returns, and how a page announces itself.
 * A handler is a straight line: read ask, call the court, fill the model, show
 * it. It never sees threads, sockets or bytes of HTTP. */
#ifndef MC_PAGE_H
#define MC_PAGE_H
#include "../base/ctx.h"
#include "../base/form.h"
#include "../base/text.h"

struct store;
struct traffic;
struct view;
struct view_page;
struct reply;

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
	PAGE_PROFILE  = 1 << 10, /* a token needs the scope "account"; else see web/bearer.h */
	PAGE_EARLY    = 1 << 11, /* show() is also called before the body is read, with ask->early, to refuse
	                         * whoever may not do this; it is asked again afterwards, for a body can take hours */
	PAGE_STREAM   = 1 << 12, /* the body is no form: the early show() says where it goes (reply->intake) */
	PAGE_KEPT     = 1 << 13, /* of a case (":id"), and turns on nothing but what store/change counts and the minute */
};

/* Where a body goes that is no form. It lives in ask->mem; what must be done when the line breaks is
 * done by a closer of that arena. */
struct intake {
	/* The next bytes; on the event loop, so it must not wait for long. */
	enum mc_err (*take)(struct ctx *, struct intake *, struct reply *, const char *bytes, size_t n);
	/* Does what takes long, on a worker's thread while the connection sleeps, and sets due to false. */
	enum mc_err (*settle)(struct ctx *, struct intake *, struct reply *);
	bool due;                       /* settle() is wanted before more is taken */
	int64_t most;                   /* bytes that may come */
};

struct ask {
	const char *method, *path;      /* "/cases/132/7" as it was sent */
	const char *uri;                /* the same with its query, "/cases/132/7?page=2" */
	const char *part[4];            /* what ":name" pieces of the route matched, in order; "" if none */
	const struct form *query;       /* ?name=value */
	struct form *form;              /* body: urlencoded, multipart or JSON. An uploaded file is the value
	                                 * "digest size type filename" (type without blanks) */
	const struct form *files;       /* those values of form that came as files in this very request; whoever
	                                 * only names a file must prove that he may */
	const struct why *wrong;        /* what was wrong with files that came; those have no value */
	const char *body;               /* raw body of a PAGE_OPEN route (at most 64 KiB) */
	const char *csrf;               /* this visitor's token, for the forms shown */
	const char *host, *origin;      /* "court.example:8080", "https://court.example:8080" */
	const char *address;            /* where the caller sits: "203.0.113.7", "" if unknown */
	const char *name;               /* what the signed-in person is called, "" if nobody */
	bool verified, staff;           /* of the signed-in person */
	bool bearer;                    /* a program asks, with a token that has these scopes */
	unsigned scopes;                /* enum token_scope */
	bool owes;                      /* that person must set up a second proof before anything else */
	bool json;                      /* the caller wants JSON (Accept) */
	const char *(*header)(const struct ask *, const char *name);    /* "" if absent */
	bool early;                     /* the body is not here yet: say whether it may come, and only read */
	struct intake *intake;          /* where it went, NULL if none was taken */
	struct arena *mem;              /* ends with the request; the ctx of a page may end before */
	void *under;                    /* the server's own */
	struct traffic *traffic;        /* what the server has counted */
	size_t place;                   /* of the route in the router */
	struct store *store;
};

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
	struct reply_header header[REPLY_HEADERS];      /* what else is said, see page_header() */
	int retry;                      /* seconds after which to ask again, 0 if there is nothing to say */
	bool secret;                    /* shows a secret that is never shown again: kept nowhere */
	const char *stream;             /* answer with live events (SSE): up to four topics of court/bell,
	                                 * a blank between two: "PERSON desk:132" */
};

struct route {
	const char *method, *path;      /* "/cases/:court/:id" */
	unsigned flags;                 /* enum page_flag */
	enum mc_err (*show)(struct ctx *, const struct ask *, struct reply *);
};

/* Fills the frame around every page (title, tabs, language link, token, notice). A notice is
 * the words of the key "done.X" after a redirect to "...?done=X". */
void page_head(struct ctx *ctx, const struct ask *ask, const char *title, struct view_page *out);

/* The path if it leads to a page of this site ("/cases?page=2"), else "/": for ?next=. */
const char *page_local(const char *path);

/* Answers with a model: as HTML through its view, or as JSON. A view without HTML is always JSON. */
enum mc_err page_show(struct ctx *ctx, const struct ask *ask, struct reply *reply,
		      const struct view *view, const void *model);

/* Says one more header; one said before under this name is replaced. At most REPLY_HEADERS. */
void page_header(struct reply *reply, const char *name, const char *value);

/* 303 to a path. */
enum mc_err page_go(struct ctx *ctx, struct reply *reply, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
