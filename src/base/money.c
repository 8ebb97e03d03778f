#include "money.h"
#include "arena.h"

#include <inttypes.h>
#include <string.h>

#define MONEY_DIGITS 13                 /* of whole yuan */

/* The next character with full-width forms (U+FF01 to U+FF5E) as their ASCII twins, and how
 * many bytes it takes. Other characters outside ASCII come back as '?'. */
static char money_next(const char *text, size_t *bytes)
{
	const unsigned char *s = (const unsigned char *)text;
	*bytes = *s ? 1 : 0;
	if (s[0] < 0x80)
		return (char)s[0];
	if (s[0] == 0xef && s[1] == 0xbc && s[2] >= 0x81 && s[2] <= 0xbf) {
		*bytes = 3;
		return (char)(s[2] - 0x81 + '!');
	}
	if (s[0] == 0xef && s[1] == 0xbd && s[2] >= 0x80 && s[2] <= 0x9e) {
		*bytes = 3;
		return (char)(s[2] - 0x80 + '`');
	}
	return '?';
}

/* Commas part the digits in threes: once there is one, every group after it has three. */
bool money_parse(const char *text, int64_t *fen)
{
	int64_t yuan = 0, small = 0;
	int digits = 0, group = 0, decimals = 0;
	bool commas = false;
	size_t bytes;
	char c;

	if (!text)
		return false;
	for (; (c = money_next(text, &bytes)) != '\0' && c != '.'; text += bytes) {
		if (c == ',') {
			if (group == 0 || group > 3 || (commas && group != 3))
				return false;
			commas = true;
			group = 0;
		} else if (c >= '0' && c <= '9') {
			yuan = yuan * 10 + (c - '0');
			digits += yuan > 0;
			group++;
			if (digits > MONEY_DIGITS)
				return false;
		} else {
			return false;
		}
	}
	if (group == 0 || (commas && group != 3))
		return false;
	if (c == '.') {
		for (text += bytes; (c = money_next(text, &bytes)) != '\0'; text += bytes) {
			if (c < '0' || c > '9' || ++decimals > 2)
				return false;
			small = small * 10 + (c - '0');
		}
		if (decimals == 0)
			return false;
	}
	*fen = yuan * 100 + (decimals == 1 ? small * 10 : small);
	return true;
}

/* The sign apart, so that even INT64_MIN has its digits. */
static uint64_t money_size(int64_t fen) { return fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen; }

const char *money_plain(struct arena *mem, int64_t fen)
{
	uint64_t size = money_size(fen);
	return arena_print(mem, "%s%" PRIu64 ".%02" PRIu64, fen < 0 ? "-" : "", size / 100, size % 100);
}

const char *money_say(struct arena *mem, int64_t fen)
{
	const char *plain = money_plain(mem, fen);
	size_t n = strlen(plain), sign = fen < 0, whole = n - 3;
	char *said = arena_take(mem, n + whole / 3 + 1), *to = said;
	for (size_t i = 0; i < n; i++) {
		if (i > sign && i < whole && (whole - i) % 3 == 0)
			*to++ = ',';
		*to++ = plain[i];
	}
	return said;
}
