#include "setting.h"
#include "arena.h"
#include "text.h"

#include <inttypes.h>
#include <pthread.h>
#include <string.h>

#define SETTING_NAME_MOST 100

static const struct setting_row setting_table[] = {
#define SETTING(NAME, name, kind, normal, least, most, flags, zh, en) \
	{ name, SETTING_KIND_##kind, normal, least, most, flags, { zh, en } },
#include "setting.tbl"
#undef SETTING
};

/* There is one configuration of the program. What was given lives as long as it does. */
static struct {
	pthread_once_t once;
	struct arena *mem;
	struct setting_value value[SETTING_COUNT];      /* what counts, of rows without a * */
	struct setting_value *starred;                  /* the others, in the order they came */
} setting_all = { .once = PTHREAD_ONCE_INIT };

const struct setting_row *setting_row(enum setting setting) { return &setting_table[setting]; }

static enum mc_err setting_fail(struct ctx *ctx, const char *key, const char *from, const char *text,
				const char *allowed)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key, .arg = {
		arena_copy(ctx->mem, from), arena_copy(ctx->mem, text), allowed } });
}

/* -- values ------------------------------------------------------------------- */

/* Digits and one unit of "units", whose factors stand in the same order; false if it is no such number. */
static bool setting_number(const char *text, const char *units, const int64_t *factor, int64_t *out)
{
	size_t digits = strspn(text, "0123456789");
	if (!digits || digits > 15)
		return false;
	int64_t n = 0;
	for (size_t i = 0; i < digits; i++)
		n = n * 10 + (text[i] - '0');
	char unit = text[digits];
	const char *known = unit ? strchr(units, unit >= 'A' && unit <= 'Z' ? unit + ('a' - 'A') : unit) : NULL;
	if (unit && (!known || text[digits + 1]))
		return false;
	return !__builtin_mul_overflow(n, known ? factor[known - units] : 1, out);
}

static bool setting_bool(const char *text, int64_t *out)
{
	static const char *const word[] = { "off", "on", "no", "yes", "false", "true", "0", "1" };
	for (size_t i = 0; i < sizeof word / sizeof *word; i++)
		if (!strcmp(text, word[i])) {
			*out = (int64_t)(i & 1);
			return true;
		}
	return false;
}

static bool setting_choice(const char *choices, const char *text, int64_t *out)
{
	size_t n = strlen(text);
	*out = 0;
	for (const char *at = choices; n; at += strcspn(at, "|") + 1, (*out)++) {
		size_t size = strcspn(at, "|");
		if (size == n && !memcmp(at, text, n))
			return true;
		if (!at[size])
			break;
	}
	return false;
}

static bool setting_url(const char *text)
{
	const char *rest = !strncmp(text, "https://", 8) ? text + 8 : !strncmp(text, "http://", 7) ? text + 7 : "";
	return !*text || (*rest && !strchr("/?#:", *rest) && !rest[strcspn(rest, " \"<>\\^`{|}")]);
}

/* Scheme, host and port, and nothing behind them. */
static bool setting_origin(const char *text)
{
	return setting_url(text) && (!*text || !strchr(strstr(text, "://") + 3, '/'));
}

static bool setting_plain(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

static enum mc_err setting_range(struct ctx *ctx, const struct setting_row *row, const char *key, const char *text,
				 const char *from)
{
	return setting_fail(ctx, key, from, text, arena_print(ctx->mem, "%" PRId64 "..%" PRId64, row->least, row->most));
}

/* What the text says, by the kind of its row. */
static enum mc_err setting_read_value(struct ctx *ctx, const struct setting_row *row, const char *text,
				      const char *from, int64_t *number)
{
	static const int64_t bytes[] = { 1024, 1048576, 1073741824, 1099511627776 }, seconds[] = { 1, 60, 3600, 86400 };
	bool good = true;
	switch (row->kind) {
	case SETTING_KIND_INT:
		good = setting_number(text, "", NULL, number) && *number >= row->least && *number <= row->most;
		return good ? MC_OK : setting_range(ctx, row, "setting.int", text, from);
	case SETTING_KIND_SIZE:
		good = setting_number(text, "kmgt", bytes, number) && *number >= row->least && *number <= row->most;
		return good ? MC_OK : setting_range(ctx, row, "setting.size", text, from);
	case SETTING_KIND_DURATION:
		good = setting_number(text, "smhd", seconds, number) && *number >= row->least && *number <= row->most;
		return good ? MC_OK : setting_range(ctx, row, "setting.duration", text, from);
	case SETTING_KIND_BOOL:
		return setting_bool(text, number) ? MC_OK : setting_fail(ctx, "setting.bool", from, text, NULL);
	case SETTING_KIND_CHOICE:
		return setting_choice(row->normal, text, number) ? MC_OK
			: setting_fail(ctx, "setting.choice", from, text, row->normal);
	case SETTING_KIND_URL:
		if (!setting_url(text))
			return setting_fail(ctx, "setting.url", from, text, NULL);
		break;
	case SETTING_KIND_ORIGIN:
		if (!setting_origin(text))
			return setting_fail(ctx, "setting.origin", from, text, NULL);
		break;
	case SETTING_KIND_TEXT:
	case SETTING_KIND_PATH:
		break;
	}
	if (!setting_plain(text) || (int64_t)text_chars(text) > row->most || (int64_t)text_chars(text) < row->least)
		return setting_range(ctx, row, "setting.text", row->flags & SETTING_FLAG_SECRET ? "***" : text, from);
	return MC_OK;
}

/* -- what is kept ---------------------------------------------------------------- */

/* Defaults are written by us: that they are right is proved by the test of the table. */
static void setting_normals(void)
{
	struct ctx ctx = { .mem = setting_all.mem = arena_begin() };
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_row *row = &setting_table[i];
		size_t size = row->kind == SETTING_KIND_CHOICE ? strcspn(row->normal, "|") : strlen(row->normal);
		struct setting_value *value = &setting_all.value[i];
		*value = (struct setting_value){ .setting = (enum setting)i, .star = "", .from = "",
			.text = arena_print(ctx.mem, "%.*s", (int)size, row->normal) };
		(void)setting_read_value(&ctx, row, value->text, "", &value->number);
	}
}

