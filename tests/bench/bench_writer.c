/* bench_writer: how many durable writes a second the store takes when many wait at
 * once, beside the plain way on the same disk in the same run: one connection, one
 * transaction for each write. Rounds of both alternate, so that a busy disk troubles
 * both alike; the figures are medians. With TEST_DATABASE, under tests/postgres.sh, the same on
 * PostgreSQL: there the plain way waits three times for each write (begin, insert, commit). Usage: bench_writer [rounds [milliseconds]] */
#define _GNU_SOURCE 1
#include "../unit/database.h"
#include "../unit/folder.h"
#include "../../src/base/arena.h"
#include "../../src/base/clock.h"
#include "../../src/store/db.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#define BENCH_WRITER_ROUNDS 15
#define BENCH_WRITER_THREADS 256

static const char bench_writer_sql[] =
	"insert into entry (court, id, docket, body) values ($1, $2, $3, $4)";
static const char bench_writer_table[] =
	"create table entry (court text not null, id bigint not null, docket bigint not null,"
	" body text not null, primary key (court, id)); create index entry_docket on entry (court, docket)";
static const char bench_writer_body[] =
	"{\"act\":\"evidence\",\"paper\":\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\","
	"\"title\":\"微信聊天记录截图\",\"pages\":12,\"note\":\"用于证明双方对货款金额的确认\"}";

static _Atomic int64_t bench_writer_id;
static _Atomic bool bench_writer_stop;

static _Noreturn void bench_writer_fail(const char *what)
{
	fprintf(stderr, "bench_writer: %s\n", what);
	exit(1);
}

/* ---- the plain way ---- */

static void bench_writer_step(sqlite3_stmt *stmt)
{
	if (sqlite3_step(stmt) != SQLITE_DONE)
		bench_writer_fail(sqlite3_errmsg(sqlite3_db_handle(stmt)));
	sqlite3_reset(stmt);
}

static double bench_writer_plain(sqlite3 *lite, int64_t length)
{
	sqlite3_stmt *stmt[3];
	static const char *const sql[] = { "begin immediate", bench_writer_sql, "commit" };
	for (int i = 0; i < 3; i++)
		if (sqlite3_prepare_v2(lite, sql[i], -1, &stmt[i], NULL))
			bench_writer_fail(sqlite3_errmsg(lite));
	int64_t from = clock_tick_us(), till = from + length, at = from, done = 0;
	for (; at < till; at = clock_tick_us(), done++) {
		int64_t id = bench_writer_id++;
		bench_writer_step(stmt[0]);
		sqlite3_bind_text(stmt[1], 1, "132", -1, SQLITE_STATIC);
		sqlite3_bind_int64(stmt[1], 2, id);
		sqlite3_bind_int64(stmt[1], 3, id % 977);
		sqlite3_bind_text(stmt[1], 4, bench_writer_body, -1, SQLITE_STATIC);
		bench_writer_step(stmt[1]);
		bench_writer_step(stmt[2]);
	}
	for (int i = 0; i < 3; i++)
		sqlite3_finalize(stmt[i]);
	return (double)done * 1e6 / (double)(at - from);
}

static void bench_writer_do(PGconn *link, const char *name, int count, const char *const *values)
{
	PGresult *result = PQexecPrepared(link, name, count, values, NULL, NULL, 0);
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		bench_writer_fail(PQerrorMessage(link));
	PQclear(result);
}

static double bench_writer_plain_postgres(PGconn *link, int64_t length)
{
	int64_t from = clock_tick_us(), till = from + length, at = from, done = 0;
	for (; at < till; at = clock_tick_us(), done++) {
		char id[24], docket[24];
		int64_t number = bench_writer_id++;
		snprintf(id, sizeof id, "%lld", (long long)number);
		snprintf(docket, sizeof docket, "%lld", (long long)(number % 977));
		bench_writer_do(link, "begin", 0, NULL);
		bench_writer_do(link, "put", 4, (const char *const[]){ "132", id, docket, bench_writer_body });
		bench_writer_do(link, "commit", 0, NULL);
	}
	return (double)done * 1e6 / (double)(at - from);
}

static PGconn *bench_writer_connect(void)
{
	static char place[DATABASE_SIZE];
	database_make(place, sizeof place);
	database_order(place, bench_writer_table);
	PGconn *link = PQconnectdb(place);
	PQclear(PQprepare(link, "begin", "begin", 0, NULL));
	PQclear(PQprepare(link, "put", bench_writer_sql, 0, NULL));
	PQclear(PQprepare(link, "commit", "commit", 0, NULL));
	return link;
}

/* ---- the store ---- */

static enum mc_err bench_writer_make(struct ctx *ctx, void *arg)
{
	(void)arg;
	return db_script(ctx, bench_writer_table);
}

