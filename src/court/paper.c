#include "paper.h"
#include "court.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/digest.h"
#include "../base/embed.h"
#include "../base/money.h"
#include "../base/text.h"
#include "../law/cause.h"
#include "../store/db.h"

#include <assert.h>
#include <string.h>

extern const struct embed paper_embed[];

static const char *paper_template(struct ctx *ctx, enum paper_kind kind)
{
	const char *name = arena_print(ctx->mem, "%s.txt", rule_paper(kind)->code);
	for (const struct embed *e = paper_embed; e->name; e++) {
		const char *slash = strrchr(e->name, '/');
		if (!strcmp(slash ? slash + 1 : e->name, name)) {
			struct text t = text_begin(ctx->mem);
			text_add_n(&t, (const char *)e->bytes, e->size);
			return text_end(&t);
		}
	}
	assert(!"a kind of paper without words");
	return "";
}

static const char *paper_value(struct ctx *ctx, const struct form *values, const char *group, int row, const char *name)
{
	if (*group && !strcmp(name, "n"))
		return arena_print(ctx->mem, "%d", row);
	const char *value = *group ? form_at(values, group, row, name) : "";
	return *value ? value : form_get(values, name);
}

/* A value stays text, whoever typed it: no line of it can begin with a mark. */
static void paper_put(struct text *t, const char *value)
{
	for (const char *c = value; *c; c++) {
		bool begins = !t->size || t->bytes[t->size - 1] == '\n';
		if (begins && strchr("#=->", *c))
			text_add(t, "　");
		if (*c == '\n')
			text_add(t, "\n　　");
		else if (*c != '\r')
			text_add_n(t, c, 1);
	}
}

static void paper_line(struct ctx *ctx, struct text *t, const char *line, size_t n, const struct form *values,
		       const char *group, int row)
{
	for (size_t i = 0; i < n; i++) {
		const char *end = line[i] == '{' ? memchr(line + i, '}', n - i) : NULL;
		if (!end) {
			text_add_n(t, line + i, 1);
			continue;
		}
		struct text name = text_begin(ctx->mem);
		text_add_n(&name, line + i + 1, (size_t)(end - line) - i - 1);
		paper_put(t, paper_value(ctx, values, group, row, text_end(&name)));
		i = (size_t)(end - line);
	}
	text_add(t, "\n");
}

const char *paper_fill(struct ctx *ctx, const char *template, const struct form *values)
{
	struct text out = text_begin(ctx->mem);
	while (*template) {
		size_t n = strcspn(template, "\n"), word = strcspn(template, " \n");
		const char *line = template;
		template += n + (template[n] == '\n');
		struct text name = text_begin(ctx->mem);
		if (n && (*line == '?' || *line == '*') && word < n) {
			text_add_n(&name, line + 1, word - 1);
			const char *what = text_end(&name), *rest = line + word + 1;
			size_t left = n - word - 1;
			if (*line == '?' && *form_get(values, what))
				paper_line(ctx, &out, rest, left, values, "", 0);
			else if (*line == '*')
				for (int row = 1, rows = form_rows(values, what); row <= rows; row++)
					paper_line(ctx, &out, rest, left, values, what, row);
		} else {
			paper_line(ctx, &out, line, n, values, "", 0);
		}
	}
	return text_end(&out);
}

static void paper_party(struct ctx *ctx, struct form *values, const char *group, int row, const struct party *p)
{
	form_set_at(values, group, row, "name", p->name);
	form_set_at(values, group, row, "address", p->address);
	form_set_at(values, group, row, "identity", p->identity);
	form_set_at(values, group, row, "description", strcmp(p->kind, "organisation")
		? arena_print(ctx->mem, "%s，住%s。", p->name, p->address)
		: arena_print(ctx->mem, "%s，住所地%s。%s%s%s", p->name, p->address, *p->representative ? "法定代表人（负责人）：" : "",
			      p->representative, *p->representative ? "。" : ""));
}

