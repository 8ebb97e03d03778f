/* fee: court fees by the Measures on the Payment of Litigation Costs (诉讼费用交纳办法,
 * 国务院令第481号). Brackets stand in fee.tbl. Amounts in fen. Pure. */
#ifndef MC_FEE_H
#define MC_FEE_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

#define FEE_KIND(code, word, zh, en, law) FEE_##code,
#define FEE_BRACKET(code, upto, flat, rate)
enum fee_kind {
#include "fee.tbl"
	FEE_KIND_COUNT
};
#undef FEE_KIND
#undef FEE_BRACKET

struct fee_kind_rule { const char *code, *word, *name[LANG_COUNT], *law; };

/* One line of the reckoning: so much of the amount, at this rate, gives so much. */
struct fee_part {
	int64_t from, to;       /* slice of the amount; to is INT64_MAX in the last bracket */
	int64_t slice;          /* how much of the amount lies in it */
	int permille10;         /* rate in 1/10,000; 0 for a flat sum */
	int64_t fen;            /* what this slice gives */
};

struct fee {
	int64_t fen;            /* the fee */
	int64_t whole;          /* before a cap, a share or halving */
	bool capped, halved;
	const char *law;        /* articles behind it, e.g. "诉讼费用交纳办法第13条、第16条" */
	struct fee_part part[12];
	size_t parts;
};

const struct fee_kind_rule *fee_kind_rule(enum fee_kind kind);
bool fee_kind_find(const char *word, enum fee_kind *kind);      /* "property" */

/* amount in fen. halvings counts the grounds for halving (settled or withdrawn,
 * simplified procedure, joined claim): any number halves once (解释第206条). */
struct fee fee_reckon(enum fee_kind kind, int64_t amount, int halvings);

#endif
