/* clock: the only place that asks what time it is. Tests move it: the offset
 * lives in eight bytes of a file that is looked at anew with every question
 * (--clock FILE), so a story can be three months later at the next request. */
#ifndef MC_CLOCK_H
#define MC_CLOCK_H
#include <stdbool.h>
#include <stdint.h>

int64_t clock_now(void);        /* seconds since 1970, offset included */
int64_t clock_ms(void);         /* milliseconds since 1970, offset included */
int64_t clock_tick_us(void);    /* monotonic microseconds, for durations */

/* Fixes the clock at an instant (tests in this process); 0 lets it run again. */
void clock_set(int64_t at);

/* Takes the offset (int64, little endian, seconds) from this file from now on;
 * the file is made with offset 0 if absent. Overwrite it in place; while it is
 * shorter than eight bytes the offset stays what it was. False if it cannot be
 * opened or made. */
bool clock_follow(const char *path);

#endif
