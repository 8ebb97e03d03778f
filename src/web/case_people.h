/* case_people: the parties of a case, who acts for them, and how far each has been
 * reached. Telephone and address are for the court and the party itself; of a number
 * only its ends are shown (个人信息保护法 art. 28). */
#ifndef MC_CASE_PEOPLE_H
#define MC_CASE_PEOPLE_H
#include "case_view.h"

enum mc_err case_people_fill(struct ctx *ctx, const struct case_view *view, struct view_case *out);

/* "律师", "特别授权": what an agent is, and how far the authority goes. */
const char *case_people_word(struct ctx *ctx, const char *field, const char *value);

#endif
