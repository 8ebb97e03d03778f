/* Whatever headers a request has: what is let through has one length at most, no length beside chunks, one
 * host, and names and values that every reader cuts at the same bytes. libmicrohttpd's list of them stands
 * here in its place. An input: 0 for HTTP/1.0, then "name NUL value NUL" and so on. */
#include "http/framing.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static const char *fuzz_framing_at;
static size_t fuzz_framing_left;

static size_t fuzz_framing_word(const char **at, size_t *left, const char **word)
{
	const char *end = memchr(*at, 0, *left);
	size_t n = end ? (size_t)(end - *at) : *left;
	*word = *at;
	*at += n + (end ? 1 : 0);
	*left -= n + (end ? 1 : 0);
	return n;
}

int MHD_get_connection_values_n(struct MHD_Connection *connection, enum MHD_ValueKind kind, MHD_KeyValueIteratorN each, void *what)
{
	const char *at = fuzz_framing_at, *name, *value;
	size_t left = fuzz_framing_left;
	int count = 0;
	(void)connection;
	while (left) {
		size_t n = fuzz_framing_word(&at, &left, &name), m = fuzz_framing_word(&at, &left, &value);
		count++;
		if (each(what, kind, name, n, value, m) != MHD_YES)
			break;
	}
	return count;
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	if (!n)
		return 0;
	fuzz_framing_at = (const char *)bytes + 1;
	fuzz_framing_left = n - 1;
	if (!framing_sound(NULL, bytes[0] ? "HTTP/1.1" : "HTTP/1.0"))
		return 0;
	const char *at = fuzz_framing_at, *name, *value;
	size_t left = fuzz_framing_left, lengths = 0, hosts = 0;
	while (left) {
		size_t size = fuzz_framing_word(&at, &left, &name), m = fuzz_framing_word(&at, &left, &value);
		assert(size && !memchr(name, ' ', size) && !memchr(name, ':', size) && !memchr(value, '\r', m) && !memchr(value, '\n', m));
		lengths += (size == 14 && !strncasecmp(name, "content-length", 14)) || (size == 17 && !strncasecmp(name, "transfer-encoding", 17));
		hosts += size == 4 && !strncasecmp(name, "host", 4);
	}
	assert(lengths <= 1 && hosts <= 1 && (hosts || !bytes[0]));
	return 0;
}
