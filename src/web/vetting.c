#include "vetting.h"
#include "../base/arena.h"
#include "../base/lang.h"

#include <string.h>

struct view_verification_list *vetting_view(struct ctx *ctx, const struct verification *notes, size_t count)
{
	struct view_verification_list *out = arena_take(ctx->mem, sizeof *out);
	out->notes = arena_take(ctx->mem, (count + 1) * sizeof *out->notes);
	for (size_t i = 0; i < count; i++) {
		const struct verification *n = &notes[i];
		out->notes[out->notes_count++] = (struct view_verification_note){
			.result = lang_say(ctx->lang, arena_print(ctx->mem, "verification.%s", n->result)),
			.method = lang_say(ctx->lang, arena_print(ctx->mem, "verification.by_%s", n->method)),
			.source = n->source, .reason = n->reason, .reference = n->reference, .by = n->by, .at = n->at,
			.is_good = !strcmp(n->result, "verified") || !strcmp(n->result, "restored"),
		};
	}
	return out;
}

void vetting_pager(struct ctx *ctx, const char *href, const struct cursor *from, struct verification *notes, size_t *count,
		   struct view_pager *out)
{
	struct cursor_sides sides = cursor_cut(from, notes, count, sizeof *notes, VETTING_MOST);
	pager_fill(ctx, href, sides, &(struct cursor){ .id = *count ? notes[0].id : "" },
		   &(struct cursor){ .id = *count ? notes[*count - 1].id : "" }, out);
}
