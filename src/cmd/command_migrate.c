#include "command.h"
#include "command_say.h"
#include "command_store.h"
#include "command_verify.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../store/copy.h"
#include "../store/db.h"
#include "../store/postgres.h"
#include "../store/schema.h"
#include "../store/tenancy.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum command_migrate_exit { COMMAND_MIGRATE_DONE, COMMAND_MIGRATE_REFUSED, COMMAND_MIGRATE_USAGE };

/* One side: a data directory, or a database with the directory of its files. */
struct command_migrate_side { const char *directory, *database; struct store *store; int lock; };

struct command_migrate_plan { struct command_migrate_side from, to; };

static int command_migrate_usage(void)
{
	fputs("用法：microcourt migrate --from 位置 --to 位置 [--data 目录]\n"
	      "  位置：数据目录，或者 postgres://...；--data：数据库一侧的上传文件所在的目录，缺省为另一侧的目录\n"
	      "usage: microcourt migrate --from PLACE --to PLACE [--data DIR]\n"
	      "  PLACE: a data directory, or postgres://...; --data: where the uploaded files of a database\n"
	      "  are, by default the directory of the other side\n", stderr);
	return COMMAND_MIGRATE_USAGE;
}

static bool command_migrate_read(int argc, char **argv, struct command_migrate_plan *plan)
{
	const char *from = "", *to = "", *data = "";
	for (int i = 1; i < argc; i += 2) {
		const char **value = !strcmp(argv[i], "--from") ? &from : !strcmp(argv[i], "--to") ? &to
			: !strcmp(argv[i], "--data") ? &data : NULL;
		if (!value || i + 1 == argc)
			return false;
		*value = argv[i + 1];
	}
	bool out = postgres_place(from), in = postgres_place(to);
	const char *files = *data ? data : out ? in ? "" : to : from;
	plan->from = (struct command_migrate_side){ out ? files : from, out ? from : "", NULL, -1 };
	plan->to = (struct command_migrate_side){ in ? files : to, in ? to : "", NULL, -1 };
	return *from && *to && strcmp(from, to) && *plan->from.directory && *plan->to.directory && (!*data || out || in);
}

/* Once a tenth of the way, and at each table's end on a terminal. */
static void command_migrate_show(const struct copy_count *count)
{
	static int64_t said = -1;
	int64_t percent = count->all ? count->done * 100 / count->all : 100;
	if (percent == said && !isatty(STDERR_FILENO))
		return;
	said = percent;
	fprintf(stderr, "%s: %lld, %lld%%\n", count->table, (long long)count->rows, (long long)percent);
}

struct command_migrate_job { const struct command_migrate_plan *plan; struct command_verify_sum *sum; };

/* The rows, and with them in the same transaction the proof that every chain is whole. */
static enum mc_err command_migrate_rows(struct ctx *ctx, void *arg)
{
	const struct command_migrate_job *job = arg;
	*job->sum = (struct command_verify_sum){ 0 };
	enum mc_err err = copy_rows(ctx, job->plan->from.store, command_migrate_show);
	if (!err)
		command_verify_walk(ctx, job->sum);
	if (!err && job->sum->failed)
		err = MC_STORE;
	return err || !job->sum->broken ? err : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "copy.chain" });
}

static enum mc_err command_migrate_open(struct ctx *ctx, struct command_migrate_plan *plan)
{
	struct command_migrate_side *from = &plan->from, *to = &plan->to;
	/* Opening would make a store that is not there. */
	if (!*from->database && access(arena_print(ctx->mem, "%s/court.db", from->directory), R_OK))
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.open", .arg = { from->directory } });
	if (mkdir(to->directory, 0700) && errno != EEXIST)
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.open", .arg = { to->directory } });
	enum mc_err err = command_store_lock(ctx, from->directory, &from->lock);
	if (!err && strcmp(from->directory, to->directory))
		err = command_store_lock(ctx, to->directory, &to->lock);
	if (!err)
		err = db_open(ctx, from->directory, from->database, &from->store);
	if (!err)
		err = tenancy_alone(ctx);
	if (!err)
		err = schema_current(ctx);
	if (!err)
		err = db_open(ctx, to->directory, to->database, &to->store);
	if (!err)
		err = tenancy_alone(ctx);
	return err ? err : schema_apply(ctx);
}

static int command_migrate_run(struct ctx *ctx, struct command_migrate_plan *plan)
{
	struct command_verify_sum sum = { 0 };
	enum mc_err err = command_migrate_open(ctx, plan);
	if (!err && strcmp(plan->from.directory, plan->to.directory))
		err = copy_blobs(ctx, plan->from.store, plan->to.store, command_migrate_show);
	if (!err)
		err = db_together(ctx, command_migrate_rows, &(struct command_migrate_job){ plan, &sum });
	if (err) {
		command_say(ctx, "migrate");
		fputs("migrate: 目标没有任何数据 / the target holds no rows\n", stderr);
		return COMMAND_MIGRATE_REFUSED;
	}
	printf("%lld cases, %lld entries, %lld broken\n", (long long)sum.cases, (long long)sum.entries, (long long)sum.broken);
	return COMMAND_MIGRATE_DONE;
}

int command_migrate(int argc, char **argv)
{
	struct command_migrate_plan plan;
	if (!command_migrate_read(argc, argv, &plan))
		return command_migrate_usage();
	struct ctx ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "", .now = clock_now() };
	int code = command_migrate_run(&ctx, &plan);
	arena_end(ctx.mem);
	if (plan.from.lock >= 0)
		close(plan.from.lock);
	if (plan.to.lock >= 0)
		close(plan.to.lock);
	return code;
}
