/* Whatever bytes come as a query or a posted form, and as the headers that say what
 * a caller can read: a form of well-formed text, or a reason. */
#include "base/arena.h"
#include "base/text.h"
#include "http/ask.h"
#include "http/response.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct ctx ctx = { .mem = arena_begin() };
	struct form *form = form_begin(ctx.mem);
	if (ask_pairs(&ctx, (const char *)bytes, n, form))
		assert(ctx.why && ctx.why->key);
	for (size_t i = 0; i < form->count; i++) {
		assert(text_valid(form->pair[i].name, strlen(form->pair[i].name)));
		assert(text_valid(form->pair[i].value, strlen(form->pair[i].value)));
		assert(!strchr(form->pair[i].value, '\r'));
	}
	char *text = arena_take(ctx.mem, n + 1);
	memcpy(text, bytes, n);
	(void)ask_wants_json(text);
	(void)ask_lang("", text);
	(void)ask_host(ctx.mem, text);
	const char *local = ask_local(text);
	assert(local[0] == '/' && local[1] != '/' && local[1] != '\\');
	const char *bare = ask_without_lang(ctx.mem, text);
	assert(strlen(bare) <= strlen(text) && !strcmp(bare, ask_without_lang(ctx.mem, bare)));
	int64_t from, length;
	if (response_range(text, 1000, &from, &length))
		assert(from >= 0 && length > 0 && from + length <= 1000);
	arena_end(ctx.mem);
	return 0;
}
