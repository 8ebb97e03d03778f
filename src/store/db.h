/* db: the only door to SQL. One SQL text serves SQLite and PostgreSQL: write
 * $1, $2 ... for values, give ids from the program, store times as integers.
 *
 *   struct row *r = db_ask(ctx, "select name from person where id = $1", "t", id);
 *   while (db_next(r)) puts(db_text(r, 0));
 *   if (db_broken(r)) return MC_STORE;
 *
 * The letters say what follows: t text (NULL is ""), i int64_t. SQL is always a
 * literal in the source; a value never becomes part of it. There are no SQL
 * NULLs in the schema; one that comes from an outer join or a max() over nothing
 * reads as "" and 0. A sum() or count() is cast to bigint.
 *
 * Reading runs on a connection of the calling thread. db_ask() takes in the whole
 * answer, so that no reader keeps looking at an old picture of the store and no
 * answer depends on a connection: what may be long is asked for in pages (where
 * id > $1 order by id limit 200), and more than 16 MiB is MC_STORE. Writing happens inside db_together(): one writer
 * thread performs what all threads queued, each in a savepoint of its own, in one
 * durable commit, and wakes them after it. */
#ifndef MC_DB_H
#define MC_DB_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

struct store;
struct row;

/* Opens the store and starts its writer. The directory, made if absent, holds blobs/,
 * keys and, when database is "", the SQLite file court.db (WAL, synchronous=FULL, foreign
 * keys on). A database postgres://... is a PostgreSQL 15 or later whose text is UTF-8 in
 * the order of its bytes. ctx->db becomes this thread's reader. Ends with the arena of ctx,
 * after what is queued has been performed; by then the other threads that used it have
 * ended or use it no more. MC_STORE: store.open, store.database (not a URL that is known),
 * store.postgres_old, store.postgres_order, {1} the place. */
enum mc_err db_open(struct ctx *ctx, const char *directory, const char *database, struct store **out);

/* The calling thread's read connection to this store, made at first use, closed
 * when the thread or the store ends. Only this thread may read through it. */
struct db *db_reader(struct store *store);

/* All rows of the answer; db_next() goes to the first, then the next. Rows live as
 * long as ctx->mem. MC_STORE has been noted in ctx if db_broken(). */
struct row *db_ask(struct ctx *ctx, const char *sql, const char *kinds, ...);
bool db_next(struct row *row);
bool db_broken(const struct row *row);
const char *db_text(struct row *row, int column);       /* in ctx->mem */
int64_t db_int(struct row *row, int column);

/* What came of a request, at its end: err, but MC_STORE if a question of it to this reader has failed
 * and it was refused, for then it may have taken no answer for the answer that there is nothing. */
enum mc_err db_truth(struct ctx *ctx, enum mc_err err);

/* Between these two the reader of ctx sees one picture of the store, which makes many small
 * questions cheaper. It ends by itself with db_together(), so that nobody misses what they have
 * just written. For what is over in a moment: the store keeps what the picture shows. */
void db_look(struct ctx *ctx);
void db_look_up(struct ctx *ctx);

/* Only inside db_together(). A key that exists already is MC_CONFLICT, whatever
 * else fails MC_STORE; after either the act can only end and be undone, so write
 * "on conflict ..." where it may happen. MC_OK may come before the database has
 * answered (see engine.h): what fails later undoes the act all the same, for the
 * same reason, so do not ask a failure of db_do() what happened. */
enum mc_err db_do(struct ctx *ctx, const char *sql, const char *kinds, ...);
int db_changed(struct ctx *ctx);                        /* rows changed by the last db_do() */
enum mc_err db_script(struct ctx *ctx, const char *sql);

/* Queues act for the writer and waits until its commit is durable; any code but
 * MC_OK undoes this act alone, MC_STORE if the commit failed. With PostgreSQL an act may
 * be performed more than once, when another program that writes was in the way: it must
 * be a function of ctx, arg and the store, and what it leaves in arg must be what its
 * last performance left. Inside an act it runs
 * directly, in the same savepoint: if it then fails after it has written, the outer
 * act is undone as well, even if it would rather go on. act runs on the writer's
 * thread with ctx->db set to its connection: it must not do anything slow. What
 * ctx->first asks for is written in the same savepoint, before it. */
enum mc_err db_together(struct ctx *ctx, enum mc_err (*act)(struct ctx *, void *), void *arg);

/* The same, but ctx->first waits for a later act: for what stands whether or not that comes about, such as a
 * try that is counted. */
enum mc_err db_apart(struct ctx *ctx, enum mc_err (*act)(struct ctx *, void *), void *arg);

/* One of several acts, with a ctx of its own, and what came of it. */
struct db_act {
	struct ctx *ctx;
	enum mc_err (*act)(struct ctx *, void *);
	void *arg;
	enum mc_err err;
};

/* Queues these acts at once and waits for all: performed in their order, in one commit or a few, each
 * in a savepoint of its own, so that each stands or falls alone, as with db_together(). They are of
 * one thread and one store, not inside an act, and none has a ctx->first. */
void db_each(struct db_act *acts, size_t count);

/* Only inside db_together(): 256 bits of chance, as text, that stay the same however often
 * this act is performed again. Who draws lots draws them from this, so that no lot is drawn
 * twice. */
const char *db_secret(struct ctx *ctx);

/* Only inside db_together(): calls this on the writer's thread once the act is
 * durable, before those who wait for it wake; once a commit, however often asked.
 * It must be quick and must not use the store. */
void db_after(struct ctx *ctx, void (*call)(void));

/* The store that ctx->db belongs to, and its directory. */
struct store *db_store(const struct ctx *ctx);
const char *db_directory(const struct store *store);

/* Acts performed since the store was opened, and the commits that they took. */
void db_count(const struct store *store, int64_t *acts, int64_t *commits);

/* Acts that wait for the writer. */
int64_t db_waiting(const struct store *store);

/* For tests: from now on every act is performed, rolled back, and performed again before
 * its commit, as if another program had been in the way. */
void db_twice(bool on);

/* For tests: statements that the connection of ctx has been asked so far. */
int64_t db_asked(const struct ctx *ctx);

/* What has been changed, by whatever program beside this one too; NULL where that is not counted (PostgreSQL). */
struct changes;
const struct changes *db_changes(const struct store *store);

/* For tests: the nth call to a database from now on fails, in whatever thread; 0
 * for none. Returns how many calls were still to go. */
int db_fail_after(int n);

#endif
