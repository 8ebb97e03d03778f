/* kept: answers that need not be drawn again. The page of a case is asked for again and again
 * between two acts; it is kept as long as nothing that it is about has changed (store/change:
 * the case, its reader, the session, or what concerns everybody), and never beyond the minute
 * in which it was drawn, for what one may do turns on the minute. It is given only to the
 * session that it was drawn for, each time with its line in the read log. Whether a session
 * still lasts is part of what is kept: no longer than login says that it may be believed.
 *
 * kept_drawn_too, in tests: every kept answer is drawn as well, and one that differs ends the
 * program. */
#ifndef MC_KEPT_H
#define MC_KEPT_H
#include "../base/ctx.h"
#include "../base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct changes;
struct kept;

/* Room for so many answers of at most 64 KiB each; NULL if changes is NULL or there is to be none. */
struct kept *kept_begin(struct arena *mem, const struct changes *changes, int64_t places);

/* What is asked for, by whom. */
struct kept_ask {
	const char *token;              /* of the session, as the browser sent it */
	const char *uri, *host, *docket;/* docket: the case's id */
	enum lang lang;
	bool json;
	int64_t now;
};

/* What was answered. */
struct kept_answer {
	const char *person, *session;
	const char *csrf, *type, *etag;
	struct text body;
	int64_t until;                  /* the session may be believed so long without being looked up */
};

/* True if the answer is there and holds: all of it copied into mem. */
bool kept_find(struct kept *kept, struct arena *mem, const struct kept_ask *ask, struct kept_answer *out);

/* The state of the store, before it is looked at; kept_put() keeps only what was drawn in the same. */
uint64_t kept_tide(const struct kept *kept);
void kept_put(struct kept *kept, uint64_t tide, const struct kept_ask *ask, const struct kept_answer *answer);

#endif
