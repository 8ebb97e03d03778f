/* metrics: the numbers of the program in the text format of Prometheus, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). */
#ifndef MC_METRICS_H
#define MC_METRICS_H
#include "page.h"

/* Appends all of them. MC_STORE if the database cannot be asked. */
enum mc_err metrics_write(struct ctx *ctx, const struct ask *ask, struct text *out);

#endif
