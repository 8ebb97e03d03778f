/* registration: the case is entered in the register: it gets its number, its procedure
 * and its fee, and the parties their notices, in one transaction (民诉法 art. 126;
 * 法〔2015〕137号; 诉讼费用交纳办法 arts 13, 16, 22). */
#ifndef MC_REGISTRATION_H
#define MC_REGISTRATION_H
#include "act.h"

extern const struct act_special registration_register;

#endif
