#include "live.h"
#include "../base/arena.h"
#include "../base/meter.h"
#include "../court/bell.h"
#include "../court/office.h"

#include <assert.h>
#include <microhttpd.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#define LIVE_BEATS 36           /* of 25 s: a quarter of an hour */

struct live_stream {
	struct arena *mem;
	struct live *live;
	struct MHD_Connection *connection;
	struct bell_ear *ear;
	struct text frame;              /* bytes to send; sent counts those that have gone */
	size_t sent;
	int beats;                      /* left until the stream ends */
	bool asleep, rung, beat;        /* guarded by live->lock */
	struct live_stream *next, **back;
};

/* lock guards the list, stopped, and the three flags of each stream. The order is
 * bell before live: nobody who holds it calls the bell. */
struct live {
	pthread_mutex_t lock;
	pthread_cond_t soon;
	pthread_t ticker;
	struct live_stream *first;
	int beat_seconds;
	bool stopped;
};

/* Under the lock. */
static void live_rouse(struct live_stream *s)
{
	s->rung = true;
	if (s->asleep) {
		s->asleep = false;
		MHD_resume_connection(s->connection);
	}
}

static void live_wake(void *stream)
{
	struct live_stream *s = stream;
	pthread_mutex_lock(&s->live->lock);
	live_rouse(s);
	pthread_mutex_unlock(&s->live->lock);
}

static void *live_tick(void *what)
{
	struct live *live = what;
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	pthread_mutex_lock(&live->lock);
	while (!live->stopped) {
		until.tv_sec += live->beat_seconds;
		while (!live->stopped && !pthread_cond_timedwait(&live->soon, &live->lock, &until))
			;
		for (struct live_stream *s = live->first; s; s = s->next) {
			s->beat = true;
			live_rouse(s);
		}
	}
	pthread_mutex_unlock(&live->lock);
	return NULL;
}

static void live_end(void *what)
{
	live_stop(what);
}

struct live *live_begin(struct arena *mem, int beat_seconds)
{
	struct live *live = arena_take(mem, sizeof *live);
	pthread_condattr_t monotonic;
	live->beat_seconds = beat_seconds;
	pthread_mutex_init(&live->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&live->soon, &monotonic);
	pthread_condattr_destroy(&monotonic);
	int failed = pthread_create(&live->ticker, NULL, live_tick, live);
	assert(!failed);
	arena_closer(mem, live_end, live);
	return live;
}

void live_stop(struct live *live)
{
	pthread_mutex_lock(&live->lock);
	bool first = !live->stopped;
	live->stopped = true;
	pthread_cond_signal(&live->soon);
	pthread_mutex_unlock(&live->lock);
	if (first)
		pthread_join(live->ticker, NULL);
}

/* RFC: one "data:" line for each line of the data. */
static void live_write(struct text *frame, const char *event, const char *data)
{
	text_add(frame, "event: ");
	text_add(frame, event);
	for (const char *end; ; data = end + 1) {
		end = data + strcspn(data, "\n");
		text_add(frame, "\ndata: ");
		text_add_n(frame, data, (size_t)(end - data));
		if (!*end)
			break;
	}
	text_add(frame, "\n\n");
}

/* Collects what waits into the frame; the number of events. */
static int live_collect(struct live_stream *s)
{
	const char *event, *data;
	struct arena *scratch = arena_begin();
	int some = 0;
	s->frame.size = s->sent = 0;
	for (; s->frame.size < 16384 && bell_take(s->ear, scratch, &event, &data); some++)
		live_write(&s->frame, event, data);
	arena_end(scratch);
	return some;
}

static ssize_t live_read(void *stream, uint64_t position, char *to, size_t most)
{
	struct live_stream *s = stream;
	(void)position;
	while (s->sent == s->frame.size) {
		pthread_mutex_lock(&s->live->lock);
		bool over = s->live->stopped || (s->beat && --s->beats <= 0), beat = s->beat;
		bool rung = s->rung;
		s->rung = s->beat = false;
		if (!over && !rung) {
			s->asleep = true;
			MHD_suspend_connection(s->connection);
		}
		pthread_mutex_unlock(&s->live->lock);
		if (over)
			return MHD_CONTENT_READER_END_OF_STREAM;
		if (!rung)
			return 0;
		if (!live_collect(s) && beat)
			text_add(&s->frame, ":\n\n");
		else if (s->frame.size >= 16384)
			live_wake(s);   /* more may wait */
	}
	size_t n = s->frame.size - s->sent;
	n = n < most ? n : most;
	memcpy(to, s->frame.bytes + s->sent, n);
	s->sent += n;
	return (ssize_t)n;
}

static void live_gone(void *stream)
{
	struct live_stream *s = stream;
	bell_leave(s->ear);
	meter_add(METER_LIVE, -1);
	pthread_mutex_lock(&s->live->lock);
	*s->back = s->next;
	if (s->next)
		s->next->back = s->back;
	pthread_mutex_unlock(&s->live->lock);
	arena_end(s->mem);
}

struct MHD_Response *live_response(struct live *live, struct MHD_Connection *connection, const char *topics,
				   bool again)
{
	struct arena *mem = arena_begin();
	struct live_stream *s = arena_take(mem, sizeof *s);
	*s = (struct live_stream){
		.mem = mem, .live = live, .connection = connection, .beats = LIVE_BEATS, .rung = true,
	};
	s->frame = text_begin(mem);
	text_add(&s->frame, "retry: 3000\n\n");
	if (again)
		live_write(&s->frame, "again", "{}");
	meter_add(METER_LIVE, 1);
	s->ear = bell_listen(mem, topics, live_wake, s);
	pthread_mutex_lock(&live->lock);
	s->next = live->first;
	s->back = &live->first;
	if (s->next)
		s->next->back = &s->next;
	live->first = s;
	pthread_mutex_unlock(&live->lock);
	struct MHD_Response *response =
		MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 2048, live_read, s, live_gone);
	if (!response)
		live_gone(s);
	return response;
}

enum mc_err live_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct office_seat *seat;
	size_t seats = 0;
	enum mc_err err = ask->staff ? office_of_person(ctx, ctx->person, &seat, &seats) : MC_OK;
	struct text topics = text_begin(ctx->mem);
	text_add(&topics, ctx->person);
	for (size_t i = 0; i < seats && i + 1 < BELL_TOPICS; i++)
		text_print(&topics, " desk:%s", seat[i].court);
	reply->stream = text_end(&topics);
	return err;
}
