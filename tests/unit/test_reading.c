/* Who may read which paper: the court, the one who wrote it, the one on whom it was
 * served, and nobody else; and what was sent must be received before it opens. */
#include "network.h"
#include "../../src/court/claim.h"
#include "../../src/court/motion.h"
#include "../../src/court/reading.h"
#include "../../src/court/act.h"
#include "../../src/court/fee_due.h"
#include "../../src/base/form.h"

#include <stdarg.h>
#include <string.h>

static const char *const complaint[] = { "capacity",
					 "self",
					 "court",
					 "132",
					 "cause",
					 "108.3",
					 "defendants.1.kind",
					 "person",
					 "defendants.1.name",
					 "李娜",
					 "defendants.1.address",
					 "示例路2号",
					 "claims.1.text",
					 "判令被告偿还借款本金。",
					 "claims.1.amount",
					 "1000.00",
					 "claims.2.text",
					 "判令被告赔礼道歉。",
					 "facts",
					 "2025年3月1日，被告向原告借款一千元，到期没有归还，原告多次催要。",
					 "address",
					 "示例路1号",
					 "eservice",
					 "no",
					 "truth",
					 "yes",
					 NULL };

static struct form *said(struct ctx *ctx, const char *const *pairs)
{
	struct form *form = form_begin(ctx->mem);
	for (; *pairs; pairs += 2)
		form_set(form, pairs[0], pairs[1]);
	return form;
}

static void does(struct ctx *ctx, const char *person, enum act act, const char *const *pairs)
{
	struct act_done done;
	ctx->person = person;
	CHECK_INT(act_perform(ctx, &(struct act_ask){ "132", "c1", act, said(ctx, pairs), NULL, NULL }, &done),
		  MC_OK);
	ctx_forget(ctx);
}

static struct docket sees(struct ctx *ctx, const char *person)
{
	struct docket d = { 0 };
	ctx->person = person;
	CHECK_INT(docket_load(ctx, "132", "c1", &d), MC_OK);
	return d;
}

/* How the newest paper of a kind stands for somebody. */
static enum reading_state state(struct ctx *ctx, const char *person, enum paper_kind kind, int *number)
{
	struct docket d = sees(ctx, person);
	struct reading *all;
	size_t count;
	CHECK_INT(reading_list(ctx, &d, &all, &count), MC_OK);
	for (size_t i = 0; i < count; i++)
		if (all[i].paper.kind == kind) {
			if (number)
				*number = all[i].paper.number;
			return all[i].state;
		}
	return READING_NONE;
}

static bool informed(struct ctx *ctx, const char *person)
{
	struct docket d = sees(ctx, person);
	struct reading *all;
	size_t count;
	CHECK_INT(reading_list(ctx, &d, &all, &count), MC_OK);
	return reading_informed(&d, all, count);
}

static const char *words(struct ctx *ctx, const char *person, int number)
{
	struct docket d = sees(ctx, person);
	struct reading r;
	enum mc_err err = reading_load(ctx, &d, number, &r);
	ctx_forget(ctx);
	return err ? NULL : r.paper.body;
}

struct link_job {
	const char *person;
};

static enum mc_err name_defendant(struct ctx *ctx, void *arg)
{
	const struct link_job *job = arg;
	return db_do(ctx, "update party set person = $1 where court = '132' and docket = 'c1' and side = 2",
		     "t", job->person);
}

