/* id: names that the program makes: 20 letters and digits (Crockford base 32),
 * the first 9 from the clock so that they sort by age, 11 (55 bits) by chance so
 * that nobody can guess the next. Those of one thread and millisecond rise by a chance step
 * of 40 bits: what one act wrote first sorts first. */
#ifndef MC_ID_H
#define MC_ID_H
#include <stdbool.h>

struct arena;

const char *id_new(struct arena *mem);
bool id_valid(const char *id);
const char *id_secret(struct arena *mem);       /* 43 characters of base64url: 256 bits */

#endif
