/* repeat: notes of requests that were sent with a key, so that a line that broke, a
 * second click or a reload does nothing twice. The note is written in the transaction
 * of the act (ctx->first), so that after a crash it is there if, and only if, the act
 * is (IETF draft-ietf-httpapi-idempotency-key-header). */
#ifndef MC_REPEAT_H
#define MC_REPEAT_H
#include "../base/ctx.h"

#define REPEAT_KEPT (24 * 3600)         /* seconds that a note is kept */
#define REPEAT_BODY (64 << 10)          /* bytes of an answer that are kept at most */

struct repeat {
	struct ctx_first first;
	const char *owner;      /* person id; of a stranger, a digest of what is known of them */
	const char *key;        /* SHA-256 of the key */
	const char *request;    /* SHA-256 of what was asked */
	bool drawn;             /* the key stood in a form that the court drew: it remembers the last request
	                         * sent with it, since a form may be mended and sent again */
};

enum repeat_state {
	REPEAT_NEW,             /* never seen */
	REPEAT_OTHER,           /* the key was used for another request */
	REPEAT_BEGUN,           /* performed, but its answer was lost on the way */
	REPEAT_ANSWERED
};

struct repeat_answer { int status; const char *where, *type, *body; };  /* "" where there is none */

enum mc_err repeat_find(struct ctx *ctx, const struct repeat *repeat, enum repeat_state *state,
			struct repeat_answer *answer);

/* From here on the next transaction of ctx writes the note first. It fails with MC_CONFLICT
 * (repeat.running) if another process was faster. repeat lives as long as ctx performs acts. */
void repeat_begin(struct ctx *ctx, struct repeat *repeat);

/* Keeps the answer beside the note. */
enum mc_err repeat_keep(struct ctx *ctx, const struct repeat *repeat, const struct repeat_answer *answer);

/* Removes the note: what was asked was refused after all, and may be asked again. */
enum mc_err repeat_forget(struct ctx *ctx, const struct repeat *repeat);

/* Removes the notes that are older than REPEAT_KEPT. */
enum mc_err repeat_sweep(struct ctx *ctx);

#endif
