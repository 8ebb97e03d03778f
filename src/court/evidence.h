/* evidence: what the parties give, what the other side says of it, and what the judge
 * finds. Nothing on which the other side could not give its opinion may carry a judgment
 * (民诉法 arts 66 to 71; Online Litigation Rules arts 11 to 15). */
#ifndef MC_EVIDENCE_H
#define MC_EVIDENCE_H
#include "act.h"
#include "../base/cursor.h"

struct evidence_item {
	int number, party;
	const char *name, *kind, *source, *purpose, *file, *finding, *finding_reasons;
	bool late;
};
struct evidence_opinion { int item, party; const char *authenticity, *legality, *relevance, *reasons; };

/* Items not withdrawn, in order of number. */
enum mc_err evidence_list(struct ctx *ctx, const struct docket *docket, struct evidence_item **out, size_t *count);
enum mc_err evidence_opinions(struct ctx *ctx, const struct docket *docket, struct evidence_opinion **out, size_t *count);

/* A page of the items, of a cursor at (the number) counts; and the opinions on the items of these numbers. */
enum mc_err evidence_page(struct ctx *ctx, const struct docket *docket, const struct cursor *from, int64_t limit,
			  struct evidence_item **out, size_t *count);
enum mc_err evidence_opinions_on(struct ctx *ctx, const struct docket *docket, int first, int last, struct evidence_opinion **out,
				 size_t *count);

extern const struct act_special evidence_set_term, evidence_submit, evidence_withdraw, evidence_opine, evidence_find;

#endif
