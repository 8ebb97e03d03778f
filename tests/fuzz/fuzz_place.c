/* Whatever is written as the place of a database: what the program says of it in a log or a
 * failure holds no password that PostgreSQL's own reader finds in it. Nothing is connected to. */
#include "base/arena.h"
#include "store/place.h"
#include "store/postgres.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

/* A password that stands in the place as it is, and once. */
static bool fuzz_place_secret(const char *place, const char *word)
{
	const char *first = strstr(place, word);
	return strlen(word) > 3 && !strchr(place, '%') && first && !strstr(first + 1, word);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena *mem = arena_begin();
	char *place = arena_take(mem, n + 20), *wrong = NULL;
	memcpy(place, "postgres://", 11);
	memcpy(place + 11, bytes, n);
	const char *shown = place_shown(mem, place);
	assert(postgres_place(place) && shown);
	PQconninfoOption *options = PQconninfoParse(place, &wrong);
	for (PQconninfoOption *o = options; o && o->keyword; o++)
		if ((!strcmp(o->keyword, "password") || !strcmp(o->keyword, "sslpassword")) && o->val && fuzz_place_secret(place, o->val))
			assert(!strstr(shown, o->val));
	PQconninfoFree(options);
	PQfreemem(wrong);
	arena_end(mem);
	return 0;
}
