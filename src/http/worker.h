/* worker: a small crew of threads for what is slow or waits for the disk, so
 * that reading pages never queue behind writing ones. */
#ifndef MC_WORKER_H
#define MC_WORKER_H
#include <stdbool.h>
#include <stddef.h>

struct arena;
struct worker_crew;

/* A piece of work; its memory belongs to the giver until work() has returned. */
struct worker_task {
	void (*work)(void *);
	void *what;
	struct worker_task *next;
};

/* Starts the threads; they end with mem, after all that was given has been done. nice: how far they stand
 * back from the other threads (setpriority(2): 0 not at all, at most 19). */
struct worker_crew *worker_begin(struct arena *mem, int threads, size_t most_waiting, int nice);

/* False if too much is waiting already. */
bool worker_give(struct worker_crew *crew, struct worker_task *task);

/* Finishes what was given and ends the threads. */
void worker_stop(struct worker_crew *crew);

#endif
