#include "command.h"

#include <stdio.h>

int command_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("microcourt 0.1");
	return 0;
}
