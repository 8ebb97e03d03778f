/* copy: all rows of one store into another, whatever database each of them uses. The
 * tables and their order come from the schema itself, so nothing here knows their names.
 * The source is read in one consistent picture while others may go on writing to it,
 * page by page in the order of the keys, so memory does not grow with the court.
 *
 * Here alone SQL is put together at run time, of names of tables and columns that the
 * schema holds and that are checked to be plain words; values never become part of it. */
#ifndef MC_COPY_H
#define MC_COPY_H
#include "../base/ctx.h"

struct store;

/* What has been copied: of this table, and of all. */
struct copy_count { const char *table; int64_t rows, done, all; };

/* Only inside db_together() on the target, whose schema must have been applied: copies every
 * row of source, reads both sides again, and compares them by the digest of all rows in the
 * order of their keys. What is there afterwards is what the source held when this began.
 * show (not NULL) hears of each page, on the writer's thread. MC_CONFLICT: schema.older and
 * schema.newer (of the source), copy.other (the schemas differ), copy.full (the target has rows),
 * copy.differs, copy.circle, {1} the file or the table; MC_STORE. */
enum mc_err copy_rows(struct ctx *ctx, struct store *source, void (*show)(const struct copy_count *));

/* Whether the target of ctx, where nobody writes meanwhile, holds the very rows of source already:
 * MC_CONFLICT copy.differs, {1} a table, if not; otherwise as copy_rows(). Both are only read. */
enum mc_err copy_same(struct ctx *ctx, struct store *source);

/* Copies every uploaded file that the target has not got, and checks its digest (copy.blob,
 * {1} which, where the source's file is damaged). Call it before copy_rows(): a file that
 * nobody names does no harm, a name without its file does. */
enum mc_err copy_blobs(struct ctx *ctx, struct store *source, struct store *target,
		       void (*show)(const struct copy_count *));

#endif
