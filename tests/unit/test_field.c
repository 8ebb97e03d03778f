#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/text.h"
#include "../../src/law/field.h"

#include <string.h>

#define GOOD_FILE "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef 12 application/pdf 借条 正面.pdf"

static struct ctx test_field_ctx(void)
{
	return (struct ctx){ .mem = arena_begin(), .person = "", .session = "", .device = "", .lang = LANG_ZH };
}

/* What becomes of one value of a form: the clean value, or the first reason ("!form.money"). */
static const char *test_field_one(struct arena *mem, enum act act, const char *name, const char *value)
{
	struct ctx ctx = { .mem = mem, .person = "", .session = "", .device = "", .lang = LANG_ZH };
	struct form *in = form_begin(mem), *out;
	form_set(in, name, value);
	(void)field_check(&ctx, act, 0, in, &out);
	for (const struct why *w = ctx.why; w; w = w->next)
		if (w->field && !strcmp(w->field, name))
			return arena_print(mem, "!%s", w->key);
	return form_get(out, name);
}

static const struct { enum act act; const char *name, *value, *clean; } test_field_cases[] = {
	/* lines: one line, trimmed, within bounds counted in characters */
	{ ACT_SUBMIT, "defendants.1.name", "李娜", "李娜" },
	{ ACT_SUBMIT, "defendants.1.name", "  李娜　", "李娜" },
	{ ACT_SUBMIT, "defendants.1.name", "李", "!form.too_short" },
	{ ACT_SUBMIT, "defendants.1.name", "李\n娜", "!form.one_line" },
	{ ACT_SUBMIT, "defendants.1.name", "   ", "!form.required" },
	{ ACT_NOTIFY_CORRECTION, "defects.1.what", "四个汉字", "四个汉字" },
	{ ACT_NOTIFY_CORRECTION, "defects.1.what", "三个字", "!form.too_short" },
	/* long text keeps its lines */
	{ ACT_REFUSE, "reasons", "一行\n二行\n三行四行五行六行七行八行九行十行", "一行\n二行\n三行四行五行六行七行八行九行十行" },
	{ ACT_REFUSE, "reasons", "太短", "!form.too_short" },
	/* money becomes fen's own writing */
	{ ACT_SUBMIT, "claims.1.amount", "100000", "100000.00" },
	{ ACT_SUBMIT, "claims.1.amount", "100,000.5", "100000.50" },
	{ ACT_SUBMIT, "claims.1.amount", "0.01", "0.01" },
	{ ACT_SUBMIT, "claims.1.amount", "-1", "!form.money" },
	{ ACT_SUBMIT, "claims.1.amount", "1.234", "!form.money" },
	{ ACT_SUBMIT, "claims.1.amount", "十万", "!form.money" },
	{ ACT_SUBMIT, "claims.1.amount", "1e9", "!form.money" },
	{ ACT_SUBMIT, "claims.1.amount", "99999999999999999999999", "!form.money" },
	/* days and moments */
	{ ACT_NOTIFY_CORRECTION, "until", "2026-09-10", "2026-09-10" },
	{ ACT_NOTIFY_CORRECTION, "until", "2026-02-30", "!form.day" },
	{ ACT_NOTIFY_CORRECTION, "until", "10/09/2026", "!form.day" },
	{ ACT_NOTIFY_CORRECTION, "until", "2026-09-10T10:00", "!form.day" },
	{ ACT_SCHEDULE, "at", "2026-10-12T09:30", "2026-10-12T09:30" },
	{ ACT_SCHEDULE, "at", "2026-10-12 09:30", "2026-10-12T09:30" },
	{ ACT_SCHEDULE, "at", "2026-10-12T09:30:59", "2026-10-12T09:30" },
	{ ACT_SCHEDULE, "at", "2026-10-12", "!form.moment" },
	{ ACT_SCHEDULE, "at", "2026-10-12T24:30", "!form.moment" },
	/* choices: only those offered, as they are written */
	{ ACT_REGISTER, "procedure", "summary", "summary" },
	{ ACT_REGISTER, "procedure", "Summary", "!form.choice" },
	{ ACT_REGISTER, "procedure", "other", "!form.choice" },
	{ ACT_REGISTER, "procedure", "", "!form.choose" },
	/* the options of the next field are not those of this one */
	{ ACT_OPEN, "recusal", "yes", "!form.choice" },
	/* a tick is yes or absent */
	{ ACT_ANSWER, "truth", "yes", "yes" },
	{ ACT_ANSWER, "truth", "no", "!form.choice" },
	{ ACT_ANSWER, "truth", "on", "!form.choice" },
	{ ACT_ANSWER, "truth", "", "!form.confirm" },
	/* numbers of people and organisations */
	{ ACT_SUBMIT, "defendants.1.number", "110000199203050021", "110000199203050021" },
	{ ACT_SUBMIT, "defendants.1.number", "110000199203050022", "!form.identity" },
	{ ACT_SUBMIT, "defendants.1.number", "91000000MA000000XG", "91000000MA000000XG" },
	{ ACT_SUBMIT, "defendants.1.number", "91000000MA000000XH", "!form.identity" },
	{ ACT_SUBMIT, "defendants.1.number", "110000 19920305 0021", "110000199203050021" },
	{ ACT_SUBMIT, "defendants.1.number", "11000019730615115x", "11000019730615115X" },
	{ ACT_SUBMIT, "defendants.1.number", "e12345678", "E12345678" },
	{ ACT_SUBMIT, "defendants.1.number", "E123", "!form.identity" },
	{ ACT_SUBMIT, "defendants.1.number", "一二三四五", "!form.identity" },
	{ ACT_SUBMIT, "defendants.1.number", "", "" },
	{ ACT_SUBMIT, "defendants.1.phone", "13800000001", "13800000001" },
	{ ACT_SUBMIT, "defendants.1.phone", "12345", "!form.phone" },
	{ ACT_SUBMIT, "cause", "108.3", "108.3" },
	{ ACT_SUBMIT, "cause", "no such cause", "!form.cause" },
	{ ACT_SUBMIT, "cause", "", "!form.required" },
	/* files: digest, size, type, name */
	{ ACT_SUBMIT_ITEM, "file", GOOD_FILE, GOOD_FILE },
	{ ACT_SUBMIT_ITEM, "file", "借条.pdf", "!form.file" },
	{ ACT_SUBMIT_ITEM, "file", "0123 12 application/pdf x.pdf", "!form.file" },
	{ ACT_SUBMIT_ITEM, "file", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef 0 application/pdf x.pdf", "!form.file_empty" },
	{ ACT_SUBMIT_ITEM, "file", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef -1 application/pdf x.pdf", "!form.file" },
	{ ACT_SUBMIT_ITEM, "file", "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef 12 application/pdf x.pdf", "!form.file" },
	{ ACT_SUBMIT_ITEM, "file", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef 12 application/pdf", "!form.file" },
	{ ACT_SUBMIT_ITEM, "file", "", "!form.file_missing" },
	/* what the form does not know is not taken over */
	{ ACT_SUBMIT, "unknown", "1", "" },
	{ ACT_SUBMIT, "defendants.1.unknown", "1", "" },
	{ ACT_SUBMIT, "defendants.name", "李娜", "" },
	{ ACT_SERVE, "anything", "1", "" },
};

static void test_field_values(void)
{
	struct arena *mem = arena_begin();
	for (size_t i = 0; i < sizeof test_field_cases / sizeof *test_field_cases; i++) {
		const char *got = test_field_one(mem, test_field_cases[i].act, test_field_cases[i].name, test_field_cases[i].value);
		CHECK_TEXT(got, test_field_cases[i].clean);
		if (strcmp(got, test_field_cases[i].clean) != 0)
			printf("  %s = %s\n", test_field_cases[i].name, test_field_cases[i].value);
	}
	/* Bounds in characters, not bytes: a hundred fit, a hundred and one do not. */
	struct text t = text_begin(mem);
	for (int i = 0; i < 100; i++)
		text_add(&t, "名");
	const char *hundred = arena_copy(mem, text_end(&t));
	CHECK_TEXT(test_field_one(mem, ACT_SUBMIT, "defendants.1.name", hundred), hundred);
	CHECK_TEXT(test_field_one(mem, ACT_SUBMIT, "defendants.1.name", arena_print(mem, "%s名", hundred)), "!form.too_long");
	arena_end(mem);
}

static bool test_field_failed(const struct ctx *ctx, const char *field)
{
	for (const struct why *w = ctx->why; w; w = w->next)
		if (w->field && !strcmp(w->field, field))
			return true;
	return false;
}

/* What is asked only of some is neither missed nor taken from others. */
static void test_field_conditions(void)
{
	struct ctx ctx = test_field_ctx();
	struct form *in = form_begin(ctx.mem), *out;
	form_set(in, "capacity", "agent");
	CHECK_INT(field_check(&ctx, ACT_SUBMIT, 0, in, &out), MC_INVALID);
	CHECK(test_field_failed(&ctx, "scope") && test_field_failed(&ctx, "authority"));
	ctx_forget(&ctx);
	form_set(in, "capacity", "self");
	form_set(in, "scope", "special");
	CHECK_INT(field_check(&ctx, ACT_SUBMIT, 0, in, &out), MC_INVALID);
	CHECK(!test_field_failed(&ctx, "scope") && !test_field_failed(&ctx, "authority"));
	CHECK_TEXT(form_get(out, "scope"), "");
	ctx_forget(&ctx);

	/* The condition is read in the same row. */
	form_set(in, "plaintiffs.1.kind", "person");
	form_set(in, "plaintiffs.2.kind", "organisation");
	CHECK_INT(field_check(&ctx, ACT_SUBMIT, 0, in, &out), MC_INVALID);
	CHECK(!test_field_failed(&ctx, "plaintiffs.1.representative"));
	CHECK(test_field_failed(&ctx, "plaintiffs.2.representative"));
	ctx_forget(&ctx);

	/* And as "anything but": who admits everything needs no reasons. */
	struct form *answer = form_begin(ctx.mem);
	form_set(answer, "stance", "admit");
	form_set(answer, "truth", "yes");
	CHECK_INT(field_check(&ctx, ACT_ANSWER, 0, answer, &out), MC_OK);
	form_set(answer, "stance", "deny");
	CHECK_INT(field_check(&ctx, ACT_ANSWER, 0, answer, &out), MC_INVALID);
	CHECK(test_field_failed(&ctx, "reasons"));
	arena_end(ctx.mem);
}

static void test_field_rows(void)
{
	struct ctx ctx = test_field_ctx();
	struct form *in = form_begin(ctx.mem), *out;
	CHECK_INT(field_check(&ctx, ACT_RECORD, 0, in, &out), MC_INVALID);
	CHECK(test_field_failed(&ctx, "lines.1"));
	ctx_forget(&ctx);
	for (int i = 1; i <= 60; i++) {
		form_set_at(in, "lines", i, "speaker", "审判员");
		form_set_at(in, "lines", i, "words", "继续。");
	}
	CHECK_INT(field_check(&ctx, ACT_RECORD, 0, in, &out), MC_OK);
	CHECK_INT(form_rows(out, "lines"), 60);
	form_set_at(in, "lines", 61, "speaker", "审判员");
	CHECK_INT(field_check(&ctx, ACT_RECORD, 0, in, &out), MC_INVALID);
	CHECK(test_field_failed(&ctx, "lines"));
	CHECK_TEXT(ctx.why ? ctx.why->key : "", "form.rows_many");
	ctx_forget(&ctx);
	/* A row number beyond all sense is one fault, not a loop over it. */
	struct form *far = form_begin(ctx.mem);
	form_set(far, "lines.2000000000.words", "x");
	CHECK_INT(field_check(&ctx, ACT_RECORD, 0, far, &out), MC_INVALID);
	ctx_forget(&ctx);
	/* A hole in the rows is missed where it is. */
	struct form *hole = form_begin(ctx.mem);
	form_set_at(hole, "lines", 1, "speaker", "甲");
	form_set_at(hole, "lines", 1, "words", "甲的话");
	form_set_at(hole, "lines", 3, "speaker", "乙");
	form_set_at(hole, "lines", 3, "words", "乙的话");
	CHECK_INT(field_check(&ctx, ACT_RECORD, 0, hole, &out), MC_INVALID);
	CHECK(test_field_failed(&ctx, "lines.2.speaker"));
	arena_end(ctx.mem);
}

/* A section is checked by itself; all of them together are the form. */
static void test_field_sections(void)
{
	struct ctx ctx = test_field_ctx();
	struct form *in = form_begin(ctx.mem), *out;
	int sections = field_sections(ACT_SUBMIT), faults = 0;
	CHECK(sections >= 7);
	form_set(in, "capacity", "self");
	CHECK_INT(field_check(&ctx, ACT_SUBMIT, 1, in, &out), MC_OK);
	for (int i = 1; i <= sections; i++) {
		ctx_forget(&ctx);
		(void)field_check(&ctx, ACT_SUBMIT, i, in, &out);
		for (const struct why *w = ctx.why; w; w = w->next)
			faults++;
	}
	ctx_forget(&ctx);
	(void)field_check(&ctx, ACT_SUBMIT, 0, in, &out);
	for (const struct why *w = ctx.why; w; w = w->next)
		faults--;
	CHECK_INT(faults, 0);
	CHECK_INT(field_sections(ACT_SERVE), 0);
	arena_end(ctx.mem);
}

static void test_field_words(void)
{
	struct ctx ctx = test_field_ctx();
	CHECK_TEXT(field_say(&ctx, ACT_ANSWER, field_find(ACT_ANSWER, "", "stance"), "admit"), "同意全部请求");
	CHECK_TEXT(field_say(&ctx, ACT_SUBMIT, field_find(ACT_SUBMIT, "claims", "amount"), "100000.00"), "100,000.00");
	CHECK_TEXT(field_say(&ctx, ACT_SCHEDULE, field_find(ACT_SCHEDULE, "", "at"), "2026-10-12T09:30"), "2026年10月12日 09:30");
	CHECK_TEXT(field_say(&ctx, ACT_SUBMIT_ITEM, field_find(ACT_SUBMIT_ITEM, "", "file"), GOOD_FILE), "借条 正面.pdf");
	CHECK_TEXT(field_say(&ctx, ACT_ANSWER, field_find(ACT_ANSWER, "", "truth"), "yes"), "是");
	ctx.lang = LANG_EN;
	CHECK_TEXT(field_say(&ctx, ACT_ANSWER, field_find(ACT_ANSWER, "", "stance"), "admit"), "I accept all of them");
	CHECK(!field_find(ACT_ANSWER, "", "nothing") && !field_find(ACT_SUBMIT, "", "text") && field_find(ACT_SUBMIT, "claims", "text"));
	/* An act that takes another's form has its fields. */
	CHECK(field_find(ACT_CORRECT, "claims", "text") == field_find(ACT_SUBMIT, "claims", "text"));
	struct field_file file;
	CHECK(field_file(ctx.mem, GOOD_FILE, &file));
	CHECK_INT(file.size, 12);
	CHECK_TEXT(file.type, "application/pdf");
	CHECK_TEXT(file.name, "借条 正面.pdf");
	CHECK(!field_file(ctx.mem, "", &file) && !field_file(ctx.mem, "x y z", &file));
	arena_end(ctx.mem);
}

/* The table itself: names once in a form, words in both languages, choices with options, conditions
 * on fields that exist, no consent that is given beforehand. */
static void test_field_table(void)
{
	for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		size_t count;
		const struct field *f = field_form(a, &count);
		const char *group = "";
		for (size_t i = 0; i < count; i++) {
			if (f[i].what == FIELD_GROUP)
				group = f[i].name;
			if (f[i].what == FIELD_GROUP_END)
				group = "";
			if (f[i].what != FIELD_FIELD)
				continue;
			bool once = field_find(a, group, f[i].name) == &f[i], option = i + 1 < count && f[i + 1].what == FIELD_OPTION;
			CHECK(once && *f[i].label[LANG_ZH] && *f[i].label[LANG_EN]);
			CHECK_INT(option, f[i].kind == FIELD_CHOICE);
			CHECK(!f[i].help[LANG_ZH] == !f[i].help[LANG_EN]);
			CHECK(!(f[i].preset && (f[i].kind == FIELD_TICK || strstr(f[i].name, "eservice"))));
			if (f[i].when) {
				char name[40];
				snprintf(name, sizeof name, "%.*s", (int)strcspn(f[i].when, "!="), f[i].when);
				CHECK(field_find(a, group, name) != NULL);
			}
		}
	}
}

int main(void)
{
	test_field_values();
	test_field_conditions();
	test_field_rows();
	test_field_sections();
	test_field_words();
	test_field_table();
	return check_end();
}
