/* The server in this process on a port of its own, and a client that speaks bytes. */
#include "check.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/base/clock.h"
#include "../../src/base/setting.h"
#include "../../src/court/bell.h"
#include "../../src/court/login.h"
#include "../../src/http/listen.h"
#include "../../src/http/server.h"
#include "../../src/store/blob.h"
#include "../../src/store/db.h"
#include "../../src/web/pages.h"
#include "../../src/web/problem.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

static int server_test_port;
static atomic_int server_test_at_once, server_test_most;

/* Pages ------------------------------------------------------------------------- */

static enum mc_err server_test_read(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	text_print(&reply->body, "%s|%s|%s|%s|%s|%d|%s|%s", ctx->person, ask->part[0], form_get(ask->query, "q"),
		   ask->csrf, ctx->device, (int)ctx->lang, ask->origin, ask->address);
	reply->etag = "v1";
	return MC_OK;
}

static enum mc_err server_test_write(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	text_add(&reply->body, form_json(ask->form));
	return MC_OK;
}

static enum mc_err server_test_go(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ask;
	reply->cookie[0] = "a=b";
	return page_go(ctx, reply, "/t/read/%d", 7);
}

static enum mc_err server_test_open(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	text_add(&reply->body, ask->body);
	return MC_OK;
}

static enum mc_err server_test_slow(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	int now = atomic_fetch_add(&server_test_at_once, 1) + 1;
	for (int most = atomic_load(&server_test_most); now > most;)
		if (atomic_compare_exchange_weak(&server_test_most, &most, now))
			break;
	usleep(200 * 1000);
	atomic_fetch_sub(&server_test_at_once, 1);
	(void)ask;
	struct row *row = db_ask(ctx, "select 'slow' union all select 'left unread'", "");
	if (db_next(row))
		text_add(&reply->body, db_text(row, 0));
	return MC_OK;
}

/* Sleeps until every stranger whom the door lets in is there: a worker of the others must be free to let them go. */
static atomic_bool server_test_open_door;

static enum mc_err server_test_door(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	(void)ask;
	for (int i = 0; i < 1000 && !atomic_load(&server_test_open_door); i++)
		usleep(10 * 1000);
	text_print(&reply->body, "%d %d", atomic_load(&server_test_open_door), getpriority(PRIO_PROCESS, 0));
	return MC_OK;
}

static enum mc_err server_test_let_go(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	(void)ask;
	atomic_store(&server_test_open_door, true);
	text_add(&reply->body, "go");
	return MC_OK;
}

static enum mc_err server_test_fail(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ask;
	text_add(&reply->body, "half an answer");
	(void)ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.twice", .field = "claims.1.amount", .law = "民诉法第122条" });
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.null", .field = "b\"<" });
}

static enum mc_err server_test_file(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	reply->name = "证据 \"1\".txt";
	reply->type = "text/plain";
	return blob_open(ctx, ask->store, form_get(ask->query, "digest"), &reply->file, &reply->file_size);
}

static enum mc_err server_test_live(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ask;
	reply->stream = arena_print(ctx->mem, "%s desk:132", ctx->person);
	return MC_OK;
}

static const struct route *server_test_pages(void)
{
	static const struct route routes[] = {
		{ "GET", "/t/read/:id", PAGE_PUBLIC, server_test_read },
		{ "GET", "/t/mine/:id", PAGE_SIGNED, server_test_read },
		{ "GET", "/t/staff", PAGE_STAFF, server_test_read },
		{ "POST", "/t/write", PAGE_PUBLIC, server_test_write },
		{ "POST", "/t/mine", PAGE_SIGNED | PAGE_WORKER, server_test_write },
		{ "POST", "/t/go", PAGE_PUBLIC, server_test_go },
		{ "POST", "/t/open", PAGE_PUBLIC | PAGE_OPEN, server_test_open },
		{ "POST", "/t/files", PAGE_SIGNED | PAGE_FILES, server_test_write },
		{ "GET", "/t/slow", PAGE_PUBLIC | PAGE_WORKER, server_test_slow },
		{ "GET", "/t/door", PAGE_PUBLIC | PAGE_WORKER | PAGE_DOOR, server_test_door },
		{ "GET", "/t/let-go", PAGE_PUBLIC | PAGE_WORKER, server_test_let_go },
		{ "GET", "/t/fail", PAGE_PUBLIC, server_test_fail },
		{ "GET", "/t/file", PAGE_PUBLIC, server_test_file },
		{ "GET", "/t/live", PAGE_SIGNED, server_test_live },
		{ 0 }
	};
	return routes;
}

