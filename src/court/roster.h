/* roster: the list of all courts of the country (some 3,500) with their codes, the courts
 * above them and the signs in their case numbers (人民法院案件案号的若干规定第4条、第5条), taken in
 * as a table. */
#ifndef MC_ROSTER_H
#define MC_ROSTER_H
#include "court.h"
#include "tally.h"
#include "../base/sheet.h"

/* MC_INVALID with a reason for each faulty line: a code that is none or stands twice, no name, a level other
 * than 1 to 4, a court above that is unknown or not above, a sign that two courts have. A line without a code is that
 * of a court that court.tbl knows by its name. *out in the order of the table. */
enum mc_err roster_check(struct ctx *ctx, const struct sheet *sheet, struct court **out);

/* Adds and corrects; no court is removed. Only inside db_together(). */
enum mc_err roster_write(struct ctx *ctx, const struct court *court, size_t count, struct tally *tally);

#endif
