#include "command.h"
#include "command_say.h"
#include "premises.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/confine.h"
#include "../base/log.h"
#include "../base/meter.h"
#include "../base/process.h"
#include "../base/setting.h"
#include "../base/setting_source.h"
#include "../base/supervisor.h"
#include "../base/version.h"
#include "../court/court.h"
#include "../court/gazette.h"
#include "../court/login.h"
#include "../court/payment.h"
#include "../court/perusal.h"
#include "../court/sample.h"
#include "../http/handover.h"
#include "../http/listen.h"
#include "../http/server.h"
#include "../jobs/courier.h"
#include "../jobs/jobs.h"
#include "../store/db.h"
#include "../store/schema.h"
#include "../store/tenancy.h"
#include "../web/api.h"
#include "../web/pages.h"
#include "../web/page.h"
#include "../web/problem.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/resource.h>
#include <unistd.h>

#define COMMAND_SERVE_SILENT_US 120000000       /* jobs that are silent for so long are stuck */

/* How the program ends. */
enum command_serve_exit {
	COMMAND_SERVE_STOPPED,          /* was told to stop, and everything was finished */
	COMMAND_SERVE_UNFINISHED,       /* could not go on, or some request did not finish in time */
	COMMAND_SERVE_USAGE,            /* an option is wrong */
	COMMAND_SERVE_DATA,             /* the data directory cannot be used */
	COMMAND_SERVE_LISTEN            /* the address cannot be used */
};

static enum mc_err command_serve_store(struct ctx *ctx, struct store **store)
{
	enum mc_err err = db_open(ctx, setting_text(SETTING_DATA), setting_text(SETTING_DATABASE), store);
	if (err)
		return err;
	ctx->db = db_reader(*store);
	err = tenancy_share(ctx);
	if (!err)
		err = schema_apply(ctx);
	if (!err && setting_on(SETTING_SAMPLE))
		err = sample_create(ctx);
	if (!err)
		err = court_ready(ctx);
	if (!err)
		err = gazette_use(ctx);
	return err ? err : perusal_begin(ctx, *store);
}

/* Where a browser on this machine finds it. */
static void command_serve_greet(struct ctx *ctx, int port)
{
	if (setting_on(SETTING_SAMPLE))
		sample_print(ctx, stdout);
	if (*setting_text(SETTING_ORIGIN))
		printf("%s\n", setting_text(SETTING_ORIGIN));
	else if (port)
		printf("http://localhost:%d\n", port);
	else
		printf("%s\n", setting_text(SETTING_LISTEN));
	fflush(stdout);
}

/* Where this program reaches itself: the sandbox calls back there. */
static void command_serve_rehearse(struct ctx *ctx, int port)
{
	const char *end = strrchr(setting_text(SETTING_LISTEN), ':');
	const char *host = end ? arena_print(ctx->mem, "%.*s", (int)(end - setting_text(SETTING_LISTEN)), setting_text(SETTING_LISTEN)) : "";
	if (!strcmp(host, "0.0.0.0") || !*host)
		host = "127.0.0.1";
	else if (!strcmp(host, "[::]"))
		host = "[::1]";
	if (setting_on(SETTING_SAMPLE) && port)
		payment_rehearse(arena_print(ctx->mem, "http://%s:%d", host, port));
}

static void command_serve_more_files(void)
{
	struct rlimit files;
	if (!getrlimit(RLIMIT_NOFILE, &files)) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
}

/* Blocked before any thread begins, so that only command_serve_wait() sees them. */
static sigset_t command_serve_signals(void)
{
	sigset_t stop;
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	signal(SIGPIPE, SIG_IGN);
	return stop;
}

/* Until the signal to stop; a supervisor that wants to hear of us hears while the jobs go on. */
static void command_serve_wait(const sigset_t *stop)
{
	int64_t patience = supervisor_patience() / 2;
	struct timespec beat = { .tv_sec = patience / 1000000, .tv_nsec = patience % 1000000 * 1000 };
	for (;;) {
		if (sigtimedwait(stop, NULL, patience ? &beat : NULL) > 0)
			return;
		if (patience && clock_tick_us() - meter_get(METER_JOBS_BEAT) < COMMAND_SERVE_SILENT_US)
			supervisor_say("WATCHDOG=1");
	}
}

static int command_serve_leave(struct server *server)
{
	int seconds = (int)setting_int(SETTING_STOP_PATIENCE);
	supervisor_say(handover_given() ? "" : "STOPPING=1");
	/* Whoever comes now waits for the next process: so nothing need be cut off. A process that took another's
	 * place has the supervisor's socket from that one. */
	if (handover_given() || supervisor_watches())
		server_drain(server, seconds);
	bool finished = server_stop(server, seconds);
	jobs_stop();
	handover_end();
	log_note(LOG_LEVEL_INFO, "stopped", (struct log_field[]){ { "finished", NULL, finished }, { 0 } });
	if (finished)
		return COMMAND_SERVE_STOPPED;
	/* The thread of the request that goes on still uses this memory: leave without touching it. */
	_exit(COMMAND_SERVE_UNFINISHED);
}

