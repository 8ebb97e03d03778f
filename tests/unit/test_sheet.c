#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/sheet.h"

static struct ctx ctx;

static enum mc_err test_sheet_read(const char *bytes, size_t size, struct sheet *out)
{
	ctx_forget(&ctx);
	return sheet_read(&ctx, bytes, size, out);
}

/* What is no table, why, and in which line. */
static const struct { const char *bytes, *key, *line; } faulty[] = {
	{ "", "sheet.empty", "1" },
	{ "a\tb\n", "sheet.empty", "1" },
	{ "a\tb\n\n\n", "sheet.empty", "1" },
	{ "a\ta\n1\t2\n", "sheet.column_twice", "1" },
	{ "a\tb\n1\t2\n1\t2\t3\n", "sheet.cells", "3" },
	{ "a,b\n1,\"2\n3,4\n", "sheet.quote", "2" },
	{ "a\tb\n1\t2\n1\t\xff\n", "sheet.text", "3" },
	{ "a\xe4\tb\n1\t2\n", "sheet.text", "1" },
	{ "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33\nx\n", "sheet.columns", "1" },
};

static void test_sheet_tables(void)
{
	struct sheet s;
	const char tsv[] = "code\tname\tmark\n1\t 买卖 \t\"x\"\r\n\n2\t二\n";
	CHECK(!test_sheet_read(tsv, sizeof tsv - 1, &s));
	CHECK_INT(s.columns, 3);
	CHECK_INT(s.rows, 2);
	CHECK_TEXT(sheet_cell(&s.row[0], sheet_column(&s, "name")), "买卖");
	CHECK_TEXT(sheet_cell(&s.row[0], 2), "\"x\"");         /* quotes mean nothing between tabs */
	CHECK_INT(s.row[0].line, 2);
	CHECK_INT(s.row[1].line, 4);
	CHECK_TEXT(sheet_cell(&s.row[1], 2), "");               /* left out at the end */
	CHECK_INT(sheet_column(&s, "nothing"), -1);
	CHECK_TEXT(sheet_cell(&s.row[1], -1), "");

	const char csv[] = "\xef\xbb\xbf" "code,name\r\n11,\"北京,\"\"首都\"\"\n市\"\r\n12,天津市";
	CHECK(!test_sheet_read(csv, sizeof csv - 1, &s));
	CHECK_TEXT(s.column[0], "code");
	CHECK_INT(s.rows, 2);
	CHECK_TEXT(s.row[0].cell[1], "北京,\"首都\"\n市");
	CHECK_INT(s.row[1].line, 4);
	CHECK_TEXT(s.row[1].cell[1], "天津市");

	const char one[] = "day\n2026-10-01\n";
	CHECK(!test_sheet_read(one, sizeof one - 1, &s));
	CHECK_INT(s.rows, 1);
}

/* A long file with many mistakes tells the first twenty. */
static void test_sheet_many(void)
{
	struct sheet_row row = { .line = 7 };
	int count = 0;
	ctx_forget(&ctx);
	for (int i = 0; i < 100; i++)
		CHECK_INT(sheet_fault(&ctx, &row, "sheet.text", NULL, NULL), MC_INVALID);
	for (const struct why *why = ctx.why; why; why = why->next)
		count++;
	CHECK_INT(count, SHEET_FAULTS);
}

int main(void)
{
	ctx = (struct ctx){ .mem = arena_begin() };
	test_sheet_tables();
	for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
		struct sheet s;
		CHECK_INT(test_sheet_read(faulty[i].bytes, strlen(faulty[i].bytes), &s), MC_INVALID);
		check_text(ctx.why ? ctx.why->key : "", faulty[i].key, __FILE__, __LINE__, faulty[i].bytes);
		check_text(ctx.why ? ctx.why->arg[0] : "", faulty[i].line, __FILE__, __LINE__, faulty[i].key);
	}
	struct sheet s;
	CHECK_INT(test_sheet_read("a\tb\n1\0\t2\n", 9, &s), MC_INVALID);
	CHECK_TEXT(ctx.why->key, "sheet.text");
	test_sheet_many();
	arena_end(ctx.mem);
	return check_end();
}
