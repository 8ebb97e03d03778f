/* file_check: the complaint as it is read once more before it is signed: every answer
 * with its question, what is missing and where to put it right, and what the court fee
 * will come to (诉讼费用交纳办法 arts 13, 20). */
#ifndef MC_FILE_CHECK_H
#define MC_FILE_CHECK_H
#include "form_view.h"

/* Whether a section (from 1) of the complaint is answered and right; the signature is left for last. */
bool file_check_section(struct ctx *ctx, int section, const struct form *values);

/* Fills the answers, what is missing, and the fee. path: "/file/ID"; self: name of who files. */
enum mc_err file_check_fill(struct ctx *ctx, const char *path, const char *self, const struct form *values,
			    struct view_file_check *out);

/* Leaves in the form the field of this name alone, or everything but it. */
void file_check_keep(struct view_form *form, const char *name, bool alone);

/* The values as if they were signed, to check all but the signature. */
struct form *file_check_signed(struct arena *mem, const struct form *values);

#endif
