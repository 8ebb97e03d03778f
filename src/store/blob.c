#define _GNU_SOURCE 1
#include "blob.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../base/meter.h"
#include "db.h"
#include "mishap.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
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

static enum mc_err blob_fault(struct ctx *ctx, struct blob *blob)
{
	if (blob)
		blob->broken = true;
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = errno == ENOSPC || errno == EDQUOT ? "store.full"
											       : "store.disk" });
}

static int blob_sync_folder(const char *path)
{
	int fd = mishap_call(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (fd < 0)
		return -1;
	int bad = mishap_call(fsync(fd));
	close(fd);
	return bad;
}

/* The folder is there, and so durably: above is the one that holds its name. Synced
 * even if it was there before, for whoever is just making it may not be so far. */
static int blob_folder(const char *above, const char *path)
{
	if (mishap_call(mkdir(path, 0700)) && errno != EEXIST)
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
	    (mishap_call(mkdir(temporary, 0700)) && errno != EEXIST))
		return blob_fault(ctx, NULL);
	blob->fd = mishap_call(open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
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
		ssize_t done = mishap_call(write(blob->fd, at, left));
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

size_t blob_look(struct blob *blob, int64_t at, void *bytes, size_t n)
{
	ssize_t got = blob->fd < 0 ? -1 : mishap_call(pread(blob->fd, bytes, n, at));
	blob->broken = blob->broken || got < 0;
	return got < 0 ? 0 : (size_t)got;
}

enum mc_err blob_seen(struct ctx *ctx, struct blob *blob)
{
	return blob->broken ? ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.disk" }) : MC_OK;
}

int64_t blob_size(const struct blob *blob) { return blob->size; }

/* Bytes first, then the name, then the folder with the name: in this order a
 * power cut leaves either no file of this name or the whole. A file that has the
 * name already has the same bytes, or is damaged: replacing it is right. */
static enum mc_err blob_rename(struct ctx *ctx, const char *blobs, const char *path, const char *digest)
{
	const char *folder = arena_print(ctx->mem, "%s/%.2s", blobs, digest);
	bool bad = blob_folder(blobs, folder) || mishap_call(rename(path, arena_print(ctx->mem, "%s/%s", folder, digest + 2)))
		   || blob_sync_folder(folder);
	return bad ? blob_fault(ctx, NULL) : MC_OK;
}

enum mc_err blob_end(struct ctx *ctx, struct blob *blob, const char **digest, int64_t *size)
{
	if (blob->broken || blob->fd < 0) {
		errno = EBADF;
		return blob_fault(ctx, blob);
	}
	const char *name = digest_end(ctx->mem, blob->sum);
	if (mishap_call(fsync(blob->fd)))
		return blob_fault(ctx, blob);
	enum mc_err err = blob_rename(ctx, blob->folder, blob->path, name);
	if (err) {
		blob->broken = true;
		return err;
	}
	blob->path = NULL;
	close(blob->fd);
	blob->fd = -1;
	*digest = name;
	*size = blob->size;
	meter_add(METER_UPLOADS, 1);
	meter_add(METER_UPLOAD_BYTES, blob->size);
	return MC_OK;
}

enum mc_err blob_adopt(struct ctx *ctx, struct store *store, const char *path, const char *digest)
{
	const char *blobs = arena_print(ctx->mem, "%s/blobs", db_directory(store));
	const char *temporary = arena_print(ctx->mem, "%s/tmp", blobs), *second = arena_print(ctx->mem, "%s/%s", temporary, id_new(ctx->mem));
	/* By a second name, so that the first stays until its owner lets it go. */
	if ((mishap_call(mkdir(temporary, 0700)) && errno != EEXIST) || mishap_call(link(path, second)))
		return blob_fault(ctx, NULL);
	return blob_rename(ctx, blobs, second, digest);
}

/* Nothing but a digest becomes part of a path. */
static bool blob_named(const char *digest)
{
	return strlen(digest) == BLOB_DIGEST && strspn(digest, "0123456789abcdef") == BLOB_DIGEST;
}

bool blob_is(struct store *store, const char *digest)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/blobs/%.2s/%s", db_directory(store), digest, blob_named(digest) ? digest + 2 : "");
	return blob_named(digest) && !utimensat(AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW);
}

static enum mc_err blob_unknown(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "blob.unknown" });
}

