/* What PostgreSQL does and SQLite does not: failures that come after the statement was
 * sent, two programs that write to one database, connections that are lost. Starts itself
 * again under tests/postgres.sh when it has no server yet. */
#define _GNU_SOURCE 1
#include "check.h"
#include "database.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/store/db.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#define POSTGRES_TEST_MEMBERS 24
#define POSTGRES_TEST_WRITERS 6
#define POSTGRES_TEST_ACTS 40

static char postgres_test_place[DATABASE_SIZE];

static enum mc_err postgres_test_make(struct ctx *ctx, void *arg)
{
	(void)arg;
	return db_script(ctx, "create table note (court text not null, id bigint not null, place bigint not null,"
			      " primary key (court, id)); create unique index note_place on note (court, place);"
			      "create table mark (court text not null, id bigint not null, primary key (court, id),"
			      " foreign key (court, id) references note (court, id))");
}

static struct store *postgres_test_open(struct ctx *ctx, const char *folder)
{
	struct store *store = NULL;
	*ctx = (struct ctx){ .mem = arena_begin(), .person = "", .session = "", .device = "" };
	CHECK_INT(db_open(ctx, folder, postgres_test_place, &store), MC_OK);
	return store;
}

static int64_t postgres_test_number(struct ctx *ctx, const char *sql)
{
	struct row *r = db_ask(ctx, sql, "");
	return db_next(r) ? db_int(r, 0) : -1;
}

/* ---- good acts and bad ones in one batch ---- */

static enum mc_err postgres_test_put(struct ctx *ctx, void *arg)
{
	const int64_t *id = arg;
	return db_do(ctx, "insert into note (court, id, place) values ('a', $1, $1)", "i", *id);
}

/* The second is there already; nothing waits for the answer, and more is sent after it. */
static enum mc_err postgres_test_twice(struct ctx *ctx, void *arg)
{
	const int64_t *id = arg;
	(void)postgres_test_put(ctx, arg);
	(void)postgres_test_put(ctx, arg);
	return db_do(ctx, "insert into note (court, id, place) values ('a', $1, $1)", "i", *id + 1000);
}

static enum mc_err postgres_test_orphan(struct ctx *ctx, void *arg)
{
	const int64_t *id = arg;
	(void)postgres_test_put(ctx, arg);
	return db_do(ctx, "insert into mark (court, id) values ('a', $1)", "i", *id + 5000);
}

/* Finds out by a question, and then says something else. */
static enum mc_err postgres_test_asks(struct ctx *ctx, void *arg)
{
	(void)postgres_test_put(ctx, arg);
	(void)postgres_test_put(ctx, arg);
	struct row *r = db_ask(ctx, "select count(*) from note", "");
	return db_next(r) ? MC_OK : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "test.other" });
}

static enum mc_err postgres_test_nonsense(struct ctx *ctx, void *arg)
{
	(void)postgres_test_put(ctx, arg);
	(void)db_do(ctx, "insert into nowhere (court) values ('a')", "");
	return postgres_test_put(ctx, arg);
}

static enum mc_err postgres_test_refused(struct ctx *ctx, void *arg)
{
	(void)postgres_test_put(ctx, arg);
	return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "test.refused" });
}

/* Refused before anything was sent. */
static enum mc_err postgres_test_silent(struct ctx *ctx, void *arg)
{
	(void)arg;
	return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "test.refused" });
}

static enum mc_err postgres_test_changed(struct ctx *ctx, void *arg)
{
	(void)postgres_test_put(ctx, arg);
	if (db_changed(ctx) != 1)
		return MC_INVALID;
	(void)db_do(ctx, "update note set place = place where court = 'b'", "");
	return db_changed(ctx) ? MC_INVALID : MC_OK;
}

static sem_t postgres_test_gate;

static enum mc_err postgres_test_hold(struct ctx *ctx, void *arg)
{
	(void)ctx;
	(void)arg;
	sem_wait(&postgres_test_gate);
	return MC_OK;
}

static const struct {
	enum mc_err (*act)(struct ctx *, void *);
	enum mc_err err;
	const char *key;
} postgres_test_kind[] = {
	{ postgres_test_put, MC_OK, "" },
	{ postgres_test_twice, MC_CONFLICT, "store.taken" },
	{ postgres_test_changed, MC_OK, "" },
	{ postgres_test_orphan, MC_STORE, "store.down" },
	{ postgres_test_asks, MC_CONFLICT, "store.taken" },
	{ postgres_test_silent, MC_DENIED, "test.refused" },
	{ postgres_test_nonsense, MC_STORE, "store.down" },
	{ postgres_test_refused, MC_DENIED, "test.refused" },
};
enum { POSTGRES_TEST_KINDS = sizeof postgres_test_kind / sizeof *postgres_test_kind };

