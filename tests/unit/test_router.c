#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/http/router.h"
#include "../../src/web/api.h"
#include "../../src/web/pages.h"

static enum mc_err router_test_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ctx;
	(void)ask;
	(void)reply;
	return MC_OK;
}

static const struct route *router_test_pages(void)
{
	static const struct route routes[] = {
		{ "GET", "/", PAGE_PUBLIC, router_test_show },
		{ "GET", "/cases/:court/:id", PAGE_SIGNED, router_test_show },
		{ "POST", "/cases/:court/:id", PAGE_VERIFIED, router_test_show },
		{ "GET", "/cases/:court/new", PAGE_SIGNED, router_test_show },
		{ "GET", "/cases/list/:id", PAGE_SIGNED, router_test_show },
		{ "GET", "/cases", PAGE_SIGNED, router_test_show },
		{ "POST", "/sign-out", PAGE_SIGNED, router_test_show },
		{ "GET", "/desk", PAGE_STAFF, router_test_show },
		{ 0 }
	};
	return routes;
}

static const struct route *(*const router_test_tables[])(void) = { router_test_pages, NULL };

static void router_test_find(struct arena *mem, const struct router *router)
{
	static const struct { const char *method, *path, *route, *first, *second, *allow; } rows[] = {
		{ "GET", "/", "/", "", "", "" },
		{ "HEAD", "/", "/", "", "", "" },
		{ "GET", "/cases", "/cases", "", "", "" },
		{ "GET", "/cases/", NULL, "", "", "" },
		{ "GET", "/cases/132/7", "/cases/:court/:id", "132", "7", "" },
		{ "POST", "/cases/132/7", "/cases/:court/:id", "132", "7", "" },
		{ "GET", "/cases/132/new", "/cases/:court/new", "132", "", "" },
		{ "GET", "/cases/list/7", "/cases/list/:id", "7", "", "" },
		{ "GET", "/cases/list/new", "/cases/list/:id", "new", "", "" },
		{ "GET", "/cases/%E6%B3%95/a%2Fb", "/cases/:court/:id", "法", "a/b", "" },
		{ "GET", "/cases/%FF/1", NULL, "", "", "" },
		{ "GET", "/cases/%00/1", NULL, "", "", "" },
		{ "GET", "/cases//1", NULL, "", "", "" },
		{ "GET", "//", NULL, "", "", "" },
		{ "GET", "/casesx", NULL, "", "", "" },
		{ "GET", "/cases/1/2/3", NULL, "", "", "" },
		{ "DELETE", "/cases/1/2", NULL, "", "", "GET, HEAD, POST" },
		{ "GET", "/sign-out", NULL, "", "", "POST" },
		{ "POST", "/desk", NULL, "", "", "GET, HEAD" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ask ask = { .method = rows[i].method, .path = rows[i].path, .part = { "", "", "", "" } };
		const char *allow = NULL;
		const struct route *route = router_find(router, mem, &ask, &allow);
		CHECK_TEXT(route ? route->path : "none", rows[i].route ? rows[i].route : "none");
		CHECK_TEXT(ask.part[0], rows[i].first);
		CHECK_TEXT(ask.part[1], rows[i].second);
		CHECK_TEXT(allow, rows[i].allow);
	}
}

static void router_test_admit(struct arena *mem)
{
	static const struct { unsigned flags; bool signed_in, verified, staff; enum mc_err err; const char *key; } rows[] = {
		{ PAGE_PUBLIC, false, false, false, MC_OK, "" },
		{ PAGE_SIGNED, false, false, false, MC_SIGNIN, "person.sign_in" },
		{ PAGE_SIGNED, true, false, false, MC_OK, "" },
		{ PAGE_VERIFIED, false, false, false, MC_SIGNIN, "person.sign_in" },
		{ PAGE_VERIFIED, true, false, false, MC_DENIED, "person.not_verified" },
		{ PAGE_VERIFIED, true, true, false, MC_OK, "" },
		{ PAGE_STAFF, true, true, false, MC_DENIED, "person.not_staff" },
		{ PAGE_STAFF, true, false, true, MC_OK, "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ctx ctx = { .mem = mem, .person = rows[i].signed_in ? "p1" : "" };
		struct ask ask = { .verified = rows[i].verified, .staff = rows[i].staff };
		struct route route = { .flags = rows[i].flags };
		CHECK_INT(router_admit(&ctx, &ask, &route), rows[i].err);
		CHECK_TEXT(ctx.why ? ctx.why->key : "", rows[i].key);
	}
	/* Who must first set up a second proof goes there, or leaves, or reads what is public. */
	static const struct { const char *path; unsigned flags; enum mc_err err; } owes[] = {
		{ "/", PAGE_PUBLIC, MC_OK }, { "/account", PAGE_SIGNED, MC_OK }, { "/account/second/qr", PAGE_SIGNED, MC_OK },
		{ "/sign-out", PAGE_SIGNED, MC_OK }, { "/account/edit", PAGE_SIGNED, MC_DENIED },
		{ "/account/tokens", PAGE_SIGNED, MC_DENIED }, { "/cases", PAGE_SIGNED, MC_DENIED }, { "/desk", PAGE_STAFF, MC_DENIED },
	};
	for (size_t i = 0; i < sizeof owes / sizeof *owes; i++) {
		struct ctx ctx = { .mem = mem, .person = "p1" };
		struct ask ask = { .verified = true, .staff = true, .owes = true };
		struct route route = { .path = owes[i].path, .flags = owes[i].flags };
		CHECK_INT(router_admit(&ctx, &ask, &route), owes[i].err);
	}
}

int main(void)
{
	struct arena *mem = arena_begin();
	router_test_find(mem, router_begin(mem, router_test_tables));
	router_test_admit(mem);
	CHECK(router_begin(mem, pages_all) != NULL);    /* the program's own pages do not contradict each other */
	CHECK(!api_check(mem));                         /* and each is declared for programs */
	arena_end(mem);
	return check_end();
}
