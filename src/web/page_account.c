/* One's own account: who I am here, how I was verified, where I am signed in. */
#include "blank.h"
#include "pager.h"
#include "pages.h"
#include "problem.h"
#include "vetting.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/court.h"
#include "../court/login.h"
#include "../court/session.h"
#include "../court/office.h"
#include "../court/verification.h"
#include "../court/attestation.h"
#include "../court/provider.h"

#include <string.h>

enum { PAGE_ACCOUNT_MOST = 20 };        /* sign-ins on one page */

static const char *page_account_device(struct ctx *ctx, const char *agent)
{
	static const char *const browser[][2] = {
		{ "MicroMessenger", "微信 WeChat" }, { "HuaweiBrowser", "Huawei Browser" }, { "Edg/", "Edge" },
		{ "QQBrowser", "QQ Browser" }, { "UCBrowser", "UC Browser" }, { "Firefox/", "Firefox" },
		{ "Chrome/", "Chrome" }, { "Safari/", "Safari" },
	};
	static const char *const system[][2] = {
		{ "HarmonyOS", "HarmonyOS" }, { "OpenHarmony", "HarmonyOS" }, { "Android", "Android" },
		{ "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Windows", "Windows" }, { "Mac OS X", "macOS" },
		{ "Linux", "Linux" },
	};
	const char *b = NULL, *s = NULL;
	for (size_t i = 0; !b && i < sizeof browser / sizeof *browser; i++)
		b = strstr(agent, browser[i][0]) ? browser[i][1] : NULL;
	for (size_t i = 0; !s && i < sizeof system / sizeof *system; i++)
		s = strstr(agent, system[i][0]) ? system[i][1] : NULL;
	if (b && s)
		return arena_print(ctx->mem, "%s · %s", b, s);
	return b ? b : s ? s : *agent ? agent : lang_say(ctx->lang, "account.device_unknown");
}

static void page_account_next(struct ctx *ctx, const struct person *p, const struct verification *note, size_t notes,
			      struct view_account *model)
{
	struct view_card *card = arena_take(ctx->mem, sizeof *card);
	if (p->state == PERSON_SUSPENDED) {
		card->title = lang_say(ctx->lang, "account.suspended");
		card->text = lang_print(ctx->mem, ctx->lang, "account.suspended_help",
					notes ? note[0].reason : "", NULL, NULL);
		card->is_due = true;
	} else if (p->state == PERSON_REGISTERED && !p->waiting) {
		card->title = lang_say(ctx->lang, "account.refused");
		card->text = lang_print(ctx->mem, ctx->lang, "account.refused_help", notes ? note[0].reason : "", NULL, NULL);
		card->href = "/account/edit";
		card->label = lang_say(ctx->lang, "account.put_right");
		card->is_due = true;
	} else if (p->state == PERSON_REGISTERED) {
		card->title = lang_say(ctx->lang, "account.waiting");
		card->text = lang_say(ctx->lang, p->kind == PERSON_ORGANISATION ? "account.waiting_firm" : "account.waiting_help");
		card->is_wait = true;
	} else {
		return;
	}
	card->law = lang_say(ctx->lang, "account.law");
	model->next = card;
}

static void page_account_fact(struct ctx *ctx, struct view_facts *facts, const char *key, const char *value)
{
	if (*value)
		facts->facts[facts->facts_count++] = (struct view_fact){ .label = lang_say(ctx->lang, key), .value = value };
}

