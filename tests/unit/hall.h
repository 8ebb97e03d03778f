/* hall: a server in this process, on a port of its own, with pages of its own, and a client that
 * speaks bytes. */
#ifndef MC_HALL_H
#define MC_HALL_H
#include "check.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/base/setting.h"
#include "../../src/court/login.h"
#include "../../src/http/listen.h"
#include "../../src/http/server.h"
#include "../../src/store/blob.h"
#include "../../src/store/db.h"
#include "../../src/web/pages.h"
#include "../../src/web/page.h"
#include "../../src/web/problem.h"

#include <arpa/inet.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>

#define HAS(answer, words) CHECK(strstr((answer), (words)) != NULL)
#define LACKS(answer, words) CHECK(strstr((answer), (words)) == NULL)
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define MINE "Cookie: court=good\r\n"
#define JSON "Accept: application/json\r\n"

static struct {
	struct ctx ctx;
	struct server *server;
	char folder[256];
	int port;
	atomic_int at_once, most;       /* in the slow page, now and at the most */
	atomic_bool open_door;
} hall;

/* Pages ------------------------------------------------------------------------- */

static inline enum mc_err hall_read(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	text_print(&reply->body, "%s|%s|%s|%s|%s|%d|%s|%s", ctx->person, ask->part[0], form_get(ask->query, "q"),
		   ask->csrf, ctx->device, (int)ctx->lang, ask->origin, ask->address);
	reply->etag = "v1";
	return MC_OK;
}

static inline enum mc_err hall_write(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	text_add(&reply->body, form_json(ask->form));
	return MC_OK;
}

static inline enum mc_err hall_go(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ask;
	reply->cookie[0] = "a=b";
	return page_go(ctx, reply, "/t/read/%d", 7);
}

static inline enum mc_err hall_raw(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	text_add(&reply->body, ask->body);
	return MC_OK;
}

static inline enum mc_err hall_slow(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	int now = atomic_fetch_add(&hall.at_once, 1) + 1;
	for (int most = atomic_load(&hall.most); now > most;)
		if (atomic_compare_exchange_weak(&hall.most, &most, now))
			break;
	usleep(200 * 1000);
	atomic_fetch_sub(&hall.at_once, 1);
	(void)ask;
	struct row *row = db_ask(ctx, "select 'slow' union all select 'left unread'", "");
	if (db_next(row))
		text_add(&reply->body, db_text(row, 0));
	return MC_OK;
}

/* Sleeps until every stranger whom the door lets in is there: a worker of the others must be free to let them go. */
static inline enum mc_err hall_door(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	(void)ask;
	for (int i = 0; i < 1000 && !atomic_load(&hall.open_door); i++)
		usleep(10 * 1000);
	text_print(&reply->body, "%d %d", atomic_load(&hall.open_door), getpriority(PRIO_PROCESS, 0));
	return MC_OK;
}

static inline enum mc_err hall_let_go(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	(void)ask;
	atomic_store(&hall.open_door, true);
	text_add(&reply->body, "go");
	return MC_OK;
}

static inline enum mc_err hall_fail(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ask;
	text_add(&reply->body, "half an answer");
	(void)ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.twice", .field = "claims.1.amount", .law = "民诉法第122条" });
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.null", .field = "b\"<" });
}

static inline enum mc_err hall_file(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	reply->name = "证据 \"1\".txt";
	reply->type = "text/plain";
	return blob_open(ctx, ask->store, form_get(ask->query, "digest"), &reply->file, &reply->file_size);
}

static inline enum mc_err hall_live(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ask;
	reply->stream = arena_print(ctx->mem, "%s desk:132", ctx->person);
	return MC_OK;
}

