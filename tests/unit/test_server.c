/* What the server takes, refuses and says, and how it ends. */
#include "hall.h"

#include <sys/stat.h>

static void server_test_reading(struct arena *mem)
{
	const char *a = hall_say(mem, "GET /t/read/%E6%B3%95?q=a%26b", "User-Agent: fox\r\nAccept-Language: en\r\n", "");
	CHECK_INT(hall_status(a), 200);
	HAS(a, "|法|a&b|");
	HAS(a, "|fox|1|http://court.test|127.0.0.1");
	HAS(a, "Content-Security-Policy: default-src 'none'");
	LACKS(a, "unsafe-inline");
	HAS(a, "X-Content-Type-Options: nosniff");
	HAS(a, "Cache-Control: private, no-cache");
	HAS(a, "Set-Cookie: visitor=");
	HAS(a, "Content-Language: en");
	HAS(a, "X-Request-Id: ");
	a = hall_say(mem, "HEAD /t/read/1", "", "");
	CHECK_INT(hall_status(a), 200);
	CHECK_TEXT(hall_body(a), "");
	HAS(a, "Content-Length: ");
	a = hall_say(mem, "GET /t/read/1", "If-None-Match: \"v1\"\r\n", "");
	CHECK_INT(hall_status(a), 304);
	HAS(a, "ETag: \"v1\"\r\n");
	CHECK_INT(hall_status(hall_say(mem, "GET /t/read/1", "If-None-Match: \"x\", W/\"v1\"\r\n", "")), 304);
	CHECK_INT(hall_status(hall_say(mem, "GET /t/read/1", "If-None-Match: \"v11\"\r\n", "")), 200);
	/* A page that has no name of its own is named by its bytes; what is about somebody stays in no browser. */
	a = hall_say(mem, "GET /about", "Cookie: visitor=0123456789012345678901234567890123456789012\r\n", "");
	const char *name = strstr(a, "ETag: \"");
	CHECK(name != NULL);
	if (name)
		CHECK_INT(hall_status(hall_say(mem, "GET /about", arena_print(mem, "If-None-Match: %.34s\r\n"
			"Cookie: visitor=0123456789012345678901234567890123456789012\r\n", name + 6), "")), 304);
	a = hall_say(mem, "GET /t/mine/1", MINE JSON, "");
	HAS(a, "Cache-Control: private, no-cache");
	a = hall_say(mem, "GET /t/mine/1", MINE, "");
	HAS(a, "p1|1||token1|");
	HAS(a, "Cache-Control: no-store");
	LACKS(a, "Set-Cookie");
	a = hall_say(mem, "GET /t/mine/1", MINE "X-Forwarded-For: 1.2.3.4, 203.0.113.7\r\n", "");
	HAS(a, "|203.0.113.7");
	a = hall_say(mem, "GET /health", "", "");
	CHECK_TEXT(hall_body(a), "{\"status\":\"ok\"}");
	LACKS(a, "Set-Cookie");
	a = hall_say(mem, "GET /static/court.css?v=0", "", "");
	HAS(a, "Cache-Control: no-cache");
	const char *etag = strstr(a, "ETag: \"");
	CHECK(etag != NULL);
	if (etag) {
		a = hall_say(mem, arena_print(mem, "GET /static/court.css?v=%.16s", etag + 7), "", "");
		HAS(a, "immutable");
		HAS(a, "Content-Type: text/css");
	}
	CHECK_INT(hall_status(hall_say(mem, "GET /static/..%2Fcourt.css", "", "")), 404);
}

