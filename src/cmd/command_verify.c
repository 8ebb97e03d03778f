#include "command_verify.h"
#include "command_say.h"
#include "command_store.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/setting.h"
#include "../base/setting_source.h"
#include "../court/chain.h"
#include "../court/custody.h"
#include "../court/perusal.h"
#include "../store/db.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { COMMAND_VERIFY_PAGE = 100 };

enum command_verify_exit { COMMAND_VERIFY_WHOLE, COMMAND_VERIFY_BROKEN, COMMAND_VERIFY_USAGE, COMMAND_VERIFY_DATA };

static int command_verify_usage(void)
{
	fputs("用法：microcourt verify [--data 目录] [--database 网址] [--blobs | 法院代码 案件标识]\n"
	      "usage: microcourt verify [--data DIR] [--database URL] [--blobs | COURT DOCKET]\n", stderr);
	return COMMAND_VERIFY_USAGE;
}

/* One line of a broken case: where it lies, its number or title, the first entry that is wrong. */
static void command_verify_say(const char *court, const char *docket, const char *name, const struct chain_fault *fault)
{
	printf("%s %s %s: entry %d: %s\n", court, docket, name, fault->entry, fault->what);
}

static void command_verify_case(struct ctx *ctx, const char *court, const char *docket, const char *name,
				struct command_verify_sum *sum)
{
	bool whole = false;
	int entries = 0;
	struct chain_fault fault = { 0, "" };
	enum mc_err err = chain_verify(ctx, court, docket, &whole, &entries, &fault);
	sum->failed |= err != MC_OK;
	if (err)
		return;
	sum->cases++;
	sum->entries += entries;
	sum->broken += !whole;
	if (!whole)
		command_verify_say(court, docket, name, &fault);
}

/* The next cases after the last one walked, in memory that is given back; false at the end. */
static bool command_verify_page(const struct ctx *all, struct command_verify_sum *sum)
{
	struct ctx ctx = *all;
	int seen = 0;
	ctx.mem = arena_begin();
	ctx.why = NULL;
	struct row *r = db_ask(&ctx, "select court, id, number, title from docket where court > $1 or (court = $1 and id > $2)"
		" order by court, id limit $3", "tti", sum->court, sum->docket, (int64_t)COMMAND_VERIFY_PAGE);
	while (db_next(r) && !sum->failed) {
		const char *court = db_text(r, 0), *docket = db_text(r, 1);
		command_verify_case(&ctx, court, docket, *db_text(r, 2) ? db_text(r, 2) : db_text(r, 3), sum);
		snprintf(sum->court, sizeof sum->court, "%s", court);
		snprintf(sum->docket, sizeof sum->docket, "%s", docket);
		seen++;
	}
	sum->failed |= db_broken(r);
	arena_end(ctx.mem);
	return seen && !sum->failed;
}

/* Entries that are left of a case whose own row is gone. */
static void command_verify_gone(struct ctx *ctx, struct command_verify_sum *sum)
{
	struct row *r = db_ask(ctx, "select e.court, e.docket, min(e.number) from entry e where not exists (select 1 from docket d"
		" where d.court = e.court and d.id = e.docket) group by e.court, e.docket order by e.court, e.docket limit 1000", "");
	while (db_next(r)) {
		struct chain_fault fault = { (int)db_int(r, 2), "the case of these entries is missing" };
		command_verify_say(db_text(r, 0), db_text(r, 1), "", &fault);
		sum->cases++;
		sum->broken++;
	}
	sum->failed |= db_broken(r);
}

void command_verify_walk(struct ctx *ctx, struct command_verify_sum *sum)
{
	while (command_verify_page(ctx, sum))
		;
	if (!sum->failed)
		command_verify_gone(ctx, sum);
}

static void command_verify_reads_say(void *unused, const char *file, int64_t line, const char *why)
{
	(void)unused;
	printf("reads/%s line %lld: %s\n", file, (long long)line, why);
}

