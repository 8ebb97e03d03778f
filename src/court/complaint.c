#include "complaint.h"
#include "awaiting.h"
#include "court.h"
#include "directory.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/money.h"
#include "../law/identity.h"
#include "../store/db.h"

#include <string.h>

static enum person_kind complaint_kind(const char *kind, const char *number)
{
	if (!strcmp(kind, "organisation"))
		return PERSON_ORGANISATION;
	return identity_citizen(number) ? PERSON_CITIZEN : PERSON_PASSPORT;
}

/* The account with this number, if it is verified; "" otherwise. */
static enum mc_err complaint_account(struct ctx *ctx, const char *kind, const char *number, const char **person)
{
	struct person found;
	*person = "";
	if (!*number)
		return MC_OK;
	enum mc_err err = person_by_number(ctx, complaint_kind(kind, number), number, &found);
	if (!err && found.state == PERSON_VERIFIED)
		*person = found.id;
	if (err == MC_UNKNOWN) {
		ctx_forget(ctx);
		err = MC_OK;
	}
	return err;
}

static enum mc_err complaint_party(struct ctx *ctx, struct act_work *w, struct party p)
{
	struct docket *d = w->docket;
	const char *number = person_number(ctx->mem, p.identity);
	enum mc_err err = *p.person ? MC_OK : complaint_account(ctx, p.kind, number, &p.person);
	if (!err)
		err = db_do(ctx,
			"insert into party (court, docket, number, side, kind, name, identity, representative, phone, address,"
			" person, reached, eservice) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
			" on conflict (court, docket, number) do update set side = excluded.side, kind = excluded.kind,"
			" name = excluded.name, identity = excluded.identity, representative = excluded.representative,"
			" phone = excluded.phone, address = excluded.address, person = excluded.person,"
			" reached = excluded.reached, eservice = excluded.eservice", "ttiittttttt" "ii",
			d->court, d->id, (int64_t)p.number, (int64_t)p.side, p.kind, p.name, number, p.representative, p.phone,
			p.address, p.person, (int64_t)p.reached, (int64_t)p.eservice);
	if (!err && *p.person && p.reached)
		err = directory_add(ctx, p.person, d->court, d->id);
	if (!err && !*p.person && *number)
		err = awaiting_add(ctx, complaint_kind(p.kind, number), number, d->court, d->id,
				   p.number);
	return err;
}

static struct party complaint_named(const struct form *f, const char *group, int row, enum side side, bool eservice)
{
	return (struct party){ .side = side, .kind = form_at(f, group, row, "kind"), .name = form_at(f, group, row, "name"),
		.identity = form_at(f, group, row, "number"), .representative = form_at(f, group, row, "representative"),
		.phone = form_at(f, group, row, "phone"), .address = form_at(f, group, row, "address"), .person = "",
		.reached = side == SIDE_PLAINTIFF, .eservice = eservice };
}

/* The parties of the form, numbered as they come: first the filer (unless an agent),
 * then further plaintiffs, then defendants. */
static enum mc_err complaint_parties(struct ctx *ctx, struct act_work *w)
{
	const struct form *f = w->form;
	bool agent = !strcmp(form_get(f, "capacity"), "agent"), eservice = !strcmp(form_get(f, "eservice"), "yes");
	int number = 0, plaintiffs = form_rows(f, "plaintiffs"), defendants = form_rows(f, "defendants");
	enum mc_err err = MC_OK;
	if (agent && !plaintiffs)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "filing.no_client", .field = "plaintiffs.1.name", .law = "民诉法第124条" });
	if (!agent) {
		/* On correction the first plaintiff stays who it was, whoever types for it. */
		const char *first = w->docket->parties_count ? w->docket->parties[0].person : ctx->person;
		struct person me;
		err = person_load(ctx, first, &me);
		if (!err)
			err = complaint_party(ctx, w, (struct party){ ++number, SIDE_PLAINTIFF,
				me.kind == PERSON_ORGANISATION ? "organisation" : "person", me.name, me.number,
				me.representative, me.mobile, form_get(f, "address"), first, true, eservice });
	}
	for (int i = 1; i <= plaintiffs && !err; i++) {
		/* Consent to electronic service is each person's own: an agent's client and a
		 * co-plaintiff have not been asked yet. */
		struct party p = complaint_named(f, "plaintiffs", i, SIDE_PLAINTIFF, false);
		p.number = ++number;
		err = complaint_party(ctx, w, p);
	}
	for (int i = 1; i <= defendants && !err; i++) {
		struct party p = complaint_named(f, "defendants", i, SIDE_DEFENDANT, false);
		p.number = ++number;
		err = complaint_party(ctx, w, p);
	}
	if (!err)
		err = db_do(ctx, "delete from party where court = $1 and docket = $2 and number > $3", "tti",
			    w->docket->court, w->docket->id, (int64_t)number);
	return err;
}

static enum mc_err complaint_claims(struct ctx *ctx, struct act_work *w, int64_t *sum)
{
	enum mc_err err = db_do(ctx, "delete from claim where court = $1 and docket = $2", "tt", w->docket->court, w->docket->id);
	*sum = 0;
	for (int i = 1; i <= form_rows(w->form, "claims") && !err; i++) {
		int64_t fen = 0;
		money_parse(form_at(w->form, "claims", i, "amount"), &fen);
		*sum += fen;
		err = db_do(ctx, "insert into claim (court, docket, number, words, amount) values ($1, $2, $3, $4, $5)", "ttiti",
			    w->docket->court, w->docket->id, (int64_t)i, form_at(w->form, "claims", i, "text"), fen);
	}
	return err;
}

