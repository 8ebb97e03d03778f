/* Whatever stands in a file of the read log: it is walked to an end. And a log that we wrote ourselves is
 * whole, until any one byte of it is another: the first two bytes say which, the third what it becomes. */
#include "base/arena.h"
#include "store/journal.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static char fuzz_journal_folder[] = "/dev/shm/microcourt-fuzz-XXXXXX";      /* nothing here need outlive the machine */

static void fuzz_journal_gone(void) { rmdir(fuzz_journal_folder); }

static void fuzz_journal_line(void *what, int64_t line, const char *text)
{
	int64_t *last = what;
	assert(line == *last + 1 && strlen(text) <= JOURNAL_TEXT + 64);
	*last = line;
}

static bool fuzz_journal_walk(const char *path, const struct journal_mark *mark, int64_t *lines)
{
	struct journal_fault fault;
	int64_t last = -1;
	bool whole = journal_walk(path, mark, lines, &fault, fuzz_journal_line, &last);
	assert(whole == !fault.what && *lines <= (last < 0 ? 0 : last));
	return whole;
}

static void fuzz_journal_bytes(const char *path, const unsigned char *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int64_t lines;
	assert(fd >= 0 && write(fd, bytes, n) == (ssize_t)n && !close(fd));
	(void)fuzz_journal_walk(path, NULL, &lines);
	unlink(path);
}

/* Each line of text becomes one of the log. */
static void fuzz_journal_forge(const unsigned char *bytes, size_t n)
{
	struct ctx ctx = { .mem = arena_begin() };
	struct journal *journal;
	struct journal_mark mark;
	int64_t lines, added = 0;
	assert(!journal_begin(&ctx, fuzz_journal_folder, &journal));
	char *text = arena_take(ctx.mem, n + 1);
	memcpy(text, bytes + 3, n - 3);
	for (char *line = strtok(text, "\n"); line && added < 20; line = strtok(NULL, "\n"), added++)
		assert(journal_add(journal, line));
	assert(journal_sync(journal, &mark) && mark.lines == added);
	const char *path = arena_print(ctx.mem, "%s/%s", fuzz_journal_folder, mark.name);
	assert(fuzz_journal_walk(path, &mark, &lines) && lines == added);
	struct stat st;
	int fd = open(path, O_RDWR | O_CLOEXEC);
	assert(fd >= 0 && !fstat(fd, &st));
	off_t at = (bytes[0] * 256 + bytes[1]) % st.st_size;
	char was, now = (char)bytes[2];
	assert(pread(fd, &was, 1, at) == 1 && pwrite(fd, &now, 1, at) == 1 && !close(fd));
	assert(was == now || !fuzz_journal_walk(path, &mark, &lines));
	arena_end(ctx.mem);
	unlink(path);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	static bool made;
	if (!made) {
		made = mkdtemp(fuzz_journal_folder) != NULL;
		assert(made && !atexit(fuzz_journal_gone));
	}
	char path[100];
	snprintf(path, sizeof path, "%s/bytes.log", fuzz_journal_folder);
	fuzz_journal_bytes(path, bytes, n);
	if (n > 3)
		fuzz_journal_forge(bytes, n);
	return 0;
}