struct postgres_test_member {
	struct store *store;
	int kind;
	int64_t id;
	enum mc_err err;
	char key[40];
};

static void *postgres_test_member(void *arg)
{
	struct postgres_test_member *m = arg;
	struct ctx ctx = { .mem = arena_begin(), .db = db_reader(m->store), .person = "", .session = "", .device = "" };
	m->err = db_together(&ctx, m->kind < 0 ? postgres_test_hold : postgres_test_kind[m->kind].act, &m->id);
	snprintf(m->key, sizeof m->key, "%s", ctx.why ? ctx.why->key : "");
	arena_end(ctx.mem);
	return NULL;
}

static void postgres_test_batch(struct ctx *ctx, struct store *store)
{
	static struct postgres_test_member m[POSTGRES_TEST_MEMBERS + 1];
	pthread_t thread[POSTGRES_TEST_MEMBERS + 1];
	int64_t acts[2], commits[2];
	sem_init(&postgres_test_gate, 0, 0);
	db_count(store, &acts[0], &commits[0]);
	for (int i = 0; i <= POSTGRES_TEST_MEMBERS; i++) {
		m[i] = (struct postgres_test_member){ .store = store, .kind = i ? i % POSTGRES_TEST_KINDS : -1, .id = i };
		pthread_create(&thread[i], NULL, postgres_test_member, &m[i]);
		/* The first holds the writer until all others are queued. */
		usleep(i ? 2000 : 50000);
	}
	usleep(100000);
	sem_post(&postgres_test_gate);
	int64_t good = 0;
	for (int i = 0; i <= POSTGRES_TEST_MEMBERS; i++) {
		pthread_join(thread[i], NULL);
		if (!i)
			continue;
		CHECK_INT(m[i].err, postgres_test_kind[m[i].kind].err);
		CHECK_TEXT(m[i].key, postgres_test_kind[m[i].kind].key);
		good += !m[i].err;
		struct row *r = db_ask(ctx, "select count(*) from note where id = $1", "i", (int64_t)i);
		CHECK(db_next(r));
		CHECK_INT(db_int(r, 0), m[i].err ? 0 : 1);
	}
	CHECK_INT(postgres_test_number(ctx, "select count(*) from note"), good);
	db_count(store, &acts[1], &commits[1]);
	CHECK_INT(acts[1] - acts[0], POSTGRES_TEST_MEMBERS + 1);
	CHECK(commits[1] - commits[0] <= 3);
}

/* More statements than wait for each other at once, in one act. */
static enum mc_err postgres_test_long(struct ctx *ctx, void *arg)
{
	enum mc_err err = MC_OK;
	for (int64_t i = 0; !err && i < 2000; i++)
		err = db_do(ctx, "insert into note (court, id, place) values ('long', $1, $1)", "i", i);
	(void)arg;
	return err;
}

/* ---- two programs ---- */

struct postgres_test_turn {
	struct store *store;
	int64_t id;
	int failed, performed, drawn;   /* drawn: lots that differed from the first */
	char secret[80];
};

static enum mc_err postgres_test_next(struct ctx *ctx, void *arg)
{
	struct postgres_test_turn *turn = arg;
	turn->performed++;
	if (*turn->secret)
		turn->drawn += strcmp(turn->secret, db_secret(ctx)) != 0;
	snprintf(turn->secret, sizeof turn->secret, "%s", db_secret(ctx));
	struct row *r = db_ask(ctx, "select coalesce(max(place), 0) + 1 from note where court = 'two'", "");
	int64_t place = db_next(r) ? db_int(r, 0) : -1;
	return db_do(ctx, "insert into note (court, id, place) values ('two', $1, $2)", "ii", turn->id, place);
}

static void *postgres_test_writes(void *arg)
{
	struct postgres_test_turn *turn = arg;
	for (int64_t i = 0; i < POSTGRES_TEST_ACTS; i++) {
		struct ctx ctx = { .mem = arena_begin(), .db = db_reader(turn->store), .person = "", .session = "", .device = "" };
		turn->id++;
		*turn->secret = '\0';
		turn->failed += db_together(&ctx, postgres_test_next, turn) != MC_OK;
		arena_end(ctx.mem);
	}
	return NULL;
}

