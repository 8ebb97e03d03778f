/* almanac: the rest days of further years, as the State Council announces them each autumn
 * (国务院办公厅关于部分节假日安排的通知; 全国年节及纪念日放假办法), taken in as a table. */
#ifndef MC_ALMANAC_H
#define MC_ALMANAC_H
#include "tally.h"
#include "../base/ctx.h"
#include "../base/sheet.h"
#include "../law/calendar.h"

/* MC_INVALID with a reason for each faulty line: a date that is none, a kind other than off and work, a day
 * twice, a year that is not the notice's. (A
 * weekday may be named as worked: so did the amended notice of 2020.) *out in order of date. */
enum mc_err almanac_check(struct ctx *ctx, const struct sheet *sheet, struct calendar_day **out);

/* Replaces the notices of the years that the table holds. Only inside db_together(). */
enum mc_err almanac_write(struct ctx *ctx, const struct calendar_day *day, size_t count, struct tally *tally);

struct cursor;

/* The days, the latest first, after or back from that of from. */
enum mc_err almanac_page(struct ctx *ctx, const struct cursor *from, int64_t most, struct calendar_day **out, size_t *count);

/* The notices of the store are put in force in this program (law/calendar). */
enum mc_err almanac_use(struct ctx *ctx);

#endif
