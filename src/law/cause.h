/* cause: the tree of causes of action of civil cases (民事案件案由规定, 2025). cause.tbl
 * states the causes that the sample network uses, with their way up the tree;
 * the whole list can be imported (court/gazette) and is then in force at once. Pure. */
#ifndef MC_CAUSE_H
#define MC_CAUSE_H
#include "fee.h"

struct cause {
	const char *code;       /* "74", "8.1", "S10", "P04" as in the official list */
	const char *parent;     /* "" at the top */
	int level;              /* 1 part, 2 section, 3 cause, 4 sub-cause */
	const char *name[LANG_COUNT];
	enum fee_kind fee;      /* what its court fee is reckoned by */
	const char *words;      /* everyday words for it in both languages, divided by blanks; "" if none.
				 * An underscore stands for a blank inside a word: "unpaid_loan" */
};

const struct cause *cause_find(const char *code);       /* NULL if unknown */
const struct cause *cause_each(size_t index);           /* NULL after the last */
/* Best matches for what a person typed in either language (name or everyday words
 * contain it, or share its characters), best first; only levels 3 and 4. Returns the
 * count, at most room and 400. Case and full-width letters do not matter. */
size_t cause_search(const char *words, const struct cause **out, size_t room);

/* Puts the official list in force, in its order, parents first: code, parent, level and Chinese name of
 * each row (copied). English name, fee and everyday words come from cause.tbl; where it does not know a
 * cause, the Chinese name stands for the English and the fee is reckoned as that of the row above. Causes
 * of cause.tbl that the list does not name stay at its end. One thread at a time. */
void cause_use(const struct cause *rows, size_t count);

#endif
