/* Whatever bytes come as a Cookie header: a value of ours has only bytes that we
 * would have sent ourselves. */
#include "base/arena.h"
#include "http/cookie.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	struct arena *mem = arena_begin();
	char *header = arena_take(mem, n + 1);
	memcpy(header, bytes, n);
	for (int which = 0; which < COOKIE_COUNT; which++) {
		const char *value = cookie_find(mem, header, cookie_name((enum cookie)which, false));
		assert(strspn(value, letters) == strlen(value));
		assert(!*value || strstr(header, value));
	}
	arena_end(mem);
	return 0;
}
