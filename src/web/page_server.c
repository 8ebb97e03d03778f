#include "pages.h"
#include "problem.h"
#include "static.h"
#include "../http/live.h"

const struct route *page_server(void)
{
	static const struct route routes[] = {
		{ "GET", "/static/:name", PAGE_PUBLIC | PAGE_BARE, static_show },
		{ "GET", "/live", PAGE_SIGNED, live_show },
		{ "GET", "/problems/:key", PAGE_PUBLIC, problem_show },
		{ 0 }
	};
	return routes;
}
