/* The arena as it is in production, whatever this is built with: other tests see
 * the one of the address sanitizer, in which every piece is a block of its own. */
#define ARENA_BLOCK 16384
#define ARENA_STEP alignof(max_align_t)
#include "base/arena.c"

#include "check.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static int closed, order[3];

static void test_arena_close(void *what) { order[closed++] = *(int *)what; }

static void test_arena_pieces(void)
{
	struct arena *mem = arena_begin();
	for (size_t size = 0; size < 40000; size = size * 2 + 1) {
		unsigned char *p = arena_take(mem, size);
		CHECK((uintptr_t)p % 16 == 0);
		size_t bad = 0;
		for (size_t i = 0; i < size; i++)
			bad += p[i] != 0;
		CHECK_INT(bad, 0);
		memset(p, 0xff, size);
	}
	char *copy = arena_copy(mem, "诉");
	CHECK_TEXT(copy, "诉");
	CHECK_TEXT(arena_print(mem, "%s-%d", "a", 7), "a-7");
	CHECK_TEXT(arena_print(mem, "%s", ""), "");
	for (int n = 1; n < 70000; n = n * 2 + 1) {     /* across the ends of blocks */
		char *wide = arena_print(mem, "%*d", n, 7), *after = arena_print(mem, "%d", n);
		CHECK_INT(strlen(wide), n);
		CHECK(wide[n - 1] == '7' && (wide + n < after || after + strlen(after) < wide));
	}
	arena_end(mem);
}

static void test_arena_grow(void)
{
	struct arena *mem = arena_begin();
	char *p = arena_more(mem, NULL, 0, 10);
	memcpy(p, "123456789", 10);
	for (size_t room = 10, size = 20; size < 200000; room = size, size *= 2) {
		p = arena_more(mem, p, room, size);
		memset(p + room, 'x', size - room);
		if (size == 160)
			arena_take(mem, 3);     /* p is no longer the last */
		CHECK_TEXT(p, "123456789");
	}
	arena_end(mem);
}

static void test_arena_closers(void)
{
	static int one = 1, two = 2, three = 3;
	struct arena *mem = arena_begin();
	arena_closer(mem, test_arena_close, &one);
	arena_closer(mem, test_arena_close, &two);
	arena_closer(mem, test_arena_close, &three);
	arena_end(mem);
	CHECK_INT(closed, 3);
	CHECK(order[0] == 3 && order[1] == 2 && order[2] == 1);
}

/* A child takes more than the ceiling: it aborts, and only then. */
static int test_arena_dies(size_t max, size_t take)
{
	fflush(stdout);
	pid_t child = fork();
	if (!child) {
		signal(SIGABRT, SIG_DFL);
		if (!freopen("/dev/null", "w", stderr))
			_exit(9);
		struct arena *mem = arena_begin_ceiling(max);
		for (size_t got = 0; got < take; got += 1000)
			arena_take(mem, 1000);
		_exit(0);
	}
	int status = 0;
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void test_arena_list(void)
{
	struct arena *mem = arena_begin();
	size_t room = 0, right = 0;
	int *list = NULL;
	for (size_t i = 0; i < 1000; i++) {
		list = arena_room(mem, list, i, &room, sizeof *list);
		list[i] = (int)i;
		if (i % 100 == 0)
			arena_take(mem, 64);    /* something lies behind it: it has to move */
	}
	for (size_t i = 0; i < 1000; i++)
		right += list[i] == (int)i;
	CHECK_INT(right, 1000);
	CHECK(room >= 1000 && room < 2000 + 8);
	arena_end(mem);
}

int main(void)
{
	test_arena_list();
	test_arena_pieces();
	test_arena_grow();
	test_arena_closers();
	CHECK_INT(test_arena_dies(1 << 20, 500000), 0);
	CHECK_INT(test_arena_dies(1 << 20, 2000000), 1);
	CHECK_INT(test_arena_dies(SIZE_MAX, 2000000), 0);
	return check_end();
}
