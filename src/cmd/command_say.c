#include "command_say.h"
#include "../base/lang.h"

#include <stdio.h>

void command_say(struct ctx *ctx, const char *command)
{
	for (const struct why *why = ctx->why; why; why = why->next)
		for (enum lang lang = LANG_ZH; lang < LANG_COUNT; lang++)
			fprintf(stderr, "%s: %s\n", command,
				lang_print(ctx->mem, lang, why->key, why->arg[0], why->arg[1], why->arg[2]));
}
