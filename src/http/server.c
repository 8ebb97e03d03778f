#include "server.h"
#include "ask.h"
#include "framing.h"
#include "listen.h"
#include "kept.h"
#include "live.h"
#include "pace.h"
#include "patience.h"
#include "request.h"
#include "response.h"
#include "router.h"
#include "traffic.h"
#include "worker.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/setting.h"
#include "../base/log.h"
#include "../base/meter.h"
#include "../base/process.h"
#include "../store/db.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SERVER_LOOPS 8
#define SERVER_WORKERS 32
#define SERVER_WAITING 1024             /* requests that wait for a worker */
#define SERVER_DOOR 4                   /* threads for those who sign in: two reckon (court/password), two write */
#define SERVER_DOOR_WAITING 128         /* some seconds of reckoning; who comes then is told when to come again */
#define SERVER_DOOR_NICE 19
#define SERVER_CONNECTIONS 20000
#define SERVER_HEADERS ((size_t)32 << 10)
#define SERVER_SILENT 200               /* hundredths of a second without a request, and a drain is over */
#define SERVER_CALM 30                  /* or without a connection: one that a loop has just taken is not counted yet */
#define SERVER_DRAIN (1 << 20)          /* a refused body up to this is read, so that the sender hears us */

struct server {
	struct MHD_Daemon *daemon;
	struct site site;
	struct worker_crew *crew, *door_crew;
	struct live *live;
	struct patience *patience;
	bool log;
	int door;                       /* the listening socket, once nobody is taken any more */
	atomic_int active;              /* requests begun and not yet completed */
	atomic_int asleep;              /* connections that sleep while a worker has their request */
	atomic_bool stopping;
};

struct server_request {
	struct request request;
	struct server *server;
	struct MHD_Connection *connection;      /* NULL before the headers are here */
	struct patience_line *line;
	struct worker_task task;
	const char *uri;
	int64_t began_us, bytes;
	bool asleep;
};

static const char *server_header(const struct ask *ask, const char *name)
{
	const struct server_request *s = ask->under;
	const char *value = MHD_lookup_connection_value(s->connection, MHD_HEADER_KIND, name);
	return value ? value : "";
}