static void setting_begin(void) { pthread_once(&setting_all.once, setting_normals); }

static struct setting_value *setting_starred(enum setting setting, const char *star)
{
	struct setting_value **at = &setting_all.starred;
	while (*at && ((*at)->setting != setting || strcmp((*at)->star, star) != 0))
		at = &(*at)->next;
	if (!*at) {
		*at = arena_take(setting_all.mem, sizeof **at);
		**at = (struct setting_value){ .setting = setting, .star = arena_copy(setting_all.mem, star) };
	}
	return *at;
}

enum mc_err setting_put(struct ctx *ctx, enum setting setting, const char *star, const char *text, const char *from)
{
	int64_t number = 0;
	setting_begin();
	enum mc_err err = setting_read_value(ctx, &setting_table[setting], text, from, &number);
	if (err)
		return err;
	struct setting_value *value = *star ? setting_starred(setting, star) : &setting_all.value[setting];
	value->text = arena_copy(setting_all.mem, text);
	value->from = arena_copy(setting_all.mem, from);
	value->number = number;
	return MC_OK;
}

void setting_forget(void)
{
	setting_begin();
	arena_end(setting_all.mem);
	setting_all.starred = NULL;
	setting_normals();
}

const struct setting_value *setting_value(enum setting setting)
{
	setting_begin();
	return &setting_all.value[setting];
}

const char *setting_text(enum setting setting) { return setting_value(setting)->text; }

int64_t setting_int(enum setting setting) { return setting_value(setting)->number; }

bool setting_on(enum setting setting) { return setting_value(setting)->number != 0; }

const struct setting_value *setting_given(void)
{
	setting_begin();
	return setting_all.starred;
}

const char *setting_from(enum setting setting, const char *star)
{
	if (!*star)
		return setting_value(setting)->from;
	for (const struct setting_value *v = setting_given(); v; v = v->next)
		if (v->setting == setting && !strcmp(v->star, star))
			return v->from;
	return "";
}

static bool setting_in_group(const struct setting_value *value, const char *group)
{
	const char *name = setting_table[value->setting].name;
	size_t size = strlen(group);
	return !strncmp(name, group, size) && !strncmp(name + size, ".*", 2);
}

const char *setting_star(const char *group, size_t n)
{
	for (const struct setting_value *v = setting_given(); v; v = v->next) {
		const struct setting_value *before = setting_all.starred;
		while (before != v && (!setting_in_group(before, group) || strcmp(before->star, v->star) != 0))
			before = before->next;
		if (before == v && setting_in_group(v, group) && !n--)
			return v->star;
	}
	return NULL;
}

const char *setting_text_of(enum setting setting, const char *star)
{
	for (const struct setting_value *v = setting_given(); v; v = v->next)
		if (v->setting == setting && !strcmp(v->star, star))
			return v->text;
	return "";
}

/* -- names ---------------------------------------------------------------------- */

static bool setting_is(struct arena *mem, const char *pattern, const char *name, const char **star)
{
	const char *gap = strchr(pattern, '*');
	*star = "";
	if (!gap)
		return !strcmp(pattern, name);
	size_t size = strlen(name), before = (size_t)(gap - pattern), after = strlen(gap + 1);
	if (size <= before + after || memcmp(pattern, name, before) != 0 || strcmp(gap + 1, name + size - after) != 0)
		return false;
	*star = arena_print(mem, "%.*s", (int)(size - before - after), name + before);
	return strspn(*star, "abcdefghijklmnopqrstuvwxyz0123456789_") == size - before - after;
}

/* How many letters must be changed, put in or left out to make one word of the other (Levenshtein 1966). */
static size_t setting_distance(const char *a, const char *b)
{
	size_t row[SETTING_NAME_MOST + 1], n = strlen(b);
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t corner = row[0];
		row[0] = i + 1;
		for (size_t j = 0; j < n; j++) {
			size_t change = corner + (a[i] != b[j]), other = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
			corner = row[j + 1];
			row[j + 1] = change < other ? change : other;
		}
	}
	return row[n];
}

enum setting setting_find(struct arena *mem, const char *given, const char **star, const char **like)
{
	size_t size = strlen(given), nearest = 1 + (size + 2) / 3;
	*star = "";
	*like = NULL;
	if (size > SETTING_NAME_MOST)
		return SETTING_COUNT;
	char *name = arena_copy(mem, given);
	for (char *c = name; *c; c++)
		*c = *c == '-' ? '_' : *c;
	for (int i = 0; i < SETTING_COUNT; i++)
		if (setting_is(mem, setting_table[i].name, name, star))
			return (enum setting)i;
	*star = "";
	const char *first = strchr(name, '.'), *last = strrchr(name, '.');
	if (first != last)      /* of oidc.city.isuer not the operator's own name is looked at */
		name = arena_print(mem, "%.*s.*%s", (int)(first - name), name, last);
	for (int i = 0; i < SETTING_COUNT; i++) {
		size_t far = setting_distance(name, setting_table[i].name);
		if (far < nearest) {
			nearest = far;
			*like = setting_table[i].name;
		}
	}
	return SETTING_COUNT;
}
