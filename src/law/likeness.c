#include "likeness.h"
#include "../base/arena.h"

#include <stdbool.h>
#include <string.h>

/* One character of UTF-8; ill-formed bytes come singly, as blanks. Never reads past the NUL,
 * as that is no continuation byte. */
static uint32_t likeness_next(const char **text)
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

static uint32_t likeness_fold(uint32_t c)
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

/* The text up to end (or all of it), made comparable in a place; blanks beside a Chinese character go. */
static struct likeness_text likeness_comparable(uint32_t *place, const char *text, const char *end, size_t room)
{
	size_t size = 0;
	bool blank = false;
	while (*text && (!end || text < end) && size < room) {
		uint32_t c = likeness_fold(likeness_next(&text));
		if (c == ' ') {
			blank = true;
			continue;
		}
		if (blank && size > 0 && c < 0x80 && place[size - 1] < 0x80) {
			place[size++] = ' ';
			if (size == room)
				break;
		}
		blank = false;
		place[size++] = c;
	}
	return (struct likeness_text){ place, size };
}

/* Where needle first stands in text, or -1. */
static int likeness_within(const struct likeness_text *text, const uint32_t *needle, size_t size)
{
	for (size_t i = 0; size > 0 && i + size <= text->size; i++)
		if (!memcmp(text->at + i, needle, size * sizeof *needle))
			return (int)i;
	return -1;
}

static bool likeness_same(const struct likeness_text *a, const struct likeness_text *b)
{
	return a->size == b->size && !memcmp(a->at, b->at, a->size * sizeof a->at[0]);
}

/* "买卖合同纠纷" without 纠纷, "sale contract dispute" without dispute: what tells it from others. */
static struct likeness_text likeness_core(struct likeness_text name)
{
	static const char *const tails[] = { "纠纷", "dispute", "责任" };
	for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
		uint32_t place[LIKENESS_QUERY];
		struct likeness_text tail = likeness_comparable(place, tails[i], NULL, LIKENESS_QUERY);
		if (name.size > tail.size
		    && !memcmp(name.at + name.size - tail.size, tail.at, tail.size * sizeof tail.at[0]))
			name.size -= tail.size;
		while (name.size > 0 && name.at[name.size - 1] == ' ')
			name.size--;
	}
	return name;
}

/* The length of the word of letters that begins at the place, 0 at a blank or a Chinese character. */
static size_t likeness_word(const struct likeness_text *text, size_t from)
{
	size_t n = 0;
	while (from + n < text->size && text->at[from + n] < 0x80 && text->at[from + n] != ' ')
		n++;
	return n;
}

/* How well a typed word of letters is found among the words of a text: 3 the same, 2 the same
 * beginning, four letters at least ("wage", "wages"), 0 not. */
static int likeness_letters(const struct likeness_text *text, const uint32_t *word, size_t size)
{
	int best = 0;
	for (size_t i = 0, n; i < text->size; i += n ? n : 1) {
		n = likeness_word(text, i);
		size_t shorter = n < size ? n : size;
		if (shorter == 0 || memcmp(text->at + i, word, shorter * sizeof *word))
			continue;
		int found = n == size ? 3 : shorter >= 4 ? 2 : 0;
		best = found > best ? found : best;
	}
	return best;
}

/* Words that say nothing of the case, if there are others. */
static bool likeness_empty(const uint32_t *word, size_t size)
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
static int likeness_score_words(const struct likeness_text *query, const struct likeness_text *name, const struct likeness_text *words)
{
	int sum = 0;
	for (size_t i = 0, n; i < query->size; i += n ? n : 1) {
		n = likeness_word(query, i);
		if (n == 0 || (n < query->size && likeness_empty(query->at + i, n)))
			continue;
		int of_name = likeness_letters(name, query->at + i, n), of_words = likeness_letters(words, query->at + i, n);
		sum += of_name > of_words ? of_name : of_words;
	}
	return sum ? 500 + (sum < 16 ? sum * 20 : 320) : 0;
}