static enum mc_err bench_writer_put(struct ctx *ctx, void *arg)
{
	const int64_t *id = arg;
	return db_do(ctx, bench_writer_sql, "tiit", "132", *id, *id % 977, bench_writer_body);
}

static void *bench_writer_thread(void *arg)
{
	struct store *store = arg;
	while (!bench_writer_stop) {
		struct ctx ctx = { .mem = arena_begin(), .db = db_reader(store) };
		int64_t id = bench_writer_id++;
		if (db_together(&ctx, bench_writer_put, &id))
			bench_writer_fail("an act failed");
		arena_end(ctx.mem);
	}
	return NULL;
}

static double bench_writer_shared(struct store *store, int threads, int64_t length, double *batch)
{
	pthread_t thread[BENCH_WRITER_THREADS];
	int64_t acts[2], commits[2];
	db_count(store, &acts[0], &commits[0]);
	bench_writer_stop = false;
	int64_t from = clock_tick_us();
	for (int i = 0; i < threads; i++)
		if (pthread_create(&thread[i], NULL, bench_writer_thread, store))
			bench_writer_fail("no thread");
	usleep((useconds_t)length);
	bench_writer_stop = true;
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	int64_t took = clock_tick_us() - from;
	db_count(store, &acts[1], &commits[1]);
	*batch = (double)(acts[1] - acts[0]) / (double)(commits[1] - commits[0]);
	return (double)(acts[1] - acts[0]) * 1e6 / (double)took;
}

static int bench_writer_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double bench_writer_median(double *value, int n)
{
	qsort(value, (size_t)n, sizeof *value, bench_writer_order);
	return value[n / 2];
}

static sqlite3 *bench_writer_open(const char *directory)
{
	char path[300];
	sqlite3 *lite;
	snprintf(path, sizeof path, "%s/plain.db", directory);
	if (sqlite3_open(path, &lite) ||
	    sqlite3_exec(lite, "pragma journal_mode = wal; pragma synchronous = full;"
			       " pragma wal_autocheckpoint = 4000; pragma cache_size = -8192", NULL, NULL, NULL) ||
	    sqlite3_exec(lite, bench_writer_table, NULL, NULL, NULL))
		bench_writer_fail(sqlite3_errmsg(lite));
	return lite;
}

int main(int argc, char **argv)
{
	static const int threads[] = { 1, 16, 64, 256 };
	enum { KINDS = sizeof threads / sizeof *threads };
	double plain[BENCH_WRITER_ROUNDS], shared[KINDS][BENCH_WRITER_ROUNDS];
	double batch[KINDS][BENCH_WRITER_ROUNDS], ratio[KINDS][BENCH_WRITER_ROUNDS];
	long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 5;
	long length = argc > 2 ? strtol(argv[2], NULL, 10) : 1000;
	if (rounds < 1 || rounds > BENCH_WRITER_ROUNDS || length < 1 || length > 60000)
		bench_writer_fail("usage: bench_writer [rounds, at most 15 [milliseconds]]");
	char path[200], database[DATABASE_SIZE];
	folder_make(path, sizeof path);
	database_make(database, sizeof database);
	struct ctx ctx = { .mem = arena_begin() };
	struct store *store;
	if (db_open(&ctx, path, database, &store) || db_together(&ctx, bench_writer_make, NULL))
		bench_writer_fail("cannot open the store");
	sqlite3 *lite = bench_writer_open(path);
	PGconn *link = database_postgres() ? bench_writer_connect() : NULL;
	for (int r = 0; r < rounds; r++) {
		plain[r] = link ? bench_writer_plain_postgres(link, length * 1000) : bench_writer_plain(lite, length * 1000);
		for (int k = 0; k < KINDS; k++) {
			shared[k][r] = bench_writer_shared(store, threads[k], length * 1000, &batch[k][r]);
			ratio[k][r] = shared[k][r] / plain[r];
		}
	}
	printf("durable writes a second, %s, medians of %ld rounds of %ld ms\n", link ? "PostgreSQL" : "SQLite", rounds, length);
	printf("one transaction for each write      %9.0f\n", bench_writer_median(plain, (int)rounds));
	for (int k = 0; k < KINDS; k++)
		printf("shared commit, %3d waiting at once  %9.0f  %6.1f times as many, %5.1f in a commit\n",
		       threads[k], bench_writer_median(shared[k], (int)rounds),
		       bench_writer_median(ratio[k], (int)rounds), bench_writer_median(batch[k], (int)rounds));
	sqlite3_close(lite);
	PQfinish(link);
	arena_end(ctx.mem);
	folder_remove(path);
	return 0;
}