/* Both read the last place and take the next: no place twice, none left out, none lost. */
static void postgres_test_two(struct ctx *ctx, struct store *store, const char *folder)
{
	struct ctx second;
	struct store *other = postgres_test_open(&second, folder);
	struct postgres_test_turn turn[POSTGRES_TEST_WRITERS];
	pthread_t thread[POSTGRES_TEST_WRITERS];
	int performed = 0, all = POSTGRES_TEST_WRITERS * POSTGRES_TEST_ACTS;
	for (int i = 0; i < POSTGRES_TEST_WRITERS; i++) {
		turn[i] = (struct postgres_test_turn){ .store = i % 2 ? store : other, .id = i * 1000 };
		pthread_create(&thread[i], NULL, postgres_test_writes, &turn[i]);
	}
	for (int i = 0; i < POSTGRES_TEST_WRITERS; i++) {
		pthread_join(thread[i], NULL);
		CHECK_INT(turn[i].failed, 0);
		CHECK_INT(turn[i].drawn, 0);
		performed += turn[i].performed;
	}
	CHECK(performed > all);
	CHECK_INT(postgres_test_number(ctx, "select count(*) from note where court = 'two'"), all);
	CHECK_INT(postgres_test_number(ctx, "select max(place) from note where court = 'two'"), all);
	arena_end(second.mem);
}

/* ---- lost connections ---- */

static void postgres_test_cut(void)
{
	database_order(postgres_test_place, "select pg_terminate_backend(pid) from pg_stat_activity"
					    " where application_name = 'microcourt'");
}

static enum mc_err postgres_test_cut_once(struct ctx *ctx, void *arg)
{
	struct postgres_test_turn *turn = arg;
	enum mc_err err = db_do(ctx, "insert into note (court, id, place) values ('cut', $1, $1)", "i", turn->id);
	if (!turn->performed++)
		postgres_test_cut();
	return err;
}

/* Goes on losing it: bounded, and never acknowledged. */
static enum mc_err postgres_test_cut_always(struct ctx *ctx, void *arg)
{
	struct postgres_test_turn *turn = arg;
	turn->performed++;
	enum mc_err err = db_do(ctx, "insert into note (court, id, place) values ('cut', $1, $1)", "i", turn->id);
	postgres_test_cut();
	return err;
}

static void postgres_test_lost(struct ctx *ctx)
{
	struct postgres_test_turn turn = { .id = 1 };
	int64_t id = 9001;
	fprintf(stderr, "complaints about lost connections are expected:\n");
	postgres_test_cut();
	CHECK(postgres_test_number(ctx, "select count(*) from note") > 0);
	CHECK_INT(db_together(ctx, postgres_test_put, &id), MC_OK);
	CHECK_INT(db_together(ctx, postgres_test_cut_once, &turn), MC_OK);
	CHECK_INT(turn.performed, 2);
	CHECK_INT(postgres_test_number(ctx, "select count(*) from note where court = 'cut'"), 1);
	turn = (struct postgres_test_turn){ .id = 2 };
	CHECK_INT(db_together(ctx, postgres_test_cut_always, &turn), MC_STORE);
	CHECK(ctx->why && !strcmp(ctx->why->key, "store.down"));
	ctx_forget(ctx);
	CHECK(turn.performed > 1 && turn.performed < 20);
	CHECK_INT(postgres_test_number(ctx, "select count(*) from note where court = 'cut'"), 1);
}

/* A database in another order is refused before anything is made in it. */
static void postgres_test_order(const char *folder)
{
	char place[DATABASE_SIZE];
	struct store *none = NULL;
	struct ctx ctx = { .mem = arena_begin(), .person = "", .session = "", .device = "" };
	database_order(database_server(), "drop database if exists latin");
	database_order(database_server(), "create database latin template template0 encoding 'SQL_ASCII' locale 'C'");
	snprintf(place, sizeof place, "%s", database_server());
	char *name = strstr(place, "/postgres?");
	CHECK(name != NULL);
	snprintf(name, sizeof place - (size_t)(name - place), "/latin%s", strchr(database_server(), '?'));
	CHECK_INT(db_open(&ctx, folder, place, &none), MC_STORE);
	CHECK_TEXT(ctx.why ? ctx.why->key : "", "store.postgres_order");
	arena_end(ctx.mem);
}

int main(int argc, char **argv)
{
	(void)argc;
	if (!database_postgres()) {
		execl("tests/postgres.sh", "postgres.sh", argv[0], (char *)NULL);
		perror("tests/postgres.sh");
		return 2;
	}
	char folder[200];
	struct ctx ctx;
	folder_make(folder, sizeof folder);
	database_make(postgres_test_place, sizeof postgres_test_place);
	struct store *store = postgres_test_open(&ctx, folder);
	CHECK_INT(db_together(&ctx, postgres_test_make, NULL), MC_OK);
	postgres_test_batch(&ctx, store);
	CHECK_INT(db_together(&ctx, postgres_test_long, NULL), MC_OK);
	CHECK_INT(postgres_test_number(&ctx, "select count(*) from note where court = 'long'"), 2000);
	postgres_test_two(&ctx, store, folder);
	postgres_test_lost(&ctx);
	postgres_test_order(folder);
	arena_end(ctx.mem);
	folder_remove(folder);
	return check_end();
}
