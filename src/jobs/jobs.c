#include "jobs.h"
#include "courier.h"
#include "delivery.h"
#include "sweep.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/log.h"
#include "../base/meter.h"
#include "../court/docket.h"
#include "../court/gazette.h"
#include "../court/perusal.h"
#include "../store/db.h"
#include "../store/outbox.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

/* Rows that share a commit: enough that waiting for the disk is shared well, and so few that an act
 * which comes just then hardly notices. */
enum { JOBS_TURN = 64 };

/* One program serves one store, so there is one jobs thread. */
static struct {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct store *store;
	bool rung, stop, runs;
} jobs = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void jobs_ring(void)
{
	pthread_mutex_lock(&jobs.lock);
	jobs.rung = true;
	pthread_cond_signal(&jobs.wake);
	pthread_mutex_unlock(&jobs.lock);
}

/* Whether this row is out of the way: done, done by somebody else, or postponed. */
static bool jobs_settle(struct delivery *d)
{
	const char *why = d->ctx.why ? d->ctx.why->key : "?";
	meter_add(METER_JOBS_DONE, !d->err);
	/* Overtaken is done by somebody else; every other refusal waits, or the row would be tried for ever. */
	if (!d->err || !strcmp(why, "outbox.overtaken"))
		return true;
	log_note(LOG_LEVEL_WARNING, "jobs-failed", (struct log_field[]){ { "kind", d->row->kind, 0 }, { "court", d->row->court, 0 },
		{ "docket", d->row->docket, 0 }, { "tries", NULL, d->row->tries }, { "why", why, 0 }, { 0 } });
	meter_add(METER_JOBS_FAILED, 1);
	ctx_forget(&d->ctx);
	return !outbox_again(&d->ctx, d->row, why);
}

/* Takes the oldest rows that are due, together; returns how many are out of the way. */
static int jobs_turn(struct store *store)
{
	struct arena *mem = arena_begin();
	struct ctx ctx = { .mem = mem, .db = db_reader(store), .person = DOCKET_SYSTEM, .session = "", .device = "", .now = clock_now() };
	struct delivery turn[JOBS_TURN];
	struct outbox_row *row;
	size_t count = 0;
	int settled = 0;
	if (!outbox_due(&ctx, JOBS_TURN, &row, &count))
		delivery_do(&ctx, row, count, turn);
	for (size_t i = 0; i < count; i++)
		settled += jobs_settle(&turn[i]);
	arena_end(mem);
	return settled;
}

/* What is looked after between rows: an official list may have been taken in by another program
 * beside this one, and the read log has grown. */
static void jobs_look_after(struct store *store)
{
	struct arena *mem = arena_begin();
	struct ctx ctx = { .mem = mem, .db = db_reader(store), .person = DOCKET_SYSTEM, .session = "", .device = "", .now = clock_now() };
	if (gazette_use(&ctx))
		log_note(LOG_LEVEL_WARNING, "lists-unread", (struct log_field[]){ { "why", ctx.why ? ctx.why->key : "?", 0 }, { 0 } });
	ctx_forget(&ctx);
	if (perusal_keep(&ctx))
		log_note(LOG_LEVEL_ERROR, "reads-unkept", (struct log_field[]){ { "why", ctx.why ? ctx.why->key : "?", 0 }, { 0 } });
	arena_end(mem);
}

int jobs_run(struct store *store)
{
	int done = 0;
	for (int turn; done < 100000 && (turn = jobs_turn(store)) > 0;)
		done += turn;
	return done;
}

static void *jobs_loop(void *unused)
{
	int64_t swept = 0, looked = 0;
	(void)unused;
	for (;;) {
		meter_set(METER_JOBS_BEAT, clock_tick_us());
		sweep_run(jobs.store, &swept);
		while (jobs_turn(jobs.store)) {
			pthread_mutex_lock(&jobs.lock);
			bool stop = jobs.stop;
			pthread_mutex_unlock(&jobs.lock);
			if (stop)
				return NULL;
			meter_set(METER_JOBS_BEAT, clock_tick_us());
		}
		if (!looked || clock_tick_us() - looked > 1000000) {
			jobs_look_after(jobs.store);
			looked = clock_tick_us();
		}
		pthread_mutex_lock(&jobs.lock);
		/* Looks once a second too: a row may have become due. */
		struct timespec until;
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec++;
		while (!jobs.rung && !jobs.stop && !pthread_cond_timedwait(&jobs.wake, &jobs.lock, &until))
			;
		jobs.rung = false;
		bool stop = jobs.stop;
		pthread_mutex_unlock(&jobs.lock);
		if (stop)
			return NULL;
	}
}

bool jobs_start(struct store *store)
{
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&jobs.wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	jobs.store = store;
	jobs.stop = false;
	outbox_on_commit(jobs_ring);
	jobs.runs = courier_start(store) && !pthread_create(&jobs.thread, NULL, jobs_loop, NULL);
	if (!jobs.runs)
		courier_stop();
	return jobs.runs;
}

void jobs_stop(void)
{
	if (!jobs.runs)
		return;
	pthread_mutex_lock(&jobs.lock);
	jobs.stop = true;
	pthread_cond_signal(&jobs.wake);
	pthread_mutex_unlock(&jobs.lock);
	pthread_join(jobs.thread, NULL);
	courier_stop();
	jobs_look_after(jobs.store);            /* the last lines of the read log */
	outbox_on_commit(NULL);
	jobs.runs = false;
}
