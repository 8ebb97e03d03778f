/* The stream of news to open pages. */
#include "hall.h"
#include "../../src/court/bell.h"

static void live_test_news(struct arena *mem)
{
	static const char first[] = "GET /t/live HTTP/1.1\r\nHost: court.test\r\n" MINE "\r\n";
	static const char again[] = "GET /t/live HTTP/1.1\r\nHost: court.test\r\nLast-Event-ID: 7\r\n" MINE "\r\n";
	int one = hall_connect(), two = hall_connect();
	hall_send(one, first, sizeof first - 1);
	hall_send(two, again, sizeof again - 1);
	const char *a = hall_hear(mem, one, "retry:");
	HAS(a, "Content-Type: text/event-stream");
	HAS(hall_hear(mem, two, "again"), "event: again");
	bell_ring("p1", "case", "{\"n\":1}");
	HAS(hall_hear(mem, one, "}"), "event: case\ndata: {\"n\":1}");
	HAS(hall_hear(mem, two, "}"), "event: case\ndata: {\"n\":1}");
	bell_ring("p2", "case", "{\"n\":2}");
	bell_ring("desk:132", "desk", "{\"n\":3}");
	LACKS(hall_hear(mem, one, "3}"), "{\"n\":2}");
	HAS(hall_hear(mem, one, ":\n\n"), ":\n\n");
	/* One goes away; the other still hears. */
	close(two);
	for (int i = 0; i < 500; i++)
		bell_ring("p1", "case", "{\"n\":4}");
	bell_ring("p1", "case", "{\"last\":true}");
	HAS(hall_hear(mem, one, "last"), "last");
	close(one);
	CHECK_INT(hall_status(hall_say(mem, "GET /live", JSON, "")), 401);
}

int main(void)
{
	hall_open();
	live_test_news(hall.ctx.mem);
	CHECK(server_stop(hall.server, 10));
	return hall_close();
}
