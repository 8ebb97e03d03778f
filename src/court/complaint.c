#include "complaint.h"
#include "awaiting.h"
#include "court.h"
#include "deadline.h"
#include "directory.h"
#include "office.h"
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

static struct party complaint_named(const struct form *f, const char *group, int row, enum side side)
{
	return (struct party){ .side = side, .kind = form_at(f, group, row, "kind"), .name = form_at(f, group, row, "name"),
		.identity = form_at(f, group, row, "number"), .representative = form_at(f, group, row, "representative"),
		.phone = form_at(f, group, row, "phone"), .address = form_at(f, group, row, "address"), .person = "",
		.reached = side == SIDE_PLAINTIFF };
}

/* The parties as they stood before a correction, and which of them the new form names again. A party keeps
 * its number for ever and no other gets it: papers, limits and authority are kept under that number. */
struct complaint_roll {
	const struct docket *before;
	bool *again;
	int next;               /* number of the next new party */
	int first;              /* number of the first plaintiff */
};

static bool complaint_same(const struct party *old, const struct party *p, const char *number, bool by_name)
{
	return old->side == p->side && (by_name ? !strcmp(old->name, p->name) : *number && !strcmp(old->identity, number));
}

/* Who was a party already keeps number and consent; a mistyped number is known again by the name. */
static enum mc_err complaint_enrol(struct ctx *ctx, struct act_work *w, struct complaint_roll *roll, struct party p)
{
	const char *number = person_number(ctx->mem, p.identity);
	for (int by_name = 0; by_name < 2 && !p.number; by_name++)
		for (size_t i = 0; i < roll->before->parties_count && !p.number; i++) {
			const struct party *old = &roll->before->parties[i];
			if (roll->again[i] || !complaint_same(old, &p, number, by_name))
				continue;
			roll->again[i] = true;
			p.number = old->number;
			p.eservice = *p.person && !strcmp(p.person, ctx->person) ? p.eservice : old->eservice;
		}
	if (!p.number)
		p.number = roll->next++;
	if (!roll->first)
		roll->first = p.number;
	return complaint_party(ctx, w, p);
}

/* Who is a party no more keeps nothing of the case. */
static enum mc_err complaint_strike(struct ctx *ctx, const struct complaint_roll *roll)
{
	const struct docket *d = roll->before;
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < d->parties_count && !err; i++)
		if (!roll->again[i])
			err = db_do(ctx, "delete from party where court = $1 and docket = $2 and number = $3", "tti", d->court, d->id,
				    (int64_t)d->parties[i].number);
	return err;
}

static enum mc_err complaint_roll_begin(struct ctx *ctx, const struct docket *d, struct complaint_roll *roll)
{
	*roll = (struct complaint_roll){ .before = d, .again = arena_take(ctx->mem, d->parties_count + 1) };
	enum mc_err err = docket_next(ctx, d, SERIES_PARTY, &roll->next);
	/* Those who stay are entered again. */
	for (size_t i = 0; i < d->parties_count && !err; i++)
		if (*d->parties[i].person)
			err = directory_drop(ctx, d->parties[i].person, d->id);
	return err;
}

