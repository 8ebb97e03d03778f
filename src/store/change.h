/* change: tells, without asking the database, whether what was read still holds. Every commit of
 * every program that serves a store in one directory counts up what it touched: the cases and people
 * whose rows it changed, or everything, when a row belongs to no one of them. The counts lie in
 * memory that those programs share (DATA/changes); they mean nothing once no program runs.
 *
 * What a row is about is told by its columns: docket and person, the digest of a session, the id of the
 * table docket. A table that has none of them concerns everybody, unless it stands on the list of
 * those that no page shows (change.c). So a new table is safe before anybody thinks of it.
 *
 * Order, for who keeps an answer: take change_tide() before the picture of the store is taken, and keep
 * the answer only if it is the same, and even, afterwards; it holds while change_of() all that it is
 * about is as it was then, and the tide is even. A commit makes the tide odd before it happens and
 * even after it was counted, so that a program that dies between the two leaves it odd, and
 * nothing that was kept counts until the next writer has set it right. */
#ifndef MC_CHANGE_H
#define MC_CHANGE_H
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct changes;                 /* the shared counts */
struct change_line;             /* what one connection has touched since its last commit */

/* The counts of the store in this directory, NULL if they cannot be shared. Given back with mem. */
struct changes *change_open(struct arena *mem, const char *directory);

uint64_t change_tide(const struct changes *changes);

/* The count of what an id names: a case, a person, the digest of a session; NULL for that of everything. */
uint32_t change_of(const struct changes *changes, const char *id);

/* -- for the engine ---------------------------------------------------------------------- */

struct change_line *change_begin(struct arena *mem, struct changes *changes);

/* Which columns of a table say what a row is about; ask once a table. columns: their names. */
enum { CHANGE_COLUMNS = 3, CHANGE_NOBODY = -1, CHANGE_EVERYBODY = -2 };
struct change_rule {
	int column[CHANGE_COLUMNS];
	int count;                      /* of columns, or CHANGE_NOBODY, CHANGE_EVERYBODY */
	bool unborn;                    /* a new row concerns nobody yet */
};
struct change_rule change_rule(const char *table, const char *const *columns, int count);

/* Something was touched; committed or not is told later. id NULL: everything. */
void change_touch(struct change_line *line, const char *id);

/* A commit that has touched something is about to happen; and is over, whatever came of it. */
void change_before(struct change_line *line);
void change_after(struct change_line *line);

#endif
