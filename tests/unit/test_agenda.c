/* What wants doing today, and for whom: each kind of task comes up when its time has come, with
 * the act that this person may do about it, and with nothing for who may not. */
#include "desk.h"
#include "../../src/base/day.h"
#include "../../src/court/agenda.h"

#include <string.h>

/* "LIMIT serve SERVE; HEARING hear OPEN" */
static const char *tasks_of(struct ctx *ctx, const char *person)
{
	static const char *const kind[AGENDA_COUNT] = { "LIMIT", "HEARING", "MOTION", "SERVICE", "EFFECT", "UNPAID", "FORWARD", "UNDRAWN" };
	struct agenda_ask ask = { .court = "132", .from = cursor_start };
	struct agenda_page page;
	const char *out = "";
	ctx->person = person;
	desk_settle(ctx);
	for (; ask.kind < AGENDA_COUNT; ask.kind++) {
		CHECK_INT(agenda_read(ctx, &ask, &page), MC_OK);
		for (size_t i = 0; i < page.count; i++)
			out = arena_print(ctx->mem, "%s%s%s %s %s%s", out, *out ? "; " : "", kind[ask.kind], page.tasks[i].id,
					  page.tasks[i].act ? rule_of(page.tasks[i].act)->code : "-", page.tasks[i].over ? " over" : "");
	}
	return out;
}

struct job { const char *sql; int64_t at; };

static enum mc_err job_do(struct ctx *ctx, void *arg)
{
	const struct job *job = arg;
	return db_do(ctx, job->sql, "i", job->at);
}

static void put(struct ctx *ctx, const char *sql, int64_t at)
{
	CHECK(!db_together(ctx, job_do, &(struct job){ sql, at }));
}

