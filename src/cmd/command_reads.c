#include "command.h"
#include "command_say.h"
#include "command_store.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/day.h"
#include "../base/setting.h"
#include "../base/setting_source.h"
#include "../court/perusal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum command_reads_exit { COMMAND_READS_DONE, COMMAND_READS_BROKEN, COMMAND_READS_USAGE, COMMAND_READS_DATA };

struct command_reads_plan { const char *person, *what; };       /* "" for everybody, everything */

/* Whether an address lies at or under one: /cases/132/x and /cases/132/x/papers/1, not /cases/132/xy. */
static bool command_reads_under(const char *uri, const char *what)
{
	size_t n = strlen(what);
	return !n || (!strncmp(uri, what, n) && (!uri[n] || strchr("/?", uri[n])));
}

static void command_reads_line(void *arg, const struct perusal_line *line)
{
	const struct command_reads_plan *plan = arg;
	if ((*plan->person && strcmp(line->person, plan->person)) || !command_reads_under(line->uri, plan->what))
		return;
	struct arena *mem = arena_begin();
	printf("%s\t%s\t%s\t%s\t%s\t%d\t%s\n", day_time_iso(mem, line->at), line->person, line->session, line->request,
	       line->method, line->status, line->uri);
	arena_end(mem);
}

static void command_reads_fault(void *unused, const char *file, int64_t line, const char *why)
{
	(void)unused;
	fprintf(stderr, "reads/%s line %lld: %s\n", file, (long long)line, why);
}

static int command_reads_run(struct ctx *ctx, struct command_reads_plan *plan)
{
	struct store *store = NULL;
	struct perusal_sum sum;
	if (command_store_open(ctx, &store) ||
	    perusal_walk(ctx, setting_text(SETTING_DATA), &sum, command_reads_line, command_reads_fault, plan)) {
		command_say(ctx, "reads");
		return COMMAND_READS_DATA;
	}
	return sum.broken ? COMMAND_READS_BROKEN : COMMAND_READS_DONE;
}

int command_reads(int argc, char **argv)
{
	struct ctx ctx = { .mem = arena_begin(), .person = "", .session = "", .device = "", .now = clock_now() };
	int code = COMMAND_READS_USAGE;
	if (setting_source_read(&ctx, &argc, argv, environ)) {
		command_say(&ctx, "reads");
	} else if (argc > 2) {
		fputs("用法：microcourt reads [--data 目录] [人员标识或网页地址]\n"
		      "usage: microcourt reads [--data DIR] [PERSON|ADDRESS]\n", stderr);
	} else {
		const char *word = argc == 2 ? argv[1] : "";
		struct command_reads_plan plan = { *word == '/' ? "" : word, *word == '/' ? word : "" };
		code = command_reads_run(&ctx, &plan);
	}
	arena_end(ctx.mem);
	return code;
}
