#define _GNU_SOURCE 1
#include "journal.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define JOURNAL_LINE (JOURNAL_TEXT + 128)
#define JOURNAL_AHEAD ((int64_t)1 << 20)        /* room on the disk that the next lines have already */

struct journal {
	const char *folder;
	pthread_mutex_t lock;           /* guards all that follows */
	int fd;
	char name[32];
	int64_t lines, size, room;      /* room: how far the disk is kept for it */
	char head[JOURNAL_DIGEST];
	bool broken;                    /* half a line could not be taken back */
};

static atomic_int journal_left;

int journal_fail_after(int n)
{
	int left = atomic_exchange(&journal_left, n);
	return left > 0 ? left : 0;
}

static ssize_t journal_write(int fd, const char *bytes, size_t n, off_t at)
{
	if (atomic_load_explicit(&journal_left, memory_order_relaxed) > 0 && atomic_fetch_sub(&journal_left, 1) == 1) {
		errno = ENOSPC;
		return pwrite(fd, bytes, n / 2, at) < 0 ? -1 : (ssize_t)(n / 2);
	}
	return pwrite(fd, bytes, n, at);
}

/* The digest of a line: over the one before, a newline and what stands in it. */
static void journal_chain(struct arena *mem, const char *before, const char *body, size_t n, char out[JOURNAL_DIGEST])
{
	char bytes[JOURNAL_DIGEST + JOURNAL_LINE];
	size_t m = strlen(before);
	memcpy(bytes, before, m);
	bytes[m] = '\n';
	memcpy(bytes + m + 1, body, n);
	memcpy(out, digest_of(mem, bytes, m + 1 + n), JOURNAL_DIGEST);
}

/* Number, tab and text, made one line. Returns its length. */
static size_t journal_body(char line[JOURNAL_LINE], int64_t number, const char *text)
{
	size_t n = (size_t)snprintf(line, 32, "%" PRId64 "\t", number);
	for (size_t i = 0; text[i] && i < JOURNAL_TEXT; i++)
		line[n++] = (unsigned char)text[i] < 0x20 || text[i] == 0x7f ? ' ' : text[i];
	return n;
}

/* Room for some thousands of lines more, while there is any: then a disk that others have filled
 * does not stop those who only read. A disk that keeps no room is one without the reserve. */
static void journal_ahead(struct journal *j)
{
	if (j->room - j->size < JOURNAL_AHEAD / 2 && !fallocate(j->fd, FALLOC_FL_KEEP_SIZE, (off_t)j->size, (off_t)JOURNAL_AHEAD))
		j->room = j->size + JOURNAL_AHEAD;
}

static bool journal_put(struct journal *j, const char *text)
{
	char line[JOURNAL_LINE + JOURNAL_DIGEST + 1], head[JOURNAL_DIGEST];
	struct arena *mem = arena_begin();
	size_t n = journal_body(line, j->lines, text);
	journal_chain(mem, j->head, line, n, head);
	arena_end(mem);
	line[n++] = '\t';
	memcpy(line + n, head, JOURNAL_DIGEST - 1);
	n += JOURNAL_DIGEST - 1;
	line[n++] = '\n';
	journal_ahead(j);
	ssize_t done = journal_write(j->fd, line, n, (off_t)j->size);
	if (done == (ssize_t)n) {
		j->lines++;
		j->size += (int64_t)n;
		memcpy(j->head, head, sizeof head);
		return true;
	}
	/* A disk that is full: what was written of the line goes again. */
	j->broken = ftruncate(j->fd, (off_t)j->size) != 0;
	j->room = j->size;
	return false;
}

bool journal_add(struct journal *j, const char *text)
{
	pthread_mutex_lock(&j->lock);
	bool good = !j->broken && journal_put(j, text);
	pthread_mutex_unlock(&j->lock);
	return good;
}

bool journal_sync(struct journal *j, struct journal_mark *out)
{
	pthread_mutex_lock(&j->lock);
	out->lines = j->lines - 1;
	memcpy(out->head, j->head, sizeof out->head);
	memcpy(out->name, j->name, sizeof out->name);
	int fd = j->fd;
	pthread_mutex_unlock(&j->lock);
	return !fdatasync(fd);
}

/* -- beginning ------------------------------------------------------------------------ */

static void journal_shut(void *what)
{
	struct journal *j = what;
	if (j->fd >= 0) {
		(void)!ftruncate(j->fd, (off_t)j->size);
		(void)fdatasync(j->fd);
		close(j->fd);
	}
	pthread_mutex_destroy(&j->lock);
}

/* "begin NAME DIGEST": the youngest file there is (ids sort by age) and what its last whole line ends with. */
static const char *journal_before(struct ctx *ctx, const char *folder)
{
	char tail[2 * JOURNAL_LINE + 1];
	const char *name = "";
	DIR *open_folder = opendir(folder);
	for (struct dirent *entry; open_folder && (entry = readdir(open_folder));)
		if (strstr(entry->d_name, ".log") && strcmp(entry->d_name, name) > 0)
			name = arena_copy(ctx->mem, entry->d_name);
	if (open_folder)
		closedir(open_folder);
	int fd = *name ? open(arena_print(ctx->mem, "%s/%s", folder, name), O_RDWR | O_CLOEXEC) : -1;
	struct stat st;
	/* Whoever wrote it was killed, and left the room that was kept for its next lines. */
	if (fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB) && !fstat(fd, &st))
		(void)!ftruncate(fd, st.st_size);
	off_t from = fd >= 0 && !fstat(fd, &st) && st.st_size > 2 * JOURNAL_LINE ? st.st_size - 2 * JOURNAL_LINE : 0;
	ssize_t got = fd >= 0 ? pread(fd, tail, sizeof tail - 1, from) : 0;
	if (fd >= 0)
		close(fd);
	size_t n = got > 0 ? (size_t)got : 0;
	while (n && tail[n - 1] != '\n')
		n--;
	return n < JOURNAL_DIGEST ? arena_print(ctx->mem, "begin %s -", *name ? name : "-")
				  : arena_print(ctx->mem, "begin %s %.64s", name, tail + n - JOURNAL_DIGEST);
}

