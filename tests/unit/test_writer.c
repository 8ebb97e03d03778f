#define _GNU_SOURCE 1
#include "check.h"
#include "database.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/store/db.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

#define WRITER_TEST_THREADS 16
#define WRITER_TEST_ACTS 500

struct writer_test_note {
	int64_t writer, number;
};

static enum mc_err writer_test_make(struct ctx *ctx, void *arg)
{
	(void)arg;
	return db_script(ctx, "create table note (court text not null, writer bigint not null, number bigint not null,"
			      " place bigint not null, primary key (court, writer, number))");
}

/* The place tells the order of all acts: each sees the rows of those before it. */
static enum mc_err writer_test_put(struct ctx *ctx, void *arg)
{
	const struct writer_test_note *note = arg;
	struct row *r = db_ask(ctx, "select max(place) from note", "");
	int64_t place = db_next(r) ? db_int(r, 0) + 1 : 1;
	return db_do(ctx, "insert into note (court, writer, number, place) values ('a', $1, $2, $3)", "iii",
		     note->writer, note->number, place);
}

static int64_t writer_test_number(struct ctx *ctx, const char *sql)
{
	struct row *r = db_ask(ctx, sql, "");
	return db_next(r) ? db_int(r, 0) : -1;
}

static struct store *writer_test_open(struct ctx *ctx, const char *directory, bool fresh)
{
	struct store *store = NULL;
	*ctx = (struct ctx){ .mem = arena_begin(), .person = "", .session = "", .device = "" };
	static char database[DATABASE_SIZE];
	if (fresh)
		database_make(database, sizeof database);
	enum mc_err err = db_open(ctx, directory, database, &store);
	if (!err && fresh)
		err = db_together(ctx, writer_test_make, NULL);
	if (err)
		abort();
	return store;
}

/* ---- many threads ---- */

struct writer_test_thread {
	struct store *store;
	int64_t writer;
	int unseen, failed, refused;
};

static enum mc_err writer_test_refuse(struct ctx *ctx, void *arg)
{
	enum mc_err err = writer_test_put(ctx, arg);
	return err ? err : ctx_fail(ctx, MC_DENIED, (struct why){ .key = "test.refused" });
}

static void *writer_test_write(void *arg)
{
	struct writer_test_thread *t = arg;
	for (int64_t i = 0; i < WRITER_TEST_ACTS; i++) {
		struct ctx ctx = { .mem = arena_begin(), .db = db_reader(t->store) };
		struct writer_test_note note = { t->writer, i };
		if (i % 10 == 3) {
			struct writer_test_note wrong = { t->writer, i + 1000000 };
			t->refused += db_together(&ctx, writer_test_refuse, &wrong) == MC_DENIED && ctx.why;
			ctx_forget(&ctx);
		}
		t->failed += db_together(&ctx, writer_test_put, &note) != MC_OK;
		struct row *r = db_ask(&ctx, "select place from note where court = 'a' and writer = $1 and number = $2",
				       "ii", t->writer, i);
		t->unseen += !db_next(r);
		arena_end(ctx.mem);
	}
	return NULL;
}

static void writer_test_many(const char *directory)
{
	struct ctx ctx;
	struct store *store = writer_test_open(&ctx, directory, true);
	pthread_t thread[WRITER_TEST_THREADS];
	struct writer_test_thread t[WRITER_TEST_THREADS];
	for (int i = 0; i < WRITER_TEST_THREADS; i++) {
		t[i] = (struct writer_test_thread){ .store = store, .writer = i };
		pthread_create(&thread[i], NULL, writer_test_write, &t[i]);
	}
	for (int i = 0; i < WRITER_TEST_THREADS; i++) {
		pthread_join(thread[i], NULL);
		CHECK_INT(t[i].failed, 0);
		CHECK_INT(t[i].unseen, 0);
		CHECK_INT(t[i].refused, WRITER_TEST_ACTS / 10);
	}
	int64_t all = WRITER_TEST_THREADS * WRITER_TEST_ACTS, acts, commits;
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), all);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note where number >= 1000000"), 0);
	CHECK_INT(writer_test_number(&ctx, "select count(distinct place) from note"), all);
	CHECK_INT(writer_test_number(&ctx, "select max(place) from note"), all);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note a join note b on b.writer = a.writer"
					   " and b.number = a.number + 1 where b.place < a.place"), 0);
	db_count(store, &acts, &commits);
	CHECK_INT(acts, all + all / 10 + 1);
	CHECK(commits < acts / 2);
	arena_end(ctx.mem);
}

/* ---- what one act does to another ---- */

