#include "suit.h"
#include "../../src/court/directory.h"
#include "../../src/court/linking.h"
#include "../../src/court/service.h"
#include "../../src/court/verification.h"
#include "../../src/base/cursor.h"

/* Somebody who was sued before having an account finds the case once verified, and only the case
 * that was served, and only under the own number. */

static int test_linking_cases(struct suit *suit, const char *account)
{
	struct directory_row *row;
	size_t count = 0;
	CHECK(!directory_list(&suit->ctx, suit_person(suit, account), &cursor_start, 200, &row, &count));
	return (int)count;
}

static int test_linking_letters(struct suit *suit, const char *account)
{
	struct service_letter *letter;
	size_t count = 0;
	CHECK(!service_inbox(&suit->ctx, suit_person(suit, account), &cursor_start, 200, &letter, &count));
	return (int)count;
}

static const char *test_linking_sue(struct suit *suit, const char *name, const char *number, bool serve)
{
	const char *id = id_new(suit->ctx.mem);
	suit_clock(suit, "2026-09-01 09:30");
	suit_do(suit, "zhangwei", id, ACT_SUBMIT, suit_form(suit, suit_complaint(suit), "defendants.1.name", name,
		"defendants.1.number", number, NULL));
	if (!serve)
		return id;
	suit_do(suit, "bj-filing", id, ACT_REGISTER, suit_form(suit, NULL, "procedure", "ordinary", NULL));
	suit_pay(suit, id);
	suit_do(suit, "bj-clerk", id, ACT_SERVE, form_begin(suit->ctx.mem));
	return id;
}

static enum mc_err test_linking_sees(struct suit *suit, const char *account, const char *id)
{
	struct ctx ctx = suit_ctx(suit, account);
	struct docket d;
	return docket_load(&ctx, SUIT_COURT, id, &d);
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	const char *served = test_linking_sue(&suit, "王强", "110000198809200034", true);
	const char *filed = test_linking_sue(&suit, "王强", "110000 19880920 0034", false);
	const char *other = test_linking_sue(&suit, "王强", "", true);
	const char *corrected = test_linking_sue(&suit, "王强", "110000198809200034", false);
	/* Named by mistake: corrected to somebody else before it was served. */
	suit_do(&suit, "bj-filing", corrected, ACT_NOTIFY_CORRECTION, suit_form(&suit, NULL, "defects.1.what", "被告身份有误",
		"defects.1.how", "请核对被告", "until", "2026-09-10", NULL));
	suit_do(&suit, "zhangwei", corrected, ACT_CORRECT, suit_complaint(&suit));

	CHECK_INT(test_linking_sees(&suit, "wangqiang", served), MC_UNKNOWN);
	CHECK_INT(test_linking_cases(&suit, "wangqiang"), 0);
	CHECK_INT(test_linking_letters(&suit, "wangqiang"), 0);
	/* Registered is not verified. */
	CHECK(!linking_person(&suit.ctx, suit_person(&suit, "wangqiang")));
	CHECK_INT(test_linking_sees(&suit, "wangqiang", served), MC_UNKNOWN);

	struct ctx clerk = suit_ctx(&suit, "bj-filing");
	CHECK(!verification_grant(&clerk, suit_person(&suit, "wangqiang"), "窗口核对身份证"));
	CHECK(jobs_run(suit.store) > 0);
	CHECK_INT(test_linking_sees(&suit, "wangqiang", served), MC_OK);
	CHECK_INT(test_linking_cases(&suit, "wangqiang"), 1);
	CHECK_INT(test_linking_letters(&suit, "wangqiang"), 4);
	CHECK_INT(test_linking_sees(&suit, "wangqiang", filed), MC_UNKNOWN);
	CHECK_INT(test_linking_sees(&suit, "wangqiang", other), MC_UNKNOWN);
	CHECK_INT(test_linking_sees(&suit, "wangqiang", corrected), MC_UNKNOWN);
	struct docket d = suit_docket(&suit, served);
	CHECK_TEXT(d.parties[1].person, suit_person(&suit, "wangqiang"));
	CHECK_TEXT(suit_docket(&suit, corrected).parties[1].person, suit_person(&suit, "lina"));

	/* Twice is once. */
	CHECK(!linking_person(&suit.ctx, suit_person(&suit, "wangqiang")));
	jobs_run(suit.store);
	CHECK_INT(test_linking_cases(&suit, "wangqiang"), 1);
	CHECK_INT(test_linking_letters(&suit, "wangqiang"), 4);

	/* The case that was only filed is linked, and seen when it is served. */
	CHECK_TEXT(suit_docket(&suit, filed).parties[1].person, suit_person(&suit, "wangqiang"));
	suit_do(&suit, "bj-filing", filed, ACT_REGISTER, suit_form(&suit, NULL, "procedure", "ordinary", NULL));
	suit_pay(&suit, filed);
	suit_do(&suit, "bj-clerk", filed, ACT_SERVE, form_begin(suit.ctx.mem));
	CHECK_INT(test_linking_sees(&suit, "wangqiang", filed), MC_OK);
	CHECK_INT(test_linking_cases(&suit, "wangqiang"), 2);
	suit_close(&suit);
	return check_end();
}
