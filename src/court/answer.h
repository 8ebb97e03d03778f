/* answer: the defendant's answer to the complaint (民诉法 art. 128). A late answer is taken
 * and marked; not answering does not stop the case. */
#ifndef MC_ANSWER_H
#define MC_ANSWER_H
#include "act.h"

extern const struct act_special answer_file;

#endif
