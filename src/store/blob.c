#define _GNU_SOURCE 1
#include "blob.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../base/meter.h"
#include "db.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOB_DIGEST 64
#define BLOB_OLD (24 * 3600)

struct blob {
	const char *folder;             /* DIRECTORY/blobs */
	const char *path;               /* the temporary name, NULL once renamed */
	struct digest *sum;
	int64_t size;
	int fd;
	bool broken;
};

/* Tests only: calls still to go until one fails, for all stores and threads. */
static atomic_int blob_left;

int blob_fail_after(int n)
{
	int left = atomic_exchange(&blob_left, n);
	return left > 0 ? left : 0;
}

static bool blob_fails(void)
{
	if (atomic_load_explicit(&blob_left, memory_order_relaxed) <= 0 || atomic_fetch_sub(&blob_left, 1) != 1)
		return false;
	errno = EIO;
	return true;
}

/* Passes on the result of a call to the file system; -1 and errno when it failed. */
#define blob_call(x) (blob_fails() ? -1 : (x))

static enum mc_err blob_fault(struct ctx *ctx, struct blob *blob)
{
	if (blob)
		blob->broken = true;
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = errno == ENOSPC || errno == EDQUOT ? "store.full"
											       : "store.disk" });
}

static int blob_sync_folder(const char *path)
{
	int fd = blob_call(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (fd < 0)
		return -1;
	int bad = blob_call(fsync(fd));
	close(fd);
	return bad;
}

/* The folder is there, and so durably: above is the one that holds its name. Synced
 * even if it was there before, for whoever is just making it may not be so far. */
static int blob_folder(const char *above, const char *path)
{
	if (blob_call(mkdir(path, 0700)) && errno != EEXIST)
		return -1;
	return blob_sync_folder(above);
}

static void blob_abandon(void *what)
{
	struct blob *blob = what;
	if (blob->fd >= 0)
		close(blob->fd);
	if (blob->path)
		unlink(blob->path);
	blob->fd = -1;
	blob->path = NULL;
}

enum mc_err blob_begin(struct ctx *ctx, struct store *store, struct blob **out)
{
	struct blob *blob = arena_take(ctx->mem, sizeof *blob);
	blob->folder = arena_print(ctx->mem, "%s/blobs", db_directory(store));
	const char *temporary = arena_print(ctx->mem, "%s/tmp", blob->folder);
	const char *path = arena_print(ctx->mem, "%s/%s", temporary, id_new(ctx->mem));
	if (blob_folder(db_directory(store), blob->folder) ||
	    (blob_call(mkdir(temporary, 0700)) && errno != EEXIST))
		return blob_fault(ctx, NULL);
	blob->fd = blob_call(open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
	if (blob->fd < 0)
		return blob_fault(ctx, NULL);
	blob->path = path;
	arena_closer(ctx->mem, blob_abandon, blob);
	blob->sum = digest_begin(ctx->mem);
	*out = blob;
	return MC_OK;
}

enum mc_err blob_add(struct ctx *ctx, struct blob *blob, const void *bytes, size_t n)
{
	if (blob->broken || blob->fd < 0) {
		errno = EBADF;
		return blob_fault(ctx, blob);
	}
	const char *at = bytes;
	for (size_t left = n; left;) {
		ssize_t done = blob_call(write(blob->fd, at, left));
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return blob_fault(ctx, blob);
		at += done;
		left -= (size_t)done;
	}
	digest_add(blob->sum, bytes, n);
	blob->size += (int64_t)n;
	return MC_OK;
}

size_t blob_look(const struct blob *blob, int64_t at, void *bytes, size_t n)
{
	ssize_t got = blob->fd < 0 ? -1 : pread(blob->fd, bytes, n, at);
	return got < 0 ? 0 : (size_t)got;
}

int64_t blob_size(const struct blob *blob) { return blob->size; }

enum mc_err blob_end(struct ctx *ctx, struct blob *blob, const char **digest, int64_t *size)
{
	if (blob->broken || blob->fd < 0) {
		errno = EBADF;
		return blob_fault(ctx, blob);
	}
	const char *name = digest_end(ctx->mem, blob->sum);
	const char *folder = arena_print(ctx->mem, "%s/%.2s", blob->folder, name);
	const char *path = arena_print(ctx->mem, "%s/%s", folder, name + 2);
	/* Bytes first, then the name, then the folder with the name: in this order a
	 * power cut leaves either no file of this name or the whole. A file that has the
	 * name already has the same bytes, or is damaged: replacing it is right. */
	if (blob_call(fsync(blob->fd)) || blob_folder(blob->folder, folder) ||
	    blob_call(rename(blob->path, path)))
		return blob_fault(ctx, blob);
	blob->path = NULL;
	close(blob->fd);
	blob->fd = -1;
	if (blob_sync_folder(folder))
		return blob_fault(ctx, blob);
	*digest = name;
	*size = blob->size;
	meter_add(METER_UPLOADS, 1);
	meter_add(METER_UPLOAD_BYTES, blob->size);
	return MC_OK;
}

static enum mc_err blob_unknown(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "blob.unknown" });
}

enum mc_err blob_open(struct ctx *ctx, struct store *store, const char *digest, int *fd, int64_t *size)
{
	/* Nothing but a digest becomes part of a path. */
	if (strlen(digest) != BLOB_DIGEST || strspn(digest, "0123456789abcdef") != BLOB_DIGEST)
		return blob_unknown(ctx);
	const char *path = arena_print(ctx->mem, "%s/blobs/%.2s/%s", db_directory(store), digest, digest + 2);
	int file = blob_call(open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
	if (file < 0)
		return errno == ENOENT ? blob_unknown(ctx) : blob_fault(ctx, NULL);
	struct stat st;
	if (blob_call(fstat(file, &st))) {
		close(file);
		return blob_fault(ctx, NULL);
	}
	*fd = file;
	*size = (int64_t)st.st_size;
	return MC_OK;
}

/* What time the file system says it is: the program's clock may be moved, and a
 * network disk has its own. */
static int blob_time(const char *folder, int64_t *now)
{
	int fd = blob_call(open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
	if (fd < 0)
		return -1;
	struct stat st;
	int bad = blob_call(fstat(fd, &st));
	close(fd);
	if (!bad)
		*now = (int64_t)st.st_mtim.tv_sec;
	return bad;
}

enum mc_err blob_sweep(struct ctx *ctx, struct store *store, int *removed)
{
	*removed = 0;
	const char *folder = arena_print(ctx->mem, "%s/blobs/tmp", db_directory(store));
	int64_t now = 0;
	if (blob_time(folder, &now))
		return errno == ENOENT ? MC_OK : blob_fault(ctx, NULL);
	DIR *open_folder = opendir(folder);
	if (!open_folder)
		return blob_fault(ctx, NULL);
	for (struct dirent *entry; (entry = readdir(open_folder));) {
		struct stat st;
		if (fstatat(dirfd(open_folder), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode))
			continue;
		if (now - (int64_t)st.st_mtim.tv_sec > BLOB_OLD && !unlinkat(dirfd(open_folder), entry->d_name, 0))
			++*removed;
	}
	closedir(open_folder);
	return MC_OK;
}
