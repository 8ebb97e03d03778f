/* case_next: what a person should do next in a case, until when, and what happens
 * otherwise; or whom one waits for. And all else that may be done, by kinds. */
#ifndef MC_CASE_NEXT_H
#define MC_CASE_NEXT_H
#include "case_view.h"
#include "../court/act.h"
#include "../court/fee_due.h"

struct case_next {
	const struct act_option *options;
	size_t options_count;
	const struct deadline *deadlines; /* open ones */
	size_t deadlines_count;
	const struct fee_due *fee; /* NULL before registration */
	int64_t hearing;        /* when the hearing begins that is set, 0 if none is */
	const char *place;      /* and where */
	const char *record;     /* address of the latest record, "" if none was taken */
};

/* True if this person's side has a fee to pay now. */
bool case_next_pays(const struct case_view *view, const struct fee_due *fee);

void case_next_fill(struct ctx *ctx, const struct case_view *view, const struct case_next *next,
		    struct view_case_next *out);
void case_next_steps(struct ctx *ctx, const struct docket *docket, struct view_steps *out);
void case_next_groups(struct ctx *ctx, const struct case_view *view, const struct case_next *next,
		      struct view_case_group **out, size_t *count);

/* The name of the kind that an act belongs to: "evidence", in words, and its place in the order. */
const char *case_next_kind(struct ctx *ctx, const struct rule *rule, size_t *place);

#endif
