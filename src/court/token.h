/* token: what a person gives a program, so that it may do some things in that person's name and
 * no others. It is told once and kept as a digest; acts done with it carry that digest as their
 * session (在线诉讼规则 art. 7: what is done in an account counts as done by its owner). Never
 * more than the person may do: a suspended person's token is worth nothing, an ended office is
 * not in it. How it travels: http/bearer.h, RFC 6750. */
#ifndef MC_TOKEN_H
#define MC_TOKEN_H
#include "../base/cursor.h"

#include <stdbool.h>
#include <stddef.h>

/* What is done, and, with TOKEN_STAFF, also by the offices that the person holds. */
enum token_scope {
	TOKEN_READ    = 1 << 0,         /* read cases and papers */
	TOKEN_ACT     = 1 << 1,         /* do acts in cases */
	TOKEN_FILE    = 1 << 2,         /* write drafts, send files, file a complaint */
	TOKEN_ACCOUNT = 1 << 3,         /* read and correct one's own data */
	TOKEN_STAFF   = 1 << 4,         /* with the offices one holds, not only as a party */
};
enum { TOKEN_SCOPES = 5, TOKEN_DAYS = 90, TOKEN_DAYS_MOST = 365, TOKEN_MOST = 20 };

struct token {
	const char *digest, *person, *name;
	const char *address;                    /* block it was last used from, "" never */
	unsigned scopes;                        /* enum token_scope */
	int64_t since, ends, seen, ended;       /* seen 0: never; ended 0 while it lasts, else when it ended */
};

const char *token_scope_word(unsigned scope);           /* one bit: "read"; as sent, and in RFC 6750 answers */
unsigned token_scope_of(const char *word);              /* 0 if there is none */
const char *token_words(struct arena *mem, unsigned scopes);    /* "read act" */

/* "mct_" and 43 characters, of which the last six are the first six hex digits of the SHA-256 of all
 * that stands before them: so a mistyped token is told from a revoked one, and a scanner of
 * published source is sure of what it has found. */
bool token_whole(const char *text);

/* Makes a token for ctx->person, good for so many days, and tells it. Ask for the password first
 * (login_again). MC_INVALID for name (1 to 60 characters, alone among the living), scopes or days;
 * MC_CONFLICT "token.too_many" over TOKEN_MOST living ones. */
enum mc_err token_make(struct ctx *ctx, const char *name, unsigned scopes, int64_t days, const char **told);

/* The living token behind what a program sent from this block of addresses, noting its use. MC_SIGNIN
 * "token.invalid", "token.ended", "token.suspended". */
enum mc_err token_find(struct ctx *ctx, const char *text, const char *block, struct token *out);

/* Revokes one of ctx->person's, or "all"; all of a person's, in a transaction only. */
enum mc_err token_end(struct ctx *ctx, const char *which);
enum mc_err token_end_all(struct ctx *ctx, const char *person);

/* Those of ctx->person that last, the newest first: at most TOKEN_MOST. */
enum mc_err token_list(struct ctx *ctx, struct token **out, size_t *count);

/* A page of those that have ended, the newest first; of a cursor at (since) and id (digest) count. */
enum mc_err token_past(struct ctx *ctx, const struct cursor *from, int64_t limit, struct token **out, size_t *count);

/* Forgets what ended five years ago. In a transaction only. */
enum mc_err token_sweep(struct ctx *ctx);

#endif
