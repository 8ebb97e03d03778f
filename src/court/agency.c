#include "agency.h"
#include "directory.h"
#include "office.h"
#include "person.h"
#include "../base/arena.h"
#include "../law/identity.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>

enum { AGENCY_EACH = 2 };       /* two agents a party: 民诉法第61条 */

enum mc_err agency_list(struct ctx *ctx, const struct docket *d, struct agency_row **out, size_t *count)
{
	size_t room = 0;
	*out = NULL;
	*count = 0;
	struct row *r = db_ask(ctx, "select number, party, person, name, kind, scope, state from agency"
		" where court = $1 and docket = $2 and state in ('asked', 'accepted') order by number", "tt", d->court, d->id);
	while (db_next(r)) {
		*out = arena_room(ctx->mem, *out, *count, &room, sizeof **out);
		(*out)[(*count)++] = (struct agency_row){ (int)db_int(r, 0), (int)db_int(r, 1), db_text(r, 2), db_text(r, 3),
			db_text(r, 4), db_text(r, 5), db_text(r, 6) };
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err agency_words(struct ctx *ctx, struct act_work *w, const char *name)
{
	const struct party *p = docket_party(w->docket, w->party);
	struct ctx zh = *ctx;
	zh.lang = LANG_ZH;
	form_set(w->values, "principal", p ? p->name : "");
	form_set(w->values, "agent", name);
	form_set(w->values, "kind", field_say(&zh, w->act, field_find(w->act, "", "kind"), form_get(w->form, "kind")));
	form_set(w->values, "scope", field_say(&zh, w->act, field_find(w->act, "", "scope"), form_get(w->form, "scope")));
	return MC_OK;
}

static enum mc_err agency_grant_apply(struct ctx *ctx, struct act_work *w)
{
	struct person agent;
	struct agency_row *rows;
	size_t count;
	int number, mine = 0;
	struct docket *d = w->docket;
	const char *typed = person_number(ctx->mem, form_get(w->form, "number"));
	enum mc_err err = person_by_number(ctx, identity_citizen(typed) ? PERSON_CITIZEN : PERSON_PASSPORT, typed, &agent);
	if (err == MC_STORE)
		return err;
	/* One answer for "no such person", "another name" and "not verified": this is no way to look people up. */
	if (err || agent.state != PERSON_VERIFIED || strcmp(agent.name, form_get(w->form, "name"))) {
		ctx_forget(ctx);
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "agency.not_found", .field = "number" });
	}
	for (size_t i = 0; i < d->parties_count; i++)
		if (!strcmp(d->parties[i].person, agent.id))
			return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "agency.is_party", .field = "name", .law = "民诉法第61条" });
	/* Nobody represents a party before the own court; and naming the judge would be a way to be rid of him. */
	if (office_held(ctx, d->court, agent.id))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "agency.in_office", .field = "name", .law = "民诉法第47条" });
	err = agency_list(ctx, d, &rows, &count);
	if (err)
		return err;
	for (size_t i = 0; i < count; i++) {
		mine += rows[i].party == w->party;
		if (!strcmp(rows[i].person, agent.id))
			return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "agency.already", .field = "name" });
	}
	if (mine >= AGENCY_EACH)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "agency.two", .law = "民诉法第61条第1款" });
	err = docket_next(ctx, d, SERIES_AGENCY, &number);
	if (!err)
		err = db_do(ctx,
			"insert into agency (court, docket, number, party, person, name, kind, scope, state, entry)"
			" values ($1, $2, $3, $4, $5, $6, $7, $8, 'asked', $9)", "ttiittt" "ti", d->court, d->id, (int64_t)number,
			(int64_t)w->party, agent.id, agent.name, form_get(w->form, "kind"), form_get(w->form, "scope"), (int64_t)w->entry);
	if (!err)
		err = directory_add(ctx, agent.id, d->court, d->id);
	return err ? err : agency_words(ctx, w, agent.name);
}

