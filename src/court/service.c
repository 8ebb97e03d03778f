#include "service.h"
#include "court.h"
#include "directory.h"
#include "served.h"
#include "../base/arena.h"
#include "../base/cursor.h"
#include "../base/day.h"
#include "../base/id.h"
#include "../base/text.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>

/* The complaint as last filed, and the notice on evidence, go to each defendant together
 * with the notice to respond that the row writes. */
static enum mc_err service_serve_apply(struct ctx *ctx, struct act_work *w)
{
	struct docket *d = w->docket;
	static const enum paper_kind with[] = { PAPER_COMPLAINT, PAPER_EVIDENCE_NOTICE, PAPER_BENCH_NOTICE };
	enum mc_err err = db_do(ctx, "update party set reached = 1 where court = $1 and docket = $2 and side = 2", "tt", d->court, d->id);
	for (size_t i = 0; i < d->parties_count && !err; i++)
		if (d->parties[i].side == SIDE_DEFENDANT) {
			d->parties[i].reached = true;
			if (*d->parties[i].person)
				err = directory_add(ctx, d->parties[i].person, d->court, d->id);
		}
	for (size_t i = 0; i < sizeof with / sizeof *with && !err; i++) {
		struct paper paper;
		err = paper_newest(ctx, d, with[i], &paper);
		if (!err)
			err = served_send(ctx, d, &paper, FOR_DEFENDANTS, 0);
		else if (err == MC_UNKNOWN)
			err = MC_OK;    /* no judge could be drawn yet */
	}
	return err;
}

const struct act_special service_serve = { .apply = service_serve_apply };

static enum mc_err service_waiting(struct ctx *ctx, const struct docket *d)
{
	bool waits;
	enum mc_err err = served_waits(ctx, d, d->party, &waits);
	return err ? err : waits ? MC_OK : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "service.nothing_waits" });
}

static enum mc_err service_choices(struct ctx *ctx, const struct docket *d, const struct field *field,
				   struct act_choice **out, size_t *count)
{
	struct served *s;
	size_t all;
	(void)field;
	enum mc_err err = served_list(ctx, d, d->party, true, &s, &all);
	*out = arena_take(ctx->mem, (all + 1) * sizeof **out);
	*count = 0;
	for (size_t i = 0; i < all; i++) {
		const struct party *p = docket_party(d, s[i].party);
		const char *title = rule_paper(s[i].kind)->title[ctx->lang];
		(*out)[(*count)++] = (struct act_choice){ arena_print(ctx->mem, "%d", s[i].number),
			d->party ? title : arena_print(ctx->mem, "%s · %s", title, p ? p->name : ""),
			day_time_say(ctx->mem, ctx->lang, s[i].sent) };
	}
	return err;
}

enum { SERVICE_NOW = 0 };               /* done when the clock says, not on a day that somebody gives */

/* Lets the service chosen in "papers" take effect: it was done on one day and counts from another,
 * which are the same but for a public notice. Where a clock was set back in between, a paper arrives on the
 * day on which it was sent: of two days the later, for whoever has a period from then on. */
static enum mc_err service_take(struct ctx *ctx, struct act_work *w, const char *ground, const char *note, int64_t done, int64_t day)
{
	struct served *s;
	size_t all;
	enum mc_err err = served_list(ctx, w->docket, 0, true, &s, &all);
	for (const char *left = form_get(w->form, "papers"); *left && !err;) {
		char *end;
		long number = strtol(left, &end, 10);
		for (size_t i = 0; i < all && !err; i++)
			if (s[i].number == number && done != SERVICE_NOW && done < day_of(s[i].sent))
				err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "service.before_sent", .field = "date",
					.arg = { s[i].title, day_say(ctx->mem, ctx->lang, day_of(s[i].sent)) } });
			else if (s[i].number == number)
				err = served_effective(ctx, w->docket, &s[i], ground, note,
					day < day_of(s[i].sent) ? day_of(s[i].sent) : day, w->entry);
		left = *end ? end + 1 : end;
	}
	return err;
}

static enum mc_err service_receive_apply(struct ctx *ctx, struct act_work *w)
{
	const char *agreed = form_get(w->form, "eservice");
	enum mc_err err = service_take(ctx, w, "receipt", "", SERVICE_NOW, day_of(ctx->now));
	if (!err && *agreed)
		err = db_do(ctx, "update party set eservice = $1 where court = $2 and docket = $3 and number = $4", "itti",
			    (int64_t)!strcmp(agreed, "yes"), w->docket->court, w->docket->id, (int64_t)w->party);
	return err;
}

static enum mc_err service_record_apply(struct ctx *ctx, struct act_work *w)
{
	int64_t day = 0, done;
	day_parse(form_get(w->form, "date"), &day);
	done = day;
	if (day > day_of(ctx->now))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "service.future", .field = "date" });
	if (day < day_of(w->docket->filed))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "service.before_filing", .field = "date" });
	if (!strcmp(form_get(w->form, "method"), "public") && !strcmp(w->docket->process, "summary"))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "service.no_public_in_summary", .field = "method",
			.law = "民诉法解释第140条；延长审限规定第4条" });
	/* A public notice serves when thirty days have passed (民诉法第95条). */
	if (!strcmp(form_get(w->form, "method"), "public"))
		day = limit_ends(calendar_national(), LIMIT_PUBLIC_NOTICE, day).day;
	if (day > day_of(ctx->now))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "service.public_runs", .field = "date", .law = "民诉法第95条",
			.arg = { day_say(ctx->mem, ctx->lang, day) } });
	return service_take(ctx, w, form_get(w->form, "method"), form_get(w->form, "note"), done, day);
}

