/* The second proof: giving it when signing in, and setting it up. */
#include "blank.h"
#include "doorway.h"
#include "page_passkey.h"
#include "pages.h"
#include "problem.h"
#include "qr.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../base/onetime.h"
#include "../court/entrance.h"
#include "../court/second.h"
#include "../court/totp.h"

#include <string.h>

/* -- the second step of signing in -------------------------------------------------- */

static enum mc_err page_second_step(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *next)
{
	struct view_second_step model = { 0 };
	struct view_form *form = blank_begin(ctx, ask, "/sign-in/second", "signin.submit", "");
	page_head(ctx, ask, lang_say(ctx->lang, "second.step"), &model.page);
	blank_field(ctx, form, BLANK_LINE, "code", "second.code", "")->autocomplete = "one-time-code";
	form->cancel = "/sign-in";
	model.page.wrong = ctx->why != NULL;
	blank_wrong(ctx, form);
	model.form = *form;
	model.passkey = *page_passkey_form(ctx, ask, next);
	return page_show(ctx, ask, reply, &view_second_step, &model);
}

/* Whoever comes too late, or straight here, begins with the first proof. */
static enum mc_err page_second_over(struct ctx *ctx, const struct ask *ask, struct reply *reply, enum mc_err err)
{
	if (ask->json || err != MC_CONFLICT || !ctx->why || strcmp(ctx->why->key, "second.over"))
		return err;
	ctx_forget(ctx);
	return page_go(ctx, reply, "/sign-in?done=second_over");
}

static enum mc_err page_second_step_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct entrance_step step;
	enum mc_err err = entrance_step(ctx, ask->csrf, &step);
	return err ? page_second_over(ctx, ask, reply, err) : page_second_step(ctx, ask, reply, step.next);
}

static enum mc_err page_second_step_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct entrance entrance = { .next = "" };
	enum mc_err err = entrance_code(ctx, ask->csrf, form_get(ask->form, "code"), ask->address, &entrance);
	if (!err)
		return doorway_in(ctx, ask, reply, &entrance);
	if (ctx->why && !strcmp(ctx->why->key, "second.over"))
		return page_second_over(ctx, ask, reply, err);
	problem_mark(ctx, err, reply);
	return ask->json ? err : page_second_step(ctx, ask, reply, entrance.next);
}

/* -- setting it up -------------------------------------------------------------------- */

static const char *page_second_link(struct ctx *ctx, const struct ask *ask, const char *secret)
{
	const char *issuer = arena_print(ctx->mem, "%s (%s)", lang_say(ctx->lang, "page.mark"), ask->host);
	return onetime_link(ctx->mem, issuer, ask->name, secret);
}

static struct view_form *page_second_form(struct ctx *ctx, const struct ask *ask, const struct view_second *model)
{
	struct view_form *form;
	if (model->offered) {
		form = blank_begin(ctx, ask, "/account/second", "second.confirm", "confirm");
		blank_field(ctx, form, BLANK_LINE, "code", "second.first_code", "")->autocomplete = "one-time-code";
	} else if (model->on) {
		form = blank_begin(ctx, ask, "/account/second", "second.change", "change");
		struct view_form_field *what = blank_field(ctx, form, BLANK_CHOICE, "what", "second.what",
							   form_get(ask->form, "what"));
		blank_option(ctx, what, "codes", lang_say(ctx->lang, "second.what_codes"), "");
		blank_option(ctx, what, "remove", lang_say(ctx->lang, "second.what_remove"), "");
	} else {
		form = blank_begin(ctx, ask, "/account/second", "second.begin", "begin");
		struct view_form_field *with = blank_field(ctx, form, BLANK_CHOICE, "with", "second.with", "app");
		blank_option(ctx, with, "app", lang_say(ctx->lang, "second.with_app"), "");
		blank_option(ctx, with, "passkey", lang_say(ctx->lang, "second.with_passkey"), "");
	}
	if (!model->offered)
		blank_field(ctx, form, BLANK_PASSWORD, "password", "second.password", "")->autocomplete = "current-password";
	form->cancel = "/account";
	return form;
}

