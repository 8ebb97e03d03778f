/* sweep: once an hour, what has had its time is removed: notes of repeated requests,
 * failed sign-ins, expired uploads, blobs that nobody names. Nothing that belongs to a
 * case is ever among it. */
#ifndef MC_SWEEP_H
#define MC_SWEEP_H
#include <stdint.h>

struct store;

/* Sweeps if an hour has passed since *last (seconds since 1970, 0 before the first), and
 * sets it. What fails is tried again an hour later; the log says so. */
void sweep_run(struct store *store, int64_t *last);

#endif
