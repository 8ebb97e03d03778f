#include "sheet.h"
#include "arena.h"
#include "text.h"

#include <string.h>

struct sheet_reader {
	struct ctx *ctx;
	const char *at, *end;
	char between;           /* a tab or a comma */
	int line;
};

enum mc_err sheet_fault(struct ctx *ctx, const struct sheet_row *row, const char *key, const char *what, const char *why)
{
	int count = 0;
	for (const struct why *w = ctx->why; w; w = w->next)
		count++;
	if (count >= SHEET_FAULTS)
		return MC_INVALID;
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key,
		.arg = { arena_print(ctx->mem, "%d", row->line), what, why } });
}

static enum mc_err sheet_wrong(const struct sheet_reader *r, int line, const char *key, const char *what, const char *why)
{
	return sheet_fault(r->ctx, &(struct sheet_row){ .line = line }, key, what, why);
}

/* What stands between quotes; "" is one of them (RFC 4180, 2.7). */
static enum mc_err sheet_quoted(struct sheet_reader *r, struct text *cell)
{
	int begun = r->line;
	for (r->at++; r->at < r->end; r->at++) {
		if (*r->at == '"' && (r->at + 1 == r->end || r->at[1] != '"')) {
			r->at++;
			return MC_OK;
		}
		r->at += *r->at == '"';
		r->line += *r->at == '\n';
		text_add_n(cell, r->at, 1);
	}
	return sheet_wrong(r, begun, "sheet.quote", NULL, NULL);
}

/* One cell, up to the sign after it. */
static enum mc_err sheet_take(struct sheet_reader *r, const char **out)
{
	struct text cell = text_begin(r->ctx->mem);
	enum mc_err err = MC_OK;
	if (r->between == ',' && r->at < r->end && *r->at == '"')
		err = sheet_quoted(r, &cell);
	const char *from = r->at;
	while (r->at < r->end && *r->at != r->between && *r->at != '\n')
		r->at++;
	text_add_n(&cell, from, (size_t)(r->at - from));
	if (cell.size && cell.bytes[cell.size - 1] == '\r')
		cell.size--;
	*out = text_trim(r->ctx->mem, text_end(&cell));
	return err;
}

/* The cells of one line; *count is how many there were, also of those beyond the room. */
static enum mc_err sheet_line(struct sheet_reader *r, const char **cell, int *count)
{
	enum mc_err err = MC_OK;
	const char *beyond;
	for (*count = 0; !err;) {
		err = sheet_take(r, *count < SHEET_COLUMNS ? &cell[*count] : &beyond);
		(*count)++;
		if (r->at == r->end || *r->at++ == '\n')
			break;
	}
	return err;
}

static enum mc_err sheet_head(struct sheet_reader *r, struct sheet *out)
{
	int count;
	size_t first = strcspn(r->at, "\n");
	r->between = memchr(r->at, '\t', first) ? '\t' : ',';
	enum mc_err err = sheet_line(r, out->column, &count);
	if (!err && count > SHEET_COLUMNS)
		return sheet_wrong(r, 1, "sheet.columns", arena_print(r->ctx->mem, "%d", SHEET_COLUMNS), NULL);
	out->columns = count;
	for (int i = 0; i < count && !err; i++)
		if (sheet_column(out, out->column[i]) != i)
			err = sheet_wrong(r, 1, "sheet.column_twice", out->column[i], NULL);
	return err;
}

static enum mc_err sheet_rows(struct sheet_reader *r, struct sheet *out)
{
	size_t room = 0;
	enum mc_err err = MC_OK;
	while (r->at < r->end) {
		const char *cell[SHEET_COLUMNS];
		struct sheet_row row = { .line = ++r->line };
		int count;
		enum mc_err wrong = sheet_line(r, cell, &count);
		if (!wrong && count == 1 && !*cell[0])
			continue;               /* an empty line */
		/* Spreadsheets drop empty cells at the end of a line. */
		for (; count < out->columns; count++)
			cell[count] = "";
		if (!wrong && count > out->columns)
			wrong = sheet_wrong(r, row.line, "sheet.cells", arena_print(r->ctx->mem, "%d", count),
					    arena_print(r->ctx->mem, "%d", out->columns));
		err = err ? err : wrong;
		if (err)
			continue;
		row.cell = arena_take(r->ctx->mem, (size_t)count * sizeof *row.cell);
		memcpy(row.cell, cell, (size_t)count * sizeof *row.cell);
		out->row = arena_room(r->ctx->mem, out->row, out->rows, &room, sizeof *out->row);
		out->row[out->rows++] = row;
	}
	return err;
}

/* The line in which the text stops being UTF-8, 0 if it never does. */
static int sheet_unreadable(const char *bytes, size_t size)
{
	int line = 1;
	for (size_t at = 0; at < size; line++) {
		const char *end = memchr(bytes + at, '\n', size - at);
		size_t n = (end ? (size_t)(end - bytes) : size) - at;
		if (!text_valid(bytes + at, n))
			return line;
		at += n + 1;
	}
	return 0;
}

enum mc_err sheet_read(struct ctx *ctx, const char *bytes, size_t size, struct sheet *out)
{
	/* Spreadsheets put a byte order mark first. */
	size_t mark = size >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
	char *copy = arena_take(ctx->mem, size - mark + 1);
	memcpy(copy, bytes + mark, size - mark);
	struct sheet_reader r = { .ctx = ctx, .at = copy, .end = copy + size - mark, .line = 1 };
	*out = (struct sheet){ .columns = 0 };
	int broken = sheet_unreadable(copy, size - mark);
	if (broken)
		return sheet_wrong(&r, broken, "sheet.text", NULL, NULL);
	if (r.at == r.end)
		return sheet_wrong(&r, 1, "sheet.empty", NULL, NULL);
	enum mc_err err = sheet_head(&r, out);
	if (!err)
		err = sheet_rows(&r, out);
	return !err && !out->rows ? sheet_wrong(&r, 1, "sheet.empty", NULL, NULL) : err;
}

int sheet_column(const struct sheet *sheet, const char *name)
{
	for (int i = 0; i < sheet->columns; i++)
		if (!strcmp(sheet->column[i], name))
			return i;
	return -1;
}

const char *sheet_cell(const struct sheet_row *row, int column) { return column < 0 ? "" : row->cell[column]; }

enum mc_err sheet_needs(struct ctx *ctx, const struct sheet *sheet, const char *const *columns)
{
	enum mc_err err = MC_OK;
	for (; *columns; columns++)
		if (sheet_column(sheet, *columns) < 0)
			err = sheet_fault(ctx, &(struct sheet_row){ .line = 1 }, "sheet.no_column", *columns, NULL);
	return err;
}
