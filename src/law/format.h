/* format: the kinds of file that the court takes as electronic materials (人民法院在线诉讼规则
 * arts 11-13), how each is known by its bytes, and what can be wrong with a file. The name and
 * the type that a sender gives are words; the bytes decide. */
#ifndef MC_FORMAT_H
#define MC_FORMAT_H
#include "intact.h"
#include "../base/ctx.h"

struct format {
	const char *type;               /* media type under which it is kept */
	const char *endings;            /* of a file's name, "jpg jpeg" */
	const char *types;              /* what else senders call the type, "" if nothing */
	const char *name[LANG_COUNT];
	bool shown;                     /* a browser may show it; the others are handed over to be saved */
	int at;                         /* where the mark stands */
	const char *mark;
	size_t mark_size;
	enum intact (*look)(const struct intact_file *, const char *inside);
	const char *inside;
};

/* What is wrong with a file. Each has a reason of its own, with its cause and its cure. */
enum format_fault {
	FORMAT_WHOLE,
	FORMAT_EMPTY,
	FORMAT_KIND,            /* a kind that is not taken */
	FORMAT_DISGUISED,       /* not the kind that its name or its type says */
	FORMAT_LETTERS,         /* text in other letters than UTF-8 */
	FORMAT_CUT,             /* its end is missing */
	FORMAT_LOCKED           /* a password is needed to open it */
};

/* The kind of a name's ending or of a media type; NULL if it says none that is taken. */
const struct format *format_of_name(const char *name);
const struct format *format_of_type(const char *type);

/* Looks at a file that somebody calls name and says is of that type ("" if unsaid). *found: its kind, if whole. */
enum format_fault format_look(const struct intact_file *file, const char *name, const char *type,
			      const struct format **found);

/* What its name alone tells, before a byte is here: FORMAT_KIND or nothing. */
enum format_fault format_look_name(const char *name);

/* MC_INVALID with the reason, for this field (NULL if none); MC_OK for FORMAT_WHOLE. */
enum mc_err format_refuse(struct ctx *ctx, enum format_fault fault, const char *field, const char *name);

/* ".pdf,.png": all endings that are taken, for a form. */
const char *format_endings(struct arena *mem);

#endif
