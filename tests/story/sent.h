/* sent: a file goes to the court piece by piece (tus 1.0), as a browser or a program sends it: begun,
 * three pieces, and after a piece that was not taken the court is asked how far it has got. In this
 * process straight through the pages, without a socket, so that any call may be made to fail. */
#ifndef STORY_SENT_H
#define STORY_SENT_H
#include "stage.h"

#include <stddef.h>
#include <stdint.h>

enum { SENT_HEADERS = 8 };

struct sent_call {
	const char *method, *path;
	struct { const char *name, *value; } header[SENT_HEADERS];      /* ends with a name NULL */
	const char *body;
	size_t size;
};

struct sent_answer {
	int status;
	const char *where;              /* Location, or "" */
	const char *key;                /* of the problem, or "" */
	int64_t offset;                 /* Upload-Offset, -1 if it was not told */
};

/* Asks for it of the program (who: an account) or of the pages in this process (who: a person's id). */
struct sent_answer sent_ask(struct stage_set *set, const char *who, const struct sent_call *call);

/* The least that is a whole PDF, with these words in it. */
const char *sent_pdf(struct arena *mem, const char *words);

/* Sends this PDF; begun with its first bytes, or without. The id of the upload once the court has
 * all of it, NULL if that cannot be reached. trouble, if not NULL, is told of each answer but success. */
const char *sent_file(struct stage_set *set, const char *who, const char *bytes, bool with,
		      void (*trouble)(const struct sent_call *, const struct sent_answer *));

#endif
