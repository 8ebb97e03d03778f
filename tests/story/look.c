#include "look.h"
#include "../../src/base/arena.h"
#include "../../src/base/clock.h"
#include "../../src/base/cursor.h"
#include "../../src/base/day.h"
#include "../../src/base/money.h"
#include "../../src/base/text.h"
#include "../../src/court/chain.h"
#include "../../src/court/deadline.h"
#include "../../src/court/due.h"
#include "../../src/court/fee_due.h"
#include "../../src/court/served.h"
#include "../../src/court/service.h"
#include "../../src/store/db.h"

#include <stdlib.h>
#include <string.h>

static void look_limit(struct run *run, const struct docket *d, char *rest)
{
	const char *code = run_word(&rest), *name = run_word(&rest), *day = run_word(&rest), *mark = run_word(&rest);
	enum limit limit = 0;
	struct deadline found;
	while (limit < LIMIT_COUNT && strcmp(limit_rule(limit)->code, code))
		limit++;
	int party = run_party(d, name);
	if (limit == LIMIT_COUNT || party < 0) {
		run_judge(run, false, "no such limit or party", code);
		return;
	}
	enum mc_err err = deadline_of(&run->set.ctx, d, limit, party, &found);
	const char *got = err || !found.open ? "none" : day_iso(run->set.mem, found.ends);
	run_judge(run, !strcmp(got, day), arena_print(run->set.mem, "limit %s of %s ends %s", code, name, day), got);
	if (*mark)
		run_judge(run, !err && found.provisional, "the limit is provisional", "final");
}

static int look_count(struct run *run, const char *kind)
{
	struct row *r = db_ask(&run->set.ctx, "select count(*) from paper where court = $1 and docket = $2 and kind = $3", "ttt",
			       run->now->court, run->now->docket, kind);
	return db_next(r) ? (int)db_int(r, 0) : -1;
}

static void look_served(struct run *run, const struct docket *d, char *rest)
{
	const char *kind = run_word(&rest), *name = run_word(&rest), *want = run_word(&rest);
	struct served *s;
	size_t count = 0;
	bool effective = false;
	served_list(&run->set.ctx, d, run_party(d, name), false, &s, &count);
	for (size_t i = 0; i < count; i++)
		effective |= !strcmp(rule_paper(s[i].kind)->code, kind) && s[i].effective;
	run_judge(run, effective == !strcmp(want, "yes"), arena_print(run->set.mem, "%s served on %s: %s", kind, name, want), "");
}

/* "paid 2418.00": the state and the sum; "refund 1209.00": what goes back. */
static void look_fee(struct run *run, const struct docket *d, bool refund, const char *want)
{
	struct fee_due fee = { .state = "none" };
	fee_due_load(&run->set.ctx, d, &fee);
	const char *got = refund ? money_plain(run->set.mem, fee.refund)
		: arena_print(run->set.mem, "%s %s", fee.state, money_plain(run->set.mem, fee.fen));
	run_judge(run, !strcmp(got, want), arena_print(run->set.mem, "%s %s", refund ? "refund" : "fee", want), got);
}

static void look_late(struct run *run, const struct docket *d, const char *want)
{
	struct row *r = db_ask(&run->set.ctx, "select late from entry where court = $1 and docket = $2 and person <> $3"
			       " order by number desc limit 1", "ttt", d->court, d->id, DOCKET_SYSTEM);
	run_judge(run, db_next(r) && (db_int(r, 0) != 0) == !strcmp(want, "yes"), arena_print(run->set.mem, "late: %s", want), "");
}

void look_letters(struct run *run, const char *want)
{
	struct service_letter *letter;
	size_t count = 0;
	service_inbox(&run->set.ctx, stage_person(&run->set, run_speaker(run)), &cursor_start, 500, &letter, &count);
	run_judge(run, count == strtoul(want, NULL, 10), arena_print(run->set.mem, "%s letters", want),
		  arena_print(run->set.mem, "%zu", count));
}

