/* A court goes from SQLite into PostgreSQL and back, with "microcourt migrate", and is the
 * same in every row and file, told by SQLite itself; and what must be refused is refused.
 * Starts itself again under tests/postgres.sh. */
#include "suit.h"
#include "../../src/base/digest.h"
#include "../../src/cmd/command.h"
#include "../../src/store/blob.h"
#include "../../src/store/tenancy.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>

static char copy_test_there[DATABASE_SIZE];

static int copy_test_run(const char *from, const char *to, const char *data)
{
	char *argv[] = { "migrate", "--from", (char *)(uintptr_t)from, "--to", (char *)(uintptr_t)to, "--data",
			 (char *)(uintptr_t)data, NULL };
	int errors = dup(2), out = dup(1), null = open("/dev/null", O_WRONLY);
	fflush(stdout);
	dup2(null, 1);
	dup2(null, 2);
	int code = command_migrate(data ? 7 : 5, argv);
	fflush(stdout);
	dup2(out, 1);
	dup2(errors, 2);
	close(errors);
	close(out);
	close(null);
	return code;
}

static const char *copy_test_keep(struct suit *suit, const char *words)
{
	struct blob *blob;
	const char *digest;
	int64_t size;
	CHECK(!blob_begin(&suit->ctx, suit->store, &blob));
	CHECK(!blob_add(&suit->ctx, blob, words, strlen(words)));
	CHECK(!blob_end(&suit->ctx, blob, &digest, &size));
	return arena_print(suit->ctx.mem, "%s %lld text/plain a.txt", digest, (long long)size);
}

/* More rows than a page has, whose keys begin alike; words of all lengths, and odd ones. */
static enum mc_err copy_test_many(struct ctx *ctx, void *arg)
{
	const char *file = arg;
	enum mc_err err = MC_OK;
	for (int64_t i = 0; !err && i < 1703; i++)
		err = db_do(ctx, "insert into draft (court, person, docket, act, home, form, at) values ('0', $1, $2, 'SUBMIT', $3, $4, $5)",
			    "tttti", i % 3 ? "a" : "B", arena_print(ctx->mem, "d%05lld", (long long)(i * 7919 % 1703)),
			    i % 2 ? "" : "\\ \t'\"{}", i == 5 ? file : i % 5 ? "好" : "", i - 800);
	return err;
}