static void server_test_refusals(struct arena *mem)
{
	const char *a = hall_say(mem, "GET /t/nothing", "", "");
	CHECK_INT(hall_status(a), 404);
	HAS(a, "<html lang=\"zh-CN\">");
	a = hall_say(mem, "GET /t/nothing", JSON, "");
	HAS(a, "application/problem+json");
	HAS(a, "\"type\":\"/problems/page.unknown\"");
	/* The number that is shown is the one in the header, and in the log. */
	const char *shown = strstr(a, "\"request\":\""), *sent = strstr(a, "X-Request-Id: ");
	CHECK(shown && sent && !strncmp(shown + strlen("\"request\":\""), sent + strlen("X-Request-Id: "), 20));
	a = hall_say(mem, "GET /metrics", "X-Forwarded-For: 203.0.113.7\r\n", "");
	CHECK_INT(hall_status(a), 404);
	a = hall_say(mem, "GET /ready", "X-Forwarded-For: 203.0.113.7\r\n", "");
	LACKS(a, "disk_free");
	a = hall_say(mem, "DELETE /t/mine/1", "", "");
	CHECK_INT(hall_status(a), 405);
	HAS(a, "Allow: GET, HEAD\r\n");
	a = hall_say(mem, "BREW /t/write", "", "");
	CHECK_INT(hall_status(a), 405);
	HAS(a, "Allow: POST\r\n");
	a = hall_say(mem, "GET /t/mine/1?a=1&b=2", "", "");
	CHECK_INT(hall_status(a), 303);
	HAS(a, "Location: /sign-in?next=/t/mine/1%3Fa%3D1%26b%3D2\r\n");
	a = hall_say(mem, "GET /t/mine/1", JSON, "");
	CHECK_INT(hall_status(a), 401);
	a = hall_say(mem, "GET /t/mine/1", JSON "Cookie: court=old\r\n", "");
	CHECK_INT(hall_status(a), 401);
	CHECK_INT(hall_status(hall_say(mem, "GET /t/staff", MINE, "")), 403);
	a = hall_say(mem, "GET /t/fail", JSON "Accept-Language: en\r\n", "");
	CHECK_INT(hall_status(a), 422);
	HAS(a, "\"field\":\"claims.1.amount\"");
	HAS(a, "\"law\":\"民诉法第122条\"");
	HAS(a, "\"field\":\"b\\\"<\"");
	LACKS(a, "half an answer");
	a = hall_say(mem, "GET /t/fail", "", "");
	HAS(a, "民诉法第122条");
	LACKS(a, "b\"<");
	CHECK_INT(hall_status(hall_say(mem, "GET /t/read/1?q=%FF", JSON, "")), 422);
	a = hall_say(mem, "GET /t/read/1?q=1&lang=en&r=2", "", "");
	CHECK_INT(hall_status(a), 303);
	HAS(a, "Location: /t/read/1?q=1&r=2\r\n");
	HAS(a, "Set-Cookie: lang=en;");
	a = hall_say(mem, "GET //evil.example/?lang=en", "", "");
	HAS(a, "Location: /\r\n");
}

static void server_test_posting(struct arena *mem)
{
	const char *a = hall_say(mem, "POST /t/mine", MINE FORM, "a=1&csrf=token1");
	CHECK_INT(hall_status(a), 200);
	CHECK_TEXT(hall_body(a), "{\"a\":\"1\",\"csrf\":\"token1\"}");
	a = hall_say(mem, "POST /t/mine", MINE FORM "X-CSRF-Token: token1\r\n", "a=%E6%B3%95");
	CHECK_TEXT(hall_body(a), "{\"a\":\"法\"}");
	CHECK_INT(hall_status(hall_say(mem, "POST /t/mine", MINE FORM, "a=1")), 403);
	CHECK_INT(hall_status(hall_say(mem, "POST /t/mine", MINE FORM, "a=1&csrf=token2")), 403);
	CHECK_INT(hall_status(hall_say(mem, "POST /t/mine", MINE FORM, "")), 403);
	a = hall_say(mem, "POST /t/mine", MINE FORM "Sec-Fetch-Site: cross-site\r\n", "a=1&csrf=token1");
	CHECK_INT(hall_status(a), 403);
	a = hall_say(mem, "POST /t/mine", MINE FORM "Origin: https://evil.example\r\n", "a=1&csrf=token1");
	CHECK_INT(hall_status(a), 403);
	a = hall_say(mem, "POST /t/mine", MINE FORM "Origin: null\r\n", "a=1&csrf=token1");
	CHECK_INT(hall_status(a), 403);
	a = hall_say(mem, "POST /t/mine", MINE FORM "Origin: http://court.test\r\n", "a=1&csrf=token1");
	CHECK_INT(hall_status(a), 200);
	a = hall_say(mem, "POST /t/mine", FORM "Referer: http://court.test/t/read/1\r\n", "a=1&csrf=token1");
	CHECK_INT(hall_status(a), 303);
	HAS(a, "Location: /sign-in?next=/t/read/1\r\n");
	/* A stranger: the token that was shown with the visitor cookie, and no other. */
	a = hall_say(mem, "GET /t/read/1", JSON, "");
	const char *cookie = strstr(a, "visitor="), *token = strstr(a, "X-CSRF-Token: ");
	CHECK(cookie && token);
	if (cookie && token) {
		const char *headers = arena_print(mem, FORM "Cookie: %.51s\r\n", cookie);
		const char *good = arena_print(mem, "csrf=%.64s", token + 14);
		CHECK_INT(hall_status(hall_say(mem, "POST /t/write", headers, good)), 200);
		CHECK_INT(hall_status(hall_say(mem, "POST /t/write", FORM, good)), 403);
		CHECK_INT(hall_status(hall_say(mem, "POST /t/write", headers, "csrf=")), 403);
		a = hall_say(mem, "POST /t/go", headers, good);
		CHECK_INT(hall_status(a), 303);
		HAS(a, "Location: /t/read/7\r\n");
		HAS(a, "Set-Cookie: a=b\r\n");
	}
	a = hall_say(mem, "POST /t/write", "Content-Type: application/json\r\n", "{\"a\":{\"b\":1}}");
	CHECK_TEXT(hall_body(a), "{\"a.b\":\"1\"}");
	a = hall_say(mem, "POST /t/write", "Content-Type: application/json\r\n", "{\"a\":");
	CHECK_INT(hall_status(a), 422);
	HAS(a, "problem+json");
	a = hall_say(mem, "POST /t/mine", MINE "Content-Type: application/json\r\n", "{}");
	CHECK_INT(hall_status(a), 403);
	a = hall_say(mem, "POST /t/mine", MINE "X-CSRF-Token: token1\r\nContent-Type: text/xml\r\n", "<a/>");
	CHECK_INT(hall_status(a), 422);
	a = hall_say(mem, "POST /t/open", "Content-Type: text/xml\r\nOrigin: https://bank.example\r\n", "<a/>");
	CHECK_TEXT(hall_body(a), "<a/>");
}

