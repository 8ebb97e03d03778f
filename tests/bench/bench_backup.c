/* bench_backup: how long a backup takes of a court with a million rows and a gigabyte of uploaded files: the
 * first, one more when nothing is new, reading it all again, and restoring it; beside it the plain way on the same disk, cp -r of
 * the files. Meanwhile a client acts as fast as it can: what it was told is kept from before the backup began must be in
 * what is restored, and how long it waits is told for before and meanwhile. On SQLite, or under tests/postgres.sh.
 * Usage: bench_backup [thousand rows [mebibytes]] */
#include "../unit/suit.h"
#include "../../src/store/blob.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/wait.h>

enum { BENCH_BACKUP_FILE = 1 << 20, BENCH_BACKUP_ACTS = 1 << 20 };
#define BENCH_BACKUP_FACTS "the plaintiff lent the defendant a hundred thousand yuan, to be given back within a year, and has none of it "

static struct suit suit;

static void bench_backup_fill(long rows, long files)
{
	static char bytes[BENCH_BACKUP_FILE];
	sqlite3 *lite;
	const char *form = "{\"claims\":\"100000\",\"facts\":\"" BENCH_BACKUP_FACTS BENCH_BACKUP_FACTS "\"}";
	if (*suit.database) {
		database_order(suit.database, arena_print(suit.ctx.mem, "insert into draft (court, person, docket, act, home, form, at)"
			" select '0', 'p' || i %% 1000, 'd' || lpad(i::text, 9, '0'), 'SUBMIT', '', '%s', i from generate_series(1, %ld) as n(i)", form, rows));
	} else {
		CHECK(sqlite3_open(arena_print(suit.ctx.mem, "%s/court.db", suit.directory), &lite) == SQLITE_OK);
		CHECK(sqlite3_exec(lite, arena_print(suit.ctx.mem, "with recursive n(i) as (select 1 union all select i + 1 from n where i < %ld)"
			" insert into draft (court, person, docket, act, home, form, at) select '0', 'p' || i %% 1000, printf('d%%09d', i), 'SUBMIT', '',"
			" '%s', i from n", rows, form), NULL, NULL, NULL) == SQLITE_OK);
		sqlite3_close(lite);
	}
	for (long i = 0; i < files; i++) {
		struct ctx ctx = suit.ctx;
		struct blob *blob;
		const char *digest;
		int64_t size;
		ctx.mem = arena_begin();
		for (size_t k = 0; k < sizeof bytes; k += sizeof i)
			memcpy(bytes + k, &i, sizeof i);
		CHECK(!blob_begin(&ctx, suit.store, &blob) && !blob_add(&ctx, blob, bytes, sizeof bytes) && !blob_end(&ctx, blob, &digest, &size));
		arena_end(ctx.mem);
	}
}

/* ---- somebody acts meanwhile ---- */

static struct { atomic_bool stop; atomic_long done; int took[BENCH_BACKUP_ACTS]; } bench_backup_client;

static enum mc_err bench_backup_write(struct ctx *ctx, void *arg)
{
	return db_do(ctx, "insert into draft (court, person, docket, act, home, form, at) values ('0', 'client', $1, 'SUBMIT', '', 'x', 0)",
		     "t", arg);
}

static void *bench_backup_act(void *unused)
{
	char name[20];
	while (!bench_backup_client.stop && bench_backup_client.done < BENCH_BACKUP_ACTS) {
		struct ctx ctx = suit.ctx;
		ctx.mem = arena_begin();
		ctx.db = db_reader(suit.store);
		snprintf(name, sizeof name, "n%07ld", bench_backup_client.done);
		int64_t from = clock_tick_us();
		CHECK(!db_together(&ctx, bench_backup_write, name));
		bench_backup_client.took[bench_backup_client.done] = (int)(clock_tick_us() - from);
		atomic_fetch_add(&bench_backup_client.done, 1);
		arena_end(ctx.mem);
	}
	return unused;
}

