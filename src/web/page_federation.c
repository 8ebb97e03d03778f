/* Signing in by a service that says who somebody is: the way there, the way back, and the links in
 * one's account. No other site can send somebody on this way, nor end it in another browser. */
#include "blank.h"
#include "doorway.h"
#include "pages.h"
#include "problem.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/federation.h"
#include "../court/login.h"
#include "../court/second.h"
#include "../http/csrf.h"

#include <string.h>

static struct federation_way page_federation_way(struct ctx *ctx, const struct ask *ask, const struct provider *p)
{
	return (struct federation_way){ .visitor = ask->csrf,
		.back = arena_print(ctx->mem, "%s/sign-in/with/%s/back", ask->origin, p->name) };
}

static enum mc_err page_federation_proved(struct ctx *ctx, const struct ask *ask, struct reply *reply, const struct provider *p,
					  const char *person, const char *attempt, const char *next)
{
	struct login_proof proof = { .person = person, .way = arena_print(ctx->mem, "provider %s", p->label),
		.address = ask->address, .attempt = attempt };
	return doorway_proved(ctx, ask, reply, &proof, next);
}

static enum mc_err page_federation_go(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct provider p;
	const char *next = ask_local(form_get(ask->query, "next"));
	enum mc_err err = provider_find(ctx, ask->part[0], &p);
	if (!err && *ctx->person)
		return page_go(ctx, reply, "%s", next);
	if (!err && !csrf_same_site(ask))
		err = ctx_fail(ctx, MC_DENIED, (struct why){ .key = "csrf.other_site" });
	if (err)
		return err;
	struct federation_way way = page_federation_way(ctx, ask, &p);
	err = federation_go(ctx, &p, &way, false, next, &reply->where);
	reply->status = err ? 0 : 303;
	return err;
}

static enum mc_err page_federation_back(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct provider p;
	struct federation_return back;
	const char *state = form_get(ask->query, "state"), *error = form_get(ask->query, "error");
	enum mc_err err = provider_find(ctx, ask->part[0], &p);
	if (err)
		return err;
	struct federation_way way = page_federation_way(ctx, ask, &p);
	if (*error)
		return federation_refused(ctx, &p, &way, state, error);
	err = federation_back(ctx, &p, &way, state, form_get(ask->query, "iss"), form_get(ask->query, "code"), &back);
	if (err)
		return err;
	if (back.linked)
		return page_go(ctx, reply, "/account/providers?done=provider_linked");
	if (*back.errand)
		return page_go(ctx, reply, "/sign-in/with/%s/join?errand=%s", p.name, back.errand);
	return page_federation_proved(ctx, ask, reply, &p, back.person, "", back.next);
}

/* -- the first time ------------------------------------------------------------------ */

static enum mc_err page_federation_join_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *errand)
{
	struct provider p;
	enum mc_err err = provider_find(ctx, ask->part[0], &p);
	if (err)
		return err;
	struct view_fill model = { .title = lang_say(ctx->lang, "providers.join"),
		.lead = lang_print(ctx->mem, ctx->lang, "providers.join_lead", p.label, NULL, NULL) };
	struct view_form *form = blank_begin(ctx, ask, arena_print(ctx->mem, "/sign-in/with/%s/join", p.name), "providers.join_submit", "");
	page_head(ctx, ask, model.title, &model.page);
	blank_field(ctx, form, BLANK_LINE, "name", "signin.account", form_get(ask->form, "name"))->autocomplete = "username";
	blank_field(ctx, form, BLANK_PASSWORD, "password", "signin.password", "")->autocomplete = "current-password";
	blank_field(ctx, form, BLANK_HIDDEN, "errand", "", errand);
	form->cancel = "/sign-in";
	model.page.wrong = ctx->why != NULL;
	blank_wrong(ctx, form);
	model.form = *form;
	return page_show(ctx, ask, reply, &view_fill, &model);
}

static enum mc_err page_federation_join(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	if (*ctx->person)
		return page_go(ctx, reply, "/account/providers");
	return page_federation_join_draw(ctx, ask, reply, form_get(ask->query, "errand"));
}

static enum mc_err page_federation_join_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct provider p;
	struct login_proof proof;
	const char *errand = form_get(ask->form, "errand"), *next;
	enum mc_err err = provider_find(ctx, ask->part[0], &p);
	if (err)
		return err;
	err = login_prove(ctx, form_get(ask->form, "name"), form_get(ask->form, "password"), ask->address, &proof);
	if (err) {
		problem_mark(ctx, err, reply);
		return ask->json ? err : page_federation_join_draw(ctx, ask, reply, errand);
	}
	/* Whoever gives a second proof has not given it yet, and a link must not be had with the password alone. */
	int64_t second;
	struct federation_way way = page_federation_way(ctx, ask, &p);
	if ((err = second_since(ctx, proof.person, &second)))
		return err;
	if (second)
		return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "federation.second", .arg = { p.label } });
	err = federation_join(ctx, &p, &way, errand, proof.person, &next);
	return err ? err : page_federation_proved(ctx, ask, reply, &p, proof.person, proof.attempt, next);
}

