/* The word for a place in a list: what was packed is read, and nothing else. */
#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/cursor.h"

#include <stdint.h>
#include <string.h>

static void test_cursor_both(struct ctx *ctx)
{
	static const struct cursor all[] = {
		{ false, 0, "", "d000500" }, { true, 0, "", "x" }, { false, INT64_MAX, "", "1m1d9cre04frt0d21d70" },
		{ true, INT64_MIN, "王芳", "w1" }, { false, -1, "+-'\";--%", "a b" }, { false, 7, NULL, "~" },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct cursor out;
		const char *word = cursor_pack(ctx, &all[i]);
		CHECK_INT(strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"), strlen(word));
		CHECK(!cursor_read(ctx, word, &out));
		CHECK_INT(out.back, all[i].back);
		CHECK_INT(out.at, all[i].at);
		CHECK_TEXT(out.key, all[i].key ? all[i].key : "");
		CHECK_TEXT(out.id, all[i].id);
	}
}

static void test_cursor_refused(struct ctx *ctx)
{
	const char *good = cursor_pack(ctx, &(struct cursor){ .at = 12, .key = "k", .id = "id" });      /* +12 LF k LF id */
	const char *all[] = {
		"d000500", "?", "KzA", "KzAKCg" /* no id */, "KzAwCgph" /* 00 */, "KjAKCmE" /* neither + nor - */,
		"KyAwCgph" /* + and a space */, "KzAKCmEA" /* NUL */, "KzAKCv8" /* not UTF-8 */, "KzAKCmE=" /* padded */,
		"KzAKCmF" /* bits left over */, arena_print(ctx->mem, "%s ", good), arena_print(ctx->mem, " %s", good),
		arena_print(ctx->mem, "%.*s", (int)strlen(good) - 3, good),
		cursor_pack(ctx, &(struct cursor){ .key = arena_print(ctx->mem, "%0700d", 1), .id = "x" }),
		"KzkyMjMzNzIwMzY4NTQ3NzU4MDgKCmE" /* 2^63 */,
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct cursor out;
		CHECK_INT(cursor_read(ctx, all[i], &out), MC_INVALID);
		CHECK_TEXT(ctx->why->key, "cursor.unknown");
		ctx_forget(ctx);
		CHECK_TEXT(out.id, "");
	}
	struct cursor out = { .id = "x" };
	CHECK(!cursor_read(ctx, "", &out));
	CHECK_TEXT(out.id, "");
}

static void test_cursor_cut(void)
{
	static const struct { struct cursor from; size_t read; const char *shown; bool before, after; } rows[] = {
		{ { .id = "" }, 0, "", false, false }, { { .id = "" }, 3, "123", false, false }, { { .id = "" }, 4, "123", false, true },
		{ { .id = "a" }, 2, "12", true, false }, { { .id = "a" }, 4, "123", true, true },
		{ { .id = "a", .back = true }, 2, "21", false, true }, { { .id = "a", .back = true }, 4, "321", true, true },
		{ { .id = "a", .back = true }, 0, "", false, true },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char list[] = "1234";
		size_t count = rows[i].read;
		struct cursor_sides sides = cursor_cut(&rows[i].from, list, &count, 1, 3);
		list[count] = '\0';
		CHECK_TEXT(list, rows[i].shown);
		CHECK_INT(sides.before, rows[i].before);
		CHECK_INT(sides.after, rows[i].after);
	}
}

int main(void)
{
	struct ctx ctx = { .mem = arena_begin(), .person = "" };
	test_cursor_both(&ctx);
	test_cursor_refused(&ctx);
	test_cursor_cut();
	arena_end(ctx.mem);
	return check_end();
}