static const struct route *(*const server_test_tables[])(void) = { page_server, page_operating, page_about, server_test_pages, NULL };

static enum mc_err server_test_login(struct ctx *ctx, const char *token, struct login *out)
{
	(void)ctx;
	if (strncmp(token, "good", 4) != 0)
		return MC_SIGNIN;
	*out = (struct login){ .person = "p1", .name = "张伟", .session = "s1", .csrf = "token1", .verified = true };
	return MC_OK;
}

/* The client -------------------------------------------------------------------- */

static int server_test_connect(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)server_test_port) };
	struct timeval patience = { .tv_sec = 10 };
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (connect(fd, (const void *)&to, sizeof to)) {        /* not CHECK: threads connect too, and it counts without a lock */
		perror("connect");
		exit(2);
	}
	return fd;
}

static void server_test_send(int fd, const char *bytes, size_t n)
{
	for (size_t at = 0; at < n;) {
		ssize_t sent = send(fd, bytes + at, n - at, MSG_NOSIGNAL);
		if (sent <= 0)
			return;
		at += (size_t)sent;
	}
}

/* Reads until the other side closes, or until the words have come. */
static const char *server_test_hear(struct arena *mem, int fd, const char *until)
{
	struct text all = text_begin(mem);
	char piece[4096];
	ssize_t n;
	while ((n = recv(fd, piece, sizeof piece, 0)) > 0) {
		text_add_n(&all, piece, (size_t)n);
		if (until && strstr(text_end(&all), until))
			break;
	}
	return text_end(&all);
}

/* One request on a connection of its own; the whole answer. headers end with CR LF each. */
static const char *server_test_say(struct arena *mem, const char *line, const char *headers, const char *body)
{
	int fd = server_test_connect();
	const char *length = *body ? arena_print(mem, "Content-Length: %zu\r\n", strlen(body)) : "";
	const char *all = arena_print(mem, "%s HTTP/1.1\r\nHost: court.test\r\nConnection: close\r\n%s%s\r\n%s", line,
				      headers, length, body);
	server_test_send(fd, all, strlen(all));
	const char *answer = server_test_hear(mem, fd, NULL);
	close(fd);
	return answer;
}

static int server_test_status(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) ? 0 : (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
}

static const char *server_test_body(const char *answer)
{
	const char *body = strstr(answer, "\r\n\r\n");
	return body ? body + 4 : "";
}

#define HAS(answer, words) CHECK(strstr((answer), (words)) != NULL)
#define LACKS(answer, words) CHECK(strstr((answer), (words)) == NULL)
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define MINE "Cookie: court=good\r\n"
#define JSON "Accept: application/json\r\n"

/* What is asked ----------------------------------------------------------------- */

