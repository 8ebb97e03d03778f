/* suit: a lawsuit for tests: a store with the sample network, and a case brought as far as a
 * test needs it, by the acts that would bring it there. */
#ifndef MC_SUIT_H
#define MC_SUIT_H
#include "check.h"
#include "database.h"
#include "folder.h"
#include "scan.h"
#include "../../src/base/arena.h"
#include "../../src/base/clock.h"
#include "../../src/base/day.h"
#include "../../src/base/id.h"
#include "../../src/court/act.h"
#include "../../src/court/fee_due.h"
#include "../../src/court/person.h"
#include "../../src/court/sample.h"
#include "../../src/court/served.h"
#include "../../src/jobs/jobs.h"
#include "../../src/store/db.h"
#include "../../src/store/schema.h"

#include <stdarg.h>

#define SUIT_COURT "132"

struct suit {
	struct ctx ctx;
	struct store *store;
	char directory[200], database[DATABASE_SIZE];
	struct act_done done;           /* of the last act */
	const char *why, *field;        /* it failed, "" if it did not */
};

/* It is now this hour, for the acts and for the jobs. */
static inline void suit_clock(struct suit *suit, const char *hour)
{
	CHECK(day_time_parse(hour, &suit->ctx.now));
	clock_set(suit->ctx.now);
}

static inline void suit_open(struct suit *suit)
{
	*suit = (struct suit){ .ctx = { .mem = arena_begin_ceiling(SIZE_MAX), .person = "", .session = "test", .device = "test" } };
	folder_make(suit->directory, sizeof suit->directory);
	database_make(suit->database, sizeof suit->database);
	suit_clock(suit, "2026-09-01 09:30");
	CHECK(!db_open(&suit->ctx, suit->directory, suit->database, &suit->store));
	CHECK(!schema_apply(&suit->ctx));
	CHECK(!sample_create(&suit->ctx));
	CHECK(!scan_store(&suit->ctx, suit->store));
}

static inline void suit_close(struct suit *suit)
{
	arena_end(suit->ctx.mem);
	folder_remove(suit->directory);
	clock_set(0);
}

static inline const char *suit_person(struct suit *suit, const char *account)
{
	const char *id = "";
	if (!strcmp(account, DOCKET_SYSTEM))
		return DOCKET_SYSTEM;
	CHECK(!person_by_account(&suit->ctx, account, &id));
	return id;
}

/* Names and values, ending with NULL, over those of a form (or NULL). */
static inline struct form *suit_form(struct suit *suit, const struct form *like, ...)
{
	struct form *form = form_begin(suit->ctx.mem);
	for (size_t i = 0; like && i < like->count; i++)
		form_set(form, like->pair[i].name, like->pair[i].value);
	va_list list;
	va_start(list, like);
	for (const char *name = va_arg(list, const char *); name; name = va_arg(list, const char *))
		form_set(form, name, va_arg(list, const char *));
	va_end(list);
	return form;
}

/* 张伟 sues 李娜 for a loan. */
static inline struct form *suit_complaint(struct suit *suit)
{
	return suit_form(suit, NULL, "capacity", "self", "court", SUIT_COURT, "cause", "108.3",
		"defendants.1.kind", "person", "defendants.1.name", "李娜", "defendants.1.number", "110000199203050021",
		"defendants.1.address", "浙江省杭州市余杭区示例街8号",
		"claims.1.text", "判令被告偿还借款本金。", "claims.1.amount", "100000",
		"facts", "2025年3月1日，被告向原告借款十万元，到期后经原告多次催要，被告至今没有归还。",
		"items.1.name", "借条", "items.1.kind", "documentary", "items.1.purpose", "双方存在借款关系",
		"address", "北京市朝阳区示例街1号院", "eservice", "yes", "truth", "yes", NULL);
}

/* A context as a request of this person would have it. */
static inline struct ctx suit_ctx(struct suit *suit, const char *account)
{
	struct ctx ctx = suit->ctx;
	ctx.person = suit_person(suit, account);
	ctx.why = NULL;
	return ctx;
}

