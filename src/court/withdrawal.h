/* withdrawal: the plaintiff withdraws the case with the judge's leave, or the case is ruled
 * withdrawn because the fee was not paid in time, which a judge decides and never the clock
 * (民诉法 art. 148; 民诉法解释 art. 213; 诉讼费用交纳办法 arts 15, 22, 34). */
#ifndef MC_WITHDRAWAL_H
#define MC_WITHDRAWAL_H
#include "act.h"

extern const struct act_special withdrawal_rule, withdrawal_deem;

#endif
