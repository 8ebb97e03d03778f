#define _GNU_SOURCE 1
#include "check.h"
#include "database.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/store/db.h"
#include "../../src/store/schema.h"

#include <stddef.h>

#define SCHEMA_TEST_FILE(name, text) { name, (const unsigned char *)(text), sizeof(text) - 1 }
#define SCHEMA_TEST_END { NULL, NULL, 0 }

static void schema_test_open(struct ctx *ctx, const char *directory, bool fresh)
{
	static char database[DATABASE_SIZE];
	struct store *store;
	if (fresh)
		database_make(database, sizeof database);
	*ctx = (struct ctx){ .mem = arena_begin(), .now = 1767225600, .person = "", .session = "", .device = "" };
	CHECK_INT(db_open(ctx, directory, database, &store), MC_OK);
}

static int64_t schema_test_number(struct ctx *ctx, const char *sql)
{
	struct row *r = db_ask(ctx, sql, "");
	return db_next(r) ? db_int(r, 0) : -1;
}

#define SCHEMA_TEST_TREE \
	SCHEMA_TEST_FILE("0001_tree.sql", "-- tree\ncreate table tree (court text not null, id bigint not null," \
					  " primary key (court, id))")
#define SCHEMA_TEST_FRUIT \
	SCHEMA_TEST_FILE("0002_fruit.sql", "insert into tree (court, id) values ('a', 1);" \
					   " create table fruit (court text not null, id bigint not null," \
					   " primary key (court, id));")

/* Out of order: the first named needs the other. */
static const struct embed schema_test_one[] = { SCHEMA_TEST_FRUIT, SCHEMA_TEST_TREE, SCHEMA_TEST_END };

static const struct embed schema_test_two[] = {
	SCHEMA_TEST_FRUIT, SCHEMA_TEST_TREE,
	SCHEMA_TEST_FILE("0003_more.sql", "alter table fruit add column kind text not null default ''"),
	SCHEMA_TEST_END,
};

static const struct embed schema_test_changed[] = {
	SCHEMA_TEST_FRUIT,
	SCHEMA_TEST_FILE("0001_tree.sql", "-- another tree\n"),
	SCHEMA_TEST_FILE("0003_new.sql", "create table late (court text not null, primary key (court))"),
	SCHEMA_TEST_END,
};

static const struct embed schema_test_wrong[] = {
	SCHEMA_TEST_FRUIT, SCHEMA_TEST_TREE,
	SCHEMA_TEST_FILE("0003_wrong.sql", "create table half (court text not null, primary key (court));"
					   " create nonsense"),
	SCHEMA_TEST_FILE("0004_after.sql", "create table after (court text not null, primary key (court))"),
	SCHEMA_TEST_END,
};

static void schema_test_files(const char *directory)
{
	struct ctx ctx;
	schema_test_open(&ctx, directory, true);
	CHECK_INT(schema_apply_files(&ctx, schema_test_one), MC_OK);
	CHECK_INT(schema_test_number(&ctx, "select count(*) from tree"), 1);
	CHECK_INT(schema_apply_files(&ctx, schema_test_one), MC_OK);
	CHECK_INT(schema_test_number(&ctx, "select count(*) from tree"), 1);
	CHECK_INT(schema_test_number(&ctx, "select count(*) from schema_file where at = 1767225600"), 2);

	CHECK_INT(schema_apply_files(&ctx, schema_test_changed), MC_CONFLICT);
	CHECK(ctx.why && !strcmp(ctx.why->key, "schema.changed"));
	CHECK_TEXT(ctx.why ? ctx.why->arg[0] : "", "0001_tree.sql");
	ctx_forget(&ctx);
	CHECK_INT(schema_test_number(&ctx, "select count(*) from schema_file"), 2);

	fprintf(stderr, "one complaint about nonsense is expected:\n");
	CHECK_INT(schema_apply_files(&ctx, schema_test_wrong), MC_STORE);
	ctx_forget(&ctx);
	CHECK_INT(schema_test_number(&ctx, database_postgres()
		? "select count(*) from information_schema.tables where table_schema = current_schema()"
		  " and table_name in ('half', 'after')"
		: "select count(*) from sqlite_master where name in ('half', 'after')"), 0);
	CHECK_INT(schema_test_number(&ctx, "select count(*) from schema_file"), 2);

	CHECK_INT(schema_apply_files(&ctx, schema_test_two), MC_OK);
	CHECK_INT(schema_test_number(&ctx, "select count(*) from fruit where kind = ''"), 0);
	arena_end(ctx.mem);

	/* An older program finds a file that it does not know. */
	schema_test_open(&ctx, directory, false);
	CHECK_INT(schema_apply_files(&ctx, schema_test_one), MC_CONFLICT);
	CHECK(ctx.why && !strcmp(ctx.why->key, "schema.newer"));
	CHECK_TEXT(ctx.why ? ctx.why->arg[0] : "", "0003_more.sql");
	arena_end(ctx.mem);
}

/* A fault at any call leaves a store that the next start brings up to date. */
static void schema_test_faults(const char *directory)
{
	for (int n = 1, whole = 0; n < 100 && !whole; n++) {
		struct ctx ctx;
		char path[240];
		snprintf(path, sizeof path, "%s/%d", directory, n);
		schema_test_open(&ctx, path, true);
		db_fail_after(n);
		enum mc_err err = schema_apply_files(&ctx, schema_test_two);
		whole = db_fail_after(0) > 0;
		CHECK_INT(err, whole ? MC_OK : MC_STORE);
		ctx_forget(&ctx);
		CHECK_INT(schema_apply_files(&ctx, schema_test_two), MC_OK);
		CHECK_INT(schema_test_number(&ctx, "select count(*) from schema_file"), 3);
		CHECK_INT(schema_test_number(&ctx, "select count(*) from tree"), 1);
		arena_end(ctx.mem);
	}
}

/* The schema that this program carries. */
static void schema_test_own(const char *directory)
{
	struct ctx ctx;
	schema_test_open(&ctx, directory, true);
	CHECK_INT(schema_apply(&ctx), MC_OK);
	CHECK_INT(schema_apply(&ctx), MC_OK);
	CHECK_INT(schema_test_number(&ctx, "select count(*) from outbox"), 0);
	CHECK(schema_test_number(&ctx, "select count(*) from schema_file") >= 1);
	/* One SQL text for both engines: no other types, no primary key without the court. */
	if (database_postgres()) {
		arena_end(ctx.mem);
		return;
	}
	CHECK_INT(schema_test_number(&ctx, "select count(*) from sqlite_master m, pragma_table_info(m.name) c"
					   " where m.type = 'table' and (c.type not in ('TEXT', 'BIGINT', 'text',"
					   " 'bigint') or not c.\"notnull\")"), 0);
	CHECK_INT(schema_test_number(&ctx, "select count(*) from sqlite_master m where m.type = 'table' and not exists"
					   " (select 1 from pragma_table_info(m.name) c where c.pk = 1"
					   " and c.name = 'court')"), 0);
	arena_end(ctx.mem);
}

int main(void)
{
	char path[200];
	folder_make(path, sizeof path);
	schema_test_files(path);
	folder_remove(path);
	folder_make(path, sizeof path);
	schema_test_faults(path);
	folder_remove(path);
	folder_make(path, sizeof path);
	schema_test_own(path);
	folder_remove(path);
	return check_end();
}
