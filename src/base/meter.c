#include "meter.h"

#include <stdatomic.h>
#include <stddef.h>

static const struct meter_row meter_table[] = {
#define METER(NAME, name, kind, help) { name, kind, help },
#include "meter.tbl"
#undef METER
};

static _Atomic int64_t meter_value[METER_COUNT];

const struct meter_row *meter_row(enum meter meter) { return &meter_table[meter]; }

void meter_add(enum meter meter, int64_t n) { atomic_fetch_add_explicit(&meter_value[meter], n, memory_order_relaxed); }

void meter_set(enum meter meter, int64_t n) { atomic_store_explicit(&meter_value[meter], n, memory_order_relaxed); }

int64_t meter_get(enum meter meter) { return atomic_load_explicit(&meter_value[meter], memory_order_relaxed); }
