#define _GNU_SOURCE 1
#include "sqlite.h"
#include "sqlite_watch.h"
#include "../base/arena.h"
#include "../base/log.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SQLITE_KEPT 1024        /* places for prepared statements, a power of two */
#define SQLITE_COLUMNS 64
#define SQLITE_VALUES 64

/* Another process (an operator's command) may hold the write lock for a while. */
#define SQLITE_PATIENCE_MS 20000

struct sqlite_kept {
	sqlite3_stmt *stmt;             /* NULL: this place is free */
	const char *sql;                /* where the text stands */
	int values, columns;
	bool reads;
	unsigned char number[SQLITE_VALUES];    /* which value, from 0, each parameter takes */
};

struct sqlite_line {
	struct arena *mem;
	sqlite3 *lite;
	struct sqlite_watch *watch;     /* of a connection that writes; NULL: nobody counts */
	int used;
	struct sqlite_kept kept[SQLITE_KEPT];   /* found by the address of their text */
};

static enum engine_result sqlite_broken(const struct sqlite_line *line, const char *sql)
{
	switch (sqlite3_extended_errcode(line->lite)) {
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_UNIQUE:
		return ENGINE_TAKEN;
	case SQLITE_FULL:
	case SQLITE_IOERR_SHMSIZE:
		return ENGINE_FULL;
	default:
		log_note(LOG_LEVEL_ERROR, "store-broken", (struct log_field[]){
			{ "why", sqlite3_errmsg(line->lite), 0 }, { "sql", sql, 0 }, { 0 } });
		return ENGINE_BROKEN;
	}
}

static enum engine_result sqlite_script(void *what, const char *sql)
{
	struct sqlite_line *line = what;
	enum engine_result result = sqlite3_exec(line->lite, sql, NULL, NULL, NULL) == SQLITE_OK ? ENGINE_DONE
											      : sqlite_broken(line, sql);
	if (line->watch) {
		sqlite_watch_learn(line->watch);
		sqlite_watch_settle(line->watch);
	}
	return result;
}

static void sqlite_forget(struct sqlite_line *line)
{
	for (int i = 0; i < SQLITE_KEPT; i++) {
		sqlite3_finalize(line->kept[i].stmt);
		line->kept[i].stmt = NULL;
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

/* SQLite counts its memory for nobody here, under a lock for which all threads would queue. */
static void sqlite_uncounted(void) { (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

static void *sqlite_open_file(const char *directory, bool writes, const char **why)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, sqlite_uncounted);
	*why = NULL;
	struct arena *mem = arena_begin();
	struct sqlite_line *line = arena_take(mem, sizeof *line);
	line->mem = mem;
	const char *path = arena_print(mem, "%s/court.db", directory);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_CREATE : 0);
	if (sqlite3_open_v2(path, &line->lite, flags, NULL) == SQLITE_OK && sqlite_prepare_file(line, writes)) {
		line->watch = writes ? sqlite_watch_begin(mem, line->lite, change_open(mem, directory)) : NULL;
		return line;
	}
	log_note(LOG_LEVEL_ERROR, "store-open", (struct log_field[]){
		{ "path", path, 0 }, { "why", sqlite3_errmsg(line->lite), 0 }, { 0 } });
	sqlite_shut(line);
	return NULL;
}

/* Texts are literals, so each has its own address; one that is not is told by its words. */
static unsigned sqlite_place(const char *sql)
{
	return (unsigned)(((uintptr_t)sql >> 2) * 2654435761u >> 12) & (SQLITE_KEPT - 1);
}

/* Learns once what sqlite_ask() needs each time. False if the text is wrong. */
static bool sqlite_prepare(struct sqlite_line *line, const char *sql, struct sqlite_kept *out)
{
	const char *rest;
	if (sqlite3_prepare_v3(line->lite, sql, -1, SQLITE_PREPARE_PERSISTENT, &out->stmt, &rest) != SQLITE_OK)
		return false;
	assert(out->stmt && !*rest);
	out->sql = sql;
	out->values = sqlite3_bind_parameter_count(out->stmt);
	out->columns = sqlite3_column_count(out->stmt);
	out->reads = sqlite3_stmt_readonly(out->stmt) != 0;
	assert(out->values <= SQLITE_VALUES && out->columns <= SQLITE_COLUMNS);
	for (int i = 0; i < out->values; i++) {
		const char *name = sqlite3_bind_parameter_name(out->stmt, i + 1);
		long number = name && *name == '$' ? strtol(name + 1, NULL, 10) : 0;
		assert(number >= 1 && number <= out->values);
		out->number[i] = (unsigned char)(number - 1);
	}
	line->used++;
	return true;
}

/* The prepared statement for this text, NULL if the text is wrong. */
static struct sqlite_kept *sqlite_statement(struct sqlite_line *line, const char *sql)
{
	unsigned at = sqlite_place(sql);
	for (; line->kept[at].stmt; at = (at + 1) & (SQLITE_KEPT - 1))
		if (line->kept[at].sql == sql && !strcmp(sqlite3_sql(line->kept[at].stmt), sql))
			return &line->kept[at];
	if (line->used >= SQLITE_KEPT / 4 * 3) {
		sqlite_forget(line);
		at = sqlite_place(sql);
	}
	return sqlite_prepare(line, sql, &line->kept[at]) ? &line->kept[at] : NULL;
}

static bool sqlite_bind(const struct sqlite_kept *kept, const struct engine_value *values, int count)
{
	int rc = SQLITE_OK;
	assert(kept->values == count);
	for (int i = 0; i < count && rc == SQLITE_OK; i++) {
		const struct engine_value *v = &values[kept->number[i]];
		rc = v->text ? sqlite3_bind_text64(kept->stmt, i + 1, v->text, v->size, SQLITE_STATIC, SQLITE_UTF8)
			     : sqlite3_bind_int64(kept->stmt, i + 1, v->number);
	}
	return rc == SQLITE_OK;
}

/* One thread has the connection, so what a column holds may be looked at where it lies. */
static struct engine_value sqlite_cell(sqlite3_stmt *stmt, int column)
{
	sqlite3_value *value = sqlite3_column_value(stmt, column);
	switch (sqlite3_value_type(value)) {
	case SQLITE_INTEGER:
	case SQLITE_FLOAT:
		return (struct engine_value){ .number = sqlite3_value_int64(value) };
	case SQLITE_NULL:
		return (struct engine_value){ .text = "" };
	default:
		break;
	}
	/* The text first: asking for it may change the size. */
	const char *text = (const char *)sqlite3_value_text(value);
	return (struct engine_value){ .text = text ? text : "",
				      .size = text ? (size_t)sqlite3_value_bytes(value) : 0 };
}

static enum engine_result sqlite_ask(void *what, const char *sql, const struct engine_value *values, int count,
				     void (*each)(void *, const struct engine_value *, int), void *whom,
				     struct engine_tally *tally)
{
	struct sqlite_line *line = what;
	const struct sqlite_kept *kept = sqlite_statement(line, sql);
	if (!kept || !sqlite_bind(kept, values, count))
		return sqlite_broken(line, sql);
	sqlite3_stmt *stmt = kept->stmt;
	int columns = kept->columns, rc;
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct engine_value cells[SQLITE_COLUMNS];
		for (int i = 0; i < columns; i++)
			cells[i] = sqlite_cell(stmt, i);
		if (each)
			each(whom, cells, columns);
	}
	enum engine_result result = rc == SQLITE_DONE ? ENGINE_DONE : sqlite_broken(line, sql);
	int64_t changed = kept->reads ? 0 : sqlite3_changes64(line->lite);
	tally->written += changed;
	if (!each)
		tally->changed = changed;
	sqlite3_reset(stmt);
	/* The values were lent, not copied: nothing may point at them now. */
	sqlite3_clear_bindings(stmt);
	if (line->watch)
		sqlite_watch_settle(line->watch);
	return result;
}

