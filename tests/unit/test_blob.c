#define _GNU_SOURCE 1
#include "check.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/base/digest.h"
#include "../../src/store/blob.h"
#include "../../src/store/db.h"
#include "../../src/store/mishap.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <utime.h>

static const char *blob_test_empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char *blob_test_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static enum mc_err blob_test_write(struct ctx *ctx, struct store *store, const char *text, const char **digest)
{
	struct blob *blob;
	int64_t size;
	enum mc_err err = blob_begin(ctx, store, &blob);
	if (!err)
		err = blob_add(ctx, blob, text, strlen(text));
	return err ? err : blob_end(ctx, blob, digest, &size);
}

/* Files directly in this folder of the store. */
static int blob_test_files(const char *directory, const char *folder)
{
	char path[300];
	snprintf(path, sizeof path, "%s/%s", directory, folder);
	DIR *open_folder = opendir(path);
	if (!open_folder)
		return -1;
	int n = 0;
	for (struct dirent *entry; (entry = readdir(open_folder));)
		n += entry->d_name[0] != '.';
	closedir(open_folder);
	return n;
}

/* The whole content, when its digest is right. */
static bool blob_test_right(struct ctx *ctx, struct store *store, const char *digest, int64_t want)
{
	int fd;
	int64_t size, have = 0;
	if (blob_open(ctx, store, digest, &fd, &size))
		return false;
	struct digest *sum = digest_begin(ctx->mem);
	char bytes[4096];
	for (ssize_t n; (n = read(fd, bytes, sizeof bytes)) > 0; have += n)
		digest_add(sum, bytes, (size_t)n);
	close(fd);
	return have == size && size == want && !strcmp(digest_end(ctx->mem, sum), digest);
}

static void blob_test_known(struct ctx *ctx, struct store *store, const char *directory)
{
	const char *digest = "";
	CHECK_INT(blob_test_write(ctx, store, "abc", &digest), MC_OK);
	CHECK_TEXT(digest, blob_test_abc);
	CHECK_INT(blob_test_write(ctx, store, "abc", &digest), MC_OK);
	CHECK_INT(blob_test_files(directory, "blobs/ba"), 1);
	CHECK_INT(blob_test_write(ctx, store, "", &digest), MC_OK);
	CHECK_TEXT(digest, blob_test_empty);
	CHECK(blob_test_right(ctx, store, blob_test_abc, 3));
	CHECK(blob_test_right(ctx, store, blob_test_empty, 0));
	CHECK_INT(blob_test_files(directory, "blobs/tmp"), 0);
	struct stat st;
	CHECK(!stat(arena_print(ctx->mem, "%s/blobs/ba/%s", directory, blob_test_abc + 2), &st));
	CHECK_INT(st.st_mode & 0777, 0600);
}

static void blob_test_absent(struct ctx *ctx, struct store *store)
{
	static const char *const digest[] = {
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015add",
		"../../../../../../../../../../../../../../../../../../etc/passwd", "",
	};
	int fd;
	int64_t size;
	for (size_t i = 0; i < sizeof digest / sizeof *digest; i++)
		CHECK_INT(blob_open(ctx, store, digest[i], &fd, &size), MC_UNKNOWN);
	CHECK(ctx->why && !strcmp(ctx->why->key, "blob.unknown"));
	ctx_forget(ctx);
}

static void blob_test_abandoned(struct store *store, const char *directory)
{
	struct ctx ctx = { .mem = arena_begin() };
	struct blob *blob;
	CHECK_INT(blob_begin(&ctx, store, &blob), MC_OK);
	CHECK_INT(blob_add(&ctx, blob, "half", 4), MC_OK);
	CHECK_INT(blob_test_files(directory, "blobs/tmp"), 1);
	arena_end(ctx.mem);
	CHECK_INT(blob_test_files(directory, "blobs/tmp"), 0);
}

/* 64 MiB go through in pieces; the memory of the program does not grow with them. */
static void blob_test_stream(struct ctx *ctx, struct store *store)
{
	static char piece[65536];
	struct rusage before, after;
	struct blob *blob;
	const char *digest = "";
	int64_t size = 0;
	getrusage(RUSAGE_SELF, &before);
	CHECK_INT(blob_begin(ctx, store, &blob), MC_OK);
	enum mc_err err = MC_OK;
	for (int i = 0; !err && i < 1024; i++) {
		memset(piece, i, sizeof piece);
		err = blob_add(ctx, blob, piece, sizeof piece);
	}
	CHECK_INT(err, MC_OK);
	CHECK_INT(blob_end(ctx, blob, &digest, &size), MC_OK);
	getrusage(RUSAGE_SELF, &after);
	CHECK_INT(size, 64 << 20);
	CHECK(blob_test_right(ctx, store, digest, size));
	CHECK(after.ru_maxrss - before.ru_maxrss < 16 << 10);
}

