#include "record.h"
#include "served.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>

enum mc_err record_enter(struct ctx *ctx, const struct docket *d, int hearing, const struct form *form)
{
	struct row *r = db_ask(ctx, "select coalesce(max(number), 0) from utterance where court = $1 and docket = $2 and hearing = $3",
			       "tti", d->court, d->id, (int64_t)hearing);
	int64_t last = db_next(r) ? db_int(r, 0) : 0;
	enum mc_err err = db_broken(r) ? MC_STORE : MC_OK;
	for (int i = 1; i <= form_rows(form, "lines") && !err; i++)
		err = db_do(ctx, "insert into utterance (court, docket, hearing, number, speaker, words, at, person)"
			" values ($1, $2, $3, $4, $5, $6, $7, $8)", "ttiittit", d->court, d->id, (int64_t)hearing, last + i,
			form_at(form, "lines", i, "speaker"), form_at(form, "lines", i, "words"), ctx->now, ctx->person);
	return err;
}

enum mc_err record_values(struct ctx *ctx, const struct docket *d, int hearing, struct form *values, int *lines)
{
	struct row *r = db_ask(ctx, "select at, place, open, present from hearing where court = $1 and docket = $2 and number = $3",
			       "tti", d->court, d->id, (int64_t)hearing);
	*lines = 0;
	if (!db_next(r))
		return MC_STORE;
	form_set(values, "at", day_time_say(ctx->mem, LANG_ZH, db_int(r, 0)));
	form_set(values, "place", db_text(r, 1));
	form_set(values, "open", db_int(r, 2) ? "公开" : "不公开");
	int present = 0;
	for (const char *left = db_text(r, 3); *left;) {
		char *end;
		const struct party *p = docket_party(d, (int)strtol(left, &end, 10));
		if (p) {
			form_set_at(values, "present", ++present, "name", p->name);
			form_set_at(values, "present", present, "role",
				    rule_role_name(p->side == SIDE_PLAINTIFF ? ROLE_PLAINTIFF : ROLE_DEFENDANT, LANG_ZH));
		}
		left = *end ? end + 1 : end;
	}
	r = db_ask(ctx, "select speaker, words, at from utterance where court = $1 and docket = $2 and hearing = $3 order by number",
		   "tti", d->court, d->id, (int64_t)hearing);
	while (db_next(r)) {
		form_set_at(values, "lines", ++*lines, "speaker", db_text(r, 0));
		form_set_at(values, "lines", *lines, "words", db_text(r, 1));
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* The last sitting that ended, and whether this party was there and has not confirmed yet. */
static enum mc_err record_pending(struct ctx *ctx, const struct docket *d, int *hearing, int *lines, bool *confirmed)
{
	struct row *r = db_ask(ctx, "select h.number, h.present, (select count(*) from utterance u where u.court = h.court"
		" and u.docket = h.docket and u.hearing = h.number), (select count(*) from confirmation c where c.court = h.court"
		" and c.docket = h.docket and c.hearing = h.number and c.party = $3 and c.kind = 'confirmed')"
		" from hearing h where h.court = $1 and h.docket = $2 and h.state in ('closed', 'adjourned')"
		" order by h.number desc limit 1", "tti", d->court, d->id, (int64_t)d->party);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "record.none" });
	*hearing = (int)db_int(r, 0);
	*lines = (int)db_int(r, 2);
	*confirmed = db_int(r, 3) > 0;
	bool there = false;
	for (const char *left = db_text(r, 1); *left;) {
		char *end;
		there |= strtol(left, &end, 10) == d->party;
		left = *end ? end + 1 : end;
	}
	return there ? MC_OK : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "record.not_present", .law = "民诉法第150条" });
}

static enum mc_err record_ready(struct ctx *ctx, const struct docket *d)
{
	int hearing, lines;
	bool confirmed;
	enum mc_err err = record_pending(ctx, d, &hearing, &lines, &confirmed);
	return err || !confirmed ? err : ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "record.confirmed" });
}

static enum mc_err record_say(struct ctx *ctx, struct act_work *w, const char *kind, const char *line, const char *words)
{
	const struct docket *d = w->docket;
	int hearing, lines;
	bool confirmed;
	enum mc_err err = record_pending(ctx, d, &hearing, &lines, &confirmed);
	if (err)
		return err;
	if (*line && (strspn(line, "0123456789") != strlen(line) || strtol(line, NULL, 10) < 1 || strtol(line, NULL, 10) > lines))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "record.line", .field = "line",
			.arg = { arena_print(ctx->mem, "%d", lines) } });
	err = db_do(ctx, "insert into confirmation (court, docket, hearing, number, party, kind, line, words, at, entry)"
		" values ($1, $2, $3, (select coalesce(max(number), 0) + 1 from confirmation where court = $1 and docket = $2"
		" and hearing = $3), $4, $5, $6, $7, $8, $9)", "ttiittt" "ii", d->court, d->id, (int64_t)hearing, (int64_t)w->party,
		kind, line, words, ctx->now, (int64_t)w->entry);
	return err ? err : served_by_act(ctx, d, w->party, PAPER_RECORD, w->entry);
}

static enum mc_err record_confirm_apply(struct ctx *ctx, struct act_work *w) { return record_say(ctx, w, "confirmed", "", ""); }

static enum mc_err record_object_apply(struct ctx *ctx, struct act_work *w)
{
	return record_say(ctx, w, "correction", form_get(w->form, "line"), form_get(w->form, "correction"));
}

const struct act_special record_confirm = { .ready = record_ready, .apply = record_confirm_apply };
const struct act_special record_object = { .ready = record_ready, .apply = record_object_apply };
