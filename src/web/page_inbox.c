/* The inbox, GET /inbox: what the courts have sent to this person, in all cases together. */
#include "case_view.h"
#include "pager.h"
#include "pages.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/service.h"

#include <string.h>

enum { PAGE_INBOX_MOST = 30 };

/* A letter's title is the code of a kind of paper. */
static const char *page_inbox_title(struct ctx *ctx, const char *code)
{
	for (enum paper_kind k = PAPER_NONE + 1; k < PAPER_COUNT; k++)
		if (!strcmp(rule_paper(k)->code, code))
			return rule_paper(k)->title[ctx->lang];
	return code;
}

static const char *page_inbox_href(struct ctx *ctx, const struct service_letter *letter)
{
	if (letter->paper)
		return arena_print(ctx->mem, "/cases/%s/%s/papers/%d", letter->home, letter->docket,
				   letter->paper);
	return arena_print(ctx->mem, "/cases/%s/%s", letter->home, letter->docket);
}

static enum mc_err page_inbox_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_inbox m = { 0 };
	struct service_letter *letters;
	struct cursor from;
	size_t count;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (!err)
		err = service_inbox(ctx, ctx->person, &from, PAGE_INBOX_MOST + 1, &letters, &count);
	if (err)
		return err;
	struct cursor_sides sides = cursor_cut(&from, letters, &count, sizeof *letters, PAGE_INBOX_MOST);
	m.unread = service_unread(ctx, ctx->person);
	m.letters = arena_take(ctx->mem, (count + 1) * sizeof *m.letters);
	for (size_t i = 0; i < count; i++)
		m.letters[m.letters_count++] =
			(struct view_inbox_letter){ .id = letters[i].id,
						    .title = page_inbox_title(ctx, letters[i].title),
						    .about = case_view_about(ctx, letters[i].about),
						    .at = letters[i].at,
						    .unread = !letters[i].opened,
						    .href = page_inbox_href(ctx, &letters[i]) };
	pager_fill(ctx, "/inbox", sides, &(struct cursor){ .id = count ? letters[0].id : "" },
		   &(struct cursor){ .id = count ? letters[count - 1].id : "" }, &m.pager);
	page_head(ctx, ask, lang_say(ctx->lang, "inbox.title"), &m.page);
	pager_link(ctx, &m.pager, reply);
	return page_show(ctx, ask, reply, &view_inbox, &m);
}

const struct route *page_inbox(void)
{
	static const struct route routes[] = { { "GET", "/inbox", PAGE_SIGNED, page_inbox_show }, { 0 } };
	return routes;
}
