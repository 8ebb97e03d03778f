/* setting: what an operator decides about this program. setting.tbl has one row a
 * setting; a value comes from the command line, else the environment, else the
 * configuration file, else the table. All are read once, before any thread begins, and
 * never change afterwards (setting_put() is for that start and for tests), so that any
 * thread may ask at any time. */
#ifndef MC_SETTING_H
#define MC_SETTING_H
#include "ctx.h"

#include <stdbool.h>
#include <stddef.h>

enum setting {
#define SETTING(NAME, ...) SETTING_##NAME,
#include "setting.tbl"
#undef SETTING
	SETTING_COUNT
};

enum setting_kind {
	SETTING_KIND_TEXT, SETTING_KIND_PATH, SETTING_KIND_URL, SETTING_KIND_ORIGIN, SETTING_KIND_INT, SETTING_KIND_SIZE,
	SETTING_KIND_DURATION, SETTING_KIND_BOOL, SETTING_KIND_CHOICE
};

enum { SETTING_FLAG_SECRET = 1, SETTING_FLAG_TEST = 2 };

struct arena;

struct setting_row {
	const char *name;               /* as in the file; may hold one *, which the operator names */
	enum setting_kind kind;
	const char *normal;             /* the default; of a CHOICE all of them, "a|b|c" */
	int64_t least, most;
	unsigned flags;
	const char *words[LANG_COUNT];
};

struct setting_value {
	enum setting setting;
	const char *star;               /* what the operator put for the *, "" */
	const char *text;               /* as given; of a CHOICE the word itself */
	int64_t number;                 /* INT, bytes, seconds; BOOL 0 or 1; CHOICE 0 for the first */
	const char *from;               /* "court.conf:12", "MICROCOURT_WORKERS", "--workers"; "" for the default */
	struct setting_value *next;     /* in the order they came */
};

const struct setting_row *setting_row(enum setting setting);

/* The value that counts. text is never NULL. */
const struct setting_value *setting_value(enum setting setting);
const char *setting_text(enum setting setting);         /* TEXT, PATH, URL, ORIGIN, CHOICE */
int64_t setting_int(enum setting setting);              /* INT; SIZE in bytes; DURATION in seconds; CHOICE by its place */
bool setting_on(enum setting setting);                  /* BOOL */

/* Rows with a *: what the operator named, in the order of the first mention, until NULL; and
 * the value of one such name, "" if it has none. */
const char *setting_star(const char *group, size_t n);  /* ("oidc", 0): "city" */
const char *setting_text_of(enum setting setting, const char *star);

/* Where a value came from: "" for the default. */
const char *setting_from(enum setting setting, const char *star);

/* All that was given to rows with a *, in the order it came; NULL if nothing was. */
const struct setting_value *setting_given(void);

/* The row of a name (- and _ are the same) and what stands for its *, "". SETTING_COUNT if there
 * is none; then *like is the name that was perhaps meant, or NULL. */
enum setting setting_find(struct arena *mem, const char *name, const char **star, const char **like);

/* Gives a value, copied. MC_INVALID, with the place it came from, what is wrong and what is
 * allowed, in ctx->why. A value that is there already is replaced. */
enum mc_err setting_put(struct ctx *ctx, enum setting setting, const char *star, const char *text,
			const char *from);

/* All values back to the table (tests). */
void setting_forget(void);

#endif