static void server_test_reading(struct arena *mem)
{
	const char *a = server_test_say(mem, "GET /t/read/%E6%B3%95?q=a%26b", "User-Agent: fox\r\nAccept-Language: en\r\n", "");
	CHECK_INT(server_test_status(a), 200);
	HAS(a, "|法|a&b|");
	HAS(a, "|fox|1|http://court.test|127.0.0.1");
	HAS(a, "Content-Security-Policy: default-src 'none'");
	LACKS(a, "unsafe-inline");
	HAS(a, "X-Content-Type-Options: nosniff");
	HAS(a, "Cache-Control: private, no-cache");
	HAS(a, "Set-Cookie: visitor=");
	HAS(a, "Content-Language: en");
	HAS(a, "X-Request-Id: ");
	a = server_test_say(mem, "HEAD /t/read/1", "", "");
	CHECK_INT(server_test_status(a), 200);
	CHECK_TEXT(server_test_body(a), "");
	HAS(a, "Content-Length: ");
	a = server_test_say(mem, "GET /t/read/1", "If-None-Match: \"v1\"\r\n", "");
	CHECK_INT(server_test_status(a), 304);
	HAS(a, "ETag: \"v1\"\r\n");
	CHECK_INT(server_test_status(server_test_say(mem, "GET /t/read/1", "If-None-Match: \"x\", W/\"v1\"\r\n", "")), 304);
	CHECK_INT(server_test_status(server_test_say(mem, "GET /t/read/1", "If-None-Match: \"v11\"\r\n", "")), 200);
	/* A page that has no name of its own is named by its bytes; what is about somebody stays in no browser. */
	a = server_test_say(mem, "GET /about", "Cookie: visitor=0123456789012345678901234567890123456789012\r\n", "");
	const char *name = strstr(a, "ETag: \"");
	CHECK(name != NULL);
	if (name)
		CHECK_INT(server_test_status(server_test_say(mem, "GET /about", arena_print(mem, "If-None-Match: %.34s\r\n"
			"Cookie: visitor=0123456789012345678901234567890123456789012\r\n", name + 6), "")), 304);
	a = server_test_say(mem, "GET /t/mine/1", MINE JSON, "");
	HAS(a, "Cache-Control: private, no-cache");
	a = server_test_say(mem, "GET /t/mine/1", MINE, "");
	HAS(a, "p1|1||token1|");
	HAS(a, "Cache-Control: no-store");
	LACKS(a, "Set-Cookie");
	a = server_test_say(mem, "GET /t/mine/1", MINE "X-Forwarded-For: 1.2.3.4, 203.0.113.7\r\n", "");
	HAS(a, "|203.0.113.7");
	a = server_test_say(mem, "GET /health", "", "");
	CHECK_TEXT(server_test_body(a), "{\"status\":\"ok\"}");
	LACKS(a, "Set-Cookie");
	a = server_test_say(mem, "GET /static/court.css?v=0", "", "");
	HAS(a, "Cache-Control: no-cache");
	const char *etag = strstr(a, "ETag: \"");
	CHECK(etag != NULL);
	if (etag) {
		a = server_test_say(mem, arena_print(mem, "GET /static/court.css?v=%.16s", etag + 7), "", "");
		HAS(a, "immutable");
		HAS(a, "Content-Type: text/css");
	}
	CHECK_INT(server_test_status(server_test_say(mem, "GET /static/..%2Fcourt.css", "", "")), 404);
}

static void server_test_refusals(struct arena *mem)
{
	const char *a = server_test_say(mem, "GET /t/nothing", "", "");
	CHECK_INT(server_test_status(a), 404);
	HAS(a, "<html lang=\"zh-CN\">");
	a = server_test_say(mem, "GET /t/nothing", JSON, "");
	HAS(a, "application/problem+json");
	HAS(a, "\"type\":\"/problems/page.unknown\"");
	/* The number that is shown is the one in the header, and in the log. */
	const char *shown = strstr(a, "\"request\":\""), *sent = strstr(a, "X-Request-Id: ");
	CHECK(shown && sent && !strncmp(shown + strlen("\"request\":\""), sent + strlen("X-Request-Id: "), 20));
	a = server_test_say(mem, "GET /metrics", "X-Forwarded-For: 203.0.113.7\r\n", "");
	CHECK_INT(server_test_status(a), 404);
	a = server_test_say(mem, "GET /ready", "X-Forwarded-For: 203.0.113.7\r\n", "");
	LACKS(a, "disk_free");
	a = server_test_say(mem, "DELETE /t/mine/1", "", "");
	CHECK_INT(server_test_status(a), 405);
	HAS(a, "Allow: GET, HEAD\r\n");
	a = server_test_say(mem, "BREW /t/write", "", "");
	CHECK_INT(server_test_status(a), 405);
	HAS(a, "Allow: POST\r\n");
	a = server_test_say(mem, "GET /t/mine/1?a=1&b=2", "", "");
	CHECK_INT(server_test_status(a), 303);
	HAS(a, "Location: /sign-in?next=/t/mine/1%3Fa%3D1%26b%3D2\r\n");
	a = server_test_say(mem, "GET /t/mine/1", JSON, "");
	CHECK_INT(server_test_status(a), 401);
	a = server_test_say(mem, "GET /t/mine/1", JSON "Cookie: court=old\r\n", "");
	CHECK_INT(server_test_status(a), 401);
	CHECK_INT(server_test_status(server_test_say(mem, "GET /t/staff", MINE, "")), 403);
	a = server_test_say(mem, "GET /t/fail", JSON "Accept-Language: en\r\n", "");
	CHECK_INT(server_test_status(a), 422);
	HAS(a, "\"field\":\"claims.1.amount\"");
	HAS(a, "\"law\":\"民诉法第122条\"");
	HAS(a, "\"field\":\"b\\\"<\"");
	LACKS(a, "half an answer");
	a = server_test_say(mem, "GET /t/fail", "", "");
	HAS(a, "民诉法第122条");
	LACKS(a, "b\"<");
	CHECK_INT(server_test_status(server_test_say(mem, "GET /t/read/1?q=%FF", JSON, "")), 422);
	a = server_test_say(mem, "GET /t/read/1?q=1&lang=en&r=2", "", "");
	CHECK_INT(server_test_status(a), 303);
	HAS(a, "Location: /t/read/1?q=1&r=2\r\n");
	HAS(a, "Set-Cookie: lang=en;");
	a = server_test_say(mem, "GET //evil.example/?lang=en", "", "");
	HAS(a, "Location: /\r\n");
}

