#include "command.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/lang.h"
#include "../base/setting.h"
#include "../base/setting_source.h"
#include "../court/gazette.h"
#include "../store/db.h"
#include "../store/schema.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum command_import_exit { COMMAND_IMPORT_DONE, COMMAND_IMPORT_FAULTY, COMMAND_IMPORT_USAGE, COMMAND_IMPORT_DATA };

struct command_import_plan { const char *word, *path; };

static bool command_import_tty;

static int command_import_usage(void)
{
	fputs("用法：microcourt import [--data 目录] [--database 网址] 清单 文件\nusage: microcourt import [--data DIR] [--database URL] LIST FILE\n", stderr);
	for (enum gazette list = 0; list < GAZETTE_COUNT; list++)
		fprintf(stderr, "  %-10s %s / %s\n", gazette_word(list), gazette_name(list, LANG_ZH), gazette_name(list, LANG_EN));
	return COMMAND_IMPORT_USAGE;
}

/* On a terminal every hundredth row; into a file only the last. */
static void command_import_show(const struct tally *tally)
{
	bool last = tally->done == tally->all;
	if (last || (command_import_tty && tally->done % 100 == 0))
		fprintf(stderr, "%s%lld/%lld (%lld%%)%s", command_import_tty ? "\r" : "", (long long)tally->done, (long long)tally->all,
			(long long)(tally->done * 100 / tally->all), last ? "\n" : "");
}

/* The whole file ("-" is the standard input); NULL after saying what is wrong with it. */
static char *command_import_bytes(struct arena *mem, const char *path, size_t *size)
{
	FILE *in = strcmp(path, "-") ? fopen(path, "rb") : stdin;
	if (!in) {
		fprintf(stderr, "import: %s: %s\n", path, strerror(errno));
		return NULL;
	}
	char *bytes = arena_take(mem, GAZETTE_BYTES + 1);
	*size = fread(bytes, 1, GAZETTE_BYTES + 1, in);
	bool broken = ferror(in) != 0;
	if (in != stdin)
		fclose(in);
	if (!broken && *size <= GAZETTE_BYTES)
		return bytes;
	fprintf(stderr, broken ? "import: %s: 无法读取 / cannot be read\n" : "import: %s: 超过16 MiB / longer than 16 MiB\n", path);
	return NULL;
}

/* Every faulty line, first in Chinese, then in English. */
static void command_import_say(struct ctx *ctx, const char *path)
{
	for (enum lang lang = LANG_ZH; lang < LANG_COUNT; lang++)
		for (const struct why *why = ctx->why; why; why = why->next)
			fprintf(stderr, "%s: %s\n", path, lang_print(ctx->mem, lang, why->key, why->arg[0], why->arg[1], why->arg[2]));
}

static int command_import_run(struct ctx *ctx, const struct command_import_plan *plan, enum gazette list)
{
	struct store *store = NULL;
	size_t size;
	const char *name = strrchr(plan->path, '/');
	struct tally tally = { .show = command_import_show };
	int64_t settled, moved;
	char *bytes = command_import_bytes(ctx->mem, plan->path, &size);
	if (!bytes)
		return COMMAND_IMPORT_USAGE;
	if (db_open(ctx, setting_text(SETTING_DATA), setting_text(SETTING_DATABASE), &store)) {
		command_import_say(ctx, setting_text(SETTING_DATA));
		return COMMAND_IMPORT_DATA;
	}
	ctx->db = db_reader(store);
	enum mc_err err = schema_apply(ctx);
	if (!err)
		err = gazette_use(ctx);
	if (!err)
		err = gazette_import(ctx, list, name ? name + 1 : plan->path, bytes, size, &tally);
	if (err) {
		command_import_say(ctx, plan->path);
		fputs("import: 未作任何改动 / nothing was changed\n", stderr);
		return err == MC_STORE ? COMMAND_IMPORT_DATA : COMMAND_IMPORT_FAULTY;
	}
	printf("%s: %lld lines, %lld added, %lld changed\n", gazette_word(list), (long long)tally.all, (long long)tally.added,
	       (long long)tally.changed);
	fflush(stdout);
	if (gazette_follow(ctx, list, &settled, &moved)) {
		command_import_say(ctx, plan->path);
		fputs("import: 清单已录入，但期限没有全部重新计算，请再录入一次 / the list is in, but not all limits were counted again:"
		      " import it once more\n", stderr);
		return COMMAND_IMPORT_DATA;
	}
	if (settled)
		printf("%lld limits counted again, %lld end on another day\n", (long long)settled, (long long)moved);
	return COMMAND_IMPORT_DONE;
}

int command_import(int argc, char **argv)
{
	struct ctx ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "", .now = clock_now() };
	enum gazette list;
	int code = COMMAND_IMPORT_USAGE;
	command_import_tty = isatty(STDERR_FILENO) == 1;
	if (setting_source_read(&ctx, &argc, argv, environ)) {
		command_import_say(&ctx, "import");
	} else if (argc != 3) {
		command_import_usage();
	} else if (!gazette_find(argv[1], &list)) {
		fprintf(stderr, "import: 没有“%s”这个清单 / there is no list \"%s\"\n", argv[1], argv[1]);
		command_import_usage();
	} else {
		code = command_import_run(&ctx, &(struct command_import_plan){ argv[1], argv[2] }, list);
	}
	arena_end(ctx.mem);
	return code;
}