/* Counts rows of this table that only one of two SQLite courts has. */
static int copy_test_differ(sqlite3 *lite, const char *table)
{
	sqlite3_stmt *stmt;
	char *sql = sqlite3_mprintf("select (select count(*) from (select * from a.%w except select * from b.%w))"
				    " + (select count(*) from (select * from b.%w except select * from a.%w))", table, table, table, table);
	int n = -1;
	if (sqlite3_prepare_v2(lite, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		n = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_free(sql);
	return n;
}

static void copy_test_same(struct suit *suit, const char *one, const char *two)
{
	sqlite3 *lite;
	sqlite3_stmt *stmt;
	int tables = 0;
	CHECK(sqlite3_open(":memory:", &lite) == SQLITE_OK);
	CHECK(sqlite3_exec(lite, arena_print(suit->ctx.mem, "attach '%s/court.db' as a; attach '%s/court.db' as b", one, two),
			   NULL, NULL, NULL) == SQLITE_OK);
	CHECK(sqlite3_prepare_v2(lite, "select name from a.sqlite_master where type = 'table' and name <> 'schema_file'"
				       " and name not like 'sqlite%'", -1, &stmt, NULL) == SQLITE_OK);
	for (; sqlite3_step(stmt) == SQLITE_ROW; tables++) {
		int differ = copy_test_differ(lite, (const char *)sqlite3_column_text(stmt, 0));
		CHECK_INT(differ, 0);
		if (differ)
			printf("  %s\n", sqlite3_column_text(stmt, 0));
	}
	CHECK(tables > 20);
	sqlite3_finalize(stmt);
	sqlite3_close(lite);
}

static int64_t copy_test_rows(const char *sql)
{
	PGconn *link = PQconnectdb(copy_test_there);
	PGresult *result = PQexec(link, sql);
	int64_t n = PQntuples(result) == 1 ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : -1;
	PQclear(result);
	PQfinish(link);
	return n;
}

static void copy_test_refusals(struct suit *suit, const char *there)
{
	struct arena *mem = suit->ctx.mem;
	const char *other = arena_print(mem, "%s/other", suit->directory);
	CHECK_INT(copy_test_run(suit->directory, suit->directory, NULL), 2);
	CHECK_INT(copy_test_run("postgres://a", "postgres://b", NULL), 2);
	CHECK_INT(copy_test_run(arena_print(mem, "%s/nothing", suit->directory), there, NULL), 1);
	/* It has rows already. */
	CHECK_INT(copy_test_run(suit->directory, there, NULL), 1);
	/* It is being served. */
	int fd = open(arena_print(mem, "%s/serve.lock", suit->directory), O_RDWR | O_CREAT, 0600);
	CHECK(!flock(fd, LOCK_EX | LOCK_NB));
	CHECK_INT(copy_test_run(suit->directory, other, NULL), 1);
	close(fd);
}

static enum mc_err copy_test_nothing(struct ctx *ctx, void *arg)
{
	(void)arg;
	return db_broken(db_ask(ctx, "select 1", "")) ? MC_STORE : MC_OK;
}

static void copy_test_open(struct ctx *ctx, const char *directory)
{
	struct store *store;
	*ctx = (struct ctx){ .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "", .device = "" };
	CHECK(!db_open(ctx, directory, copy_test_there, &store));
}

/* A database is served from whatever directory: then it is not moved; nor is it served while somebody has it alone. */
static void copy_test_tenants(struct suit *suit)
{
	struct arena *mem = suit->ctx.mem;
	struct ctx one, two, mover;
	const char *to = arena_print(mem, "%s/moved", suit->directory);
	copy_test_open(&one, arena_print(mem, "%s/one", suit->directory));
	copy_test_open(&two, arena_print(mem, "%s/two", suit->directory));
	CHECK(!tenancy_share(&one) && !tenancy_share(&two));
	CHECK_INT(copy_test_run(copy_test_there, to, suit->directory), 1);
	CHECK_INT(copy_test_run(suit->directory, copy_test_there, NULL), 1);
	arena_end(two.mem);
	CHECK_INT(copy_test_run(copy_test_there, to, suit->directory), 1);
	/* Also after its connections were lost: the lock comes back with the writer's. */
	CHECK(copy_test_rows("select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid()"
			     " and application_name = 'microcourt'") > 0);
	for (int i = 0; i < 50 && db_together(&one, copy_test_nothing, NULL); i++)
		usleep(20000);
	CHECK_INT(copy_test_run(copy_test_there, to, suit->directory), 1);
	arena_end(one.mem);
	copy_test_open(&mover, arena_print(mem, "%s/mover", suit->directory));
	copy_test_open(&one, arena_print(mem, "%s/one", suit->directory));
	CHECK(!tenancy_alone(&mover));
	CHECK(tenancy_share(&one) == MC_CONFLICT && !strcmp(one.why->key, "store.moving"));
	ctx_forget(&one);
	arena_end(mover.mem);
	CHECK(!tenancy_share(&one));
	arena_end(one.mem);
}

/* A chain that is broken is not carried over, nor any row with it. */
static void copy_test_broken(struct suit *suit, const char *from)
{
	sqlite3 *lite;
	database_make(copy_test_there, sizeof copy_test_there);
	CHECK(sqlite3_open(arena_print(suit->ctx.mem, "%s/court.db", from), &lite) == SQLITE_OK);
	CHECK(sqlite3_exec(lite, "update entry set form = form || ' ' where number = 2", NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(lite);
	CHECK_INT(copy_test_run(from, copy_test_there, NULL), 1);
	CHECK_INT(copy_test_rows("select count(*) from docket"), 0);
	CHECK_INT(copy_test_rows("select count(*) from person"), 0);
	/* An older schema is brought up to date by starting the program, not by copying. */
	CHECK(sqlite3_open(arena_print(suit->ctx.mem, "%s/court.db", from), &lite) == SQLITE_OK);
	CHECK(sqlite3_exec(lite, "delete from schema_file where name = '0001_store.sql'", NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(lite);
	CHECK_INT(copy_test_run(from, copy_test_there, NULL), 1);
	CHECK_INT(copy_test_rows("select count(*) from docket"), 0);
}

int main(int argc, char **argv)
{
	(void)argc;
	if (!database_postgres()) {
		execl("tests/postgres.sh", "postgres.sh", argv[0], (char *)NULL);
		perror("tests/postgres.sh");
		return 2;
	}
	struct suit suit;
	char server[DATABASE_SIZE];
	snprintf(server, sizeof server, "%s", database_server());
	unsetenv("TEST_DATABASE");
	suit_open(&suit);
	setenv("TEST_DATABASE", server, 1);
	char *file = arena_copy(suit.ctx.mem, copy_test_keep(&suit, "the words of a letter"));
	CHECK(!db_together(&suit.ctx, copy_test_many, file));
	suit_to(&suit, STAGE_APPEALED);
	suit_to(&suit, STAGE_TRANSFERRED);
	suit_to(&suit, STAGE_SUBMITTED);
	database_make(copy_test_there, sizeof copy_test_there);
	CHECK_INT(copy_test_run(suit.directory, copy_test_there, NULL), 0);
	CHECK(copy_test_rows("select count(*) from entry") > 10);
	CHECK_INT(copy_test_rows("select count(*) from draft"), 1703);
	copy_test_refusals(&suit, copy_test_there);

	copy_test_tenants(&suit);
	/* Back into another directory; the files come from the first. */
	const char *back = arena_print(suit.ctx.mem, "%s/back", suit.directory);
	CHECK_INT(copy_test_run(copy_test_there, back, suit.directory), 0);
	copy_test_same(&suit, suit.directory, back);
	CHECK(!access(arena_print(suit.ctx.mem, "%s/blobs/%.2s/%.62s", back, file, file + 2), R_OK));
	copy_test_broken(&suit, back);
	suit_close(&suit);
	return check_end();
}
