/* A correction changes the parties of a case: whoever stays keeps number and consent, whoever goes keeps
 * nothing, and nobody comes into what was another's. */
#include "suit.h"
#include "../../src/court/directory.h"
#include "../../src/court/motion.h"
#include "../../src/base/cursor.h"

static struct form *test_complaint_with(struct suit *suit, const char *account)
{
	struct form *form = suit_complaint(suit);
	struct person second;
	if (!*account)
		return form;
	CHECK(!person_load(&suit->ctx, suit_person(suit, account), &second));
	return suit_form(suit, form, "plaintiffs.1.kind", "person", "plaintiffs.1.name", second.name, "plaintiffs.1.number",
		second.number, "plaintiffs.1.address", "北京市西城区示例大厦1201室", NULL);
}

static void test_complaint_notify(struct suit *suit, const char *id, const char *until)
{
	suit_do(suit, "bj-filing", id, ACT_NOTIFY_CORRECTION, suit_form(suit, NULL, "defects.1.what", "原告的身份有误",
		"defects.1.how", "请核对原告的身份", "until", until, "again", "补正后新出现的问题", NULL));
}

static int64_t test_complaint_count(struct suit *suit, const char *sql, const char *id, int64_t party)
{
	struct row *r = db_ask(&suit->ctx, sql, "tti", SUIT_COURT, id, party);
	return db_next(r) ? db_int(r, 0) : -1;
}

static const char test_complaint_open[] =
	"select count(*) from deadline where court = $1 and docket = $2 and rule = 'CORRECTION' and state = 'open' and party >= $3";
static const char test_complaint_served[] = "select count(*) from served where court = $1 and docket = $2 and party = $3";
static const char test_complaint_consent[] = "select eservice from party where court = $1 and docket = $2 and number = $3";

static bool test_complaint_sees(struct suit *suit, const char *account, const char *id)
{
	struct ctx ctx = suit_ctx(suit, account);
	struct docket d;
	struct directory_row *rows;
	size_t count;
	bool listed = false, sees = !docket_load(&ctx, SUIT_COURT, id, &d);
	CHECK(!directory_list(&ctx, ctx.person, &cursor_start, 200, &rows, &count));
	for (size_t i = 0; i < count; i++)
		listed |= !strcmp(rows[i].docket, id);
	CHECK_INT(listed, sees);
	return sees;
}

static void test_complaint_fewer(struct suit *suit)
{
	const char *id = id_new(suit->ctx.mem);
	suit_do(suit, "zhangwei", id, ACT_SUBMIT, test_complaint_with(suit, "lijing"));
	test_complaint_notify(suit, id, "2026-09-10");
	CHECK_INT(test_complaint_count(suit, test_complaint_served, id, 2), 1);
	CHECK_INT(test_complaint_count(suit, test_complaint_open, id, 0), 2);
	suit_do(suit, "lijing", id, ACT_RECEIVE, suit_form(suit, NULL, "papers", "2", "eservice", "yes", NULL));

	/* Nobody goes: consent given meanwhile stays. */
	suit_do(suit, "zhangwei", id, ACT_CORRECT, test_complaint_with(suit, "lijing"));
	CHECK_INT(test_complaint_count(suit, test_complaint_consent, id, 1), 1);
	CHECK_INT(test_complaint_count(suit, test_complaint_consent, id, 2), 1);
	CHECK_INT(test_complaint_count(suit, test_complaint_consent, id, 3), 0);

	/* One goes: the defendant does not come into the place. */
	test_complaint_notify(suit, id, "2026-09-11");
	suit_do(suit, "zhangwei", id, ACT_CORRECT, test_complaint_with(suit, ""));
	struct docket d = suit_docket(suit, id);
	CHECK_INT(d.parties_count, 2);
	CHECK(!docket_party(&d, 2));
	CHECK_TEXT(docket_party(&d, 3)->name, "李娜");
	CHECK_INT(test_complaint_count(suit, test_complaint_served, id, 3), 0);
	CHECK_INT(test_complaint_count(suit, test_complaint_open, id, 0), 0);
	CHECK(!test_complaint_sees(suit, "lijing", id));
	CHECK(test_complaint_sees(suit, "zhangwei", id));
	CHECK(!test_complaint_sees(suit, "lina", id));

	/* Somebody else comes: not with the number of who went. */
	test_complaint_notify(suit, id, "2026-09-12");
	suit_do(suit, "zhangwei", id, ACT_CORRECT, suit_form(suit, suit_complaint(suit), "plaintiffs.1.kind", "person",
		"plaintiffs.1.name", "周强", "plaintiffs.1.number", "110000198809200034", "plaintiffs.1.address", "示例路1号", NULL));
	d = suit_docket(suit, id);
	CHECK_INT(d.parties_count, 3);
	CHECK(!docket_party(&d, 2));
	CHECK_INT(docket_party(&d, 4)->side, SIDE_PLAINTIFF);
}

/* Whoever works in the court files there for nobody else and is nobody's agent. */
static void test_complaint_office(struct suit *suit)
{
	const char *id = id_new(suit->ctx.mem);
	struct person judge;
	CHECK(!person_load(&suit->ctx, suit_person(suit, "bj-judge1"), &judge));
	struct form *form = suit_form(suit, test_complaint_with(suit, "lijing"), "capacity", "agent", "scope", "general",
		"authority", SCAN_FILE, NULL);
	CHECK_INT(suit_try(suit, "bj-clerk", id, ACT_SUBMIT, form), MC_INVALID);
	CHECK_TEXT(suit->why, "agency.in_office");
	suit_do(suit, "hz-clerk", id, ACT_SUBMIT, form);
	id = suit_to(suit, STAGE_FEE_DUE);
	CHECK_INT(suit_try(suit, "zhangwei", id, ACT_GRANT_AUTHORITY, suit_form(suit, NULL, "name", judge.name, "number", judge.number,
		"kind", "kin", "scope", "general", "truth", "yes", NULL)), MC_INVALID);
	CHECK_TEXT(suit->why, "agency.in_office");
}

/* Whoever pays needs no relief any more: nobody could decide on it. */
static void test_complaint_paid(struct suit *suit)
{
	const char *id = suit_to(suit, STAGE_FEE_DUE);
	suit_do(suit, "zhangwei", id, ACT_ASK_RELIEF, suit_form(suit, NULL, "kind", "defer", "reasons", "家庭经济困难，暂时无力交纳。", NULL));
	CHECK_INT(suit_docket(suit, id).motions, 1u << MOTION_RELIEF);
	suit_pay(suit, id);
	struct docket d = suit_docket(suit, id);
	CHECK_INT(d.stage, STAGE_READY);
	CHECK_INT(d.motions, 0);
	struct row *r = db_ask(&suit->ctx, "select state from motion where court = $1 and docket = $2", "tt", SUIT_COURT, id);
	CHECK(db_next(r));
	CHECK_TEXT(db_text(r, 0), "lapsed");
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	test_complaint_fewer(&suit);
	test_complaint_office(&suit);
	test_complaint_paid(&suit);
	suit_close(&suit);
	return check_end();
}
