#include "sqlite_watch.h"
#include "../base/arena.h"

#include <string.h>

enum { SQLITE_WATCH_TABLES = 200, SQLITE_WATCH_COLUMNS = 64 };

struct sqlite_watch {
	struct arena *mem;
	sqlite3 *lite;
	struct change_line *line;
	struct { const char *name; struct change_rule rule; } table[SQLITE_WATCH_TABLES];
	int tables;
};

static const struct change_rule *sqlite_watch_rule(const struct sqlite_watch *watch, const char *table)
{
	static const struct change_rule everybody = { .count = CHANGE_EVERYBODY };
	for (int i = 0; i < watch->tables; i++)
		if (!strcmp(watch->table[i].name, table))
			return &watch->table[i].rule;
	return &everybody;
}

static void sqlite_watch_value(struct sqlite_watch *watch, sqlite3_value *value)
{
	const char *id = value ? (const char *)sqlite3_value_text(value) : NULL;
	if (id && *id)
		change_touch(watch->line, id);
}

static void sqlite_watch_row(void *what, sqlite3 *lite, int op, const char *base, const char *table, sqlite3_int64 old,
			     sqlite3_int64 new)
{
	struct sqlite_watch *watch = what;
	const struct change_rule *rule = sqlite_watch_rule(watch, table);
	(void)base;
	(void)old;
	(void)new;
	if (rule->count == CHANGE_EVERYBODY && !(rule->unborn && op == SQLITE_INSERT))
		change_touch(watch->line, NULL);
	for (int i = 0; i < rule->count; i++) {
		sqlite3_value *value = NULL;
		if (op != SQLITE_INSERT && sqlite3_preupdate_old(lite, rule->column[i], &value) == SQLITE_OK)
			sqlite_watch_value(watch, value);
		value = NULL;
		if (op != SQLITE_DELETE && sqlite3_preupdate_new(lite, rule->column[i], &value) == SQLITE_OK)
			sqlite_watch_value(watch, value);
	}
}

static int sqlite_watch_commit(void *what)
{
	change_before(((struct sqlite_watch *)what)->line);
	return 0;
}

void sqlite_watch_learn(struct sqlite_watch *watch)
{
	sqlite3_stmt *all = NULL;
	const char *column[SQLITE_WATCH_COLUMNS], *table = "";
	int columns = 0;
	watch->tables = 0;
	int rc = sqlite3_prepare_v2(watch->lite, "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c"
		" where m.type = 'table' order by m.name, c.cid", -1, &all, NULL);
	for (bool row = true; rc == SQLITE_OK && row;) {
		row = sqlite3_step(all) == SQLITE_ROW;
		const char *name = row ? (const char *)sqlite3_column_text(all, 0) : "";
		if (*table && strcmp(name, table) && watch->tables < SQLITE_WATCH_TABLES) {
			watch->table[watch->tables].name = table;
			watch->table[watch->tables++].rule = change_rule(table, column, columns);
			columns = 0;
		}
		if (row && strcmp(name, table))
			table = arena_copy(watch->mem, name);
		if (row && columns < SQLITE_WATCH_COLUMNS)
			column[columns++] = arena_copy(watch->mem, (const char *)sqlite3_column_text(all, 1));
	}
	sqlite3_finalize(all);
}

void sqlite_watch_settle(struct sqlite_watch *watch)
{
	if (sqlite3_get_autocommit(watch->lite))
		change_after(watch->line);
}

struct sqlite_watch *sqlite_watch_begin(struct arena *mem, sqlite3 *lite, struct changes *changes)
{
	if (!changes)
		return NULL;
	struct sqlite_watch *watch = arena_take(mem, sizeof *watch);
	watch->mem = mem;
	watch->lite = lite;
	watch->line = change_begin(mem, changes);
	sqlite_watch_learn(watch);
	sqlite3_preupdate_hook(lite, sqlite_watch_row, watch);
	sqlite3_commit_hook(lite, sqlite_watch_commit, watch);
	return watch;
}