static void page_account_facts(struct ctx *ctx, const struct person *p, struct view_account *model)
{
	model->me.facts = arena_take(ctx->mem, 8 * sizeof *model->me.facts);
	model->contact.facts = arena_take(ctx->mem, 4 * sizeof *model->contact.facts);
	page_account_fact(ctx, &model->me, "account.name", p->name);
	page_account_fact(ctx, &model->me, "account.kind", lang_say(ctx->lang, person_kind_key(p->kind)));
	page_account_fact(ctx, &model->me, "account.number", person_number_masked(ctx->mem, p->number));
	page_account_fact(ctx, &model->me, "account.state", lang_say(ctx->lang, person_state_key(p->state)));
	page_account_fact(ctx, &model->me, "register.representative", p->representative);
	page_account_fact(ctx, &model->me, "register.operator", p->operator);
	page_account_fact(ctx, &model->contact, "register.mobile", p->mobile);
	page_account_fact(ctx, &model->contact, "register.email", p->email);
	page_account_fact(ctx, &model->contact, "register.address", p->address);
}

static enum mc_err page_account_offices(struct ctx *ctx, struct view_account *model)
{
	struct office_seat *seat;
	size_t count;
	enum mc_err err = office_of_person(ctx, ctx->person, &seat, &count);
	if (err)
		return err;
	model->offices = arena_take(ctx->mem, (count + 1) * sizeof *model->offices);
	for (size_t i = 0; i < count; i++) {
		struct court court;
		struct text words = text_begin(ctx->mem);
		if ((err = court_load(ctx, seat[i].court, &court)))
			return err;
		for (int bit = 0; bit < OFFICE_COUNT; bit++) {
			if (!(seat[i].mask & 1u << bit))
				continue;
			text_add(&words, words.size ? lang_say(ctx->lang, "account.and") : "");
			text_add(&words, lang_say(ctx->lang, office_key((enum office)(1 << bit))));
		}
		model->clerk = model->clerk || seat[i].mask & (OFFICE_FILING | OFFICE_ADMIN);
		model->offices[model->offices_count++] = (struct view_account_office){
			.court = court_name(&court, ctx->lang), .office = text_end(&words),
			.href = seat[i].mask & OFFICE_ADMIN ? arena_print(ctx->mem, "/offices/%s", court.code) : "",
		};
	}
	return MC_OK;
}

/* "provider NAME" in words: the word names them, what follows fills them. */
static const char *page_account_way(struct ctx *ctx, const char *way)
{
	size_t n = strcspn(way, " ");
	const char *key = arena_print(ctx->mem, "signin.way_%.*s", (int)n, way);
	return n ? lang_print(ctx->mem, ctx->lang, key, way + n + (way[n] == ' '), NULL, NULL) : "";
}

static enum mc_err page_account_sessions(struct ctx *ctx, const struct ask *ask, struct view_account *model)
{
	struct session *list;
	size_t count;
	struct cursor from, first = cursor_start, last = cursor_start;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (err || (err = session_list(ctx, &from, PAGE_ACCOUNT_MOST + 1, &list, &count)))
		return err;
	struct cursor_sides sides = cursor_cut(&from, list, &count, sizeof *list, PAGE_ACCOUNT_MOST);
	if (count) {
		first = (struct cursor){ .at = list[0].since, .id = list[0].session };
		last = (struct cursor){ .at = list[count - 1].since, .id = list[count - 1].session };
	}
	pager_fill(ctx, "/account", sides, &first, &last, &model->pager);
	model->sessions = arena_take(ctx->mem, (count + 1) * sizeof *model->sessions);
	for (size_t i = 0; i < count; i++)
		model->sessions[model->sessions_count++] = (struct view_account_session){
			.session = list[i].session, .device = page_account_device(ctx, list[i].device),
			.address = list[i].address, .since = list[i].since, .seen = list[i].seen, .here = list[i].here,
			.ended = list[i].ended, .way = page_account_way(ctx, list[i].way),
		};
	return MC_OK;
}

