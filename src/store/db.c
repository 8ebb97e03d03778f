#define _GNU_SOURCE 1
#include "db.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "../base/log.h"
#include "change.h"
#include "link.h"
#include "place.h"
#include "postgres.h"
#include "sqlite.h"
#include "writer.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DB_VALUES 48            /* $1 to $48 */
#define DB_ANSWER ((size_t)16 << 20)

struct store {
	const char *directory;          /* blobs, keys and, with SQLite, the database */
	const char *place;              /* of the database, for the engine */
	const struct engine *engine;
	struct db *line;                /* the writer's */
	struct writer *writer;
	pthread_key_t key;              /* each thread's reader */
	pthread_mutex_t lock;           /* guards the list of readers */
	struct db *readers;
	struct changes *changes;        /* NULL where the engine does not count */
};

struct db_line {
	struct db_line *next;
	struct engine_value cells[];
};

struct row {
	struct arena *mem;
	struct db_line *first, **last;
	const struct db_line *at;
	int columns;
	size_t size;
	bool broken;
};

/* ---- the store ---- */

static void db_release(void *what)
{
	struct db *db = what;
	struct store *store = db->store;
	pthread_mutex_lock(&store->lock);
	struct db **at = &store->readers;
	while (*at != db)
		at = &(*at)->next;
	*at = db->next;
	pthread_mutex_unlock(&store->lock);
	link_end(db);
}

struct db *db_reader(struct store *store)
{
	struct db *db = pthread_getspecific(store->key);
	if (db)
		return db;
	db = link_begin(store, store->engine, store->place, false);
	pthread_mutex_lock(&store->lock);
	db->next = store->readers;
	store->readers = db;
	pthread_mutex_unlock(&store->lock);
	int bad = pthread_setspecific(store->key, db);
	assert(!bad);
	(void)bad;
	return db;
}

static void db_shut(void *what)
{
	struct store *store = what;
	writer_end(store->writer);
	pthread_key_delete(store->key);
	while (store->readers) {
		struct db *db = store->readers;
		store->readers = db->next;
		link_end(db);
	}
	/* The last to go: it folds the log into the file. */
	link_end(store->line);
	pthread_mutex_destroy(&store->lock);
}

static bool db_make_directory(struct arena *mem, const char *directory)
{
	if (mkdir(directory, 0700))
		return errno == EEXIST;
	/* A new name is durable when the folder that holds it is. */
	int fd = open(arena_print(mem, "%s/..", directory), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool kept = fd >= 0 && !fsync(fd);
	if (fd >= 0)
		close(fd);
	return kept;
}

enum mc_err db_open(struct ctx *ctx, const char *directory, const char *database, struct store **out)
{
	struct store *store = arena_take(ctx->mem, sizeof *store);
	const char *place = *database ? database : directory;
	struct why why = { .key = "store.open", .arg = { arena_copy(ctx->mem, place_shown(ctx->mem, place)) } };
	*store = (struct store){ .directory = arena_copy(ctx->mem, directory), .place = arena_copy(ctx->mem, place),
				 .engine = *database ? &postgres_engine : &sqlite_engine };
	if (*database && !postgres_place(database))
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.database" });
	if (!db_make_directory(ctx->mem, directory))
		return ctx_fail(ctx, MC_STORE, why);
	store->changes = store->engine->counts ? change_open(ctx->mem, store->directory) : NULL;
	store->line = link_begin(store, store->engine, store->place, true);
	if (!link_ready(store->line) || pthread_key_create(&store->key, db_release)) {
		if (store->line->why)
			why.key = store->line->why;
		link_end(store->line);
		return ctx_fail(ctx, MC_STORE, why);
	}
	store->writer = writer_begin(ctx->mem, store->line);
	if (!store->writer) {
		pthread_key_delete(store->key);
		link_end(store->line);
		return ctx_fail(ctx, MC_STORE, why);
	}
	pthread_mutex_init(&store->lock, NULL);
	arena_closer(ctx->mem, db_shut, store);
	ctx->db = db_reader(store);
	*out = store;
	return MC_OK;
}

struct store *db_store(const struct ctx *ctx) { return ctx->db->store; }

const struct changes *db_changes(const struct store *store) { return store->changes; }

const char *db_directory(const struct store *store) { return store->directory; }

void db_count(const struct store *store, int64_t *acts, int64_t *commits)
{
	writer_count(store->writer, acts, commits);
}

int64_t db_waiting(const struct store *store) { return writer_waiting(store->writer); }

void db_twice(bool on) { writer_twice(on); }

int64_t db_asked(const struct ctx *ctx) { return ctx->db->asked; }

int db_fail_after(int n) { return link_fail_after(n); }

/* ---- asking ---- */

static enum mc_err db_fault(struct ctx *ctx, enum engine_result result)
{
	return result == ENGINE_TAKEN ? ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "store.taken" })
				      : ctx_fail(ctx, MC_STORE, (struct why){ .key = link_reason(ctx->db) });
}

