/* db: the only door to SQL. One SQL text serves SQLite and PostgreSQL: write
 * $1, $2 ... for values, give ids from the program, store times as integers.
 *
 *   struct row *r = db_ask(ctx, "select name from person where id = $1", "t", id);
 *   while (db_next(r)) puts(db_text(r, 0));
 *   if (db_broken(r)) return MC_STORE;
 *
 * The letters say what follows: t text (NULL is ""), i int64_t. SQL is always a
 * literal in the source; a value never becomes part of it. There are no SQL
 * NULLs in the schema.
 *
 * Reading runs on a connection of the calling thread. Writing happens inside
 * db_together(): one writer thread performs what all threads queued, each in a
 * savepoint of its own, in one durable commit, and wakes them after it. */
#ifndef MC_DB_H
#define MC_DB_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

struct store;
struct row;

/* Opens the store (a directory: court.db, blobs/) and starts its writer.
 * WAL, synchronous=FULL, foreign keys on. Ends with the arena of ctx. */
enum mc_err db_open(struct ctx *ctx, const char *directory, struct store **out);

/* The calling thread's read connection to this store, opened at first use. */
struct db *db_reader(struct store *store);

struct row *db_ask(struct ctx *ctx, const char *sql, const char *kinds, ...);
bool db_next(struct row *row);
bool db_broken(const struct row *row);
const char *db_text(struct row *row, int column);       /* copied into ctx->mem */
int64_t db_int(struct row *row, int column);

/* Only inside db_together(). */
enum mc_err db_do(struct ctx *ctx, const char *sql, const char *kinds, ...);
int db_changed(struct ctx *ctx);                        /* rows changed by the last db_do() */
enum mc_err db_script(struct ctx *ctx, const char *sql);

/* Queues act for the writer and waits until its commit is durable; any code but
 * MC_OK undoes this act alone. Inside an act it runs directly, in the same
 * savepoint. act runs on the writer's thread with ctx->db set to its connection:
 * it must not do anything slow. */
enum mc_err db_together(struct ctx *ctx, enum mc_err (*act)(struct ctx *, void *), void *arg);

/* The store that ctx->db belongs to, and its directory. */
struct store *db_store(const struct ctx *ctx);
const char *db_directory(const struct store *store);

#endif