static void server_test_posting(struct arena *mem)
{
	const char *a = server_test_say(mem, "POST /t/mine", MINE FORM, "a=1&csrf=token1");
	CHECK_INT(server_test_status(a), 200);
	CHECK_TEXT(server_test_body(a), "{\"a\":\"1\",\"csrf\":\"token1\"}");
	a = server_test_say(mem, "POST /t/mine", MINE FORM "X-CSRF-Token: token1\r\n", "a=%E6%B3%95");
	CHECK_TEXT(server_test_body(a), "{\"a\":\"法\"}");
	CHECK_INT(server_test_status(server_test_say(mem, "POST /t/mine", MINE FORM, "a=1")), 403);
	CHECK_INT(server_test_status(server_test_say(mem, "POST /t/mine", MINE FORM, "a=1&csrf=token2")), 403);
	CHECK_INT(server_test_status(server_test_say(mem, "POST /t/mine", MINE FORM, "")), 403);
	a = server_test_say(mem, "POST /t/mine", MINE FORM "Sec-Fetch-Site: cross-site\r\n", "a=1&csrf=token1");
	CHECK_INT(server_test_status(a), 403);
	a = server_test_say(mem, "POST /t/mine", MINE FORM "Origin: https://evil.example\r\n", "a=1&csrf=token1");
	CHECK_INT(server_test_status(a), 403);
	a = server_test_say(mem, "POST /t/mine", MINE FORM "Origin: null\r\n", "a=1&csrf=token1");
	CHECK_INT(server_test_status(a), 403);
	a = server_test_say(mem, "POST /t/mine", MINE FORM "Origin: http://court.test\r\n", "a=1&csrf=token1");
	CHECK_INT(server_test_status(a), 200);
	a = server_test_say(mem, "POST /t/mine", FORM "Referer: http://court.test/t/read/1\r\n", "a=1&csrf=token1");
	CHECK_INT(server_test_status(a), 303);
	HAS(a, "Location: /sign-in?next=/t/read/1\r\n");
	/* A stranger: the token that was shown with the visitor cookie, and no other. */
	a = server_test_say(mem, "GET /t/read/1", JSON, "");
	const char *cookie = strstr(a, "visitor="), *token = strstr(a, "X-CSRF-Token: ");
	CHECK(cookie && token);
	if (cookie && token) {
		const char *headers = arena_print(mem, FORM "Cookie: %.51s\r\n", cookie);
		const char *good = arena_print(mem, "csrf=%.64s", token + 14);
		CHECK_INT(server_test_status(server_test_say(mem, "POST /t/write", headers, good)), 200);
		CHECK_INT(server_test_status(server_test_say(mem, "POST /t/write", FORM, good)), 403);
		CHECK_INT(server_test_status(server_test_say(mem, "POST /t/write", headers, "csrf=")), 403);
		a = server_test_say(mem, "POST /t/go", headers, good);
		CHECK_INT(server_test_status(a), 303);
		HAS(a, "Location: /t/read/7\r\n");
		HAS(a, "Set-Cookie: a=b\r\n");
	}
	a = server_test_say(mem, "POST /t/write", "Content-Type: application/json\r\n", "{\"a\":{\"b\":1}}");
	CHECK_TEXT(server_test_body(a), "{\"a.b\":\"1\"}");
	a = server_test_say(mem, "POST /t/write", "Content-Type: application/json\r\n", "{\"a\":");
	CHECK_INT(server_test_status(a), 422);
	HAS(a, "problem+json");
	a = server_test_say(mem, "POST /t/mine", MINE "Content-Type: application/json\r\n", "{}");
	CHECK_INT(server_test_status(a), 403);
	a = server_test_say(mem, "POST /t/mine", MINE "X-CSRF-Token: token1\r\nContent-Type: text/xml\r\n", "<a/>");
	CHECK_INT(server_test_status(a), 422);
	a = server_test_say(mem, "POST /t/open", "Content-Type: text/xml\r\nOrigin: https://bank.example\r\n", "<a/>");
	CHECK_TEXT(server_test_body(a), "<a/>");
}

