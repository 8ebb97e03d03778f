/* Whatever bytes come as a signed statement and as a set of keys: the first line is the statement,
 * the rest the set. Nothing that the fuzzer finds may be believed, because it has no key; and
 * what base64url reads it writes again. */
#include "base/arena.h"
#include "base/jwt.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

/* Of somebody whose private key is lost: no statement can be signed with them. */
static const char fuzz_jwt_keys[] =
	"{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"Z0zEe6GuNMWfuSCGLTd_3mA_P0yIi2OBBZT_6geNzQY\"},"
	"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"N2KsB5eytup-62tqFx860jaTn4YyDe7k-OJJ_jEZ1vY\","
	"\"y\":\"lmWQ4uexpcqen0aEm7HQ0dAlXoJVsmOEfIGnNU6PuvU\"}]}";

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena *mem = arena_begin();
	const unsigned char *line = memchr(bytes, '\n', n);
	size_t first = line ? (size_t)(line - bytes) : n, size;
	char *text = arena_take(mem, first + 1);
	memcpy(text, bytes, first);
	struct jwt jwt;
	const struct object *keys = line ? object_read(mem, (const char *)line + 1, n - first - 1) : NULL;
	if (keys && jwt_read(mem, text, keys, &jwt) == JWT_GOOD)
		assert(*jwt.algorithm);
	keys = object_read(mem, fuzz_jwt_keys, sizeof fuzz_jwt_keys - 1);
	enum jwt_fault fault = jwt_read(mem, text, keys, &jwt);
	assert(fault != JWT_GOOD);
	unsigned char *plain = jwt_unbase64(mem, text, strlen(text), &size);
	if (plain)
		assert(!strcmp(jwt_base64(mem, plain, size), text));
	arena_end(mem);
	return 0;
}
