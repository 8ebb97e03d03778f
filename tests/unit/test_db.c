#define _GNU_SOURCE 1
#include "check.h"
#include "database.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/store/db.h"

#include <pthread.h>
#include <sys/stat.h>

static struct store *db_test_open(struct ctx *ctx, const char *directory, const char *database)
{
	struct store *store = NULL;
	*ctx = (struct ctx){ .mem = arena_begin(), .person = "", .session = "", .device = "" };
	CHECK_INT(db_open(ctx, directory, database, &store), MC_OK);
	return store;
}

static enum mc_err db_test_make(struct ctx *ctx, void *arg)
{
	(void)arg;
	return db_script(ctx, "create table note (court text not null, id bigint not null, said text not null,"
			      " primary key (court, id));"
			      "create table mark (court text not null, id bigint not null, primary key (court, id),"
			      " foreign key (court, id) references note (court, id))");
}

static enum mc_err db_test_note(struct ctx *ctx, void *arg)
{
	int64_t *id = arg;
	return db_do(ctx, "insert into note (court, id, said) values ($2, $1, $3)", "itt", *id, "a", "好");
}

static int64_t db_test_count(struct ctx *ctx)
{
	struct row *r = db_ask(ctx, "select count(*) from note", "");
	return db_next(r) ? db_int(r, 0) : -1;
}

static void db_test_rows(struct ctx *ctx)
{
	for (int64_t id = 1; id <= 3; id++)
		CHECK_INT(db_together(ctx, db_test_note, &id), MC_OK);
	struct row *r = db_ask(ctx, "select id, said, 7, 'x', null, '12' from note where id >= $1 and court = $2"
				    " order by id desc", "it", (int64_t)2, "a");
	CHECK_TEXT(db_text(r, 0), "");
	CHECK(db_next(r));
	CHECK_INT(db_int(r, 0), 3);
	CHECK_TEXT(db_text(r, 0), "3");
	CHECK_TEXT(db_text(r, 1), "好");
	CHECK_INT(db_int(r, 2), 7);
	CHECK_TEXT(db_text(r, 4), "");
	CHECK_INT(db_int(r, 4), 0);
	CHECK_INT(db_int(r, 5), 12);
	/* Another question, and an act, while this answer is still being read. */
	CHECK_INT(db_test_count(ctx), 3);
	int64_t four = 4;
	CHECK_INT(db_together(ctx, db_test_note, &four), MC_OK);
	CHECK_INT(db_test_count(ctx), 4);
	CHECK(db_next(r));
	CHECK_INT(db_int(r, 0), 2);
	CHECK(!db_next(r));
	CHECK(!db_next(r));
	CHECK(!db_broken(r));
	r = db_ask(ctx, "select said from note where court = $1", "t", (const char *)NULL);
	CHECK(!db_next(r) && !db_broken(r));
	/* The same value twice, and the numbers out of order. */
	r = db_ask(ctx, "select $2 || $1 || $2", "tt", "b", "a");
	CHECK(db_next(r));
	CHECK_TEXT(db_text(r, 0), "aba");
}

static void db_test_wrong(struct ctx *ctx)
{
	fprintf(stderr, "three complaints about SQL are expected:\n");
	struct row *r = db_ask(ctx, "select word from nowhere", "");
	CHECK(!db_next(r));
	CHECK(db_broken(r));
	CHECK(ctx->why && !strcmp(ctx->why->key, "store.down"));
	ctx_forget(ctx);
	/* An answer that would fill the memory is refused, not cut. */
	r = db_ask(ctx, "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400000)"
			" select i, 'twenty bytes of text' from n", "");
	CHECK(!db_next(r) && db_broken(r));
	ctx_forget(ctx);
	/* A reader does not write, whatever it is asked. */
	r = db_ask(ctx, "insert into note (court, id, said) values ('b', 1, '')", "");
	CHECK(db_broken(r));
	ctx_forget(ctx);
}

static enum mc_err db_test_changes(struct ctx *ctx, void *arg)
{
	(void)arg;
	CHECK_INT(db_do(ctx, "update note set said = $1", "t", "new"), MC_OK);
	CHECK_INT(db_changed(ctx), 4);
	CHECK_INT(db_test_count(ctx), 4);
	CHECK_INT(db_changed(ctx), 4);
	CHECK_INT(db_do(ctx, "insert into note (court, id, said) values ('a', 1, '')"
			     " on conflict (court, id) do nothing", ""), MC_OK);
	CHECK_INT(db_changed(ctx), 0);
	CHECK_INT(db_do(ctx, "delete from note where id = $1", "i", (int64_t)4), MC_OK);
	CHECK_INT(db_changed(ctx), 1);
	return MC_OK;
}

static enum mc_err db_test_orphan(struct ctx *ctx, void *arg)
{
	(void)arg;
	return db_do(ctx, "insert into mark (court, id) values ('a', 99)", "");
}

