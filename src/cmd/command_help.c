#include "command.h"

#include <stdio.h>
#include <string.h>

static void command_help_print(const struct command *c)
{
	printf("  microcourt %s%s%s\n      %s\n      %s\n", c->name, *c->arguments ? " " : "", c->arguments,
	       c->zh, c->en);
}

int command_help(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	if (!*name)
		puts("微法庭：从第一张表格到结案的民事诉讼。\n"
		     "microcourt: a civil case, from the first form to its close.\n");
	int found = 0;
	for (const struct command *c = command_table; c->name; c++)
		if (!*name || !strcmp(c->name, name)) {
			command_help_print(c);
			found = 1;
		}
	if (found)
		return 0;
	fprintf(stderr, "microcourt: 没有“%s”这个命令。\nmicrocourt: no command \"%s\".\n", name, name);
	return 2;
}
