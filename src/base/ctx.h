/* ctx: what every action needs to know: whose memory, which database, who is
 * asking, from where, in which language, what time it is, and, when something
 * fails, why. A function that can fail returns enum mc_err and says why through
 * ctx_fail(); callers pass the code up untouched. Only the edge (web/problem,
 * cmd) turns a code into a status or a sentence. */
#ifndef MC_CTX_H
#define MC_CTX_H
#include <stdbool.h>
#include <stdint.h>

enum mc_err {
	MC_OK,
	MC_INVALID,     /* the input breaks a rule; why->field says where  422 */
	MC_SIGNIN,      /* nobody is signed in, and somebody must be       401 */
	MC_DENIED,      /* this person may not do this                     403 */
	MC_UNKNOWN,     /* no such thing, or not visible to this person    404 */
	MC_CONFLICT,    /* not in this stage, or someone else was first    409 */
	MC_TOO_LARGE,   /* more bytes than the rule allows                 413 */
	MC_STORE,       /* the database or disk failed, or it is too busy  503 */
	MC_STALE,       /* it is no longer as the caller saw it            412 */
	MC_BUSY,        /* too often in a short time; try again later      429 */
	MC_ERR_COUNT
};

enum lang { LANG_ZH, LANG_EN, LANG_COUNT };

struct arena;
struct ctx;
struct db;

/* One reason. A form may have several: they are kept in the order found. */
struct why {
	const char *key;        /* message key in lang/zh.po and lang/en.po */
	const char *field;      /* form field, e.g. "claims.2.amount", or NULL */
	const char *law;        /* statute that decides it, e.g. "民诉法第128条", or NULL */
	const char *arg[3];     /* fills {1} {2} {3} of the message */
	int64_t retry;          /* seconds after which it may be tried again, 0 if that is not known */
	struct why *next;
};

/* What must be written together with the act that comes next, before it, in the same
 * transaction: it stands if the act stands. The first member of whatever write() needs. */
struct ctx_first {
	enum mc_err (*write)(struct ctx *, struct ctx_first *);
	bool written;           /* it is durable */
};

struct ctx {
	struct arena *mem;
	struct db *db;
	const char *person;     /* id of the signed-in person, "" if none */
	const char *session;    /* digest of the session or of the token, "" if none */
	const char *device;     /* what the browser calls itself, or "token NAME"; "" if unknown */
	bool lay;               /* asks as a private person: by a token that leaves the own offices out */
	const char *request;    /* id of the request that this is done for; NULL or "" if none */
	enum lang lang;
	int64_t now;            /* seconds since 1970, taken once a request from clock_now() */
	struct ctx_first *first; /* NULL if nothing; the store forgets it once it is durable */
	struct why *why;        /* reasons of the failure, oldest first */
};

/* Adds a reason (copied into ctx->mem) and returns err, so that a failing line
 * reads "return ctx_fail(...)". Several calls collect several reasons. */
enum mc_err ctx_fail(struct ctx *ctx, enum mc_err err, struct why why);

/* Forgets the reasons so far; for a caller that tries something else instead. */
void ctx_forget(struct ctx *ctx);

#endif
