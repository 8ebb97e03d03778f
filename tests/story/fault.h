/* fault: everything that somebody does in a story is first tried with the first call to the
 * database failing, then with the second, and so on until none is left to fail; likewise every
 * call to the file system while a file is taken in, whole or piece by piece. After each failure nothing may have
 * changed: not a row of any table, not a named file. Then the story goes on, and its own lines
 * say whether what was done at last is what would have been done at once. */
#ifndef STORY_FAULT_H
#define STORY_FAULT_H
#include "../../src/base/ctx.h"
#include "../../src/law/rule.h"

struct stage_set;
struct form;

struct fault_count { int tried, tries, failed; };

/* Performs what with a context of its own each time, until nothing was left to fail. What comes
 * of that last time is the result, and *ctx holds its reasons. name: for messages, and what was
 * done once after having been tried is not tried again. */
enum mc_err fault_every(struct stage_set *set, struct ctx *ctx, const char *name,
			enum mc_err (*what)(struct ctx *, void *), void *arg);

/* Takes in a new file for every field of the form that holds one, with each call failing once. */
void fault_files(struct stage_set *set, const struct ctx *ctx, enum act act, struct form *form);

/* Uploads a PDF of these words piece by piece, with each call to the database and to the file system failing once: who sends
 * asks how far it has got and goes on, nothing acknowledged is taken back, and at last the court has the whole. */
void fault_upload(struct stage_set *set, const char *person, const char *words);

/* What was tried so far: acts, failures, and failures after which something was wrong. */
struct fault_count fault_counted(void);
/* Whether something of this name was tried and done. */
bool fault_done(const char *name);

#endif
