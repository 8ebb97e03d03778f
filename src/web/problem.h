/* problem: an error code becomes an answer here and nowhere else: RFC 9457
 * problem JSON for programs; for people a page that says what is wrong, where,
 * under which rule, how to put it right, and where to go on. */
#ifndef MC_PROBLEM_H
#define MC_PROBLEM_H
#include "page.h"

/* The HTTP status of a code. */
int problem_status(enum mc_err err);

/* The words of a code: key of its title. */
const char *problem_title(enum mc_err err);

/* The status of a failure that the page shows in its own way, as its form again, and after how many seconds
 * it may be tried again; before the form takes the reasons. */
void problem_mark(const struct ctx *ctx, enum mc_err err, struct reply *reply);

/* Answers with the reasons in ctx->why; err is not MC_OK. A status given in reply->status is kept. */
void problem_reply(struct ctx *ctx, const struct ask *ask, enum mc_err err, struct reply *reply);

/* GET /problems/:key: what a kind of problem means. */
enum mc_err problem_show(struct ctx *ctx, const struct ask *ask, struct reply *reply);

#endif
