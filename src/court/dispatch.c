#include "dispatch.h"
#include "court.h"
#include "docket.h"
#include "office.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/id.h"
#include "../base/setting.h"
#include "../base/text.h"
#include "../store/db.h"
#include "../store/outbox.h"

#include <string.h>

enum { DISPATCH_TURNS = 64 };

/* -- making messages ------------------------------------------------------------------------- */

struct dispatch_new { const char *court, *webhook, *type, *home, *docket; int64_t entry, at; };

/* A webhook that rests after a failure rests on. */
static enum mc_err dispatch_add(struct ctx *ctx, const struct dispatch_new *m)
{
	enum mc_err err = db_do(ctx, "insert into webhook_message (court, webhook, id, type, home, docket, entry, at, since, state, due,"
		" tries, sent, status, took, why, detail) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $9, 0, 0, 0, 0, '', '')",
		"ttttttiii", m->court, m->webhook, arena_print(ctx->mem, "msg_%s", id_new(ctx->mem)), m->type, m->home, m->docket,
		m->entry, m->at, ctx->now);
	return err ? err : db_do(ctx, "update webhook set due = case when rest > $1 then rest else $1 end"
		" where court = $2 and id = $3 and (due = 0 or due > $1 + $4)", "itti", ctx->now, m->court, m->webhook,
		(int64_t)DISPATCH_LEASE);
}

static bool dispatch_wanted(const char *events, const char *act)
{
	size_t n = strlen(act);
	bool found = !*events;
	for (const char *at = events; !found && (at = strstr(at, act)); at++)
		found = (at == events || at[-1] == ' ') && (!at[n] || at[n] == ' ');
	return found;
}

enum mc_err dispatch_event(struct ctx *ctx, const char *court, const char *docket, int64_t entry, const char *act, int64_t at)
{
	enum mc_err err = MC_OK;
	struct row *r = db_ask(ctx,
		"select w.court, w.id, w.events from directory d join webhook w on w.court = d.court and w.person = d.person"
		" where d.court = $1 and d.docket = $2 and d.home = $3 and w.state = 'on'"
		" union all select court, id, events from webhook where court = $3 and state = 'on'", "ttt", COURT_NATION, docket, court);
	while (!err && db_next(r))
		if (dispatch_wanted(db_text(r, 2), act))
			err = dispatch_add(ctx, &(struct dispatch_new){ db_text(r, 0), db_text(r, 1), act, court, docket, entry, at });
	return db_broken(r) ? MC_STORE : err;
}

static enum mc_err dispatch_test_write(struct ctx *ctx, void *arg)
{
	const struct webhook *hook = arg;
	return dispatch_add(ctx, &(struct dispatch_new){ hook->court, hook->id, "TEST", "", "", 0, ctx->now });
}

enum mc_err dispatch_test(struct ctx *ctx, const struct webhook *hook)
{
	struct webhook copy = *hook;
	return db_together(ctx, dispatch_test_write, &copy);
}

struct dispatch_again { const struct webhook *hook; const char *id; };

static enum mc_err dispatch_repeat_write(struct ctx *ctx, void *arg)
{
	const struct dispatch_again *again = arg;
	enum mc_err err = db_do(ctx, "update webhook_message set state = 'waiting', due = $1, since = $1, tries = 0 where court = $2"
		" and webhook = $3 and id = $4", "ittt", ctx->now, again->hook->court, again->hook->id, again->id);
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "webhook.no_message" });
	return err ? err : db_do(ctx, "update webhook set due = $1 where court = $2 and id = $3 and (due = 0 or due > $1)", "itt", ctx->now,
				 again->hook->court, again->hook->id);
}

enum mc_err dispatch_repeat(struct ctx *ctx, const struct webhook *hook, const char *id)
{
	return db_together(ctx, dispatch_repeat_write, &(struct dispatch_again){ hook, id });
}