/* The caller's address. A front on this machine tells whom it speaks for; nobody else is believed. */
static const char *server_address(struct server_request *s)
{
	char words[INET6_ADDRSTRLEN] = "";
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(s->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *from = info ? info->client_addr : NULL;
	bool local = !from || from->sa_family == AF_UNIX;
	if (from && from->sa_family == AF_INET) {
		const struct sockaddr_in *four = (const void *)from;
		inet_ntop(AF_INET, &four->sin_addr, words, sizeof words);
		local = (ntohl(four->sin_addr.s_addr) >> 24) == 127;
	} else if (from && from->sa_family == AF_INET6) {
		const struct sockaddr_in6 *six = (const void *)from;
		inet_ntop(AF_INET6, &six->sin6_addr, words, sizeof words);
		local = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
	}
	const char *told = MHD_lookup_connection_value(s->connection, MHD_HEADER_KIND, "X-Forwarded-For");
	const char *forwarded = local && told ? ask_forwarded(s->request.mem, told) : "";
	return *forwarded ? forwarded : arena_copy(s->request.mem, words);
}

/* The first that is heard of a request: its address. Everything about it lives in its arena. */
static void *server_begin(void *cls, const char *uri, struct MHD_Connection *connection)
{
	struct arena *mem = arena_begin();
	struct server_request *s = arena_take(mem, sizeof *s);
	s->line = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	patience_head(s->line);
	s->server = cls;
	s->request.mem = mem;
	s->request.site = &s->server->site;
	s->uri = arena_copy(mem, uri);
	s->began_us = clock_tick_us();
	atomic_fetch_add(&s->server->active, 1);
	return s;
}

/* The path without the query, which may hold names. */
static void server_note(const struct server_request *s, int64_t us)
{
	const struct request *r = &s->request;
	log_request(r->ctx.request);
	log_note(LOG_LEVEL_INFO, "request", (struct log_field[]){
		{ "method", r->ask.method, 0 }, { "path", r->ask.path, 0 }, { "status", NULL, r->reply.status },
		{ "us", NULL, us }, { "bytes", NULL, s->bytes }, { "person", r->ctx.person, 0 }, { 0 } });
	log_request(NULL);
}

static void server_end(void *cls, struct MHD_Connection *connection, void **con,
		       enum MHD_RequestTerminationCode why)
{
	struct server_request *s = *con;
	struct server *server = cls;
	(void)connection;
	(void)why;
	if (!s)
		return;
	*con = NULL;
	patience_head(s->line);         /* of the next request */
	if (s->connection) {
		int64_t us = clock_tick_us() - s->began_us;
		traffic_note(server->site.traffic, s->request.ask.place, s->request.reply.status, us);
		if (server->log)
			server_note(s, us);
	}
	if (s->request.reply.file > 0)
		close(s->request.reply.file);
	arena_end(s->request.mem);
	atomic_fetch_sub(&server->active, 1);
}

static void server_connection(void *cls, struct MHD_Connection *connection, void **context,
			      enum MHD_ConnectionNotificationCode what)
{
	struct server *server = cls;
	bool begins = what == MHD_CONNECTION_NOTIFY_STARTED;
	meter_add(METER_CONNECTIONS, begins ? 1 : -1);
	if (begins)
		*context = patience_line(server->patience, MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
	else
		patience_gone(*context);
}

static void server_work(void *what)
{
	struct server_request *s = what;
	struct server *server = s->server;
	request_run(&s->request);
	MHD_resume_connection(s->connection);   /* s may be gone from here on */
	atomic_fetch_sub(&server->asleep, 1);
}

static void server_settle(void *what)
{
	struct server_request *s = what;
	struct server *server = s->server;
	request_settle(&s->request);
	patience_body(s->line);
	MHD_resume_connection(s->connection);
	atomic_fetch_sub(&server->asleep, 1);
}

/* The connection sleeps while a worker does this; false if all have too much to do. */
static bool server_sleep(struct server_request *s, void (*work)(void *))
{
	s->task = (struct worker_task){ .work = work, .what = s };
	patience_rest(s->line);
	atomic_fetch_add(&s->server->asleep, 1);
	MHD_suspend_connection(s->connection);
	if (worker_give(request_at_door(&s->request) ? s->server->door_crew : s->server->crew, &s->task))
		return true;
	atomic_fetch_sub(&s->server->asleep, 1);
	MHD_resume_connection(s->connection);
	return false;
}

static enum MHD_Result server_answer(struct server_request *s, bool unread)
{
	patience_rest(s->line);
	bool last = unread || atomic_load(&s->server->stopping);
	return response_send(s->connection, &s->request, s->server->live, last, &s->bytes);
}

static enum MHD_Result server_open(struct server_request *s, struct MHD_Connection *connection, const char *method,
				   const char *version)
{
	s->connection = connection;
	bool sound = framing_sound(connection, version);
	const char *length = server_header(&(struct ask){ .under = s }, "Content-Length");
	int64_t size = *length ? 0 : -1;
	/* libmicrohttpd has refused what is no number; more digits than this are too many bytes anyhow. */
	for (; *length >= '0' && *length <= '9' && size < INT64_MAX / 20; length++)
		size = size * 10 + (*length - '0');
	request_open(&s->request, &(struct request_start){
		.method = method, .uri = s->uri, .address = server_address(s), .header = server_header,
		.under = s, .length = size, .unsound = !sound,
	});
	if (!sound)
		return server_answer(s, true);
	/* A refused body is not read if it is long or its sender waits for our word. */
	bool waits = *s->request.ask.header(&s->request.ask, "Expect");
	if (s->request.ready && size > 0 && (size > SERVER_DRAIN || waits))
		return server_answer(s, true);
	patience_body(s->line);
	return MHD_YES;
}

static enum MHD_Result server_handle(void *cls, struct MHD_Connection *connection, const char *url,
				     const char *method, const char *version, const char *data, size_t *size,
				     void **con)
{
	struct server_request *s = *con;
	(void)cls;
	(void)url;
	if (!s->connection)
		return server_open(s, connection, method, version);
	/* libmicrohttpd may call for what it has in hand although the connection sleeps; it calls again when it wakes. */
	if (MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_SUSPENDED)->suspended)
		return MHD_YES;
	if (*size) {
		bool more = request_read(&s->request, data, *size);
		patience_came(s->line, *size);
		*size = 0;
		/* If no worker is free, more is taken first and it is tried again. */
		if (more && request_is_due(&s->request) && !server_sleep(s, server_settle))
			patience_body(s->line);
		return more ? MHD_YES : MHD_NO;
	}
	patience_rest(s->line);
	if (!s->request.ready && request_is_slow(&s->request) && !s->asleep) {
		s->asleep = true;
		if (!server_sleep(s, server_work))
			request_refuse(&s->request, MC_STORE, (struct why){ .key = "request.busy" });
		return MHD_YES;
	}
	if (!s->request.ready)
		request_run(&s->request);
	return server_answer(s, false);
}

static int server_cores(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	return cores < 1 ? 1 : cores > SERVER_LOOPS ? SERVER_LOOPS : (int)cores;
}

enum mc_err server_start(struct ctx *ctx, const struct server_plan *plan, struct server **out)
{
	struct server *server = arena_take(ctx->mem, sizeof *server);
	server->site = (struct site){
		.store = plan->store,
		.router = router_begin(ctx->mem, plan->pages),
		.origin = plan->origin ? arena_copy(ctx->mem, plan->origin) : "",
		.login = plan->login, .led = plan->led, .problem = plan->problem,
	};
	server->site.kept = kept_begin(ctx->mem, db_changes(plan->store), setting_int(SETTING_KEPT));
	server->site.pace = pace_begin(ctx->mem);
	server->site.traffic = traffic_begin(ctx->mem, server->site.router);
	process_begin();
	meter_set(METER_BEGAN, ctx->now);
	meter_set(METER_STOPPING, 0);
	enum mc_err err = key_open(ctx, db_directory(plan->store), &server->site.key);
	if (err)
		return err;
	server->log = plan->log;
	server->crew = worker_begin(ctx->mem, plan->workers ? plan->workers : SERVER_WORKERS, SERVER_WAITING, 0);
	server->door_crew = worker_begin(ctx->mem, SERVER_DOOR, SERVER_DOOR_WAITING, SERVER_DOOR_NICE);
	server->live = live_begin(ctx->mem, plan->beat_seconds ? plan->beat_seconds : 25);
	server->patience = patience_begin(ctx->mem, SERVER_CONNECTIONS, (int)setting_int(SETTING_LINE_PATIENCE), (int)setting_int(SETTING_LINE_LEAST));
	int loops = plan->loops ? plan->loops : server_cores();
	server->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL,
		server_handle, server,
		MHD_OPTION_LISTEN_SOCKET, plan->socket,
		MHD_OPTION_URI_LOG_CALLBACK, server_begin, server,
		MHD_OPTION_NOTIFY_COMPLETED, server_end, server,
		MHD_OPTION_NOTIFY_CONNECTION, server_connection, server,
		MHD_OPTION_THREAD_POOL_SIZE, loops > 1 ? (unsigned)loops : 0u,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVER_CONNECTIONS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, SERVER_HEADERS,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(plan->idle_seconds ? plan->idle_seconds : 30),
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_END);
	if (!server->daemon) {
		close(plan->socket);
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "listen.start" });
	}
	*out = server;
	return MC_OK;
}

