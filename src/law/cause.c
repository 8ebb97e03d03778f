#include "cause.h"

#include <string.h>

#define CAUSE_QUERY 64          /* characters of what was typed that are looked at */
#define CAUSE_NAME 192          /* characters of the longest name or list of everyday words */

#define CAUSE(code, parent, level, zh, en, fee, words) { code, parent, level, { zh, en }, FEE_##fee, words },
static const struct cause cause_table[] = {
#include "cause.tbl"
};
#undef CAUSE

#define CAUSE_COUNT (sizeof cause_table / sizeof cause_table[0])

/* Characters made comparable: lower case, full width made narrow, punctuation a blank, blanks
 * single and none at the ends. */
struct cause_text { uint32_t at[CAUSE_NAME]; size_t size; };

const struct cause *cause_find(const char *code)
{
	for (size_t i = 0; code && i < CAUSE_COUNT; i++)
		if (!strcmp(cause_table[i].code, code))
			return &cause_table[i];
	return NULL;
}

const struct cause *cause_each(size_t index)
{
	return index < CAUSE_COUNT ? &cause_table[index] : NULL;
}

/* One character of UTF-8; ill-formed bytes come singly, as blanks. Never reads past the NUL,
 * as that is no continuation byte. */
static uint32_t cause_next(const char **text)
{
	const unsigned char *s = (const unsigned char *)*text;
	int more = s[0] >= 0xf0 && s[0] < 0xf8 ? 3 : s[0] >= 0xe0 && s[0] < 0xf0 ? 2 : s[0] >= 0xc2 && s[0] < 0xe0 ? 1 : 0;
	uint32_t c = s[0] < 0x80 ? s[0] : more ? s[0] & (0x3fu >> more) : ' ';
	for (int i = 1; i <= more; i++) {
		if ((s[i] & 0xc0) != 0x80) {
			*text += 1;
			return ' ';
		}
		c = c << 6 | (s[i] & 0x3fu);
	}
	*text += more + 1;
	return c;
}

static uint32_t cause_fold(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xff01 - '!';
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return c;
	/* CJK punctuation, and general punctuation such as curly quotes and dashes */
	if (c < 0x80 || (c >= 0x3000 && c <= 0x303f) || (c >= 0x2000 && c <= 0x206f))
		return ' ';
	return c;
}

/* The text up to end (or all of it), made comparable; blanks beside a Chinese character go. */
static struct cause_text cause_comparable(const char *text, const char *end, size_t room)
{
	struct cause_text out;
	bool blank = false;
	out.size = 0;
	while (*text && (!end || text < end) && out.size < room) {
		uint32_t c = cause_fold(cause_next(&text));
		if (c == ' ') {
			blank = true;
			continue;
		}
		if (blank && out.size > 0 && c < 0x80 && out.at[out.size - 1] < 0x80) {
			out.at[out.size++] = ' ';
			if (out.size == room)
				break;
		}
		blank = false;
		out.at[out.size++] = c;
	}
	return out;
}

/* Where needle first stands in text, or -1. */
static int cause_within(const struct cause_text *text, const uint32_t *needle, size_t size)
{
	for (size_t i = 0; size > 0 && i + size <= text->size; i++)
		if (!memcmp(text->at + i, needle, size * sizeof *needle))
			return (int)i;
	return -1;
}

static bool cause_same(const struct cause_text *a, const struct cause_text *b)
{
	return a->size == b->size && !memcmp(a->at, b->at, a->size * sizeof a->at[0]);
}

/* "买卖合同纠纷" without 纠纷, "sale contract dispute" without dispute: what tells it from others. */
static struct cause_text cause_core(const char *name)
{
	struct cause_text core = cause_comparable(name, NULL, CAUSE_NAME);
	static const char *const tails[] = { "纠纷", "dispute", "责任" };
	for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
		struct cause_text tail = cause_comparable(tails[i], NULL, CAUSE_NAME);
		if (core.size > tail.size
		    && !memcmp(core.at + core.size - tail.size, tail.at, tail.size * sizeof tail.at[0]))
			core.size -= tail.size;
		while (core.size > 0 && core.at[core.size - 1] == ' ')
			core.size--;
	}
	return core;
}

/* The length of the word of letters that begins at the place, 0 at a blank or a Chinese character. */
static size_t cause_word(const struct cause_text *text, size_t from)
{
	size_t n = 0;
	while (from + n < text->size && text->at[from + n] < 0x80 && text->at[from + n] != ' ')
		n++;
	return n;
}

/* How well a typed word of letters is found among the words of a text: 3 the same, 2 the same
 * beginning, four letters at least ("wage", "wages"), 0 not. */
static int cause_letters(const struct cause_text *text, const uint32_t *word, size_t size)
{
	int best = 0;
	for (size_t i = 0, n; i < text->size; i += n ? n : 1) {
		n = cause_word(text, i);
		size_t shorter = n < size ? n : size;
		if (shorter == 0 || memcmp(text->at + i, word, shorter * sizeof *word))
			continue;
		int found = n == size ? 3 : shorter >= 4 ? 2 : 0;
		best = found > best ? found : best;
	}
	return best;
}

