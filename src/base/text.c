#include "text.h"
#include "arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TEXT_FIRST 1024

/* Room for n more bytes and the NUL that text_end() writes. */
static char *text_reach(struct text *t, size_t n)
{
	assert(n < SIZE_MAX / 4);
	if (t->room - t->size <= n) {
		size_t room = t->room ? t->room * 2 : TEXT_FIRST;
		while (room - t->size <= n)
			room *= 2;
		t->bytes = arena_more(t->mem, t->bytes, t->room, room);
		t->room = room;
	}
	return t->bytes + t->size;
}

struct text text_begin(struct arena *mem) { return (struct text){ .mem = mem }; }

void text_add_n(struct text *t, const char *s, size_t n)
{
	if (n) {
		memcpy(text_reach(t, n), s, n);
		t->size += n;
	}
}

void text_add(struct text *t, const char *s) { text_add_n(t, s, strlen(s)); }

void text_int(struct text *t, int64_t value)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	do
		digits[--at] = (char)('0' + rest % 10);
	while (rest /= 10);
	if (value < 0)
		text_add_n(t, "-", 1);
	text_add_n(t, digits + at, sizeof digits - at);
}

void text_print(struct text *t, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	char *to = text_reach(t, 0);
	size_t room = t->room - t->size;
	int n = vsnprintf(to, room, fmt, ap);
	va_end(ap);
	assert(n >= 0);
	if ((size_t)n >= room)
		vsnprintf(text_reach(t, (size_t)n), (size_t)n + 1, fmt, again);
	va_end(again);
	t->size += (size_t)n;
}

void text_html(struct text *t, const char *s)
{
	for (;;) {
		size_t plain = strcspn(s, "&<>\"'");
		text_add_n(t, s, plain);
		s += plain;
		switch (*s++) {
		case '&': text_add_n(t, "&amp;", 5); break;
		case '<': text_add_n(t, "&lt;", 4); break;
		case '>': text_add_n(t, "&gt;", 4); break;
		case '"': text_add_n(t, "&quot;", 6); break;
		case '\'': text_add_n(t, "&#39;", 5); break;
		default: return;
		}
	}
}

/* Only what RFC 8785 escapes, and in its way, so that equal text is equal bytes. */
void text_json(struct text *t, const char *s)
{
	static const char short_name[] = "btn\0fr", hex[] = "0123456789abcdef"; /* U+0008 to U+000D */
	text_add_n(t, "\"", 1);
	for (;;) {
		const char *from = s;
		while ((unsigned char)*s >= 0x20 && *s != '"' && *s != '\\')
			s++;
		text_add_n(t, from, (size_t)(s - from));
		unsigned char c = (unsigned char)*s++;
		if (!c)
			break;
		if (c == '"' || c == '\\') {
			text_add_n(t, (char[]){ '\\', (char)c }, 2);
		} else if (c >= 8 && c <= 13 && c != 11) {
			text_add_n(t, (char[]){ '\\', short_name[c - 8] }, 2);
		} else {
			text_add_n(t, "\\u00", 4);
			text_add_n(t, (char[]){ hex[c >> 4], hex[c & 15] }, 2);
		}
	}
	text_add_n(t, "\"", 1);
}

void text_url(struct text *t, const char *s)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	for (; *s; s++)
		if (strchr(plain, *s))
			text_add_n(t, s, 1);
		else
			text_print(t, "%%%02X", (unsigned)(unsigned char)*s);
}

const char *text_end(struct text *t)
{
	*text_reach(t, 0) = '\0';
	return t->bytes;
}

/* RFC 3629 section 4: no overlong forms, no surrogates, nothing above U+10FFFF. */
bool text_valid(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;
	while (p < end) {
		unsigned char c = *p++, low = 0x80, high = 0xbf;
		int more;
		if (c == 0)
			return false;
		if (c < 0x80)
			continue;
		if (c >= 0xc2 && c <= 0xdf) {
			more = 1;
		} else if (c >= 0xe0 && c <= 0xef) {
			more = 2;
			low = c == 0xe0 ? 0xa0 : low;
			high = c == 0xed ? 0x9f : high;
		} else if (c >= 0xf0 && c <= 0xf4) {
			more = 3;
			low = c == 0xf0 ? 0x90 : low;
			high = c == 0xf4 ? 0x8f : high;
		} else {
			return false;
		}
		for (; more; more--, low = 0x80, high = 0xbf) {
			if (p == end || *p < low || *p > high)
				return false;
			p++;
		}
	}
	return true;
}

size_t text_chars(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static size_t text_blank(const char *s)
{
	if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
		return 1;
	return !strncmp(s, "\xe3\x80\x80", 3) ? 3 : 0;  /* U+3000 */
}

char *text_trim(struct arena *mem, const char *s)
{
	for (size_t n; (n = text_blank(s)) != 0;)
		s += n;
	size_t end = 0;
	for (size_t at = 0, n; s[at]; at += n ? n : 1) {
		n = text_blank(s + at);
		if (!n)
			end = at + 1;
	}
	char *copy = arena_take(mem, end + 1);
	memcpy(copy, s, end);
	return copy;
}

bool text_same(const char *a, const char *b) { return !strcmp(a ? a : "", b ? b : ""); }

char *text_hex(struct arena *mem, const unsigned char *bytes, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	char *out = arena_take(mem, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = hex[bytes[i] >> 4];
		out[2 * i + 1] = hex[bytes[i] & 15];
	}
	return out;
}
