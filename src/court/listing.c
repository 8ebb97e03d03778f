#include "listing.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/cursor.h"
#include "../law/cause.h"
#include "../store/db.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Which columns of its file a list is read from. Where none names the level and the line above,
 * they lie in the code itself. */
static const struct listing_rule {
	const char *word, *level, *parent[2], *mark;
	bool placed;            /* printed in the order of the file, not of the codes */
} listing_rules[LISTING_COUNT] = {
	[LISTING_CAUSES]    = { "causes", "level", { "parent" }, "label", true },
	[LISTING_CHARGES]   = { "charges", "level", { "parent" }, "label", true },
	[LISTING_TYPES]     = { "types", NULL, { NULL }, "type_daizi", false },
	[LISTING_DIVISIONS] = { "divisions", NULL, { "cityCode", "provinceCode" }, NULL, false },
};

const char *listing_word(enum listing list) { return listing_rules[list].word; }

/* -- checking ---------------------------------------------------------------------------- */

/* A line, and where it stands in its file. */
struct listing_seen { const struct listing_line *line; const struct sheet_row *row; };

static int listing_order(const void *a, const void *b)
{
	const struct listing_seen *x = a, *y = b;
	int order = strcmp(x->line->code, y->line->code);
	return order ? order : x->row->line - y->row->line;
}

static int listing_code_order(const void *code, const void *b)
{
	const struct listing_seen *seen = b;
	return strcmp(code, seen->line->code);
}

static bool listing_code_good(const char *code)
{
	size_t n = strlen(code);
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)code[i]) && !strchr(".-", code[i]))
			return false;
	return n && n <= 20;
}

static const char *listing_parent(struct ctx *ctx, enum listing list, const struct sheet *sheet, const struct sheet_row *row,
				  const char *code)
{
	const struct listing_rule *rule = &listing_rules[list];
	if (list == LISTING_TYPES)      /* 0103 lies under 0100 */
		return strlen(code) == 4 && strcmp(code + 2, "00") ? arena_print(ctx->mem, "%.2s00", code) : "";
	for (size_t i = 0; i < 2 && rule->parent[i]; i++)
		if (sheet_column(sheet, rule->parent[i]) >= 0)
			return sheet_cell(row, sheet_column(sheet, rule->parent[i]));
	return "";
}

/* 0 if it is none. */
static int listing_level(enum listing list, const struct sheet *sheet, const struct sheet_row *row,
			 const struct listing_line *line)
{
	if (list == LISTING_TYPES)
		return *line->parent ? 2 : 1;
	if (list == LISTING_DIVISIONS)
		return strlen(line->code) % 2 ? 0 : (int)strlen(line->code) / 2;
	const char *level = sheet_cell(row, sheet_column(sheet, listing_rules[list].level));
	return level[0] >= '1' && level[0] <= '9' && !level[1] ? level[0] - '0' : 0;
}

static enum mc_err listing_columns(struct ctx *ctx, enum listing list, const struct sheet *sheet)
{
	const struct listing_rule *rule = &listing_rules[list];
	return sheet_needs(ctx, sheet, (const char *const []){ "code", "name", rule->level, rule->placed ? "parent" : NULL, NULL });
}

static enum mc_err listing_read(struct ctx *ctx, enum listing list, const struct sheet *sheet, const struct sheet_row *row,
				struct listing_line *out)
{
	*out = (struct listing_line){ .code = sheet_cell(row, sheet_column(sheet, "code")),
		.name = sheet_cell(row, sheet_column(sheet, "name")),
		.mark = listing_rules[list].mark ? sheet_cell(row, sheet_column(sheet, listing_rules[list].mark)) : "" };
	enum mc_err err = MC_OK;
	if (!listing_code_good(out->code))
		err = sheet_fault(ctx, row, "listing.code", out->code, NULL);
	if (!*out->name)
		err = sheet_fault(ctx, row, "listing.name", out->code, NULL);
	out->parent = listing_parent(ctx, list, sheet, row, out->code);
	out->level = listing_level(list, sheet, row, out);
	if (!out->level)
		err = sheet_fault(ctx, row, "listing.level", out->code, NULL);
	/* The administrative causes (A) are another list than the civil ones, and stand before them. */
	out->place = !listing_rules[list].placed ? out->code
		   : arena_print(ctx->mem, "%c%06d", list == LISTING_CAUSES && *out->code != 'A' ? 'P' : 'A', row->line);
	return err;
}

