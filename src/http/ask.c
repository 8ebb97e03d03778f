#include "ask.h"
#include "../base/arena.h"
#include "../base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ASK_NAME 200
#define ASK_ADDRESS 46                  /* INET6_ADDRSTRLEN */

static int ask_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *ask_unescape(struct arena *mem, const char *s, size_t n, bool plus, size_t *size)
{
	char *out = arena_take(mem, n + 1);
	size_t made = 0;
	for (size_t i = 0; i < n; i++) {
		int high = s[i] == '%' && n - i > 2 ? ask_digit(s[i + 1]) : -1;
		int low = high >= 0 ? ask_digit(s[i + 2]) : -1;
		if (low >= 0) {
			out[made++] = (char)(high * 16 + low);
			i += 2;
		} else {
			out[made++] = plus && s[i] == '+' ? ' ' : s[i];
		}
	}
	*size = made;
	return out;
}

enum mc_err ask_value(struct ctx *ctx, struct form *form, const char *name, const char *value, size_t n)
{
	if (form->count >= ASK_VALUES)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.too_many" });
	if (!text_valid(value, n))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.not_utf8", .field = name });
	char *copy = arena_take(ctx->mem, n + 1);
	size_t made = 0;
	/* Browsers send CR LF, programs LF; the same words must give the same digest. */
	for (size_t i = 0; i < n; i++)
		if (value[i] != '\r')
			copy[made++] = value[i];
		else if (i + 1 == n || value[i + 1] != '\n')
			copy[made++] = '\n';
	form_set(form, name, copy);
	return MC_OK;
}

static enum mc_err ask_pair(struct ctx *ctx, const char *text, size_t n, struct form *form)
{
	const char *equal = memchr(text, '=', n);
	size_t name_size, value_size, key = equal ? (size_t)(equal - text) : n;
	const char *name = ask_unescape(ctx->mem, text, key, true, &name_size);
	if (!name_size)
		return MC_OK;
	if (name_size > ASK_NAME || !text_valid(name, name_size))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.bad_name" });
	if (!equal)
		return MC_OK;
	const char *value = ask_unescape(ctx->mem, equal + 1, n - key - 1, true, &value_size);
	return ask_value(ctx, form, name, value, value_size);
}

enum mc_err ask_pairs(struct ctx *ctx, const char *text, size_t n, struct form *form)
{
	size_t seen = 0;
	for (size_t at = 0; at < n;) {
		/* Empty pairs are not kept, but a body of nothing else must not cost memory either. */
		if (++seen > 2 * ASK_VALUES)
			return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.too_many" });
		const char *end = memchr(text + at, '&', n - at);
		size_t size = end ? (size_t)(end - text) - at : n - at;
		enum mc_err err = size ? ask_pair(ctx, text + at, size, form) : MC_OK;
		if (err)
			return err;
		at += size + 1;
	}
	return MC_OK;
}

/* The q of one element of a list header, in thousandths; RFC 9110 section 12.4.2. */
static int ask_quality(const char *item, size_t n)
{
	for (size_t i = 0; i + 3 < n; i++) {
		if (item[i] != ';')
			continue;
		size_t at = i + 1;
		while (at < n && item[at] == ' ')
			at++;
		if (at + 2 < n && (item[at] | 0x20) == 'q' && item[at + 1] == '=') {
			int whole = item[at + 2] == '1' ? 1000 : 0, unit = 100;
			for (at += 4; !whole && unit && at < n && ask_digit(item[at]) >= 0; at++, unit /= 10)
				whole += ask_digit(item[at]) * unit;
			return whole > 1000 ? 1000 : whole;
		}
	}
	return 1000;
}

/* The next element of a comma-separated header: its start and length; moves *at behind it. */
static const char *ask_item(const char **at, size_t *n)
{
	*at += strspn(*at, ", \t");
	const char *item = *at;
	*n = strcspn(item, ",");
	*at += *n;
	return *n ? item : NULL;
}

bool ask_wants_json(const char *accept)
{
	int json = 0, html = 0;
	size_t n;
	for (const char *item; (item = ask_item(&accept, &n)) != NULL;) {
		size_t type = strcspn(item, ",; \t");
		int quality = ask_quality(item, n);
		if ((type == 16 && !strncasecmp(item, "application/json", type)) ||
		    (type == 24 && !strncasecmp(item, "application/problem+json", type)))
			json = quality > json ? quality : json;
		else if (type == 9 && !strncasecmp(item, "text/html", type))
			html = quality > html ? quality : html;
	}
	return json > html;
}

enum lang ask_lang(const char *cookie, const char *accept)
{
	if (!strcmp(cookie, "zh") || !strcmp(cookie, "en"))
		return cookie[0] == 'e' ? LANG_EN : LANG_ZH;
	int best[LANG_COUNT] = { 0 };
	size_t n;
	for (const char *item; (item = ask_item(&accept, &n)) != NULL;) {
		size_t tag = strcspn(item, ",;- \t");
		int quality = ask_quality(item, n);
		enum lang lang = tag == 2 && !strncasecmp(item, "zh", 2) ? LANG_ZH :
				 tag == 2 && !strncasecmp(item, "en", 2) ? LANG_EN : LANG_COUNT;
		if (lang != LANG_COUNT && quality > best[lang])
			best[lang] = quality;
	}
	return best[LANG_EN] > best[LANG_ZH] ? LANG_EN : LANG_ZH;
}

bool ask_type_is(const char *content_type, const char *type)
{
	size_t n = strlen(type);
	return !strncasecmp(content_type, type, n) && (!content_type[n] || strchr("; \t", content_type[n]));
}

const char *ask_host(struct arena *mem, const char *host)
{
	size_t n = strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]");
	return n && n < 256 && !host[n] ? arena_copy(mem, host) : "localhost";
}

const char *ask_forwarded(struct arena *mem, const char *told)
{
	const char *last = strrchr(told, ',');
	last = last ? last + 1 : told;
	last += strspn(last, " ");
	size_t n = strspn(last, "0123456789abcdefABCDEF:.");
	return n < ASK_ADDRESS && !last[n] ? arena_copy(mem, last) : "";
}

const char *ask_without_lang(struct arena *mem, const char *uri)
{
	size_t path = strcspn(uri, "?");
	struct text out = text_begin(mem);
	text_add_n(&out, uri, path);
	const char *joint = "?";
	for (const char *at = uri[path] ? uri + path + 1 : ""; *at;) {
		size_t n = strcspn(at, "&");
		if (n && (strncmp(at, "lang", 4) != 0 || !strchr("=&", at[4]))) {
			text_add(&out, joint);
			text_add_n(&out, at, n);
			joint = "&";
		}
		at += n + (at[n] == '&');
	}
	return text_end(&out);
}

bool ask_plain(const char *uri)
{
	if (uri[0] != '/' || strlen(uri) > ASK_URI)
		return false;
	for (const char *at = uri; *at; at++)
		if ((unsigned char)*at <= 0x20 || (unsigned char)*at >= 0x7f)
			return false;
	return true;
}

const char *ask_cut(struct arena *mem, const char *text, size_t most)
{
	size_t n = strnlen(text, most);
	while (n && n == most && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	if (!text_valid(text, n))
		return "";
	char *cut = arena_take(mem, n + 1);
	memcpy(cut, text, n);
	return cut;
}

const char *ask_local(const char *path)
{
	if (path[0] != '/' || path[1] == '/' || strchr(path, '\\'))
		return "/";
	for (const char *at = path; *at; at++)
		if ((unsigned char)*at <= 0x20 || *at == 0x7f)
			return "/";
	return path;
}
