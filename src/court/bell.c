#include "bell.h"
#include "../base/arena.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#define BELL_BUCKETS 4096
#define BELL_FIRST 1024

struct bell_hook {
	struct bell_ear *ear;
	const char *topic;
	struct bell_hook *next, **back;
};

struct bell_ear {
	struct arena *mem;
	void (*wake)(void *);
	void *what;
	char *waiting;                  /* pairs of NUL-ended texts: event, data, event, data */
	size_t from, to, room;          /* what waits is waiting[from..to) */
	struct bell_hook hook[BELL_TOPICS];
	size_t hooks;
};

/* Who listens to what, by a hash of the topic; everything in it and in every ear is
 * guarded by bell_lock. */
static pthread_mutex_t bell_lock = PTHREAD_MUTEX_INITIALIZER;
static struct bell_hook *bell_bucket[BELL_BUCKETS];

static struct bell_hook **bell_find(const char *topic)
{
	uint32_t sum = 2166136261u;     /* FNV-1a */
	for (; *topic; topic++)
		sum = (sum ^ (unsigned char)*topic) * 16777619u;
	return &bell_bucket[sum % BELL_BUCKETS];
}

/* Room for n more bytes behind what waits; false if that would be too much. */
static bool bell_reach(struct bell_ear *ear, size_t n)
{
	size_t size = ear->to - ear->from;
	if (size + n > BELL_MOST)
		return false;
	if (ear->to + n <= ear->room)
		return true;
	size_t room = ear->room ? ear->room : BELL_FIRST;
	while (room < size + n)
		room *= 2;
	/* The old place is lost until the ear ends; doubling bounds that by BELL_MOST. */
	char *place = room > ear->room ? arena_take(ear->mem, room) : ear->waiting;
	if (size)
		memmove(place, ear->waiting + ear->from, size);
	ear->waiting = place;
	ear->room = room;
	ear->from = 0;
	ear->to = size;
	return true;
}

static void bell_put(struct bell_ear *ear, const char *event, const char *data)
{
	size_t n = strlen(event) + 1, m = strlen(data) + 1;
	bool quiet = ear->from == ear->to;
	if (!bell_reach(ear, n + m)) {
		event = "again";
		data = "{}";
		n = strlen(event) + 1;
		m = strlen(data) + 1;
		ear->from = ear->to = 0;
		(void)bell_reach(ear, n + m);
	}
	memcpy(ear->waiting + ear->to, event, n);
	memcpy(ear->waiting + ear->to + n, data, m);
	ear->to += n + m;
	if (quiet)
		ear->wake(ear->what);
}

void bell_ring(const char *topic, const char *event, const char *data)
{
	pthread_mutex_lock(&bell_lock);
	for (struct bell_hook *hook = *bell_find(topic); hook; hook = hook->next)
		if (!strcmp(hook->topic, topic))
			bell_put(hook->ear, event, data);
	pthread_mutex_unlock(&bell_lock);
}

struct bell_ear *bell_listen(struct arena *mem, const char *topics, void (*wake)(void *), void *what)
{
	struct bell_ear *ear = arena_take(mem, sizeof *ear);
	*ear = (struct bell_ear){ .mem = mem, .wake = wake, .what = what };
	pthread_mutex_lock(&bell_lock);
	while (*topics && ear->hooks < BELL_TOPICS) {
		size_t n = strcspn(topics, " ");
		char *topic = arena_take(mem, n + 1);
		memcpy(topic, topics, n);
		struct bell_hook *hook = &ear->hook[ear->hooks++], **at = bell_find(topic);
		*hook = (struct bell_hook){ .ear = ear, .topic = topic, .next = *at, .back = at };
		if (*at)
			(*at)->back = &hook->next;
		*at = hook;
		topics += n + strspn(topics + n, " ");
	}
	pthread_mutex_unlock(&bell_lock);
	return ear;
}

bool bell_take(struct bell_ear *ear, struct arena *mem, const char **event, const char **data)
{
	pthread_mutex_lock(&bell_lock);
	bool some = ear->from < ear->to;
	if (some) {
		*event = arena_copy(mem, ear->waiting + ear->from);
		ear->from += strlen(*event) + 1;
		*data = arena_copy(mem, ear->waiting + ear->from);
		ear->from += strlen(*data) + 1;
	}
	if (ear->from == ear->to)
		ear->from = ear->to = 0;
	pthread_mutex_unlock(&bell_lock);
	return some;
}

void bell_leave(struct bell_ear *ear)
{
	pthread_mutex_lock(&bell_lock);
	for (size_t i = 0; i < ear->hooks; i++) {
		struct bell_hook *hook = &ear->hook[i];
		*hook->back = hook->next;
		if (hook->next)
			hook->next->back = hook->back;
	}
	pthread_mutex_unlock(&bell_lock);
}
