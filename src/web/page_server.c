#include "live.h"
#include "pages.h"
#include "problem.h"
#include "static.h"

/* For whoever watches that the server is alive (a load balancer, an operator). */
static enum mc_err page_server_health(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	(void)ask;
	reply->type = "application/json";
	text_add(&reply->body, "{\"status\":\"ok\"}");
	return MC_OK;
}

const struct route *page_server(void)
{
	static const struct route routes[] = {
		{ "GET", "/health", PAGE_PUBLIC | PAGE_BARE, page_server_health },
		{ "GET", "/static/:name", PAGE_PUBLIC | PAGE_BARE, static_show },
		{ "GET", "/live", PAGE_SIGNED, live_show },
		{ "GET", "/problems/:key", PAGE_PUBLIC, problem_show },
		{ 0 }
	};
	return routes;
}