static enum mc_err page_account_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_account model = { .csrf = ask->csrf };
	struct person person;
	struct verification *note;
	size_t notes;
	enum mc_err err = person_load(ctx, ctx->person, &person);
	if (err || (err = verification_list(ctx, ctx->person, &cursor_start, VETTING_MOST + 1, &note, &notes)) || (err = page_account_offices(ctx, &model))
	    || (err = ask->bearer ? MC_OK : page_account_sessions(ctx, ask, &model)))
		return err;
	page_head(ctx, ask, lang_say(ctx->lang, "account.title"), &model.page);
	page_account_next(ctx, &person, note, notes, &model);
	page_account_facts(ctx, &person, &model);
	struct provider any;
	model.providers = provider_nth(ctx, 0, &any) && !ask->bearer;
	model.programs = ask->verified && !ask->bearer;
	model.editable = person.state == PERSON_REGISTERED;
	pager_link(ctx, &model.pager, reply);
	if (notes > VETTING_MOST)
		model.further = "/account/history";
	if (notes)
		model.history = vetting_view(ctx, note, notes > VETTING_MOST ? VETTING_MOST : notes);
	return page_show(ctx, ask, reply, &view_account, &model);
}

/* How the identity was established, in parts. */
static enum mc_err page_account_history(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_history model = { 0 };
	struct verification *note;
	struct cursor from;
	size_t notes;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (err || (err = verification_list(ctx, ctx->person, &from, VETTING_MOST + 1, &note, &notes)))
		return err;
	vetting_pager(ctx, "/account/history", &from, note, &notes, &model.pager);
	model.history = *vetting_view(ctx, note, notes);
	page_head(ctx, ask, lang_say(ctx->lang, "account.history"), &model.page);
	pager_link(ctx, &model.pager, reply);
	return page_show(ctx, ask, reply, &view_history, &model);
}

static enum mc_err page_account_end(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *which = form_get(ask->form, "end");
	enum mc_err err = !strcmp(which, "others") ? session_end_others(ctx) : session_end(ctx, which);
	return err ? err : page_go(ctx, reply, "/account?done=session_ended");
}

/* -- data ---------------------------------------------------------------------- */

static enum mc_err page_account_edit_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply,
					  const struct person *p)
{
	struct view_fill model = { .title = lang_say(ctx->lang, "account.edit_title"),
		.lead = lang_say(ctx->lang, p->state == PERSON_REGISTERED ? "account.edit_open" : "account.edit_closed") };
	struct view_form *form = blank_begin(ctx, ask, "/account/edit", "account.keep", "");
	page_head(ctx, ask, model.title, &model.page);
	if (p->state == PERSON_REGISTERED) {
		blank_field(ctx, form, BLANK_LINE, "name", "register.name", p->name);
		blank_field(ctx, form, BLANK_LINE, "number", "register.number", p->number);
		if (p->kind == PERSON_ORGANISATION) {
			blank_field(ctx, form, BLANK_LINE, "representative", "register.representative", p->representative);
			blank_field(ctx, form, BLANK_LINE, "representative_number", "register.representative_number",
				    p->representative_number);
			blank_field(ctx, form, BLANK_LINE, "operator", "register.operator", p->operator);
			blank_field(ctx, form, BLANK_LINE, "operator_number", "register.operator_number", p->operator_number);
		}
	}
	blank_field(ctx, form, BLANK_PHONE, "mobile", "register.mobile", p->mobile)->autocomplete = "tel";
	struct view_form_field *email = blank_field(ctx, form, BLANK_LINE, "email", "register.email", p->email);
	email->required = false;
	email->autocomplete = "email";
	blank_field(ctx, form, BLANK_LINE, "address", "register.address", p->address)->autocomplete = "street-address";
	struct view_form_field *lang = blank_field(ctx, form, BLANK_CHOICE, "lang", "account.letters",
						   p->lang == LANG_EN ? "en" : "zh");
	blank_option(ctx, lang, "zh", "中文", "");
	blank_option(ctx, lang, "en", "English", "");
	form->cancel = "/account";
	model.page.wrong = ctx->why != NULL;
	blank_wrong(ctx, form);
	model.form = *form;
	return page_show(ctx, ask, reply, &view_fill, &model);
}