static inline const struct route *hall_pages(void)
{
	static const struct route routes[] = {
		{ "GET", "/t/read/:id", PAGE_PUBLIC, hall_read },
		{ "GET", "/t/mine/:id", PAGE_SIGNED, hall_read },
		{ "GET", "/t/staff", PAGE_STAFF, hall_read },
		{ "POST", "/t/write", PAGE_PUBLIC, hall_write },
		{ "POST", "/t/mine", PAGE_SIGNED | PAGE_WORKER, hall_write },
		{ "POST", "/t/go", PAGE_PUBLIC, hall_go },
		{ "POST", "/t/open", PAGE_PUBLIC | PAGE_OPEN, hall_raw },
		{ "POST", "/t/files", PAGE_SIGNED | PAGE_FILES, hall_write },
		{ "GET", "/t/slow", PAGE_PUBLIC | PAGE_WORKER, hall_slow },
		{ "GET", "/t/door", PAGE_PUBLIC | PAGE_WORKER | PAGE_DOOR, hall_door },
		{ "GET", "/t/let-go", PAGE_PUBLIC | PAGE_WORKER, hall_let_go },
		{ "GET", "/t/fail", PAGE_PUBLIC, hall_fail },
		{ "GET", "/t/file", PAGE_PUBLIC, hall_file },
		{ "GET", "/t/live", PAGE_SIGNED, hall_live },
		{ 0 }
	};
	return routes;
}

static const struct route *(*const hall_tables[])(void) = { page_server, page_operating, page_about, hall_pages, NULL };

static inline enum mc_err hall_login(struct ctx *ctx, const char *token, struct login *out)
{
	(void)ctx;
	if (strncmp(token, "good", 4) != 0)
		return MC_SIGNIN;
	*out = (struct login){ .person = "p1", .name = "张伟", .session = "s1", .csrf = "token1", .verified = true };
	return MC_OK;
}

/* The client -------------------------------------------------------------------- */

static inline int hall_connect(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)hall.port) };
	struct timeval patience = { .tv_sec = 10 };
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (connect(fd, (const void *)&to, sizeof to)) {        /* not CHECK: threads connect too, and it counts without a lock */
		perror("connect");
		exit(2);
	}
	return fd;
}

static inline void hall_send(int fd, const char *bytes, size_t n)
{
	for (size_t at = 0; at < n;) {
		ssize_t sent = send(fd, bytes + at, n - at, MSG_NOSIGNAL);
		if (sent <= 0)
			return;
		at += (size_t)sent;
	}
}

/* Reads until the other side closes, or until the words have come. */
static inline const char *hall_hear(struct arena *mem, int fd, const char *until)
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
static inline const char *hall_say(struct arena *mem, const char *line, const char *headers, const char *body)
{
	int fd = hall_connect();
	const char *length = *body ? arena_print(mem, "Content-Length: %zu\r\n", strlen(body)) : "";
	const char *all = arena_print(mem, "%s HTTP/1.1\r\nHost: court.test\r\nConnection: close\r\n%s%s\r\n%s", line,
				      headers, length, body);
	hall_send(fd, all, strlen(all));
	const char *answer = hall_hear(mem, fd, NULL);
	close(fd);
	return answer;
}

static inline int hall_status(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) ? 0 : (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
}

static inline const char *hall_body(const char *answer)
{
	const char *body = strstr(answer, "\r\n\r\n");
	return body ? body + 4 : "";
}


/* Opening and closing ----------------------------------------------------------- */

static inline void hall_open(void)
{
	struct store *store = NULL;
	int fd = -1;
	hall.ctx = (struct ctx){ .mem = arena_begin_ceiling((size_t)1 << 30), .person = "", .session = "", .device = "" };
	folder_make(hall.folder, sizeof hall.folder);
	CHECK_INT(db_open(&hall.ctx, hall.folder, "", &store), MC_OK);
	CHECK_INT(listen_open(&hall.ctx, "127.0.0.1:0", &fd), MC_OK);
	hall.port = listen_port(fd);
	struct server_plan plan = {
		.store = store, .socket = fd, .pages = hall_tables, .login = hall_login, .led = page_led, .problem = problem_reply, .workers = 8,
		.loops = 2, .beat_seconds = 1, .idle_seconds = 2,
	};
	CHECK_INT(setting_put(&hall.ctx, SETTING_PACE_SIGN_IN, "", "3", "test"), MC_OK);
	CHECK_INT(server_start(&hall.ctx, &plan, &hall.server), MC_OK);
}

/* The server has stopped before. */
static inline int hall_close(void)
{
	arena_end(hall.ctx.mem);
	folder_remove(hall.folder);
	return check_end();
}

#endif
