/* What a browser or a program sends becomes the values of an act. */
#include "network.h"
#include "../../src/base/form.h"
#include "../../src/web/form_sent.h"

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct form *sent_form(struct ctx *ctx, const char *const *pair)
{
	struct form *form = form_begin(ctx->mem);
	for (; *pair; pair += 2)
		form_set(form, pair[0], pair[1]);
	return form;
}

#define SENT(...) sent_form(&ctx, (const char *const[]){ __VA_ARGS__, NULL })

static struct form *sent_values(struct ctx *ctx, enum act act, int section, struct form *form)
{
	struct form *out;
	struct ask ask = { .form = form, .files = form_begin(ctx->mem) };
	CHECK(!form_sent_values(ctx, &ask, act, section, NULL, &out));
	return out;
}

static void sent_test_names(struct ctx ctx)
{
	struct form_sent_name name;
	CHECK(form_sent_name(ctx.mem, ACT_SUBMIT, "claims.2.amount", &name));
	CHECK_TEXT(name.group, "claims");
	CHECK_INT(name.row, 2);
	CHECK_INT(name.section, 6);
	CHECK_TEXT(name.rest, "");
	CHECK(form_sent_name(ctx.mem, ACT_SUBMIT, "court.words", &name));
	CHECK_TEXT(name.field->name, "court");
	CHECK_TEXT(name.rest, "words");
	CHECK(form_sent_name(ctx.mem, ACT_SUBMIT, "items.10.file.kept", &name));
	CHECK_INT(name.row, 10);
	CHECK_TEXT(name.rest, "kept");
	static const char *const bad[] = { "", "courts", "claims", "claims.amount", "claims.0.amount", "claims.02.amount",
		"claims.99999.amount", "amount", "claims.1.", "claims.1", "csrf", "do", "kind", ".court" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!form_sent_name(ctx.mem, ACT_SUBMIT, bad[i], &name));
	CHECK_INT(form_sent_section(ACT_SUBMIT, "defendants.1"), 5);
	CHECK_INT(form_sent_section(ACT_SUBMIT, "defendants"), 5);
	CHECK_INT(form_sent_section(ACT_SUBMIT, "truth"), 9);
	CHECK_INT(form_sent_section(ACT_SUBMIT, "nothing"), 0);
}

static void sent_test_search(struct ctx ctx)
{
	struct form *out = sent_values(&ctx, ACT_SUBMIT, 0, SENT("court", "北京互联网法院", "desk", " Beijing Haidian District People's Court ",
		"cause", "民间借贷纠纷", "csrf", "x", "do", "next"));
	CHECK_TEXT(form_get(out, "court"), "132");
	CHECK_TEXT(form_get(out, "desk"), "114");
	CHECK_TEXT(cause_find(form_get(out, "cause"))->name[LANG_ZH], "民间借贷纠纷");
	CHECK_INT(out->count, 3);
	out = sent_values(&ctx, ACT_SUBMIT, 0, SENT("court", "互联网", "cause", "借钱不还"));
	CHECK_TEXT(form_get(out, "court"), "互联网");
	CHECK_TEXT(form_get(out, "cause"), "借钱不还");
	CHECK(!ctx.why);
	/* New words beside the list win over what is still ticked in it. */
	out = sent_values(&ctx, ACT_SUBMIT, 0, SENT("court", "132", "court.words", "北京市海淀区人民法院"));
	CHECK_TEXT(form_get(out, "court"), "114");
	out = sent_values(&ctx, ACT_SUBMIT, 0, SENT("court.words", "广州互联网法院", "court", "132"));
	CHECK_TEXT(form_get(out, "court"), "J1G");
	out = sent_values(&ctx, ACT_SUBMIT, 3, SENT("court", "132", "cause", "74"));
	CHECK_INT(out->count, 1);
}

