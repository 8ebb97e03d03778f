/* sqlite: the engine for a court with one server: one file, court.db, in the
 * store's directory. What has been acknowledged survives a power cut (write-ahead
 * log, synchronous=FULL), and foreign keys hold. */
#ifndef MC_SQLITE_H
#define MC_SQLITE_H
#include "engine.h"

extern const struct engine sqlite_engine;

#endif