static int db_values(struct engine_value *values, const char *kinds, va_list ap)
{
	int count = 0;
	for (; *kinds; kinds++) {
		assert(count < DB_VALUES && (*kinds == 't' || *kinds == 'i'));
		struct engine_value *v = &values[count++];
		*v = (struct engine_value){ 0 };
		if (*kinds == 'i') {
			v->number = va_arg(ap, int64_t);
		} else {
			const char *text = va_arg(ap, const char *);
			v->text = text ? text : "";
			v->size = strlen(v->text);
		}
	}
	return count;
}

static void db_keep(void *what, const struct engine_value *cells, int columns)
{
	struct row *row = what;
	size_t n = (size_t)columns, size = sizeof(struct db_line) + n * sizeof *cells;
	for (size_t i = 0; i < n; i++)
		size += cells[i].text ? cells[i].size + 1 : 0;
	row->size += size;
	if (row->size > DB_ANSWER)
		return;
	/* The line and all its texts in one piece. */
	struct db_line *line = arena_more(row->mem, NULL, 0, size);
	char *text = (char *)&line->cells[n];
	line->next = NULL;
	for (size_t i = 0; i < n; i++) {
		line->cells[i] = cells[i];
		if (cells[i].text) {
			memcpy(text, cells[i].text, cells[i].size);
			text[cells[i].size] = '\0';
			line->cells[i].text = text;
			text += cells[i].size + 1;
		}
	}
	row->columns = columns;
	*row->last = line;
	row->last = &line->next;
}

struct row *db_ask(struct ctx *ctx, const char *sql, const char *kinds, ...)
{
	struct engine_value values[DB_VALUES];
	va_list ap;
	va_start(ap, kinds);
	int count = db_values(values, kinds, ap);
	va_end(ap);
	struct row *row = arena_take(ctx->mem, sizeof *row);
	row->mem = ctx->mem;
	row->last = &row->first;
	enum engine_result result = link_ask(ctx->db, sql, values, count, db_keep, row);
	if (!result && row->size > DB_ANSWER) {
		log_note(LOG_LEVEL_ERROR, "store-too-long", (struct log_field[]){ { "bytes", NULL, (int64_t)row->size },
			{ "sql", sql, 0 }, { 0 } });
		result = ENGINE_BROKEN;
	}
	if (result) {
		(void)db_fault(ctx, result);
		row->first = NULL;
		row->broken = true;
	}
	return row;
}

bool db_next(struct row *row)
{
	row->at = row->first;
	if (row->first)
		row->first = row->first->next;
	return row->at != NULL;
}

bool db_broken(const struct row *row) { return row->broken; }

static const struct engine_value *db_cell(const struct row *row, int column)
{
	static const struct engine_value none = { .text = "" };
	if (!row->at)
		return &none;
	assert(column >= 0 && column < row->columns);
	return &row->at->cells[column];
}

const char *db_text(struct row *row, int column)
{
	const struct engine_value *cell = db_cell(row, column);
	return cell->text ? cell->text : arena_print(row->mem, "%lld", (long long)cell->number);
}

