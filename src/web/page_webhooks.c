/* Programs that are told what happens: the webhooks of a person and of the courts administered. */
#include "blank.h"
#include "pager.h"
#include "pages.h"
#include "problem.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/court.h"
#include "../court/dispatch.h"
#include "../court/login.h"
#include "../court/office.h"

#include <string.h>

enum { PAGE_WEBHOOKS_LAST = 10, PAGE_WEBHOOKS_MOST = 50 };      /* messages: beside their webhook; on a page of their own */

/* -- what is shown --------------------------------------------------------------------------- */

static const char *page_webhooks_badge(const char *state)
{
	return !strcmp(state, "arrived") ? "good" : !strcmp(state, "waiting") ? "" : "bad";
}

static struct view_webhook_message page_webhooks_message(struct ctx *ctx, const struct dispatch_message *m)
{
	bool waits = !strcmp(m->state, "waiting");
	return (struct view_webhook_message){
		.message = m->id, .type = webhook_type(ctx->mem, m->type), .at = m->at, .state = m->state,
		.words = lang_say(ctx->lang, arena_print(ctx->mem, "webhooks.state_%s", m->state)), .badge = page_webhooks_badge(m->state),
		.status = m->status, .took = m->took, .tries = m->tries, .sent = m->sent, .due = waits ? m->due : 0,
		.why = *m->why ? lang_print(ctx->mem, ctx->lang, m->why, m->detail, NULL, NULL) : "" };
}

static const char *page_webhooks_events(struct ctx *ctx, const char *events)
{
	struct text t = text_begin(ctx->mem);
	for (const char *left = events; *left; left += *left == ' ') {
		size_t n = strcspn(left, " ");
		text_print(&t, "%s%s", t.size ? " " : "", webhook_type(ctx->mem, arena_print(ctx->mem, "%.*s", (int)n, left)));
		left += n;
	}
	return text_end(&t);
}

static const char *page_webhooks_whose(struct ctx *ctx, const char *code)
{
	struct court court;
	if (strcmp(code, COURT_NATION) != 0 && !court_load(ctx, code, &court))
		return lang_print(ctx->mem, ctx->lang, "webhooks.of_court", court_name(&court, ctx->lang), NULL, NULL);
	return lang_say(ctx->lang, "webhooks.own");
}

static const char *page_webhooks_href(struct ctx *ctx, const struct webhook *w)
{
	return arena_print(ctx->mem, "/account/webhooks/%s.%s/messages", w->court, w->id);
}

static enum mc_err page_webhooks_row(struct ctx *ctx, const struct webhook *w, struct view_webhook *out)
{
	struct dispatch_message *list;
	size_t count;
	enum mc_err err = dispatch_list(ctx, w, &cursor_start, PAGE_WEBHOOKS_LAST, &list, &count);
	if (err)
		return err;
	*out = (struct view_webhook){ .href = page_webhooks_href(ctx, w), .hook = arena_print(ctx->mem, "%s.%s", w->court, w->id), .url = w->url,
		.whose = page_webhooks_whose(ctx, w->court), .events = page_webhooks_events(ctx, w->events), .since = w->since,
		.failing = w->failing, .asleep = w->asleep, .both_until = w->former_ends > ctx->now ? w->former_ends : 0,
		.messages = arena_take(ctx->mem, (count + 1) * sizeof *out->messages) };
	for (size_t i = 0; i < count; i++)
		out->messages[out->messages_count++] = page_webhooks_message(ctx, &list[i]);
	return MC_OK;
}

/* Whose cases: asked only of who administers a court. */
static enum mc_err page_webhooks_courts(struct ctx *ctx, const struct ask *ask, struct view_form *form)
{
	struct office_seat *seat;
	struct view_form_field *field = NULL;
	size_t count;
	enum mc_err err = office_of_person(ctx, ctx->person, &seat, &count);
	for (size_t i = 0; !err && i < count && i < BLANK_OPTIONS - 1; i++) {
		if (!(seat[i].mask & OFFICE_ADMIN) || !strcmp(seat[i].court, COURT_NATION))
			continue;
		if (!field) {
			field = blank_field(ctx, form, BLANK_CHOICE, "court", "webhooks.court", form_get(ask->form, "court"));
			field->required = false;
			blank_option(ctx, field, COURT_NATION, lang_say(ctx->lang, "webhooks.own"), "");
		}
		blank_option(ctx, field, seat[i].court, page_webhooks_whose(ctx, seat[i].court), "");
	}
	return err;
}

static enum mc_err page_webhooks_form(struct ctx *ctx, const struct ask *ask, struct view_form **out)
{
	struct view_form *form = blank_begin(ctx, ask, "/account/webhooks", "webhooks.submit", "");
	struct view_form_field *url = blank_field(ctx, form, BLANK_LINE, "url", "webhooks.url", form_get(ask->form, "url"));
	url->autocomplete = "off";
	blank_field(ctx, form, BLANK_LINE, "events", "webhooks.events", form_get(ask->form, "events"))->required = false;
	enum mc_err err = page_webhooks_courts(ctx, ask, form);
	blank_field(ctx, form, BLANK_PASSWORD, "password", "webhooks.password", "")->autocomplete = "current-password";
	*out = form;
	return err;
}

