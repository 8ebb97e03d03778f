/* writer: the one thread that writes to a store. It takes whatever acts are
 * waiting, performs each in a savepoint of its own, makes them durable with one
 * commit, and only then tells those who wait: so an acknowledgment means that the
 * disk has it, and a hundred acts cost one wait for the disk. Only the store's own
 * files include this; everybody else calls db_together(). */
#ifndef MC_WRITER_H
#define MC_WRITER_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct db;
struct db_act;
struct writer;

/* Starts the thread; db becomes its connection. NULL if there can be no thread. */
struct writer *writer_begin(struct arena *mem, struct db *db);

/* Performs what is queued, then ends the thread. */
void writer_end(struct writer *writer);

/* Queues an act and waits until it is durable or undone. */
enum mc_err writer_wait(struct writer *writer, struct ctx *ctx,
			enum mc_err (*act)(struct ctx *, void *), void *arg);

/* Queues these acts at once, see db_each(), and waits until all are durable or undone. */
void writer_each(struct writer *writer, struct db_act *acts, size_t count);

/* Tests only: performs every batch once in vain. */
void writer_twice(bool on);

/* How many acts have been performed so far, in how many commits. */
void writer_count(struct writer *writer, int64_t *acts, int64_t *commits);

/* How many wait in the queue. */
int64_t writer_waiting(struct writer *writer);

#endif
