/* likeness: how well the name of a thing, and the everyday words for it, fit what a person
 * typed in either language, so that "朋友借钱不还" and "unpaid loan" both find 民间借贷纠纷.
 * Names are made comparable once and compared often. Pure. */
#ifndef MC_LIKENESS_H
#define MC_LIKENESS_H
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Characters made comparable: lower case, full width made narrow, punctuation a blank, blanks
 * single and none at the ends. */
struct likeness_text {
	const uint32_t *at;
	size_t size;
};

/* A thing that can be found. */
struct likeness {
	struct likeness_text full;      /* its Chinese name */
	struct likeness_text zh, en;    /* what tells it from others: without 纠纷, dispute */
	struct likeness_text words;     /* all everyday words */
	struct likeness_text *word;     /* each of them, the best first */
	size_t count;
};

enum { LIKENESS_QUERY = 64, LIKENESS_NAME = 192 };      /* characters that are looked at, of a query and of a name */

/* Makes a thing comparable, in mem. words: divided by blanks, "" if none. */
struct likeness likeness_of(struct arena *mem, const char *zh, const char *en, const char *words);

/* What was typed, made comparable in the place given. */
struct likeness_text likeness_query(const char *typed, uint32_t place[LIKENESS_QUERY]);

/* 0 if nothing of it fits; more is better. */
int likeness_score(const struct likeness *thing, const struct likeness_text *query);

#endif
