#include "court.h"
#include "../base/arena.h"
#include "../base/cursor.h"
#include "../base/text.h"
#include "../store/db.h"

#include <string.h>

#define COURT_COLUMNS "court, parent, level, sign, zh, en, province, calendar"

static const struct court court_table[] = {
#define COURT(code, parent, level, sign, zh, en, province, calendar) \
	{ code, parent, COURT_##level, sign, zh, en, province, calendar },
#include "court.tbl"
#undef COURT
};

const char *court_name(const struct court *court, enum lang lang)
{
	return lang == LANG_EN && *court->en ? court->en : court->zh;
}

static struct court court_of_row(struct row *r)
{
	return (struct court){
		.code = db_text(r, 0), .parent = db_text(r, 1), .level = (enum court_level)db_int(r, 2),
		.sign = db_text(r, 3), .zh = db_text(r, 4), .en = db_text(r, 5),
		.province = db_text(r, 6), .calendar = db_text(r, 7),
	};
}

static enum mc_err court_one(struct ctx *ctx, struct row *r, struct court *out)
{
	if (!db_next(r))
		return db_broken(r) ? MC_STORE
			: ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "court.unknown" });
	*out = court_of_row(r);
	return MC_OK;
}

enum mc_err court_load(struct ctx *ctx, const char *code, struct court *out)
{
	return court_one(ctx, db_ask(ctx, "select " COURT_COLUMNS " from court where court = $1", "t", code), out);
}

enum mc_err court_by_sign(struct ctx *ctx, const char *sign, struct court *out)
{
	return court_one(ctx, db_ask(ctx, "select " COURT_COLUMNS " from court where sign = $1", "t", sign), out);
}

