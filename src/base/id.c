#define _GNU_SOURCE 1
#include "id.h"
#include "arena.h"
#include "clock.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

#define ID_CLOCK 9
#define ID_LENGTH 20

static const char id_digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

static void id_chance(void *bytes, size_t n)
{
	/* Up to 256 bytes come whole and without interruption (getrandom(2)). */
	assert(n <= 256);
	ssize_t got = getrandom(bytes, n, 0);
	assert(got == (ssize_t)n);
	(void)got;
}

static void id_write(char *out, int length, uint64_t value)
{
	while (length--) {
		out[length] = id_digits[value & 31];
		value >>= 5;
	}
}

const char *id_new(struct arena *mem)
{
	uint64_t chance;
	id_chance(&chance, sizeof chance);
	char *id = arena_take(mem, ID_LENGTH + 1);
	id_write(id, ID_CLOCK, (uint64_t)clock_ms());
	id_write(id + ID_CLOCK, ID_LENGTH - ID_CLOCK, chance);
	return id;
}

bool id_valid(const char *id) { return strlen(id) == ID_LENGTH && strspn(id, id_digits) == ID_LENGTH; }

const char *id_secret(struct arena *mem)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	unsigned char chance[33] = { 0 };
	id_chance(chance, 32);
	char *out = arena_take(mem, 45), *to = out;
	for (int i = 0; i < 33; i += 3) {
		unsigned three = (unsigned)chance[i] << 16 | (unsigned)chance[i + 1] << 8 | chance[i + 2];
		for (int shift = 18; shift >= 0; shift -= 6)
			*to++ = digits[three >> shift & 63];
	}
	out[43] = '\0';
	return out;
}