/* A new file, with its first line durable and its name too. */
static bool journal_file(struct ctx *ctx, struct journal *j)
{
	const char *begin = journal_before(ctx, j->folder), *name = arena_print(ctx->mem, "%s.log", id_new(ctx->mem));
	int above = open(j->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = above < 0 ? -1 : openat(above, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600), old = j->fd;
	if (fd >= 0)
		(void)flock(fd, LOCK_SH);       /* says that somebody writes here */
	pthread_mutex_lock(&j->lock);
	struct journal was = { .lines = j->lines, .size = j->size, .room = j->room, .broken = j->broken };
	memcpy(was.head, j->head, sizeof was.head);
	j->lines = j->size = j->room = 0;
	j->head[0] = '\0';
	j->broken = false;
	j->fd = fd;
	bool good = fd >= 0 && journal_put(j, begin) && !fdatasync(fd) && !fsync(above);
	if (good) {
		snprintf(j->name, sizeof j->name, "%s", name);
	} else {
		j->lines = was.lines;
		j->size = was.size;
		j->room = was.room;
		j->broken = was.broken;
		memcpy(j->head, was.head, sizeof j->head);
		j->fd = old;
	}
	pthread_mutex_unlock(&j->lock);
	int left = good ? old : fd;
	if (left >= 0) {
		if (good)
			(void)!ftruncate(left, (off_t)was.size);
		(void)fdatasync(left);
		close(left);
	}
	if (above >= 0)
		close(above);
	return good;
}

enum mc_err journal_begin(struct ctx *ctx, const char *folder, struct journal **out)
{
	struct journal *j = arena_take(ctx->mem, sizeof *j);
	j->folder = arena_copy(ctx->mem, folder);
	j->fd = -1;
	pthread_mutex_init(&j->lock, NULL);
	arena_closer(ctx->mem, journal_shut, j);
	*out = j;
	bool there = !mkdir(folder, 0700) || errno == EEXIST;
	return there && journal_file(ctx, j) ? MC_OK : ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.disk" });
}

enum mc_err journal_turn(struct ctx *ctx, struct journal *j)
{
	return journal_file(ctx, j) ? MC_OK : ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.disk" });
}

/* -- walking --------------------------------------------------------------------------- */

struct journal_line { char *text; const char *digest; size_t body; };

/* Takes "NUMBER<tab>TEXT<tab>DIGEST" apart; body is the length without the last part. */
static bool journal_cut(char *line, int64_t number, struct journal_line *out)
{
	char want[32];
	size_t n = strlen(line), m = (size_t)snprintf(want, sizeof want, "%" PRId64 "\t", number);
	if (n < m + JOURNAL_DIGEST || strncmp(line, want, m) || line[n - JOURNAL_DIGEST] != '\t')
		return false;
	out->body = n - JOURNAL_DIGEST;
	out->digest = line + out->body + 1;
	line[out->body] = '\0';
	out->text = line + m;
	return true;
}

/* What is wrong with a line, NULL if nothing; before becomes its digest. */
static const char *journal_wrong(char *line, int64_t number, char before[JOURNAL_DIGEST], const struct journal_mark *mark,
				 struct journal_line *cut)
{
	char digest[JOURNAL_DIGEST];
	if (!journal_cut(line, number, cut))
		return "this is no line of the log";
	struct arena *mem = arena_begin();
	journal_chain(mem, before, line, cut->body, digest);
	arena_end(mem);
	if (strcmp(digest, cut->digest))
		return "the line, or one before it, was changed";
	memcpy(before, digest, JOURNAL_DIGEST);
	return mark && mark->lines == number && strcmp(digest, mark->head) ? "another line stood here" : NULL;
}

bool journal_walk(const char *path, const struct journal_mark *mark, int64_t *lines, struct journal_fault *fault,
		  void (*each)(void *, int64_t, const char *), void *what)
{
	char line[JOURNAL_LINE + JOURNAL_DIGEST + 2], before[JOURNAL_DIGEST] = "";
	FILE *in = fopen(path, "re");
	*fault = (struct journal_fault){ 0, in ? NULL : "the file is missing" };
	*lines = -1;
	for (int64_t number = 0; in && fgets(line, sizeof line, in); number++) {
		struct journal_line cut;
		size_t n = strlen(line);
		bool ended = n && line[n - 1] == '\n';
		if (!ended && feof(in))
			break;          /* cut off in mid-line by the machine's end */
		line[n ? n - 1 : 0] = '\0';
		*fault = (struct journal_fault){ number, journal_wrong(line, number, before, mark, &cut) };
		if (fault->what)
			break;
		*lines = number;
		if (each)
			each(what, number, cut.text);
	}
	if (!fault->what && mark && mark->lines > *lines)
		*fault = (struct journal_fault){ *lines + 1, "the lines from here on are missing" };
	if (in)
		fclose(in);
	*lines = *lines < 0 ? 0 : *lines;
	return !fault->what;
}