static enum mc_err page_account_edit(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct person person;
	enum mc_err err = person_load(ctx, ctx->person, &person);
	return err ? err : page_account_edit_draw(ctx, ask, reply, &person);
}

static enum mc_err page_account_edit_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct person p;
	enum mc_err err = person_load(ctx, ctx->person, &p);
	if (err)
		return err;
	bool open = p.state == PERSON_REGISTERED, firm = p.kind == PERSON_ORGANISATION;
	const struct { const char *name, **value; bool asked; } field[] = {
		{ "name", &p.name, open }, { "number", &p.number, open },
		{ "representative", &p.representative, open && firm },
		{ "representative_number", &p.representative_number, open && firm },
		{ "operator", &p.operator, open && firm }, { "operator_number", &p.operator_number, open && firm },
		{ "mobile", &p.mobile, true }, { "email", &p.email, true }, { "address", &p.address, true },
	};
	for (size_t i = 0; i < sizeof field / sizeof *field; i++)
		if (field[i].asked)
			*field[i].value = form_get(ask->form, field[i].name);
	p.lang = !strcmp(form_get(ask->form, "lang"), "en") ? LANG_EN : LANG_ZH;
	err = person_correct(ctx, &p);
	if (err && (ask->json || err == MC_STORE))
		return err;
	if (err) {
		reply->status = 422;
		return page_account_edit_draw(ctx, ask, reply, &p);
	}
	if (open && attestation_perform(ctx, ctx->person))
		ctx_forget(ctx);
	return page_go(ctx, reply, "/account?done=kept");
}

/* -- password -------------------------------------------------------------------- */

static enum mc_err page_account_password(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_fill model = { .title = lang_say(ctx->lang, "account.password"),
		.lead = lang_say(ctx->lang, "account.password_lead") };
	struct view_form *form = blank_begin(ctx, ask, "/account/password", "account.password_submit", "");
	page_head(ctx, ask, model.title, &model.page);
	blank_field(ctx, form, BLANK_PASSWORD, "old", "account.old", "")->autocomplete = "current-password";
	blank_field(ctx, form, BLANK_PASSWORD, "fresh", "register.password", "")->autocomplete = "new-password";
	blank_field(ctx, form, BLANK_PASSWORD, "again", "register.again", "")->autocomplete = "new-password";
	form->cancel = "/account";
	model.page.wrong = ctx->why != NULL;
	blank_wrong(ctx, form);
	model.form = *form;
	return page_show(ctx, ask, reply, &view_fill, &model);
}

static enum mc_err page_account_password_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *fresh = form_get(ask->form, "fresh");
	enum mc_err err = MC_OK;
	if (!ask->json && strcmp(fresh, form_get(ask->form, "again")))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "password.not_again", .field = "again" });
	if (!err)
		err = login_change(ctx, form_get(ask->form, "old"), fresh);
	if (!err)
		return page_go(ctx, reply, "/account?done=password");
	problem_mark(ctx, err, reply);
	return ask->json ? err : page_account_password(ctx, ask, reply);
}

const struct route *page_account(void)
{
	static const struct route routes[] = {
		{ "GET",  "/account",          PAGE_SIGNED | PAGE_PROFILE, page_account_show },
		{ "GET",  "/account/history",  PAGE_SIGNED | PAGE_PROFILE, page_account_history },
		{ "POST", "/account/sessions", PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_account_end },
		{ "GET",  "/account/edit",     PAGE_SIGNED | PAGE_PROFILE, page_account_edit },
		{ "POST", "/account/edit",     PAGE_SIGNED | PAGE_WORKER | PAGE_PROFILE, page_account_edit_post },
		{ "GET",  "/account/password", PAGE_SIGNED | PAGE_BROWSER, page_account_password },
		{ "POST", "/account/password", PAGE_SIGNED | PAGE_WORKER | PAGE_BROWSER, page_account_password_post },
		{ 0 }
	};
	return routes;
}
