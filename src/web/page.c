#include "page.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/office.h"
#include "../court/service.h"
#include "../http/ask.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	PAGE_CASES = OFFICE_CLERK | OFFICE_ASSISTANT | OFFICE_JUDGE | OFFICE_PRESIDENT,
	PAGE_ANY = PAGE_CASES | OFFICE_FILING | OFFICE_MEDIATOR | OFFICE_ADMIN
};

/* The main places of a person, left to right: those of the offices that staff hold, and of parties.
 * What lies under more belongs to the place too. */
static const struct {
	const char *name, *href, *more, *key;
	unsigned offices;
	bool party;
} page_tabs[] = {
	{ "today",       "/today",       "",       "page.tab_today",       PAGE_CASES | OFFICE_FILING, false },
	{ "desk",        "/desk",        "",       "page.tab_desk",        OFFICE_FILING, false },
	{ "docket",      "/docket",      "/cases", "page.tab_docket",      PAGE_CASES, false },
	{ "bench",       "/bench",       "",       "page.tab_bench",       OFFICE_PRESIDENT, false },
	{ "people",      "/people",      "",       "page.tab_people",      OFFICE_FILING | OFFICE_ADMIN, false },
	{ "offices",     "/offices",     "",       "page.tab_offices",     OFFICE_ADMIN, false },
	{ "case",        "/cases",       "",       "page.tab_case",        0, true },
	{ "file",        "/file",        "",       "page.tab_file",        0, true },
	{ "inbox",       "/inbox",       "",       "page.tab_inbox",       PAGE_ANY, true },
	{ "calculators", "/calculators", "",       "page.tab_calculators", 0, true },
};

#define PAGE_TABS (sizeof page_tabs / sizeof *page_tabs)

static bool page_under(const char *path, const char *place)
{
	size_t n = strlen(place);
	return n && !strncmp(path, place, n) && (!path[n] || path[n] == '/');
}

static void page_fill_tabs(struct ctx *ctx, const struct ask *ask, struct view_page *out)
{
	unsigned held = ask->staff ? office_anywhere(ctx, ctx->person) : 0;
	int unread = service_unread(ctx, ctx->person);
	out->tabs = arena_take(ctx->mem, PAGE_TABS * sizeof *out->tabs);
	for (size_t i = 0; i < PAGE_TABS; i++) {
		bool inbox = !strcmp(page_tabs[i].name, "inbox");
		/* Who works at a court gets letters only as a party: told of when there is one. */
		if (ask->staff ? !(page_tabs[i].offices & held) || (inbox && !unread) : !page_tabs[i].party)
			continue;
		out->tabs[out->tabs_count++] = (struct view_tab){
			.name = page_tabs[i].name,
			.href = page_tabs[i].href,
			.label = lang_say(ctx->lang, page_tabs[i].key),
			.here = page_under(ask->path, page_tabs[i].href) || page_under(ask->path, page_tabs[i].more),
			.count = inbox ? unread : 0,
		};
	}
}

/* Only words that are ours: the key must exist, so a link cannot make us say anything else. */
static const char *page_notice(struct ctx *ctx, const char *done)
{
	if (!*done || strlen(done) > 60)
		return "";
	const char *key = arena_print(ctx->mem, "done.%s", done);
	const char *words = lang_say(ctx->lang, key);
	return strcmp(words, key) != 0 ? words : "";
}

void page_head(struct ctx *ctx, const struct ask *ask, const char *title, struct view_page *out)
{
	const char *bare = ask_without_lang(ctx->mem, ask->uri);
	*out = (struct view_page){
		.title = title,
		.path = ask->path,
		.lang_other = arena_print(ctx->mem, "%s%slang=%s", bare, strchr(bare, '?') ? "&" : "?",
					  ctx->lang == LANG_ZH ? "en" : "zh"),
		.csrf = ask->csrf,
		.person = ask->name,
		.live = *ctx->person,
		.notice = page_notice(ctx, form_get(ask->query, "done")),
		.staff = ask->staff,
	};
	if (*ctx->person)
		page_fill_tabs(ctx, ask, out);
}

void page_led(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *done = *reply->where == '/' ? strstr(reply->where, "done=") : NULL;
	struct view_led model = { .href = reply->where };
	if (done) {
		model.done = done + 5;
		model.says = page_notice(ctx, model.done);
		model.href = arena_print(ctx->mem, "%.*s", (int)(done - reply->where - 1), reply->where);
	}
	reply->status = 0;
	reply->where = NULL;
	(void)page_show(ctx, ask, reply, &view_led, &model);
}

enum mc_err page_show(struct ctx *ctx, const struct ask *ask, struct reply *reply,
		      const struct view *view, const void *model)
{
	if (ask->json || !view->html) {
		reply->type = "application/json";
		view->json(&reply->body, model);
	} else {
		view->html(&reply->body, ctx->lang, model);
	}
	return MC_OK;
}

enum mc_err page_go(struct ctx *ctx, struct reply *reply, const char *fmt, ...)
{
	va_list ap;
	char where[2048];
	va_start(ap, fmt);
	int n = vsnprintf(where, sizeof where, fmt, ap);
	va_end(ap);
	reply->status = 303;
	reply->where = n > 0 && (size_t)n < sizeof where ? arena_copy(ctx->mem, where) : "/";
	return MC_OK;
}
