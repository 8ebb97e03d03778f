/* static: the few files that pages load: the style sheet, the script, the
 * emblem. They are carried in the program, so program and pages always fit. */
#ifndef MC_STATIC_H
#define MC_STATIC_H
#include "page.h"

/* GET /static/:name. With ?v=DIGEST (its first 16 digits) a browser may keep it for a year. */
enum mc_err static_show(struct ctx *ctx, const struct ask *ask, struct reply *reply);

#endif
