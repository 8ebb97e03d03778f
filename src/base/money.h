/* money: amounts in fen (1/100 yuan) as int64_t. Pure. */
#ifndef MC_MONEY_H
#define MC_MONEY_H
#include "ctx.h"

#include <stdbool.h>

/* "105900", "105,900.5", "105900.00", full-width digits too; at most two decimals, not negative,
 * at most 9,999,999,999,999.99. */
bool money_parse(const char *text, int64_t *fen);
const char *money_plain(struct arena *mem, int64_t fen);        /* 2418.00 */
const char *money_say(struct arena *mem, int64_t fen);          /* 2,418.00 */

#endif