enum mc_err paper_values(struct ctx *ctx, const struct docket *d, struct form **out)
{
	struct form *v = *out = form_begin(ctx->mem);
	struct court court, desk;
	enum mc_err err = court_load(ctx, d->court, &court);
	if (!err)
		err = court_load(ctx, d->desk, &desk);
	if (err)
		return err;
	const struct cause *cause = cause_find(d->cause);
	form_set(v, "court", court.zh);
	form_set(v, "desk", desk.zh);
	form_set(v, "number", d->number);
	form_set(v, "cause", cause ? cause->name[LANG_ZH] : d->cause);
	form_set(v, "facts", d->facts);
	form_set(v, "plaintiffs", docket_names(ctx, d, SIDE_PLAINTIFF));
	form_set(v, "defendants", docket_names(ctx, d, SIDE_DEFENDANT));
	form_set(v, "process", strcmp(d->process, "summary") ? "普通程序" : "简易程序");
	form_set(v, "judge", *d->judge ? person_name(ctx, d->judge) : "");
	form_set(v, "today", day_paper(ctx->mem, day_of(ctx->now)));
	form_set(v, "now", day_time_say(ctx->mem, LANG_ZH, ctx->now));
	form_set(v, "filed", day_say(ctx->mem, LANG_ZH, day_of(d->filed)));
	if (d->registered)
		form_set(v, "registered", day_say(ctx->mem, LANG_ZH, day_of(d->registered)));
	int plaintiffs = 0, defendants = 0, claims = 0;
	for (size_t i = 0; i < d->parties_count; i++) {
		bool sues = d->parties[i].side == SIDE_PLAINTIFF;
		paper_party(ctx, v, sues ? "plaintiff" : "defendant", sues ? ++plaintiffs : ++defendants, &d->parties[i]);
	}
	struct row *r = db_ask(ctx, "select words, amount from claim where court = $1 and docket = $2 order by number",
			       "tt", d->court, d->id);
	while (db_next(r)) {
		form_set_at(v, "claims", ++claims, "words", db_text(r, 0));
		form_set_at(v, "claims", claims, "amount",
			    db_int(r, 1) ? arena_print(ctx->mem, "（%s元）", money_say(ctx->mem, db_int(r, 1))) : "");
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err paper_write(struct ctx *ctx, const struct docket *d, enum paper_kind kind,
			const struct form *values, int entry, struct paper *out)
{
	const char *body = paper_fill(ctx, paper_template(ctx, kind), values);
	*out = (struct paper){ .entry = entry, .kind = kind, .title = rule_paper(kind)->title[LANG_ZH], .body = body,
		.digest = digest_of(ctx->mem, body, strlen(body)), .at = ctx->now };
	enum mc_err err = docket_next(ctx, d, SERIES_PAPER, &out->number);
	if (err)
		return err;
	return db_do(ctx,
		"insert into paper (court, docket, number, kind, title, entry, body, digest, at)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", "ttittitti", d->court, d->id, (int64_t)out->number,
		rule_paper(kind)->code, out->title, (int64_t)entry, body, out->digest, ctx->now);
}

static enum paper_kind paper_kind(const char *code)
{
	for (enum paper_kind k = PAPER_NONE + 1; k < PAPER_COUNT; k++)
		if (!strcmp(rule_paper(k)->code, code))
			return k;
	assert(!"a kind of paper that the table does not know");
	return PAPER_NONE;
}

static struct paper paper_row(struct row *r)
{
	return (struct paper){ (int)db_int(r, 0), (int)db_int(r, 1), paper_kind(db_text(r, 2)), db_text(r, 3),
		db_text(r, 4), db_text(r, 5), db_int(r, 6) };
}

enum mc_err paper_load(struct ctx *ctx, const struct docket *d, int number, struct paper *out)
{
	struct row *r = db_ask(ctx, "select number, entry, kind, title, body, digest, at from paper"
		" where court = $1 and docket = $2 and number = $3", "tti", d->court, d->id, (int64_t)number);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "paper.unknown" });
	*out = paper_row(r);
	return MC_OK;
}

enum mc_err paper_newest(struct ctx *ctx, const struct docket *d, enum paper_kind kind, struct paper *out)
{
	struct row *r = db_ask(ctx, "select number, entry, kind, title, body, digest, at from paper"
		" where court = $1 and docket = $2 and kind = $3 order by number desc limit 1", "ttt", d->court, d->id,
		rule_paper(kind)->code);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_UNKNOWN;
	*out = paper_row(r);
	return MC_OK;
}

enum mc_err paper_list(struct ctx *ctx, const struct docket *d, struct paper **out, size_t *count)
{
	struct row *n = db_ask(ctx, "select count(*) from paper where court = $1 and docket = $2", "tt", d->court, d->id);
	size_t room = db_next(n) ? (size_t)db_int(n, 0) : 0;
	*out = arena_take(ctx->mem, (room + 1) * sizeof **out);
	*count = 0;
	struct row *r = db_ask(ctx, "select number, entry, kind, title, '', digest, at from paper"
		" where court = $1 and docket = $2 order by number desc", "tt", d->court, d->id);
	while (*count < room && db_next(r))
		(*out)[(*count)++] = paper_row(r);
	return db_broken(r) || db_broken(n) ? MC_STORE : MC_OK;
}
