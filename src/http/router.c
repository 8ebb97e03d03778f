#include "router.h"
#include "ask.h"
#include "bearer.h"
#include "../base/arena.h"
#include "../base/log.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ROUTER_PARTS 4

/* In the order in which Allow names them. */
static const char *const router_methods[] = { "GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS" };
#define ROUTER_METHODS (sizeof router_methods / sizeof *router_methods)

struct router {
	const struct route **route;     /* words before pieces, so that the first that fits is the right one */
	size_t count;
};

/* Orders paths so that at the first difference a word stands before a piece. */
static int router_order(const void *a, const void *b)
{
	const struct route *left = *(const struct route *const *)a, *right = *(const struct route *const *)b;
	const char *p = left->path, *q = right->path;
	while (*p && *q) {
		size_t n = strcspn(p + 1, "/") + 1, m = strcspn(q + 1, "/") + 1;
		bool piece = p[1] == ':', other = q[1] == ':';
		if (piece != other)
			return piece ? 1 : -1;
		int order = piece ? 0 : strncmp(p, q, n > m ? n : m);
		if (order)
			return order;
		p += n;
		q += m;
	}
	if (*p || *q)
		return *p ? 1 : -1;
	return strcmp(left->method, right->method);
}

static void router_check(const struct route *route)
{
	unsigned who = route->flags & (PAGE_PUBLIC | PAGE_SIGNED | PAGE_VERIFIED | PAGE_STAFF);
	int parts = 0;
	for (const char *at = route->path; (at = strchr(at, ':')) != NULL; at++)
		parts++;
	assert(who && route->show && route->path[0] == '/' && parts <= ROUTER_PARTS);
	bool known = false;
	for (size_t i = 0; i < ROUTER_METHODS; i++)
		known = known || !strcmp(route->method, router_methods[i]);
	assert(known);
}

struct router *router_begin(struct arena *mem, const struct route *(*const *tables)(void))
{
	struct router *router = arena_take(mem, sizeof *router);
	size_t count = 0;
	for (size_t t = 0; tables[t]; t++)
		for (const struct route *r = tables[t](); r->path; r++)
			count++;
	router->route = arena_take(mem, (count + 1) * sizeof *router->route);
	for (size_t t = 0; tables[t]; t++)
		for (const struct route *r = tables[t](); r->path; r++) {
			router_check(r);
			router->route[router->count++] = r;
		}
	qsort(router->route, count, sizeof *router->route, router_order);
	for (size_t i = 1; i < count; i++)
		if (!router_order(&router->route[i - 1], &router->route[i])) {
			log_error("router-twice", "path", router->route[i]->path);
			abort();
		}
	return router;
}

size_t router_count(const struct router *router) { return router->count; }

const struct route *router_at(const struct router *router, size_t place)
{
	return place < router->count ? router->route[place] : NULL;
}

/* Matches a path as it was sent; pieces come back decoded. */
static bool router_fits(const char *want, const char *have, struct arena *mem, const char **part)
{
	size_t parts = 0;
	while (*want && *have) {
		size_t n = strcspn(want + 1, "/"), m = strcspn(have + 1, "/");
		if (*have != '/')
			return false;
		if (want[1] == ':') {
			size_t size;
			const char *text = ask_unescape(mem, have + 1, m, false, &size);
			if (!size || !text_valid(text, size))
				return false;
			part[parts++] = text;
		} else if (n != m || memcmp(want, have, n + 1) != 0) {
			return false;
		}
		want += n + 1;
		have += m + 1;
	}
	return !*want && !*have;
}

static const char *router_allow(struct arena *mem, unsigned methods)
{
	struct text out = text_begin(mem);
	for (size_t i = 0; i < ROUTER_METHODS; i++)
		if (methods & (1u << i))
			text_print(&out, "%s%s", out.size ? ", " : "", router_methods[i]);
	return text_end(&out);
}

/* Which of the methods it is; HEAD may also be answered by GET. */
static unsigned router_method(const struct route *route)
{
	for (unsigned i = 1; i < ROUTER_METHODS; i++)
		if (!strcmp(route->method, router_methods[i]))
			return 1u << i;
	return 3;
}

const struct route *router_find(const struct router *router, struct arena *mem, struct ask *ask, const char **allow)
{
	const struct route *found = NULL;
	unsigned methods = 0;
	*allow = "";
	ask->place = router->count;
	for (size_t i = 0; i < router->count; i++) {
		const struct route *r = router->route[i];
		const char *part[ROUTER_PARTS] = { "", "", "", "" };
		bool same = !strcmp(r->method, ask->method), head = !strcmp(ask->method, "HEAD") && !strcmp(r->method, "GET");
		if (!router_fits(r->path, ask->path, mem, part))
			continue;
		methods |= router_method(r);
		if (!same && (found || !head))
			continue;
		ask->place = i;
		memcpy(ask->part, part, sizeof part);
		if (same)
			return r;
		found = r;
	}
	if (!found)
		*allow = router_allow(mem, methods);
	return found;
}

/* Where somebody who must first set up a second proof may go. */
static bool router_sets_up(const char *path)
{
	return !strcmp(path, "/account") || !strcmp(path, "/sign-out") || !strncmp(path, "/account/second", 15)
		|| !strncmp(path, "/account/passkeys", 17) || !strncmp(path, "/account/password", 17);
}

enum mc_err router_admit(struct ctx *ctx, const struct ask *ask, const struct route *route)
{
	enum mc_err err = ask->bearer ? bearer_admit(ctx, ask, route) : MC_OK;
	if (err || route->flags & PAGE_PUBLIC)
		return err;
	if (!*ctx->person)
		return ctx_fail(ctx, MC_SIGNIN, (struct why){ .key = "person.sign_in" });
	if (ask->owes && !router_sets_up(route->path))
		return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "second.required" });
	if (route->flags & PAGE_STAFF && !ask->staff)
		return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "person.not_staff" });
	if (route->flags & PAGE_VERIFIED && !ask->verified)
		return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "person.not_verified" });
	return MC_OK;
}
