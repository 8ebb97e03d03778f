/* server: HTTP in and out over libmicrohttpd. A few loops read requests; a page
 * that only reads runs there and then, one that acts or is slow goes to a crew
 * of workers while its connection sleeps. */
#ifndef MC_SERVER_H
#define MC_SERVER_H
#include "route.h"

struct login;
struct server;
struct store;

struct server_plan {
	struct store *store;
	int socket;                     /* from listen_open(); the server closes it */
	const struct route *(*const *pages)(void);      /* pages_all, but for tests */
	enum mc_err (*login)(struct ctx *, const char *token, struct login *out);       /* login_of, but for tests */
	void (*led)(struct ctx *, const struct ask *, struct reply *);  /* page_led, but for tests */
	void (*problem)(struct ctx *, const struct ask *, enum mc_err, struct reply *); /* problem_reply, but for tests */
	const char *origin;             /* "https://court.example", "" if it is whatever was asked for */
	int workers;                    /* 32 if 0 */
	int loops;                      /* one per core, at most 8, if 0 */
	int beat_seconds;               /* of live streams; 25 if 0 */
	int idle_seconds;               /* a silent connection is closed after; 30 if 0 */
	bool log;                       /* a line a request */
};

/* Serves from now on, with memory of ctx. MC_STORE if it cannot begin. */
enum mc_err server_start(struct ctx *ctx, const struct server_plan *plan, struct server **out);

/* Another process takes the connections from now on: ends the live streams, answers what still comes
 * on those that are here, each with its last answer, until they are gone or silent, so many seconds
 * at most. server_stop() follows. */
void server_drain(struct server *server, int seconds);

/* Takes no new connections, ends the live streams, lets running requests finish within so many
 * seconds. False if some did not: then the program must end without touching them. */
bool server_stop(struct server *server, int seconds);

#endif
