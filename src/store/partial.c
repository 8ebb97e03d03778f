#include "partial.h"
#include "blob.h"
#include "db.h"
#include "mishap.h"
#include "../base/arena.h"
#include "../base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PARTIAL_PIECE (64 << 10)

struct partial {
	struct store *store;
	const char *path;
	int64_t size;
	int fd;                         /* -1: lost to who took it over */
	bool eased;
	bool unread;                    /* the disk has failed in partial_look() */
	struct partial *next;
};

/* Those that are held in this program. The lock guards the list, and fd and eased of each. */
static pthread_mutex_t partial_lock = PTHREAD_MUTEX_INITIALIZER;
static struct partial *partial_first;

static enum mc_err partial_fault(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = errno == ENOSPC || errno == EDQUOT ? "store.full" : "store.disk" });
}

static void partial_close(void *what)
{
	struct partial *partial = what, **at = &partial_first;
	pthread_mutex_lock(&partial_lock);
	while (*at != partial)
		at = &(*at)->next;
	*at = partial->next;
	pthread_mutex_unlock(&partial_lock);
	if (partial->fd >= 0)
		close(partial->fd);
}

static void partial_list(struct partial *partial)
{
	pthread_mutex_lock(&partial_lock);
	partial->next = partial_first;
	partial_first = partial;
	pthread_mutex_unlock(&partial_lock);
}

/* The open file goes over with its lock, so that there is no moment in which nobody holds it. */
static bool partial_take_over(struct partial *partial)
{
	struct partial *other;
	pthread_mutex_lock(&partial_lock);
	for (other = partial_first; other; other = other->next)
		if (other->eased && other->fd >= 0 && !strcmp(other->path, partial->path))
			break;
	if (other) {
		close(partial->fd);
		partial->fd = other->fd;
		other->fd = -1;
	}
	pthread_mutex_unlock(&partial_lock);
	return other != NULL;
}

static const char *partial_folder(struct ctx *ctx, struct store *store)
{
	return arena_print(ctx->mem, "%s/blobs/part", db_directory(store));
}

static enum mc_err partial_hold(struct ctx *ctx, struct store *store, const char *id, int flags, struct partial **out)
{
	struct partial *partial = arena_take(ctx->mem, sizeof *partial);
	struct stat st;
	partial->store = store;
	partial->path = arena_print(ctx->mem, "%s/%s", partial_folder(ctx, store), id);
	partial->fd = mishap_call(open(partial->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600));
	if (partial->fd < 0)
		return errno == ENOENT ? ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "upload.unknown" }) : partial_fault(ctx);
	partial_list(partial);
	arena_closer(ctx->mem, partial_close, partial);
	if (mishap_call(flock(partial->fd, LOCK_EX | LOCK_NB)) && !(errno == EWOULDBLOCK && partial_take_over(partial)))
		return errno == EWOULDBLOCK ? ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "upload.busy" }) : partial_fault(ctx);
	if (mishap_call(fstat(partial->fd, &st)))
		return partial_fault(ctx);
	partial->size = (int64_t)st.st_size;
	*out = partial;
	return MC_OK;
}

enum mc_err partial_make(struct ctx *ctx, struct store *store, const char *id, struct partial **out)
{
	const char *folder = partial_folder(ctx, store), *blobs = arena_print(ctx->mem, "%s/blobs", db_directory(store));
	if ((mishap_call(mkdir(blobs, 0700)) && errno != EEXIST) || (mishap_call(mkdir(folder, 0700)) && errno != EEXIST))
		return partial_fault(ctx);
	return partial_hold(ctx, store, id, O_CREAT | O_EXCL, out);
}

enum mc_err partial_open(struct ctx *ctx, struct store *store, const char *id, struct partial **out)
{
	return partial_hold(ctx, store, id, 0, out);
}

void partial_ease(struct partial *partial)
{
	pthread_mutex_lock(&partial_lock);
	partial->eased = true;
	pthread_mutex_unlock(&partial_lock);
}

enum mc_err partial_grip(struct ctx *ctx, struct partial *partial)
{
	pthread_mutex_lock(&partial_lock);
	partial->eased = false;
	bool lost = partial->fd < 0;
	pthread_mutex_unlock(&partial_lock);
	return lost ? ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "upload.overtaken" }) : MC_OK;
}

enum mc_err partial_cut(struct ctx *ctx, struct partial *partial, int64_t offset)
{
	if (partial->size < offset)
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.disk" });
	if (partial->size > offset && mishap_call(ftruncate(partial->fd, offset)))
		return partial_fault(ctx);
	partial->size = offset;
	return MC_OK;
}

enum mc_err partial_add(struct ctx *ctx, struct partial *partial, const void *bytes, size_t n)
{
	const char *at = bytes;
	while (n) {
		ssize_t done = mishap_call(pwrite(partial->fd, at, n, partial->size));
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return partial_fault(ctx);
		partial->size += done;
		at += done;
		n -= (size_t)done;
	}
	return MC_OK;
}

static enum mc_err partial_sync_name(struct ctx *ctx, const struct partial *partial)
{
	char *folder = arena_copy(ctx->mem, partial->path);
	*strrchr(folder, '/') = '\0';
	int fd = mishap_call(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	int bad = fd < 0 ? -1 : mishap_call(fsync(fd));
	if (fd >= 0)
		close(fd);
	return bad ? partial_fault(ctx) : MC_OK;
}

enum mc_err partial_sync(struct ctx *ctx, struct partial *partial)
{
	return mishap_call(fdatasync(partial->fd)) ? partial_fault(ctx) : partial_sync_name(ctx, partial);
}

int64_t partial_size(const struct partial *partial) { return partial->size; }

size_t partial_look(struct partial *partial, int64_t at, void *bytes, size_t n)
{
	ssize_t got = mishap_call(pread(partial->fd, bytes, n, at));
	partial->unread = partial->unread || got < 0;
	return got < 0 ? 0 : (size_t)got;
}

enum mc_err partial_seen(struct ctx *ctx, struct partial *partial)
{
	bool unread = partial->unread;
	partial->unread = false;
	return unread ? ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.disk" }) : MC_OK;
}

enum mc_err partial_digest(struct ctx *ctx, struct partial *partial, const char **digest)
{
	struct digest *sum = digest_begin(ctx->mem);
	char *bytes = arena_take(ctx->mem, PARTIAL_PIECE);
	int64_t at = 0;
	for (size_t n; (n = partial_look(partial, at, bytes, PARTIAL_PIECE)) > 0; at += (int64_t)n)
		digest_add(sum, bytes, n);
	*digest = digest_end(ctx->mem, sum);
	return at == partial->size ? MC_OK : ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.disk" });
}

enum mc_err partial_keep(struct ctx *ctx, struct partial *partial, const char *digest)
{
	return blob_adopt(ctx, partial->store, partial->path, digest);
}

void partial_drop(struct ctx *ctx, struct store *store, const char *id)
{
	(void)mishap_call(unlink(arena_print(ctx->mem, "%s/%s", partial_folder(ctx, store), id)));
}

enum mc_err partial_room(struct ctx *ctx, struct store *store, int64_t *left)
{
	struct statvfs disk;
	if (mishap_call(statvfs(db_directory(store), &disk)))
		return partial_fault(ctx);
	*left = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
	return MC_OK;
}
