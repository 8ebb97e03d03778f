/* cursor: from which row a list is read on, or back. The values by which the list is ordered, packed
 * into one word for an address. It is not signed: whoever made up another would only begin at another
 * row, for every value is bound in the statement, never a part of it, and whose rows these are is asked
 * of the reader, never of the cursor. So it is refused only if it is not written as cursor_pack() writes
 * it: then it was cut off on its way, or made by hand. */
#ifndef MC_CURSOR_H
#define MC_CURSOR_H
#include "ctx.h"

#include <stdbool.h>
#include <stddef.h>

enum { CURSOR_MOST = 600 };     /* characters of a word; longer ones are nobody's */

struct cursor {
	bool back;              /* the rows before it, not those after it */
	int64_t at;             /* a number that the list is ordered by, 0 if there is none */
	const char *key;        /* a text that it is ordered by, "" if there is none */
	const char *id;         /* which row it is among those: never "", which stands for the beginning */
};

/* The beginning of a list. */
extern const struct cursor cursor_start;

/* The word, of A-Z a-z 0-9 - and _ alone. */
const char *cursor_pack(struct ctx *ctx, const struct cursor *cursor);

/* "" is the beginning of the list: all empty. MC_INVALID "cursor.unknown" for what was not packed here. */
enum mc_err cursor_read(struct ctx *ctx, const char *word, struct cursor *out);

/* A list is asked for one row more than a page has. Cuts it to the page, turns round what was read
 * back, and says whether there are rows on both sides. */
struct cursor_sides { bool before, after; };
struct cursor_sides cursor_cut(const struct cursor *cursor, void *rows, size_t *count, size_t size, size_t most);

#endif