static inline struct docket suit_docket(struct suit *suit, const char *id)
{
	struct docket d = { .judge = "" };
	struct ctx ctx = suit_ctx(suit, DOCKET_SYSTEM);
	CHECK(!docket_load(&ctx, SUIT_COURT, id, &d));
	return d;
}

/* "judge" is the one of the case. */
static inline enum mc_err suit_try(struct suit *suit, const char *account, const char *id, enum act act, const struct form *form)
{
	bool judge = !strcmp(account, "judge");
	struct ctx ctx = suit_ctx(suit, judge ? DOCKET_SYSTEM : account);
	if (judge)
		ctx.person = suit_docket(suit, id).judge;
	enum mc_err err = act_perform(&ctx, &(struct act_ask){ SUIT_COURT, id, act, form, NULL, NULL }, &suit->done);
	suit->why = err && ctx.why ? ctx.why->key : "";
	suit->field = err && ctx.why && ctx.why->field ? ctx.why->field : "";
	return err;
}

/* It must be done; then what follows from it is done. */
static inline void suit_do(struct suit *suit, const char *account, const char *id, enum act act, const struct form *form)
{
	enum mc_err err = suit_try(suit, account, id, act, form);
	CHECK_INT(err, MC_OK);
	if (err)
		printf("  %s: %s %s\n", rule_of(act)->code, suit->why, suit->field);
	jobs_run(suit->store);
}

static inline void suit_pay(struct suit *suit, const char *id)
{
	struct ctx ctx = suit_ctx(suit, "zhangwei");
	struct docket d;
	const char *order;
	int64_t fen;
	CHECK(!docket_load(&ctx, SUIT_COURT, id, &d));
	CHECK(!fee_due_order(&ctx, &d, &order, &fen));
	CHECK(!fee_due_paid(&ctx, SUIT_COURT, order, fen, "test"));
	jobs_run(suit->store);
}

/* Every paper that waits for a party, as the form RECEIVE wants it. */
static inline struct form *suit_papers(struct suit *suit, const char *id, int party)
{
	struct docket d = suit_docket(suit, id);
	struct served *s;
	size_t count;
	const char *list = "";
	CHECK(!served_list(&suit->ctx, &d, party, true, &s, &count));
	for (size_t i = 0; i < count; i++)
		list = arena_print(suit->ctx.mem, "%s%s%d", list, *list ? "," : "", s[i].number);
	return suit_form(suit, NULL, "papers", list, NULL);
}

static inline struct form *suit_answer(struct suit *suit)
{
	return suit_form(suit, NULL, "stance", "deny", "reasons", "借款属实，但是已经归还三万元，有银行转账记录为证，不应当再支付。", "truth", "yes", NULL);
}

static inline struct form *suit_judgment(struct suit *suit)
{
	return suit_form(suit, NULL, "facts", "2025年3月1日，被告向原告借款十万元；2026年5月被告归还三万元。",
		"reasons", "借贷关系合法有效，被告应当归还尚欠的七万元本金，并支付逾期利息。",
		"articles.1.statute", "中华人民共和国民法典", "articles.1.article", "第六百七十五条",
		"orders.1.text", "被告李娜于本判决生效之日起十日内偿还原告张伟借款七万元。",
		"costs", "案件受理费由被告负担。", "manner", "fixed", NULL);
}

static inline struct form *suit_recusal(struct suit *suit)
{
	return suit_form(suit, NULL, "ground", "relation", "reasons", "审判员与对方当事人是大学同学，来往密切。", NULL);
}