static void look_may(struct run *run, char *rest)
{
	enum act act = run_act(run, run_word(&rest));
	bool want = !strcmp(run_word(&rest), "yes"), may = false;
	struct docket d;
	struct ctx *ctx = &run->set.ctx;
	struct act_option *o;
	size_t count = 0;
	ctx->person = stage_person(&run->set, run_speaker(run));
	if (!docket_load(ctx, run->now->court, run->now->docket, &d))
		act_open(ctx, &d, &o, &count);
	for (size_t i = 0; i < count; i++)
		may |= o[i].act == act;
	run_judge(run, may == want, want ? "the act is open" : "the act is not open", "");
}

void look_at(struct run *run, const char *verb, char *rest)
{
	struct docket d;
	struct arena *mem = run->set.mem;
	if (!run_docket(run, &d)) {
		run_judge(run, false, "there is such a case", "none");
	} else if (!strcmp(verb, "stage")) {
		run_judge(run, !strcmp(rule_stage(d.stage)->code, rest), arena_print(mem, "stage %s", rest), rule_stage(d.stage)->code);
	} else if (!strcmp(verb, "number")) {
		run_judge(run, !strcmp(d.number, rest), arena_print(mem, "number %s", rest), d.number);
	} else if (!strcmp(verb, "judge")) {
		run_judge(run, (*d.judge != '\0') == !strcmp(rest, "yes"), "a judge", "");
	} else if (!strcmp(verb, "entries")) {
		run_judge(run, d.entries == strtol(rest, NULL, 10), "entries", arena_print(mem, "%d", d.entries));
	} else if (!strcmp(verb, "limit")) {
		look_limit(run, &d, rest);
	} else if (!strcmp(verb, "paper")) {
		const char *kind = run_word(&rest);
		int want = (int)strtol(rest, NULL, 10);
		run_judge(run, look_count(run, kind) == want, arena_print(mem, "%d papers %s", want, kind),
			  arena_print(mem, "%d", look_count(run, kind)));
	} else if (!strcmp(verb, "served")) {
		look_served(run, &d, rest);
	} else if (!strcmp(verb, "may")) {
		look_may(run, rest);
	} else if (!strcmp(verb, "fee") || !strcmp(verb, "refund")) {
		look_fee(run, &d, *verb == 'r', rest);
	} else if (!strcmp(verb, "late")) {
		look_late(run, &d, rest);
	} else if (!strcmp(verb, "whole")) {
		bool whole = false;
		int entries;
		struct chain_fault fault = { 0, "" };
		enum mc_err err = chain_verify(&run->set.ctx, d.court, d.id, &whole, &entries, &fault);
		run_judge(run, !err && whole && entries == d.entries, "the chain is whole", fault.what ? fault.what : "");
	} else {
		run_judge(run, false, "no such line in a story", verb);
	}
}

static const char *look_due_rows(struct run *run)
{
	struct text t = text_begin(run->set.mem);
	struct row *r = db_ask(&run->set.ctx, "select court, whose, kind, at, number, what, party from due where home = $1 and docket = $2"
		" order by court, whose, kind, at, number", "tt", run->now->court, run->now->docket);
	while (db_next(r)) {
		for (int i = 0; i < 7; i++)
			text_print(&t, "%s ", db_text(r, i));
		text_add(&t, "; ");
	}
	return text_end(&t);
}

static enum mc_err look_due_settle(struct ctx *ctx, void *arg)
{
	const struct run *run = arg;
	return due_settle(ctx, run->now->court, run->now->docket);
}

void look_due(struct run *run)
{
	if (!run->now->docket)
		return;
	const char *left = look_due_rows(run);
	run->set.ctx.now = clock_now();
	run_judge(run, !db_together(&run->set.ctx, look_due_settle, run), "what is due can be settled", "");
	run_judge(run, !strcmp(left, look_due_rows(run)), arena_print(run->set.mem, "due: %s", look_due_rows(run)), left);
}
