/* rate: the loan prime rate (贷款市场报价利率, LPR) that the National Interbank Funding Center
 * publishes on the 20th of each month, by which interest is reckoned
 * since 2019-08-20. Rates in 1/10,000: 345 is 3.45%. */
#ifndef MC_RATE_H
#define MC_RATE_H
#include "tally.h"
#include "../base/ctx.h"
#include "../base/sheet.h"

#include <stddef.h>

struct rate { int64_t day, one_year, five_year; };

/* MC_INVALID with a reason for each faulty line: no date, a date twice, no percentage between 0 and 100 with
 * at most two decimals. */
enum mc_err rate_check(struct ctx *ctx, const struct sheet *sheet, struct rate **out);
/* Only inside db_together(). */
enum mc_err rate_write(struct ctx *ctx, const struct rate *rate, size_t count, struct tally *tally);

struct cursor;

/* The rates, the newest first, after or back from that of the day of from. */
enum mc_err rate_page(struct ctx *ctx, const struct cursor *from, int64_t most, struct rate **out, size_t *count);

const char *rate_say(struct arena *mem, int64_t rate);  /* "3.45%" */

#endif
