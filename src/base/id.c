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

/* Of what is by chance: its size, and how far at most the next in the same millisecond is. */
#define ID_CHANCE 55
#define ID_STEP 40

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

/* What a thread made last, and at which hour. */
static _Thread_local struct { uint64_t hour, ms, chance; } id_last;

const char *id_new(struct arena *mem)
{
	uint64_t chance, hour = (uint64_t)clock_ms();
	id_chance(&chance, sizeof chance);
	uint64_t next = id_last.chance + 1 + (chance & ((UINT64_C(1) << ID_STEP) - 1));
	if (hour != id_last.hour)
		id_last.ms = id_last.hour = hour;
	else if (next >> ID_CHANCE)
		id_last.ms++;
	else
		chance = next;
	id_last.chance = chance & ((UINT64_C(1) << ID_CHANCE) - 1);
	char *id = arena_take(mem, ID_LENGTH + 1);
	id_write(id, ID_CLOCK, id_last.ms);
	id_write(id + ID_CLOCK, ID_LENGTH - ID_CLOCK, id_last.chance);
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
