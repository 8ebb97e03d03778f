/* Pages that take their time, and strangers at the door, keep nobody else waiting. */
#include "hall.h"

#include <pthread.h>

static void *worker_test_ask_slow(void *what)
{
	struct arena *mem = arena_begin();
	atomic_int *good = what;
	const char *a = hall_say(mem, "GET /t/slow", "", "");
	if (hall_status(a) == 200 && !strcmp(hall_body(a), "slow"))
		atomic_fetch_add(good, 1);
	arena_end(mem);
	return NULL;
}

static void worker_test_together(struct arena *mem)
{
	pthread_t thread[24];
	atomic_int good = 0;
	for (int i = 0; i < 24; i++)
		pthread_create(&thread[i], NULL, worker_test_ask_slow, &good);
	usleep(50 * 1000);
	/* While all workers sleep, pages that only read are answered. */
	CHECK_INT(hall_status(hall_say(mem, "GET /t/read/1", "", "")), 200);
	CHECK(atomic_load(&good) < 24);
	for (int i = 0; i < 24; i++)
		pthread_join(thread[i], NULL);
	CHECK_INT(good, 24);
	CHECK(hall.most > 1 && hall.most <= 8);
}

/* More strangers at the door than there are workers: an act is done before any of them. They stand back. */
static void worker_test_storm(struct arena *mem)
{
	static const char ask[] = "GET /t/door HTTP/1.1\r\nHost: court.test\r\nConnection: close\r\n\r\n";
	int fd[24];
	for (int i = 0; i < 24; i++) {
		fd[i] = hall_connect();
		hall_send(fd[i], ask, sizeof ask - 1);
	}
	usleep(50 * 1000);
	CHECK_TEXT(hall_body(hall_say(mem, "GET /t/let-go", "", "")), "go");
	for (int i = 0; i < 24; i++) {
		CHECK_TEXT(hall_body(hall_hear(mem, fd[i], NULL)), "1 19");
		close(fd[i]);
	}
}

int main(void)
{
	hall_open();
	worker_test_together(hall.ctx.mem);
	worker_test_storm(hall.ctx.mem);
	CHECK(server_stop(hall.server, 10));
	return hall_close();
}
