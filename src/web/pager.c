#include "pager.h"

void pager_link(struct ctx *ctx, const struct view_pager *pager, struct reply *reply)
{
	struct text links = text_begin(ctx->mem);
	bool next = pager->next && *pager->next, prev = pager->prev && *pager->prev;
	if (next)
		text_print(&links, "<%s>; rel=\"next\"", pager->next);
	if (prev)
		text_print(&links, "%s<%s>; rel=\"prev\"", next ? ", " : "", pager->prev);
	if (next || prev)
		page_header(reply, "Link", text_end(&links));
}
