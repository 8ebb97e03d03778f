/* request: the life of one request, from its address to its answer, without a
 * word about sockets: who asks, what for, may they, what did they send, run the
 * page, and turn a failure into words. What must be refused is refused before a
 * byte of the body is read. */
#ifndef MC_REQUEST_H
#define MC_REQUEST_H
#include "csrf.h"
#include "page.h"
#include "../store/key.h"

struct login;
struct multipart;
struct pace;
struct router;
struct traffic;

/* What all requests of one server share; nothing in it changes while it serves. */
struct request_site {
	struct store *store;
	const struct router *router;
	struct traffic *traffic;
	struct kept *kept;              /* NULL: everything is drawn anew */
	struct pace *pace;              /* NULL: nobody is held up */
	const char *origin;             /* "https://court.example", "" if not told */
	struct key key;
	enum mc_err (*login)(struct ctx *, const char *token, struct login *out);
};

struct request {
	const struct request_site *site;
	struct arena *mem;              /* ends with the request */
	struct ctx ctx;
	struct ask ask;
	const struct route *route;      /* NULL if none fits */
	struct reply reply;
	const char *visitor;            /* Set-Cookie of a new visitor, NULL if none is due */
	const char *challenge;          /* WWW-Authenticate for what a token may not do, "" if none is due */
	const char *allow;              /* methods that would fit, "" if that is not the trouble */
	bool ready;                     /* reply is complete */
	bool grown;                     /* over what the body may be; the reply says so */
	uint64_t tide;                  /* of the store before it was looked at, for what may be kept */
	int64_t until;                  /* the session may be believed so long */
	struct text body;
	struct multipart *multipart;
	int64_t body_size, body_most;
};

/* Values that a request begins with. */
struct request_start {
	const char *method, *uri, *address;
	const char *(*header)(const struct ask *, const char *name);
	void *under;
	int64_t length;                 /* Content-Length, -1 if unknown */
	bool unsound;                   /* it can be read in two ways (web/framing) */
};

/* Reads the address and the headers, finds the route and the person, refuses if it must (then
 * r->ready). r->mem and r->site are set. */
void request_open(struct request *r, const struct request_start *start);

/* The next bytes of the body. False if so much too much came that the caller should hang up. */
bool request_read(struct request *r, const char *bytes, size_t n);

/* True if what has been read must be settled, on a worker's thread, before more is. */
bool request_is_due(const struct request *r);
void request_settle(struct request *r);

/* True if the page wants a worker's thread. */
bool request_is_slow(const struct request *r);

/* The whole body is here: checks the form's token and runs the page; afterwards r->ready. */
void request_run(struct request *r);

/* Answers with a failure of the server's own making. */
void request_refuse(struct request *r, enum mc_err err, struct why why);

#endif
