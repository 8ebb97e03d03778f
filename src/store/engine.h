/* engine: what the store asks of a database program. SQLite answers in the same
 * process, PostgreSQL (15 or later) over a socket; both answer the same questions.
 * Everything that the two do differently stands behind this table, nothing else does.
 *
 * A statement whose rows nobody asked for may be queued and sent together with those
 * after it (PostgreSQL's pipeline mode): what became of it is known at the next
 * question or at settle(). */
#ifndef MC_ENGINE_H
#define MC_ENGINE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum engine_result {
	ENGINE_DONE,
	ENGINE_TAKEN,           /* a row with this key exists already */
	ENGINE_AGAIN,           /* another writer was in the way: the whole transaction may be performed again */
	ENGINE_LOST,            /* the connection is gone */
	ENGINE_FULL,            /* there is no room left on its disk */
	ENGINE_BROKEN           /* everything else; the engine has written why to the log */
};

/* A value on its way in ($1, $2 ...) or out (a cell): text, or a number when text is NULL. */
struct engine_value {
	const char *text;
	size_t size;            /* bytes of text, without the NUL */
	int64_t number;
};

/* What came of statements, as far as it is known: a line adds to it. */
struct engine_tally {
	int64_t changed;        /* rows inserted, updated or deleted by the last statement without rows */
	int64_t written;        /* and by all of them */
	bool late;              /* a queued statement has failed, not the one that reports it */
};

struct engine {
	bool counts;            /* its lines count what they change (change.h) */
	const char *begin;      /* the order that opens a transaction which will write */
	const char *look;       /* the order that begins to read one picture; NULL where it costs more than it saves */

	const char *hold;       /* the order that begins to read one picture for as long as it takes */

	/* Questions that lock the database for this connection, together with others that share it or alone: one row,
	 * 1 or 0 when that cannot be. NULL where the lock of the directory is enough. */
	const char *share, *alone;

	/* Questions about the schema. All tables by name, each with its columns in their order:
	 * table, column, its place in the primary key from 1 or 0; and all foreign keys: the
	 * table that has one, the table that it names. */
	const char *columns, *references;

	/* A connection to the database in this place (SQLite: a directory, PostgreSQL: a
	 * URL), NULL if there is none to be had; then *why is the message key that says
	 * more than "cannot be opened", if there is one. One thread uses it at a time.
	 * One that does not write refuses to. */
	void *(*open)(const char *place, bool writes, const char **why);
	void (*close)(void *line);

	/* Performs one statement to its end and gives every row to each, whose cells
	 * are gone when it returns. With each NULL it may only queue the statement. The
	 * result is the first failure of this one and those queued before it. */
	enum engine_result (*ask)(void *line, const char *sql, const struct engine_value *values, int count,
				  void (*each)(void *what, const struct engine_value *cells, int columns),
				  void *what, struct engine_tally *tally);

	/* Waits for what is queued; the result is its first failure. */
	enum engine_result (*settle)(void *line, struct engine_tally *tally);

	/* Performs several statements, separated by semicolons, without values. */
	enum engine_result (*script)(void *line, const char *sql);

	/* Writes the picture that a reader holds (hold, and a question since) into a new SQLite
	 * file, page by page; show hears how far it is. NULL: rows must be copied instead. */
	enum engine_result (*image)(void *line, const char *path, void (*show)(int64_t done, int64_t all));

	/* Whether a transaction is open, once all is settled: some failures end it
	 * without being asked to. */
	bool (*inside)(void *line);
};

#endif
