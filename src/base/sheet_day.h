/* sheet_day: a table in which each row is about a day, and no day has two rows. Pure. */
#ifndef MC_SHEET_DAY_H
#define MC_SHEET_DAY_H
#include "ctx.h"
#include "sheet.h"

#include <stddef.h>
#include <stdint.h>

/* All rows, in the order of their days, each made by read into size bytes of *out; the day stands in the first
 * of these columns (ended by NULL), all of which there must be. Every mistake is noted with its line: those of
 * sheet_needs() and read, almanac.date, almanac.twice ({2} the day, {3} the line in which it stood before). */
enum mc_err sheet_day_check(struct ctx *ctx, const struct sheet *sheet, const char *const *columns, size_t size,
			    enum mc_err (*read)(struct ctx *ctx, const struct sheet *sheet, const struct sheet_row *row, int64_t day, void *out),
			    void **out);

#endif
