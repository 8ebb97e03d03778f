#define _GNU_SOURCE 1
#include "writer.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/log.h"
#include "db.h"
#include "link.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

/* Acts in one commit at most: beyond this the wait of the first grows, and what
 * one commit costs is shared well enough. */
#define WRITER_BATCH 256

/* How often acts are performed again because another program that writes to the same
 * database was in the way, or because the connection was lost before the commit: each
 * time with fewer others beside them and after a longer pause, in all about a second. */
#define WRITER_TRIES 10
#define WRITER_PAUSE_US 1000

/* One act that waits; its memory is that of the thread that waits for it. */
struct writer_job {
	struct writer_job *next;
	struct ctx *ctx;
	enum mc_err (*act)(struct ctx *, void *);
	void *arg;
	struct why *why;                /* reasons there were before */
	const char *secret;             /* see db_secret() */
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

static atomic_bool writer_again;

void writer_twice(bool on) { atomic_store(&writer_again, on); }

static enum mc_err writer_down(const struct db *db, struct ctx *ctx)
{
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = link_reason(db) });
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

/* Why this act can only be undone, in words. What it said itself counts, unless it was
 * only later that a statement which it had sent turned out to have failed, or the database has
 * failed: then what it said may be "there is no such thing", because it was not given it. */
static enum mc_err writer_doomed(struct db *db, struct ctx *ctx)
{
	if (db->tally.late || db->doomed == MC_STORE)
		ctx_forget(ctx);
	return ctx->why ? db->doomed : ctx_fail(ctx, db->doomed, (struct why){
		.key = db->doomed == MC_CONFLICT ? "store.taken" : link_reason(db) });
}

static enum mc_err writer_act(struct db *db, struct writer_job *job)
{
	struct ctx *ctx = job->ctx;
	struct db *reader = ctx->db;
	db->doomed = MC_OK;
	db->full = false;
	db->tally = (struct engine_tally){ 0 };
	db->secret = &job->secret;
	for (int i = 0; i < LINK_AFTER; i++)
		db->after[i] = NULL;
	ctx->db = db;
	log_request(ctx->request);
	enum mc_err err = job->act(ctx, job->arg);
	log_request(NULL);
	ctx->db = reader;
	bool released = !err && !db->doomed && !link_order(db, "release savepoint act");
	bool settled = !link_settle(db);
	/* The act may not have noticed, or not minded, that a part of it failed. */
	if (db->doomed && (!err || db->tally.late || (db->doomed == MC_STORE && err != MC_STORE)))
		return writer_doomed(db, ctx);
	return !err && !(released && settled) ? writer_down(db, ctx) : err;
}

/* Performs one act in its savepoint and leaves its outcome in the job. False when
 * the whole transaction is lost and with it every act before this one. */
static bool writer_perform(struct db *db, struct writer_job *job, void (**calls)(void))
{
	if (link_order(db, "savepoint act"))
		return false;
	job->err = writer_act(db, job);
	if (db->again)
		return false;
	if (!job->err)
		writer_keep_calls(calls, db);
	else if (db->engine->inside(db->line) &&
		 (link_order(db, "rollback to savepoint act") || link_order(db, "release savepoint act") || link_settle(db)))
		return false;
	return db->engine->inside(db->line);
}

static void writer_undo(struct db *db)
{
	if (!db->line)
		return;
	bool settled = link_settle(db) != ENGINE_LOST;
	if (settled && db->engine->inside(db->line) && !link_order(db, "rollback"))
		settled = !link_settle(db);
	if (!settled || db->engine->inside(db->line))
		link_drop(db);
}

/* Tells those who wait for the acts from first up to, but without, end. */
static void writer_wake(const struct db *db, struct writer_job *first, const struct writer_job *end, bool durable)
{
	while (first != end) {
		struct writer_job *job = first;
		/* Once woken, the job's memory is no longer there. */
		first = job->next;
		/* What an act was told may come from an act before it that is not
		 * durable now: no outcome of this batch counts, good or bad. */
		if (!durable && job->err != MC_STORE) {
			ctx_forget(job->ctx);
			job->err = writer_down(db, job->ctx);
		}
		sem_post(&job->done);
	}
}

