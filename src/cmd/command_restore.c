#define _GNU_SOURCE 1
#include "command.h"
#include "command_say.h"
#include "command_store.h"
#include "command_verify.h"
#include "premises.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/day.h"
#include "../base/setting.h"
#include "../base/setting_source.h"
#include "../store/copy.h"
#include "../store/db.h"
#include "../store/folder.h"
#include "../store/schema.h"
#include "../store/tenancy.h"
#include "../store/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMMAND_RESTORE_WHOLE "whole"
#define COMMAND_RESTORE_DONE_FOLDER "restored"          /* the stage once it is empty, for a moment */

enum command_restore_exit { COMMAND_RESTORE_DONE, COMMAND_RESTORE_REFUSED, COMMAND_RESTORE_USAGE };

/* All lies in stage until everything is right; then whole, in there too, says of which time it is, and from there on
 * a restore that was interrupted is taken to its end. */
struct command_restore {
	const char *data, *stage, *whole;
	int lock;
	bool placing;                   /* an earlier one had come as far as that */
	bool filled;                    /* the database has its rows */
	int64_t files, bytes;
	struct manifest *list;
};

static bool command_restore_own(const char *name)
{
	return !strcmp(name, "serve.lock") || !strcmp(name, "lost+found") || !strcmp(name, PREMISES_RESTORING);
}

/* Whether an earlier restore of the same backup has only to be put into place. MC_CONFLICT if it was of another. */
static enum mc_err command_restore_again(struct ctx *ctx, struct command_restore *job)
{
	char line[32] = "";
	FILE *file = fopen(job->whole, "re");
	job->placing = file != NULL;
	int64_t at = file && fgets(line, sizeof line, file) ? strtoll(line, NULL, 10) : 0;
	if (file)
		fclose(file);
	return !file || at == manifest_at(job->list) ? MC_OK
		: ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "restore.other", .arg = { job->data, day_time_iso(ctx->mem, at) } });
}

/* Only where nothing is: what an interrupted restore left in its own folder does not count. */
static enum mc_err command_restore_enter(struct ctx *ctx, struct command_restore *job)
{
	const char **names;
	size_t count;
	struct why why = { .key = "restore.place", .arg = { job->data } };
	if (mkdir(job->data, 0700) && errno != EEXIST)
		return ctx_fail(ctx, MC_STORE, why);
	enum mc_err err = command_store_lock(ctx, job->data, &job->lock);
	if (!err)
		err = command_restore_again(ctx, job);
	if (err || job->placing)
		return err;
	if (!folder_names(ctx->mem, job->data, &names, &count))
		return ctx_fail(ctx, MC_STORE, why);
	for (size_t i = 0; i < count; i++)
		if (!command_restore_own(names[i]))
			return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "restore.full", .arg = { job->data, names[i] } });
	return folder_clear(job->stage) && !mkdir(job->stage, 0700) ? MC_OK : ctx_fail(ctx, MC_STORE, why);
}

/* ---- out of the backup ---- */

static enum mc_err command_restore_file(const struct ctx *all, const struct vault *vault, const struct command_restore *job,
					const struct manifest_line *line, struct ctx *said)
{
	struct ctx ctx = *all;
	ctx.mem = arena_begin();
	char *path = arena_print(ctx.mem, "%s/%s", job->stage, line->name);
	/* Its folders first. */
	for (char *at = path + strlen(job->stage) + 1; (at = strchr(at, '/')); *at++ = '/') {
		*at = '\0';
		(void)mkdir(path, 0700);
	}
	enum mc_err err = vault_give(&ctx, vault, line, path);
	for (const struct why *why = ctx.why; why; why = why->next)
		(void)ctx_fail(said, err, (struct why){ .key = why->key,
			.arg = { arena_copy(said->mem, why->arg[0] ? why->arg[0] : ""), arena_copy(said->mem, why->arg[1] ? why->arg[1] : "") } });
	arena_end(ctx.mem);
	return err;
}

static enum mc_err command_restore_files(struct ctx *ctx, const struct vault *vault, struct command_restore *job)
{
	struct manifest_line line;
	enum mc_err err = MC_OK;
	while (!err && manifest_next(job->list, &line)) {
		err = command_restore_file(ctx, vault, job, &line, ctx);
		job->files++;
		job->bytes += line.size;
		if (job->files % 10000 == 0)
			fprintf(stderr, "restore: %lld files\n", (long long)job->files);
	}
	return err;
}

/* ---- into the database ---- */

static enum mc_err command_restore_copy(struct ctx *ctx, void *source) { return copy_rows(ctx, source, NULL); }

/* The rows into the database that the settings name, all or none. They are there already if a restore was
 * interrupted after its commit. */
static enum mc_err command_restore_rows(struct ctx *from, struct store *source, struct command_restore *job, const char *database)
{
	struct ctx ctx = *from;
	struct store *target;
	ctx.mem = arena_begin_ceiling(SIZE_MAX);
	ctx.why = NULL;
	enum mc_err err = db_open(&ctx, job->data, database, &target);
	if (!err)
		err = tenancy_alone(&ctx);
	if (!err)
		err = schema_apply(&ctx);
	bool there = !err && copy_same(&ctx, source) == MC_OK;
	if (!err && !there) {
		ctx_forget(&ctx);
		err = db_together(&ctx, command_restore_copy, source);
	}
	job->filled = !err;
	if (err)
		command_say(&ctx, "restore");
	arena_end(ctx.mem);
	return err;
}

