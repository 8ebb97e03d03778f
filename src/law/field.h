/* field: the forms of the acts, as a table. The same rows draw the form, check what
 * came in, describe it to machines, and give the canonical values that the docket
 * digests. field.tbl has one FORM per act that asks anything. Pure. */
#ifndef MC_FIELD_H
#define MC_FIELD_H
#include "rule.h"
#include "../base/form.h"

enum field_what { FIELD_FORM, FIELD_SECTION, FIELD_GROUP, FIELD_GROUP_END, FIELD_FIELD, FIELD_OPTION };

enum field_kind {
	FIELD_LINE, FIELD_LONG, FIELD_MONEY, FIELD_DAY, FIELD_MOMENT, FIELD_CHOICE,
	FIELD_PICK,             /* one of what the case offers: a party, an item, a judge, a court */
	FIELD_TICKS,            /* several of those, their values joined by commas */
	FIELD_TICK,             /* yes, or absent */
	FIELD_CAUSE, FIELD_COURT,
	FIELD_CITIZEN,          /* identity number of a person or, in the same box, a credit code */
	FIELD_PHONE, FIELD_FILE
};

struct field {
	enum field_what what;
	enum act act;                           /* of a FORM */
	const char *name;                       /* of a GROUP, FIELD, or the value of an OPTION */
	enum field_kind kind;
	bool need;
	int min, max;                           /* characters, or rows of a group; 0 as by kind */
	const char *label[LANG_COUNT], *help[LANG_COUNT];
	const char *add[LANG_COUNT];            /* of a group: the words of its button */
	const char *when;                       /* "capacity=agent": asked only if that field of the same row says so */
	const char *preset;                     /* value the form opens with; never for a consent */
};

/* The rows of an act's form, or NULL if it asks nothing; *count includes the FORM row. */
const struct field *field_form(enum act act, size_t *count);
const struct field *field_find(enum act act, const char *group, const char *name);
/* The field that a name in a form means, "file" or "items.2.file"; NULL if none. */
const struct field *field_at(struct arena *mem, enum act act, const char *path);
int field_sections(enum act act);
int field_most(const struct field *field);       /* characters that its value may have */

/* Checks a submitted form (all of it, or one section from 1) and gives the clean values:
 * known names only, trimmed, money in fen, days as 2026-09-16, moments as
 * 2026-09-16T09:30. Every fault is reported with its field: MC_INVALID. */
enum mc_err field_check(struct ctx *ctx, enum act act, int section,
			const struct form *in, struct form **out);

/* A clean value as a person reads it: the option's words, money with commas. */
const char *field_say(struct ctx *ctx, enum act act, const struct field *field, const char *value);

/* Whether the condition of a field holds for these values. */
bool field_asked(const struct field *field, const struct form *form, const char *group, int row);

/* "digest size type filename": the parts of an uploaded file's value. */
struct field_file { const char *digest, *type, *name; int64_t size; };
bool field_file(struct arena *mem, const char *value, struct field_file *out);

#endif