/* -- in one's account ---------------------------------------------------------------- */

/* What the issuer is called here; its address if the settings no longer name it. */
static const char *page_federation_label(struct ctx *ctx, const char *issuer)
{
	struct provider p;
	for (size_t n = 0; provider_nth(ctx, n, &p); n++)
		if (!strcmp(p.issuer, issuer))
			return p.label;
	return issuer;
}

static struct view_form *page_federation_form(struct ctx *ctx, const struct ask *ask)
{
	struct provider p;
	if (!provider_nth(ctx, 0, &p))
		return NULL;
	const char *chosen = form_get(ask->form, "provider");
	struct view_form *form = blank_begin(ctx, ask, "/account/providers", "providers.link_submit", "");
	struct view_form_field *field = blank_field(ctx, form, BLANK_CHOICE, "provider", "providers.which", *chosen ? chosen : p.name);
	for (size_t n = 0; provider_nth(ctx, n, &p); n++)
		blank_option(ctx, field, p.name, p.label, "");
	blank_field(ctx, form, BLANK_PASSWORD, "password", "providers.password", "")->autocomplete = "current-password";
	form->cancel = "/account";
	blank_wrong(ctx, form);
	return form;
}

static enum mc_err page_federation_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *go,
					const char *label)
{
	struct view_providers model = { .csrf = ask->csrf, .go = go, .go_label = label };
	struct federation *list;
	size_t count;
	enum mc_err err = federation_list(ctx, &list, &count);
	if (err)
		return err;
	page_head(ctx, ask, lang_say(ctx->lang, "providers.title"), &model.page);
	model.page.wrong = ctx->why != NULL;
	model.links = arena_take(ctx->mem, (count + 1) * sizeof *model.links);
	for (size_t i = 0; i < count; i++)
		model.links[model.links_count++] = (struct view_provider_link){
			.label = page_federation_label(ctx, list[i].issuer), .issuer = list[i].issuer, .subject = list[i].subject,
			.since = list[i].since, .seen = list[i].seen, .used = list[i].seen > 0,
		};
	model.form = *go ? NULL : page_federation_form(ctx, ask);
	return page_show(ctx, ask, reply, &view_providers, &model);
}

static enum mc_err page_federation_list(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_federation_draw(ctx, ask, reply, "", "");
}

/* The way on is a link and no redirect: a form of ours leads to no other site (CSP form-action). */
static enum mc_err page_federation_link(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct provider p;
	const char *go = "";
	enum mc_err err = provider_find(ctx, form_get(ask->form, "provider"), &p);
	if (err)
		return err;
	struct federation_way way = page_federation_way(ctx, ask, &p);
	err = login_again(ctx, form_get(ask->form, "password"), "password");
	if (!err)
		err = federation_go(ctx, &p, &way, true, "/account/providers", &go);
	if (!err)
		return page_federation_draw(ctx, ask, reply, go, p.label);
	if (err != MC_INVALID)
		return err;
	reply->status = 422;
	return ask->json ? err : page_federation_draw(ctx, ask, reply, "", "");
}

static enum mc_err page_federation_end(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	enum mc_err err = federation_end(ctx, form_get(ask->form, "issuer"), form_get(ask->form, "subject"));
	return err ? err : page_go(ctx, reply, "/account/providers?done=provider_ended");
}

const struct route *page_federation(void)
{
	static const struct route routes[] = {
		{ "GET",  "/sign-in/with/:provider",      PAGE_PUBLIC | PAGE_WORKER | PAGE_BROWSER, page_federation_go },
		{ "GET",  "/sign-in/with/:provider/back", PAGE_PUBLIC | PAGE_WORKER | PAGE_BROWSER, page_federation_back },
		{ "GET",  "/sign-in/with/:provider/join", PAGE_PUBLIC | PAGE_BROWSER, page_federation_join },
		{ "POST", "/sign-in/with/:provider/join", PAGE_PUBLIC | PAGE_WORKER | PAGE_DOOR | PAGE_BROWSER, page_federation_join_post },
		{ "GET",  "/account/providers",           PAGE_SIGNED | PAGE_BROWSER, page_federation_list },
		{ "POST", "/account/providers",           PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_federation_link },
		{ "POST", "/account/providers/end",       PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_federation_end },
		{ 0 }
	};
	return routes;
}
