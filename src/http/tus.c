#include "tus.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/text.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

bool tus_number(const char *text, int64_t *out)
{
	*out = 0;
	for (const char *c = text; *c; c++) {
		if (*c < '0' || *c > '9' || *out > INT64_MAX / 100)
			return false;
		*out = *out * 10 + (*c - '0');
	}
	return *text != '\0';
}

/* The bytes of a piece of base64 with its padding; NULL if it is none. */
static char *tus_base64(struct arena *mem, const char *text, size_t n, size_t *size)
{
	char *out = arena_take(mem, n + 1);
	const char *end;
	bool good = !sodium_base642bin((unsigned char *)out, n + 1, text, n, NULL, size, &end, sodium_base64_VARIANT_ORIGINAL);
	if (!good || end != text + n)
		return NULL;
	out[*size] = '\0';
	return out;
}

/* One "key value" or "key". */
static bool tus_pair(struct arena *mem, const char *text, size_t n, struct form *out)
{
	const char *blank = memchr(text, ' ', n);
	size_t key = blank ? (size_t)(blank - text) : n, size = 0;
	char *name = arena_take(mem, key + 1), *value = "";
	memcpy(name, text, key);
	for (size_t i = 0; i < key; i++)
		if (name[i] <= 0x20 || name[i] == 0x7f)
			return false;
	for (size_t i = 0; i < out->count; i++)
		if (!strcmp(out->pair[i].name, name))
			return false;
	if (blank)
		value = tus_base64(mem, blank + 1, n - key - 1, &size);
	if (!key || !value || !text_valid(value, size))
		return false;
	form_set(out, name, value);
	return true;
}

bool tus_metadata(struct arena *mem, const char *header, struct form **out)
{
	*out = form_begin(mem);
	if (strlen(header) > TUS_METADATA)
		return false;
	for (const char *at = header; *at;) {
		at += strspn(at, " \t");
		size_t n = strcspn(at, ","), end = n;
		while (end && (at[end - 1] == ' ' || at[end - 1] == '\t'))
			end--;
		if (!tus_pair(mem, at, end, *out) || (at[n] == ',' && !at[n + 1]))
			return false;
		at += n + (at[n] == ',');
	}
	return true;
}

static void tus_sum_end(void *state) { EVP_MD_CTX_free(state); }

bool tus_checksum(struct arena *mem, const char *header, struct tus_sum *out)
{
	static const struct { const char *word; const EVP_MD *(*method)(void); } known[] = {
		{ "sha256", EVP_sha256 }, { "sha1", EVP_sha1 },
	};
	size_t n = strcspn(header, " "), size;
	*out = (struct tus_sum){ .state = NULL };
	if (!n || header[n] != ' ' || strlen(header) > 200)
		return false;
	const char *want = tus_base64(mem, header + n + 1, strlen(header + n + 1), &size);
	if (!want)
		return false;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strlen(known[i].word) != n || strncmp(known[i].word, header, n) != 0)
			continue;
		if (size != (size_t)EVP_MD_get_size(known[i].method()))
			return false;
		memcpy(out->want, want, size);
		out->size = size;
		out->state = EVP_MD_CTX_new();
		arena_closer(mem, tus_sum_end, out->state);
		EVP_DigestInit_ex(out->state, known[i].method(), NULL);
	}
	return true;
}

void tus_sum_add(struct tus_sum *sum, const void *bytes, size_t n)
{
	if (sum->state)
		EVP_DigestUpdate(sum->state, bytes, n);
}

bool tus_sum_right(struct tus_sum *sum)
{
	unsigned char have[EVP_MAX_MD_SIZE];
	if (sum->state)
		EVP_DigestFinal_ex(sum->state, have, NULL);
	return !sum->state || !CRYPTO_memcmp(have, sum->want, sum->size);
}

const char *tus_moment(struct arena *mem, int64_t at)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct day_parts p = day_parts(at / 86400);
	int second = (int)(at % 86400);
	return arena_print(mem, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[p.weekday], p.day, months[p.month - 1], p.year,
			   second / 3600, second / 60 % 60, second % 60);
}
