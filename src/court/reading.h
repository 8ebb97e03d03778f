/* reading: who may read which paper of a case. The court's staff who have the case read
 * all; the desk that only passed it on, the complaint; a party what its own act wrote,
 * and what has been served on it; plaintiffs the complaint and its receipt; somebody
 * named as agent the authority. A paper that was sent to a party but whose service has
 * not taken effect is announced to that party and not shown: receipt is what the limits
 * run from (Online Litigation Rules arts 29 to 31; 民诉法 art. 90). */
#ifndef MC_READING_H
#define MC_READING_H
#include "chain.h"
#include "paper.h"

enum reading_state {
	READING_NONE, /* nothing of it is shown, not even that it exists */
	READING_SENT, /* sent to this person's party, to be received first */
	READING_OPEN
};

struct reading {
	struct paper paper;       /* without its words and digest, unless it was loaded and is open */
	int party;                /* the party whose act wrote it, 0 the court */
	enum reading_state state; /* for the person of docket */
	int64_t sent, effective;  /* of service on this person's party, 0 if none */
};

/* The papers of a case that the person of docket may know of, newest first. */
enum mc_err reading_list(struct ctx *ctx, const struct docket *docket, struct reading **out, size_t *count);

/* One paper, with its words only if it is open. MC_UNKNOWN if there is none for this person. */
enum mc_err reading_load(struct ctx *ctx, const struct docket *docket, int number, struct reading *out);

/* Whether a letter about this paper lies unopened in the inbox of ctx->person. */
bool reading_unopened(struct ctx *ctx, const struct docket *docket, int number);

/* Whether the person of docket may read the form of an entry: staff, and the party by or for whom it was done. */
bool reading_entry(const struct ctx *ctx, const struct docket *docket, const struct chain_entry *entry);

/* Whether the person of docket may know what is claimed and shown in the case: staff, the
 * plaintiffs, and defendants once the complaint has been served on them with effect. */
bool reading_informed(const struct docket *docket, const struct reading *papers, size_t count);

#endif
