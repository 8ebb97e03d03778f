/* form_sent: what came back from the form of an act, as the values that the act is
 * checked and performed with. People without script type the name of a court or a cause
 * instead of its code, tick boxes come one by one, a file that was sent before is only
 * named, a row that was added and left empty is no row: here it all becomes one form. */
#ifndef MC_FORM_SENT_H
#define MC_FORM_SENT_H
#include "page.h"
#include "../court/court.h"
#include "../law/cause.h"
#include "../law/field.h"

/* The values of one section (from 1) of the act's form, or of all of it for 0. Names that the form
 * does not have are left out. A digest opens a file, so a file counts only if it came with this
 * request, is an upload of this person ("upload:ID"), or stands in own, this person's values so far (NULL if none); otherwise MC_INVALID, with
 * the other values in out; so also for files that came broken (ask->wrong). */
enum mc_err form_sent_values(struct ctx *ctx, const struct ask *ask, enum act act, int section,
			     const struct form *own, struct form **out);

/* Takes the values of this section out of a form, to make room for those that were sent. */
void form_sent_clear(struct form *form, enum act act, int section);

/* Everything that can be known without the case: field_check(), and that the courts named exist.
 * MC_INVALID with all reasons. */
enum mc_err form_sent_check(struct ctx *ctx, enum act act, int section, const struct form *values);

/* Court or cause meant by a code or a whole name; MC_UNKNOWN without a reason if there is none. */
enum mc_err form_sent_court(struct ctx *ctx, const char *words, struct court *out);
const struct cause *form_sent_cause(const char *words);

/* The section (from 1) in which a field such as "claims.2.amount" or a group stands; 0 if none. */
int form_sent_section(enum act act, const char *path);

/* "claims.2.amount" apart: the field, its group ("" if none), its row, and what stands behind
 * the field's name ("words", "is.3", ""). False if the form has no such field. */
struct form_sent_name { const struct field *field; const char *group, *rest; int row, section; };
bool form_sent_name(struct arena *mem, enum act act, const char *path, struct form_sent_name *out);

#endif
