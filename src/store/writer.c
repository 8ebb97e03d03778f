#define _GNU_SOURCE 1
#include "writer.h"
#include "../base/arena.h"
#include "../base/log.h"
#include "link.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>

/* Acts in one commit at most: beyond this the wait of the first grows, and what
 * one commit costs is shared well enough. */
#define WRITER_BATCH 256

/* One act that waits; it lives on the stack of the thread that waits for it. */
struct writer_job {
	struct writer_job *next;
	struct ctx *ctx;
	enum mc_err (*act)(struct ctx *, void *);
	void *arg;
	enum mc_err err;
	sem_t done;
};

struct writer {
	pthread_t thread;
	struct db *db;
	pthread_mutex_t lock;           /* guards all that follows */
	pthread_cond_t queued;
	struct writer_job *first, **last;
	bool stopping;
	int64_t acts, commits, waiting;
};

static enum mc_err writer_down(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.down" });
}

/* Calls that acts of this batch asked for, each once; those of an act that was
 * undone are forgotten with it. */
static void writer_keep_calls(void (**calls)(void), struct db *db)
{
	for (int i = 0; i < LINK_AFTER && db->after[i]; i++) {
		int at = 0;
		while (at < LINK_AFTER && calls[at] && calls[at] != db->after[i])
			at++;
		assert(at < LINK_AFTER);
		calls[at] = db->after[i];
	}
}

static enum mc_err writer_act(struct db *db, struct writer_job *job)
{
	struct ctx *ctx = job->ctx;
	struct db *reader = ctx->db;
	db->doomed = MC_OK;
	db->written = db->changed = 0;
	for (int i = 0; i < LINK_AFTER; i++)
		db->after[i] = NULL;
	ctx->db = db;
	log_request(ctx->request);
	enum mc_err err = job->act(ctx, job->arg);
	log_request(NULL);
	ctx->db = reader;
	/* The act may not have noticed, or not minded, that a part of it failed. */
	if (!err && db->doomed)
		err = ctx->why ? db->doomed : ctx_fail(ctx, db->doomed, (struct why){ .key = "store.down" });
	return err;
}

/* Performs one act in its savepoint and leaves its outcome in the job. False when
 * the whole transaction is lost and with it every act before this one. */
static bool writer_perform(struct db *db, struct writer_job *job, void (**calls)(void))
{
	if (link_order(db, "savepoint act"))
		return false;
	job->err = writer_act(db, job);
	if (!job->err && link_order(db, "release savepoint act"))
		job->err = writer_down(job->ctx);
	else if (!job->err)
		writer_keep_calls(calls, db);
	if (job->err && db->engine->inside(db->line) &&
	    (link_order(db, "rollback to savepoint act") || link_order(db, "release savepoint act")))
		return false;
	return db->engine->inside(db->line);
}

static void writer_undo(struct db *db)
{
	if (!db->line)
		return;
	if (db->engine->inside(db->line))
		(void)link_order(db, "rollback");
	if (db->engine->inside(db->line))
		link_drop(db);
}

/* Tells those who wait for the acts from first up to, but without, end. */
static void writer_wake(struct writer_job *first, const struct writer_job *end, bool durable)
{
	while (first != end) {
		struct writer_job *job = first;
		/* Once woken, the job's memory is no longer there. */
		first = job->next;
		/* What an act was told may come from an act before it that is not
		 * durable now: no outcome of this batch counts, good or bad. */
		if (!durable && job->err != MC_STORE) {
			ctx_forget(job->ctx);
			job->err = writer_down(job->ctx);
		}
		sem_post(&job->done);
	}
}

/* Performs acts from first on in one commit and wakes who waits for them. Returns
 * the act to go on with: not NULL when the transaction was lost midway. */
static struct writer_job *writer_commit(struct writer *writer, struct writer_job *first)
{
	struct db *db = writer->db;
	void (*calls[LINK_AFTER])(void) = { NULL };
	struct writer_job *job = first;
	int acts = 0;
	bool good = link_ready(db) && !link_order(db, db->engine->begin);
	if (!good)
		job = NULL;
	for (; good && job; job = job->next, acts++)
		good = writer_perform(db, job, calls);
	good = good && !link_order(db, "commit");
	if (good) {
		pthread_mutex_lock(&writer->lock);
		writer->acts += acts;
		writer->commits++;
		pthread_mutex_unlock(&writer->lock);
		for (int i = 0; i < LINK_AFTER && calls[i]; i++)
			calls[i]();
	} else {
		writer_undo(db);
	}
	writer_wake(first, job, good);
	return job;
}

/* Takes up to WRITER_BATCH jobs off the queue, waiting for the first; NULL when
 * there will be no more. */
static struct writer_job *writer_take(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	while (!writer->first && !writer->stopping)
		pthread_cond_wait(&writer->queued, &writer->lock);
	struct writer_job *first = writer->first, **end = &writer->first;
	for (int n = 0; n < WRITER_BATCH && *end; n++)
		end = &(*end)->next;
	if (first) {
		for (const struct writer_job *job = first; job != *end; job = job->next)
			writer->waiting--;
		writer->first = *end;
		if (!*end)
			writer->last = &writer->first;
		*end = NULL;
	}
	pthread_mutex_unlock(&writer->lock);
	return first;
}

static void *writer_run(void *what)
{
	struct writer *writer = what;
	writer->db->thread = pthread_self();
	for (struct writer_job *job; (job = writer_take(writer));)
		while (job)
			job = writer_commit(writer, job);
	return NULL;
}

struct writer *writer_begin(struct arena *mem, struct db *db)
{
	struct writer *writer = arena_take(mem, sizeof *writer);
	writer->db = db;
	writer->last = &writer->first;
	pthread_mutex_init(&writer->lock, NULL);
	pthread_cond_init(&writer->queued, NULL);
	/* Signals are for the threads that know what to do with them. */
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int bad = pthread_create(&writer->thread, NULL, writer_run, writer);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return bad ? NULL : writer;
}

void writer_end(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	writer->stopping = true;
	pthread_cond_signal(&writer->queued);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
	pthread_cond_destroy(&writer->queued);
	pthread_mutex_destroy(&writer->lock);
}

enum mc_err writer_wait(struct writer *writer, struct ctx *ctx,
			enum mc_err (*act)(struct ctx *, void *), void *arg)
{
	/* It would wait for itself. */
	assert(!pthread_equal(writer->thread, pthread_self()));
	struct writer_job job = { .ctx = ctx, .act = act, .arg = arg };
	sem_init(&job.done, 0, 0);
	pthread_mutex_lock(&writer->lock);
	assert(!writer->stopping);
	*writer->last = &job;
	writer->last = &job.next;
	writer->waiting++;
	pthread_cond_signal(&writer->queued);
	pthread_mutex_unlock(&writer->lock);
	while (sem_wait(&job.done) && errno == EINTR)
		;
	sem_destroy(&job.done);
	return job.err;
}

void writer_count(struct writer *writer, int64_t *acts, int64_t *commits)
{
	pthread_mutex_lock(&writer->lock);
	*acts = writer->acts;
	*commits = writer->commits;
	pthread_mutex_unlock(&writer->lock);
}

int64_t writer_waiting(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	int64_t waiting = writer->waiting;
	pthread_mutex_unlock(&writer->lock);
	return waiting;
}