const struct act_special agency_grant = { .apply = agency_grant_apply };

static enum mc_err agency_settle(struct ctx *ctx, struct act_work *w, const char *state)
{
	struct docket *d = w->docket;
	struct row *r = db_ask(ctx, "select party from agency where court = $1 and docket = $2 and person = $3 and state = 'asked'",
			       "ttt", d->court, d->id, ctx->person);
	if (db_next(r))
		w->party = (int)db_int(r, 0);
	enum mc_err err = db_do(ctx, "update agency set state = $1 where court = $2 and docket = $3 and person = $4 and state = 'asked'",
				"tttt", state, d->court, d->id, ctx->person);
	return err ? err : db_changed(ctx) ? MC_OK : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "agency.none" });
}

static enum mc_err agency_accept_apply(struct ctx *ctx, struct act_work *w) { return agency_settle(ctx, w, "accepted"); }

static enum mc_err agency_decline_apply(struct ctx *ctx, struct act_work *w)
{
	enum mc_err err = agency_settle(ctx, w, "declined");
	return err ? err : directory_drop(ctx, ctx->person, w->docket->id);
}

const struct act_special agency_accept = { .apply = agency_accept_apply };
const struct act_special agency_decline = { .apply = agency_decline_apply };

static enum mc_err agency_mine_ready(struct ctx *ctx, const struct docket *d)
{
	struct row *r = db_ask(ctx, "select 1 from agency where court = $1 and docket = $2 and party = $3"
		" and state in ('asked', 'accepted')", "tti", d->court, d->id, (int64_t)d->party);
	if (db_next(r))
		return MC_OK;
	return db_broken(r) ? MC_STORE : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "agency.none" });
}

static enum mc_err agency_choices(struct ctx *ctx, const struct docket *d, const struct field *field,
				  struct act_choice **out, size_t *count)
{
	struct agency_row *rows;
	size_t all;
	(void)field;
	enum mc_err err = agency_list(ctx, d, &rows, &all);
	*out = arena_take(ctx->mem, (all + 1) * sizeof **out);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (rows[i].party == d->party)
			(*out)[(*count)++] = (struct act_choice){ arena_print(ctx->mem, "%d", rows[i].number), rows[i].name, "" };
	return err;
}

static enum mc_err agency_change_apply(struct ctx *ctx, struct act_work *w)
{
	return db_do(ctx, "update agency set scope = $1 where court = $2 and docket = $3 and number = $4 and party = $5", "tttii",
		     form_get(w->form, "scope"), w->docket->court, w->docket->id,
		     (int64_t)strtol(form_get(w->form, "agent"), NULL, 10), (int64_t)w->party);
}

static enum mc_err agency_revoke_apply(struct ctx *ctx, struct act_work *w)
{
	struct docket *d = w->docket;
	int64_t number = strtol(form_get(w->form, "agent"), NULL, 10);
	struct row *r = db_ask(ctx, "select person from agency where court = $1 and docket = $2 and number = $3", "tti",
			       d->court, d->id, number);
	if (!db_next(r))
		return MC_STORE;
	const char *person = db_text(r, 0);
	enum mc_err err = db_do(ctx, "update agency set state = 'revoked' where court = $1 and docket = $2 and number = $3 and party = $4",
				"ttii", d->court, d->id, number, (int64_t)w->party);
	if (err)
		return err;
	/* Whoever filed for several stays the agent of the others. */
	r = db_ask(ctx, "select 1 from agency where court = $1 and docket = $2 and person = $3 and state in ('asked', 'accepted') limit 1",
		   "ttt", d->court, d->id, person);
	if (db_next(r))
		return MC_OK;
	return db_broken(r) ? MC_STORE : directory_drop(ctx, person, d->id);
}

const struct act_special agency_change = { .ready = agency_mine_ready, .choices = agency_choices, .apply = agency_change_apply };
const struct act_special agency_revoke = { .ready = agency_mine_ready, .choices = agency_choices, .apply = agency_revoke_apply };
