/* sheet: a table as offices exchange it: UTF-8, one row a line, the first line names the
 * columns, with tabs between the cells (TSV) or with commas and quotes (CSV, RFC 4180).
 * Which of the two it is, its first line tells. Every mistake names its line. Pure. */
#ifndef MC_SHEET_H
#define MC_SHEET_H
#include "ctx.h"

#include <stddef.h>

enum { SHEET_COLUMNS = 32, SHEET_FAULTS = 20 };

struct sheet_row {
	int line;               /* in the file, from 1; of a row with line breaks in quotes its first */
	const char **cell;      /* as many as there are columns, without blanks at the ends */
};

struct sheet {
	const char *column[SHEET_COLUMNS];
	int columns;
	struct sheet_row *row;
	size_t rows;
};

/* Takes the bytes apart; they are kept as they are. MC_INVALID with "sheet.*" for what is no
 * table: no text, more cells than columns (missing ones at the end are
 * empty), a column twice, a quote left open. */
enum mc_err sheet_read(struct ctx *ctx, const char *bytes, size_t size, struct sheet *out);

/* Which column has this name, -1 if none. */
int sheet_column(const struct sheet *sheet, const char *name);

/* MC_INVALID "sheet.no_column" for each of these columns (ended by NULL) that the table does not have. */
enum mc_err sheet_needs(struct ctx *ctx, const struct sheet *sheet, const char *const *columns);

/* The cell of a row in a column, "" where there is no such column (-1). */
const char *sheet_cell(const struct sheet_row *row, int column);

/* A mistake in a line: key's {1} is the line, {2} and {3} are what and why. Returns MC_INVALID. A long
 * file may have many: after SHEET_FAULTS reasons no more are kept. */
enum mc_err sheet_fault(struct ctx *ctx, const struct sheet_row *row, const char *key, const char *what, const char *why);

#endif