static enum mc_err service_arrive_apply(struct ctx *ctx, struct act_work *w)
{
	w->party = (int)strtol(form_get(w->form, "party"), NULL, 10);
	return service_take(ctx, w, "arrival", "", SERVICE_NOW, day_of(ctx->now));
}

const struct act_special service_arrive = { .apply = service_arrive_apply };
const struct act_special service_receive = { .ready = service_waiting, .choices = service_choices, .apply = service_receive_apply };
const struct act_special service_record = { .ready = service_waiting, .choices = service_choices, .apply = service_record_apply };

struct service_deliver_job { const char *court, *docket; int served; int letters; };

static enum mc_err service_letter(struct ctx *ctx, struct service_deliver_job *job, const struct docket *d,
				  const struct served *s, const char *person)
{
	job->letters++;
	return db_do(ctx,
		"insert into inbox (court, person, id, home, docket, paper, title, about, at, opened)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) on conflict (court, person, home, docket, paper, title, at) do nothing",
		"tttttitti", COURT_NATION, person, id_new(ctx->mem), d->court, d->id, (int64_t)s->paper, rule_paper(s->kind)->code,
		*d->number ? d->number : d->title, s->sent);
}

static enum mc_err service_deliver_job(struct ctx *ctx, void *arg)
{
	struct service_deliver_job *job = arg;
	struct docket d;
	struct served *s;
	size_t all, i = 0;
	enum mc_err err = docket_load(ctx, job->court, job->docket, &d);
	if (!err)
		err = served_list(ctx, &d, 0, false, &s, &all);
	if (err)
		return err;
	while (i < all && s[i].number != job->served)
		i++;
	const struct party *p = i < all ? docket_party(&d, s[i].party) : NULL;
	if (!p)
		return MC_OK;
	if (*p->person)
		err = service_letter(ctx, job, &d, &s[i], p->person);
	struct row *r = db_ask(ctx, "select person from agency where court = $1 and docket = $2 and party = $3 and state = 'accepted'",
			       "tti", d.court, d.id, (int64_t)p->number);
	while (!err && db_next(r))
		err = service_letter(ctx, job, &d, &s[i], db_text(r, 0));
	if (!err && job->letters && !s[i].arrived)
		err = db_do(ctx, "update served set arrived = $1 where court = $2 and docket = $3 and number = $4", "itti",
			    ctx->now, d.court, d.id, (int64_t)s[i].number);
	if (err || !p->eservice || !*p->person || s[i].effective)
		return err;
	struct form *form = form_begin(ctx->mem);
	struct act_done done;
	form_set(form, "party", arena_print(ctx->mem, "%d", p->number));
	form_set(form, "papers", arena_print(ctx->mem, "%d", s[i].number));
	return act_perform(ctx, &(struct act_ask){ d.court, d.id, ACT_ARRIVE, form, NULL, NULL }, &done);
}

enum mc_err service_deliver(struct ctx *ctx, const char *court, const char *docket, int served)
{
	struct service_deliver_job job = { .court = court, .docket = docket, .served = served };
	return db_together(ctx, service_deliver_job, &job);
}

#define SERVICE_LETTER "select id, home, docket, title, about, paper, at, opened from inbox where court = $1 and person = $2"

enum mc_err service_inbox(struct ctx *ctx, const char *person, const struct cursor *from, size_t most,
			  struct service_letter **out, size_t *count)
{
	*out = arena_take(ctx->mem, (most + 1) * sizeof **out);
	*count = 0;
	/* Ids are made of ASCII letters and digits; "~" comes after all of them. */
	struct row *r = from->back
		? db_ask(ctx, SERVICE_LETTER " and id > $3 order by id limit $4", "ttti", COURT_NATION, person, from->id, (int64_t)most)
		: db_ask(ctx, SERVICE_LETTER " and id < $3 order by id desc limit $4", "ttti", COURT_NATION, person,
			 *from->id ? from->id : "~", (int64_t)most);
	while (*count < most && db_next(r))
		(*out)[(*count)++] = (struct service_letter){ db_text(r, 0), db_text(r, 1), db_text(r, 2), db_text(r, 3),
			db_text(r, 4), (int)db_int(r, 5), db_int(r, 6), db_int(r, 7) };
	return db_broken(r) ? MC_STORE : MC_OK;
}

int service_unread(struct ctx *ctx, const char *person)
{
	struct row *r = db_ask(ctx, "select count(*) from inbox where court = $1 and person = $2 and opened = 0", "tt", COURT_NATION, person);
	return db_next(r) ? (int)db_int(r, 0) : 0;
}

struct service_opened_job { const char *person, *home, *docket; int paper; };

static enum mc_err service_opened_job(struct ctx *ctx, void *arg)
{
	const struct service_opened_job *job = arg;
	return db_do(ctx, "update inbox set opened = $1 where court = $2 and person = $3 and home = $4 and docket = $5 and paper = $6 and opened = 0",
		     "itttti", ctx->now, COURT_NATION, job->person, job->home, job->docket, (int64_t)job->paper);
}

enum mc_err service_opened(struct ctx *ctx, const char *person, const char *home, const char *docket, int paper)
{
	return db_together(ctx, service_opened_job, &(struct service_opened_job){ person, home, docket, paper });
}
