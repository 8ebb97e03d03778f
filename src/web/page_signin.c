/* Signing in and out. Whoever signs in goes on to the page they wanted. */
#include "blank.h"
#include "doorway.h"
#include "page_passkey.h"
#include "pages.h"
#include "problem.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/login.h"
#include "../court/session.h"
#include "../court/provider.h"
#include "../http/cookie.h"

#include <string.h>

static void page_signin_doors(struct ctx *ctx, const char *next, struct view_signin *model)
{
	struct provider p;
	model->doors = arena_take(ctx->mem, PROVIDER_MOST * sizeof *model->doors);
	for (size_t n = 0; provider_nth(ctx, n, &p); n++) {
		struct text href = text_begin(ctx->mem);
		text_print(&href, "/sign-in/with/%s", p.name);
		if (*next) {
			text_add(&href, "?next=");
			text_url(&href, next);
		}
		model->doors[model->doors_count++] = (struct view_signin_door){ .label = p.label, .href = text_end(&href) };
	}
}

static enum mc_err page_signin_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply,
				    const char *account, const char *next)
{
	struct view_signin model = { 0 };
	struct view_form *form = blank_begin(ctx, ask, "/sign-in", "signin.submit", "");
	page_head(ctx, ask, lang_say(ctx->lang, "signin.title"), &model.page);
	form->once = "";        /* whoever presses twice is signed in twice: an answer has the cookie once */
	blank_field(ctx, form, BLANK_LINE, "name", "signin.account", account)->autocomplete = "username";
	blank_field(ctx, form, BLANK_PASSWORD, "password", "signin.password", "")->autocomplete = "current-password";
	blank_field(ctx, form, BLANK_HIDDEN, "next", "", next);
	model.page.wrong = ctx->why != NULL;
	blank_wrong(ctx, form);
	model.form = *form;
	model.passkey = *page_passkey_form(ctx, ask, next);
	page_signin_doors(ctx, next, &model);
	return page_show(ctx, ask, reply, &view_signin, &model);
}

static enum mc_err page_signin_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *next = ask_local(form_get(ask->query, "next"));
	if (*ctx->person)
		return page_go(ctx, reply, "%s", next);
	return page_signin_draw(ctx, ask, reply, "", strcmp(next, "/") ? next : "");
}

static enum mc_err page_signin_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *account = form_get(ask->form, "name"), *next = ask_local(form_get(ask->form, "next"));
	struct login_proof proof;
	enum mc_err err = login_prove(ctx, account, form_get(ask->form, "password"), ask->address, &proof);
	if (!err)
		err = doorway_proved(ctx, ask, reply, &proof, next);
	if (!err)
		return MC_OK;
	problem_mark(ctx, err, reply);
	return ask->json ? err : page_signin_draw(ctx, ask, reply, account, strcmp(next, "/") ? next : "");
}

static enum mc_err page_signin_out(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	enum mc_err err = session_end(ctx, ctx->session);
	if (err && err != MC_UNKNOWN)
		return err;
	ctx_forget(ctx);
	reply->cookie[0] = cookie_session(ctx, ask, "");
	return page_go(ctx, reply, "/?done=signed_out");
}

const struct route *page_signin(void)
{
	static const struct route routes[] = {
		{ "GET",  "/sign-in",  PAGE_PUBLIC | PAGE_BROWSER, page_signin_show },
		{ "POST", "/sign-in",  PAGE_PUBLIC | PAGE_WORKER | PAGE_DOOR | PAGE_BROWSER, page_signin_post },
		{ "POST", "/sign-out", PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_signin_out },
		{ 0 }
	};
	return routes;
}
