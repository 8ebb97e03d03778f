#include "command.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/lang.h"
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

struct command_serve_plan {
	const char *data, *listen, *clock, *origin;
	int workers;
	bool sample, log, test;
};

static const char command_serve_usage[] =
	"usage: microcourt serve [--data DIR] [--listen ADDR:PORT] [--origin URL] [--sample]\n"
	"                        [--workers N] [--log] [--test [--clock FILE]]\n";

static bool command_serve_workers(const char *text, int *out)
{
	char *end;
	long n = strtol(text, &end, 10);
	*out = (int)n;
	return *text && !*end && n >= 1 && n <= 1024;
}

/* False after saying what is wrong. */
static bool command_serve_options(int argc, char **argv, struct command_serve_plan *plan)
{
	for (int i = 1; i < argc; i++) {
		const char *name = argv[i], **text = NULL, *workers = NULL;
		if (!strcmp(name, "--data"))
			text = &plan->data;
		else if (!strcmp(name, "--listen"))
			text = &plan->listen;
		else if (!strcmp(name, "--clock"))
			text = &plan->clock;
		else if (!strcmp(name, "--origin"))
			text = &plan->origin;
		else if (!strcmp(name, "--workers"))
			text = &workers;
		else if (!strcmp(name, "--sample"))
			plan->sample = true;
		else if (!strcmp(name, "--log"))
			plan->log = true;
		else if (!strcmp(name, "--test"))
			plan->test = true;
		else {
			fprintf(stderr, "serve: unknown option %s\n%s", name, command_serve_usage);
			return false;
		}
		if (text && i + 1 == argc) {
			fprintf(stderr, "serve: %s needs a value\n%s", name, command_serve_usage);
			return false;
		}
		if (text)
			*text = argv[++i];
		if (workers && !command_serve_workers(workers, &plan->workers)) {
			fprintf(stderr, "serve: --workers %s: a number from 1 to 1024\n", workers);
			return false;
		}
	}
	if (plan->clock && !plan->test) {
		fprintf(stderr, "serve: --clock moves the time, and time limits with it: only together with --test\n");
		return false;
	}
	size_t n = strlen(plan->origin);
	bool web = !n || !strncmp(plan->origin, "http://", 7) || !strncmp(plan->origin, "https://", 8);
	if (!web || (n && strchr(strstr(plan->origin, "://") + 3, '/'))) {
		fprintf(stderr, "serve: --origin %s: like https://court.example, without a path\n", plan->origin);
		return false;
	}
	return true;
}

/* Says the reasons in both languages: whoever starts a server has not chosen one. */
static void command_serve_say(struct ctx *ctx)
{
	for (const struct why *why = ctx->why; why; why = why->next)
		for (enum lang lang = LANG_ZH; lang < LANG_COUNT; lang++)
			fprintf(stderr, "serve: %s\n", lang_print(ctx->mem, lang, why->key, why->arg[0],
								 why->arg[1], why->arg[2]));
}

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

static enum mc_err command_serve_store(struct ctx *ctx, const struct command_serve_plan *plan, struct store **store)
{
	enum mc_err err = db_open(ctx, plan->data, store);
	if (err)
		return err;
	ctx->db = db_reader(*store);
	err = schema_apply(ctx);
	if (!err && plan->sample)
		err = sample_create(ctx);
	return err;
}

/* Where a browser on this machine finds it. */
static void command_serve_greet(struct ctx *ctx, const struct command_serve_plan *plan, int port)
{
	if (plan->sample)
		sample_print(ctx, stdout);
	if (*plan->origin)
		printf("%s\n", plan->origin);
	else if (port)
		printf("http://localhost:%d\n", port);
	else
		printf("%s\n", plan->listen);
	fflush(stdout);
}

/* Where this program reaches itself: the sandbox calls back there. */
static void command_serve_rehearse(struct ctx *ctx, const struct command_serve_plan *plan, int port)
{
	const char *end = strrchr(plan->listen, ':');
	const char *host = end ? arena_print(ctx->mem, "%.*s", (int)(end - plan->listen), plan->listen) : "";
	if (!strcmp(host, "0.0.0.0") || !*host)
		host = "127.0.0.1";
	else if (!strcmp(host, "[::]"))
		host = "[::1]";
	if (plan->sample && port)
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

static int command_serve_run(struct ctx *ctx, const struct command_serve_plan *plan)
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
	if (plan->clock && !clock_follow(plan->clock)) {
		fprintf(stderr, "serve: --clock %s: %s\n", plan->clock, strerror(errno));
		return COMMAND_SERVE_USAGE;
	}
	ctx->now = clock_now();
	if (!command_serve_directory(ctx, plan->data))
		return COMMAND_SERVE_DATA;
	if (listen_open(ctx, plan->listen, &fd)) {
		command_serve_say(ctx);
		return COMMAND_SERVE_LISTEN;
	}
	if (command_serve_store(ctx, plan, &store)) {
		command_serve_say(ctx);
		return COMMAND_SERVE_DATA;
	}
	int port = listen_port(fd);
	command_serve_rehearse(ctx, plan, port);
	struct server_plan how = {
		.store = store, .socket = fd, .pages = pages_all, .login = login_of, .origin = plan->origin,
		.workers = plan->workers, .log = plan->log ? stderr : NULL,
	};
	if (server_start(ctx, &how, &server)) {
		command_serve_say(ctx);
		return COMMAND_SERVE_LISTEN;
	}
	if (!jobs_start(store)) {
		fprintf(stderr, "serve: the thread for mail and time limits cannot start\n");
		(void)server_stop(server, COMMAND_SERVE_PATIENCE);
		return COMMAND_SERVE_UNFINISHED;
	}
	command_serve_greet(ctx, plan, port);
	return command_serve_until(&stop, server);
}

int command_serve(int argc, char **argv)
{
	struct command_serve_plan plan = { .data = "data", .listen = "127.0.0.1:8080", .origin = "" };
	if (!command_serve_options(argc, argv, &plan))
		return COMMAND_SERVE_USAGE;
	struct ctx ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "" };
	int code = command_serve_run(&ctx, &plan);
	arena_end(ctx.mem);
	return code;
}
