/* Whatever bytes come as an official list: rows with as many cells of well-formed text as
 * there are columns, or a reason with a line. */
#include "base/arena.h"
#include "base/sheet.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct ctx ctx = { .mem = arena_begin() };
	struct sheet sheet;
	if (sheet_read(&ctx, (const char *)bytes, n, &sheet))
		assert(ctx.why && ctx.why->key && ctx.why->arg[0]);
	else
		assert(sheet.rows && sheet.columns && sheet.columns <= SHEET_COLUMNS);
	for (size_t i = 0; !ctx.why && i < sheet.rows; i++) {
		assert(sheet.row[i].line > 1 && (!i || sheet.row[i].line > sheet.row[i - 1].line));
		for (int c = 0; c < sheet.columns; c++)
			assert(text_valid(sheet.row[i].cell[c], strlen(sheet.row[i].cell[c])));
	}
	arena_end(ctx.mem);
	return 0;
}
