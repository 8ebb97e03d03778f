/* Passkeys: signing in with one, and those of one's account. What the browser's device says is
 * brought here by static/court.js as four fields of a form. */
#include "blank.h"
#include "doorway.h"
#include "page_passkey.h"
#include "pages.h"
#include "problem.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/form.h"
#include "../base/lang.h"
#include "../court/entrance.h"
#include "../court/passkey.h"
#include "../court/second.h"

#include <string.h>

static struct webauthn_answer page_passkey_answer(const struct ask *ask)
{
	return (struct webauthn_answer){
		.id = form_get(ask->form, "credential"), .client_data = form_get(ask->form, "client_data"),
		.authenticator_data = form_get(ask->form, "authenticator_data"), .signature = form_get(ask->form, "signature"),
		.user = form_get(ask->form, "user"),
	};
}

/* What navigator.credentials is asked with; the rest stands in court.js. */
static enum mc_err page_passkey_options(struct ctx *ctx, const struct ask *ask, struct reply *reply, bool create)
{
	const char *challenge;
	struct passkey *list = NULL;
	size_t count = 0;
	enum mc_err err = passkey_challenge(ctx, ask->csrf, create, &challenge);
	if (!err && create)
		err = passkey_list(ctx, ctx->person, &list, &count);
	if (err)
		return err;
	struct view_challenge model = { .challenge = challenge, .rp = passkey_rp(ctx, ask->origin),
		.user = create ? ctx->person : "", .name = create ? ask->name : "",
		.have = arena_take(ctx->mem, (count + 1) * sizeof *model.have) };
	for (size_t i = 0; i < count; i++)
		model.have[model.have_count++] = list[i].credential;
	return page_show(ctx, ask, reply, &view_challenge, &model);
}

/* -- signing in -------------------------------------------------------------------------- */

struct view_form *page_passkey_form(struct ctx *ctx, const struct ask *ask, const char *next)
{
	struct view_form *form = blank_begin(ctx, ask, "/sign-in/passkey", "passkey.sign_in", "");
	blank_field(ctx, form, BLANK_HIDDEN, "next", "", next);
	return form;
}

static enum mc_err page_passkey_challenge(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_passkey_options(ctx, ask, reply, false);
}

static enum mc_err page_passkey_in(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const struct webauthn_answer answer = page_passkey_answer(ask);
	struct entrance entrance;
	enum mc_err err = *answer.id
		? entrance_passkey(ctx, ask->csrf, ask->origin, &answer, ask->address, ask_local(form_get(ask->form, "next")), &entrance)
		: ctx_fail(ctx, MC_INVALID, (struct why){ .key = "passkey.script", .field = "passkey" });
	return err ? err : doorway_in(ctx, ask, reply, &entrance);
}

/* -- one's own ----------------------------------------------------------------------------- */

static struct view_form *page_passkey_make_form(struct ctx *ctx, const struct ask *ask)
{
	struct view_form *form = blank_begin(ctx, ask, "/account/passkeys", "passkey.make_submit", "make");
	blank_field(ctx, form, BLANK_LINE, "name", "passkey.name", form_get(ask->form, "name"));
	blank_field(ctx, form, BLANK_PASSWORD, "password", "second.password", "")->autocomplete = "current-password";
	return form;
}

static void page_passkey_which(struct ctx *ctx, const struct ask *ask, struct view_form *form, const struct passkey *list, size_t count)
{
	struct view_form_field *which = blank_field(ctx, form, BLANK_PICK, "which", "passkey.which", form_get(ask->form, "which"));
	which->id = arena_print(ctx->mem, "field-which-%s", form->verb);
	which->options = arena_take(ctx->mem, (count + 1) * sizeof *which->options);
	for (size_t i = 0; i < count; i++)
		which->options[which->options_count++] = (struct view_form_option){ .value = list[i].id, .label = list[i].name,
			.chosen = !strcmp(list[i].id, which->value) };
}

static struct view_form *page_passkey_rename_form(struct ctx *ctx, const struct ask *ask, const struct passkey *list, size_t count)
{
	struct view_form *form = blank_begin(ctx, ask, "/account/passkeys/rename", "passkey.rename", "rename");
	page_passkey_which(ctx, ask, form, list, count);
	blank_field(ctx, form, BLANK_LINE, "name", "passkey.name", "")->id = "field-name-rename";
	return form;
}