static enum mc_err page_webhooks_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *told,
				      const char *told_url)
{
	struct view_webhooks model = { .told = told, .told_url = told_url, .csrf = ask->csrf };
	struct webhook *list;
	size_t count;
	struct why *why = ctx->why;
	ctx->why = NULL;
	enum mc_err err = webhook_list(ctx, &list, &count);
	if (err)
		return err;
	page_head(ctx, ask, lang_say(ctx->lang, "webhooks.title"), &model.page);
	model.page.wrong = why != NULL;
	model.hooks = arena_take(ctx->mem, (count + 1) * sizeof *model.hooks);
	for (size_t i = 0; i < count && !err; i++)
		err = page_webhooks_row(ctx, &list[i], &model.hooks[model.hooks_count++]);
	if (!err && ask->verified)
		err = page_webhooks_form(ctx, ask, &model.form);
	if (err)
		return err;
	ctx->why = why;
	if (model.form)
		blank_wrong(ctx, model.form);
	return page_show(ctx, ask, reply, &view_webhooks, &model);
}

static enum mc_err page_webhooks_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_webhooks_draw(ctx, ask, reply, "", "");
}

/* -- what is done ---------------------------------------------------------------------------- */

/* A secret is shown in this answer alone: a redirect would have to keep it somewhere. */
static enum mc_err page_webhooks_told(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *told, const char *url)
{
	struct ask anew = *ask;
	anew.form = form_begin(ctx->mem);
	reply->secret = true;
	return page_webhooks_draw(ctx, &anew, reply, told, url);
}

static enum mc_err page_webhooks_make(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *told = "", *court = form_get(ask->form, "court");
	/* A token has no password; its owner gave it for the scope that got it here. */
	enum mc_err err = ask->bearer ? MC_OK : login_again(ctx, form_get(ask->form, "password"), "password");
	if (!err)
		err = webhook_make(ctx, strcmp(court, COURT_NATION) ? court : "", form_get(ask->form, "url"),
				   form_get(ask->form, "events"), &told);
	if (!err)
		return page_webhooks_told(ctx, ask, reply, told, form_get(ask->form, "url"));
	problem_mark(ctx, err, reply);
	return ask->json || err == MC_STORE ? err : page_webhooks_draw(ctx, ask, reply, "", "");
}

static enum mc_err page_webhooks_hook(struct ctx *ctx, const char *which, struct webhook *out)
{
	const char *dot = strchr(which, '.');
	if (!dot)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "webhook.unknown" });
	return webhook_find(ctx, arena_print(ctx->mem, "%.*s", (int)(dot - which), which), dot + 1, out);
}

static enum mc_err page_webhooks_change(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *told = "", *verb = form_get(ask->form, "do");
	struct webhook hook;
	enum mc_err err = page_webhooks_hook(ctx, form_get(ask->form, "hook"), &hook);
	if (err)
		return err;
	if (!strcmp(verb, "test"))
		err = dispatch_test(ctx, &hook);
	else if (!strcmp(verb, "again"))
		err = dispatch_repeat(ctx, &hook, form_get(ask->form, "message"));
	else if (!strcmp(verb, "remove"))
		err = webhook_remove(ctx, &hook);
	else if (!strcmp(verb, "rotate"))
		return (err = webhook_rotate(ctx, &hook, &told)) ? err : page_webhooks_told(ctx, ask, reply, told, hook.url);
	else
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "webhook.unknown" });
	return err ? err : page_go(ctx, reply, "/account/webhooks?done=webhook_%s", verb);
}

static enum mc_err page_webhooks_messages(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_messages model = { .csrf = ask->csrf, .hook = ask->part[0] };
	struct webhook hook;
	struct dispatch_message *list;
	size_t count;
	struct cursor from;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (err || (err = page_webhooks_hook(ctx, ask->part[0], &hook))
	    || (err = dispatch_list(ctx, &hook, &from, PAGE_WEBHOOKS_MOST + 1, &list, &count)))
		return err;
	struct cursor_sides sides = cursor_cut(&from, list, &count, sizeof *list, PAGE_WEBHOOKS_MOST);
	model.url = hook.url;
	model.messages = arena_take(ctx->mem, (count + 1) * sizeof *model.messages);
	for (size_t i = 0; i < count; i++)
		model.messages[model.messages_count++] = page_webhooks_message(ctx, &list[i]);
	pager_fill(ctx, page_webhooks_href(ctx, &hook), sides, &(struct cursor){ .id = count ? list[0].id : "" },
		   &(struct cursor){ .id = count ? list[count - 1].id : "" }, &model.pager);
	page_head(ctx, ask, lang_say(ctx->lang, "webhooks.messages"), &model.page);
	pager_link(ctx, &model.pager, reply);
	return page_show(ctx, ask, reply, &view_messages, &model);
}

const struct route *page_webhooks(void)
{
	static const struct route routes[] = {
		{ "GET",  "/account/webhooks",        PAGE_SIGNED | PAGE_PROFILE, page_webhooks_show },
		{ "GET",  "/account/webhooks/:hook/messages", PAGE_SIGNED | PAGE_PROFILE, page_webhooks_messages },
		{ "POST", "/account/webhooks",        PAGE_VERIFIED | PAGE_WORKER | PAGE_PROFILE, page_webhooks_make },
		{ "POST", "/account/webhooks/change", PAGE_SIGNED | PAGE_WORKER | PAGE_PROFILE, page_webhooks_change },
		{ 0 }
	};
	return routes;
}