static enum mc_err writer_test_outer(struct ctx *ctx, void *arg)
{
	const struct writer_test_note *note = arg;
	struct db *line = ctx->db;
	struct writer_test_note inner = { note->writer, note->number + 1 };
	enum mc_err err = db_together(ctx, writer_test_put, &inner);
	if (ctx->db != line)
		return MC_INVALID;
	struct writer_test_note outer = *note;
	return err ? err : writer_test_put(ctx, &outer);
}

static enum mc_err writer_test_outer_refused(struct ctx *ctx, void *arg)
{
	enum mc_err err = writer_test_outer(ctx, arg);
	return err ? err : MC_CONFLICT;
}

/* Goes on although a part of it has failed. */
static enum mc_err writer_test_stubborn(struct ctx *ctx, void *arg)
{
	(void)db_together(ctx, writer_test_refuse, arg);
	ctx_forget(ctx);
	return MC_OK;
}

static enum mc_err writer_test_only_refuse(struct ctx *ctx, void *arg)
{
	(void)arg;
	return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "test.refused" });
}

/* Something is refused before anything is written; something else is done instead. */
static enum mc_err writer_test_instead(struct ctx *ctx, void *arg)
{
	if (db_together(ctx, writer_test_only_refuse, NULL) != MC_DENIED)
		return MC_STORE;
	ctx_forget(ctx);
	return db_together(ctx, writer_test_put, arg);
}

/* Does not look at the result of a statement that fails. */
static enum mc_err writer_test_blind(struct ctx *ctx, void *arg)
{
	(void)writer_test_put(ctx, arg);
	(void)writer_test_put(ctx, arg);
	struct writer_test_note next = *(struct writer_test_note *)arg;
	next.number++;
	(void)writer_test_put(ctx, &next);
	return MC_OK;
}

static void writer_test_nested(const char *directory)
{
	struct ctx ctx;
	writer_test_open(&ctx, directory, true);
	struct db *reader = ctx.db;
	struct writer_test_note note = { 1, 10 };
	CHECK_INT(db_together(&ctx, writer_test_outer, &note), MC_OK);
	CHECK(ctx.db == reader);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), 2);
	note.number = 20;
	CHECK_INT(db_together(&ctx, writer_test_outer_refused, &note), MC_CONFLICT);
	CHECK(ctx.db == reader);
	CHECK_INT(db_together(&ctx, writer_test_stubborn, &note), MC_DENIED);
	CHECK(ctx.why != NULL);
	ctx_forget(&ctx);
	CHECK_INT(db_together(&ctx, writer_test_blind, &note), MC_CONFLICT);
	CHECK(ctx.why && !strcmp(ctx.why->key, "store.taken"));
	ctx_forget(&ctx);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), 2);
	CHECK_INT(db_together(&ctx, writer_test_instead, &note), MC_OK);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), 3);
	arena_end(ctx.mem);
}

/* Acts of one batch: the first holds the writer until the others are queued. */
static sem_t writer_test_gate;

static enum mc_err writer_test_hold(struct ctx *ctx, void *arg)
{
	(void)ctx;
	(void)arg;
	sem_wait(&writer_test_gate);
	return MC_OK;
}

struct writer_test_member {
	struct store *store;
	enum mc_err (*act)(struct ctx *, void *);
	int64_t number;
	enum mc_err err;
};

static void *writer_test_member_run(void *arg)
{
	struct writer_test_member *m = arg;
	struct ctx ctx = { .mem = arena_begin(), .db = db_reader(m->store) };
	struct writer_test_note note = { 2, m->number };
	m->err = db_together(&ctx, m->act, &note);
	arena_end(ctx.mem);
	return NULL;
}

static _Atomic int writer_test_calls;

static void writer_test_call(void) { writer_test_calls++; }

static enum mc_err writer_test_put_call(struct ctx *ctx, void *arg)
{
	db_after(ctx, writer_test_call);
	return writer_test_put(ctx, arg);
}

static enum mc_err writer_test_refuse_call(struct ctx *ctx, void *arg)
{
	db_after(ctx, writer_test_call);
	return writer_test_refuse(ctx, arg);
}

