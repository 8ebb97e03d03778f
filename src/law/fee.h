/* fee: court fees by the Measures on the Payment of Litigation Costs (诉讼费用交纳办法,
 * 国务院令第481号). Brackets stand in fee.tbl. Amounts in fen. Pure. */
#ifndef MC_FEE_H
#define MC_FEE_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

#define FEE_KIND(code, word, zh, en, scale, share, cap, halves, law) FEE_##code,
#define FEE_BRACKET(scale, upto, flat, rate)
#define FEE_RANGE(code, when, low, high)
enum fee_kind {
#include "fee.tbl"
	FEE_KIND_COUNT
};
#undef FEE_KIND
#undef FEE_BRACKET
#undef FEE_RANGE

struct fee_kind_rule {
	const char *code, *word, *name[LANG_COUNT];
	enum fee_kind scale;    /* whose brackets it is reckoned by: its own or another kind's */
	int share;              /* 3: a third of that scale's sum; 1: the whole */
	int64_t cap;            /* never more than this; 0: no cap */
	bool halves;            /* a fee for accepting a case, which may be halved; application fees are not */
	const char *law, *law_halved;
};

/* One line of the reckoning: so much of the amount, at this rate, gives so much. */
struct fee_part {
	int64_t from, to;       /* bracket of the amount; to is INT64_MAX in the last bracket,
				 * and 0 for a sum that is due for each case */
	int64_t slice;          /* how much of the amount lies in it */
	int permille10;         /* rate in 1/10,000; 0 for a flat sum, or for nothing */
	int64_t fen;            /* what this slice gives */
};

struct fee {
	int64_t fen;            /* the fee */
	int64_t whole;          /* before a cap, a share or halving */
	int share;              /* the divisor taken, 1 if none */
	bool capped, halved;
	int64_t low, high;      /* the range within which the province sets the flat sum; the low end is
				 * taken here. 0 if the Measures fix everything */
	const char *law;        /* articles behind it, e.g. "诉讼费用交纳办法第13条、第16条" */
	struct fee_part part[12];
	size_t parts;
};

const struct fee_kind_rule *fee_kind_rule(enum fee_kind kind);
bool fee_kind_find(const char *word, enum fee_kind *kind);      /* "property" */
bool fee_priced(enum fee_kind kind);                            /* depends on the amount */

/* amount in fen; below nothing counts as nothing. halvings counts the grounds for halving
 * (settled or withdrawn, simplified procedure, joined claim): any number halves once
 * (解释第206条). Each step that a person sees is rounded half up to the fen; the Measures
 * say nothing about rounding. */
struct fee fee_reckon(enum fee_kind kind, int64_t amount, int halvings);

#endif
