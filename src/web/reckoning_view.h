/* reckoning_view: how a court fee or the end of a period was found, in words, step by step,
 * each with its article, so that anybody can follow it with a pencil. */
#ifndef MC_RECKONING_VIEW_H
#define MC_RECKONING_VIEW_H
#include "view.h"
#include "../law/fee.h"
#include "../law/limit.h"

struct arena;

/* halve: halving was asked for; said so if this fee is not halved. */
void reckoning_view_fee(struct ctx *ctx, enum fee_kind kind, const struct fee *fee, bool halve, struct view_reckoning *out);

/* A period: rule is NULL if it is not one of limit.tbl. */
struct reckoning_view_period { const struct limit_rule *rule; int length; enum limit_unit unit; bool rolls; };
void reckoning_view_limit(struct ctx *ctx, const struct reckoning_view_period *period, int64_t event,
			  const struct limit_end *end, struct view_reckoning *out);

/* "15 days", "6 months"; "set by a person" for a period without a length. */
const char *reckoning_view_length(struct ctx *ctx, int length, enum limit_unit unit);

#endif