/* As if these acts had not been performed yet. */
static void writer_reset(struct writer_job *first, const struct writer_job *end)
{
	for (struct writer_job *job = first; job != end; job = job->next) {
		job->ctx->why = job->why;
		job->err = MC_OK;
	}
}

static void writer_pause(int tries)
{
	int64_t longest = WRITER_PAUSE_US << (tries < 8 ? tries : 8);
	/* Two writers that met once do not meet again in step. */
	usleep((useconds_t)(longest / 2 + clock_tick_us() % (longest / 2)));
}

static void writer_durable(struct writer *writer, int acts, void (**calls)(void))
{
	pthread_mutex_lock(&writer->lock);
	writer->acts += acts;
	writer->commits++;
	pthread_mutex_unlock(&writer->lock);
	for (int i = 0; i < LINK_AFTER && calls[i]; i++)
		calls[i]();
}

/* Performs acts from first on in one commit and wakes who waits for them. Returns
 * the act to go on with: not NULL when the transaction was lost midway, first itself
 * when it is to be tried again. A commit whose outcome nobody knows is not tried again. */
static struct writer_job *writer_commit(struct writer *writer, struct writer_job *first, int *tries)
{
	struct db *db = writer->db;
	void (*calls[LINK_AFTER])(void) = { NULL };
	struct writer_job *job = first;
	int acts = 0, most = *tries < 4 ? WRITER_BATCH >> 2 * *tries : 1;
	db->again = false;
	bool good = link_ready(db) && !link_order(db, db->engine->begin);
	bool again = !good && db->again;
	if (!good && !again)
		job = NULL;
	for (; good && job && acts < most; job = job->next, acts++) {
		good = writer_perform(db, job, calls);
		again = !good && db->again;
	}
	if (good && !*tries && atomic_load_explicit(&writer_again, memory_order_relaxed))
		again = !(good = false);
	if (good) {
		enum engine_result committed = link_order(db, "commit");
		if (!committed)
			committed = link_settle(db);
		good = committed == ENGINE_DONE;
		again = committed == ENGINE_AGAIN;
	}
	if (good)
		writer_durable(writer, acts, calls);
	else
		writer_undo(db);
	if (again && *tries < WRITER_TRIES) {
		writer_reset(first, job);
		writer_pause((*tries)++);
		return first;
	}
	*tries = 0;
	writer_wake(db, first, job, good);
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
		for (int tries = 0; job;)
			job = writer_commit(writer, job, &tries);
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

/* Puts jobs, which hang together from first to last, at the end of the queue. */
static void writer_queue(struct writer *writer, struct writer_job *first, struct writer_job *last, int64_t count)
{
	/* It would wait for itself. */
	assert(!pthread_equal(writer->thread, pthread_self()));
	pthread_mutex_lock(&writer->lock);
	assert(!writer->stopping);
	*writer->last = first;
	writer->last = &last->next;
	writer->waiting += count;
	pthread_cond_signal(&writer->queued);
	pthread_mutex_unlock(&writer->lock);
}

static void writer_begin_job(struct writer_job *job, struct ctx *ctx, enum mc_err (*act)(struct ctx *, void *), void *arg)
{
	*job = (struct writer_job){ .ctx = ctx, .act = act, .arg = arg, .why = ctx->why };
	sem_init(&job->done, 0, 0);
}

static enum mc_err writer_end_job(struct writer_job *job)
{
	while (sem_wait(&job->done) && errno == EINTR)
		;
	sem_destroy(&job->done);
	return job->err;
}

enum mc_err writer_wait(struct writer *writer, struct ctx *ctx,
			enum mc_err (*act)(struct ctx *, void *), void *arg)
{
	struct writer_job job;
	writer_begin_job(&job, ctx, act, arg);
	writer_queue(writer, &job, &job, 1);
	return writer_end_job(&job);
}

void writer_each(struct writer *writer, struct db_act *acts, size_t count)
{
	struct writer_job *all = arena_take(acts->ctx->mem, count * sizeof *all);
	for (size_t i = 0; i < count; i++) {
		writer_begin_job(&all[i], acts[i].ctx, acts[i].act, acts[i].arg);
		all[i].next = i + 1 < count ? &all[i + 1] : NULL;
	}
	writer_queue(writer, all, &all[count - 1], (int64_t)count);
	for (size_t i = 0; i < count; i++)
		acts[i].err = writer_end_job(&all[i]);
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