/* Everybody may come now; and whose place is taken may go. */
static void command_serve_open(const struct premises *here, struct ctx *ctx)
{
	handover_offer(setting_text(SETTING_DATA), here->socket, here->lock);
	meter_set(METER_JOBS_BEAT, clock_tick_us());
	supervisor_say(arena_print(ctx->mem, "MAINPID=%d\nREADY=1", (int)getpid()));
	/* Until the other has left its jobs go on, and ours begin then. */
	if (here->taken && !handover_finish(&here->from, (int)setting_int(SETTING_STOP_PATIENCE) * 2 + 5))
		log_note(LOG_LEVEL_WARNING, "handover-slow", (struct log_field[]){ { 0 } });
	log_note(LOG_LEVEL_INFO, "serving", (struct log_field[]){ { "version", MC_VERSION, 0 },
		{ "listen", setting_text(SETTING_LISTEN), 0 }, { "port", NULL, listen_port(here->socket) }, { "taken", NULL, here->taken }, { 0 } });
}

/* Before the first thread, so that all are confined. */
static bool command_serve_confine(void)
{
	const char *user = setting_text(SETTING_USER);
	if (*user && !confine_user(user, setting_text(SETTING_DATA))) {
		fprintf(stderr, "serve: 无法改用系统用户“%s” / cannot become the user %s: %s\n", user, user, strerror(errno));
		return false;
	}
	if (!strcmp(setting_text(SETTING_CONFINE), "on"))
		confine_begin(setting_text(SETTING_DATA));
	log_note(LOG_LEVEL_INFO, "confined", (struct log_field[]){ { "by", confine_report(), 0 },
		{ "user", NULL, (int64_t)geteuid() }, { 0 } });
	return true;
}

static int command_serve_run(struct ctx *ctx)
{
	struct store *store = NULL;
	struct server *server = NULL;
	struct premises here;
	sigset_t stop = command_serve_signals();
	command_serve_more_files();
	supervisor_begin();
	/* What one request gave back the next one takes: not every time through the kernel. */
	mallopt(M_TRIM_THRESHOLD, 512 << 10);
	mallopt(M_TOP_PAD, 128 << 10);
	if (*setting_text(SETTING_CLOCK) && !clock_follow(setting_text(SETTING_CLOCK))) {
		fprintf(stderr, "serve: --clock %s: %s\n", setting_text(SETTING_CLOCK), strerror(errno));
		return COMMAND_SERVE_USAGE;
	}
	ctx->now = clock_now();
	enum premises_state state = premises_enter(ctx, &here);
	if (state)
		return state == PREMISES_NO_DATA ? COMMAND_SERVE_DATA : COMMAND_SERVE_LISTEN;
	process_begin();
	if (!courier_trust()) {
		fprintf(stderr, "serve: webhook_ca = %s: 读不出 / cannot be read: %s\n", setting_text(SETTING_WEBHOOK_CA), strerror(errno));
		return COMMAND_SERVE_USAGE;
	}
	if (!command_serve_confine())
		return COMMAND_SERVE_DATA;
	if (command_serve_store(ctx, &store)) {
		command_say(ctx, "serve");
		return COMMAND_SERVE_DATA;
	}
	int port = listen_port(here.socket);
	command_serve_rehearse(ctx, port);
	/* It stands in its page or in api.tbl, not in both. */
	const char *undeclared = api_check(ctx->mem);
	if (undeclared) {
		log_error("route-undeclared", "route", undeclared);
		abort();
	}
	struct server_plan how = {
		.store = store, .socket = here.socket, .pages = pages_all, .login = login_of,
		.led = page_led, .problem = problem_reply, .origin = setting_text(SETTING_ORIGIN),
		.workers = (int)setting_int(SETTING_WORKERS), .log = setting_on(SETTING_LOG_REQUESTS),
	};
	if (server_start(ctx, &how, &server)) {
		command_say(ctx, "serve");
		return COMMAND_SERVE_LISTEN;
	}
	command_serve_open(&here, ctx);
	if (!jobs_start(store)) {
		log_error("jobs-start", "why", strerror(errno));
		(void)command_serve_leave(server);
		return COMMAND_SERVE_UNFINISHED;
	}
	command_serve_greet(ctx, port);
	command_serve_wait(&stop);
	return command_serve_leave(server);
}

int command_serve(int argc, char **argv)
{
	struct ctx ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "" };
	int code = COMMAND_SERVE_USAGE;
	enum mc_err err = setting_source_read(&ctx, &argc, argv, environ);
	if (err)
		command_say(&ctx, "serve");
	else if (argc > 1)
		fprintf(stderr, "serve: 不认识“%s” / what is \"%s\"?\n", argv[1], argv[1]);
	else
		code = command_serve_run(&ctx);
	arena_end(ctx.mem);
	return code;
}
