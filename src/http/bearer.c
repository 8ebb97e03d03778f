#include "bearer.h"
#include "../base/arena.h"
#include "../court/token.h"

#include <string.h>
#include <strings.h>

const char *bearer_token(const struct ask *ask)
{
	const char *header = ask->header(ask, "Authorization");
	if (strncasecmp(header, "Bearer", 6) != 0 || (header[6] && header[6] != ' '))
		return "";
	header += 6 + strspn(header + 6, " ");
	return *header ? header : "?";
}

unsigned bearer_scopes(const struct route *route)
{
	unsigned office = route->flags & PAGE_STAFF ? TOKEN_STAFF : 0;
	if (route->flags & PAGE_BROWSER)
		return BEARER_NEVER;
	if (route->flags & PAGE_FILING)
		return TOKEN_FILE | office;
	if (route->flags & PAGE_PROFILE)
		return TOKEN_ACCOUNT | office;
	if (route->flags & PAGE_PUBLIC)
		return BEARER_ANY;
	return (strcmp(route->method, "GET") ? TOKEN_ACT : TOKEN_READ) | office;
}

enum mc_err bearer_admit(struct ctx *ctx, const struct ask *ask, const struct route *route)
{
	unsigned want = bearer_scopes(route);
	if (want == BEARER_NEVER)
		return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "token.never" });
	if (want == BEARER_ANY || (ask->scopes & want) == want)
		return MC_OK;
	return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "token.scope", .arg = { token_words(ctx->mem, want) } });
}

const char *bearer_challenge(struct arena *mem, const struct route *route, enum mc_err err)
{
	static const char realm[] = "Bearer realm=\"microcourt\"";
	if (err == MC_SIGNIN)
		return arena_print(mem, "%s, error=\"invalid_token\"", realm);
	unsigned want = route ? bearer_scopes(route) : BEARER_ANY;
	if (want == BEARER_ANY || want == BEARER_NEVER)
		return arena_print(mem, "%s, error=\"insufficient_scope\"", realm);
	return arena_print(mem, "%s, error=\"insufficient_scope\", scope=\"%s\"", realm, token_words(mem, want));
}