static enum mc_err page_second_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply, const struct second_codes *codes)
{
	struct view_second model = { .secret = "", .link = "" };
	int left = 0;
	enum mc_err err = second_since(ctx, ctx->person, &model.since);
	if (!err)
		err = second_codes_left(ctx, ctx->person, &left);
	if (!err)
		err = totp_offer(ctx, false, &model.secret);
	if (err)
		return err;
	model.on = model.since != 0;
	model.left = left;
	model.offered = *model.secret != '\0';
	if (model.offered)
		model.link = page_second_link(ctx, ask, model.secret);
	model.codes = arena_take(ctx->mem, SECOND_CODES * sizeof *model.codes);
	for (int i = 0; codes && i < SECOND_CODES; i++)
		model.codes[model.codes_count++] = codes->code[i];
	page_head(ctx, ask, lang_say(ctx->lang, "second.title"), &model.page);
	model.page.wrong = ctx->why != NULL;
	struct view_form *form = page_second_form(ctx, ask, &model);
	blank_wrong(ctx, form);
	model.form = *form;
	return page_show(ctx, ask, reply, &view_second, &model);
}

static enum mc_err page_second_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_second_draw(ctx, ask, reply, NULL);
}

/* The picture of a secret that waits for its first code, and of no other. */
static enum mc_err page_second_qr(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *secret;
	enum mc_err err = totp_offer(ctx, false, &secret);
	if (err || !*secret)
		return err ? err : MC_UNKNOWN;
	reply->type = "image/svg+xml";
	text_add(&reply->body, qr_svg(ctx->mem, page_second_link(ctx, ask, secret)));
	return MC_OK;
}

static enum mc_err page_second_change(struct ctx *ctx, const struct ask *ask, struct second_codes *codes, bool *told)
{
	const char *what = form_get(ask->form, "what");
	enum mc_err err = MC_OK;
	if (strcmp(what, "codes") && strcmp(what, "remove"))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "second.which", .field = "what" });
	if (!err)
		err = login_again(ctx, form_get(ask->form, "password"), "password");
	if (err)
		return err;
	*told = !strcmp(what, "codes");
	return *told ? second_renew_codes(ctx, codes) : second_remove(ctx);
}

static enum mc_err page_second_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *does = form_get(ask->form, "do"), *secret;
	struct second_codes codes;
	bool told = false, begun = false;
	enum mc_err err;
	if (!strcmp(does, "confirm")) {
		err = second_confirm(ctx, form_get(ask->form, "code"), &codes);
		told = !err;
	} else if (!strcmp(does, "change")) {
		err = page_second_change(ctx, ask, &codes, &told);
	} else if ((err = login_again(ctx, form_get(ask->form, "password"), "password"))) {
		begun = false;
	} else if (!strcmp(form_get(ask->form, "with"), "passkey")) {
		err = second_by_passkey(ctx, &codes);
		told = !err;
	} else {
		err = totp_offer(ctx, true, &secret);
		begun = true;
	}
	reply->secret = !err && told;   /* shown in this answer alone: a redirect would have to keep them somewhere */
	if (reply->secret)
		return page_second_draw(ctx, ask, reply, &codes);
	if (!err)
		return page_go(ctx, reply, begun ? "/account/second" : "/account/second?done=second_removed");
	problem_mark(ctx, err, reply);
	return ask->json || err == MC_STORE ? err : page_second_draw(ctx, ask, reply, NULL);
}

const struct route *page_second(void)
{
	static const struct route routes[] = {
		{ "GET",  "/sign-in/second",    PAGE_PUBLIC | PAGE_BROWSER, page_second_step_show },
		{ "POST", "/sign-in/second",    PAGE_PUBLIC | PAGE_WORKER | PAGE_DOOR | PAGE_BROWSER, page_second_step_post },
		{ "GET",  "/account/second",    PAGE_SIGNED | PAGE_BROWSER, page_second_show },
		{ "POST", "/account/second",    PAGE_SIGNED | PAGE_BROWSER | PAGE_WORKER, page_second_post },
		{ "GET",  "/account/second/qr", PAGE_SIGNED | PAGE_BROWSER, page_second_qr },
		{ 0 }
	};
	return routes;
}
