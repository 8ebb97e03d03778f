/* engine: what the store asks of a database program. SQLite answers today, in
 * the same process; PostgreSQL can answer the same seven questions. Everything
 * that the two do differently stands behind this table, nothing else does. */
#ifndef MC_ENGINE_H
#define MC_ENGINE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum engine_result {
	ENGINE_DONE,
	ENGINE_TAKEN,           /* a row with this key exists already */
	ENGINE_BROKEN           /* everything else; the engine has written why to the log */
};

/* A value on its way in ($1, $2 ...) or out (a cell): text, or a number when text is NULL. */
struct engine_value {
	const char *text;
	size_t size;            /* bytes of text, without the NUL */
	int64_t number;
};

struct engine {
	const char *begin;      /* the order that opens a transaction which will write */
	const char *look;       /* the order that begins to read one picture; NULL where it costs more than it saves */

	/* A connection to the database in this directory, NULL if there is none to
	 * be had. One thread uses it at a time. One that does not write refuses to. */
	void *(*open)(const char *directory, bool writes);
	void (*close)(void *line);

	/* Performs one statement to its end and gives every row to each, whose cells
	 * are gone when it returns. *changed is the number of rows inserted, updated
	 * or deleted. */
	enum engine_result (*ask)(void *line, const char *sql, const struct engine_value *values, int count,
				  void (*each)(void *what, const struct engine_value *cells, int columns),
				  void *what, int64_t *changed);

	/* Performs several statements, separated by semicolons, without values. */
	enum engine_result (*script)(void *line, const char *sql);

	/* Whether a transaction is open: some failures end it without being asked to. */
	bool (*inside)(void *line);
};

#endif