#define DISPATCH_SELECT "select id, type, home, docket, state, why, detail, entry, at, due, tries, sent, status, took" \
	" from webhook_message where court = $1 and webhook = $2"

enum mc_err dispatch_list(struct ctx *ctx, const struct webhook *hook, const struct cursor *from, int64_t limit,
			  struct dispatch_message **out, size_t *count)
{
	*out = arena_take(ctx->mem, (size_t)limit * sizeof **out);
	*count = 0;
	struct row *r = from->back
		? db_ask(ctx, DISPATCH_SELECT " and id > $3 order by id limit $4", "ttti", hook->court, hook->id, from->id, limit)
		: db_ask(ctx, DISPATCH_SELECT " and id < $3 order by id desc limit $4", "ttti", hook->court, hook->id,
			 *from->id ? from->id : "~", limit);
	while (*count < (size_t)limit && db_next(r))
		(*out)[(*count)++] = (struct dispatch_message){ db_text(r, 0), db_text(r, 1), db_text(r, 2), db_text(r, 3), db_text(r, 4),
			db_text(r, 5), db_text(r, 6), db_int(r, 7), db_int(r, 8), db_int(r, 9), db_int(r, 10), db_int(r, 11), db_int(r, 12),
			db_int(r, 13) };
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* -- sending them ---------------------------------------------------------------------------- */

enum mc_err dispatch_turns(struct ctx *ctx, struct dispatch_turn **out, size_t *count)
{
	*out = arena_take(ctx->mem, DISPATCH_TURNS * sizeof **out);
	*count = 0;
	struct row *r = db_ask(ctx, "select court, id, host, due from webhook where due > 0 and (due <= $1 or due > $2)"
			       " order by due, court, id limit $3", "iii", ctx->now, ctx->now + OUTBOX_LONGEST, (int64_t)DISPATCH_TURNS);
	while (*count < DISPATCH_TURNS && db_next(r))
		(*out)[(*count)++] = (struct dispatch_turn){ db_text(r, 0), db_text(r, 1), db_text(r, 2), db_int(r, 3) };
	return db_broken(r) ? MC_STORE : MC_OK;
}

struct dispatch_put_off { const struct dispatch_turn *turn; int64_t until; bool mine; };

static enum mc_err dispatch_put_off(struct ctx *ctx, void *arg)
{
	struct dispatch_put_off *p = arg;
	enum mc_err err = db_do(ctx, "update webhook set due = $1 where court = $2 and id = $3 and due = $4", "itti", p->until,
				p->turn->court, p->turn->id, p->turn->due);
	p->mine = !err && db_changed(ctx) == 1;
	return err;
}

enum mc_err dispatch_wait(struct ctx *ctx, const struct dispatch_turn *turn, int64_t seconds)
{
	return db_together(ctx, dispatch_put_off, &(struct dispatch_put_off){ .turn = turn, .until = ctx->now + seconds });
}

/* When the webhook is looked at next: for the first of what waits, but not before its rest is over. */
static enum mc_err dispatch_settle(struct ctx *ctx, const char *court, const char *id)
{
	struct row *r = db_ask(ctx, "select min(due) from webhook_message where court = $1 and webhook = $2 and state = 'waiting'", "tt",
			       court, id);
	int64_t due = db_next(r) ? db_int(r, 0) : 0;
	if (db_broken(r))
		return MC_STORE;
	return db_do(ctx, "update webhook set due = case when $1 > 0 and rest > $1 then rest else $1 end where court = $2 and id = $3", "itt",
		     due, court, id);
}

struct dispatch_outcome { const struct dispatch *what; const struct dispatch_result *result; bool withheld; };

/* It has failed so long that nobody expects it to come back. */
static enum mc_err dispatch_sleep(struct ctx *ctx, const struct webhook *hook)
{
	enum mc_err err = db_do(ctx, "update webhook set state = 'asleep', rest = 0 where court = $1 and id = $2", "tt", hook->court, hook->id);
	return err ? err : db_do(ctx, "update webhook_message set state = 'given_up', why = case when tries = 0 then 'webhook.asleep' else why end"
		" where court = $1 and webhook = $2 and state = 'waiting'", "tt", hook->court, hook->id);
}

static enum mc_err dispatch_failed(struct ctx *ctx, const struct webhook *hook)
{
	int64_t patience = setting_int(SETTING_WEBHOOK_PATIENCE);
	struct row *r = db_ask(ctx, "select failing from webhook where court = $1 and id = $2", "tt", hook->court, hook->id);
	int64_t failing = db_next(r) ? db_int(r, 0) : 0;
	if (db_broken(r))
		return MC_STORE;
	enum mc_err err = db_do(ctx, "update webhook set failing = $1, rest = $2 where court = $3 and id = $4", "iitt",
				failing ? failing : ctx->now, ctx->now + DISPATCH_REST, hook->court, hook->id);
	return err || !failing || ctx->now - failing < patience ? err : dispatch_sleep(ctx, hook);
}

static enum mc_err dispatch_note_write(struct ctx *ctx, void *arg)
{
	const struct dispatch_outcome *o = arg;
	const struct webhook *hook = &o->what->hook;
	bool arrived = !*o->result->why, over = ctx->now - o->what->since >= setting_int(SETTING_WEBHOOK_PATIENCE);
	const char *state = o->withheld ? "withheld" : arrived ? "arrived" : over ? "given_up" : "waiting";
	enum mc_err err = db_do(ctx, "update webhook_message set state = $1, due = $2, tries = tries + $3, sent = $4, status = $5, took = $6,"
		" why = $7, detail = $8 where court = $9 and webhook = $10 and id = $11", "tiiiiittttt", state,
		ctx->now + outbox_pause((int)o->what->tries), (int64_t)!o->withheld, o->withheld ? (int64_t)0 : ctx->now, o->result->status,
		o->result->took, o->result->why, o->result->detail, hook->court, hook->id, o->what->id);
	if (!err && !o->withheld)
		err = arrived ? db_do(ctx, "update webhook set state = 'on', failing = 0, rest = 0 where court = $1 and id = $2", "tt", hook->court,
				      hook->id)
			: dispatch_failed(ctx, hook);
	return err ? err : dispatch_settle(ctx, hook->court, hook->id);
}

enum mc_err dispatch_note(struct ctx *ctx, const struct dispatch *what, const struct dispatch_result *result)
{
	return db_together(ctx, dispatch_note_write, &(struct dispatch_outcome){ .what = what, .result = result });
}

/* Whether the owner may know of it now; the case as its owner sees it, or the office that the hook rests on. */
static enum mc_err dispatch_may(struct ctx *ctx, const struct webhook *hook, const char *home, const char *docket, bool *may)
{
	struct ctx owner = *ctx;
	struct person person;
	struct docket d;
	owner.person = hook->person;
	enum mc_err err = person_load(&owner, hook->person, &person);
	*may = !err && person.state == PERSON_VERIFIED;
	if (err || !*may)
		return err;
	if (strcmp(hook->court, COURT_NATION) != 0) {
		*may = office_of(&owner, hook->court, hook->person) & OFFICE_ADMIN;
		return MC_OK;
	}
	err = *docket ? docket_load(&owner, home, docket, &d) : MC_OK;
	*may = !err;
	return err == MC_UNKNOWN ? MC_OK : err;
}

static const char *dispatch_body(struct ctx *ctx, const char *id, const char *home, const char *docket, const char *type, int64_t entry,
				 int64_t at)
{
	struct text t = text_begin(ctx->mem);
	struct row *r = db_ask(ctx, "select number from docket where court = $1 and id = $2", "tt", home, docket);
	const char *name[] = { "type", "time", "court", "docket", "number" };
	const char *value[] = { webhook_type(ctx->mem, type), day_time_iso(ctx->mem, at), home, docket, db_next(r) ? db_text(r, 0) : "" };
	text_add(&t, "{\"id\":");
	text_json(&t, id);
	for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
		text_print(&t, ",\"%s\":", name[i]);
		text_json(&t, value[i]);
	}
	text_add(&t, ",\"entry\":");
	text_int(&t, entry);
	text_add(&t, ",\"href\":");
	text_json(&t, arena_print(ctx->mem, "%s%s", setting_text(SETTING_ORIGIN), *docket
		? arena_print(ctx->mem, "/cases/%s/%s/docket/%d", home, docket, (int)entry) : "/account/webhooks"));
	text_add(&t, "}");
	return db_broken(r) ? NULL : text_end(&t);
}

