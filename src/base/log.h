/* log: what an operator reads afterwards: one line an event on standard error, JSON
 * (RFC 8259) or plain text, as the settings log and log_level say. Events say what
 * happened by name ("jobs-failed") and by a few values; of people only their ids, of
 * addresses never the query. A line that belongs to a request names its id, which the
 * person who asked has seen too. */
#ifndef MC_LOG_H
#define MC_LOG_H
#include <stdbool.h>
#include <stdint.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

struct log_field {
	const char *name;
	const char *text;       /* NULL: number */
	int64_t number;
};

/* Writes one line, from any thread; lines do not mix. Fields end with one without a name:
 *   log_note(LOG_LEVEL_WARNING, "jobs-failed", (struct log_field[]){ { "kind", kind, 0 }, { "tries", NULL, 3 }, { 0 } }); */
void log_note(enum log_level level, const char *event, const struct log_field *fields);

/* The same with one value, or none. */
void log_error(const char *event, const char *name, const char *text);

/* Whether such a line would be written. */
bool log_wants(enum log_level level);

/* From here on this thread works for this request; "" or NULL for none. The text is the caller's. */
void log_request(const char *id);

#endif