static enum mc_err listing_above(struct ctx *ctx, enum listing list, const struct listing_seen *sorted, size_t count,
				 const struct listing_seen *seen)
{
	const struct listing_line *line = seen->line;
	if (!*line->parent)
		return line->level == 1 ? MC_OK : sheet_fault(ctx, seen->row, "listing.no_parent", line->code, NULL);
	const struct listing_seen *above = bsearch(line->parent, sorted, count, sizeof *sorted, listing_code_order);
	int level = above ? above->line->level : 0;
	if (!above) {
		struct row *r = db_ask(ctx, "select level from listing where court = $1 and list = $2 and code = $3", "ttt",
				       COURT_NATION, listing_word(list), line->parent);
		level = db_next(r) ? (int)db_int(r, 0) : 0;
		if (db_broken(r))
			return MC_STORE;
	}
	if (!level)
		return sheet_fault(ctx, seen->row, "listing.parent_unknown", line->code, line->parent);
	return level < line->level ? MC_OK : sheet_fault(ctx, seen->row, "listing.parent_level", line->code, line->parent);
}

enum mc_err listing_check(struct ctx *ctx, enum listing list, const struct sheet *sheet, struct listing_line **out)
{
	enum mc_err err = listing_columns(ctx, list, sheet);
	if (err)
		return err;
	struct listing_seen *sorted = arena_take(ctx->mem, (sheet->rows + 1) * sizeof *sorted);
	*out = arena_take(ctx->mem, (sheet->rows + 1) * sizeof **out);
	for (size_t i = 0; i < sheet->rows; i++) {
		enum mc_err wrong = listing_read(ctx, list, sheet, &sheet->row[i], &(*out)[i]);
		err = err ? err : wrong;
		sorted[i] = (struct listing_seen){ &(*out)[i], &sheet->row[i] };
	}
	qsort(sorted, sheet->rows, sizeof *sorted, listing_order);
	for (size_t i = 1; i < sheet->rows; i++)
		if (!strcmp(sorted[i].line->code, sorted[i - 1].line->code))
			err = sheet_fault(ctx, sorted[i].row, "listing.twice", sorted[i].line->code,
					  arena_print(ctx->mem, "%d", sorted[i - 1].row->line));
	for (size_t i = 0; i < sheet->rows; i++) {
		enum mc_err wrong = listing_above(ctx, list, sorted, sheet->rows, &(struct listing_seen){ &(*out)[i], &sheet->row[i] });
		err = err ? err : wrong;
	}
	return err;
}

/* -- writing and reading ------------------------------------------------------------------ */

enum mc_err listing_write(struct ctx *ctx, enum listing list, const struct listing_line *line, size_t count,
			  struct tally *tally)
{
	for (size_t i = 0; i < count; i++) {
		const struct listing_line *l = &line[i];
		enum mc_err err = db_do(ctx,
			"insert into listing (court, list, code, place, level, parent, name, mark)"
			" values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (court, list, code) do update set"
			" place = excluded.place, level = excluded.level, parent = excluded.parent, name = excluded.name,"
			" mark = excluded.mark where listing.place <> excluded.place or listing.level <> excluded.level"
			" or listing.parent <> excluded.parent or listing.name <> excluded.name or listing.mark <> excluded.mark",
			"ttttittt", COURT_NATION, listing_word(list), l->code, l->place, (int64_t)l->level, l->parent, l->name,
			l->mark);
		if (err)
			return err;
		tally_row(tally, db_changed(ctx));
	}
	return MC_OK;
}

static enum mc_err listing_rows(struct ctx *ctx, struct row *r, struct listing_line **out, size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = (struct listing_line){ .code = db_text(r, 0), .place = db_text(r, 1), .level = (int)db_int(r, 2),
			.parent = db_text(r, 3), .name = db_text(r, 4), .mark = db_text(r, 5) };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

#define LISTING_LINE "select code, place, level, parent, name, mark from listing where court = $1 and list = $2"

enum mc_err listing_page(struct ctx *ctx, enum listing list, const struct cursor *from, int64_t most,
			 struct listing_line **out, size_t *count)
{
	return listing_rows(ctx, from->back
		? db_ask(ctx, LISTING_LINE " and (place, code) < ($3, $4) order by place desc, code desc limit $5", "tttti",
			 COURT_NATION, listing_word(list), from->key, from->id, most)
		: db_ask(ctx, LISTING_LINE " and (place, code) > ($3, $4) order by place, code limit $5", "tttti",
			 COURT_NATION, listing_word(list), from->key, from->id, most), out, count);
}

enum mc_err listing_use(struct ctx *ctx)
{
	struct listing_line *line;
	size_t count;
	enum mc_err err = listing_rows(ctx, db_ask(ctx,
		"select code, place, level, parent, name, mark from listing where court = $1 and list = $2"
		" and place >= 'P' and place < 'Q' order by place, code", "tt", COURT_NATION, listing_word(LISTING_CAUSES)),
		&line, &count);
	if (err || !count)
		return err;
	struct cause *cause = arena_take(ctx->mem, count * sizeof *cause);
	for (size_t i = 0; i < count; i++)
		cause[i] = (struct cause){ .code = line[i].code, .parent = line[i].parent, .level = line[i].level,
					   .name = { line[i].name, line[i].name } };
	cause_use(cause, count);
	return MC_OK;
}
