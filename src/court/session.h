/* session: what carries a browser from its signing in to its signing out. Acts done in one count as
 * the person's own (在线诉讼规则 art. 7), so every session, with its device, stays on record. */
#ifndef MC_SESSION_H
#define MC_SESSION_H
#include "../base/cursor.h"

#include <stdbool.h>
#include <stddef.h>

/* Seconds: unused so long it ends; at most so long it lasts, for staff and for others. */
enum { SESSION_IDLE = 12 * 3600, SESSION_STAFF = 8 * 3600, SESSION_LONGEST = 7 * 86400 };

/* One that begins later than this from now was begun while the clock was ahead, and is none: else it would last until
 * the clock is there again. */
enum { SESSION_AHEAD = 3600 };

struct session {
	const char *session;                    /* the digest of the token */
	const char *device, *address;           /* address: a block of them (court/attempt) */
	int64_t since, seen, ends, ended;       /* ended 0 while it lasts */
	const char *way;                        /* how it began, as in struct login_proof */
	bool here;                              /* the one that asks */
};

/* What a token is kept as. */
const char *session_digest(struct ctx *ctx, const char *token);

/* Begins a session of this person, and ends the one in which this is asked. In a transaction only. */
enum mc_err session_begin(struct ctx *ctx, const char *person, const char *token, const char *csrf, const char *block,
			  const char *way);

/* Ends one session of ctx->person, named by its digest; MC_UNKNOWN "login.no_session". */
enum mc_err session_end(struct ctx *ctx, const char *session);

/* Ends all sessions of ctx->person but the present one, and with them every token: whoever says "that
 * was not me" is safe at once, and a program is soon given a new one. The same happens when the
 * password changes: session_end_all(), in a transaction only. */
enum mc_err session_end_others(struct ctx *ctx);
enum mc_err session_end_all(struct ctx *ctx, const char *person, const char *but);

/* A page of the sessions of ctx->person, as long as they are on record, the newest first; of a cursor at (since) and
 * id (the session) count. */
enum mc_err session_list(struct ctx *ctx, const struct cursor *from, int64_t limit, struct session **out, size_t *count);

/* Forgets sessions after five years. In a transaction only. */
enum mc_err session_sweep(struct ctx *ctx);

#endif
