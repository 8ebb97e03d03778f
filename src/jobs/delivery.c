#include "delivery.h"
#include "courier.h"
#include "../base/arena.h"
#include "../base/form.h"
#include "../base/log.h"
#include "../court/dispatch.h"
#include "../court/due.h"
#include "../court/linking.h"
#include "../court/news.h"
#include "../court/service.h"
#include "../court/verification.h"
#include "../store/db.h"
#include "../store/outbox.h"

#include <stdlib.h>
#include <string.h>

/* The work and the mark that it is done are one transaction: nothing is lost, nothing twice. */
static enum mc_err delivery_work(struct ctx *ctx, void *arg)
{
	const struct outbox_row *row = ((struct delivery *)arg)->row;
	struct form *body;
	enum mc_err err = form_read(ctx, row->body, strlen(row->body), &body);
	if (err)
		return err;
	if (!strcmp(row->kind, "deliver"))
		err = service_deliver(ctx, row->court, row->docket, (int)strtol(form_get(body, "served"), NULL, 10));
	else if (!strcmp(row->kind, "tell"))
		/* Those who look on are told below, when what there is to see is durable. */
		err = *form_get(body, "act") ? dispatch_event(ctx, row->court, row->docket, strtoll(form_get(body, "entry"), NULL, 10),
			form_get(body, "act"), strtoll(form_get(body, "at"), NULL, 10)) : MC_OK;
	else if (!strcmp(row->kind, "due"))
		err = due_settle(ctx, row->court, row->docket);
	else if (!strcmp(row->kind, VERIFICATION_NEWS))
		err = linking_person(ctx, form_get(body, "person"));
	else
		err = ctx_fail(ctx, MC_STORE, (struct why){ .key = "outbox.kind", .arg = { row->kind } });
	return err ? err : outbox_done(ctx, row);
}

enum mc_err delivery_perform(struct ctx *ctx, const struct outbox_row *row)
{
	return db_together(ctx, delivery_work, &(struct delivery){ .row = row });
}

/* What those who wait hear of this row, NULL if nothing. */
static const char *delivery_event(const struct delivery *d)
{
	return d->err ? NULL : !strcmp(d->row->kind, "deliver") ? "inbox" : !strcmp(d->row->kind, "tell") ? "case" : NULL;
}

static bool delivery_told(const struct delivery *all, size_t count, const struct outbox_row *row, const char *event)
{
	for (size_t i = 0; i < count; i++)
		if (delivery_event(&all[i]) == event && !strcmp(all[i].row->docket, row->docket) && !strcmp(all[i].row->court, row->court))
			return true;
	return false;
}

void delivery_do(struct ctx *ctx, const struct outbox_row *row, size_t count, struct delivery *out)
{
	struct db_act *acts = arena_take(ctx->mem, (count + 1) * sizeof *acts);
	for (size_t i = 0; i < count; i++) {
		out[i] = (struct delivery){ .ctx = *ctx, .row = &row[i] };
		acts[i] = (struct db_act){ .ctx = &out[i].ctx, .act = delivery_work, .arg = &out[i] };
	}
	db_each(acts, count);
	bool woken = false;
	for (size_t i = 0; i < count; i++) {
		out[i].err = acts[i].err;
		const char *event = delivery_event(&out[i]);
		if (event && !woken)
			courier_wake();
		woken |= event != NULL;
		/* The row is done; whom this does not reach sees it with the next page. */
		if (event && !delivery_told(out, i, &row[i], event) && news_tell(ctx, row[i].court, row[i].docket, event)) {
			log_note(LOG_LEVEL_WARNING, "news-untold", (struct log_field[]){ { "court", row[i].court, 0 },
				{ "docket", row[i].docket, 0 }, { "why", ctx->why ? ctx->why->key : "?", 0 }, { 0 } });
			ctx_forget(ctx);
		}
	}
}
