#define _GNU_SOURCE 1
#include "sqlite.h"
#include "../base/arena.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SQLITE_KEPT 1024        /* places for prepared statements, a power of two */
#define SQLITE_COLUMNS 64

/* Another process (an operator's command) may hold the write lock for a while. */
#define SQLITE_PATIENCE_MS 20000

struct sqlite_line {
	struct arena *mem;
	sqlite3 *lite;
	int used;
	sqlite3_stmt *kept[SQLITE_KEPT];        /* found by the digest of their text */
};

static enum engine_result sqlite_broken(const struct sqlite_line *line, const char *sql)
{
	switch (sqlite3_extended_errcode(line->lite)) {
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_UNIQUE:
		return ENGINE_TAKEN;
	default:
		fprintf(stderr, "store: sqlite: %s: %.200s\n", sqlite3_errmsg(line->lite), sql);
		return ENGINE_BROKEN;
	}
}

static enum engine_result sqlite_script(void *what, const char *sql)
{
	struct sqlite_line *line = what;
	return sqlite3_exec(line->lite, sql, NULL, NULL, NULL) == SQLITE_OK ? ENGINE_DONE
									     : sqlite_broken(line, sql);
}

static void sqlite_forget(struct sqlite_line *line)
{
	for (int i = 0; i < SQLITE_KEPT; i++) {
		sqlite3_finalize(line->kept[i]);
		line->kept[i] = NULL;
	}
	line->used = 0;
}

static void sqlite_shut(void *what)
{
	struct sqlite_line *line = what;
	sqlite_forget(line);
	int held = sqlite3_close(line->lite);
	assert(held == SQLITE_OK);
	(void)held;
	arena_end(line->mem);
}

/* Whether the file keeps a write-ahead log: where it cannot (some network disks),
 * the store must not open, for readers would stop the writer. */
static int sqlite_logged(void *what, int columns, char **cells, char **names)
{
	(void)names;
	*(bool *)what = columns == 1 && cells[0] && !strcmp(cells[0], "wal");
	return 0;
}

static bool sqlite_prepare_file(struct sqlite_line *line, bool writes)
{
	sqlite3_extended_result_codes(line->lite, 1);
	sqlite3_busy_timeout(line->lite, SQLITE_PATIENCE_MS);
	bool logged = !writes;
	return (!writes || sqlite3_exec(line->lite, "pragma journal_mode = wal", sqlite_logged, &logged, NULL)
				   == SQLITE_OK) &&
	       logged &&
	       !sqlite_script(line, "pragma synchronous = full; pragma foreign_keys = on;"
				    " pragma temp_store = memory") &&
	       !sqlite_script(line, writes ? "pragma cache_size = -16384; pragma wal_autocheckpoint = 4000;"
					     " pragma journal_size_limit = 67108864"
					   : "pragma cache_size = -2048; pragma query_only = on");
}

static void *sqlite_open_file(const char *directory, bool writes)
{
	struct arena *mem = arena_begin();
	struct sqlite_line *line = arena_take(mem, sizeof *line);
	line->mem = mem;
	const char *path = arena_print(mem, "%s/court.db", directory);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_CREATE : 0);
	if (sqlite3_open_v2(path, &line->lite, flags, NULL) == SQLITE_OK && sqlite_prepare_file(line, writes))
		return line;
	fprintf(stderr, "store: sqlite: cannot open %s: %s\n", path, sqlite3_errmsg(line->lite));
	sqlite_shut(line);
	return NULL;
}

/* FNV-1a, 32 bits: statements are few and their text is our own. */
static unsigned sqlite_place(const char *sql)
{
	unsigned hash = 2166136261u;
	for (; *sql; sql++)
		hash = (hash ^ (unsigned char)*sql) * 16777619u;
	return hash & (SQLITE_KEPT - 1);
}

/* The prepared statement for this text, NULL if the text is wrong. */
static sqlite3_stmt *sqlite_statement(struct sqlite_line *line, const char *sql)
{
	unsigned at = sqlite_place(sql);
	for (; line->kept[at]; at = (at + 1) & (SQLITE_KEPT - 1))
		if (!strcmp(sqlite3_sql(line->kept[at]), sql))
			return line->kept[at];
	if (line->used >= SQLITE_KEPT / 4 * 3) {
		sqlite_forget(line);
		at = sqlite_place(sql);
	}
	const char *rest;
	if (sqlite3_prepare_v3(line->lite, sql, -1, SQLITE_PREPARE_PERSISTENT, &line->kept[at], &rest) != SQLITE_OK)
		return NULL;
	assert(line->kept[at] && !*rest);
	line->used++;
	return line->kept[at];
}

static bool sqlite_bind(sqlite3_stmt *stmt, const struct engine_value *values, int count)
{
	int wanted = sqlite3_bind_parameter_count(stmt), rc = SQLITE_OK;
	assert(wanted == count);
	for (int i = 1; i <= wanted && rc == SQLITE_OK; i++) {
		const char *name = sqlite3_bind_parameter_name(stmt, i);
		long number = name && *name == '$' ? strtol(name + 1, NULL, 10) : 0;
		assert(number >= 1 && number <= count);
		const struct engine_value *v = &values[number - 1];
		rc = v->text ? sqlite3_bind_text64(stmt, i, v->text, v->size, SQLITE_STATIC, SQLITE_UTF8)
			     : sqlite3_bind_int64(stmt, i, v->number);
	}
	return rc == SQLITE_OK;
}

static struct engine_value sqlite_cell(sqlite3_stmt *stmt, int column)
{
	switch (sqlite3_column_type(stmt, column)) {
	case SQLITE_INTEGER:
	case SQLITE_FLOAT:
		return (struct engine_value){ .number = sqlite3_column_int64(stmt, column) };
	case SQLITE_NULL:
		return (struct engine_value){ .text = "" };
	default:
		break;
	}
	/* The text first: asking for it may change the size. */
	const char *text = (const char *)sqlite3_column_text(stmt, column);
	return (struct engine_value){ .text = text ? text : "",
				      .size = text ? (size_t)sqlite3_column_bytes(stmt, column) : 0 };
}

static enum engine_result sqlite_ask(void *what, const char *sql, const struct engine_value *values, int count,
				     void (*each)(void *, const struct engine_value *, int), void *whom,
				     int64_t *changed)
{
	struct sqlite_line *line = what;
	sqlite3_stmt *stmt = sqlite_statement(line, sql);
	if (!stmt || !sqlite_bind(stmt, values, count))
		return sqlite_broken(line, sql);
	int columns = sqlite3_column_count(stmt), rc;
	assert(columns <= SQLITE_COLUMNS);
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct engine_value cells[SQLITE_COLUMNS];
		for (int i = 0; i < columns; i++)
			cells[i] = sqlite_cell(stmt, i);
		if (each)
			each(whom, cells, columns);
	}
	enum engine_result result = rc == SQLITE_DONE ? ENGINE_DONE : sqlite_broken(line, sql);
	*changed = sqlite3_stmt_readonly(stmt) ? 0 : sqlite3_changes64(line->lite);
	sqlite3_reset(stmt);
	/* The values were lent, not copied: nothing may point at them now. */
	sqlite3_clear_bindings(stmt);
	return result;
}

static bool sqlite_inside(void *what)
{
	struct sqlite_line *line = what;
	return !sqlite3_get_autocommit(line->lite);
}

const struct engine sqlite_engine = {
	.begin = "begin immediate",
	.open = sqlite_open_file,
	.close = sqlite_shut,
	.ask = sqlite_ask,
	.script = sqlite_script,
	.inside = sqlite_inside,
};
