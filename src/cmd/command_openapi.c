#include "command_openapi.h"
#include "../web/openapi.h"

#include <stdbool.h>
#include <stdio.h>

int command_openapi(int argc, char **argv)
{
	(void)argv;
	if (argc > 1) {
		fputs("用法：microcourt openapi\nusage: microcourt openapi\n", stderr);
		return 2;
	}
	const struct openapi *document = openapi_document();
	bool said = fwrite(document->bytes, 1, document->size, stdout) == document->size && putchar('\n') != EOF;
	return said && !fflush(stdout) ? 0 : 1;
}
