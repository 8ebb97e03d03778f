/* sqlite_watch: what one connection to SQLite touches, row by row as SQLite itself reports it
 * (preupdate hook), for the counts of change.h. Nothing is left to those who write SQL. */
#ifndef MC_SQLITE_WATCH_H
#define MC_SQLITE_WATCH_H
#include "change.h"

#define SQLITE_ENABLE_PREUPDATE_HOOK 1   /* before the first look at sqlite3.h, which else hides it */
#include <sqlite3.h>

struct sqlite_watch;

/* Watches a connection that writes, from now on. NULL changes: nobody counts. */
struct sqlite_watch *sqlite_watch_begin(struct arena *mem, sqlite3 *lite, struct changes *changes);

/* Learns the tables anew; after the schema was changed. A table it does not know concerns everybody. */
void sqlite_watch_learn(struct sqlite_watch *watch);

/* After every statement: counts, if its transaction is over. */
void sqlite_watch_settle(struct sqlite_watch *watch);

#endif
