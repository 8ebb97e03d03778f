#include "news.h"
#include "agency.h"
#include "bell.h"
#include "docket.h"
#include "../base/arena.h"
#include "../base/form.h"

enum mc_err news_tell(struct ctx *ctx, const char *court, const char *id, const char *event)
{
	struct docket d;
	struct agency_row *agents;
	size_t count;
	enum mc_err err = docket_load(ctx, court, id, &d);
	if (!err)
		err = agency_list(ctx, &d, &agents, &count);
	if (err)
		return err;
	struct form *f = form_begin(ctx->mem);
	form_set(f, "court", d.court);
	form_set(f, "docket", d.id);
	form_set(f, "name", *d.number ? d.number : d.title);
	form_set(f, "href", arena_print(ctx->mem, "/cases/%s/%s", d.court, d.id));
	const char *data = form_json(f);
	for (size_t i = 0; i < d.parties_count; i++)
		if (d.parties[i].reached && *d.parties[i].person)
			bell_ring(d.parties[i].person, event, data);
	for (size_t i = 0; i < count; i++)
		bell_ring(agents[i].person, event, data);
	if (*d.judge)
		bell_ring(d.judge, event, data);
	bell_ring(arena_print(ctx->mem, "desk:%s", d.court), "desk", data);
	bell_ring(arena_print(ctx->mem, "desk:%s", d.desk), "desk", data);
	return MC_OK;
}