static enum mc_err court_rows(struct ctx *ctx, struct row *r, struct court **out, size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = court_of_row(r);
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

#define COURT_BELOW "select " COURT_COLUMNS " from court where parent = $1"

enum mc_err court_children(struct ctx *ctx, const char *parent, const struct cursor *from, int64_t limit, struct court **out,
			   size_t *count)
{
	return court_rows(ctx, from->back
		? db_ask(ctx, COURT_BELOW " and court < $2 order by court desc limit $3", "tti", parent, from->id, limit)
		: db_ask(ctx, COURT_BELOW " and court > $2 order by court limit $3", "tti", parent, from->id, limit), out, count);
}

enum mc_err court_path(struct ctx *ctx, const char *code, struct court **out, size_t *count)
{
	enum { COURT_DEEPEST = 8 };
	struct court *up = arena_take(ctx->mem, COURT_DEEPEST * sizeof *up);
	size_t n = 0;
	for (; *code && n < COURT_DEEPEST; code = up[n++].parent) {
		enum mc_err err = court_load(ctx, code, &up[n]);
		if (err)
			return err;
	}
	*out = arena_take(ctx->mem, COURT_DEEPEST * sizeof **out);
	*count = n;
	for (size_t i = 0; i < n; i++)
		(*out)[i] = up[n - 1 - i];
	return MC_OK;
}

/* -- finding one by a part of its name ----------------------------------------------------- */

enum { COURT_WORDS = 64, COURT_RARE = 16, COURT_MANY = 64 };

/* Lower case, as names are compared. */
static char *court_lower(struct ctx *ctx, const char *words)
{
	char *lower = arena_copy(ctx->mem, words);
	for (char *s = lower; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s + ('a' - 'A'));
	return lower;
}

/* The bytes of the character that begins here: names are well-formed UTF-8. */
static size_t court_letter(const char *at)
{
	size_t n = 1;
	while (((unsigned char)at[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* The words as a pattern of "like": % and _ stand for themselves. */
static const char *court_pattern(struct ctx *ctx, const char *words)
{
	struct text t = text_begin(ctx->mem);
	text_add(&t, "%");
	for (const char *s = words; *s; s++) {
		if (*s == '%' || *s == '_' || *s == '\\')
			text_add(&t, "\\");
		text_add_n(&t, s, 1);
	}
	text_add(&t, "%");
	return text_end(&t);
}

/* The pair of letters in the words that the fewest courts have; of one letter that letter. */
static enum mc_err court_rarest(struct ctx *ctx, const char *words, const char **out)
{
	int64_t best = INT64_MAX;
	size_t letters = 0;
	*out = words;
	for (const char *at = words; *at && letters < COURT_WORDS && best > COURT_RARE; at += court_letter(at), letters++) {
		size_t one = court_letter(at), two = at[one] ? court_letter(at + one) : 0;
		if (!two)
			break;
		char *gram = arena_print(ctx->mem, "%.*s", (int)(one + two), at);
		struct row *r = db_ask(ctx, "select cast(count(*) as bigint) from (select 1 as one from court_gram where court = $1"
					    " and gram = $2 limit $3) found", "tti", COURT_NATION, gram, (int64_t)COURT_MANY);
		if (!db_next(r))
			return MC_STORE;
		if (db_int(r, 0) < best)
			*out = gram;
		best = db_int(r, 0) < best ? db_int(r, 0) : best;
	}
	return MC_OK;
}

#define COURT_FOUND "select c.court, c.parent, c.level, c.sign, c.zh, c.en, c.province, c.calendar" \
	" from court_gram g join court c on c.court = g.code where g.court = $1 and g.gram = $2" \
	" and (lower(c.zh) like $3 escape '\\' or lower(c.en) like $3 escape '\\'" \
	" or lower(c.sign) like $3 escape '\\' or lower(c.province) like $3 escape '\\')"

enum mc_err court_search(struct ctx *ctx, const char *words, const struct cursor *from, int64_t limit, struct court **out,
			 size_t *count)
{
	const char *gram;
	*out = NULL;
	*count = 0;
	words = court_lower(ctx, text_trim(ctx->mem, words));
	if (!*words || text_chars(words) > COURT_WORDS)
		return MC_OK;
	enum mc_err err = court_rarest(ctx, words, &gram);
	return err ? err : court_rows(ctx, from->back
		? db_ask(ctx, COURT_FOUND " and (g.level, g.code) < ($4, $5) order by g.level desc, g.code desc limit $6", "tttiti",
			 COURT_NATION, gram, court_pattern(ctx, words), from->at, from->id, limit)
		: db_ask(ctx, COURT_FOUND " and (g.level, g.code) > ($4, $5) order by g.level, g.code limit $6", "tttiti",
			 COURT_NATION, gram, court_pattern(ctx, words), from->at, from->id, limit), out, count);
}

static enum mc_err court_gram(struct ctx *ctx, const struct court *c, const char *gram, size_t size)
{
	return db_do(ctx, "insert into court_gram (court, gram, level, code) values ($1, $2, $3, $4)"
			  " on conflict (court, gram, level, code) do nothing", "ttit", COURT_NATION,
		     arena_print(ctx->mem, "%.*s", (int)size, gram), (int64_t)c->level, c->code);
}

/* Every letter of what a court is found by, and every pair of letters. */
static enum mc_err court_index(struct ctx *ctx, const struct court *c)
{
	const char *found[] = { c->zh, c->en, c->sign, c->province };
	enum mc_err err = db_do(ctx, "delete from court_gram where court = $1 and code = $2", "tt", COURT_NATION, c->code);
	for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
		const char *lower = court_lower(ctx, found[i]);
		for (const char *at = lower; *at && !err; at += court_letter(at)) {
			size_t one = court_letter(at), two = at[one] ? court_letter(at + one) : 0;
			err = court_gram(ctx, c, at, one);
			if (!err && two)
				err = court_gram(ctx, c, at, one + two);
		}
	}
	return err;
}

/* -- entering ------------------------------------------------------------------------------ */

enum mc_err court_enter(struct ctx *ctx, const struct court *c)
{
	if (!*c->code || !strcmp(c->code, COURT_NATION) || !*c->zh)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "court.incomplete", .field = "code" });
	enum mc_err err = db_do(ctx,
		"insert into court (" COURT_COLUMNS ") values ($1, $2, $3, $4, $5, $6, $7, $8)"
		" on conflict (court) do update set parent = excluded.parent, level = excluded.level,"
		" sign = excluded.sign, zh = excluded.zh, en = excluded.en,"
		" province = excluded.province, calendar = excluded.calendar"
		" where court.parent <> excluded.parent or court.level <> excluded.level or court.sign <> excluded.sign"
		" or court.zh <> excluded.zh or court.en <> excluded.en or court.province <> excluded.province"
		" or court.calendar <> excluded.calendar",
		"ttittttt", c->code, c->parent, (int64_t)c->level, c->sign, c->zh, c->en, c->province, c->calendar);
	int changed = err ? 0 : db_changed(ctx);
	return err || !changed ? err : court_index(ctx, c);
}

static enum mc_err court_write(struct ctx *ctx, void *arg) { return court_enter(ctx, arg); }

enum mc_err court_put(struct ctx *ctx, const struct court *court)
{
	struct court copy = *court;
	return db_together(ctx, court_write, &copy);
}

const struct court *court_stated(const char *code, const char *zh)
{
	for (size_t i = 0; i < sizeof court_table / sizeof *court_table; i++)
		if (!strcmp(court_table[i].code, code) || (!*code && !strcmp(court_table[i].zh, zh)))
			return &court_table[i];
	return NULL;
}

static enum mc_err court_write_all(struct ctx *ctx, void *arg)
{
	(void)arg;
	enum mc_err err = MC_OK;
	for (size_t i = 0; !err && i < sizeof court_table / sizeof *court_table; i++) {
		struct court known;
		err = court_load(ctx, court_table[i].code, &known);
		if (err == MC_UNKNOWN) {
			ctx_forget(ctx);
			err = court_enter(ctx, &court_table[i]);
		}
	}
	return err;
}

enum mc_err court_settle(struct ctx *ctx)
{
	return db_together(ctx, court_write_all, NULL);
}

/* Courts that were entered before there was a court_gram. */
static enum mc_err court_index_all(struct ctx *ctx, void *arg)
{
	struct court *court;
	size_t count;
	(void)arg;
	enum mc_err err = court_rows(ctx, db_ask(ctx, "select " COURT_COLUMNS " from court c where not exists"
		" (select 1 from court_gram g where g.court = $1 and g.code = c.court)", "t", COURT_NATION), &court, &count);
	for (size_t i = 0; i < count && !err; i++)
		err = court_index(ctx, &court[i]);
	return err;
}

enum mc_err court_ready(struct ctx *ctx)
{
	return db_together(ctx, court_index_all, NULL);
}
