/* judgment: the judge decides; the parties may appeal, each within fifteen days of receiving
 * the judgment; when nobody has, it takes effect and the case is closed (民诉法 arts 151 to
 * 158, 171 to 173; 民诉法解释 art. 244). */
#ifndef MC_JUDGMENT_H
#define MC_JUDGMENT_H
#include "act.h"

extern const struct act_special judgment_pronounce, judgment_appeal, judgment_take_effect, judgment_close;

#endif
