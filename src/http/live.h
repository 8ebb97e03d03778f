/* live: the stream of news to an open page (server-sent events, WHATWG HTML
 * section 9.2). A connection sleeps until a bell of court/bell rings for one of its
 * topics. Every 25 seconds a comment is sent, so that whoever has gone is noticed;
 * after a quarter of an hour the stream ends and the browser comes again, so that
 * a sign-out or a lost office takes effect. */
#ifndef MC_LIVE_H
#define MC_LIVE_H
#include "route.h"

struct live;
struct MHD_Connection;
struct MHD_Response;

/* Keeps the streams of one server; beat_seconds is 25 but for tests. */
struct live *live_begin(struct arena *mem, int beat_seconds);

/* Ends all streams and refuses new ones. Their connections finish on their own. */
void live_stop(struct live *live);

/* A response that streams the topics to this connection. again: begin with the event "again",
 * because the browser was away and may have missed something. */
struct MHD_Response *live_response(struct live *live, struct MHD_Connection *connection, const char *topics,
				   bool again);

/* GET /live: the news of the signed-in person, and of the desks of the courts they serve. */
enum mc_err live_show(struct ctx *ctx, const struct ask *ask, struct reply *reply);

#endif
