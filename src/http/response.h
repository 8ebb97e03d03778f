/* response: an answer as HTTP: status, headers, bytes. The headers that protect
 * people (what a page may load, who may frame it, who may keep it) are set here,
 * on every answer, and nowhere else (CSP 3; Fetch; RFC 9110, 9111). */
#ifndef MC_RESPONSE_H
#define MC_RESPONSE_H
#include "request.h"

#include <microhttpd.h>

struct live;

/* Sends r->reply; *bytes is its length, -1 for a stream. last: the connection closes after it.
 * MHD_NO if the connection must be dropped. */
enum MHD_Result response_send(struct MHD_Connection *connection, struct request *r, struct live *live, bool last,
			      int64_t *bytes);

/* Reads "bytes=0-499" for a file of this size: false unless it is one range that can be met. */
bool response_range(const char *header, int64_t size, int64_t *from, int64_t *length);

#endif
