/* place: what may be said of where a database is, in a log or a failure. */
#ifndef MC_PLACE_H
#define MC_PLACE_H

struct arena;

/* Not the password in a URL (libpq, "Connection URIs"), nor what follows the name; a directory as it is. */
const char *place_shown(struct arena *mem, const char *place);

#endif
