#include "page.h"
#include "ask.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/service.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The main places of a person, left to right. Parties file; staff have their lists. */
static const struct {
	const char *name, *href, *key;
	bool staff, party;
} page_tabs[] = {
	{ "desk",        "/desk",        "page.tab_desk",        true,  false },
	{ "case",        "/cases",       "page.tab_case",        true,  true },
	{ "file",        "/file",        "page.tab_file",        false, true },
	{ "inbox",       "/inbox",       "page.tab_inbox",       true,  true },
	{ "calculators", "/calculators", "page.tab_calculators", false, true },
};

#define PAGE_TABS (sizeof page_tabs / sizeof *page_tabs)

static void page_fill_tabs(struct ctx *ctx, const struct ask *ask, struct view_page *out)
{
	out->tabs = arena_take(ctx->mem, PAGE_TABS * sizeof *out->tabs);
	for (size_t i = 0; i < PAGE_TABS; i++) {
		if (ask->staff ? !page_tabs[i].staff : !page_tabs[i].party)
			continue;
		size_t n = strlen(page_tabs[i].href);
		out->tabs[out->tabs_count++] = (struct view_tab){
			.name = page_tabs[i].name,
			.href = page_tabs[i].href,
			.label = lang_say(ctx->lang, page_tabs[i].key),
			.here = !strncmp(ask->path, page_tabs[i].href, n) && (!ask->path[n] || ask->path[n] == '/'),
			.count = !strcmp(page_tabs[i].name, "inbox") ? service_unread(ctx, ctx->person) : 0,
		};
	}
}

/* Only words that are ours: the key must exist, so a link cannot make us say anything else. */
static const char *page_notice(struct ctx *ctx, const struct ask *ask)
{
	const char *done = form_get(ask->query, "done");
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
		.notice = page_notice(ctx, ask),
		.staff = ask->staff,
	};
	if (*ctx->person)
		page_fill_tabs(ctx, ask, out);
}

const char *page_local(const char *path)
{
	if (path[0] != '/' || path[1] == '/' || strchr(path, '\\'))
		return "/";
	for (const char *at = path; *at; at++)
		if ((unsigned char)*at <= 0x20 || *at == 0x7f)
			return "/";
	return path;
}

enum mc_err page_show(struct ctx *ctx, const struct ask *ask, struct reply *reply,
		      const struct view *view, const void *model)
{
	if (ask->json) {
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
