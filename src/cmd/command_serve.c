#include "command.h"
#include "command_say.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/setting.h"
#include "../base/setting_source.h"
#include "../court/court.h"
#include "../court/gazette.h"
#include "../court/login.h"
#include "../court/payment.h"
#include "../court/sample.h"
#include "../jobs/jobs.h"
#include "../store/db.h"
#include "../store/schema.h"
#include "../web/listen.h"
#include "../web/pages.h"
#include "../web/server.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMMAND_SERVE_PATIENCE 10       /* seconds for requests that run when the program is told to stop */

/* How the program ends. */
enum command_serve_exit {
	COMMAND_SERVE_STOPPED,          /* was told to stop, and everything was finished */
	COMMAND_SERVE_UNFINISHED,       /* could not go on, or some request did not finish in time */
	COMMAND_SERVE_USAGE,            /* an option is wrong */
	COMMAND_SERVE_DATA,             /* the data directory cannot be used */
	COMMAND_SERVE_LISTEN            /* the address cannot be used */
};

static void command_serve_let_go(void *what)
{
	int *fd = what;
	close(*fd);
}

/* The directory is there, ours to write, and no other server's. */
static bool command_serve_directory(struct ctx *ctx, const char *data)
{
	if (mkdir(data, 0700) && errno != EEXIST) {
		fprintf(stderr, "serve: cannot make %s: %s\n", data, strerror(errno));
		return false;
	}
	const char *path = arena_print(ctx->mem, "%s/serve.lock", data);
	int *fd = arena_take(ctx->mem, sizeof *fd);
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0) {
		fprintf(stderr, "serve: cannot write in %s: %s\n", data, strerror(errno));
		return false;
	}
	arena_closer(ctx->mem, command_serve_let_go, fd);
	if (flock(*fd, LOCK_EX | LOCK_NB)) {
		fprintf(stderr, "serve: %s is in use by another microcourt\n", data);
		return false;
	}
	return true;
}

static enum mc_err command_serve_store(struct ctx *ctx, struct store **store)
{
	enum mc_err err = db_open(ctx, setting_text(SETTING_DATA), store);
	if (err)
		return err;
	ctx->db = db_reader(*store);
	err = schema_apply(ctx);
	if (!err && setting_on(SETTING_SAMPLE))
		err = sample_create(ctx);
	if (!err)
		err = court_ready(ctx);
	return err ? err : gazette_use(ctx);
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

static int command_serve_until(const sigset_t *stop, struct server *server)
{
	int signal_number = 0;
	while (sigwait(stop, &signal_number))
		;
	bool finished = server_stop(server, COMMAND_SERVE_PATIENCE);
	jobs_stop();
	if (!finished) {
		fprintf(stderr, "serve: a request did not finish in %d seconds\n", COMMAND_SERVE_PATIENCE);
		/* Its thread still uses this memory: leave without touching it. */
		_exit(COMMAND_SERVE_UNFINISHED);
	}
	return COMMAND_SERVE_STOPPED;
}

static int command_serve_run(struct ctx *ctx)
{
	struct store *store = NULL;
	struct server *server = NULL;
	sigset_t stop;
	int fd = -1;
	/* Blocked before any thread begins, so that only sigwait() below sees them. */
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	signal(SIGPIPE, SIG_IGN);
	command_serve_more_files();
	if (*setting_text(SETTING_CLOCK) && !clock_follow(setting_text(SETTING_CLOCK))) {
		fprintf(stderr, "serve: --clock %s: %s\n", setting_text(SETTING_CLOCK), strerror(errno));
		return COMMAND_SERVE_USAGE;
	}
	ctx->now = clock_now();
	if (!command_serve_directory(ctx, setting_text(SETTING_DATA)))
		return COMMAND_SERVE_DATA;
	if (listen_open(ctx, setting_text(SETTING_LISTEN), &fd)) {
		command_say(ctx, "serve");
		return COMMAND_SERVE_LISTEN;
	}
	if (command_serve_store(ctx, &store)) {
		command_say(ctx, "serve");
		return COMMAND_SERVE_DATA;
	}
	int port = listen_port(fd);
	command_serve_rehearse(ctx, port);
	struct server_plan how = {
		.store = store, .socket = fd, .pages = pages_all, .login = login_of, .origin = setting_text(SETTING_ORIGIN),
		.workers = (int)setting_int(SETTING_WORKERS), .log = setting_on(SETTING_LOG_REQUESTS),
	};
	if (server_start(ctx, &how, &server)) {
		command_say(ctx, "serve");
		return COMMAND_SERVE_LISTEN;
	}
	if (!jobs_start(store)) {
		fprintf(stderr, "serve: the thread for mail and time limits cannot start\n");
		(void)server_stop(server, COMMAND_SERVE_PATIENCE);
		return COMMAND_SERVE_UNFINISHED;
	}
	command_serve_greet(ctx, port);
	return command_serve_until(&stop, server);
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