static void sent_test_ticks(struct ctx ctx)
{
	struct form *out = sent_values(&ctx, ACT_RECEIVE, 0, SENT("papers.is.1", "yes", "papers.is.3", "yes"));
	CHECK_TEXT(form_get(out, "papers"), "1,3");
	out = sent_values(&ctx, ACT_RECEIVE, 0, SENT("papers.1", "4", "papers.2", "5"));
	CHECK_TEXT(form_get(out, "papers"), "4,5");
	out = sent_values(&ctx, ACT_RECEIVE, 0, SENT("papers", "4,5"));
	CHECK_TEXT(form_get(out, "papers"), "4,5");
	out = sent_values(&ctx, ACT_ANSWER, 0, SENT("truth", "true"));
	CHECK_TEXT(form_get(out, "truth"), "yes");
	out = sent_values(&ctx, ACT_ANSWER, 0, SENT("truth", "false"));
	CHECK_INT(out->count, 0);
}

static void sent_test_rows(struct ctx ctx)
{
	/* Rows that hold only what they opened with go; the first, which must be there, stays. */
	struct form *out = sent_values(&ctx, ACT_SUBMIT, 0, SENT("items.1.kind", "documentary", "items.2.kind", "documentary",
		"items.2.name", "合同", "items.3.kind", "physical", "defendants.1.kind", "person", "defendants.2.kind", "person"));
	CHECK_INT(form_rows(out, "items"), 2);
	CHECK_TEXT(form_at(out, "items", 1, "name"), "合同");
	CHECK_TEXT(form_at(out, "items", 2, "kind"), "physical");
	CHECK_INT(form_rows(out, "defendants"), 1);
	form_sent_clear(out, ACT_SUBMIT, 8);
	CHECK_INT(form_rows(out, "items"), 0);
	CHECK_INT(form_rows(out, "defendants"), 1);
}

static void sent_test_files(struct ctx ctx)
{
	const char *value = DIGEST " 5 text/plain a.txt";
	struct form *out, *own = SENT("proof", value);
	struct ask ask = { .form = SENT("proof", value, "reasons", "没有收入"), .files = form_begin(ctx.mem) };
	CHECK_WHY(form_sent_values(&ctx, &ask, ACT_ASK_RELIEF, 0, NULL, &out), MC_INVALID, "form.file_unknown");
	CHECK_TEXT(form_get(out, "proof"), "");
	CHECK_TEXT(form_get(out, "reasons"), "没有收入");
	CHECK(!form_sent_values(&ctx, &ask, ACT_ASK_RELIEF, 0, own, &out));
	CHECK_TEXT(form_get(out, "proof"), value);
	ask.form = SENT("proof.kept", value);
	CHECK_WHY(form_sent_values(&ctx, &ask, ACT_ASK_RELIEF, 0, NULL, &out), MC_INVALID, "form.file_unknown");
	CHECK(!form_sent_values(&ctx, &ask, ACT_ASK_RELIEF, 0, own, &out));
	CHECK_TEXT(form_get(out, "proof"), value);
	/* Words of one's own that look like a file are no file of one's own. */
	CHECK_WHY(form_sent_values(&ctx, &ask, ACT_ASK_RELIEF, 0, SENT("reasons", value), &out), MC_INVALID, "form.file_unknown");
	/* A new file takes the place of the one that was kept. */
	const char *fresh = DIGEST " 6 text/plain b.txt";
	ask.form = SENT("proof.kept", value, "proof", fresh);
	ask.files = SENT("proof", fresh);
	CHECK(!form_sent_values(&ctx, &ask, ACT_ASK_RELIEF, 0, own, &out));
	CHECK_TEXT(form_get(out, "proof"), fresh);
}

static void sent_test_check(struct ctx ctx)
{
	struct form *f = SENT("court", "互联网", "reasons", "被告住所地不在本院辖区，合同也不在这里履行。");
	CHECK_WHY(form_sent_check(&ctx, ACT_OBJECT_JURISDICTION, 0, f), MC_INVALID, "form.court");
	form_set(f, "court", "132");
	CHECK(!form_sent_check(&ctx, ACT_OBJECT_JURISDICTION, 0, f));
	form_set(f, "reasons", "");
	CHECK_WHY(form_sent_check(&ctx, ACT_OBJECT_JURISDICTION, 0, f), MC_INVALID, "form.required");
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	sent_test_names(ctx);
	sent_test_search(ctx);
	sent_test_ticks(ctx);
	sent_test_rows(ctx);
	sent_test_files(ctx);
	sent_test_check(ctx);
	network_end(&ctx, store);
	return check_end();
}
