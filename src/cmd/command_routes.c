#include "command_routes.h"
#include "../base/arena.h"
#include "../court/token.h"
#include "../http/bearer.h"
#include "../web/pages.h"

#include <stdio.h>

static const struct { unsigned flag; const char *word; } command_routes_words[] = {
	{ PAGE_PUBLIC, "public" }, { PAGE_SIGNED, "signed" }, { PAGE_VERIFIED, "verified" }, { PAGE_STAFF, "staff" },
	{ PAGE_WORKER, "worker" }, { PAGE_DOOR, "door" }, { PAGE_FILES, "files" }, { PAGE_OPEN, "open" }, { PAGE_BARE, "bare" },
	{ PAGE_BROWSER, "browser" }, { PAGE_FILING, "filing" }, { PAGE_PROFILE, "profile" },
	{ PAGE_EARLY, "early" }, { PAGE_STREAM, "stream" },
};

/* Methods, paths and flags are plain words of ours: nothing in them needs escaping. */
static void command_routes_line(struct arena *mem, const struct route *route)
{
	unsigned scopes = bearer_scopes(route);
	const char *between = "";
	printf("{\"method\":\"%s\",\"path\":\"%s\",\"flags\":[", route->method, route->path);
	for (size_t i = 0; i < sizeof command_routes_words / sizeof *command_routes_words; i++)
		if (route->flags & command_routes_words[i].flag) {
			printf("%s\"%s\"", between, command_routes_words[i].word);
			between = ",";
		}
	if (scopes == BEARER_NEVER)
		puts("],\"scopes\":null}");
	else
		printf("],\"scopes\":\"%s\"}\n", token_words(mem, scopes));
}

int command_routes(int argc, char **argv)
{
	(void)argv;
	if (argc > 1) {
		fputs("用法：microcourt routes\nusage: microcourt routes\n", stderr);
		return 2;
	}
	struct arena *mem = arena_begin();
	for (size_t i = 0; pages_all[i]; i++)
		for (const struct route *route = pages_all[i](); route->path; route++)
			command_routes_line(mem, route);
	arena_end(mem);
	return 0;
}
