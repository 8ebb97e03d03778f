/* premises: what a server has for itself alone: the data directory with its lock, and the
 * address at which it listens. They are its own, or come from the supervisor that started
 * it, or from the server whose place it takes. */
#ifndef MC_PREMISES_H
#define MC_PREMISES_H
#include "../http/handover.h"

/* In the data directory while a restore has not finished: nobody serves it then. */
#define PREMISES_RESTORING "restoring"

enum premises_state { PREMISES_OURS, PREMISES_NO_DATA, PREMISES_NO_ADDRESS };

struct premises {
	int socket, lock;
	bool taken;             /* from a server that still runs */
	struct handover from;
};

/* As the settings data, listen and take_over say. Otherwise says why not. */
enum premises_state premises_enter(struct ctx *ctx, struct premises *out);

#endif
