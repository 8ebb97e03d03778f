#include "linking.h"
#include "awaiting.h"
#include "directory.h"
#include "docket.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/form.h"
#include "../store/db.h"
#include "../store/outbox.h"

#include <string.h>

/* What was sent to the party before it had an inbox is delivered now. */
static enum mc_err linking_deliver(struct ctx *ctx, const struct awaiting_row *row)
{
	struct row *r = db_ask(ctx, "select number from served where court = $1 and docket = $2 and party = $3 and effective = 0"
		" order by number", "tti", row->home, row->docket, (int64_t)row->party);
	enum mc_err err = MC_OK;
	while (!err && db_next(r)) {
		struct form *body = form_begin(ctx->mem);
		form_set(body, "served", arena_print(ctx->mem, "%lld", (long long)db_int(r, 0)));
		err = outbox_put(ctx, row->home, "deliver", row->docket, form_json(body), ctx->now);
	}
	return err;
}

static enum mc_err linking_party(struct ctx *ctx, const struct person *person, const struct awaiting_row *row)
{
	/* The party may have been corrected away since: only who still bears the number is linked. */
	enum mc_err err = db_do(ctx,
		"update party set person = $1 where court = $2 and docket = $3 and number = $4 and identity = $5 and person = ''",
		"tttit", person->id, row->home, row->docket, (int64_t)row->party, person->number);
	if (err || !db_changed(ctx))
		return err;
	struct row *r = db_ask(ctx, "select reached from party where court = $1 and docket = $2 and number = $3", "tti",
			       row->home, row->docket, (int64_t)row->party);
	if (!db_next(r) || !db_int(r, 0))
		return db_broken(r) ? MC_STORE : MC_OK;
	err = directory_add(ctx, person->id, row->home, row->docket);
	return err ? err : linking_deliver(ctx, row);
}

static enum mc_err linking_all(struct ctx *ctx, void *arg)
{
	struct person person;
	struct awaiting_row *rows;
	size_t count = 0;
	enum mc_err err = person_load(ctx, arg, &person);
	if (err || person.state != PERSON_VERIFIED)
		return err;
	err = awaiting_take(ctx, person.kind, person.number, &rows, &count);
	for (size_t i = 0; i < count && !err; i++)
		err = linking_party(ctx, &person, &rows[i]);
	return err;
}

enum mc_err linking_person(struct ctx *ctx, const char *person)
{
	char *id = arena_copy(ctx->mem, person);
	return db_together(ctx, linking_all, id);
}
