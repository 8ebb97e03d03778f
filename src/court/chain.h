/* chain: the entries of a docket, each holding the digest of the one before, so that
 * nothing in a case can be changed, dropped or slipped in afterwards unseen. An entry
 * says who did what, when, from which session and device, with which form and papers. */
#ifndef MC_CHAIN_H
#define MC_CHAIN_H
#include "docket.h"

struct chain_entry {
	int number;
	const char *act, *person, *session, *device, *how, *form, *form_digest, *papers, *stage, *previous, *digest;
	int party;
	int64_t at;
	bool late;
	const char *name;       /* of the person, from chain_newest() only */
};

/* The line by which an entry vouches for a paper that it wrote: digest of its words, number, kind, title. */
const char *chain_paper(struct ctx *ctx, const char *digest, int number, const char *kind, const char *title);

/* Appends an entry after docket->head; fills number, digests. Only inside a transaction. */
enum mc_err chain_append(struct ctx *ctx, struct docket *docket, struct chain_entry *entry);

/* Entries of a case in order, from the one after the number given; NULL act at the end. */
enum mc_err chain_list(struct ctx *ctx, const struct docket *docket, int after, size_t most,
		       struct chain_entry **out, size_t *count);

/* The last entries of a case, the newest first, as far as a list shows them: without form, papers,
 * session, stage and digests. */
enum mc_err chain_newest(struct ctx *ctx, const struct docket *docket, size_t most,
			 struct chain_entry **out, size_t *count);

struct chain_fault { int entry; const char *what; };

/* Walks the whole chain of a case and the papers it wrote, as far as it goes when the walk begins,
 * so also while acts are done. whole, or the first fault; entries is how many were found good. Needs
 * no person: for verify and for tests. */
enum mc_err chain_verify(struct ctx *ctx, const char *court, const char *docket, bool *whole,
			 int *entries, struct chain_fault *fault);

#endif