int64_t db_int(struct row *row, int column)
{
	const struct engine_value *cell = db_cell(row, column);
	return cell->text ? (int64_t)strtoll(cell->text, NULL, 10) : cell->number;
}

enum mc_err db_truth(struct ctx *ctx, enum mc_err err)
{
	struct db *db = ctx->db;
	bool failed = db->doomed != MC_OK;
	const char *key = link_reason(db);
	db->doomed = MC_OK;
	db->full = false;
	if (!err || err == MC_STORE || !failed)
		return err;
	ctx_forget(ctx);
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = key });
}

void db_look(struct ctx *ctx) { link_look(ctx->db); }

void db_look_up(struct ctx *ctx) { link_look_up(ctx->db); }

/* ---- writing ---- */

enum mc_err db_do(struct ctx *ctx, const char *sql, const char *kinds, ...)
{
	assert(ctx->db->writes);
	struct engine_value values[DB_VALUES];
	va_list ap;
	va_start(ap, kinds);
	int count = db_values(values, kinds, ap);
	va_end(ap);
	enum engine_result result = link_ask(ctx->db, sql, values, count, NULL, NULL);
	return result ? db_fault(ctx, result) : MC_OK;
}

int db_changed(struct ctx *ctx)
{
	/* What fails here dooms the act, whatever is made of the answer. */
	(void)link_settle(ctx->db);
	return ctx->db->tally.changed > INT_MAX ? INT_MAX : (int)ctx->db->tally.changed;
}

enum mc_err db_script(struct ctx *ctx, const char *sql)
{
	assert(ctx->db->writes);
	enum engine_result result = link_script(ctx->db, sql);
	return result ? db_fault(ctx, result) : MC_OK;
}

struct db_pair { enum mc_err (*act)(struct ctx *, void *); void *arg; };

static enum mc_err db_both(struct ctx *ctx, void *what)
{
	const struct db_pair *pair = what;
	enum mc_err err = ctx->first->write(ctx, ctx->first);
	return err ? err : pair->act(ctx, pair->arg);
}

static enum mc_err db_after_first(struct ctx *ctx, enum mc_err (*act)(struct ctx *, void *), void *arg)
{
	enum mc_err err = writer_wait(ctx->db->store->writer, ctx, db_both, &(struct db_pair){ act, arg });
	if (!err) {
		ctx->first->written = true;
		ctx->first = NULL;
	}
	return err;
}

enum mc_err db_together(struct ctx *ctx, enum mc_err (*act)(struct ctx *, void *), void *arg)
{
	struct db *db = ctx->db;
	if (!db->writes) {
		link_look_up(db);
		return ctx->first ? db_after_first(ctx, act, arg) : writer_wait(db->store->writer, ctx, act, arg);
	}
	(void)link_settle(db);
	int64_t written = db->tally.written;
	enum mc_err err = act(ctx, arg);
	if (err)
		(void)link_settle(db);
	if (err && db->tally.written != written && !db->doomed)
		db->doomed = err;
	return err;
}

enum mc_err db_apart(struct ctx *ctx, enum mc_err (*act)(struct ctx *, void *), void *arg)
{
	struct ctx_first *first = ctx->first;
	ctx->first = NULL;
	enum mc_err err = db_together(ctx, act, arg);
	ctx->first = first;
	return err;
}

void db_each(struct db_act *acts, size_t count)
{
	if (!count)
		return;
	struct db *db = acts->ctx->db;
	assert(!db->writes);
	link_look_up(db);
	writer_each(db->store->writer, acts, count);
}

const char *db_secret(struct ctx *ctx)
{
	assert(ctx->db->writes);
	if (!*ctx->db->secret)
		*ctx->db->secret = id_secret(ctx->mem);
	return *ctx->db->secret;
}

void db_after(struct ctx *ctx, void (*call)(void))
{
	assert(ctx->db->writes);
	void (**at)(void) = ctx->db->after, (**end)(void) = at + LINK_AFTER;
	while (at < end && *at && *at != call)
		at++;
	assert(at < end);
	*at = call;
}