/* What comes too often is told when to come again; the front on this machine says who it speaks for. */
static void server_test_pace(struct arena *mem)
{
	const char *headers = "Content-Type: application/json\r\nX-Forwarded-For: 203.0.113.9\r\n", *a = "";
	for (int i = 0; i < 3; i++) {
		a = server_test_say(mem, "POST /t/write", headers, "{}");
		CHECK_INT(server_test_status(a), 200);
	}
	HAS(a, "RateLimit-Policy: \"sign-in\";q=3;w=60\r\n");
	HAS(a, "RateLimit: \"sign-in\";r=0;t=0\r\n");
	a = server_test_say(mem, "POST /t/write", headers, "{}");
	CHECK_INT(server_test_status(a), 429);
	HAS(a, "Retry-After: ");
	HAS(a, "\"type\":\"/problems/pace.busy\"");
	CHECK_INT(server_test_status(server_test_say(mem, "GET /t/read/1", "X-Forwarded-For: 203.0.113.9\r\n", "")), 200);
	CHECK_INT(server_test_status(server_test_say(mem, "POST /t/write", "Content-Type: application/json\r\n", "{}")), 200);
}

static void server_test_sizes(struct arena *mem)
{
	struct text big = text_begin(mem);
	text_add(&big, "csrf=token1&a=");
	for (int i = 0; i < 200 * 1024; i++)
		text_add(&big, "0123456789");
	CHECK_INT(server_test_status(server_test_say(mem, "POST /t/mine", MINE FORM, text_end(&big))), 200);
	for (int i = 0; i < 20 * 1024; i++)
		text_add(&big, "0123456789");
	const char *a = server_test_say(mem, "POST /t/mine", MINE FORM JSON "Expect: 100-continue\r\n", text_end(&big));
	CHECK_INT(server_test_status(a), 413);
	HAS(a, "problem+json");
	/* Nobody is signed in: the answer comes before the body. */
	int fd = server_test_connect();
	a = "POST /t/mine HTTP/1.1\r\nHost: court.test\r\n" JSON FORM "Content-Length: 2000000\r\n\r\n";
	server_test_send(fd, a, strlen(a));
	a = server_test_hear(mem, fd, "}");
	CHECK_INT(server_test_status(a), 401);
	close(fd);
	/* The same without a length said beforehand. */
	fd = server_test_connect();
	a = "POST /t/open HTTP/1.1\r\nHost: court.test\r\nConnection: close\r\n" JSON "Transfer-Encoding: chunked\r\n\r\n";
	server_test_send(fd, a, strlen(a));
	for (int i = 0; i < 70; i++) {
		server_test_send(fd, "400\r\n", 5);
		server_test_send(fd, big.bytes, 1024);
		server_test_send(fd, "\r\n", 2);
	}
	server_test_send(fd, "0\r\n\r\n", 5);
	CHECK_INT(server_test_status(server_test_hear(mem, fd, NULL)), 413);
	close(fd);
	/* A body that is promised and welcome. */
	fd = server_test_connect();
	a = "POST /t/open HTTP/1.1\r\nHost: court.test\r\nConnection: close\r\nExpect: 100-continue\r\n"
	    "Content-Length: 3\r\n\r\n";
	server_test_send(fd, a, strlen(a));
	HAS(server_test_hear(mem, fd, "100 Continue"), "100 Continue");
	server_test_send(fd, "abc", 3);
	CHECK_TEXT(server_test_body(server_test_hear(mem, fd, NULL)), "abc");
	close(fd);
}

