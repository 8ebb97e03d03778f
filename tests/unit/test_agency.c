/* Who acts for whom when a correction has changed the parties: an agent never becomes that of
 * somebody who did not appoint them, least of all of the other side. */
#include "network.h"
#include "../../src/base/form.h"
#include "../../src/court/act.h"
#include "../../src/court/agency.h"

#include <string.h>

static const char *const agency_form[][2] = {
	{ "capacity", "agent" }, { "scope", "special" }, { "court", "132" }, { "cause", "108.3" },
	{ "plaintiffs.1.kind", "person" }, { "plaintiffs.1.name", "张伟" }, { "plaintiffs.1.address", "示例路1号" },
	{ "defendants.1.kind", "person" }, { "defendants.1.name", "李娜" }, { "defendants.1.address", "示例路2号" },
	{ "claims.1.text", "判令被告偿还借款本金。" }, { "claims.1.amount", "1000.00" },
	{ "facts", "2025年3月1日，被告向原告借款一千元，到期没有归还，原告多次催要。" },
	{ "address", "示例路3号" }, { "eservice", "no" }, { "truth", "yes" },
};

static void test_agency_does(struct ctx *ctx, const char *person, enum act act, struct form *form)
{
	struct act_done done;
	ctx->person = person;
	CHECK_INT(act_perform(ctx, &(struct act_ask){ "132", "c1", act, form, NULL, NULL }, &done), MC_OK);
	ctx_forget(ctx);
}

static struct form *test_agency_complaint(struct ctx *ctx, const char *second)
{
	struct form *form = form_begin(ctx->mem);
	for (size_t i = 0; i < sizeof agency_form / sizeof *agency_form; i++)
		form_set(form, agency_form[i][0], agency_form[i][1]);
	form_set(form, "authority", SCAN_FILE);
	form_set(form, "plaintiffs.1.number", network_number(ctx, 4));
	form_set(form, "defendants.1.number", network_number(ctx, 5));
	if (*second) {
		form_set(form, "plaintiffs.2.kind", "person");
		form_set(form, "plaintiffs.2.name", "赵敏");
		form_set(form, "plaintiffs.2.number", second);
		form_set(form, "plaintiffs.2.address", "示例路4号");
	}
	return form;
}

static struct form *test_agency_defects(struct ctx *ctx)
{
	struct form *form = form_begin(ctx->mem);
	form_set(form, "until", "2026-09-20");
	form_set(form, "again", "yes");
	form_set(form, "defects.1.what", "原告有误");
	form_set(form, "defects.1.how", "请更正原告");
	return form;
}

/* How many agents a party has. */
static int test_agency_of(struct ctx *ctx, const char *person, int party)
{
	struct docket d = { 0 };
	struct agency_row *rows;
	size_t count = 0;
	int n = 0;
	ctx->person = person;
	CHECK_INT(docket_load(ctx, "132", "c1", &d), MC_OK);
	CHECK_INT(agency_list(ctx, &d, &rows, &count), MC_OK);
	for (size_t i = 0; i < count; i++)
		n += rows[i].party == party;
	return n;
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	const char *filing = network_staff(&ctx, "立案员", 1, "132", OFFICE_FILING);
	const char *lawyer = network_verified(&ctx, "李静", 3);
	network_verified(&ctx, "张伟", 4);
	network_verified(&ctx, "李娜", 5);

	test_agency_does(&ctx, lawyer, ACT_SUBMIT, test_agency_complaint(&ctx, network_number(&ctx, 6)));
	CHECK_INT(test_agency_of(&ctx, filing, 1), 1);
	CHECK_INT(test_agency_of(&ctx, filing, 2), 1);
	/* The second plaintiff goes, and nobody takes the number. */
	test_agency_does(&ctx, filing, ACT_NOTIFY_CORRECTION, test_agency_defects(&ctx));
	test_agency_does(&ctx, lawyer, ACT_CORRECT, test_agency_complaint(&ctx, ""));
	CHECK_INT(test_agency_of(&ctx, filing, 1), 1);
	CHECK_INT(test_agency_of(&ctx, filing, 2), 0);
	CHECK_INT(test_agency_of(&ctx, filing, 3), 0);
	/* Another plaintiff comes, with the agent who signs for both. */
	test_agency_does(&ctx, filing, ACT_NOTIFY_CORRECTION, test_agency_defects(&ctx));
	test_agency_does(&ctx, lawyer, ACT_CORRECT, test_agency_complaint(&ctx, network_number(&ctx, 7)));
	CHECK_INT(test_agency_of(&ctx, lawyer, 1), 1);
	CHECK_INT(test_agency_of(&ctx, lawyer, 4), 1);
	CHECK_INT(test_agency_of(&ctx, lawyer, 3), 0);

	network_end(&ctx, store);
	return check_end();
}
