/* postgres: PostgreSQL 15 or later behind the store's engine, through libpq. The
 * database must order text by its bytes, as SQLite does (collation C), and keep it
 * in UTF-8: createdb --template=template0 --encoding=UTF8 --locale=C NAME. */
#ifndef MC_POSTGRES_H
#define MC_POSTGRES_H
#include "engine.h"

extern const struct engine postgres_engine;

/* Whether this place is a URL for PostgreSQL: postgres://... or postgresql://... */
bool postgres_place(const char *place);

#endif
