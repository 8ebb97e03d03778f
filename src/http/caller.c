#include "caller.h"
#include "ask.h"
#include "bearer.h"
#include "cookie.h"
#include "csrf.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "../court/login.h"

#include <string.h>

enum { CALLER_VISITOR = 43 };           /* characters of an id_secret() */

const char *caller_session(const struct ask *ask, const struct site *site)
{
	return cookie_find(ask->mem, ask->header(ask, "Cookie"), cookie_name(COOKIE_SESSION, cookie_secure(site->origin)));
}

static void caller_is(struct ctx *ctx, struct ask *ask, const struct login *login)
{
	ctx->person = arena_copy(ask->mem, login->person);
	ctx->session = arena_copy(ask->mem, login->session);
	ask->name = arena_copy(ask->mem, login->name);
	ask->csrf = arena_copy(ask->mem, login->csrf);
	ask->verified = login->verified;
	ask->staff = login->staff;
	ask->owes = login->owes;
}

static enum mc_err caller_program(struct ctx *ctx, struct ask *ask, const char *token)
{
	struct login login = { 0 };
	ask->bearer = true;
	enum mc_err err = login_by_token(ctx, token, ask->address, &login);
	if (err)
		return err;
	caller_is(ctx, ask, &login);
	ask->scopes = login.scopes;
	ctx->device = arena_print(ask->mem, "token %s", login.token);
	ctx->lay = !(login.scopes & TOKEN_STAFF);
	return MC_OK;
}

static void caller_stranger(struct ask *ask, const struct site *site, struct caller *out)
{
	bool secure = cookie_secure(site->origin);
	const char *visitor = cookie_find(ask->mem, ask->header(ask, "Cookie"), cookie_name(COOKIE_VISITOR, secure));
	if (strlen(visitor) != CALLER_VISITOR) {
		visitor = id_secret(ask->mem);
		out->visitor = cookie_make(ask->mem, COOKIE_VISITOR, visitor, secure);
	}
	ask->csrf = csrf_of(ask->mem, &site->key, visitor);
}

enum mc_err caller_find(struct ctx *ctx, struct ask *ask, const struct route *route, const struct site *site,
			struct caller *out)
{
	/* A call-back may send a token of somebody else's. */
	const char *bearer = route && route->flags & PAGE_OPEN ? "" : bearer_token(ask);
	if (*bearer)
		return caller_program(ctx, ask, bearer);
	const char *token = caller_session(ask, site);
	struct login login = { 0 };
	enum mc_err err = *token ? site->login(ctx, token, &login) : MC_SIGNIN;
	if (!err) {
		caller_is(ctx, ask, &login);
		out->until = login.until;
		return MC_OK;
	}
	if (err != MC_SIGNIN)
		return err;
	ctx_forget(ctx);
	caller_stranger(ask, site, out);
	return MC_OK;
}

bool caller_acts(const struct ask *ask)
{
	return strcmp(ask->method, "GET") != 0 && strcmp(ask->method, "HEAD") != 0 && strcmp(ask->method, "OPTIONS") != 0;
}

bool caller_needs_token(const struct ctx *ctx, const struct ask *ask, const struct route *route)
{
	bool json = ask_type_is(ask->header(ask, "Content-Type"), "application/json");
	return caller_acts(ask) && !(route->flags & PAGE_OPEN) && !ask->bearer && (*ctx->person || !json);
}

void caller_sign_in_first(const struct ask *ask, struct reply *reply)
{
	const char *next = ask->uri;
	if (caller_acts(ask)) {
		/* The form's own page, if the browser says which: its address cannot be asked for by GET. */
		const char *page = strstr(ask->header(ask, "Referer"), ask->host);
		next = page ? ask_local(page + strlen(ask->host)) : "/";
	}
	struct text where = text_begin(ask->mem);
	text_add(&where, "/sign-in?next=");
	for (; *next; next++)
		if (strchr("&+#%?=", *next))
			text_print(&where, "%%%02X", (unsigned)(unsigned char)*next);
		else
			text_add_n(&where, next, 1);
	reply->status = 303;
	reply->where = text_end(&where);
}
