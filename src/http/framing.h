/* framing: where a request ends must mean the same to everybody who reads it. A front and a server that
 * disagree take the end of one person's request for the beginning of another's (RFC 9112
 * sections 5, 6.3, 11.2), so a request that can be read in two ways is refused and its connection closed. */
#ifndef MC_FRAMING_H
#define MC_FRAMING_H
#include <microhttpd.h>
#include <stdbool.h>

/* False if the headers hold two lengths, a length beside chunks, another coding than chunks, two hosts or
 * none (HTTP/1.1), or a name or value with bytes that no header has. */
bool framing_sound(struct MHD_Connection *connection, const char *version);

#endif