static enum mc_err complaint_items(struct ctx *ctx, struct act_work *w)
{
	enum mc_err err = db_do(ctx, "delete from item where court = $1 and docket = $2", "tt", w->docket->court, w->docket->id);
	for (int i = 1; i <= form_rows(w->form, "items") && !err; i++)
		err = db_do(ctx,
			"insert into item (court, docket, number, party, name, kind, source, purpose, file, late, state, finding,"
			" finding_reasons, entry) values ($1, $2, $3, 1, $4, $5, '', $6, $7, 0, 'given', '', '', $8)", "ttitttti",
			w->docket->court, w->docket->id, (int64_t)i, form_at(w->form, "items", i, "name"),
			form_at(w->form, "items", i, "kind"), form_at(w->form, "items", i, "purpose"),
			form_at(w->form, "items", i, "file"), (int64_t)w->entry);
	return err;
}

/* A correction may put somebody else in a party's place: nobody acts for whom they were not appointed by. */
static enum mc_err complaint_agents_end(struct ctx *ctx, const struct docket *before)
{
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < before->parties_count && !err; i++)
		err = db_do(ctx,
			"update agency set state = 'revoked' where court = $1 and docket = $2 and party = $3"
			" and state in ('asked', 'accepted') and not exists (select 1 from party p where p.court = $1"
			" and p.docket = $2 and p.number = $3 and p.side = $4 and p.identity = $5)", "ttiit", before->court,
			before->id, (int64_t)before->parties[i].number, (int64_t)before->parties[i].side,
			before->parties[i].identity);
	return err;
}

static bool complaint_has_agent(struct ctx *ctx, const struct docket *d, int party)
{
	return db_next(db_ask(ctx, "select 1 from agency where court = $1 and docket = $2 and party = $3 and person = $4"
		" and state = 'accepted'", "ttit", d->court, d->id, (int64_t)party, ctx->person));
}

static enum mc_err complaint_agent(struct ctx *ctx, struct act_work *w)
{
	/* A client who corrects for herself appoints nobody by it. */
	if (strcmp(form_get(w->form, "capacity"), "agent") || (w->docket->parties_count && !w->docket->agency))
		return MC_OK;
	const char *name = person_name(ctx, ctx->person);
	enum mc_err err = MC_OK;
	for (int i = 1, number; i <= form_rows(w->form, "plaintiffs") && !err; i++) {
		if (complaint_has_agent(ctx, w->docket, i) || (err = docket_next(ctx, w->docket, SERIES_AGENCY, &number)))
			continue;
		err = db_do(ctx,
			"insert into agency (court, docket, number, party, person, name, kind, scope, state, entry)"
			" values ($1, $2, $3, $4, $5, $6, 'lawyer', $7, 'accepted', $8)", "ttiittti", w->docket->court,
			w->docket->id, (int64_t)number, (int64_t)i, ctx->person, name, form_get(w->form, "scope"), (int64_t)w->entry);
	}
	return err ? err : directory_add(ctx, ctx->person, w->docket->court, w->docket->id);
}

/* Keeps the form's sum, cause, facts and title on the case and loads it afresh. */
static enum mc_err complaint_settle(struct ctx *ctx, struct act_work *w)
{
	int64_t sum;
	struct docket *d = w->docket, fresh;
	enum mc_err err = complaint_parties(ctx, w);
	if (!err)
		err = complaint_claims(ctx, w, &sum);
	if (!err)
		err = complaint_items(ctx, w);
	if (!err)
		err = complaint_agents_end(ctx, d);
	if (!err)
		err = complaint_agent(ctx, w);
	if (!err)
		err = docket_load(ctx, d->court, d->id, &fresh);
	if (err)
		return err;
	const char *title = arena_print(ctx->mem, "%s 诉 %s", docket_names(ctx, &fresh, SIDE_PLAINTIFF),
					docket_names(ctx, &fresh, SIDE_DEFENDANT));
	err = db_do(ctx, "update docket set title = $1, cause = $2, facts = $3, claim = $4 where court = $5 and id = $6", "tttitt",
		    title, form_get(w->form, "cause"), form_get(w->form, "facts"), sum, d->court, d->id);
	if (!err)
		err = docket_load(ctx, d->court, d->id, d);
	if (!err) {
		w->party = d->party ? d->party : 1;
		err = paper_values(ctx, d, &w->values);
	}
	return err;
}

enum mc_err complaint_open(struct ctx *ctx, struct act_work *w, enum stage stage)
{
	struct docket *d = w->docket;
	const char *desk = *form_get(w->form, "desk") ? form_get(w->form, "desk") : d->court;
	enum mc_err err = db_do(ctx,
		"insert into docket (court, id, number, stage, since, cause, process, title, facts, claim, desk, filed,"
		" registered, judge, entries, head) values ($1, $2, '', $3, $4, '', '', '', '', 0, $5, $4, 0, '', 0, '')"
		" on conflict (court, id) do nothing", "ttti" "t", d->court, d->id, rule_stage(stage)->code, ctx->now, desk);
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "filing.already" });
	return err ? err : complaint_settle(ctx, w);
}

enum mc_err complaint_replace(struct ctx *ctx, struct act_work *w) { return complaint_settle(ctx, w); }

void complaint_values(struct ctx *ctx, struct act_work *w)
{
	for (int i = 1; i <= form_rows(w->form, "items"); i++) {
		form_set_at(w->values, "items", i, "name", form_at(w->form, "items", i, "name"));
		form_set_at(w->values, "items", i, "purpose", form_at(w->form, "items", i, "purpose"));
	}
	form_set(w->values, "filer", person_name(ctx, ctx->person));
}