static void writer_test_batch(const char *directory)
{
	struct ctx ctx;
	struct store *store = writer_test_open(&ctx, directory, true);
	struct writer_test_member m[9];
	pthread_t thread[9];
	sem_init(&writer_test_gate, 0, 0);
	for (int i = 0; i < 9; i++) {
		m[i] = (struct writer_test_member){ store, i == 0 ? writer_test_hold :
			i % 2 ? writer_test_put_call : writer_test_refuse_call, i, MC_OK };
		pthread_create(&thread[i], NULL, writer_test_member_run, &m[i]);
		usleep(20000);
	}
	sem_post(&writer_test_gate);
	for (int i = 0; i < 9; i++)
		pthread_join(thread[i], NULL);
	for (int i = 0; i < 9; i++)
		CHECK_INT(m[i].err, i && i % 2 == 0 ? MC_DENIED : MC_OK);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), 4);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note where number % 2 = 0"), 0);
	CHECK(writer_test_calls >= 1 && writer_test_calls <= 4);
	int calls = writer_test_calls;
	struct writer_test_note note = { 3, 1 };
	CHECK_INT(db_together(&ctx, writer_test_refuse_call, &note), MC_DENIED);
	CHECK_INT(writer_test_calls, calls);
	CHECK_INT(db_together(&ctx, writer_test_put_call, &note), MC_OK);
	CHECK_INT(writer_test_calls, calls + 1);
	arena_end(ctx.mem);
}

/* ---- faults ---- */

/* The database may not grow any more. This act fills what is left, does not mind the
 * failure, and goes on: SQLite may have ended the transaction by then. */
static enum mc_err writer_test_fill(struct ctx *ctx, void *arg)
{
	(void)arg;
	enum mc_err err = db_script(ctx, "pragma max_page_count = 40");
	if (!err)
		err = db_do(ctx, "create table if not exists load (court text not null, id bigint not null,"
				 " body text not null, primary key (court, id))", "");
	for (int64_t i = 0; !err && i < 500; i++)
		(void)db_do(ctx, "insert into load (court, id, body) values ('a', $1, $2)", "it", i,
			    arena_print(ctx->mem, "%04000d", 7));
	return MC_OK;
}

static void writer_test_full(const char *directory)
{
	struct ctx ctx;
	struct store *store = writer_test_open(&ctx, directory, true);
	struct writer_test_member m[4];
	pthread_t thread[4];
	fprintf(stderr, "one complaint about a full disk is expected:\n");
	sem_init(&writer_test_gate, 0, 0);
	for (int i = 0; i < 4; i++) {
		m[i] = (struct writer_test_member){ store, i == 0 ? writer_test_hold : i == 2 ? writer_test_fill
			: writer_test_put, i, MC_OK };
		pthread_create(&thread[i], NULL, writer_test_member_run, &m[i]);
		usleep(20000);
	}
	sem_post(&writer_test_gate);
	int64_t good = 0;
	for (int i = 0; i < 4; i++)
		pthread_join(thread[i], NULL);
	CHECK_INT(m[2].err, MC_STORE);
	for (int i = 1; i < 4; i += 2)
		good += m[i].err == MC_OK;
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), good);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from sqlite_master where name = 'load'"), 0);
	struct writer_test_note note = { 9, 9 };
	CHECK_INT(db_together(&ctx, writer_test_put, &note), MC_OK);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), good + 1);
	arena_end(ctx.mem);
}

/* Every call of an act fails once: all of it is there, or nothing, and the answer
 * says which. The store goes on afterwards. */
static void writer_test_faults(const char *directory)
{
	struct ctx ctx;
	struct store *store = writer_test_open(&ctx, directory, true);
	int fired = 0, good = 0;
	for (int n = 1; n < 100 && !good; n++) {
		struct ctx one = { .mem = arena_begin(), .db = db_reader(store) };
		struct writer_test_note note = { n, 1 };
		db_fail_after(n);
		enum mc_err err = db_together(&one, writer_test_outer, &note);
		good = db_fail_after(0) > 0;
		fired += !good;
		CHECK_INT(err, good ? MC_OK : MC_STORE);
		CHECK((err != MC_OK) == (one.why != NULL));
		struct row *r = db_ask(&one, "select count(*) from note where writer = $1", "i", (int64_t)n);
		CHECK(db_next(r));
		CHECK_INT(db_int(r, 0), err ? 0 : 2);
		arena_end(one.mem);
	}
	/* begin, savepoint, four statements, release, commit */
	CHECK_INT(fired, 8);
	CHECK(good);
	/* A refused act whose undoing fails as well. */
	for (int n = 1; n <= 7; n++) {
		struct ctx one = { .mem = arena_begin(), .db = db_reader(store) };
		struct writer_test_note note = { 1000 + n, 1 };
		db_fail_after(n);
		enum mc_err err = db_together(&one, writer_test_refuse, &note);
		CHECK_INT(err, db_fail_after(0) ? MC_DENIED : MC_STORE);
		CHECK_INT(writer_test_number(&one, "select count(*) from note where writer > 1000"), 0);
		arena_end(one.mem);
	}
	db_fail_after(1);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), -1);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), 2);
	arena_end(ctx.mem);
}