/* Words that say nothing of the case, if there are others. */
static bool cause_empty(const uint32_t *word, size_t size)
{
	static const char *const empty[] = {
		"the", "and", "for", "not", "with", "from", "has", "have", "was", "were", "did", "does", "will", "that",
		"this", "they", "them", "his", "her", "our", "out", "who", "contract", "dispute", "want", "court", "case",
	};
	for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
		size_t n = 0;
		while (n < size && empty[i][n] && (uint32_t)empty[i][n] == word[n])
			n++;
		if (n == size && !empty[i][n])
			return true;
	}
	return size < 3;
}

/* Words of letters that both share, whatever their order. */
static int cause_score_words(const struct cause_text *query, const struct cause_text *name, const struct cause_text *words)
{
	int sum = 0;
	for (size_t i = 0, n; i < query->size; i += n ? n : 1) {
		n = cause_word(query, i);
		if (n == 0 || (n < query->size && cause_empty(query->at + i, n)))
			continue;
		int of_name = cause_letters(name, query->at + i, n), of_words = cause_letters(words, query->at + i, n);
		sum += of_name > of_words ? of_name : of_words;
	}
	return sum ? 500 + (sum < 16 ? sum * 20 : 320) : 0;
}

/* Pairs of Chinese characters that stand together in both. */
static int cause_score_pairs(const struct cause_text *query, const struct cause_text *name, const struct cause_text *words)
{
	static const uint32_t contract[2] = { 0x5408, 0x540c };         /* 合同, which says little */
	int pairs = 0;
	for (size_t i = 0; i + 2 <= query->size; i++) {
		const uint32_t *pair = query->at + i;
		if (pair[0] < 0x80 || pair[1] < 0x80 || !memcmp(pair, contract, sizeof contract))
			continue;
		if (cause_within(name, pair, 2) >= 0)
			pairs += 2;
		else if (cause_within(words, pair, 2) >= 0)
			pairs += 1;
	}
	return pairs ? 200 + (pairs < 20 ? pairs * 10 : 200) : 0;
}

/* A name that is, begins with, holds or lies in what was typed. */
static int cause_score_name(const struct cause_text *query, const struct cause_text *core)
{
	int at = cause_within(core, query->at, query->size);
	if (cause_same(query, core))
		return 1000;
	/* A few letters of the alphabet stand in many names by chance: those wait for whole words. */
	if (at >= 0 && query->at[0] >= 0x80)
		return (at == 0 ? 900 : 860) - (int)(core->size - query->size < 40 ? core->size - query->size : 40);
	if (core->at[0] >= 0x80 && core->size >= 2 && cause_within(query, core->at, core->size) >= 0)
		return 880;
	return 0;
}

/* Everyday words: the same; a beginning or part of it; or a part of a whole sentence. The
 * first words of a cause are its best, so later ones count a little less. */
static int cause_score_everyday(const struct cause_text *query, const char *words)
{
	int best = 0, later = 0;
	while (*words) {
		const char *end = strchr(words, ' ');
		struct cause_text word = cause_comparable(words, end, CAUSE_NAME);
		bool letters = word.size > 0 && word.at[0] < 0x80;
		int score = 0;
		if (cause_same(query, &word))
			score = 970;
		else if (!letters && query->at[0] >= 0x80 && cause_within(&word, query->at, query->size) >= 0)
			score = 820 - (int)(word.size - query->size);
		else if (!letters && word.size >= 2 && cause_within(query, word.at, word.size) >= 0)
			score = 700 + 20 * (int)(word.size < 6 ? word.size : 6);
		if (score > 0 && score - later > best)
			best = score - later;
		later += later < 12;
		words = end ? end + 1 : words + strlen(words);
	}
	return best;
}

static int cause_score(const struct cause *cause, const struct cause_text *query)
{
	struct cause_text zh = cause_core(cause->name[LANG_ZH]), en = cause_core(cause->name[LANG_EN]);
	struct cause_text words = cause_comparable(cause->words, NULL, CAUSE_NAME), full;
	int best = 0, scores[6];

	full = cause_comparable(cause->name[LANG_ZH], NULL, CAUSE_NAME);
	scores[0] = cause_same(query, &full) ? 1010 : 0;
	scores[1] = cause_score_name(query, &zh);
	scores[2] = cause_score_name(query, &en);
	scores[3] = cause_score_everyday(query, cause->words);
	scores[4] = cause_score_words(query, &en, &words);
	scores[5] = cause_score_pairs(query, &zh, &words);
	for (size_t i = 0; i < sizeof scores / sizeof scores[0]; i++)
		best = scores[i] > best ? scores[i] : best;
	return best;
}

size_t cause_search(const char *words, const struct cause **out, size_t room)
{
	struct cause_text query = cause_comparable(words ? words : "", NULL, CAUSE_QUERY);
	int scores[CAUSE_COUNT];
	size_t count = 0;

	if (query.size == 0)
		return 0;
	for (size_t i = 0; i < CAUSE_COUNT; i++) {
		int score = cause_table[i].level >= 3 ? cause_score(&cause_table[i], &query) : 0;
		size_t at = count;
		if (score == 0)
			continue;
		while (at > 0 && scores[at - 1] < score)
			at--;
		if (at >= room)
			continue;
		if (count == room)
			count--;
		memmove(out + at + 1, out + at, (count - at) * sizeof *out);
		memmove(scores + at + 1, scores + at, (count - at) * sizeof *scores);
		out[at] = &cause_table[i];
		scores[at] = score;
		count++;
	}
	return count;
}
