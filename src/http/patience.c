#define _GNU_SOURCE 1
#include "patience.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/meter.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

#define PATIENCE_REST 0         /* since, while nothing is waited for */

struct patience_line {
	struct patience *whole;
	_Atomic int64_t since;          /* monotonic microseconds */
	_Atomic int64_t came;           /* bytes, -1 while a head is waited for */
	int socket;                     /* -1 if there is none; guarded by the lock */
	struct patience_line *next;     /* of the free ones; guarded by the lock */
};

struct patience {
	pthread_mutex_t lock;
	pthread_cond_t stopping;
	pthread_t watch;
	bool stopped;
	struct patience_line *line, *first;
	size_t lines, used;             /* used: so many from the first on have ever been */
	int64_t seconds, least;
};

/* Under the lock: the socket is still this client's. What reads from it finds its end. */
static void patience_look(struct patience *patience, struct patience_line *line, int64_t now)
{
	int64_t since = atomic_load(&line->since), came = atomic_load(&line->came);
	if (line->socket < 0 || since == PATIENCE_REST || now - since < patience->seconds * 1000000)
		return;
	if (came >= patience->least * patience->seconds) {
		atomic_store(&line->came, 0);
		(void)atomic_compare_exchange_strong(&line->since, &since, now);
		return;
	}
	/* If it has brought something to an end just now, it is left alone. */
	if (atomic_compare_exchange_strong(&line->since, &since, PATIENCE_REST)) {
		(void)shutdown(line->socket, SHUT_RDWR);
		meter_add(METER_SLOW, 1);
	}
}

static void *patience_watch(void *what)
{
	struct patience *patience = what;
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	pthread_mutex_lock(&patience->lock);
	while (!patience->stopped) {
		until.tv_sec++;
		while (!patience->stopped && !pthread_cond_clockwait(&patience->stopping, &patience->lock, CLOCK_MONOTONIC, &until))
			;
		int64_t now = clock_tick_us();
		for (size_t i = 0; i < patience->used && !patience->stopped; i++)
			patience_look(patience, &patience->line[i], now);
	}
	pthread_mutex_unlock(&patience->lock);
	return NULL;
}

static void patience_end(void *what) { patience_stop(what); }

struct patience *patience_begin(struct arena *mem, size_t lines, int seconds, int least)
{
	struct patience *patience = arena_take(mem, sizeof *patience);
	*patience = (struct patience){ .lock = PTHREAD_MUTEX_INITIALIZER, .stopping = PTHREAD_COND_INITIALIZER, .lines = lines,
		.line = arena_take(mem, lines * sizeof *patience->line), .seconds = seconds, .least = least, .stopped = !least };
	if (least) {
		int failed = pthread_create(&patience->watch, NULL, patience_watch, patience);
		assert(!failed);
		(void)failed;
	}
	arena_closer(mem, patience_end, patience);
	return patience;
}

void patience_stop(struct patience *patience)
{
	pthread_mutex_lock(&patience->lock);
	bool first = !patience->stopped;
	patience->stopped = true;
	pthread_cond_signal(&patience->stopping);
	pthread_mutex_unlock(&patience->lock);
	if (first)
		pthread_join(patience->watch, NULL);
}

struct patience_line *patience_line(struct patience *patience, int socket)
{
	pthread_mutex_lock(&patience->lock);
	struct patience_line *line = patience->first;
	if (line)
		patience->first = line->next;
	else if (patience->used < patience->lines)
		line = &patience->line[patience->used++];
	if (line) {
		line->whole = patience;
		line->socket = socket;
		patience_head(line);
	}
	pthread_mutex_unlock(&patience->lock);
	return line;
}

void patience_gone(struct patience_line *line)
{
	if (!line)
		return;
	pthread_mutex_lock(&line->whole->lock);
	line->socket = -1;
	line->next = line->whole->first;
	line->whole->first = line;
	pthread_mutex_unlock(&line->whole->lock);
}

static void patience_wait(struct patience_line *line, int64_t came)
{
	if (!line)
		return;
	atomic_store(&line->came, came);
	atomic_store(&line->since, clock_tick_us());
}

void patience_head(struct patience_line *line) { patience_wait(line, -1); }

void patience_body(struct patience_line *line) { patience_wait(line, 0); }

void patience_rest(struct patience_line *line)
{
	if (line)
		atomic_store(&line->since, PATIENCE_REST);
}

void patience_came(struct patience_line *line, size_t n)
{
	if (line)
		atomic_fetch_add_explicit(&line->came, (int64_t)n, memory_order_relaxed);
}
