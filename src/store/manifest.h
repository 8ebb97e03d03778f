/* manifest: the list of what one backup holds, in the order of the digests:
 *
 *   microcourt-backup 1
 *   at 1790000000 2026-09-21T22:13:20+08:00
 *   DIGEST SIZE NAME
 *   ...
 *   end DIGEST          of all the lines before
 *
 * A list without its last line, or with another digest, is none. It is written and read line by
 * line, however many there are. */
#ifndef MC_MANIFEST_H
#define MC_MANIFEST_H
#include "../base/ctx.h"

#include <stdbool.h>

enum { MANIFEST_DIGEST = 65, MANIFEST_NAME = 200 };

struct manifest;

struct manifest_line {
	char digest[MANIFEST_DIGEST];
	char name[MANIFEST_NAME];       /* in the data directory: "court.db", "blobs/ab/cdef..." */
	int64_t size;
};

/* A new list at this path, of a picture taken at this time. Abandoned with ctx->mem, unless ended. MC_STORE. */
enum mc_err manifest_begin(struct ctx *ctx, const char *path, int64_t at, struct manifest **out);
void manifest_add(struct manifest *manifest, const struct manifest_line *line);
/* The list is whole and durable under its path. MC_STORE, also if an earlier line could not be written. */
enum mc_err manifest_end(struct ctx *ctx, struct manifest *manifest);

/* Reads it once to see that it is whole, then begins with its first line. MC_CONFLICT backup.list, {1} the path. */
enum mc_err manifest_open(struct ctx *ctx, const char *path, struct manifest **out);
/* False at the end. */
bool manifest_next(struct manifest *manifest, struct manifest_line *out);
int64_t manifest_at(const struct manifest *manifest);

#endif
