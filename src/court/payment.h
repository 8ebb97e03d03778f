/* payment: the door to the payment service through which a court fee is paid. A person
 * who pays is sent to the service with an order that the court has signed; the service
 * calls back, signed too, when the money is there, and only that call counts as payment
 * (诉讼费用交纳办法 arts 20, 22, 52: the court does not take cash). Switched on by the
 * settings: payment_url and payment_secret. What goes over the
 * wire is written in docs/payment-service.md. With the sample network and no such service
 * a sandbox takes its place: its pages are ours, and no money moves. */
#ifndef MC_PAYMENT_H
#define MC_PAYMENT_H
#include "docket.h"
#include "../base/form.h"

#define PAYMENT_SANDBOX "/sandbox/pay"  /* where the sandbox has its page */

/* The program serves the sample network: where no service is set, payment goes to the sandbox, which
 * calls back at base ("http://127.0.0.1:8080"). Called once, before any thread asks. */
void payment_rehearse(const char *base);

bool payment_on(void);          /* a service is set, or the sandbox takes its place */
bool payment_sandbox(void);     /* the sandbox does */

/* One order as it travels to the service. */
struct payment_order {
	const char *court, *order;
	int64_t fen;
	const char *back;       /* address to which the person returns afterwards */
};

/* The address at the service to which the person is sent, signed. MC_CONFLICT "payment.off" if there
 * is no service. */
enum mc_err payment_go(struct ctx *ctx, const struct payment_order *order, const char **where);

/* What the service calls back with. */
struct payment_notice { const char *court, *order, *reference; int64_t fen, at; };

/* Reads a call-back. MC_DENIED "payment.signature" if it is not signed by the service, MC_INVALID
 * "payment.stale" if its time is more than ten minutes away, or what is wrong with its JSON. */
enum mc_err payment_read(struct ctx *ctx, const char *body, const char *signature, struct payment_notice *out);

/* For the sandbox: the order that somebody brought, if this program signed it and the sandbox is on;
 * MC_UNKNOWN "payment.sandbox_unknown" otherwise. */
enum mc_err payment_brought(struct ctx *ctx, const struct form *query, struct payment_order *out);

/* For the sandbox: calls back over HTTP that this order has been paid, as a service would. Slow (up to
 * 8 s). MC_STORE "payment.no_answer" unless the call is answered with 200. */
enum mc_err payment_call(struct ctx *ctx, const struct payment_order *order);

/* What was paid for a case through this door, newest first, at most 20. at: when it was ordered. */
struct payment { const char *order, *reference; int64_t fen, at; };
enum mc_err payment_list(struct ctx *ctx, const struct docket *docket, struct payment **out, size_t *count);

/* HMAC-SHA-256 (RFC 2104) in lower-case hex. */
const char *payment_sign(struct arena *mem, const char *secret, const char *bytes);

#endif