static void server_test_files(struct arena *mem)
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
	const char *a = server_test_say(mem, "POST /t/files", arena_print(mem, MINE "%s", type), body);
	CHECK_INT(server_test_status(a), 200);
	HAS(a, " 3072000 text/plain 证据.txt\"}");
	const char *digest = strstr(a, "\"f\":\"");
	const char *get = arena_print(mem, "GET /t/file?digest=%.64s", digest ? digest + 5 : "");
	a = server_test_say(mem, get, "Range: bytes=10-19\r\n", "");
	CHECK_INT(server_test_status(a), 206);
	CHECK_TEXT(server_test_body(a), "0123456789");
	HAS(a, "Content-Range: bytes 10-19/3072000\r\n");
	CHECK_INT(server_test_status(server_test_say(mem, get, "Range: bytes=10-19\r\nIf-Range: \"other\"\r\n", "")), 200);
	HAS(a, "filename*=UTF-8''%E8%AF%81%E6%8D%AE%20%221%22.txt");
	a = server_test_say(mem, get, "", "");
	CHECK_INT(strlen(server_test_body(a)), 3072000);
	CHECK_INT(server_test_status(server_test_say(mem, "GET /t/file?digest=00", "", "")), 404);
	/* Not from our form, or to a page that takes no files. */
	const char *forged = arena_print(mem, part, "token2", "x");
	CHECK_INT(server_test_status(server_test_say(mem, "POST /t/files", arena_print(mem, MINE "%s", type), forged)), 403);
	const char *good = arena_print(mem, part, "token1", "x");
	CHECK_INT(server_test_status(server_test_say(mem, "POST /t/mine", arena_print(mem, MINE "%s", type), good)), 422);
	CHECK_INT(server_test_status(server_test_say(mem, "POST /t/files", type, good)), 303);
	const char *torn = arena_print(mem, MINE "X-CSRF-Token: token1\r\n%s", type);
	CHECK_INT(server_test_status(server_test_say(mem, "POST /t/files", torn, "--x")), 422);
}

static void *server_test_ask_slow(void *what)
{
	struct arena *mem = arena_begin();
	atomic_int *good = what;
	const char *a = server_test_say(mem, "GET /t/slow", "", "");
	if (server_test_status(a) == 200 && !strcmp(server_test_body(a), "slow"))
		atomic_fetch_add(good, 1);
	arena_end(mem);
	return NULL;
}

static void server_test_together(struct arena *mem)
{
	pthread_t thread[24];
	atomic_int good = 0;
	for (int i = 0; i < 24; i++)
		pthread_create(&thread[i], NULL, server_test_ask_slow, &good);
	usleep(50 * 1000);
	/* While all workers sleep, pages that only read are answered. */
	CHECK_INT(server_test_status(server_test_say(mem, "GET /t/read/1", "", "")), 200);
	CHECK(atomic_load(&good) < 24);
	for (int i = 0; i < 24; i++)
		pthread_join(thread[i], NULL);
	CHECK_INT(good, 24);
	CHECK(server_test_most > 1 && server_test_most <= 8);
}

/* More strangers at the door than there are workers: an act is done before any of them. They stand back. */
static void server_test_storm(struct arena *mem)
{
	static const char ask[] = "GET /t/door HTTP/1.1\r\nHost: court.test\r\nConnection: close\r\n\r\n";
	int fd[24];
	for (int i = 0; i < 24; i++) {
		fd[i] = server_test_connect();
		server_test_send(fd[i], ask, sizeof ask - 1);
	}
	usleep(50 * 1000);
	CHECK_TEXT(server_test_body(server_test_say(mem, "GET /t/let-go", "", "")), "go");
	for (int i = 0; i < 24; i++) {
		CHECK_TEXT(server_test_body(server_test_hear(mem, fd[i], NULL)), "1 19");
		close(fd[i]);
	}
}

