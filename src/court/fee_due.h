/* fee_due: the court fee of a case: paid through the payment service, deferred, reduced or
 * waived on request, refunded when the case ends early (诉讼费用交纳办法 arts 15, 20, 22, 44 to 51). */
#ifndef MC_FEE_DUE_H
#define MC_FEE_DUE_H
#include "act.h"

struct fee_due { int number; int64_t fen, refund; const char *kind, *state; int halvings; int64_t amount; };

/* The fee of a case; MC_UNKNOWN without a reason before registration. */
enum mc_err fee_due_load(struct ctx *ctx, const struct docket *docket, struct fee_due *out);

/* A payment order for it, to be shown to the payment service. Opens a transaction. */
enum mc_err fee_due_order(struct ctx *ctx, const struct docket *docket, const char **order, int64_t *fen);

/* The payment service says that an order was paid: performs PAID once, however often it says so.
 * MC_INVALID if the amount is not the one asked for. */
enum mc_err fee_due_paid(struct ctx *ctx, const char *court, const char *order, int64_t fen, const char *reference);

/* Half of a paid fee goes back when the case is withdrawn (arts 15, 34), once only. In a transaction. */
enum mc_err fee_due_halve(struct ctx *ctx, const struct docket *docket, int64_t *refund);

extern const struct act_special fee_due_pay, fee_due_ask_relief, fee_due_rule_relief;

#endif
