/* served: which paper was sent to which party, when it arrived, and when service took
 * effect, which is what the limits run from. Sent is not served: service takes effect on
 * arrival only for a party that agreed to electronic service, else on receipt, on an act
 * that answers the paper, or when a clerk records service on paper (Online Litigation
 * Rules arts 29 to 31; 民诉法 arts 87 to 95). */
#ifndef MC_SERVED_H
#define MC_SERVED_H
#include "paper.h"

struct served {
	int number, paper, party;
	enum paper_kind kind;
	const char *title, *ground, *note;
	int64_t sent, arrived, effective;
};

/* Sends a paper to everybody it concerns; those with an account find it in their inbox. */
enum mc_err served_send(struct ctx *ctx, const struct docket *docket, const struct paper *paper,
			enum concerns whom, int actor);

/* Rows of a case; of one party if party is not 0; only those not yet effective if waiting. */
enum mc_err served_list(struct ctx *ctx, const struct docket *docket, int party, bool waiting,
			struct served **out, size_t *count);

/* Whether something waits for this party, or for any if it is 0. */
enum mc_err served_waits(struct ctx *ctx, const struct docket *docket, int party, bool *waits);

/* How many papers have taken effect on each party of docket->parties, and how many wait; in their order. */
struct served_count { int effective, waiting; };
enum mc_err served_count(struct ctx *ctx, const struct docket *docket, struct served_count **out);

/* Service takes effect: the limit of the paper starts for this party, counted from day. */
enum mc_err served_effective(struct ctx *ctx, const struct docket *docket, const struct served *served,
			     const char *ground, const char *note, int64_t day, int entry);

/* The party acted on a paper of this kind: if it waits, it is served by that act. */
enum mc_err served_by_act(struct ctx *ctx, const struct docket *docket, int party, enum paper_kind kind, int entry);

#endif
