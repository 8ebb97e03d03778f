#include "command_routes.h"
#include "../web/pages.h"

#include <stdio.h>

static const struct { unsigned flag; const char *word; } command_routes_words[] = {
	{ PAGE_PUBLIC, "public" }, { PAGE_SIGNED, "signed" }, { PAGE_VERIFIED, "verified" }, { PAGE_STAFF, "staff" },
	{ PAGE_WORKER, "worker" }, { PAGE_FILES, "files" }, { PAGE_OPEN, "open" }, { PAGE_BARE, "bare" },
};

/* Methods, paths and flags are plain words of ours: nothing in them needs escaping. */
static void command_routes_line(const struct route *route)
{
	const char *between = "";
	printf("{\"method\":\"%s\",\"path\":\"%s\",\"flags\":[", route->method, route->path);
	for (size_t i = 0; i < sizeof command_routes_words / sizeof *command_routes_words; i++)
		if (route->flags & command_routes_words[i].flag) {
			printf("%s\"%s\"", between, command_routes_words[i].word);
			between = ",";
		}
	puts("]}");
}

int command_routes(int argc, char **argv)
{
	(void)argv;
	if (argc > 1) {
		fputs("用法：microcourt routes\nusage: microcourt routes\n", stderr);
		return 2;
	}
	for (size_t i = 0; pages_all[i]; i++)
		for (const struct route *route = pages_all[i](); route->path; route++)
			command_routes_line(route);
	return 0;
}
