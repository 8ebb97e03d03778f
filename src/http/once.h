/* once: a request that carries a key is performed once. Programs send the key as
 * Idempotency-Key and may ask again when a line broke (IETF
 * draft-ietf-httpapi-idempotency-key-header); the forms that the court draws carry one
 * of their own, so that a second click or a reload does nothing twice. */
#ifndef MC_ONCE_H
#define MC_ONCE_H
#include "route.h"
#include "../court/repeat.h"

#define ONCE_FIELD "once"       /* the hidden field of a form */

struct once_run { struct once_run *next; const char *owner, *key; };

struct once {
	struct repeat repeat;
	struct once_run run;    /* stands in the list of what is being performed now */
	bool on;                /* there is a key */
	bool answered;          /* reply is the answer to the first request */
};

/* A key for a form to be drawn. */
const char *once_key(struct arena *mem);

/* True if the header names a key that this owner has used before, whatever for. */
bool once_known(struct ctx *ctx, const struct ask *ask, const char *owner);

/* Looks for a key and, if there is one, for its note. owner: whose keys they are. patient: may
 * wait for the same form while it is being performed (on a worker's thread). MC_INVALID (status 400) if
 * the key is malformed, MC_INVALID if it was used for another request, MC_CONFLICT "repeat.running"
 * while the first is being performed. once_end() follows in every case. */
enum mc_err once_begin(struct ctx *ctx, const struct ask *ask, const char *owner, bool patient,
		       struct reply *reply, struct once *once);

/* The page has answered (err: it failed): keeps the answer, or forgets a key with which nothing was
 * done. Leaves ctx->why and the answer as they are. */
void once_end(struct ctx *ctx, struct once *once, const struct ask *ask, struct reply *reply, enum mc_err err);

#endif
