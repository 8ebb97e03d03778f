#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/text.h"
#include "../../src/court/bell.h"

#include <pthread.h>
#include <stdatomic.h>

static void bell_test_wake(void *count) { atomic_fetch_add((atomic_int *)count, 1); }

static void bell_test_topics(struct arena *mem)
{
	atomic_int woken = 0;
	const char *event = "", *data = "";
	struct bell_ear *ear = bell_listen(mem, "p1 desk:132", bell_test_wake, &woken);
	struct bell_ear *other = bell_listen(mem, "p2", bell_test_wake, &woken);
	bell_ring("p1", "case", "{\"n\":1}");
	bell_ring("desk:132", "desk", "{}");
	bell_ring("p3", "case", "{}");
	CHECK_INT(woken, 1);            /* only when something begins to wait */
	CHECK(bell_take(ear, mem, &event, &data));
	CHECK_TEXT(event, "case");
	CHECK_TEXT(data, "{\"n\":1}");
	CHECK(bell_take(ear, mem, &event, &data));
	CHECK_TEXT(event, "desk");
	CHECK(!bell_take(ear, mem, &event, &data));
	CHECK(!bell_take(other, mem, &event, &data));
	bell_leave(other);
	bell_ring("p2", "case", "{}");
	bell_ring("p1", "case", "{}");
	CHECK_INT(woken, 2);
	bell_leave(ear);
	bell_ring("p1", "case", "{}");
	CHECK_INT(woken, 2);
}

static void bell_test_too_far_behind(struct arena *mem)
{
	atomic_int woken = 0;
	const char *event = "", *data = "";
	struct bell_ear *ear = bell_listen(mem, "p1", bell_test_wake, &woken);
	int taken = 0, again = 0;
	for (int i = 0; i < 20000; i++)
		bell_ring("p1", "case", "{\"n\":1}");
	while (bell_take(ear, mem, &event, &data)) {
		taken++;
		again += !strcmp(event, "again");
	}
	CHECK(taken < 20000 && again == 1);
	/* One thing that is too big for anybody. */
	struct text big = text_begin(mem);
	for (int i = 0; i < 10000; i++)
		text_add(&big, "0123456789");
	bell_ring("p1", "case", text_end(&big));
	CHECK(bell_take(ear, mem, &event, &data));
	CHECK_TEXT(event, "again");
	/* Taking and ringing in turn walks through the room many times. */
	for (int i = 0; i < 5000; i++) {
		bell_ring("p1", "case", i % 2 ? "{}" : "{\"longer\":true}");
		if (i % 3 == 0)
			CHECK(bell_take(ear, mem, &event, &data));
	}
	bell_leave(ear);
}

static void *bell_test_ring(void *what)
{
	(void)what;
	for (int i = 0; i < 2000; i++)
		bell_ring(i % 2 ? "p1" : "p2", "case", "{}");
	return NULL;
}

static void *bell_test_come_and_go(void *what)
{
	atomic_int woken = 0;
	for (int i = 0; i < 300; i++) {
		struct arena *mem = arena_begin();
		struct bell_ear *ear = bell_listen(mem, "p1 p2", bell_test_wake, &woken);
		const char *event, *data;
		while (bell_take(ear, mem, &event, &data))
			;
		bell_leave(ear);
		arena_end(mem);
	}
	return what;
}

int main(void)
{
	struct arena *mem = arena_begin();
	pthread_t thread[6];
	bell_test_topics(mem);
	bell_test_too_far_behind(mem);
	for (int i = 0; i < 6; i++)
		pthread_create(&thread[i], NULL, i % 2 ? bell_test_ring : bell_test_come_and_go, NULL);
	for (int i = 0; i < 6; i++)
		pthread_join(thread[i], NULL);
	arena_end(mem);
	return check_end();
}
