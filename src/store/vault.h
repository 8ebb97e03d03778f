/* vault: a directory of backups. Every file that any of them holds lies there once, under its
 * digest (files/ab/cdef...); a backup is a manifest that names them (20260921T221320.backup,
 * by the time of Beijing), put there last and at once. So a backup is whole or not there, a second one
 * costs only what is new, and what no list names is swept away.
 *
 * A file counts as kept already only if a list names it, for only then was it made durable. */
#ifndef MC_VAULT_H
#define MC_VAULT_H
#include "../base/ctx.h"
#include "manifest.h"

#include <stdbool.h>
#include <stddef.h>

struct vault;

enum vault_use { VAULT_READ, VAULT_WRITE };

/* Opens it; for writing it is made if absent, for one at a time, and what an interrupted backup has left is
 * removed. MC_CONFLICT backup.busy, MC_STORE backup.place, {1} the directory. Ends with ctx->mem. */
enum mc_err vault_open(struct ctx *ctx, const char *directory, enum vault_use use, struct vault **out);

/* A name in the directory for what is not finished; with VAULT_WRITE. */
const char *vault_draft(struct ctx *ctx, const struct vault *vault, const char *name);

/* The backups that there are, the oldest first: their names. */
enum mc_err vault_list(struct ctx *ctx, const struct vault *vault, const char ***names, size_t *count);
/* One of them, or the newest when name is "". MC_UNKNOWN backup.none, {1} name or directory; MC_CONFLICT. */
enum mc_err vault_manifest(struct ctx *ctx, const struct vault *vault, const char *name, struct manifest **out);

/* Copies a file in, up to most bytes (its size now), under its digest. MC_UNKNOWN if it is not there. */
enum mc_err vault_take(struct ctx *ctx, const struct vault *vault, const char *path, struct manifest_line *out);
/* Whether a file of this digest and size lies there. */
bool vault_has(const struct vault *vault, const struct manifest_line *line);
/* Copies a file out to a path that is not there, and checks it. to "": only reads it. MC_CONFLICT backup.missing,
 * backup.differs, {1} the name in the backup, {2} the path in the vault. */
enum mc_err vault_give(struct ctx *ctx, const struct vault *vault, const struct manifest_line *line, const char *to);

/* Everything so far is made durable, then the list at draft becomes a backup. */
enum mc_err vault_finish(struct ctx *ctx, const struct vault *vault, const char *draft, int64_t at, const char **name);

/* Leaves the newest backups, keep of them, and no file that none of them names. *removed: backups. */
enum mc_err vault_sweep(struct ctx *ctx, const struct vault *vault, size_t keep, size_t *removed);

/* All files of all backups, each digest once, in order. */
struct vault_walk;
enum mc_err vault_walk(struct ctx *ctx, const struct vault *vault, struct vault_walk **out);
bool vault_next(struct vault_walk *walk, struct manifest_line *out);

#endif
