/* blob: files by the digest of their content, under DIRECTORY/blobs/ab/cdef....
 * Bytes stream in and out; a file is never whole in memory. A blob is written
 * under a temporary name, synced, and renamed, so half a file never has a name. */
#ifndef MC_BLOB_H
#define MC_BLOB_H
#include "../base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

struct store;
struct blob;

/* Abandoned with ctx->mem, unless ended. */
enum mc_err blob_begin(struct ctx *ctx, struct store *store, struct blob **out);
enum mc_err blob_add(struct ctx *ctx, struct blob *blob, const void *bytes, size_t n);
/* Up to n of the bytes added so far, from there on; fewer at the end, or if the disk fails. */
size_t blob_look(struct blob *blob, int64_t at, void *bytes, size_t n);
/* MC_STORE if the disk has failed: what was made out by looking says nothing of the file then. */
enum mc_err blob_seen(struct ctx *ctx, struct blob *blob);
/* How many were added. */
int64_t blob_size(const struct blob *blob);
/* The file is durable under its digest; the same content twice is one file. Once a
 * call for this blob has failed, it can only be abandoned. */
enum mc_err blob_end(struct ctx *ctx, struct blob *blob, const char **digest, int64_t *size);
/* A file that lies on the same disk, and is durable, becomes the blob of this digest. */
enum mc_err blob_adopt(struct ctx *ctx, struct store *store, const char *path, const char *digest);
/* Whether it is there; it then counts as new for the sweep. */
bool blob_is(struct store *store, const char *digest);
/* An open file descriptor for reading; the caller closes it. MC_UNKNOWN if absent. */
enum mc_err blob_open(struct ctx *ctx, struct store *store, const char *digest, int *fd, int64_t *size);

/* Removes what interrupted uploads have left: files on their way (blobs/tmp, blobs/part) that nobody
 * has written to for a day; spare is asked by name whether one of blobs/part is to stay. */
enum mc_err blob_sweep(struct ctx *ctx, struct store *store, bool (*spare)(struct ctx *, const char *name), int *removed);

/* Calls look for each blob; at: when it last was written or asked for with blob_is(), old: that is more than a day ago. */
enum mc_err blob_each(struct ctx *ctx, struct store *store, void (*look)(void *what, const char *digest, int64_t at, bool old), void *what);

/* Removes a blob, unless it has been written or asked for meanwhile. */
enum mc_err blob_remove_old(struct ctx *ctx, struct store *store, const char *digest, bool *removed);

#endif
