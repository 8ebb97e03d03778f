/* draw: the few strokes that compiled views are made of (tools/viewc.c writes
 * the calls). Amounts, days and hours look the same on every page because they
 * are drawn here; absent text is empty, and day 0 or hour 0 draws nothing. */
#ifndef MC_DRAW_H
#define MC_DRAW_H
#include "ctx.h"

#include <stdatomic.h>
#include <stdbool.h>

struct text;

/* A key of lang/zh.po and lang/en.po with its words, once looked up. Threads may
 * look up at the same time: they find the same words. */
struct draw_key {
	const char *key;
	_Atomic(const char *) words[LANG_COUNT];
};

void draw_text(struct text *out, const char *s);        /* escaped for text and quoted attributes */
void draw_markup(struct text *out, const char *s);      /* as it is: markup that the server made */
void draw_money(struct text *out, int64_t fen);
void draw_day(struct text *out, enum lang lang, int64_t day);
void draw_time(struct text *out, enum lang lang, int64_t at);
void draw_words(struct text *out, enum lang lang, struct draw_key *key);
void draw_sentence(struct text *out, enum lang lang, struct draw_key *key,
		   const char *a, const char *b, const char *c);        /* {1} {2} {3} filled, then escaped */

/* The same values as words, to fill a sentence with. */
const char *draw_int_words(struct arena *mem, int64_t value);
const char *draw_money_words(struct arena *mem, int64_t fen);
const char *draw_day_words(struct arena *mem, enum lang lang, int64_t day);
const char *draw_time_words(struct arena *mem, enum lang lang, int64_t at);

/* As JSON: a string, "2026-09-02", RFC 3339; day 0 and hour 0 are null. */
void draw_text_json(struct text *out, const char *s);
void draw_day_json(struct text *out, int64_t day);
void draw_time_json(struct text *out, int64_t at);
void draw_bool_json(struct text *out, bool value);

#endif