static void with_parties(struct ctx *ctx, struct desk_case c)
{
	desk_case(ctx, c);
	desk_party(ctx, (struct desk_party){ c.court, c.id, 1, 1, "张伟" });
	desk_party(ctx, (struct desk_party){ c.court, c.id, 2, 2, "李娜" });
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	struct agenda_page page;
	int64_t now = ctx.now, today = day_of(now);
	const char *filing = network_staff(&ctx, "林小雨", 1, "132", OFFICE_FILING);
	const char *clerk = network_staff(&ctx, "何静怡", 2, "132", OFFICE_CLERK);
	const char *judge = network_staff(&ctx, "王建国", 3, "132", OFFICE_JUDGE);
	const char *other = network_staff(&ctx, "刘慧敏", 4, "132", OFFICE_JUDGE);
	const char *president = network_staff(&ctx, "赵明德", 5, "132", OFFICE_PRESIDENT);
	const char *admin = network_staff(&ctx, "周立新", 6, "132", OFFICE_ADMIN);

	CHECK_TEXT(tasks_of(&ctx, clerk), "");
	ctx.person = admin;
	CHECK_WHY(agenda_read(&ctx, &(struct agenda_ask){ .court = "132", .from = cursor_start }, &page), MC_DENIED, "caseload.office");
	ctx.person = clerk;
	CHECK_WHY(agenda_read(&ctx, &(struct agenda_ask){ .court = "B1W", .from = cursor_start }, &page), MC_DENIED, "caseload.office");

	/* A filing whose seven days end in two days; one with time left says nothing. */
	with_parties(&ctx, (struct desk_case){ "132", "file", "SUBMITTED", NULL, NULL, now, 0 });
	desk_limit(&ctx, (struct desk_limit){ "132", "file", "FILING_REVIEW", 1, 0, today + 2, NULL });
	with_parties(&ctx, (struct desk_case){ "132", "early", "SUBMITTED", NULL, NULL, now, 0 });
	desk_limit(&ctx, (struct desk_limit){ "132", "early", "FILING_REVIEW", 1, 0, today + 4, NULL });
	CHECK_TEXT(tasks_of(&ctx, filing), "LIMIT file REGISTER");
	CHECK_TEXT(tasks_of(&ctx, clerk), "");
	desk_case(&ctx, (struct desk_case){ "B1W", "away", "RECEIVED", "132", NULL, now, 0 });
	CHECK_TEXT(tasks_of(&ctx, filing), "LIMIT file REGISTER; FORWARD away FORWARD");
	with_parties(&ctx, (struct desk_case){ "132", "free", "READY", NULL, NULL, now, now });
	CHECK_TEXT(tasks_of(&ctx, filing), "LIMIT file REGISTER; FORWARD away FORWARD; UNDRAWN free DRAW");
	CHECK_TEXT(tasks_of(&ctx, president), "UNDRAWN free -");

	/* The complaint is to be sent by today; the time to answer is over. */
	with_parties(&ctx, (struct desk_case){ "132", "send", "READY", NULL, judge, now, now });
	desk_limit(&ctx, (struct desk_limit){ "132", "send", "SEND_COMPLAINT", 1, 0, today, NULL });
	with_parties(&ctx, (struct desk_case){ "132", "answ", "ANSWERING", NULL, judge, now, now });
	desk_limit(&ctx, (struct desk_limit){ "132", "answ", "ANSWER", 1, 2, today - 1, NULL });
	CHECK_TEXT(tasks_of(&ctx, clerk), "LIMIT answ SET_EVIDENCE_TERM over; LIMIT send SERVE");
	CHECK_TEXT(tasks_of(&ctx, judge), "LIMIT answ SET_EVIDENCE_TERM over; LIMIT send -");
	CHECK_TEXT(tasks_of(&ctx, other), "");

	/* A hearing this morning is over by its state; one tomorrow is told of. */
	with_parties(&ctx, (struct desk_case){ "132", "hear", "SCHEDULED", NULL, other, now, now });
	put(&ctx, "insert into hearing (court, docket, number, at, place, open, state, present, record)"
		" values ('132', 'hear', 1, $1, '第三法庭', 1, 'set', '', 0)", day_start(today) + 9 * 3600);
	put(&ctx, "insert into hearing (court, docket, number, at, place, open, state, present, record)"
		" values ('132', 'hear', 2, $1, '第三法庭', 1, 'set', '', 0)", day_start(today + 2));
	CHECK_TEXT(tasks_of(&ctx, other), "HEARING hear OPEN");
	CHECK_TEXT(tasks_of(&ctx, president), "UNDRAWN free -");

	/* Recusal is the president's to decide, withdrawal the judge's. */
	put(&ctx, "insert into entry (court, docket, number, act, person, party, at, session, device, how, late, form, form_digest,"
		" papers, stage, previous, digest) values ('132', 'hear', 1, 'ASK_RECUSAL', '', 1, $1, '', '', '', 0, '', '', '', '', '', '')", now);
	put(&ctx, "insert into motion (court, docket, number, kind, party, state, opened, decided)"
		" values ('132', 'hear', 1, 'RECUSAL', 1, 'open', 1, $1)", 0);
	put(&ctx, "insert into motion (court, docket, number, kind, party, state, opened, decided)"
		" values ('132', 'hear', 2, 'WITHDRAWAL', 1, 'open', 1, $1)", 0);
	CHECK_TEXT(tasks_of(&ctx, president), "MOTION hear RULE_RECUSAL; UNDRAWN free -");
	CHECK_TEXT(tasks_of(&ctx, other), "HEARING hear OPEN; MOTION hear RULE_WITHDRAWAL");
	put(&ctx, "update motion set state = 'refused' where court = '132' and decided = $1", 0);

	/* Five days after it was sent and not before; one task a case. */
	put(&ctx, "insert into paper (court, docket, number, kind, title, entry, body, digest, at)"
		" values ('132', 'answ', 1, 'COMPLAINT', '民事起诉状', 1, '', '', $1)", now);
	put(&ctx, "insert into served (court, docket, number, paper, party, sent, arrived, effective, ground, note, entry)"
		" values ('132', 'answ', 1, 1, 2, $1, 0, 0, '', '', 0)", now - 5 * 86400 + 1);
	CHECK_TEXT(tasks_of(&ctx, clerk), "LIMIT answ SET_EVIDENCE_TERM over; LIMIT send SERVE; HEARING hear -");
	put(&ctx, "update served set sent = sent - $1 where court = '132'", 1);
	CHECK_TEXT(tasks_of(&ctx, clerk),
		   "LIMIT answ SET_EVIDENCE_TERM over; LIMIT send SERVE; HEARING hear -; SERVICE answ RECORD_SERVICE");

	/* Proposed only when the last party's time to appeal is over. */
	with_parties(&ctx, (struct desk_case){ "132", "judg", "APPEALABLE", NULL, other, now, now });
	desk_limit(&ctx, (struct desk_limit){ "132", "judg", "APPEAL", 1, 1, today - 9, NULL });
	CHECK_TEXT(tasks_of(&ctx, other), "HEARING hear OPEN");
	desk_limit(&ctx, (struct desk_limit){ "132", "judg", "APPEAL", 2, 2, today, NULL });
	CHECK(!strstr(tasks_of(&ctx, other), "EFFECT"));
	put(&ctx, "update deadline set ends = ends - $1 where court = '132' and docket = 'judg'", 1);
	CHECK(strstr(tasks_of(&ctx, other), "EFFECT judg TAKE_EFFECT over") != NULL);

	/* An unpaid fee is proposed to the judge, not while relief is asked for. */
	with_parties(&ctx, (struct desk_case){ "132", "fee", "FEE_DUE", NULL, judge, now, now });
	desk_limit(&ctx, (struct desk_limit){ "132", "fee", "FEE_PAYMENT", 1, 1, today - 1, NULL });
	CHECK(strstr(tasks_of(&ctx, judge), "UNPAID fee DEEM_WITHDRAWN over") != NULL);
	CHECK(strstr(tasks_of(&ctx, clerk), "UNPAID fee - over") != NULL);
	put(&ctx, "insert into motion (court, docket, number, kind, party, state, opened, decided)"
		" values ('132', 'fee', 1, 'RELIEF', 1, 'open', 1, $1)", 0);
	CHECK(!strstr(tasks_of(&ctx, judge), "UNPAID"));

	/* Who holds two offices finds what belongs to both once. */
	CHECK(!db_together(&ctx, network_post, &(struct network_post){ "132", filing, OFFICE_CLERK }));
	const char *both = tasks_of(&ctx, filing), *once = strstr(both, "SERVICE answ");
	CHECK(once && !strstr(once + 1, "SERVICE answ") && strstr(both, "LIMIT file REGISTER"));

	network_end(&ctx, store);
	return check_end();
}
