/* blob: files by the digest of their content, under DIRECTORY/blobs/ab/cdef....
 * Bytes stream in and out; a file is never whole in memory. A blob is written
 * under a temporary name, synced, and renamed, so half a file never has a name. */
#ifndef MC_BLOB_H
#define MC_BLOB_H
#include "../base/ctx.h"

#include <stddef.h>

struct store;
struct blob;

enum mc_err blob_begin(struct ctx *ctx, struct store *store, struct blob **out); /* abandoned with ctx->mem unless ended */
enum mc_err blob_add(struct ctx *ctx, struct blob *blob, const void *bytes, size_t n);
enum mc_err blob_end(struct ctx *ctx, struct blob *blob, const char **digest, int64_t *size);
/* An open file descriptor for reading; the caller closes it. MC_UNKNOWN if absent. */
enum mc_err blob_open(struct ctx *ctx, struct store *store, const char *digest, int *fd, int64_t *size);

#endif
