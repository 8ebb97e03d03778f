/* blank: a small form to fill in (sign in, register, decide on an account): named
 * fields with words of both languages, and the reasons of a failure put where they
 * belong. The forms of acts are made from their own table; this is for the others. */
#ifndef MC_BLANK_H
#define MC_BLANK_H
#include "page.h"
#include "view.h"

enum blank {
	BLANK_LINE, BLANK_LONG, BLANK_PHONE, BLANK_PASSWORD, BLANK_PICK, BLANK_CHOICE, BLANK_TICK, BLANK_TICKS,
	BLANK_HIDDEN,
};
enum { BLANK_FIELDS = 24, BLANK_OPTIONS = 16 };

/* A form with one section. submit: language key of the button; verb: what it sends as do=. */
struct view_form *blank_begin(struct ctx *ctx, const struct ask *ask, const char *action,
			      const char *submit, const char *verb);

/* Adds a required field with the words of key, and of key_help if there are any. At most
 * BLANK_FIELDS; the caller may change what it gets. */
struct view_form_field *blank_field(struct ctx *ctx, struct view_form *form, enum blank kind,
				    const char *name, const char *key, const char *value);

/* Adds an answer to a pick, choice or ticks; chosen if it is the value of the field. At most BLANK_OPTIONS. */
void blank_option(struct ctx *ctx, struct view_form_field *field, const char *value, const char *label,
		  const char *help);

/* Moves the reasons of ctx to the form: one list above, and each beside its field. Fields that the
 * form does not show are told in the list alone. */
void blank_wrong(struct ctx *ctx, struct view_form *form);

#endif