/* What was taken out is opened, brought up to this program's schema, and walked; then it goes on. */
static enum mc_err command_restore_prove(const struct ctx *all, struct command_restore *job)
{
	struct ctx ctx = *all;
	struct store *store;
	struct command_verify_sum sum = { 0 };
	const char *database = setting_text(SETTING_DATABASE);
	ctx.mem = arena_begin_ceiling(SIZE_MAX);
	ctx.why = NULL;
	enum mc_err err = db_open(&ctx, job->stage, "", &store);
	if (!err)
		err = schema_apply(&ctx);
	if (!err)
		command_verify_all(&ctx, job->stage, &sum);
	if (!err && (sum.failed || sum.broken))
		err = ctx_fail(&ctx, MC_CONFLICT, (struct why){ .key = "restore.chain" });
	if (!err && *database)
		err = command_restore_rows(&ctx, store, job, database);
	if (err)
		command_say(&ctx, "restore");
	arena_end(ctx.mem);
	if (!err && *database && unlink(arena_print(all->mem, "%s/court.db", job->stage)))
		err = MC_STORE;
	return err;
}

/* From here on it can only be completed. */
static enum mc_err command_restore_decide(struct ctx *ctx, const struct command_restore *job)
{
	const char *draft = arena_print(ctx->mem, "%s.new", job->whole);
	int folder = open(job->stage, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	FILE *file = fopen(draft, "we");
	bool good = folder >= 0 && file && fprintf(file, "%lld\n", (long long)manifest_at(job->list)) > 0;
	if (file)
		good = !fclose(file) && good;
	good = good && !syncfs(folder) && !rename(draft, job->whole) && !fsync(folder);
	if (folder >= 0)
		close(folder);
	return good ? MC_OK : ctx_fail(ctx, MC_STORE, (struct why){ .key = "restore.place", .arg = { job->data } });
}

/* ---- into place ---- */

/* The database last, and then the sign that it is not finished: until then nobody serves it. What was put into
 * place before an interruption is no longer in the stage. */
static enum mc_err command_restore_place(struct ctx *ctx, const struct command_restore *job)
{
	const char **names;
	size_t count;
	int folder = open(job->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *done = arena_print(ctx->mem, "%s/" COMMAND_RESTORE_DONE_FOLDER, job->data);
	bool good = folder >= 0 && folder_names(ctx->mem, job->stage, &names, &count);
	for (int last = 0; good && last < 2; last++)
		for (size_t i = 0; good && i < count; i++)
			if (strcmp(names[i], COMMAND_RESTORE_WHOLE) && (strcmp(names[i], "court.db") == 0) == (last == 1))
				good = !rename(arena_print(ctx->mem, "%s/%s", job->stage, names[i]),
					       arena_print(ctx->mem, "%s/%s", job->data, names[i]));
	good = good && !fsync(folder) && folder_clear(done) && !rename(job->stage, done) && !fsync(folder) && folder_clear(done);
	if (folder >= 0)
		close(folder);
	return good ? MC_OK : ctx_fail(ctx, MC_STORE, (struct why){ .key = "restore.place", .arg = { job->data } });
}

static int command_restore_run(struct ctx *ctx, const char *from, const char *name)
{
	const char *data = setting_text(SETTING_DATA);
	struct command_restore job = { .data = data, .stage = arena_print(ctx->mem, "%s/" PREMISES_RESTORING, data), .lock = -1 };
	job.whole = arena_print(ctx->mem, "%s/" COMMAND_RESTORE_WHOLE, job.stage);
	struct vault *vault;
	enum mc_err err = vault_open(ctx, from, VAULT_READ, &vault);
	if (!err)
		err = vault_manifest(ctx, vault, name, &job.list);
	bool entered = !err && !(err = command_restore_enter(ctx, &job));
	if (!err && !job.placing)
		err = command_restore_files(ctx, vault, &job);
	if (!err && !job.placing)
		err = command_restore_prove(ctx, &job);
	if (!err && !job.placing)
		err = command_restore_decide(ctx, &job);
	bool decided = !err;
	if (!err)
		err = command_restore_place(ctx, &job);
	else if (entered)
		(void)folder_clear(job.stage);
	command_say(ctx, "restore");
	if (err && (decided || job.filled))
		fputs("restore: 再运行一次同样的命令以完成恢复 / run the same command again to complete it\n", stderr);
	else if (err)
		fputs("restore: 没有恢复任何数据 / nothing was restored\n", stderr);
	else if (job.placing)
		printf("as of %s, completed\n", day_time_iso(ctx->mem, manifest_at(job.list)));
	else
		printf("as of %s, %lld files, %lld bytes\n", day_time_iso(ctx->mem, manifest_at(job.list)), (long long)job.files,
		       (long long)job.bytes);
	if (job.lock >= 0)
		close(job.lock);
	return err ? COMMAND_RESTORE_REFUSED : COMMAND_RESTORE_DONE;
}

int command_restore(int argc, char **argv)
{
	struct ctx ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "", .now = clock_now() };
	int code = COMMAND_RESTORE_USAGE;
	if (setting_source_read(&ctx, &argc, argv, environ))
		command_say(&ctx, "restore");
	else if (argc < 2 || argc > 3)
		fputs("用法：microcourt restore [--data 目录] [--database 网址] 备份目录 [备份名]\n"
		      "usage: microcourt restore [--data DIR] [--database URL] FROM [NAME]\n", stderr);
	else
		code = command_restore_run(&ctx, argv[1], argc == 3 ? argv[2] : "");
	arena_end(ctx.mem);
	return code;
}
