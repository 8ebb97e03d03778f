#include "fee.h"

#include <assert.h>
#include <string.h>

#define FEE_YUAN INT64_C(100)   /* fen */
#define FEE_RATE 10000          /* rates are in 1/10,000 */

/* When the sum for each case is due: never, always, or only where there is no amount. */
enum fee_when { FEE_WHEN_NEVER, FEE_WHEN_EACH, FEE_WHEN_BARE };

struct fee_range { enum fee_when when; int64_t low, high; };
struct fee_bracket { enum fee_kind scale; int64_t upto, flat; int rate; };

#define FEE_KIND(code, word, zh, en, scale, share, cap, halves, law) \
	[FEE_##code] = { #code, word, { zh, en }, FEE_##scale, share, (cap) * FEE_YUAN, halves, \
			 law, law "、第15条、第16条、第18条；民诉法解释第206条" },
#define FEE_RANGE(code, when, low, high)
#define FEE_BRACKET(scale, upto, flat, rate)
static const struct fee_kind_rule fee_kinds[FEE_KIND_COUNT] = {
#include "fee.tbl"
};
#undef FEE_KIND
#undef FEE_RANGE
#undef FEE_BRACKET

#define FEE_KIND(code, word, zh, en, scale, share, cap, halves, law)
#define FEE_RANGE(code, when, low, high) [FEE_##code] = { FEE_WHEN_##when, (low) * FEE_YUAN, (high) * FEE_YUAN },
#define FEE_BRACKET(scale, upto, flat, rate)
static const struct fee_range fee_ranges[FEE_KIND_COUNT] = {
#include "fee.tbl"
};
#undef FEE_RANGE
#undef FEE_BRACKET

#define FEE_RANGE(code, when, low, high)
#define FEE_BRACKET(scale, upto, flat, rate) \
	{ FEE_##scale, (upto) ? (upto) * FEE_YUAN : INT64_MAX, (flat) * FEE_YUAN, rate },
static const struct fee_bracket fee_brackets[] = {
#include "fee.tbl"
};
#undef FEE_KIND
#undef FEE_RANGE
#undef FEE_BRACKET

#define FEE_BRACKETS (sizeof fee_brackets / sizeof fee_brackets[0])

const struct fee_kind_rule *fee_kind_rule(enum fee_kind kind)
{
	assert(kind >= 0 && kind < FEE_KIND_COUNT);
	return &fee_kinds[kind];
}

bool fee_kind_find(const char *word, enum fee_kind *kind)
{
	for (int i = 0; word && i < FEE_KIND_COUNT; i++)
		if (!strcmp(fee_kinds[i].word, word)) {
			*kind = (enum fee_kind)i;
			return true;
		}
	return false;
}

bool fee_priced(enum fee_kind kind)
{
	for (size_t i = 0; i < FEE_BRACKETS; i++)
		if (fee_brackets[i].scale == fee_kind_rule(kind)->scale)
			return true;
	return false;
}

static void fee_add(struct fee *fee, struct fee_part part)
{
	assert(fee->parts < sizeof fee->part / sizeof fee->part[0]);
	fee->part[fee->parts++] = part;
	fee->whole += part.fen;
}

/* A rate of a slice, rounded half up to the fen; the remainder apart, so that no amount overflows. */
static int64_t fee_rate(int64_t slice, int rate)
{
	return slice / FEE_RATE * rate + (slice % FEE_RATE * rate + FEE_RATE / 2) / FEE_RATE;
}

/* Only the last slice can have a fraction of a fen: the brackets end on whole thousands of
 * yuan. So the sum of the rounded slices is the rounded sum. */
static void fee_slices(struct fee *fee, enum fee_kind scale, int64_t amount)
{
	int64_t from = 0;
	for (size_t i = 0; i < FEE_BRACKETS; i++) {
		const struct fee_bracket *b = &fee_brackets[i];
		if (b->scale != scale)
			continue;
		if (amount > from || b->flat) {
			int64_t slice = (amount < b->upto ? amount : b->upto) - from;
			fee_add(fee, (struct fee_part){ .from = from, .to = b->upto, .slice = slice, .permille10 = b->rate,
							.fen = b->flat ? b->flat : fee_rate(slice, b->rate) });
		}
		from = b->upto;
	}
}

struct fee fee_reckon(enum fee_kind kind, int64_t amount, int halvings)
{
	const struct fee_kind_rule *rule = fee_kind_rule(kind);
	const struct fee_range *range = &fee_ranges[kind];
	struct fee fee = { .share = rule->share, .law = rule->law };

	if (amount < 0)
		amount = 0;
	bool bare = range->when == FEE_WHEN_BARE && amount == 0;
	if (bare || range->when == FEE_WHEN_EACH) {
		fee_add(&fee, (struct fee_part){ .fen = range->low });
		if (range->low != range->high) {
			fee.low = range->low;
			fee.high = range->high;
		}
	}
	if (!bare)
		fee_slices(&fee, rule->scale, amount);

	fee.fen = (fee.whole + rule->share / 2) / rule->share;
	if (rule->cap && fee.fen > rule->cap) {
		fee.fen = rule->cap;
		fee.capped = true;
	}
	if (rule->halves && halvings > 0) {
		fee.fen = (fee.fen + 1) / 2;
		fee.halved = true;
		fee.law = rule->law_halved;
	}
	return fee;
}
