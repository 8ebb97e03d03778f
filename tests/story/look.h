/* look: the lines of a story that look at a case and say how it must stand: its stage, limits,
 * papers, service, fee, what may be done, and whether its chain is whole. */
#ifndef STORY_LOOK_H
#define STORY_LOOK_H
#include "run.h"

void look_at(struct run *run, const char *verb, char *rest);
/* How many letters lie in the inbox of who speaks. */
void look_letters(struct run *run, const char *want);
/* What wants doing in the case (due.h) is what a fresh look at it finds: no act has left it behind. */
void look_due(struct run *run);

#endif
