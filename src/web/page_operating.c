#include "metrics.h"
#include "pages.h"
#include "readiness.h"
#include "view.h"
#include "../base/confine.h"
#include "../base/digest.h"
#include "../base/meter.h"
#include "../base/setting.h"
#include "../base/version.h"

#include <sodium.h>
#include <string.h>

/* An operator sits at this machine or shows the token; for others there is nothing here. */
static bool page_operating_knows(struct ctx *ctx, const struct ask *ask)
{
	static const char scheme[] = "Bearer ";
	const char *secret = setting_text(SETTING_METRICS_SECRET), *shown = ask->header(ask, "Authorization");
	if (*secret && !strncmp(shown, scheme, sizeof scheme - 1)) {
		shown += sizeof scheme - 1;
		const char *a = digest_of(ctx->mem, secret, strlen(secret)), *b = digest_of(ctx->mem, shown, strlen(shown));
		return !sodium_memcmp(a, b, strlen(a));
	}
	return !*ask->address || !strncmp(ask->address, "127.", 4) || !strcmp(ask->address, "::1")
		|| !strncmp(ask->address, "::ffff:127.", 11);
}

/* Alive: for whoever starts the program anew when it is not. */
static enum mc_err page_operating_health(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_show(ctx, ask, reply, &view_health, &(struct view_health){ .status = "ok" });
}

/* Ready: for whoever decides where people are sent. */
static enum mc_err page_operating_ready(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct readiness now = readiness_look(ctx, ask);
	struct view_ready_details details = { .version = MC_VERSION, .since = meter_get(METER_BEGAN),
		.disk_free = now.disk_free, .jobs_silent = now.jobs_silent,
		.confined = confine_report() };
	struct view_ready model = { .ready = !now.reason[0], .reasons = now.reason,
		.details = page_operating_knows(ctx, ask) ? &details : NULL };
	while (now.reason[model.reasons_count])
		model.reasons_count++;
	reply->status = model.ready ? 200 : 503;
	return page_show(ctx, ask, reply, &view_ready, &model);
}

static enum mc_err page_operating_metrics(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	if (!page_operating_knows(ctx, ask))
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	reply->type = "text/plain; version=0.0.4; charset=utf-8";
	return metrics_write(ctx, ask, &reply->body);
}

const struct route *page_operating(void)
{
	static const struct route routes[] = {
		{ "GET", "/health", PAGE_PUBLIC | PAGE_BARE, page_operating_health },
		{ "GET", "/ready", PAGE_PUBLIC | PAGE_BARE | PAGE_WORKER, page_operating_ready },
		{ "GET", "/metrics", PAGE_PUBLIC | PAGE_BARE | PAGE_WORKER, page_operating_metrics },
		{ 0 }
	};
	return routes;
}
