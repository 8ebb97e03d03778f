/* command_say: why a command could not do its work, for a person at a terminal. */
#ifndef MC_COMMAND_SAY_H
#define MC_COMMAND_SAY_H
#include "../base/ctx.h"

/* Every reason on standard error, in both languages: whoever starts a program has not chosen one. */
void command_say(struct ctx *ctx, const char *command);

#endif