/* The desk of another court knows the case until it has passed it on. */
static void test_reading_desk(void)
{
	struct docket d = { .roles = ROLE_DESK, .stage = STAGE_RECEIVED };
	CHECK(reading_informed(&d, NULL, 0));
	d.stage = STAGE_SUBMITTED;
	CHECK(!reading_informed(&d, NULL, 0));
	d.stage = STAGE_EXCHANGING;
	CHECK(!reading_informed(&d, NULL, 0));
	d.roles |= ROLE_FILING;
	CHECK(reading_informed(&d, NULL, 0));
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	static const char *const nothing[] = { NULL };
	const char *filing = network_staff(&ctx, "立案员", 1, "132", OFFICE_FILING);
	const char *clerk = network_staff(&ctx, "书记员", 2, "132", OFFICE_CLERK);
	network_staff(&ctx, "审判员", 3, "132", OFFICE_JUDGE);
	const char *plaintiff = network_verified(&ctx, "张伟", 4),
		   *defendant = network_verified(&ctx, "李娜", 5);
	const char *stranger = network_verified(&ctx, "路人", 6);
	int number = 0;

	does(&ctx, plaintiff, ACT_SUBMIT, complaint);
	CHECK(!db_together(&ctx, name_defendant, &(struct link_job){ defendant }));
	CHECK_INT(state(&ctx, plaintiff, PAPER_COMPLAINT, &number), READING_OPEN);
	CHECK_INT(state(&ctx, plaintiff, PAPER_RECEIPT, NULL), READING_OPEN);
	CHECK_INT(state(&ctx, filing, PAPER_COMPLAINT, NULL), READING_OPEN);
	CHECK(strstr(words(&ctx, plaintiff, number), "赔礼道歉") != NULL);
	struct docket d;
	ctx.person = stranger;
	CHECK_WHY(docket_load(&ctx, "132", "c1", &d), MC_UNKNOWN, "docket.unknown");

	/* What the claims are. */
	d = sees(&ctx, plaintiff);
	struct claim *claims;
	size_t count;
	CHECK_INT(claim_list(&ctx, &d, &claims, &count), MC_OK);
	CHECK_INT(count, 2);
	CHECK_INT(claims[0].amount, 100000);
	CHECK_INT(claims[1].amount, 0);

	/* A notice is sent, and opens on receipt. */
	does(&ctx, filing, ACT_REGISTER, (const char *const[]){ "procedure", "summary", NULL });
	int notice = 0;
	CHECK_INT(state(&ctx, plaintiff, PAPER_FEE_NOTICE, &notice), READING_SENT);
	CHECK_INT(state(&ctx, clerk, PAPER_FEE_NOTICE, NULL), READING_OPEN);
	CHECK_TEXT(words(&ctx, plaintiff, notice), "");
	CHECK(words(&ctx, clerk, notice)[0] != '\0');
	CHECK(words(&ctx, plaintiff, 999) == NULL);
	does(&ctx, plaintiff, ACT_RECEIVE, (const char *const[]){ "papers", "1,2,3,4", NULL });
	CHECK_INT(state(&ctx, plaintiff, PAPER_FEE_NOTICE, NULL), READING_OPEN);

	/* The defendant learns of the complaint when it is served, and reads it when it has been received. */
	const char *order;
	int64_t fen;
	d = sees(&ctx, plaintiff);
	CHECK_INT(fee_due_order(&ctx, &d, &order, &fen), MC_OK);
	CHECK_INT(fee_due_paid(&ctx, "132", order, fen, "ref"), MC_OK);
	does(&ctx, clerk, ACT_SERVE, nothing);
	CHECK_INT(state(&ctx, defendant, PAPER_COMPLAINT, NULL), READING_SENT);
	CHECK_INT(state(&ctx, defendant, PAPER_RECEIPT, NULL), READING_NONE);
	CHECK_INT(state(&ctx, defendant, PAPER_FEE_NOTICE, NULL), READING_NONE);
	CHECK(words(&ctx, defendant, notice) == NULL);
	CHECK_TEXT(words(&ctx, defendant, number), "");
	CHECK(!informed(&ctx, defendant));
	CHECK(informed(&ctx, plaintiff));
	CHECK(informed(&ctx, clerk));
	does(&ctx, defendant, ACT_ANSWER,
	     (const char *const[]){ "stance", "deny", "reasons",
				    "借款早已归还，有转账记录为证，不应当再支付。", "truth", "yes", NULL });
	CHECK_INT(state(&ctx, defendant, PAPER_COMPLAINT, NULL), READING_OPEN);
	CHECK(informed(&ctx, defendant));
	CHECK_INT(state(&ctx, defendant, PAPER_ANSWER, NULL), READING_OPEN);
	CHECK_INT(state(&ctx, plaintiff, PAPER_ANSWER, NULL), READING_SENT);

	/* What was filled in is for the court and for who did it. */
	struct chain_entry *entries;
	d = sees(&ctx, defendant);
	CHECK_INT(chain_list(&ctx, &d, 0, 100, &entries, &count), MC_OK);
	CHECK(!reading_entry(&ctx, &d, &entries[0]));
	CHECK(reading_entry(&ctx, &d, &entries[count - 1]));
	d = sees(&ctx, clerk);
	CHECK(reading_entry(&ctx, &d, &entries[0]));

	/* An open request, and who made it. */
	struct motion_row *motions;
	does(&ctx, defendant, ACT_ASK_RECUSAL,
	     (const char *const[]){ "ground", "kin", "reasons", "审判员是原告的近亲属，应当回避。", NULL });
	d = sees(&ctx, clerk);
	CHECK_INT(motion_list(&ctx, &d, &motions, &count), MC_OK);
	CHECK_INT(count, 1);
	CHECK_INT(motions[0].kind, MOTION_RECUSAL);
	CHECK_INT(motions[0].party, 2);
	CHECK_INT(motions[0].entry, d.entries);
	CHECK(!reading_unopened(&ctx, &d, number));
	network_end(&ctx, store);
	test_reading_desk();
	return check_end();
}
