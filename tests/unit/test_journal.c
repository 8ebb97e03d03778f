#include "check.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/store/journal.h"

#include <dirent.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEST_JOURNAL_THREADS = 8, TEST_JOURNAL_LINES = 200, TEST_JOURNAL_BYTES = 1 << 20 };

static struct ctx ctx;
static struct journal *journal;
static char folder[] = "/tmp/microcourt-test-XXXXXX";

static const char *test_journal_path(const char *name) { return arena_print(ctx.mem, "%s/%s", folder, name); }

static size_t test_journal_read(const char *path, char *bytes)
{
	FILE *in = fopen(path, "rb");
	size_t n = in ? fread(bytes, 1, TEST_JOURNAL_BYTES, in) : 0;
	if (in)
		fclose(in);
	return n;
}

static void test_journal_write(const char *path, const char *bytes, size_t n)
{
	FILE *out = fopen(path, "wb");
	CHECK(out && fwrite(bytes, 1, n, out) == n && !fclose(out));
}

static bool test_journal_whole(const char *path, const struct journal_mark *mark, struct journal_fault *fault)
{
	int64_t lines;
	return journal_walk(path, mark, &lines, fault, NULL, NULL);
}

static void *test_journal_many(void *which)
{
	char line[64];
	for (int i = 0; i < TEST_JOURNAL_LINES; i++) {
		snprintf(line, sizeof line, "thread %d line %d", *(int *)which, i);
		if (!journal_add(journal, line))
			return NULL;
	}
	return which;
}

/* Lines of many threads do not mix, and all are there. */
static void test_journal_threads(void)
{
	pthread_t thread[TEST_JOURNAL_THREADS];
	int which[TEST_JOURNAL_THREADS], good = 0;
	for (int i = 0; i < TEST_JOURNAL_THREADS; i++) {
		which[i] = i;
		CHECK(!pthread_create(&thread[i], NULL, test_journal_many, &which[i]));
	}
	for (int i = 0; i < TEST_JOURNAL_THREADS; i++) {
		void *done;
		good += !pthread_join(thread[i], &done) && done;
	}
	CHECK_INT(good, TEST_JOURNAL_THREADS);
}

static void test_journal_last(void *what, int64_t line, const char *text)
{
	(void)line;
	snprintf(what, JOURNAL_TEXT + 1, "%s", text);
}

/* Whatever is done to a file shows, and where. */
static void test_journal_broken(const struct journal_mark *mark)
{
	static char bytes[TEST_JOURNAL_BYTES], copy[TEST_JOURNAL_BYTES];
	const char *path = test_journal_path(mark->name), *other = test_journal_path("copy");
	struct journal_fault fault;
	size_t n = test_journal_read(path, bytes);
	CHECK(test_journal_whole(path, mark, &fault));
	int seen = 0, tried = 0;
	for (size_t i = 0; i < n; i += 97, tried++) {
		memcpy(copy, bytes, n);
		copy[i] = (char)(copy[i] == 'x' ? 'y' : 'x');
		test_journal_write(other, copy, n);
		seen += !test_journal_whole(other, mark, &fault);
	}
	CHECK(tried > 100);
	CHECK_INT(seen, tried);
	/* A line in the middle left out. */
	char *line = strchr(bytes + n / 2, '\n') + 1, *next = strchr(line, '\n') + 1;
	memcpy(copy, bytes, (size_t)(line - bytes));
	memcpy(copy + (line - bytes), next, n - (size_t)(next - bytes));
	test_journal_write(other, copy, n - (size_t)(next - line));
	CHECK(!test_journal_whole(other, NULL, &fault));
	/* The last line gone: nothing in the file shows it, but its mark does. */
	size_t cut = n - 1;
	while (bytes[cut - 1] != '\n')
		cut--;
	test_journal_write(other, bytes, cut);
	CHECK(test_journal_whole(other, NULL, &fault));
	CHECK(!test_journal_whole(other, mark, &fault));
	CHECK_INT(fault.line, mark->lines);
	/* The machine died in the middle of a line: what was durable before is whole. */
	test_journal_write(other, bytes, n - 20);
	CHECK(test_journal_whole(other, NULL, &fault));
	CHECK(!test_journal_whole(other, mark, &fault));
	/* The whole file written anew by somebody who knows how: the mark shows it. */
	struct journal *forged;
	struct journal_mark others;
	CHECK(!journal_begin(&ctx, test_journal_path("forged"), &forged));
	for (int64_t i = 0; i < mark->lines; i++)
		CHECK(journal_add(forged, "nobody read anything"));
	CHECK(journal_sync(forged, &others));
	CHECK(test_journal_whole(test_journal_path(arena_print(ctx.mem, "forged/%s", others.name)), NULL, &fault));
	CHECK(!test_journal_whole(test_journal_path(arena_print(ctx.mem, "forged/%s", others.name)), mark, &fault));
	CHECK(!test_journal_whole(test_journal_path("absent"), mark, &fault));
}