static struct view_form *page_passkey_remove_form(struct ctx *ctx, const struct ask *ask, const struct passkey *list, size_t count)
{
	struct view_form *form = blank_begin(ctx, ask, "/account/passkeys/remove", "passkey.remove", "remove");
	page_passkey_which(ctx, ask, form, list, count);
	struct view_form_field *password = blank_field(ctx, form, BLANK_PASSWORD, "password", "second.password", "");
	password->id = "field-password-remove";
	password->autocomplete = "current-password";
	return form;
}

static enum mc_err page_passkey_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *wrong)
{
	struct view_passkeys model = { 0 };
	struct passkey *list;
	size_t count;
	struct why *why = ctx->why;
	enum mc_err err = passkey_list(ctx, ctx->person, &list, &count);
	if (err)
		return err;
	ctx->why = why;
	page_head(ctx, ask, lang_say(ctx->lang, "passkey.title"), &model.page);
	model.page.wrong = why != NULL;
	model.keys = arena_take(ctx->mem, (count + 1) * sizeof *model.keys);
	for (size_t i = 0; i < count; i++)
		model.keys[model.keys_count++] = (struct view_passkey_row){ .id = list[i].id, .name = list[i].name,
			.since = list[i].since, .used = list[i].used, .regressed = list[i].regressed };
	if (count < PASSKEY_MOST)
		model.make = page_passkey_make_form(ctx, ask);
	if (count) {
		model.rename = page_passkey_rename_form(ctx, ask, list, count);
		model.remove = page_passkey_remove_form(ctx, ask, list, count);
	}
	struct view_form *form = !strcmp(wrong, "remove") ? model.remove : !strcmp(wrong, "rename") ? model.rename : model.make;
	if (form)
		blank_wrong(ctx, form);
	return page_show(ctx, ask, reply, &view_passkeys, &model);
}

static enum mc_err page_passkey_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_passkey_draw(ctx, ask, reply, "make");
}

/* The password comes before the challenge: whoever finds a device signed in cannot add a key to it. */
static enum mc_err page_passkey_begin(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	enum mc_err err = login_again(ctx, form_get(ask->form, "password"), "password");
	if (!err)
		return page_passkey_options(ctx, ask, reply, true);
	problem_mark(ctx, err, reply);
	return err;
}

static enum mc_err page_passkey_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const struct webauthn_answer answer = page_passkey_answer(ask);
	enum mc_err err = *answer.id ? passkey_make(ctx, ask->csrf, ask->origin, &answer, form_get(ask->form, "name"))
		: ctx_fail(ctx, MC_INVALID, (struct why){ .key = "passkey.script", .field = "name" });
	if (!err)
		return page_go(ctx, reply, "/account/passkeys?done=passkey_made");
	problem_mark(ctx, err, reply);
	return ask->json || err == MC_STORE ? err : page_passkey_draw(ctx, ask, reply, "make");
}

static enum mc_err page_passkey_rename(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	enum mc_err err = passkey_rename(ctx, form_get(ask->form, "which"), form_get(ask->form, "name"));
	if (!err)
		return page_go(ctx, reply, "/account/passkeys?done=passkey_renamed");
	if (err != MC_INVALID || ask->json)
		return err;
	problem_mark(ctx, err, reply);
	return page_passkey_draw(ctx, ask, reply, "rename");
}

static enum mc_err page_passkey_remove(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	enum mc_err err = login_again(ctx, form_get(ask->form, "password"), "password");
	if (!err)
		err = second_lose_passkey(ctx, form_get(ask->form, "which"));
	if (!err)
		return page_go(ctx, reply, "/account/passkeys?done=passkey_removed");
	if (err == MC_UNKNOWN || err == MC_STORE)
		return err;
	problem_mark(ctx, err, reply);
	return ask->json ? err : page_passkey_draw(ctx, ask, reply, "remove");
}

const struct route *page_passkey(void)
{
	static const struct route routes[] = {
		{ "POST", "/sign-in/passkey",            PAGE_PUBLIC | PAGE_WORKER | PAGE_DOOR | PAGE_BROWSER, page_passkey_in },
		{ "POST", "/sign-in/passkey/challenge",  PAGE_PUBLIC | PAGE_WORKER | PAGE_BROWSER, page_passkey_challenge },
		{ "GET",  "/account/passkeys",           PAGE_SIGNED | PAGE_BROWSER, page_passkey_show },
		{ "POST", "/account/passkeys",           PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_passkey_post },
		{ "POST", "/account/passkeys/challenge", PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_passkey_begin },
		{ "POST", "/account/passkeys/rename",    PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_passkey_rename },
		{ "POST", "/account/passkeys/remove",    PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_passkey_remove },
		{ 0 }
	};
	return routes;
}
