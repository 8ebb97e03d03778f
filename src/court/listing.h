/* listing: official lists whose lines are a code, a name and the line above: causes of
 * action (民事案件案由规定, 关于行政案件案由的暂行规定), criminal charges (刑法罪名), types of
 * cases with the signs of their numbers (人民法院案件案号的若干规定), administrative divisions. */
#ifndef MC_LISTING_H
#define MC_LISTING_H
#include "tally.h"
#include "../base/ctx.h"
#include "../base/sheet.h"

enum listing { LISTING_CAUSES, LISTING_CHARGES, LISTING_TYPES, LISTING_DIVISIONS, LISTING_COUNT };

struct listing_line { const char *code, *place, *parent, *name, *mark; int level; };

const char *listing_word(enum listing list);    /* "causes" */

/* Every line of the table against the rules of its list and against what is in the store: code and
 * name there and well-formed, no code twice, the line above known and of a higher level. MC_INVALID
 * with a reason for each faulty line (at most SHEET_FAULTS); *out in the order of the table. */
enum mc_err listing_check(struct ctx *ctx, enum listing list, const struct sheet *sheet, struct listing_line **out);

/* Adds and corrects; nothing is removed, for running cases name old lines. Only inside db_together(). */
enum mc_err listing_write(struct ctx *ctx, enum listing list, const struct listing_line *line, size_t count,
			  struct tally *tally);

struct cursor;

/* At most so many lines of a list after, or back from, the one that from names (key its place, id its code). */
enum mc_err listing_page(struct ctx *ctx, enum listing list, const struct cursor *from, int64_t most,
			 struct listing_line **out, size_t *count);

/* The civil causes of the store are put in force in this program (law/cause). */
enum mc_err listing_use(struct ctx *ctx);

#endif