/* Nothing is ever queued. */
static enum engine_result sqlite_settle(void *what, struct engine_tally *tally)
{
	(void)what;
	(void)tally;
	return ENGINE_DONE;
}

#define SQLITE_STEP 256         /* pages between two looks at how far it is: a megabyte */

/* Pages as they are, and then all of them on the disk. The reader's transaction is why nobody's
 * writing makes it begin again; it stands in nobody's way, only the log grows meanwhile. */
static enum engine_result sqlite_image(void *what, const char *path, void (*show)(int64_t, int64_t))
{
	struct sqlite_line *line = what;
	sqlite3 *to = NULL;
	sqlite3_backup *copy = NULL;
	int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(to, "pragma journal_mode = off; pragma synchronous = full", NULL, NULL, NULL);
	if (rc == SQLITE_OK && !(copy = sqlite3_backup_init(to, "main", line->lite, "main")))
		rc = sqlite3_errcode(to);
	while (rc == SQLITE_OK) {
		rc = sqlite3_backup_step(copy, SQLITE_STEP);
		int64_t all = sqlite3_backup_pagecount(copy);
		show(all - sqlite3_backup_remaining(copy), all);
	}
	if (copy)
		rc = sqlite3_backup_finish(copy);
	if (rc != SQLITE_OK)
		log_note(LOG_LEVEL_ERROR, "store-broken", (struct log_field[]){ { "why", sqlite3_errstr(rc), 0 }, { "path", path, 0 }, { 0 } });
	return sqlite3_close(to) == SQLITE_OK && rc == SQLITE_OK ? ENGINE_DONE : ENGINE_BROKEN;
}

static bool sqlite_inside(void *what)
{
	struct sqlite_line *line = what;
	return !sqlite3_get_autocommit(line->lite);
}

const struct engine sqlite_engine = {
	.counts = true,
	.begin = "begin immediate",
	.look = "begin",
	.hold = "begin",
	.columns = "select m.name, c.name, c.pk from sqlite_master m, pragma_table_info(m.name) c"
		   " where m.type = 'table' and m.name not like 'sqlite%' order by m.name, c.cid",
	.references = "select distinct m.name, f.\"table\" from sqlite_master m, pragma_foreign_key_list(m.name) f"
		      " where m.type = 'table'",
	.open = sqlite_open_file,
	.close = sqlite_shut,
	.ask = sqlite_ask,
	.settle = sqlite_settle,
	.script = sqlite_script,
	.image = sqlite_image,
	.inside = sqlite_inside,
};
