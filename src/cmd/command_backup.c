#include "command.h"
#include "command_say.h"
#include "command_store.h"
#include "command_verify.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/day.h"
#include "../base/setting.h"
#include "../base/setting_source.h"
#include "../store/backup.h"
#include "../store/db.h"
#include "../store/folder.h"
#include "../store/vault.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum command_backup_exit { COMMAND_BACKUP_DONE, COMMAND_BACKUP_FAULTY, COMMAND_BACKUP_USAGE, COMMAND_BACKUP_DATA };

static int command_backup_usage(void)
{
	fputs("用法：microcourt backup [--data 目录] [--database 网址] [--backup_keep 份数] 备份目录\n"
	      "      microcourt backup --check 备份目录 [备份名]\n"
	      "usage: microcourt backup [--data DIR] [--database URL] [--backup_keep NUMBER] TO\n"
	      "       microcourt backup --check TO [NAME]\n", stderr);
	return COMMAND_BACKUP_USAGE;
}

/* At each tenth; on a terminal at each hundredth. */
static void command_backup_show(const char *part, int64_t done, int64_t all)
{
	static const char *last = "";
	static int64_t said;
	int64_t percent = all ? done * 100 / all : 0, step = isatty(STDERR_FILENO) ? 1 : 10;
	if (!strcmp(last, part) && percent < said + step && percent < 100)
		return;
	if (!strcmp(last, part) && percent == said)
		return;
	last = part;
	said = percent;
	fprintf(stderr, "%s: %lld%%\n", part, (long long)percent);
}

/* The court comes first: last in line for the processor and for the disk (ioprio_set(2): best effort, 7). */
static void command_backup_yield(void)
{
	(void)setpriority(PRIO_PROCESS, 0, 10);
	(void)syscall(SYS_ioprio_set, 1, 0, 2 << 13 | 7);
}

static int command_backup_run(struct ctx *ctx, const char *to)
{
	struct store *store;
	struct vault *vault;
	struct backup done;
	size_t removed = 0;
	command_backup_yield();
	int64_t from = clock_tick_us();
	enum mc_err err = command_store_open(ctx, &store);
	if (!err)
		err = vault_open(ctx, to, VAULT_WRITE, &vault);
	if (!err)
		err = backup_take(ctx, store, vault, command_backup_show, &done);
	if (err) {
		command_say(ctx, "backup");
		return COMMAND_BACKUP_DATA;
	}
	printf("%s: as of %s, %lld files, %lld bytes; new: %lld files, %lld bytes; %lld ms\n", done.name,
	       day_time_iso(ctx->mem, done.at), (long long)done.files, (long long)done.bytes, (long long)done.new_files,
	       (long long)done.new_bytes, (long long)((clock_tick_us() - from) / 1000));
	if (vault_sweep(ctx, vault, (size_t)setting_int(SETTING_BACKUP_KEEP), &removed))
		command_say(ctx, "backup");
	if (done.damaged)
		fprintf(stderr, "backup: %lld 个上传的文件已经损坏，没有备份 / uploaded files are damaged and were left out: blobs/%.2s/%s ...\n",
			(long long)done.damaged, done.damaged_one, done.damaged_one + 2);
	return done.damaged || ctx->why ? COMMAND_BACKUP_FAULTY : COMMAND_BACKUP_DONE;
}

/* ---- checking ---- */

/* Every file that any backup names is read; says each that is not what it was. */
static enum mc_err command_backup_files(struct ctx *ctx, const struct vault *vault, int64_t *files, int64_t *broken)
{
	struct vault_walk *walk;
	struct manifest_line line;
	enum mc_err err = vault_walk(ctx, vault, &walk);
	while (!err && vault_next(walk, &line)) {
		struct ctx one = *ctx;
		one.mem = arena_begin();
		one.why = NULL;
		if (vault_give(&one, vault, &line, "")) {
			command_say(&one, "backup");
			++*broken;
		}
		++*files;
		arena_end(one.mem);
	}
	return err;
}

/* The database and the read log of one backup, laid out as in a data directory, without copying them. */
static enum mc_err command_backup_lay(struct ctx *ctx, const char *to, struct manifest *list, const char *directory)
{
	struct manifest_line line;
	bool good = (!mkdir(arena_print(ctx->mem, "%s/tmp", to), 0700) || errno == EEXIST) && folder_clear(directory)
		&& !mkdir(directory, 0700) && !mkdir(arena_print(ctx->mem, "%s/reads", directory), 0700);
	while (good && manifest_next(list, &line))
		if (!strcmp(line.name, "court.db") || !strncmp(line.name, "reads/", 6))
			good = !link(arena_print(ctx->mem, "%s/files/%.2s/%s", to, line.digest, line.digest + 2),
				     arena_print(ctx->mem, "%s/%s", directory, line.name));
	return good ? MC_OK : ctx_fail(ctx, MC_STORE, (struct why){ .key = "backup.place", .arg = { to } });
}

/* The chains, in the picture itself: nothing is written, so it stays what it is. */
static enum mc_err command_backup_chains(struct ctx *all, const char *directory, struct command_verify_sum *sum)
{
	struct ctx ctx = *all;
	struct store *store;
	ctx.mem = arena_begin_ceiling(SIZE_MAX);
	ctx.why = NULL;
	enum mc_err err = db_open(&ctx, directory, "", &store);
	if (!err)
		command_verify_all(&ctx, directory, sum);
	if (err || sum->failed)
		command_say(&ctx, "backup");
	arena_end(ctx.mem);
	return err;
}

static int command_backup_check(struct ctx *ctx, const char *to, const char *name)
{
	struct vault *vault;
	struct manifest *list;
	struct command_verify_sum sum = { 0 };
	int64_t files = 0, broken = 0;
	const char *directory = arena_print(ctx->mem, "%s/tmp/check.%ld", to, (long)getpid());
	enum mc_err err = vault_open(ctx, to, VAULT_READ, &vault);
	if (!err)
		err = vault_manifest(ctx, vault, name, &list);
	if (!err)
		err = command_backup_files(ctx, vault, &files, &broken);
	if (!err && !broken)
		err = command_backup_lay(ctx, to, list, directory);
	if (!err && !broken)
		err = command_backup_chains(ctx, directory, &sum);
	(void)folder_clear(directory);
	if (err) {
		command_say(ctx, "backup");
		return COMMAND_BACKUP_DATA;
	}
	printf("%lld files, %lld broken; as of %s\n", (long long)files, (long long)broken, day_time_iso(ctx->mem, manifest_at(list)));
	return broken || sum.broken || sum.failed ? COMMAND_BACKUP_FAULTY : COMMAND_BACKUP_DONE;
}

/* Takes --check out of the words. */
static bool command_backup_asked(int *argc, char **argv)
{
	bool found = false;
	int n = 0;
	for (int i = 0; i < *argc; i++) {
		bool this = i && !strcmp(argv[i], "--check");
		found |= this;
		if (!this)
			argv[n++] = argv[i];
	}
	argv[n] = NULL;
	*argc = n;
	return found;
}

int command_backup(int argc, char **argv)
{
	struct ctx ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "", .now = clock_now() };
	int code = COMMAND_BACKUP_USAGE;
	bool check = command_backup_asked(&argc, argv);
	if (setting_source_read(&ctx, &argc, argv, environ))
		command_say(&ctx, "backup");
	else if (argc < 2 || argc > (check ? 3 : 2))
		code = command_backup_usage();
	else
		code = check ? command_backup_check(&ctx, argv[1], argc == 3 ? argv[2] : "") : command_backup_run(&ctx, argv[1]);
	arena_end(ctx.mem);
	return code;
}
