/* draft: what somebody has typed into the form of an act and not yet signed. It belongs
 * to that person alone: no court, no other party and no colleague sees it, and nothing
 * follows from it. It lies on the nation's shelf, because a complaint that is only begun
 * has no court yet. A complaint's draft carries the id that the case will have, so that
 * signing it twice makes one case. */
#ifndef MC_DRAFT_H
#define MC_DRAFT_H
#include "docket.h"
#include "../base/form.h"

#define DRAFT_MOST (200 << 10)  /* bytes of its values */
#define DRAFT_LIST 50           /* of one person: unfinished complaints that are listed, and may be begun */

struct draft {
	const char *docket;     /* the case, or the id that a new case will have */
	const char *home;       /* court of the case, "" for a new one */
	enum act act;
	struct form *form;
	int64_t at;             /* last saved, seconds since 1970 */
};

/* Keeps the draft of ctx->person, in place of an older one of the same act in the same case.
 * MC_TOO_LARGE over DRAFT_MOST; MC_CONFLICT for a new draft over DRAFT_LIST complaints, and for
 * a complaint that has been filed. Opens a transaction. */
enum mc_err draft_save(struct ctx *ctx, const struct draft *draft);

/* MC_UNKNOWN, without a reason, if ctx->person has none. */
enum mc_err draft_load(struct ctx *ctx, const char *docket, enum act act, struct draft *out);

/* The drafts of ctx->person for one act, the newest first, at most DRAFT_LIST. */
enum mc_err draft_list(struct ctx *ctx, enum act act, struct draft **out, size_t *count);

/* Forgets it; harmless if there is none. Opens a transaction. */
enum mc_err draft_drop(struct ctx *ctx, const char *docket, enum act act);

/* The court of the case that a complaint's draft has become, "" if it has become none that
 * ctx->person takes part in. */
enum mc_err draft_became(struct ctx *ctx, const char *docket, const char **home);

#endif
