#include "cookie.h"
#include "../base/arena.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *plain, *host, *rest;
	long age;
} cookie_kinds[COOKIE_COUNT] = {
	[COOKIE_SESSION] = { "court",   "__Host-court",   "; Path=/; HttpOnly; SameSite=Lax", 7 * 86400 },
	[COOKIE_VISITOR] = { "visitor", "__Host-visitor", "; Path=/; HttpOnly; SameSite=Lax", 86400 },
	[COOKIE_LANG]    = { "lang",    "lang",           "; Path=/; SameSite=Lax",           365 * 86400 },
};

static bool cookie_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

const char *cookie_find(struct arena *mem, const char *header, const char *name)
{
	size_t want = strlen(name);
	for (const char *at = header; *at;) {
		at += strspn(at, " \t;");
		size_t key = strcspn(at, "=; \t");
		if (at[key] == '=' && key == want && !memcmp(at, name, key)) {
			const char *value = at + key + 1;
			size_t n = 0;
			while (cookie_byte(value[n]))
				n++;
			if (value[n + strspn(value + n, " \t")] && value[n + strspn(value + n, " \t")] != ';')
				return "";
			char *copy = arena_take(mem, n + 1);
			memcpy(copy, value, n);
			return copy;
		}
		at += strcspn(at, ";");
	}
	return "";
}

const char *cookie_name(enum cookie which, bool secure)
{
	return secure ? cookie_kinds[which].host : cookie_kinds[which].plain;
}

const char *cookie_make(struct arena *mem, enum cookie which, const char *value, bool secure)
{
	long age = *value ? cookie_kinds[which].age : 0;
	return arena_print(mem, "%s=%s%s; Max-Age=%ld%s", cookie_name(which, secure), value,
			   cookie_kinds[which].rest, age, secure ? "; Secure" : "");
}

bool cookie_secure(const char *origin) { return !strncasecmp(origin, "https:", 6); }

const char *cookie_session(struct ctx *ctx, const struct ask *ask, const char *token)
{
	return cookie_make(ctx->mem, COOKIE_SESSION, token, cookie_secure(ask->origin));
}
