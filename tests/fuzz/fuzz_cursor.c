/* Whatever word comes as a place in a list: what is read is written in that one way. */
#include "base/arena.h"
#include "base/cursor.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct ctx ctx = { .mem = arena_begin(), .person = "" };
	struct cursor out;
	char *word = arena_take(ctx.mem, n + 1);
	memcpy(word, bytes, n);
	bool good = !cursor_read(&ctx, word, &out);
	assert(good ? !*word || !strcmp(cursor_pack(&ctx, &out), word) : !*out.id && ctx.why);
	arena_end(ctx.mem);
	return 0;
}