/* What comes too often is told when to come again; the front on this machine says who it speaks for. */
static void server_test_pace(struct arena *mem)
{
	const char *headers = "Content-Type: application/json\r\nX-Forwarded-For: 203.0.113.9\r\n", *a = "";
	for (int i = 0; i < 3; i++) {
		a = hall_say(mem, "POST /t/write", headers, "{}");
		CHECK_INT(hall_status(a), 200);
	}
	HAS(a, "RateLimit-Policy: \"sign-in\";q=3;w=60\r\n");
	HAS(a, "RateLimit: \"sign-in\";r=0;t=0\r\n");
	a = hall_say(mem, "POST /t/write", headers, "{}");
	CHECK_INT(hall_status(a), 429);
	HAS(a, "Retry-After: ");
	HAS(a, "\"type\":\"/problems/pace.busy\"");
	CHECK_INT(hall_status(hall_say(mem, "GET /t/read/1", "X-Forwarded-For: 203.0.113.9\r\n", "")), 200);
	CHECK_INT(hall_status(hall_say(mem, "POST /t/write", "Content-Type: application/json\r\n", "{}")), 200);
}

/* A client that falls silent in mid-request keeps nobody, and one that speaks nonsense breaks nothing. */
static void server_test_half_open(struct arena *mem)
{
	int fd[4];
	static const char *const words[4] = {
		"GET /t/read/1 HTTP/1.1\r\nHost: cou",
		"POST /t/mine HTTP/1.1\r\nHost: court.test\r\n" MINE FORM "Content-Length: 100\r\n\r\na=1",
		"",
		"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
	};
	for (int i = 0; i < 4; i++) {
		fd[i] = hall_connect();
		hall_send(fd[i], words[i], strlen(words[i]));
	}
	CHECK_INT(hall_status(hall_say(mem, "GET /health", "", "")), 200);
	for (int i = 0; i < 3; i++)
		(void)hall_hear(mem, fd[i], NULL);        /* returns when the server has hung up */
	for (int i = 0; i < 4; i++)
		close(fd[i]);
	struct text long_path = text_begin(mem);
	text_add(&long_path, "GET /t/read/");
	for (int i = 0; i < 5000; i++)
		text_add(&long_path, "a");
	CHECK_INT(hall_status(hall_say(mem, text_end(&long_path), "", "")), 404);
	for (int i = 0; i < 50000; i++)
		text_add(&long_path, "a");
	int status = hall_status(hall_say(mem, text_end(&long_path), "", ""));
	CHECK(status == 0 || status == 414 || status == 431);
}

/* Told to stop while somebody listens and somebody waits for a worker. */
static void server_test_end(struct arena *mem)
{
	static const char live[] = "GET /t/live HTTP/1.1\r\nHost: court.test\r\n" MINE "\r\n";
	static const char slow[] = "GET /t/slow HTTP/1.1\r\nHost: court.test\r\n\r\n";
	int listens = hall_connect(), waits = hall_connect();
	hall_send(listens, live, sizeof live - 1);
	(void)hall_hear(mem, listens, "retry:");
	hall_send(waits, slow, sizeof slow - 1);
	usleep(50 * 1000);
	CHECK(server_stop(hall.server, 10));
	HAS(hall_hear(mem, listens, NULL), "0\r\n\r\n");
	const char *a = hall_hear(mem, waits, NULL);
	CHECK_INT(hall_status(a), 200);
	HAS(a, "Connection: close");
	close(listens);
	close(waits);
}

int main(void)
{
	struct stat key;
	hall_open();
	CHECK(!stat(arena_print(hall.ctx.mem, "%s/server.key", hall.folder), &key) && (key.st_mode & 0777) == 0600 && key.st_size == 32);
	server_test_reading(hall.ctx.mem);
	server_test_refusals(hall.ctx.mem);
	server_test_posting(hall.ctx.mem);
	server_test_pace(hall.ctx.mem);
	server_test_half_open(hall.ctx.mem);
	server_test_end(hall.ctx.mem);
	return hall_close();
}