static enum mc_err dispatch_hook(struct ctx *ctx, const struct dispatch_turn *turn, struct webhook *out)
{
	struct row *r = db_ask(ctx, "select " WEBHOOK_COLUMNS " from webhook w where w.court = $1 and w.id = $2", "tt", turn->court, turn->id);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : MC_UNKNOWN;
	*out = webhook_row(r);
	return MC_OK;
}

static enum mc_err dispatch_settle_write(struct ctx *ctx, void *arg)
{
	const struct dispatch_turn *turn = arg;
	return dispatch_settle(ctx, turn->court, turn->id);
}

static enum mc_err dispatch_idle(struct ctx *ctx, const struct dispatch_turn *turn)
{
	struct dispatch_turn copy = *turn;
	enum mc_err err = db_together(ctx, dispatch_settle_write, &copy);
	return err ? err : MC_UNKNOWN;
}

enum mc_err dispatch_take(struct ctx *ctx, const struct dispatch_turn *turn, struct dispatch *out)
{
	struct dispatch_put_off lease = { .turn = turn, .until = ctx->now + DISPATCH_LEASE };
	bool may = false;
	enum mc_err err = db_together(ctx, dispatch_put_off, &lease);
	if (err || !lease.mine)
		return err ? err : MC_UNKNOWN;
	err = dispatch_hook(ctx, turn, &out->hook);
	if (err)
		return err;
	/* What was tried least comes first, so that one message that is never taken does not stop the rest. */
	struct row *r = db_ask(ctx, "select id, home, docket, type, entry, at, since, tries from webhook_message where court = $1 and webhook = $2"
		" and state = 'waiting' and (due <= $3 or due > $4) order by tries, id limit 1", "ttii", turn->court, turn->id, ctx->now,
		ctx->now + OUTBOX_LONGEST);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : dispatch_idle(ctx, turn);
	out->id = db_text(r, 0);
	out->since = db_int(r, 6);
	out->tries = db_int(r, 7);
	err = dispatch_may(ctx, &out->hook, db_text(r, 1), db_text(r, 2), &may);
	ctx_forget(ctx);
	if (!err && !may) {
		err = db_together(ctx, dispatch_note_write, &(struct dispatch_outcome){ out,
			&(struct dispatch_result){ .why = "webhook.withheld", .detail = "" }, true });
		return err ? err : MC_UNKNOWN;
	}
	if (!err)
		out->body = dispatch_body(ctx, out->id, db_text(r, 1), db_text(r, 2), db_text(r, 3), db_int(r, 4), db_int(r, 5));
	if (!err && !out->body)
		err = MC_STORE;
	return err ? err : webhook_sign(ctx, &out->hook, out->id, out->body, &out->signature);
}

static enum mc_err dispatch_sweep_write(struct ctx *ctx, void *unused)
{
	(void)unused;
	return db_do(ctx, "delete from webhook_message where state <> 'waiting' and since < $1", "i", ctx->now - DISPATCH_KEPT);
}

enum mc_err dispatch_sweep(struct ctx *ctx) { return db_together(ctx, dispatch_sweep_write, NULL); }
