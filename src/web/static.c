#include "static.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/embed.h"

#include <string.h>

extern const struct embed static_embed[];

static const struct {
	const char *end, *type;
} static_types[] = {
	{ ".css",   "text/css; charset=utf-8" },
	{ ".js",    "text/javascript; charset=utf-8" },
	{ ".svg",   "image/svg+xml; charset=utf-8" },
	{ ".png",   "image/png" },
	{ ".ico",   "image/x-icon" },
	{ ".woff2", "font/woff2" },
	{ ".txt",   "text/plain; charset=utf-8" },
};

static const char *static_type(const char *name)
{
	size_t n = strlen(name);
	for (size_t i = 0; i < sizeof static_types / sizeof *static_types; i++) {
		size_t m = strlen(static_types[i].end);
		if (n > m && !strcmp(name + n - m, static_types[i].end))
			return static_types[i].type;
	}
	return "application/octet-stream";
}

enum mc_err static_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const struct embed *file = static_embed;
	while (file->name && strcmp(file->name, ask->part[0]) != 0)
		file++;
	if (!file->name)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	/* Some 30 µs for the style sheet; browsers ask once. */
	reply->etag = arena_print(ctx->mem, "%.16s", digest_of(ctx->mem, file->bytes, file->size));
	reply->type = static_type(file->name);
	reply->keep = !strcmp(form_get(ask->query, "v"), reply->etag) ? 365 * 86400 : 0;
	text_add_n(&reply->body, (const char *)file->bytes, file->size);
	return MC_OK;
}