static void *writer_test_hammer(void *arg)
{
	struct writer_test_thread *t = arg;
	for (int64_t i = 0; i < 300; i++) {
		struct ctx ctx = { .mem = arena_begin(), .db = db_reader(t->store) };
		struct writer_test_note note = { t->writer, i * 10 };
		enum mc_err err = db_together(&ctx, writer_test_outer, &note);
		int64_t want = err ? 0 : 2, have = -1;
		while (have < 0) {
			struct row *r = db_ask(&ctx, "select count(*) from note where writer = $1 and number between $2"
						     " and $2 + 1", "ii", t->writer, i * 10);
			have = db_next(r) ? db_int(r, 0) : -1;
		}
		t->unseen += have != want;
		t->failed += err == MC_STORE;
		t->refused += err && err != MC_STORE;
		arena_end(ctx.mem);
	}
	return NULL;
}

/* Faults strike at random while many write: nothing half done, nothing falsely told. */
static void writer_test_storm(const char *directory)
{
	struct ctx ctx;
	struct store *store = writer_test_open(&ctx, directory, true);
	pthread_t thread[8];
	struct writer_test_thread t[8];
	for (int i = 0; i < 8; i++) {
		t[i] = (struct writer_test_thread){ .store = store, .writer = i };
		pthread_create(&thread[i], NULL, writer_test_hammer, &t[i]);
	}
	for (int i = 0; i < 200; i++) {
		db_fail_after(1 + i * 7 % 61);
		usleep(700);
	}
	int failed = 0;
	for (int i = 0; i < 8; i++) {
		pthread_join(thread[i], NULL);
		CHECK_INT(t[i].unseen, 0);
		CHECK_INT(t[i].refused, 0);
		failed += t[i].failed;
	}
	db_fail_after(0);
	CHECK(failed > 0);
	CHECK_INT(writer_test_number(&ctx, "select count(*) from note"), (8 * 300 - failed) * 2);
	arena_end(ctx.mem);
}

/* ---- kill -9 ---- */

/* The child acknowledges each act that is durable, until it is killed. */
static void writer_test_child(const char *directory, int to)
{
	struct ctx ctx;
	writer_test_open(&ctx, directory, false);
	for (int64_t i = 0;; i++) {
		struct ctx one = { .mem = arena_begin(), .db = ctx.db };
		struct writer_test_note note = { getpid(), i };
		if (db_together(&one, writer_test_put, &note) || write(to, &i, sizeof i) != (ssize_t)sizeof i)
			_exit(1);
		arena_end(one.mem);
	}
}

static void writer_test_killed(const char *directory)
{
	struct ctx ctx;
	writer_test_open(&ctx, directory, true);
	arena_end(ctx.mem);
	for (int round = 0; round < 6; round++) {
		int ends[2];
		if (pipe(ends))
			abort();
		pid_t child = fork();
		if (!child) {
			close(ends[0]);
			writer_test_child(directory, ends[1]);
		}
		close(ends[1]);
		int64_t told = -1, next;
		while (told < 40 + round * 13 && read(ends[0], &next, sizeof next) == (ssize_t)sizeof next)
			told = next;
		kill(child, SIGKILL);
		while (read(ends[0], &next, sizeof next) == (ssize_t)sizeof next)
			told = next;
		waitpid(child, NULL, 0);
		close(ends[0]);
		writer_test_open(&ctx, directory, false);
		struct row *r = db_ask(&ctx, "select count(*), max(number) from note where writer = $1", "i",
				       (int64_t)child);
		CHECK(db_next(r));
		CHECK(told >= 40 && db_int(r, 0) > told);
		CHECK_INT(db_int(r, 1), db_int(r, 0) - 1);
		r = db_ask(&ctx, database_postgres() ? "select 'ok'" : "pragma integrity_check", "");
		CHECK(db_next(r));
		CHECK_TEXT(db_text(r, 0), "ok");
		arena_end(ctx.mem);
	}
}

int main(void)
{
	static void (*const test[])(const char *) = {
		writer_test_killed, writer_test_many, writer_test_nested,
		writer_test_batch, writer_test_full, writer_test_faults, writer_test_storm,
	};
	for (size_t i = 0; i < sizeof test / sizeof *test; i++) {
		char path[200];
		/* PostgreSQL has no such order to stop growing. */
		if (test[i] == writer_test_full && database_postgres())
			continue;
		folder_make(path, sizeof path);
		test[i](path);
		folder_remove(path);
	}
	return check_end();
}
