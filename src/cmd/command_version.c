#include "command.h"
#include "../base/version.h"

#include <stdio.h>

int command_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("microcourt " MC_VERSION);
	return 0;
}
