#include "place.h"
#include "../base/arena.h"

#include <string.h>

const char *place_shown(struct arena *mem, const char *place)
{
	const char *host = strstr(place, "://");
	if (!host)
		return place;
	/* PostgreSQL takes all before an @ for name and password, also a ?, up to the first /. What stands before an @
	 * behind that, of a password with a / in it, is shown no more than the values after a ?, which may be secret. */
	host += 3;
	const char *slash = host + strcspn(host, "/");
	for (const char *c = host; c < slash; c++)
		host = *c == '@' ? c + 1 : host;
	const char *end = host + strcspn(host, "?");
	for (const char *c = host; c < end; c++)
		host = *c == '@' ? c + 1 : host;
	return arena_print(mem, "postgres://%.*s", (int)strcspn(host, "?"), host);
}
