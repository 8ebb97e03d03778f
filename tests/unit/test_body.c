/* Bodies of requests: how much may come, and files. */
#include "hall.h"

static void body_test_sizes(struct arena *mem)
{
	struct text big = text_begin(mem);
	text_add(&big, "csrf=token1&a=");
	for (int i = 0; i < 200 * 1024; i++)
		text_add(&big, "0123456789");
	CHECK_INT(hall_status(hall_say(mem, "POST /t/mine", MINE FORM, text_end(&big))), 200);
	for (int i = 0; i < 20 * 1024; i++)
		text_add(&big, "0123456789");
	const char *a = hall_say(mem, "POST /t/mine", MINE FORM JSON "Expect: 100-continue\r\n", text_end(&big));
	CHECK_INT(hall_status(a), 413);
	HAS(a, "problem+json");
	/* Nobody is signed in: the answer comes before the body. */
	int fd = hall_connect();
	a = "POST /t/mine HTTP/1.1\r\nHost: court.test\r\n" JSON FORM "Content-Length: 2000000\r\n\r\n";
	hall_send(fd, a, strlen(a));
	a = hall_hear(mem, fd, "}");
	CHECK_INT(hall_status(a), 401);
	close(fd);
	/* The same without a length said beforehand. */
	fd = hall_connect();
	a = "POST /t/open HTTP/1.1\r\nHost: court.test\r\nConnection: close\r\n" JSON "Transfer-Encoding: chunked\r\n\r\n";
	hall_send(fd, a, strlen(a));
	for (int i = 0; i < 70; i++) {
		hall_send(fd, "400\r\n", 5);
		hall_send(fd, big.bytes, 1024);
		hall_send(fd, "\r\n", 2);
	}
	hall_send(fd, "0\r\n\r\n", 5);
	CHECK_INT(hall_status(hall_hear(mem, fd, NULL)), 413);
	close(fd);
	/* A body that is promised and welcome. */
	fd = hall_connect();
	a = "POST /t/open HTTP/1.1\r\nHost: court.test\r\nConnection: close\r\nExpect: 100-continue\r\n"
	    "Content-Length: 3\r\n\r\n";
	hall_send(fd, a, strlen(a));
	HAS(hall_hear(mem, fd, "100 Continue"), "100 Continue");
	hall_send(fd, "abc", 3);
	CHECK_TEXT(hall_body(hall_hear(mem, fd, NULL)), "abc");
	close(fd);
}

static void body_test_files(struct arena *mem)
{
	static const char part[] = "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
		"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"证据.txt\"\r\n"
		"Content-Type: text/plain\r\n\r\n%s\r\n--x--\r\n";
	const char *type = "Content-Type: multipart/form-data; boundary=x\r\n";
	struct text big = text_begin(mem);
	for (int i = 0; i < 300 * 1024; i++)
		text_add(&big, "0123456789");
	char *body = arena_take(mem, big.size + 1000);
	int n = snprintf(body, big.size + 1000, "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken1\r\n"
			 "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"证据.txt\"\r\n"
			 "Content-Type: text/plain\r\n\r\n%s\r\n--x--\r\n", text_end(&big));
	CHECK(n > 3000000);
	const char *a = hall_say(mem, "POST /t/files", arena_print(mem, MINE "%s", type), body);
	CHECK_INT(hall_status(a), 200);
	HAS(a, " 3072000 text/plain 证据.txt\"}");
	const char *digest = strstr(a, "\"f\":\"");
	const char *get = arena_print(mem, "GET /t/file?digest=%.64s", digest ? digest + 5 : "");
	a = hall_say(mem, get, "Range: bytes=10-19\r\n", "");
	CHECK_INT(hall_status(a), 206);
	CHECK_TEXT(hall_body(a), "0123456789");
	HAS(a, "Content-Range: bytes 10-19/3072000\r\n");
	CHECK_INT(hall_status(hall_say(mem, get, "Range: bytes=10-19\r\nIf-Range: \"other\"\r\n", "")), 200);
	HAS(a, "filename*=UTF-8''%E8%AF%81%E6%8D%AE%20%221%22.txt");
	a = hall_say(mem, get, "", "");
	CHECK_INT(strlen(hall_body(a)), 3072000);
	CHECK_INT(hall_status(hall_say(mem, "GET /t/file?digest=00", "", "")), 404);
	/* Not from our form, or to a page that takes no files. */
	const char *forged = arena_print(mem, part, "token2", "x");
	CHECK_INT(hall_status(hall_say(mem, "POST /t/files", arena_print(mem, MINE "%s", type), forged)), 403);
	const char *good = arena_print(mem, part, "token1", "x");
	CHECK_INT(hall_status(hall_say(mem, "POST /t/mine", arena_print(mem, MINE "%s", type), good)), 422);
	CHECK_INT(hall_status(hall_say(mem, "POST /t/files", type, good)), 303);
	const char *torn = arena_print(mem, MINE "X-CSRF-Token: token1\r\n%s", type);
	CHECK_INT(hall_status(hall_say(mem, "POST /t/files", torn, "--x")), 422);
}

int main(void)
{
	hall_open();
	body_test_sizes(hall.ctx.mem);
	body_test_files(hall.ctx.mem);
	CHECK(server_stop(hall.server, 10));
	return hall_close();
}
