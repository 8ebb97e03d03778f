/* lang: what the program says, in Chinese and in English. The words stand in
 * lang/zh.po and lang/en.po under the same keys; the build turns each into a
 * gettext .mo file that the program carries in itself. */
#ifndef MC_LANG_H
#define MC_LANG_H
#include "ctx.h"

/* The words of a key, or the key itself when it is missing (lint finds those). */
const char *lang_say(enum lang lang, const char *key);

/* The same with {1} {2} {3} filled. NULL leaves a place empty. */
const char *lang_print(struct arena *mem, enum lang lang, const char *key,
		       const char *a, const char *b, const char *c);

/* Fills the places of words that were looked up before. */
const char *lang_fill(struct arena *mem, const char *words, const char *a, const char *b, const char *c);

const char *lang_tag(enum lang lang);   /* "zh-CN", "en" */

#endif
