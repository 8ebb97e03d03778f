/* jurisdiction: a defendant objects that another court should decide, within the time for
 * the answer, and the judge rules on it (民诉法 arts 130, 157). */
#ifndef MC_JURISDICTION_H
#define MC_JURISDICTION_H
#include "act.h"

extern const struct act_special jurisdiction_object, jurisdiction_rule;

#endif