int main(void)
{
	static char last[JOURNAL_TEXT + 1], longest[JOURNAL_TEXT * 2];
	struct journal_mark mark, next;
	struct journal_fault fault;
	int64_t lines;
	CHECK(mkdtemp(folder) != NULL);
	ctx = (struct ctx){ .mem = arena_begin() };
	CHECK(!journal_begin(&ctx, folder, &journal));
	CHECK(journal_sync(journal, &mark) && mark.lines == 0);
	test_journal_threads();
	CHECK(journal_sync(journal, &mark));
	CHECK_INT(mark.lines, TEST_JOURNAL_THREADS * TEST_JOURNAL_LINES);
	test_journal_broken(&mark);

	/* Nothing that is put into a line makes two of it. */
	CHECK(journal_add(journal, "a\nb\tc\rd\x7f"));
	CHECK(journal_walk(test_journal_path(mark.name), NULL, &lines, &fault, test_journal_last, last));
	CHECK_TEXT(last, "a b c d ");
	memset(longest, 'l', sizeof longest - 1);
	CHECK(journal_add(journal, longest));
	CHECK(journal_walk(test_journal_path(mark.name), NULL, &lines, &fault, test_journal_last, last));
	CHECK_INT(strlen(last), JOURNAL_TEXT);

	/* A disk that is full takes half a line: it is taken back, and the next one fits again. */
	journal_fail_after(1);
	CHECK(!journal_add(journal, "does not fit"));
	CHECK(journal_add(journal, "fits"));
	CHECK(journal_walk(test_journal_path(mark.name), &mark, &lines, &fault, test_journal_last, last));
	CHECK_TEXT(last, "fits");
	CHECK_INT(lines, mark.lines + 3);

	/* The room for the next lines is on the disk already, and is given back with the file. */
	struct stat st;
	CHECK(!stat(test_journal_path(mark.name), &st));
	CHECK(st.st_blocks * 512 > (blkcnt_t)st.st_size + (512 << 10));

	/* A new file names the old one and what it ended with. */
	CHECK(journal_sync(journal, &mark));
	CHECK(!journal_turn(&ctx, journal));
	CHECK(journal_add(journal, "in the new file"));
	CHECK(journal_sync(journal, &next));
	CHECK(strcmp(next.name, mark.name) > 0);
	CHECK_INT(next.lines, 1);
	static char bytes[TEST_JOURNAL_BYTES];
	bytes[test_journal_read(test_journal_path(next.name), bytes)] = '\0';
	CHECK(strstr(bytes, arena_print(ctx.mem, "0\tbegin %s %s\t", mark.name, mark.head)) == bytes);
	CHECK(test_journal_whole(test_journal_path(mark.name), &mark, &fault));
	CHECK(!stat(test_journal_path(mark.name), &st));
	CHECK(st.st_blocks * 512 < (blkcnt_t)st.st_size + (512 << 10));
	/* And where no new one can be made, it goes on in the old. */
	CHECK(!chmod(folder, 0700));
	journal_fail_after(1);
	CHECK_INT(journal_turn(&ctx, journal), MC_STORE);
	CHECK(journal_add(journal, "goes on"));
	CHECK(journal_walk(test_journal_path(next.name), &next, &lines, &fault, test_journal_last, last));
	CHECK_TEXT(last, "goes on");
	arena_end(ctx.mem);
	folder_remove(folder);
	return check_end();
}
