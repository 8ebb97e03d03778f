/* handover: a new process takes the place of the one that serves, and nobody who asks is
 * refused in between. The old one waits at DIRECTORY/serve.sock, where only its own user
 * (and root) is heard, and gives away its listening socket and the lock of the directory
 * (SCM_RIGHTS, unix(7)); both then take connections. When the new one says that it serves,
 * the old one tells itself to stop, finishes what it has, and leaves; if the new one goes
 * away before that, nothing has happened. */
#ifndef MC_HANDOVER_H
#define MC_HANDOVER_H
#include "../base/ctx.h"

#include <stdbool.h>

struct handover { int socket, lock, line; };

/* Asks the process that serves this directory. MC_UNKNOWN without a reason if there is none,
 * MC_CONFLICT if it does not give. */
enum mc_err handover_take(struct ctx *ctx, const char *directory, struct handover *out);

/* Tells it that it may leave, and waits until it has; false if it has not within so many seconds. */
bool handover_finish(const struct handover *taken, int seconds);

/* Waits, on a thread of its own, for one who will take over; then SIGTERM comes to this process. */
void handover_offer(const char *directory, int socket, int lock);
bool handover_given(void);
void handover_end(void);

#endif
