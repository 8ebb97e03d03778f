#include "cursor.h"
#include "arena.h"
#include "text.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define CURSOR_VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define CURSOR_BYTES (CURSOR_MOST * 3 / 4)

/* Before the values: what no value holds divides them. */
#define CURSOR_ON '+'
#define CURSOR_BACK '-'
#define CURSOR_BREAK '\n'

const struct cursor cursor_start = { .key = "", .id = "" };

const char *cursor_pack(struct ctx *ctx, const struct cursor *cursor)
{
	struct text t = text_begin(ctx->mem);
	text_print(&t, "%c%lld%c%s%c%s", cursor->back ? CURSOR_BACK : CURSOR_ON, (long long)cursor->at, CURSOR_BREAK,
		   cursor->key ? cursor->key : "", CURSOR_BREAK, cursor->id);
	const char *bytes = text_end(&t);
	size_t room = sodium_base64_encoded_len(t.size, CURSOR_VARIANT);
	char *word = arena_take(ctx->mem, room);
	return sodium_bin2base64(word, room, (const unsigned char *)bytes, t.size, CURSOR_VARIANT);
}

static bool cursor_parse(struct ctx *ctx, const char *word, struct cursor *out)
{
	size_t n = strlen(word), size = 0;
	char *bytes = arena_take(ctx->mem, CURSOR_BYTES + 1);
	if (n > CURSOR_MOST || sodium_base642bin((unsigned char *)bytes, CURSOR_BYTES, word, n, NULL, &size, NULL, CURSOR_VARIANT)
	    || !size || !text_valid(bytes, size))
		return false;
	bytes[size] = '\0';
	char *key = strchr(bytes, CURSOR_BREAK), *id = key ? strchr(key + 1, CURSOR_BREAK) : NULL;
	if (!id)
		return false;
	*key++ = *id++ = '\0';
	struct cursor read = { .back = *bytes == CURSOR_BACK, .at = strtoll(bytes + 1, NULL, 10), .key = key, .id = id };
	/* There is one way to write it. */
	if (!*id || strcmp(cursor_pack(ctx, &read), word) != 0)
		return false;
	*out = read;
	return true;
}

enum mc_err cursor_read(struct ctx *ctx, const char *word, struct cursor *out)
{
	*out = cursor_start;
	return !*word || cursor_parse(ctx, word, out) ? MC_OK
		: ctx_fail(ctx, MC_INVALID, (struct why){ .key = "cursor.unknown", .field = "from" });
}

struct cursor_sides cursor_cut(const struct cursor *cursor, void *rows, size_t *count, size_t size, size_t most)
{
	bool more = *count > most, here = *cursor->id;
	unsigned char *first = rows;
	*count = more ? most : *count;
	for (size_t i = 0; cursor->back && i < *count / 2; i++)
		for (size_t b = 0; b < size; b++) {
			unsigned char *left = first + i * size + b, *right = first + (*count - 1 - i) * size + b, byte = *left;
			*left = *right;
			*right = byte;
		}
	/* What was read back from lies after it. */
	return cursor->back ? (struct cursor_sides){ .before = more, .after = here }
			    : (struct cursor_sides){ .before = here, .after = more };
}