/* The read log beside the cases. */
static void command_verify_reads(struct ctx *ctx, const char *data, struct command_verify_sum *sum)
{
	struct perusal_sum reads;
	sum->failed |= perusal_walk(ctx, data, &reads, NULL, command_verify_reads_say, NULL) != MC_OK;
	if (sum->failed)
		return;
	printf("%lld files of the read log, %lld lines, %lld broken\n", (long long)reads.files, (long long)reads.lines,
	       (long long)reads.broken);
	sum->broken += reads.broken;
}

static void command_verify_blobs_say(void *unused, const char *digest, const char *why)
{
	(void)unused;
	printf("blobs/%.2s/%s: %s\n", digest, digest + 2, why);
}

/* The files: that those needed are there, and if asked for, every byte of them. An orphaned one breaks nothing. */
static void command_verify_blobs(struct ctx *ctx, struct store *store, bool all, struct command_verify_sum *sum)
{
	struct custody_sum files;
	sum->failed |= custody_verify(ctx, store, all, command_verify_blobs_say, NULL, &files) != MC_OK;
	if (sum->failed)
		return;
	printf("%lld files needed, %lld missing\n", (long long)files.named, (long long)files.missing);
	if (all)
		printf("%lld files read, %lld damaged, %lld orphaned\n", (long long)files.blobs, (long long)files.damaged,
		       (long long)files.orphaned);
	sum->broken += files.missing + files.damaged;
}

void command_verify_all(struct ctx *ctx, const char *data, struct command_verify_sum *sum)
{
	command_verify_walk(ctx, sum);
	if (sum->failed)
		return;
	printf("%lld cases, %lld entries, %lld broken\n", (long long)sum->cases, (long long)sum->entries, (long long)sum->broken);
	command_verify_reads(ctx, data, sum);
}

static int command_verify_run(struct ctx *ctx, const char *court, const char *docket, bool blobs)
{
	struct store *store = NULL;
	struct command_verify_sum sum = { .cases = 0 };
	if (command_store_open(ctx, &store)) {
		command_say(ctx, "verify");
		return COMMAND_VERIFY_DATA;
	}
	if (docket)
		command_verify_case(ctx, court, docket, "", &sum);
	else
		command_verify_all(ctx, setting_text(SETTING_DATA), &sum);
	if (!docket && !sum.failed)
		command_verify_blobs(ctx, store, blobs, &sum);
	if (docket && sum.failed && ctx->why && !strcmp(ctx->why->key, "docket.unknown")) {
		fprintf(stderr, "verify: 没有这个案件 / there is no such case: %s %s\n", court, docket);
		return COMMAND_VERIFY_BROKEN;
	}
	if (sum.failed) {
		fprintf(stderr, "verify: 数据无法读取 / the store could not be read\n");
		return COMMAND_VERIFY_DATA;
	}
	if (docket)
		printf("%lld cases, %lld entries, %lld broken\n", (long long)sum.cases, (long long)sum.entries, (long long)sum.broken);
	return sum.broken ? COMMAND_VERIFY_BROKEN : COMMAND_VERIFY_WHOLE;
}

/* Takes --blobs, which is no setting, out of the arguments. */
static bool command_verify_bytes(int *argc, char **argv)
{
	for (int i = 1; i < *argc; i++)
		if (!strcmp(argv[i], "--blobs")) {
			memmove(argv + i, argv + i + 1, (size_t)(*argc - i) * sizeof *argv);
			--*argc;
			return true;
		}
	return false;
}

int command_verify(int argc, char **argv)
{
	bool blobs = command_verify_bytes(&argc, argv);
	struct ctx ctx = { .mem = arena_begin(), .person = "", .session = "", .device = "", .now = clock_now() };
	int code = COMMAND_VERIFY_USAGE;
	if (setting_source_read(&ctx, &argc, argv, environ))
		command_say(&ctx, "verify");
	else if (argc != 1 && (argc != 3 || blobs))
		code = command_verify_usage();
	else
		code = command_verify_run(&ctx, argc == 3 ? argv[1] : NULL, argc == 3 ? argv[2] : NULL, blobs);
	arena_end(ctx.mem);
	return code;
}
