/* custody: who needs a blob: an entry of a docket, a draft, or an upload that is in no form yet. The
 * row that says so is written in the transaction that names the blob, and what has no row for a
 * day is swept. Naming and sweeping both happen on the writer's thread, so no act can name a blob
 * that is just being removed. */
#ifndef MC_CUSTODY_H
#define MC_CUSTODY_H
#include "../base/ctx.h"
#include "../base/form.h"
#include "../law/rule.h"

struct store;

/* Inside db_together(): the holder needs this blob from now on. MC_INVALID "form.file" for the field
 * (NULL if none) if the blob is not there. */
enum mc_err custody_take(struct ctx *ctx, const char *court, const char *holder, const char *digest, const char *field);

/* The same for all files of an act's form. */
enum mc_err custody_take_form(struct ctx *ctx, const char *court, const char *holder, enum act act, const struct form *form);

/* Inside db_together(): the holder needs none any more. */
enum mc_err custody_release(struct ctx *ctx, const char *court, const char *holder);

/* Removes the blobs that nobody has needed for a day. Blobs from before these rows were written are
 * left alone. Opens transactions. */
enum mc_err custody_sweep(struct ctx *ctx, struct store *store, int *removed);

struct custody_sum {
	int64_t named, missing;                 /* blobs that somebody needs, and those of them that are not there */
	int64_t blobs, damaged, orphaned;       /* blobs that are there; with other bytes than their name says; needed by nobody */
};

/* Whether every blob that somebody needs is there; with all, also whether the bytes of every blob are what
 * they were, and whether somebody needs it (a new one may wait a day for that). Calls say for each that
 * is not as it should be. Changes nothing. May take long. */
enum mc_err custody_verify(struct ctx *ctx, struct store *store, bool all, void (*say)(void *what, const char *digest, const char *why),
			   void *what, struct custody_sum *out);

#endif
