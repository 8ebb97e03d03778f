#include "delivery.h"
#include "courier.h"
#include "../base/form.h"
#include "../court/dispatch.h"
#include "../court/linking.h"
#include "../court/news.h"
#include "../court/service.h"
#include "../court/verification.h"
#include "../store/db.h"
#include "../store/outbox.h"

#include <stdlib.h>
#include <string.h>

struct delivery { const struct outbox_row *row; };

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
	else if (!strcmp(row->kind, VERIFICATION_NEWS))
		err = linking_person(ctx, form_get(body, "person"));
	else
		err = ctx_fail(ctx, MC_STORE, (struct why){ .key = "outbox.kind", .arg = { row->kind } });
	return err ? err : outbox_done(ctx, row);
}

enum mc_err delivery_do(struct ctx *ctx, const struct outbox_row *row)
{
	enum mc_err err = db_together(ctx, delivery_work, &(struct delivery){ row });
	if (err || (strcmp(row->kind, "deliver") && strcmp(row->kind, "tell")))
		return err;
	courier_wake();
	return news_tell(ctx, row->court, row->docket, strcmp(row->kind, "tell") ? "inbox" : "case");
}