static int bench_backup_order(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

/* What the client has seen since act number from, which took so long in all. */
static void bench_backup_seen(const char *when, long from, int64_t ms)
{
	long n = bench_backup_client.done - from;
	if (n < 1)
		return;
	int *took = arena_take(suit.ctx.mem, (size_t)n * sizeof *took);
	memcpy(took, bench_backup_client.took + from, (size_t)n * sizeof *took);
	qsort(took, (size_t)n, sizeof *took, bench_backup_order);
	printf("| one client, %s: acts a second; half, 99 of 100, all of them within | %.0f; %.1f, %.1f, %.1f ms |\n", when,
	       (double)n * 1000 / (double)(ms ? ms : 1), took[n / 2] / 1000.0, took[n * 99 / 100] / 1000.0, took[n - 1] / 1000.0);
}

static int64_t bench_backup_time(const char *command, const char *data, const char *database, const char *one,
				 const char *two)
{
	const char *program = getenv("MICROCOURT");
	int64_t from = clock_tick_us();
	fflush(NULL);
	pid_t child = fork();
	if (!child) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, 1);
		dup2(null, 2);
		if (!command)
			execlp("cp", "cp", "-r", data, one, (char *)NULL);
		else
			execl(program ? program : "build/release/microcourt", "microcourt", command, "--config=", "--data", data, "--database", database,
			      one, two, (char *)NULL);
		_exit(1);
	}
	int status = -1;
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && !WEXITSTATUS(status));
	return (clock_tick_us() - from) / 1000;
}

static long bench_backup_there(const char *data, const char *database)
{
	struct ctx ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "" };
	struct store *store;
	CHECK(!db_open(&ctx, data, database, &store));
	struct row *r = db_ask(&ctx, "select cast(count(*) as bigint) from draft where court = '0' and person = 'client'", "");
	long n = db_next(r) ? (long)db_int(r, 0) : -1;
	arena_end(ctx.mem);
	return n;
}

int main(int argc, char **argv)
{
	long rows = argc > 1 ? strtol(argv[1], NULL, 10) * 1000 : 1000000, files = argc > 2 ? strtol(argv[2], NULL, 10) : 1024;
	suit_open(&suit);
	struct arena *mem = suit.ctx.mem;
	const char *to = arena_print(mem, "%s/kept", suit.directory), *other = arena_print(mem, "%s/other", suit.directory);
	bench_backup_fill(rows, files);
	sync();
	char again[DATABASE_SIZE];
	pthread_t client;
	printf("%s, %ld rows of %zu bytes beside the sample court, %ld MiB in files of 1 MiB\n\n| what | |\n| --- | --- |\n",
	       *suit.database ? "PostgreSQL" : "SQLite", rows, 2 * sizeof BENCH_BACKUP_FACTS, files);
	printf("| cp -r of the files | %" PRId64 " ms |\n", bench_backup_time(NULL, arena_print(mem, "%s/blobs", suit.directory), "",
									arena_print(mem, "%s/plain", suit.directory), NULL));
	sync();
	CHECK(!pthread_create(&client, NULL, bench_backup_act, NULL));
	sleep(5);
	bench_backup_seen("before", 0, 5000);
	long known = bench_backup_client.done;
	int64_t took = bench_backup_time("backup", suit.directory, suit.database, to, NULL);
	bench_backup_seen("meanwhile", known, took);
	bench_backup_client.stop = true;
	pthread_join(client, NULL);
	printf("| the first backup, durable, with the client | %" PRId64 " ms |\n", took);
	/* Restored before the next backup is taken: it is the one that began after so many acts were known to be kept. */
	database_make(again, sizeof again);
	printf("| restore, checked | %" PRId64 " ms |\n", bench_backup_time("restore", other, again, to, NULL));
	long there = bench_backup_there(other, again);
	printf("| acts known before it began; in what was restored | %ld; %ld |\n", known, there);
	CHECK(there >= known);
	printf("| the next, no file new | %" PRId64 " ms |\n", bench_backup_time("backup", suit.directory, suit.database, to, NULL));
	printf("| backup --check of both | %" PRId64 " ms |\n", bench_backup_time("backup", suit.directory, suit.database, "--check", to));
	suit_close(&suit);
	return check_bad != 0;
}
