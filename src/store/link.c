#define _GNU_SOURCE 1
#include "link.h"
#include "../base/arena.h"

#include <assert.h>
#include <stdatomic.h>

/* Tests only: calls still to go until one fails, for all stores and threads. */
static atomic_int link_left;

int link_fail_after(int n)
{
	int left = atomic_exchange(&link_left, n);
	return left > 0 ? left : 0;
}

static bool link_fails(void)
{
	return atomic_load_explicit(&link_left, memory_order_relaxed) > 0 && atomic_fetch_sub(&link_left, 1) == 1;
}

struct db *link_begin(struct store *store, const struct engine *engine, const char *place, bool writes)
{
	struct arena *mem = arena_begin();
	struct db *db = arena_take(mem, sizeof *db);
	*db = (struct db){ .mem = mem, .store = store, .engine = engine, .place = place,
			   .writes = writes, .thread = pthread_self() };
	return db;
}

void link_end(struct db *db)
{
	link_drop(db);
	arena_end(db->mem);
}

static void link_granted(void *what, const struct engine_value *cells, int columns)
{
	*(bool *)what = columns == 1 && cells[0].number == 1;
}

/* What this connection must have for itself before it is used (tenancy.h). */
static bool link_claims(struct db *db)
{
	bool granted = !db->claim;
	return granted || (db->engine->ask(db->line, db->claim, NULL, 0, link_granted, &granted, &db->tally) == ENGINE_DONE && granted);
}

bool link_ready(struct db *db)
{
	if (!db->line && !link_fails())
		db->line = db->engine->open(db->place, db->writes, &db->why);
	else
		return db->line != NULL;
	if (db->line && !link_claims(db))
		link_drop(db);
	return db->line != NULL;
}

const char *link_reason(const struct db *db) { return db->full ? "store.full" : "store.down"; }

void link_drop(struct db *db)
{
	if (db->line)
		db->engine->close(db->line);
	db->line = NULL;
	db->looks = false;
}

void link_look(struct db *db)
{
	if (db->line && db->engine->look && !db->looks && !db->writes)
		db->looks = db->engine->ask(db->line, db->engine->look, NULL, 0, NULL, NULL, &db->tally) == ENGINE_DONE;
}

bool link_hold(struct db *db)
{
	if (!link_ready(db) || db->looks)
		return false;
	db->looks = db->engine->ask(db->line, db->engine->hold, NULL, 0, NULL, NULL, &db->tally) == ENGINE_DONE;
	db->held = db->looks;
	return db->held;
}

void link_look_up(struct db *db)
{
	bool held = db->held;
	db->held = false;
	/* A picture that cannot be put away would be looked at for ever. */
	if (db->looks && (db->engine->ask(db->line, "commit", NULL, 0, NULL, NULL, &db->tally) != ENGINE_DONE
			  || (held && db->engine->settle(db->line, &db->tally) != ENGINE_DONE)))
		link_drop(db);
	db->looks = false;
}

enum engine_result link_image(struct db *db, const char *path, void (*show)(int64_t, int64_t))
{
	return db->line && db->held && !link_fails() ? db->engine->image(db->line, path, show) : ENGINE_BROKEN;
}

/* A reader may connect again at any time. In the middle of an act that would leave
 * its transaction behind, so the writer connects between batches only. And after a
 * failure inside an act nothing more is taken until it is undone: PostgreSQL
 * refuses it, and SQLite may have ended the transaction, so that what follows
 * would stand alone. */
static bool link_usable(struct db *db)
{
	if (db->writes || db->held)
		return db->line && !(db->writes && db->doomed);
	return link_ready(db);
}

static enum engine_result link_result(struct db *db, enum engine_result result)
{
	if (result == ENGINE_AGAIN || result == ENGINE_LOST)
		db->again = true;
	/* With it the transaction is gone. */
	if (result == ENGINE_LOST)
		link_drop(db);
	db->full |= result == ENGINE_FULL;
	if (result != ENGINE_DONE && !db->doomed)
		db->doomed = result == ENGINE_TAKEN ? MC_CONFLICT : MC_STORE;
	return result;
}

enum engine_result link_ask(struct db *db, const char *sql, const struct engine_value *values, int count,
			    void (*each)(void *, const struct engine_value *, int), void *what)
{
	assert(pthread_equal(db->thread, pthread_self()));
	if (link_fails() || !link_usable(db))
		return link_result(db, ENGINE_BROKEN);
	db->asked++;
	enum engine_result result = db->engine->ask(db->line, sql, values, count, each, what, &db->tally);
	if (result == ENGINE_LOST && !db->writes && !db->held) {
		/* No row was given yet, and a question may be asked twice. */
		link_drop(db);
		if (link_ready(db))
			result = db->engine->ask(db->line, sql, values, count, each, what, &db->tally);
	}
	return link_result(db, result);
}

enum engine_result link_order(struct db *db, const char *sql)
{
	if (!db->line || link_fails())
		return ENGINE_BROKEN;
	return link_result(db, db->engine->ask(db->line, sql, NULL, 0, NULL, NULL, &db->tally));
}

enum engine_result link_settle(struct db *db)
{
	return db->line ? link_result(db, db->engine->settle(db->line, &db->tally)) : ENGINE_BROKEN;
}

enum engine_result link_script(struct db *db, const char *sql)
{
	assert(pthread_equal(db->thread, pthread_self()));
	if (link_fails() || !link_usable(db))
		return link_result(db, ENGINE_BROKEN);
	db->tally.written++;
	return link_result(db, db->engine->script(db->line, sql));
}
