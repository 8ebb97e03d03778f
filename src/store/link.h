/* link: one connection of one thread to a store: the writer's, or a reader's. It
 * opens itself again when it was lost, and remembers for the writer whether the
 * act that runs on it has gone wrong. Only the store's own files include this. */
#ifndef MC_LINK_H
#define MC_LINK_H
#include "../base/ctx.h"
#include "engine.h"

#include <pthread.h>
#include <stdbool.h>

#define LINK_AFTER 4

struct store;

struct db {
	struct arena *mem;              /* holds this struct itself */
	struct store *store;
	const struct engine *engine;
	const char *place;              /* of the database, as engine.open takes it */
	const char *why;                /* message key: why it does not open, NULL if nothing more is known */
	void *line;                     /* the engine's connection, NULL when lost */
	pthread_t thread;               /* whose it is */
	bool writes;
	const char *claim;              /* the writer's question that must be answered 1 on each new connection, NULL for none */
	bool held;                      /* and that picture may not be exchanged for a newer one */
	int64_t asked;                  /* statements since the connection was begun */
	bool looks;                     /* a reader in the middle of one picture of the store */
	struct db *next;                /* in the store's list of readers */

	/* Of the act that runs now: */
	struct engine_tally tally;
	enum mc_err doomed;             /* it can only be undone, for this reason */
	bool full;                      /* because the disk is */
	bool again;                     /* not for its own fault: the batch may be performed again */
	const char **secret;            /* see db_secret() */
	void (*after[LINK_AFTER])(void); /* to be called once its commit is durable */
};

/* Message key of a failure that is nobody's fault: store.full or store.down. */
const char *link_reason(const struct db *db);

struct db *link_begin(struct store *store, const struct engine *engine, const char *place, bool writes);
void link_end(struct db *db);

/* Connects if there is no connection; false if that fails. */
bool link_ready(struct db *db);

/* Gives up the connection and with it any transaction; link_ready() makes a new one. */
void link_drop(struct db *db);

/* One statement with values; as engine.ask. */
enum engine_result link_ask(struct db *db, const char *sql, const struct engine_value *values, int count,
			    void (*each)(void *, const struct engine_value *, int), void *what);
/* One statement without values or rows, such as commit. */
enum engine_result link_order(struct db *db, const char *sql);
/* Waits for the outcome of what was only queued. */
enum engine_result link_settle(struct db *db);
enum engine_result link_script(struct db *db, const char *sql);

/* A reader begins to look at one picture of the store, taken at its next question; or
 * sees again whatever is the newest. Nothing depends on it: where it fails, the
 * questions are only dearer. */
void link_look(struct db *db);
/* The same for a reader that depends on it: false if it cannot. Until link_look_up() a
 * connection that is lost is not made again. */
bool link_hold(struct db *db);
void link_look_up(struct db *db);
/* For a reader that holds a picture, where engine->image is there: that picture as a file. */
enum engine_result link_image(struct db *db, const char *path, void (*show)(int64_t done, int64_t all));

/* Makes the nth call from now on fail, in whatever thread it happens; 0 for none.
 * Returns how many calls were still to go. */
int link_fail_after(int n);

#endif
