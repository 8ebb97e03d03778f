/* directory: which cases a person takes part in and on which court's shelf each
 * lies. "My cases" reads this one list instead of asking every court. */
#ifndef MC_DIRECTORY_H
#define MC_DIRECTORY_H
#include "../base/ctx.h"

#include <stddef.h>

struct cursor;

struct directory_row {
	const char *home, *docket;      /* the court's code, the case's id */
	int64_t since;                  /* when the person came to it */
};

/* Enters a case for a person; entering it twice is harmless. In a transaction only. */
enum mc_err directory_add(struct ctx *ctx, const char *person, const char *home, const char *docket);
enum mc_err directory_drop(struct ctx *ctx, const char *person, const char *docket);

/* A person's cases, the youngest first, at most limit (1 to 201) after, or back from, the one with the
 * id of from. */
enum mc_err directory_list(struct ctx *ctx, const char *person, const struct cursor *from, int64_t limit,
			   struct directory_row **out, size_t *count);

#endif
