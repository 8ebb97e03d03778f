/* meter: numbers about the running program, added to from any thread at the price of one
 * relaxed atomic addition and read by whoever watches it. meter.tbl has one row a number. */
#ifndef MC_METER_H
#define MC_METER_H
#include <stdint.h>

enum meter {
#define METER(NAME, name, kind, help) METER_##NAME,
#include "meter.tbl"
#undef METER
	METER_COUNT
};

struct meter_row { const char *name, *kind, *help; };

const struct meter_row *meter_row(enum meter meter);
void meter_add(enum meter meter, int64_t n);
void meter_set(enum meter meter, int64_t n);
int64_t meter_get(enum meter meter);

#endif
