/* identity: the form of identity numbers. 18-digit citizen number (GB 11643-1999,
 * ISO 7064 MOD 11-2), 18-character unified social credit code (GB 32100-2015,
 * MOD 31), passport number. A good form says nothing of whose it is. Pure. */
#ifndef MC_IDENTITY_H
#define MC_IDENTITY_H
#include <stdbool.h>
#include <stdint.h>

bool identity_citizen(const char *number);      /* upper-case X; real birth date, not in the future of 2100 */
bool identity_credit_code(const char *code);
bool identity_passport(const char *number);     /* 5 to 20 ASCII letters and digits */
bool identity_mobile(const char *number);       /* mainland: 11 digits from 13 to 19; or + and 7 to 15 digits (E.164) */
int64_t identity_birthday(const char *citizen); /* day of birth; INT64_MIN if the number holds none */
bool identity_woman(const char *citizen);       /* the last digit of the order number is even */

#endif
