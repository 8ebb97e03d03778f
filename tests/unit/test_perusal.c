#include "suit.h"
#include "../../src/base/clock.h"
#include "../../src/court/perusal.h"
#include "../../src/store/journal.h"

#include <dirent.h>
#include <unistd.h>

static int lines, faults;
static char last[200], why[100];

static void test_perusal_line(void *what, const struct perusal_line *line)
{
	(void)what;
	lines++;
	snprintf(last, sizeof last, "%s %s %d %s", line->person, line->method, line->status, line->uri);
}

static void test_perusal_fault(void *what, const char *file, int64_t line, const char *text)
{
	(void)what;
	(void)file;
	(void)line;
	faults++;
	snprintf(why, sizeof why, "%s", text);
}

static struct perusal_sum test_perusal_walk(struct suit *suit)
{
	struct perusal_sum sum;
	lines = faults = 0;
	CHECK(!perusal_walk(&suit->ctx, suit->directory, &sum, test_perusal_line, test_perusal_fault, NULL));
	return sum;
}

/* The name of the one file there is. */
static const char *test_perusal_file(struct suit *suit)
{
	const char *name = "";
	DIR *open_folder = opendir(arena_print(suit->ctx.mem, "%s/reads", suit->directory));
	for (struct dirent *entry; open_folder && (entry = readdir(open_folder));)
		if (strstr(entry->d_name, ".log"))
			name = arena_print(suit->ctx.mem, "%s/reads/%s", suit->directory, entry->d_name);
	if (open_folder)
		closedir(open_folder);
	return name;
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	struct ctx ctx = suit_ctx(&suit, "zhangwei");
	/* Before it has begun nothing is noted, and nothing hindered. */
	CHECK(!perusal_note(&ctx, "GET", "/cases/132/x", 200));
	struct arena *mem = arena_begin();
	struct ctx server = suit.ctx;
	server.mem = mem;
	CHECK(!perusal_begin(&server, suit.store));
	CHECK(!perusal_note(&ctx, "GET", "/cases/132/x", 200));
	CHECK(!perusal_note(&ctx, "GET", "/people?q=\xe7\x8e\x8b a\nb", 200));
	struct perusal_sum sum = test_perusal_walk(&suit);
	CHECK_INT(sum.files, 1);
	CHECK_INT(lines, 2);
	CHECK_INT(sum.broken, 0);
	CHECK_TEXT(last, arena_print(suit.ctx.mem, "%s GET 200 /people?q=\xe7\x8e\x8b a b", ctx.person));
	CHECK(!perusal_keep(&server));
	CHECK_INT(test_perusal_walk(&suit).broken, 0);

	/* Without its line nothing may be given. */
	journal_fail_after(1);
	CHECK_INT(perusal_note(&ctx, "GET", "/cases/132/x", 200), MC_STORE);
	CHECK_TEXT(ctx.why->key, "perusal.down");
	CHECK_INT(test_perusal_walk(&suit).broken, 0);

	/* The last line cut off, and then the whole file gone: the store knows better. */
	const char *file = test_perusal_file(&suit);
	struct stat st;
	CHECK(!stat(file, &st) && !truncate(file, st.st_size - 10));
	CHECK_INT(test_perusal_walk(&suit).broken, 1);
	CHECK_INT(faults, 1);
	CHECK_TEXT(why, "the lines from here on are missing");
	CHECK(!unlink(file));
	CHECK_INT(test_perusal_walk(&suit).broken, 1);
	CHECK_TEXT(why, "the file is missing");
	arena_end(mem);
	CHECK(!perusal_note(&ctx, "GET", "/cases/132/x", 200));
	suit_close(&suit);
	return check_end();
}
