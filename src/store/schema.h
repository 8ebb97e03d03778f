/* schema: brings a store up to this program's schema. The files sql/NNNN_noun.sql
 * are carried in the program, applied in order, each once, forward only. */
#ifndef MC_SCHEMA_H
#define MC_SCHEMA_H
#include "../base/ctx.h"

enum mc_err schema_apply(struct ctx *ctx);

#endif