/* A new case, moved on to this stage of the way to the judgment, or ended off it. The clock goes on. */
static inline const char *suit_to(struct suit *suit, enum stage stage)
{
	const char *id = id_new(suit->ctx.mem);
	struct form *none = form_begin(suit->ctx.mem);
	suit_clock(suit, "2026-09-01 09:30");
	suit_do(suit, "zhangwei", id, ACT_SUBMIT, stage == STAGE_RECEIVED
		? suit_form(suit, suit_complaint(suit), "desk", "B1W", NULL) : suit_complaint(suit));
	if (stage == STAGE_RECEIVED || stage == STAGE_SUBMITTED)
		return id;
	if (stage == STAGE_CORRECTING)
		suit_do(suit, "bj-filing", id, ACT_NOTIFY_CORRECTION, suit_form(suit, NULL, "defects.1.what", "没有写明利率",
			"defects.1.how", "请写明利率", "until", "2026-09-10", NULL));
	else if (stage == STAGE_REFUSED)
		suit_do(suit, "bj-filing", id, ACT_REFUSE, suit_form(suit, NULL, "ground", "interest",
			"reasons", "起诉人不是借款合同的相对人，与本案没有直接利害关系。", NULL));
	else if (stage == STAGE_WITHDRAWN)
		suit_do(suit, "zhangwei", id, ACT_RETRACT, none);
	else
		suit_do(suit, "bj-filing", id, ACT_REGISTER, suit_form(suit, NULL, "procedure", "ordinary", NULL));
	if (stage == STAGE_CORRECTING || stage == STAGE_REFUSED || stage == STAGE_WITHDRAWN || stage == STAGE_FEE_DUE)
		return id;
	suit_pay(suit, id);
	if (stage == STAGE_READY)
		return id;
	suit_do(suit, "bj-clerk", id, ACT_SERVE, none);
	suit_do(suit, "lina", id, ACT_RECEIVE, suit_papers(suit, id, 2));
	if (stage == STAGE_ANSWERING)
		return id;
	if (stage == STAGE_TRANSFERRED) {
		suit_do(suit, "lina", id, ACT_OBJECT_JURISDICTION, suit_form(suit, NULL, "court", "B1W",
			"reasons", "被告住所地在杭州，应当由杭州法院管辖。", NULL));
		suit_do(suit, "judge", id, ACT_RULE_JURISDICTION, suit_form(suit, NULL, "decision", "transfer", "court", "B1W",
			"reasons", "异议成立，移送有管辖权的法院。", NULL));
		return id;
	}
	suit_do(suit, "lina", id, ACT_ANSWER, suit_answer(suit));
	suit_do(suit, "judge", id, ACT_SET_EVIDENCE_TERM, suit_form(suit, NULL, "until", "2026-09-17", NULL));
	if (stage == STAGE_EXCHANGING)
		return id;
	suit_clock(suit, "2026-09-18 10:00");
	suit_do(suit, "judge", id, ACT_SCHEDULE, suit_form(suit, NULL, "at", "2026-09-24T09:30", "place", "第三法庭", "open", "public", NULL));
	if (stage == STAGE_SCHEDULED)
		return id;
	suit_clock(suit, "2026-09-24 09:30");
	suit_do(suit, "judge", id, ACT_OPEN, suit_form(suit, NULL, "present", "1,2", "rights", "yes", "recusal", "none", NULL));
	if (stage == STAGE_HEARING)
		return id;
	suit_do(suit, "bj-clerk", id, ACT_RECORD, suit_form(suit, NULL, "lines.1.speaker", "审判员", "lines.1.words", "现在开庭。", NULL));
	suit_do(suit, "judge", id, ACT_CLOSE_HEARING, suit_form(suit, NULL, "debate", "yes", "last_words", "yes", "mediation", "none", NULL));
	if (stage == STAGE_DELIBERATING)
		return id;
	suit_do(suit, "judge", id, ACT_PRONOUNCE, suit_judgment(suit));
	if (stage == STAGE_APPEALABLE)
		return id;
	suit_do(suit, "lina", id, ACT_RECEIVE, suit_papers(suit, id, 2));
	if (stage == STAGE_APPEALED) {
		suit_do(suit, "lina", id, ACT_APPEAL, suit_form(suit, NULL, "request", "请求撤销一审判决。",
			"reasons", "一审判决对还款事实的认定没有依据。", "truth", "yes", NULL));
		return id;
	}
	suit_clock(suit, "2026-10-20 09:30");
	suit_do(suit, "bj-clerk", id, ACT_TAKE_EFFECT, none);
	if (stage == STAGE_EFFECTIVE)
		return id;
	suit_do(suit, "bj-clerk", id, ACT_CLOSE, suit_form(suit, NULL, "manner", "judgment", NULL));
	return id;
}

#endif
