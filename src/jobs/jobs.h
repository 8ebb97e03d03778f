/* jobs: one thread that does what the outbox says, at once when an act was committed and
 * again later when it failed. */
#ifndef MC_JOBS_H
#define MC_JOBS_H
#include <stdbool.h>

struct store;

bool jobs_start(struct store *store);
void jobs_stop(void);           /* finishes the rows in hand */

/* Does everything that is due now, on the calling thread, and returns how many rows were
 * done: for tests, which set the clock themselves. */
int jobs_run(struct store *store);

#endif
