#include "check.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/setting.h"

#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

/* What is written to standard error meanwhile. */
static const char *log_test_said(void (*say)(void))
{
	static char said[4096];
	FILE *file = tmpfile();
	int before = dup(STDERR_FILENO);
	dup2(fileno(file), STDERR_FILENO);
	say();
	dup2(before, STDERR_FILENO);
	close(before);
	rewind(file);
	said[fread(said, 1, sizeof said - 1, file)] = '\0';
	fclose(file);
	return said;
}

static void log_test_set(enum setting setting, const char *text)
{
	struct ctx ctx = { .mem = arena_begin() };
	CHECK_INT(setting_put(&ctx, setting, "", text, "test"), MC_OK);
	arena_end(ctx.mem);
}

/* A quote, a line end and a byte that is no UTF-8 stay one line of JSON. */
static void log_test_event(void)
{
	log_request("r1");
	log_note(LOG_LEVEL_WARNING, "an-event", (struct log_field[]){ { "why", "a \"b\"\nc", 0 }, { "bytes", "\xff" "x", 0 },
		{ "n", NULL, -7 }, { 0 } });
	log_request(NULL);
}

static void log_test_quiet(void) { log_note(LOG_LEVEL_DEBUG, "quiet", (struct log_field[]){ { 0 } }); }

static void log_test_error(void) { log_error("loud", "why", "x"); }

static void log_test_json(void)
{
	const char *said = log_test_said(log_test_event);
	json_error_t wrong;
	json_t *line = json_loads(said, 0, &wrong);
	CHECK(line != NULL);
	CHECK(strchr(said, '\n') == said + strlen(said) - 1);
	CHECK_TEXT(json_string_value(json_object_get(line, "level")), "warning");
	CHECK_TEXT(json_string_value(json_object_get(line, "event")), "an-event");
	CHECK_TEXT(json_string_value(json_object_get(line, "request")), "r1");
	CHECK_TEXT(json_string_value(json_object_get(line, "why")), "a \"b\"\nc");
	CHECK_TEXT(json_string_value(json_object_get(line, "bytes")), "?x");
	CHECK_INT(json_integer_value(json_object_get(line, "n")), -7);
	json_decref(line);
	said = log_test_said(log_test_error);
	CHECK(!strstr(said, "\"request\""));
}

int main(void)
{
	log_test_json();
	CHECK_TEXT(log_test_said(log_test_quiet), "");
	log_test_set(SETTING_LOG_LEVEL, "error");
	CHECK_TEXT(log_test_said(log_test_event), "");
	CHECK(strstr(log_test_said(log_test_error), "loud") != NULL);
	log_test_set(SETTING_LOG_LEVEL, "debug");
	CHECK(strstr(log_test_said(log_test_quiet), "quiet") != NULL);
	log_test_set(SETTING_LOG, "text");
	const char *said = log_test_said(log_test_event);
	CHECK(strstr(said, " warning an-event request=r1 why=\"a \\\"b\\\"\\nc\" bytes=?x n=-7\n") != NULL);
	return check_end();
}