/* The parties of the form: first the filer (unless an agent), then further plaintiffs, then defendants. */
static enum mc_err complaint_parties(struct ctx *ctx, struct act_work *w, int *first_plaintiff)
{
	const struct form *f = w->form;
	struct complaint_roll roll;
	bool agent = !strcmp(form_get(f, "capacity"), "agent"), eservice = !strcmp(form_get(f, "eservice"), "yes");
	int plaintiffs = form_rows(f, "plaintiffs"), defendants = form_rows(f, "defendants");
	if (agent && !plaintiffs)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "filing.no_client", .field = "plaintiffs.1.name", .law = "民诉法第124条" });
	enum mc_err err = complaint_roll_begin(ctx, w->docket, &roll);
	if (!err && !agent) {
		/* On correction the first plaintiff stays who it was, whoever types for it. */
		const char *first = w->docket->parties_count ? w->docket->parties[0].person : ctx->person;
		struct person me;
		err = person_load(ctx, first, &me);
		if (!err)
			err = complaint_enrol(ctx, w, &roll, (struct party){ 0, SIDE_PLAINTIFF,
				me.kind == PERSON_ORGANISATION ? "organisation" : "person", me.name, me.number,
				me.representative, me.mobile, form_get(f, "address"), first, true, eservice });
	}
	/* Consent to electronic service is each person's own: an agent's client and a
	 * co-plaintiff have not been asked yet. */
	for (int i = 1; i <= plaintiffs && !err; i++)
		err = complaint_enrol(ctx, w, &roll, complaint_named(f, "plaintiffs", i, SIDE_PLAINTIFF));
	for (int i = 1; i <= defendants && !err; i++)
		err = complaint_enrol(ctx, w, &roll, complaint_named(f, "defendants", i, SIDE_DEFENDANT));
	*first_plaintiff = roll.first;
	return err ? err : complaint_strike(ctx, &roll);
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

static enum mc_err complaint_items(struct ctx *ctx, struct act_work *w, int party)
{
	enum mc_err err = db_do(ctx, "delete from item where court = $1 and docket = $2", "tt", w->docket->court, w->docket->id);
	for (int i = 1; i <= form_rows(w->form, "items") && !err; i++)
		err = db_do(ctx,
			"insert into item (court, docket, number, party, name, kind, source, purpose, file, late, state, finding,"
			" finding_reasons, entry) values ($1, $2, $3, $4, $5, $6, '', $7, $8, 0, 'given', '', '', $9)", "ttiitttti",
			w->docket->court, w->docket->id, (int64_t)i, (int64_t)party, form_at(w->form, "items", i, "name"),
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

static enum mc_err complaint_agent(struct ctx *ctx, struct act_work *w)
{
	struct docket *d = w->docket;
	/* A client who corrects for herself appoints nobody by it. */
	if (strcmp(form_get(w->form, "capacity"), "agent") || (d->parties_count && !d->agency))
		return MC_OK;
	if (office_held(ctx, d->court, ctx->person))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "agency.in_office", .field = "capacity", .law = "民诉法第47条" });
	const char *name = person_name(ctx, ctx->person);
	struct row *r = db_ask(ctx, "select p.number from party p where p.court = $1 and p.docket = $2 and p.side = 1 and not exists"
		" (select 1 from agency a where a.court = $1 and a.docket = $2 and a.party = p.number and a.person = $3"
		" and a.state = 'accepted') order by p.number", "ttt", d->court, d->id, ctx->person);
	enum mc_err err = MC_OK;
	int number;
	while (!err && db_next(r)) {
		err = docket_next(ctx, d, SERIES_AGENCY, &number);
		if (!err)
			err = db_do(ctx,
				"insert into agency (court, docket, number, party, person, name, kind, scope, state, entry)"
				" values ($1, $2, $3, $4, $5, $6, 'lawyer', $7, 'accepted', $8)", "ttiittti", d->court, d->id,
				(int64_t)number, db_int(r, 0), ctx->person, name, form_get(w->form, "scope"), (int64_t)w->entry);
	}
	if (db_broken(r))
		return MC_STORE;
	return err ? err : directory_add(ctx, ctx->person, d->court, d->id);
}

/* Keeps the form's sum, cause, facts and title on the case and loads it afresh. */
static enum mc_err complaint_settle(struct ctx *ctx, struct act_work *w)
{
	int64_t sum;
	int first = 0;
	struct docket *d = w->docket, fresh;
	/* While those who are parties no more are still known. */
	enum mc_err err = deadline_stop(ctx, d, LIMIT_CORRECTION, FOR_PLAINTIFFS, 0, w->entry);
	if (!err)
		err = complaint_parties(ctx, w, &first);
	if (!err)
		err = complaint_claims(ctx, w, &sum);
	if (!err)
		err = complaint_items(ctx, w, first);
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
		w->party = d->party ? d->party : first;
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