/* A fault at any call: an error is told, no temporary file stays, and what has a
 * name is whole. */
static void blob_test_faults(struct ctx *ctx, struct store *store, const char *directory)
{
	int n = 1;
	for (int whole = 0; n < 50 && !whole; n++) {
		struct ctx one = { .mem = arena_begin() };
		const char *text = arena_print(one.mem, "fault %d", n), *digest = "";
		mishap_after(n);
		enum mc_err err = blob_test_write(&one, store, text, &digest);
		whole = mishap_after(0) > 0;
		CHECK_INT(err, whole ? MC_OK : MC_STORE);
		CHECK((err != MC_OK) == (one.why != NULL));
		arena_end(one.mem);
		CHECK_INT(blob_test_files(directory, "blobs/tmp"), 0);
		text = arena_print(ctx->mem, "fault %d", n);
		digest = digest_of(ctx->mem, text, strlen(text));
		int fd;
		int64_t size;
		if (!blob_open(ctx, store, digest, &fd, &size)) {
			close(fd);
			CHECK(blob_test_right(ctx, store, digest, (int64_t)strlen(text)));
		}
		ctx_forget(ctx);
		CHECK_INT(blob_test_write(ctx, store, text, &digest), MC_OK);
		CHECK(blob_test_right(ctx, store, digest, (int64_t)strlen(text)));
	}
	CHECK(n > 10);
	/* After a failed piece the rest does not make a file with a hole. */
	struct blob *blob;
	const char *digest;
	int64_t size;
	CHECK_INT(blob_begin(ctx, store, &blob), MC_OK);
	mishap_after(1);
	CHECK_INT(blob_add(ctx, blob, "a", 1), MC_STORE);
	CHECK_INT(blob_add(ctx, blob, "b", 1), MC_STORE);
	CHECK_INT(blob_end(ctx, blob, &digest, &size), MC_STORE);
	ctx_forget(ctx);
}

static void blob_test_sweep(struct ctx *ctx, struct store *store, const char *directory)
{
	int removed = -1;
	struct ctx one = { .mem = arena_begin() };
	struct blob *blob;
	CHECK_INT(blob_begin(&one, store, &blob), MC_OK);
	const char *old = arena_print(ctx->mem, "%s/blobs/tmp/old", directory);
	int fd = open(old, O_CREAT | O_WRONLY, 0600);
	struct stat st;
	CHECK(fd >= 0 && !fstat(fd, &st));
	close(fd);
	struct utimbuf times = { st.st_mtime - 86300, st.st_mtime - 86300 };
	utime(old, &times);
	int before = blob_test_files(directory, "blobs/tmp");
	CHECK_INT(blob_sweep(ctx, store, NULL, &removed), MC_OK);
	CHECK_INT(removed, 0);
	times.modtime -= 200;
	utime(old, &times);
	CHECK_INT(blob_sweep(ctx, store, NULL, &removed), MC_OK);
	CHECK_INT(removed, 1);
	CHECK_INT(blob_test_files(directory, "blobs/tmp"), before - 1);
	arena_end(one.mem);
}

static void *blob_test_thread(void *arg)
{
	struct store *store = arg;
	int bad = 0;
	for (int i = 0; i < 30; i++) {
		struct ctx ctx = { .mem = arena_begin() };
		const char *digest = "";
		/* All threads write the same thirty files. */
		const char *text = arena_print(ctx.mem, "same %d", i);
		bad += blob_test_write(&ctx, store, text, &digest) != MC_OK ||
		       !blob_test_right(&ctx, store, digest, (int64_t)strlen(text));
		arena_end(ctx.mem);
	}
	return bad ? store : NULL;
}

int main(void)
{
	char path[200];
	folder_make(path, sizeof path);
	struct ctx ctx = { .mem = arena_begin(), .person = "", .session = "", .device = "" };
	struct store *store;
	int removed;
	CHECK_INT(db_open(&ctx, path, "", &store), MC_OK);
	CHECK_INT(blob_sweep(&ctx, store, NULL, &removed), MC_OK);
	pthread_t thread[6];
	for (int i = 0; i < 6; i++)
		pthread_create(&thread[i], NULL, blob_test_thread, store);
	for (int i = 0; i < 6; i++) {
		void *bad = NULL;
		pthread_join(thread[i], &bad);
		CHECK(!bad);
	}
	blob_test_known(&ctx, store, path);
	blob_test_absent(&ctx, store);
	blob_test_abandoned(store, path);
	blob_test_stream(&ctx, store);
	blob_test_faults(&ctx, store, path);
	blob_test_sweep(&ctx, store, path);
	arena_end(ctx.mem);
	folder_remove(path);
	return check_end();
}
