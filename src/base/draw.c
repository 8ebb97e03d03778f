#include "draw.h"
#include "arena.h"
#include "day.h"
#include "lang.h"
#include "money.h"
#include "text.h"

void draw_text(struct text *out, const char *s)
{
	if (s)
		text_html(out, s);
}

void draw_markup(struct text *out, const char *s)
{
	if (s)
		text_add(out, s);
}

void draw_money(struct text *out, int64_t fen) { text_html(out, money_say(out->mem, fen)); }

void draw_day(struct text *out, enum lang lang, int64_t day)
{
	text_html(out, draw_day_words(out->mem, lang, day));
}

void draw_time(struct text *out, enum lang lang, int64_t at)
{
	text_html(out, draw_time_words(out->mem, lang, at));
}

static const char *draw_look_up(enum lang lang, struct draw_key *key)
{
	const char *words = atomic_load_explicit(&key->words[lang], memory_order_acquire);
	if (!words) {
		words = lang_say(lang, key->key);
		atomic_store_explicit(&key->words[lang], words, memory_order_release);
	}
	return words;
}

void draw_words(struct text *out, enum lang lang, struct draw_key *key)
{
	text_html(out, draw_look_up(lang, key));
}

void draw_sentence(struct text *out, enum lang lang, struct draw_key *key,
		   const char *a, const char *b, const char *c)
{
	text_html(out, lang_fill(out->mem, draw_look_up(lang, key), a, b, c));
}

const char *draw_int_words(struct arena *mem, int64_t value)
{
	struct text t = text_begin(mem);
	text_int(&t, value);
	return text_end(&t);
}

const char *draw_money_words(struct arena *mem, int64_t fen) { return money_say(mem, fen); }

const char *draw_day_words(struct arena *mem, enum lang lang, int64_t day)
{
	return day ? day_say(mem, lang, day) : "";
}

const char *draw_time_words(struct arena *mem, enum lang lang, int64_t at)
{
	return at ? day_time_say(mem, lang, at) : "";
}

void draw_text_json(struct text *out, const char *s) { text_json(out, s ? s : ""); }

void draw_day_json(struct text *out, int64_t day)
{
	if (day)
		text_json(out, day_iso(out->mem, day));
	else
		text_add_n(out, "null", 4);
}

void draw_time_json(struct text *out, int64_t at)
{
	if (at)
		text_json(out, day_time_iso(out->mem, at));
	else
		text_add_n(out, "null", 4);
}

void draw_bool_json(struct text *out, bool value) { text_add(out, value ? "true" : "false"); }