enum mc_err blob_open(struct ctx *ctx, struct store *store, const char *digest, int *fd, int64_t *size)
{
	if (!blob_named(digest))
		return blob_unknown(ctx);
	const char *path = arena_print(ctx->mem, "%s/blobs/%.2s/%s", db_directory(store), digest, digest + 2);
	int file = mishap_call(open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
	if (file < 0)
		return errno == ENOENT ? blob_unknown(ctx) : blob_fault(ctx, NULL);
	struct stat st;
	if (mishap_call(fstat(file, &st))) {
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
	int fd = mishap_call(open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
	if (fd < 0)
		return -1;
	struct stat st;
	int bad = mishap_call(fstat(fd, &st));
	close(fd);
	if (!bad)
		*now = (int64_t)st.st_mtim.tv_sec;
	return bad;
}

static bool blob_old(int folder, const char *name, int64_t now)
{
	struct stat st;
	return !fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISREG(st.st_mode) &&
	       now - (int64_t)st.st_mtim.tv_sec > BLOB_OLD;
}

static enum mc_err blob_sweep_folder(struct ctx *ctx, const char *folder, bool (*spare)(struct ctx *, const char *), int *removed)
{
	int64_t now = 0;
	if (blob_time(folder, &now))
		return errno == ENOENT ? MC_OK : blob_fault(ctx, NULL);
	DIR *open_folder = opendir(folder);
	if (!open_folder)
		return blob_fault(ctx, NULL);
	for (struct dirent *entry; (entry = readdir(open_folder));)
		if (blob_old(dirfd(open_folder), entry->d_name, now) && !(spare && spare(ctx, entry->d_name)) &&
		    !unlinkat(dirfd(open_folder), entry->d_name, 0))
			++*removed;
	closedir(open_folder);
	return MC_OK;
}

enum mc_err blob_sweep(struct ctx *ctx, struct store *store, bool (*spare)(struct ctx *, const char *), int *removed)
{
	*removed = 0;
	enum mc_err err = blob_sweep_folder(ctx, arena_print(ctx->mem, "%s/blobs/tmp", db_directory(store)), NULL, removed);
	return err ? err : blob_sweep_folder(ctx, arena_print(ctx->mem, "%s/blobs/part", db_directory(store)), spare, removed);
}

static void blob_each_in(struct ctx *ctx, const char *folder, const char *begin, int64_t now,
			 void (*look)(void *, const char *, int64_t, bool), void *what)
{
	DIR *open_folder = opendir(folder);
	for (struct dirent *entry; open_folder && (entry = readdir(open_folder));) {
		struct stat st;
		const char *digest = arena_print(ctx->mem, "%s%.*s", begin, BLOB_DIGEST, entry->d_name);
		if (blob_named(digest) && !fstatat(dirfd(open_folder), entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
			look(what, digest, (int64_t)st.st_mtim.tv_sec, blob_old(dirfd(open_folder), entry->d_name, now));
	}
	if (open_folder)
		closedir(open_folder);
}

enum mc_err blob_each(struct ctx *ctx, struct store *store, void (*look)(void *, const char *, int64_t, bool), void *what)
{
	const char *blobs = arena_print(ctx->mem, "%s/blobs", db_directory(store));
	int64_t now = 0;
	if (blob_time(blobs, &now))
		return errno == ENOENT ? MC_OK : blob_fault(ctx, NULL);
	for (int i = 0; i < 256; i++) {
		struct ctx own = *ctx;
		own.mem = arena_begin();
		const char *begin = arena_print(own.mem, "%02x", (unsigned)i);
		blob_each_in(&own, arena_print(own.mem, "%s/%s", blobs, begin), begin, now, look, what);
		arena_end(own.mem);
	}
	return MC_OK;
}

enum mc_err blob_remove_old(struct ctx *ctx, struct store *store, const char *digest, bool *removed)
{
	const char *blobs = arena_print(ctx->mem, "%s/blobs", db_directory(store));
	const char *path = arena_print(ctx->mem, "%s/%.2s/%s", blobs, digest, digest + 2);
	const char *aside = arena_print(ctx->mem, "%s/tmp/%s", blobs, id_new(ctx->mem));
	struct stat st;
	int64_t now = 0;
	*removed = false;
	if (blob_time(blobs, &now) || rename(path, aside))
		return errno == ENOENT ? MC_OK : blob_fault(ctx, NULL);
	/* The same content may have come again a moment ago, under this very name. */
	if (lstat(aside, &st) || now - (int64_t)st.st_mtim.tv_sec <= BLOB_OLD)
		return rename(aside, path) ? blob_fault(ctx, NULL) : MC_OK;
	*removed = !unlink(aside);
	return MC_OK;
}