/* Pairs of Chinese characters that stand together in both. */
static int likeness_score_pairs(const struct likeness_text *query, const struct likeness_text *name, const struct likeness_text *words)
{
	static const uint32_t contract[2] = { 0x5408, 0x540c };         /* 合同, which says little */
	int pairs = 0;
	for (size_t i = 0; i + 2 <= query->size; i++) {
		const uint32_t *pair = query->at + i;
		if (pair[0] < 0x80 || pair[1] < 0x80 || !memcmp(pair, contract, sizeof contract))
			continue;
		if (likeness_within(name, pair, 2) >= 0)
			pairs += 2;
		else if (likeness_within(words, pair, 2) >= 0)
			pairs += 1;
	}
	return pairs ? 200 + (pairs < 20 ? pairs * 10 : 200) : 0;
}

/* A name that is, begins with, holds or lies in what was typed. */
static int likeness_score_name(const struct likeness_text *query, const struct likeness_text *core)
{
	int at = likeness_within(core, query->at, query->size);
	if (likeness_same(query, core))
		return 1000;
	/* A few letters of the alphabet stand in many names by chance: those wait for whole words. */
	if (at >= 0 && query->at[0] >= 0x80)
		return (at == 0 ? 900 : 860) - (int)(core->size - query->size < 40 ? core->size - query->size : 40);
	if (core->at[0] >= 0x80 && core->size >= 2 && likeness_within(query, core->at, core->size) >= 0)
		return 880;
	return 0;
}

/* Everyday words: the same; a beginning or part of it; or a part of a whole sentence. The
 * first words are the best, so later ones count a little less. */
static int likeness_score_everyday(const struct likeness_text *query, const struct likeness *thing)
{
	int best = 0;
	for (size_t i = 0; i < thing->count; i++) {
		const struct likeness_text *word = &thing->word[i];
		bool letters = word->size > 0 && word->at[0] < 0x80;
		int score = 0, later = i < 12 ? (int)i : 12;
		if (likeness_same(query, word))
			score = 970;
		else if (!letters && query->at[0] >= 0x80 && likeness_within(word, query->at, query->size) >= 0)
			score = 820 - (int)(word->size - query->size);
		else if (!letters && word->size >= 2 && likeness_within(query, word->at, word->size) >= 0)
			score = 700 + 20 * (int)(word->size < 6 ? word->size : 6);
		if (score > 0 && score - later > best)
			best = score - later;
	}
	return best;
}

int likeness_score(const struct likeness *thing, const struct likeness_text *query)
{
	if (query->size == 0)
		return 0;
	const int scores[] = {
		likeness_same(query, &thing->full) ? 1010 : 0,
		likeness_score_name(query, &thing->zh),
		likeness_score_name(query, &thing->en),
		likeness_score_everyday(query, thing),
		likeness_score_words(query, &thing->en, &thing->words),
		likeness_score_pairs(query, &thing->zh, &thing->words),
	};
	int best = 0;
	for (size_t i = 0; i < sizeof scores / sizeof scores[0]; i++)
		best = scores[i] > best ? scores[i] : best;
	return best;
}

static struct likeness_text likeness_keep(struct arena *mem, const char *text, const char *end)
{
	uint32_t place[LIKENESS_NAME];
	struct likeness_text out = likeness_comparable(place, text, end, LIKENESS_NAME);
	uint32_t *kept = arena_take(mem, (out.size + 1) * sizeof *kept);
	memcpy(kept, place, out.size * sizeof *kept);
	return (struct likeness_text){ kept, out.size };
}

struct likeness likeness_of(struct arena *mem, const char *zh, const char *en, const char *words)
{
	struct likeness out = { .full = likeness_keep(mem, zh, NULL), .words = likeness_keep(mem, words, NULL) };
	size_t room = 0;
	out.zh = likeness_core(out.full);
	out.en = likeness_core(likeness_keep(mem, en, NULL));
	while (*words) {
		const char *end = strchr(words, ' ');
		out.word = arena_room(mem, out.word, out.count, &room, sizeof *out.word);
		out.word[out.count++] = likeness_keep(mem, words, end);
		words = end ? end + 1 : words + strlen(words);
	}
	return out;
}

struct likeness_text likeness_query(const char *typed, uint32_t place[LIKENESS_QUERY])
{
	return likeness_comparable(place, typed, NULL, LIKENESS_QUERY);
}