static void server_test_news(struct arena *mem)
{
	static const char first[] = "GET /t/live HTTP/1.1\r\nHost: court.test\r\n" MINE "\r\n";
	static const char again[] = "GET /t/live HTTP/1.1\r\nHost: court.test\r\nLast-Event-ID: 7\r\n" MINE "\r\n";
	int one = server_test_connect(), two = server_test_connect();
	server_test_send(one, first, sizeof first - 1);
	server_test_send(two, again, sizeof again - 1);
	const char *a = server_test_hear(mem, one, "retry:");
	HAS(a, "Content-Type: text/event-stream");
	HAS(server_test_hear(mem, two, "again"), "event: again");
	bell_ring("p1", "case", "{\"n\":1}");
	HAS(server_test_hear(mem, one, "}"), "event: case\ndata: {\"n\":1}");
	HAS(server_test_hear(mem, two, "}"), "event: case\ndata: {\"n\":1}");
	bell_ring("p2", "case", "{\"n\":2}");
	bell_ring("desk:132", "desk", "{\"n\":3}");
	LACKS(server_test_hear(mem, one, "3}"), "{\"n\":2}");
	HAS(server_test_hear(mem, one, ":\n\n"), ":\n\n");
	/* One goes away; the other still hears. */
	close(two);
	for (int i = 0; i < 500; i++)
		bell_ring("p1", "case", "{\"n\":4}");
	bell_ring("p1", "case", "{\"last\":true}");
	HAS(server_test_hear(mem, one, "last"), "last");
	close(one);
	CHECK_INT(server_test_status(server_test_say(mem, "GET /live", JSON, "")), 401);
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
		fd[i] = server_test_connect();
		server_test_send(fd[i], words[i], strlen(words[i]));
	}
	CHECK_INT(server_test_status(server_test_say(mem, "GET /health", "", "")), 200);
	for (int i = 0; i < 3; i++)
		(void)server_test_hear(mem, fd[i], NULL);        /* returns when the server has hung up */
	for (int i = 0; i < 4; i++)
		close(fd[i]);
	struct text long_path = text_begin(mem);
	text_add(&long_path, "GET /t/read/");
	for (int i = 0; i < 5000; i++)
		text_add(&long_path, "a");
	CHECK_INT(server_test_status(server_test_say(mem, text_end(&long_path), "", "")), 404);
	for (int i = 0; i < 50000; i++)
		text_add(&long_path, "a");
	int status = server_test_status(server_test_say(mem, text_end(&long_path), "", ""));
	CHECK(status == 0 || status == 414 || status == 431);
}

int main(void)
{
	struct ctx ctx = { .mem = arena_begin_ceiling((size_t)1 << 30), .person = "", .session = "", .device = "" };
	struct store *store = NULL;
	struct server *server = NULL;
	char folder[256];
	int fd = -1;
	folder_make(folder, sizeof folder);
	CHECK_INT(db_open(&ctx, folder, "", &store), MC_OK);
	CHECK_INT(listen_open(&ctx, "127.0.0.1:0", &fd), MC_OK);
	server_test_port = listen_port(fd);
	struct server_plan plan = {
		.store = store, .socket = fd, .pages = server_test_tables, .login = server_test_login, .problem = problem_reply, .workers = 8,
		.loops = 2, .beat_seconds = 1, .idle_seconds = 2,
	};
	CHECK_INT(setting_put(&ctx, SETTING_PACE_SIGN_IN, "", "3", "test"), MC_OK);
	CHECK_INT(server_start(&ctx, &plan, &server), MC_OK);
	struct stat key;
	CHECK(!stat(arena_print(ctx.mem, "%s/server.key", folder), &key) && (key.st_mode & 0777) == 0600 && key.st_size == 32);
	server_test_reading(ctx.mem);
	server_test_refusals(ctx.mem);
	server_test_posting(ctx.mem);
	server_test_pace(ctx.mem);
	server_test_sizes(ctx.mem);
	server_test_files(ctx.mem);
	server_test_together(ctx.mem);
	server_test_storm(ctx.mem);
	server_test_news(ctx.mem);
	server_test_half_open(ctx.mem);
	/* Told to stop while somebody listens and somebody waits for a worker. */
	static const char live[] = "GET /t/live HTTP/1.1\r\nHost: court.test\r\n" MINE "\r\n";
	static const char slow[] = "GET /t/slow HTTP/1.1\r\nHost: court.test\r\n\r\n";
	int listens = server_test_connect(), waits = server_test_connect();
	server_test_send(listens, live, sizeof live - 1);
	(void)server_test_hear(ctx.mem, listens, "retry:");
	server_test_send(waits, slow, sizeof slow - 1);
	usleep(50 * 1000);
	CHECK(server_stop(server, 10));
	HAS(server_test_hear(ctx.mem, listens, NULL), "0\r\n\r\n");
	const char *a = server_test_hear(ctx.mem, waits, NULL);
	CHECK_INT(server_test_status(a), 200);
	HAS(a, "Connection: close");
	close(listens);
	close(waits);
	arena_end(ctx.mem);
	folder_remove(folder);
	return check_end();
}
