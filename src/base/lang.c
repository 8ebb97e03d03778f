#include "lang.h"
#include "embed.h"
#include "text.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

/* Written by the build: zh.mo and en.mo. */
extern const struct embed lang_embed[];

/* The format is that of the GNU gettext manual, "The Format of GNU MO Files":
 * magic, revision, count, then where the tables of keys and of words begin. The
 * keys are sorted bytewise. Files are made on the machine's own byte order. */
#define LANG_MAGIC 0x950412deu

struct lang_piece { uint32_t size, start; };

static const struct embed *lang_book(enum lang lang)
{
	static const char *const name[LANG_COUNT] = { [LANG_ZH] = "zh.mo", [LANG_EN] = "en.mo" };
	assert(lang < LANG_COUNT);
	const struct embed *book = lang_embed;
	while (book->name && strcmp(book->name, name[lang]))
		book++;
	return book;
}

static uint32_t lang_number(const struct embed *book, size_t at)
{
	uint32_t n;
	assert(book->size >= sizeof n && at <= book->size - sizeof n);
	memcpy(&n, book->bytes + at, sizeof n);
	return n;
}

static const char *lang_words(const struct embed *book, uint32_t table, uint32_t i)
{
	size_t at = (size_t)table + (size_t)i * 8;
	struct lang_piece piece = { lang_number(book, at), lang_number(book, at + 4) };
	assert(piece.start < book->size && piece.size < book->size - piece.start);
	assert(book->bytes[piece.start + piece.size] == '\0');
	return (const char *)book->bytes + piece.start;
}

const char *lang_say(enum lang lang, const char *key)
{
	const struct embed *book = lang_book(lang);
	if (!book->name || !*key)       /* the empty key is the file's own header */
		return key;
	assert(lang_number(book, 0) == LANG_MAGIC);
	uint32_t low = 0, high = lang_number(book, 8);
	uint32_t keys = lang_number(book, 12), words = lang_number(book, 16);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(key, lang_words(book, keys, middle));
		if (!order)
			return lang_words(book, words, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return key;
}

const char *lang_fill(struct arena *mem, const char *words, const char *a, const char *b, const char *c)
{
	const char *arg[] = { a, b, c };
	struct text out = text_begin(mem);
	for (const char *place; (place = strchr(words, '{')); words = place) {
		text_add_n(&out, words, (size_t)(place - words));
		if (place[1] >= '1' && place[1] <= '3' && place[2] == '}') {
			const char *filling = arg[place[1] - '1'];
			text_add(&out, filling ? filling : "");
			place += 3;
		} else {
			text_add_n(&out, place++, 1);
		}
	}
	text_add(&out, words);
	return text_end(&out);
}

const char *lang_print(struct arena *mem, enum lang lang, const char *key,
		       const char *a, const char *b, const char *c)
{
	return lang_fill(mem, lang_say(lang, key), a, b, c);
}

const char *lang_tag(enum lang lang) { return lang == LANG_EN ? "en" : "zh-CN"; }
