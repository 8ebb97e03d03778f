#include "roster.h"
#include "../base/arena.h"
#include "../store/db.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct roster_seen { const struct court *court; const struct sheet_row *row; };

static int roster_order(const void *a, const void *b)
{
	const struct roster_seen *x = a, *y = b;
	int order = strcmp(x->court->code, y->court->code);
	return order ? order : x->row->line - y->row->line;
}

static int roster_sign_order(const void *a, const void *b)
{
	const struct roster_seen *x = a, *y = b;
	int order = strcmp(x->court->sign, y->court->sign);
	return order ? order : x->row->line - y->row->line;
}

static int roster_code_order(const void *code, const void *b)
{
	const struct roster_seen *seen = b;
	return strcmp(code, seen->court->code);
}

static bool roster_code_good(const char *code)
{
	for (size_t i = 0; code[i]; i++)
		if (!isupper((unsigned char)code[i]) && !isdigit((unsigned char)code[i]))
			return false;
	return *code && strlen(code) <= 8 && strcmp(code, COURT_NATION) != 0;
}

/* Courts of a special kind rank as the list says, but are named as the program knows them. */
static enum court_level roster_level(const char *words, const struct court *stated)
{
	int level = words[0] >= '1' && words[0] <= '4' && !words[1] ? words[0] - '0' : 0;
	return stated && stated->level == COURT_SPECIAL && level == COURT_INTERMEDIATE ? COURT_SPECIAL : (enum court_level)level;
}

static enum mc_err roster_read(struct ctx *ctx, const struct sheet *sheet, const struct sheet_row *row, struct court *out)
{
	const char *code = sheet_cell(row, sheet_column(sheet, "code")), *zh = sheet_cell(row, sheet_column(sheet, "name"));
	const struct court *stated = court_stated(code, zh);
	enum mc_err err = MC_OK;
	*out = (struct court){
		.code = !*code && stated ? stated->code : code, .zh = zh, .en = stated ? stated->en : "",
		.parent = sheet_cell(row, sheet_column(sheet, "parent")), .sign = sheet_cell(row, sheet_column(sheet, "daizi")),
		.province = sheet_cell(row, sheet_column(sheet, "province")), .calendar = "national",
		.level = roster_level(sheet_cell(row, sheet_column(sheet, "level")), stated),
	};
	if (!*out->code)
		err = sheet_fault(ctx, row, "roster.no_code", zh, NULL);
	else if (!roster_code_good(out->code))
		err = sheet_fault(ctx, row, "listing.code", code, NULL);
	if (!*zh)
		err = sheet_fault(ctx, row, "listing.name", code, NULL);
	if (!out->level)
		err = sheet_fault(ctx, row, "roster.level", code, NULL);
	return err;
}

/* What a level is worth: the special courts rank with the intermediate ones. */
static int roster_rank(enum court_level level) { return level == COURT_SPECIAL ? COURT_INTERMEDIATE : (int)level; }

static enum mc_err roster_above(struct ctx *ctx, const struct roster_seen *sorted, size_t count, const struct roster_seen *seen)
{
	const struct court *c = seen->court;
	struct court above = { .code = "" };
	if (!*c->parent)
		return c->level == COURT_SUPREME ? MC_OK : sheet_fault(ctx, seen->row, "listing.no_parent", c->code, NULL);
	const struct roster_seen *found = bsearch(c->parent, sorted, count, sizeof *sorted, roster_code_order);
	struct why *before = ctx->why;
	enum mc_err err = found ? MC_OK : court_load(ctx, c->parent, &above);
	if (err == MC_UNKNOWN) {
		ctx->why = before;
		return sheet_fault(ctx, seen->row, "listing.parent_unknown", c->code, c->parent);
	}
	if (err)
		return err;
	above = found ? *found->court : above;
	return roster_rank(above.level) < roster_rank(c->level) ? MC_OK
		: sheet_fault(ctx, seen->row, "listing.parent_level", c->code, c->parent);
}

static enum mc_err roster_twice(struct ctx *ctx, struct roster_seen *seen, size_t count)
{
	enum mc_err err = MC_OK;
	qsort(seen, count, sizeof *seen, roster_sign_order);
	for (size_t i = 1; i < count; i++)
		if (*seen[i].court->sign && !strcmp(seen[i].court->sign, seen[i - 1].court->sign))
			err = sheet_fault(ctx, seen[i].row, "roster.sign", seen[i].court->sign, seen[i - 1].court->zh);
	qsort(seen, count, sizeof *seen, roster_order);
	for (size_t i = 1; i < count; i++)
		if (!strcmp(seen[i].court->code, seen[i - 1].court->code))
			err = sheet_fault(ctx, seen[i].row, "listing.twice", seen[i].court->code,
					  arena_print(ctx->mem, "%d", seen[i - 1].row->line));
	return err;
}

static enum mc_err roster_columns(struct ctx *ctx, const struct sheet *sheet)
{
	static const char *const wanted[] = { "code", "name", "level", "parent", "province", "daizi", NULL };
	return sheet_needs(ctx, sheet, wanted);
}

enum mc_err roster_check(struct ctx *ctx, const struct sheet *sheet, struct court **out)
{
	enum mc_err err = roster_columns(ctx, sheet);
	if (err)
		return err;
	struct roster_seen *sorted = arena_take(ctx->mem, (sheet->rows + 1) * sizeof *sorted);
	*out = arena_take(ctx->mem, (sheet->rows + 1) * sizeof **out);
	for (size_t i = 0; i < sheet->rows; i++) {
		enum mc_err wrong = roster_read(ctx, sheet, &sheet->row[i], &(*out)[i]);
		err = err ? err : wrong;
		sorted[i] = (struct roster_seen){ &(*out)[i], &sheet->row[i] };
	}
	enum mc_err twice = roster_twice(ctx, sorted, sheet->rows);
	err = err ? err : twice;
	for (size_t i = 0; i < sheet->rows && err != MC_STORE; i++) {
		enum mc_err wrong = roster_above(ctx, sorted, sheet->rows, &(struct roster_seen){ &(*out)[i], &sheet->row[i] });
		err = wrong ? wrong : err;
	}
	return err;
}

enum mc_err roster_write(struct ctx *ctx, const struct court *court, size_t count, struct tally *tally)
{
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < count && !err; i++) {
		struct court known;
		struct why *before = ctx->why;
		/* What somebody has entered by hand and the list does not say stays. */
		struct court c = court[i];
		err = court_load(ctx, c.code, &known);
		bool fresh = err == MC_UNKNOWN;
		if (err && !fresh)
			return err;
		ctx->why = before;
		if (!fresh && !*c.en)
			c.en = known.en;
		if (!fresh)
			c.calendar = known.calendar;
		bool same = !fresh && !strcmp(c.parent, known.parent) && c.level == known.level && !strcmp(c.sign, known.sign) &&
			    !strcmp(c.zh, known.zh) && !strcmp(c.en, known.en) && !strcmp(c.province, known.province);
		err = same ? MC_OK : court_enter(ctx, &c);
		if (!err)
			tally_row(tally, !same);
	}
	return err;
}
