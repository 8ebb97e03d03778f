#include "pager.h"
#include "../base/arena.h"

#include <string.h>

enum mc_err pager_from(struct ctx *ctx, const struct ask *ask, struct cursor *from)
{
	return cursor_read(ctx, form_get(ask->query, "from"), from);
}

static const char *pager_way(struct ctx *ctx, const char *href, struct cursor place, bool back)
{
	place.back = back;
	return arena_print(ctx->mem, "%s%cfrom=%s", href, strchr(href, '?') ? '&' : '?', cursor_pack(ctx, &place));
}

void pager_fill(struct ctx *ctx, const char *href, struct cursor_sides sides, const struct cursor *first, const struct cursor *last,
		struct view_pager *out)
{
	bool some = *first->id;
	*out = (struct view_pager){ .prev = "", .next = "" };
	if (sides.before)
		out->prev = some ? pager_way(ctx, href, *first, true) : href;
	if (sides.after)
		out->next = some ? pager_way(ctx, href, *last, false) : href;
}

const char *pager_sought(struct ctx *ctx, const char *href, const char *words)
{
	struct text t = text_begin(ctx->mem);
	text_print(&t, *words ? "%s?q=" : "%s", href);
	for (const char *c = words; *c; c++)
		text_print(&t, "%%%02X", (unsigned char)*c);
	return text_end(&t);
}

void pager_link(struct ctx *ctx, const struct view_pager *pager, struct reply *reply)
{
	struct text links = text_begin(ctx->mem);
	bool next = pager->next && *pager->next, prev = pager->prev && *pager->prev;
	if (next)
		text_print(&links, "<%s>; rel=\"next\"", pager->next);
	if (prev)
		text_print(&links, "%s<%s>; rel=\"prev\"", next ? ", " : "", pager->prev);
	if (next || prev)
		reply_say(reply, "Link", text_end(&links));
}
