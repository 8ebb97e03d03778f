#include "sheet_day.h"
#include "arena.h"
#include "day.h"

#include <stdlib.h>
#include <string.h>

/* A day, and where it stands in its file. */
struct sheet_day_seen { int64_t day; const struct sheet_row *row; };

static int sheet_day_order(const void *a, const void *b)
{
	const struct sheet_day_seen *x = a, *y = b;
	return x->day != y->day ? (x->day < y->day ? -1 : 1) : x->row->line - y->row->line;
}

enum mc_err sheet_day_check(struct ctx *ctx, const struct sheet *sheet, const char *const *columns, size_t size,
			    enum mc_err (*read)(struct ctx *ctx, const struct sheet *sheet, const struct sheet_row *row, int64_t day, void *out),
			    void **out)
{
	enum mc_err err = sheet_needs(ctx, sheet, columns);
	if (err)
		return err;
	int column = sheet_column(sheet, columns[0]);
	struct sheet_day_seen *seen = arena_take(ctx->mem, (sheet->rows + 1) * sizeof *seen);
	char *made = arena_take(ctx->mem, (sheet->rows + 1) * size), *sorted = arena_take(ctx->mem, (sheet->rows + 1) * size);
	for (size_t i = 0; i < sheet->rows; i++) {
		const struct sheet_row *row = seen[i].row = &sheet->row[i];
		enum mc_err wrong = day_parse(sheet_cell(row, column), &seen[i].day)
			? read(ctx, sheet, row, seen[i].day, made + i * size)
			: sheet_fault(ctx, row, "almanac.date", sheet_cell(row, column), NULL);
		err = err ? err : wrong;
	}
	if (err)
		return err;
	qsort(seen, sheet->rows, sizeof *seen, sheet_day_order);
	for (size_t i = 0; i < sheet->rows; i++) {
		memcpy(sorted + i * size, made + (size_t)(seen[i].row - sheet->row) * size, size);
		if (i && seen[i].day == seen[i - 1].day)
			err = sheet_fault(ctx, seen[i].row, "almanac.twice", day_iso(ctx->mem, seen[i].day),
					  arena_print(ctx->mem, "%d", seen[i - 1].row->line));
	}
	*out = sorted;
	return err;
}
