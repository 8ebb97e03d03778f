/* listen: where the server can be reached: "127.0.0.1:8080", "[::1]:8080",
 * "0.0.0.0:80", or "unix:/run/court.sock" behind a front. */
#ifndef MC_LISTEN_H
#define MC_LISTEN_H
#include "../base/ctx.h"

/* An open socket. MC_INVALID ("listen.address") if the words are no address, MC_CONFLICT
 * ("listen.taken") if another program listens there, MC_DENIED ("listen.denied") if this one may
 * not; arg[0] is the address, arg[1] what the system said. */
enum mc_err listen_open(struct ctx *ctx, const char *address, int *fd);

/* The port it got (for port 0), 0 for a unix socket. */
int listen_port(int fd);

#endif
