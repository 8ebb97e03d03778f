#include "court.h"
#include "../base/arena.h"
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
	return lang == LANG_EN ? court->en : court->zh;
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

enum mc_err court_children(struct ctx *ctx, const char *parent, struct court **out, size_t *count)
{
	return court_rows(ctx, db_ask(ctx, "select " COURT_COLUMNS " from court where parent = $1 order by court",
				      "t", parent), out, count);
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

/* The words as a pattern of "like": % and _ stand for themselves. */
static const char *court_pattern(struct ctx *ctx, const char *words)
{
	struct text t = text_begin(ctx->mem);
	text_add(&t, "%");
	for (const char *s = words; *s; s++) {
		if (*s == '%' || *s == '_' || *s == '\\')
			text_add(&t, "\\");
		char lower = *s >= 'A' && *s <= 'Z' ? (char)(*s + ('a' - 'A')) : *s;
		text_add_n(&t, &lower, 1);
	}
	text_add(&t, "%");
	return text_end(&t);
}

enum mc_err court_search(struct ctx *ctx, const char *words, int64_t limit, struct court **out, size_t *count)
{
	*out = NULL;
	*count = 0;
	words = text_trim(ctx->mem, words);
	if (!*words)
		return MC_OK;
	return court_rows(ctx, db_ask(ctx,
		"select " COURT_COLUMNS " from court"
		" where zh like $1 escape '\\' or lower(en) like $1 escape '\\'"
		" or sign like $1 escape '\\' or province like $1 escape '\\'"
		" order by level, court limit $2", "ti", court_pattern(ctx, words), limit), out, count);
}

static enum mc_err court_write(struct ctx *ctx, void *arg)
{
	const struct court *c = arg;
	return db_do(ctx,
		"insert into court (" COURT_COLUMNS ") values ($1, $2, $3, $4, $5, $6, $7, $8)"
		" on conflict (court) do update set parent = excluded.parent, level = excluded.level,"
		" sign = excluded.sign, zh = excluded.zh, en = excluded.en,"
		" province = excluded.province, calendar = excluded.calendar",
		"ttittttt", c->code, c->parent, (int64_t)c->level, c->sign, c->zh, c->en, c->province, c->calendar);
}

enum mc_err court_put(struct ctx *ctx, const struct court *court)
{
	if (!*court->code || !strcmp(court->code, COURT_NATION) || !*court->zh || !*court->en)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "court.incomplete", .field = "code" });
	struct court copy = *court;
	return db_together(ctx, court_write, &copy);
}

static enum mc_err court_write_all(struct ctx *ctx, void *arg)
{
	(void)arg;
	enum mc_err err = MC_OK;
	for (size_t i = 0; !err && i < sizeof court_table / sizeof *court_table; i++) {
		const struct court *c = &court_table[i];
		err = db_do(ctx,
			"insert into court (" COURT_COLUMNS ") values ($1, $2, $3, $4, $5, $6, $7, $8)"
			" on conflict (court) do nothing", "ttittttt", c->code, c->parent, (int64_t)c->level,
			c->sign, c->zh, c->en, c->province, c->calendar);
	}
	return err;
}

enum mc_err court_settle(struct ctx *ctx)
{
	return db_together(ctx, court_write_all, NULL);
}
