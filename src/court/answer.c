#include "answer.h"
#include "served.h"
#include "../store/db.h"

static enum mc_err answer_ready(struct ctx *ctx, const struct docket *d)
{
	struct row *r = db_ask(ctx, "select 1 from entry where court = $1 and docket = $2 and act = 'ANSWER' and party = $3", "tti",
			       d->court, d->id, (int64_t)d->party);
	if (db_next(r))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "answer.twice", .law = "民诉法第128条" });
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err answer_apply(struct ctx *ctx, struct act_work *w)
{
	static const enum paper_kind read[] = { PAPER_COMPLAINT, PAPER_RESPONSE_NOTICE, PAPER_EVIDENCE_NOTICE };
	struct ctx zh = *ctx;
	const struct party *p = docket_party(w->docket, w->party);
	enum mc_err err = MC_OK;
	/* Who answers has been served by that act (在线诉讼规则第31条第2款). */
	for (size_t i = 0; i < 3 && !err; i++)
		err = served_by_act(ctx, w->docket, w->party, read[i], w->entry);
	zh.lang = LANG_ZH;
	form_set(w->values, "answerer", p ? p->name : "");
	form_set(w->values, "stance", field_say(&zh, w->act, field_find(w->act, "", "stance"), form_get(w->form, "stance")));
	form_set(w->values, "reasons", form_get(w->form, "reasons"));
	return err;
}

const struct act_special answer_file = { .ready = answer_ready, .apply = answer_apply };
