/* request: the life of one request, from its address to its answer, without a
 * word about sockets: who asks (http/caller), what for, may they, what did they send (http/body), run the
 * page, and turn a failure into words. What must be refused is refused before a
 * byte of the body is read. */
#ifndef MC_REQUEST_H
#define MC_REQUEST_H
#include "body.h"
#include "caller.h"
#include "route.h"
#include "site.h"

struct request {
	const struct site *site;
	struct arena *mem;              /* ends with the request */
	struct ctx ctx;
	struct ask ask;
	const struct route *route;      /* NULL if none fits */
	struct reply reply;
	struct caller caller;
	const char *challenge;          /* WWW-Authenticate for what a token may not do, "" if none is due */
	const char *allow;              /* methods that would fit, "" if that is not the trouble */
	bool ready;                     /* reply is complete */
	bool grown;                     /* over what the body may be; the reply says so */
	uint64_t tide;                  /* of the store before it was looked at, for what may be kept */
	struct body body;
};

/* Values that a request begins with. */
struct request_start {
	const char *method, *uri, *address;
	const char *(*header)(const struct ask *, const char *name);
	void *under;
	int64_t length;                 /* Content-Length, -1 if unknown */
	bool unsound;                   /* it can be read in two ways (http/framing) */
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

/* True if it is a stranger at the door (PAGE_DOOR). */
bool request_at_door(const struct request *r);

/* The whole body is here: checks the form's token and runs the page; afterwards r->ready. */
void request_run(struct request *r);

/* Answers with a failure of the server's own making. */
void request_refuse(struct request *r, enum mc_err err, struct why why);

#endif
