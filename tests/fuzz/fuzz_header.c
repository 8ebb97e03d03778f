/* Whatever bytes come as a header: lists of tags, a part of a file, a token, the address that a front speaks for, where a
 * form comes from. Each is read within its bytes, and what is taken was really said. */
#include "base/arena.h"
#include "base/text.h"
#include "http/ask.h"
#include "http/bearer.h"
#include "http/csrf.h"
#include "http/etag.h"
#include "http/response.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static const char *fuzz_header_of(const struct ask *ask, const char *name)
{
	(void)name;
	return ask->under;
}

static const char *fuzz_header_origin(const struct ask *ask, const char *name)
{
	return strcmp(name, "Origin") ? "" : ask->under;
}

/* Every tag of a list names itself, and a list put together of them is the same list. */
static void fuzz_header_tags(struct arena *mem, const char *text)
{
	const char *list = text, *tag, *before = text;
	size_t size;
	bool weak;
	while (etag_next(&list, &tag, &size, &weak)) {
		assert(list > before && tag >= before && tag + size < list);
		const char *own = arena_print(mem, "%.*s", (int)size, tag);
		assert(etag_named(text, own, false) && (weak || etag_named(text, own, true)));
		assert(etag_named(arena_print(mem, "%s\"%s\"", weak ? "W/" : "", own), own, !weak));
		assert(!strpbrk(own, "\r\n \""));
		before = list;
	}
	if (!strchr(text, '*') && !strchr(text, '"'))
		assert(!etag_named(text, "x", false));
}

static void fuzz_header_accept(const char *text)
{
	if (ask_wants_json(text))
		assert(strcasestr(text, "application/"));
	if (ask_lang("", text) == LANG_EN)
		assert(strcasestr(text, "en"));
	assert(ask_lang("zh", text) == LANG_ZH && ask_lang("en", text) == LANG_EN);
	if (ask_type_is(text, "application/json"))
		assert(!strncasecmp(text, "application/json", 16));
}

/* A part of a file lies within it, whatever the file's size is. */
static void fuzz_header_range(const char *text)
{
	static const int64_t sizes[] = { 0, 1, 500, INT64_MAX };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		int64_t from = -1, length = -1;
		if (response_range(text, sizes[i], &from, &length))
			assert(from >= 0 && length > 0 && from <= sizes[i] - length);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena *mem = arena_begin();
	char *text = arena_take(mem, n + 1);
	memcpy(text, bytes, n);
	struct ask ask = { .header = fuzz_header_of, .under = text, .host = "court.example", .origin = "https://court.example" };
	fuzz_header_tags(mem, text);
	fuzz_header_accept(text);
	fuzz_header_range(text);
	const char *token = bearer_token(&ask), *told = ask_forwarded(mem, text), *host = ask_host(mem, text);
	assert(!*token || !strncasecmp(text, "Bearer", 6));
	assert(!*token || !strcmp(token, "?") || strstr(text, token));
	assert(strspn(told, "0123456789abcdefABCDEF:.") == strlen(told) && strlen(told) < 46);
	assert(*host && !strpbrk(host, "/\\@ \r\n\"<>"));
	ask.header = fuzz_header_origin;
	if (*text && csrf_same_site(&ask))
		assert(!strcasecmp(text + strlen(text) - 13, "court.example") && text[strlen(text) - 14] == '/');
	arena_end(mem);
	return 0;
}