/* Once, however often asked. */
static void server_close_door(struct server *server)
{
	if (atomic_exchange(&server->stopping, true))
		return;
	meter_set(METER_STOPPING, 1);
	server->door = MHD_quiesce_daemon(server->daemon);      /* its loops may still look at it: closed at the end */
	live_stop(server->live);
}

void server_drain(struct server *server, int seconds)
{
	server_close_door(server);
	/* A connection that was just taken, or that is kept open, may still bring a request. */
	for (int i = 0, silent = 0, calm = 0; i < seconds * 100 && silent < SERVER_SILENT && calm < SERVER_CALM; i++) {
		silent = atomic_load(&server->active) || atomic_load(&server->asleep) ? 0 : silent + 1;
		calm = meter_get(METER_CONNECTIONS) > 0 ? 0 : calm + 1;
		nanosleep(&(struct timespec){ .tv_nsec = 10 * 1000 * 1000 }, NULL);
	}
}

bool server_stop(struct server *server, int seconds)
{
	server_close_door(server);
	for (int i = 0; i < seconds * 100 && (atomic_load(&server->active) || atomic_load(&server->asleep)); i++)
		nanosleep(&(struct timespec){ .tv_nsec = 10 * 1000 * 1000 }, NULL);
	/* A client that went silent in mid-request can be cut off; a sleeping connection cannot. */
	if (atomic_load(&server->asleep))
		return false;
	worker_stop(server->crew);
	worker_stop(server->door_crew);
	patience_stop(server->patience);
	MHD_stop_daemon(server->daemon);
	if (server->door >= 0)
		close(server->door);
	return true;
}