static enum mc_err db_test_settings(struct ctx *ctx, void *arg)
{
	(void)arg;
	if (database_postgres())
		return MC_OK;
	struct row *r = db_ask(ctx, "pragma synchronous", "");
	CHECK(db_next(r));
	CHECK_INT(db_int(r, 0), 2);
	r = db_ask(ctx, "pragma journal_mode", "");
	CHECK(db_next(r));
	CHECK_TEXT(db_text(r, 0), "wal");
	r = db_ask(ctx, "pragma foreign_keys", "");
	CHECK(db_next(r));
	CHECK_INT(db_int(r, 0), 1);
	return MC_OK;
}

static void db_test_rules(struct ctx *ctx)
{
	CHECK_INT(db_together(ctx, db_test_changes, NULL), MC_OK);
	CHECK_INT(db_together(ctx, db_test_settings, NULL), MC_OK);
	int64_t one = 1;
	CHECK_INT(db_together(ctx, db_test_note, &one), MC_CONFLICT);
	CHECK(ctx->why && !strcmp(ctx->why->key, "store.taken"));
	ctx_forget(ctx);
	fprintf(stderr, "one complaint about a foreign key is expected:\n");
	CHECK_INT(db_together(ctx, db_test_orphan, NULL), MC_STORE);
	ctx_forget(ctx);
}

/* More questions than are kept prepared: the oldest are forgotten, none is wrong. */
static void db_test_many(struct ctx *ctx)
{
	int64_t wrong = 0;
	for (int i = 0; i < 2000; i++) {
		struct row *r = db_ask(ctx, arena_print(ctx->mem, "select %d + $1", i), "i", (int64_t)1);
		wrong += !db_next(r) || db_int(r, 0) != i + 1;
	}
	CHECK_INT(wrong, 0);
}

static void *db_test_thread(void *arg)
{
	struct store *store = arg;
	struct ctx ctx = { .mem = arena_begin(), .db = db_reader(store) };
	bool good = db_test_count(&ctx) == 3 && db_store(&ctx) == store && db_reader(store) == ctx.db;
	arena_end(ctx.mem);
	return good ? store : NULL;
}

static void db_test_threads(struct ctx *ctx, struct store *store)
{
	for (int round = 0; round < 4; round++) {
		pthread_t thread[8];
		for (int i = 0; i < 8; i++)
			pthread_create(&thread[i], NULL, db_test_thread, store);
		for (int i = 0; i < 8; i++) {
			void *good = NULL;
			pthread_join(thread[i], &good);
			CHECK(good == store);
		}
	}
	CHECK(db_reader(store) == ctx->db);
}

int main(void)
{
	char above[200], path[220], first[DATABASE_SIZE], next[DATABASE_SIZE];
	folder_make(above, sizeof above);
	database_make(first, sizeof first);
	database_make(next, sizeof next);
	snprintf(path, sizeof path, "%s/data", above);
	struct ctx ctx, other;
	struct store *store = db_test_open(&ctx, path, first);
	struct stat st;
	CHECK(!stat(path, &st) && (st.st_mode & 0777) == 0700);
	CHECK_TEXT(db_directory(store), path);
	CHECK_INT(db_together(&ctx, db_test_make, NULL), MC_OK);
	db_test_rows(&ctx);
	db_test_wrong(&ctx);
	db_test_rules(&ctx);
	db_test_many(&ctx);
	db_test_threads(&ctx, store);

	/* Another store in the same process knows nothing of the first. */
	char second[220];
	snprintf(second, sizeof second, "%s/second", above);
	struct store *two = db_test_open(&other, second, next);
	CHECK(two != store && db_store(&other) == two && db_store(&ctx) == store);
	CHECK_INT(db_together(&other, db_test_make, NULL), MC_OK);
	CHECK_INT(db_test_count(&other), 0);
	CHECK_INT(db_test_count(&ctx), 3);
	arena_end(ctx.mem);
	CHECK_INT(db_test_count(&other), 0);
	arena_end(other.mem);

	/* What was written is there when the store is opened again. */
	db_test_open(&ctx, path, first);
	CHECK_INT(db_test_count(&ctx), 3);
	arena_end(ctx.mem);

	fprintf(stderr, "one complaint about opening is expected:\n");
	struct store *none = NULL;
	ctx = (struct ctx){ .mem = arena_begin() };
	CHECK_INT(db_open(&ctx, arena_print(ctx.mem, "%s/no/such/folder", above), "", &none), MC_STORE);
	CHECK(!none && ctx.why && !strcmp(ctx.why->key, "store.open"));
	ctx_forget(&ctx);
	if (!database_postgres())
		CHECK_INT(db_open(&ctx, arena_print(ctx.mem, "%s/court.db", path), "", &none), MC_STORE);
	ctx_forget(&ctx);
	CHECK_INT(db_open(&ctx, path, "mysql://court", &none), MC_STORE);
	CHECK(!none && ctx.why && !strcmp(ctx.why->key, "store.database"));
	ctx_forget(&ctx);
	/* The place is named without the password. */
	CHECK_INT(db_open(&ctx, path, "postgres://court:secret@127.0.0.1:1/court?password=other", &none), MC_STORE);
	CHECK(!none && ctx.why && !strcmp(ctx.why->key, "store.open"));
	CHECK_TEXT(ctx.why ? ctx.why->arg[0] : "", "postgres://127.0.0.1:1/court");
	arena_end(ctx.mem);
	folder_remove(above);
	return check_end();
}
