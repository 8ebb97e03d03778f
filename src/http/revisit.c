#include "revisit.h"
#include "caller.h"
#include "kept.h"
#include "../base/log.h"
#include "../base/setting.h"

#include <stdlib.h>
#include <string.h>

/* False if this is nothing that is kept. */
static bool revisit_ask(const struct ctx *ctx, const struct ask *ask, const struct route *route, const struct site *site,
			struct kept_ask *out)
{
	if (!site->kept || !route || !(route->flags & PAGE_KEPT) || strcmp(ask->method, "GET") || *ask->header(ask, "Authorization"))
		return false;
	*out = (struct kept_ask){
		.token = caller_session(ask, site), .uri = ask->uri, .host = ask->host, .docket = ask->part[1],
		.lang = ctx->lang, .json = ask->json, .now = ctx->now,
	};
	return *out->token != '\0';
}

bool revisit_find(struct ctx *ctx, struct ask *ask, const struct route *route, const struct site *site, struct reply *reply)
{
	struct kept_ask asked;
	struct kept_answer answer;
	if (!revisit_ask(ctx, ask, route, site, &asked) || setting_on(SETTING_KEPT_DRAWN_TOO) ||
	    !kept_find(site->kept, ask->mem, &asked, &answer))
		return false;
	ctx->person = answer.person;
	ctx->session = answer.session;
	ask->csrf = answer.csrf;
	reply->type = answer.type;
	reply->etag = answer.etag;
	reply->body = answer.body;
	return true;
}

/* In tests: two drawings of one state of the store are the same bytes, or the program ends. */
static void revisit_compare(const struct ask *ask, const struct site *site, const struct kept_ask *asked,
			    const struct text *body, uint64_t tide)
{
	struct kept_answer before;
	if (!kept_find(site->kept, ask->mem, asked, &before) || kept_tide(site->kept) != tide)
		return;
	if (before.body.size != body->size || memcmp(before.body.bytes, body->bytes, body->size) != 0) {
		log_error("kept-stale", "path", ask->path);
		abort();
	}
}

void revisit_keep(const struct ctx *ctx, const struct ask *ask, const struct route *route, const struct site *site,
		  const struct reply *reply, uint64_t tide, int64_t until)
{
	struct kept_ask asked;
	bool whole = (!reply->status || reply->status == 200) && !reply->cookie[0] && !reply->where;
	if (!whole || !revisit_ask(ctx, ask, route, site, &asked))
		return;
	if (setting_on(SETTING_KEPT_DRAWN_TOO))
		revisit_compare(ask, site, &asked, &reply->body, tide);
	kept_put(site->kept, tide, &asked, &(struct kept_answer){ .person = ctx->person, .session = ctx->session,
		.csrf = ask->csrf, .type = reply->type, .etag = reply->etag, .body = reply->body, .until = until });
}
