/* courier: one thread that carries the messages of webhooks (court/dispatch.h), many at a time and
 * none waiting for another: a receiver that is slow has one connection, a host at most
 * COURIER_HOST, and the rest goes on beside them.
 *
 * Where a message goes is somebody else's choice, so the courier calls only what is public: each
 * address is looked at after the name was resolved and before the socket is opened to it, so that
 * what was looked at is what is called. It follows no redirects, uses no proxy, and reads little
 * of what it is answered, in a bounded time. */
#ifndef MC_COURIER_H
#define MC_COURIER_H
#include <stdbool.h>

struct store;

enum { COURIER_MOST = 32, COURIER_HOST = 4, COURIER_CONNECT_MS = 5000, COURIER_ALL_MS = 10000, COURIER_READ = 64 * 1024 };

/* Reads the authorities of setting webhook_ca, before the program confines itself. False, with errno, if it cannot. */
bool courier_trust(void);

bool courier_start(struct store *store);
void courier_stop(void);        /* what is on its way for longer than a moment is left, and sent again later */
void courier_wake(void);        /* there may be something to carry; from any thread */

#endif
