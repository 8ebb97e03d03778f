#include "log.h"
#include "arena.h"
#include "clock.h"
#include "day.h"
#include "setting.h"
#include "text.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char *const log_word[] = { "error", "warning", "info", "debug" };

static _Thread_local const char *log_for;

void log_request(const char *id) { log_for = id && *id ? id : NULL; }

/* In the setting the default stands first: info, error, warning, debug. */
bool log_wants(enum log_level level)
{
	static const enum log_level least[] = { LOG_LEVEL_INFO, LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_DEBUG };
	return level <= least[setting_int(SETTING_LOG_LEVEL)];
}

/* What comes from outside may be no UTF-8, and then it is no JSON: such bytes become "?". */
static const char *log_clean(struct arena *mem, const char *text)
{
	if (text_valid(text, strlen(text)))
		return text;
	char *clean = arena_copy(mem, text);
	for (char *c = clean; *c; c++)
		*c = (unsigned char)*c < 0x80 ? *c : '?';
	return clean;
}

static void log_pair(struct text *line, bool json, const char *name, const char *value)
{
	text_add(line, json ? "," : " ");
	if (json)
		text_json(line, name);
	else
		text_add(line, name);
	text_add(line, json ? ":" : "=");
	if (json || value[strcspn(value, " \"\\=\n\t\r")])
		text_json(line, value);
	else
		text_add(line, value);
}

static void log_pair_int(struct text *line, bool json, const char *name, int64_t value)
{
	text_add(line, json ? ",\"" : " ");
	text_add(line, name);
	text_add(line, json ? "\":" : "=");
	text_int(line, value);
}

static void log_write(const char *bytes, size_t n)
{
	while (n) {
		ssize_t done = write(STDERR_FILENO, bytes, n);
		if (done < 0 && errno != EINTR)
			return;         /* nobody to tell */
		bytes += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
}

void log_note(enum log_level level, const char *event, const struct log_field *fields)
{
	if (!log_wants(level))
		return;
	struct arena *mem = arena_begin();
	struct text line = text_begin(mem);
	bool json = setting_int(SETTING_LOG) == 0;
	int64_t ms = clock_ms();
	const char *time = day_time_iso(mem, ms / 1000);
	if (json) {
		text_add(&line, "{\"time\":");
		text_json(&line, time);
		log_pair(&line, json, "level", log_word[level]);
		log_pair(&line, json, "event", event);
	} else {
		text_print(&line, "%s %-7s %s", time, log_word[level], event);
	}
	if (log_for)
		log_pair(&line, json, "request", log_for);
	for (; fields->name; fields++)
		if (fields->text)
			log_pair(&line, json, fields->name, log_clean(mem, fields->text));
		else
			log_pair_int(&line, json, fields->name, fields->number);
	text_add(&line, json ? "}\n" : "\n");
	log_write(line.bytes, line.size);
	arena_end(mem);
}

void log_error(const char *event, const char *name, const char *text)
{
	log_note(LOG_LEVEL_ERROR, event, (struct log_field[]){ { name, text, 0 }, { 0 } });
}
