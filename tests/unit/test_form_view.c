/* The form of every act is drawn from its rows, in both languages, with values and reasons. */
#include "network.h"
#include "../../src/base/form.h"
#include "../../src/web/form_view.h"

static const struct ask form_ask = { .csrf = "token" };

static struct view_form form_drawn(struct ctx *ctx, enum act act, int section, const struct form *values)
{
	struct docket blank = act_blank("132", "x");
	struct view_form out;
	CHECK(!form_view_fill(ctx, &form_ask, &blank, act, section, values, &out));
	return out;
}

static struct view_form_field *form_drawn_find(struct view_form *form, const char *name)
{
	for (size_t s = 0; s < form->sections_count; s++) {
		struct view_form_section *section = &form->sections[s];
		for (size_t i = 0; i < section->fields_count; i++)
			if (!strcmp(section->fields[i].name, name))
				return &section->fields[i];
		for (size_t r = 0; r < section->rows_count; r++)
			for (size_t i = 0; i < section->rows[r].fields_count; i++)
				if (!strcmp(section->rows[r].fields[i].name, name))
					return &section->rows[r].fields[i];
	}
	CHECK(!"the field is drawn");
	static struct view_form_field none;
	return &none;
}

/* Whatever its act offers to choose from is left out here: it needs a case. */
static bool form_drawn_offers(enum act act)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	for (size_t i = 0; i < count; i++)
		if (f[i].what == FIELD_FIELD && (f[i].kind == FIELD_PICK || f[i].kind == FIELD_TICKS))
			return true;
	return false;
}

static void form_test_every(struct ctx ctx)
{
	for (enum lang lang = LANG_ZH; lang < LANG_COUNT; lang++) {
		ctx.lang = lang;
		for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++) {
			size_t count, fields = 0, drawn = 0;
			const struct field *f = field_form(act, &count);
			if (form_drawn_offers(act))
				continue;
			for (size_t i = 0; i < count; i++)
				fields += f[i].what == FIELD_FIELD;
			struct view_form form = form_drawn(&ctx, act, 0, form_begin(ctx.mem));
			for (size_t s = 0; s < form.sections_count; s++) {
				drawn += form.sections[s].fields_count;
				for (size_t r = 0; r < form.sections[s].rows_count; r++)
					drawn += form.sections[s].rows[r].fields_count;
			}
			/* Groups that need no row are drawn without one. */
			CHECK(act == ACT_SUBMIT || act == ACT_CORRECT ? drawn && drawn < fields : drawn == fields);
		}
	}
}

static void form_test_rows(struct ctx ctx)
{
	struct form *values = form_begin(ctx.mem);
	struct view_form form = form_drawn(&ctx, ACT_SUBMIT, 5, values);
	CHECK_INT(form.sections_count, 1);
	CHECK_INT(form.sections[0].rows_count, 1);
	CHECK(!form.sections[0].rows[0].remove);
	CHECK_TEXT(form_drawn_find(&form, "defendants.1.kind")->value, "person");
	CHECK(form_drawn_find(&form, "defendants.1.kind")->options[0].chosen);
	CHECK_TEXT(form_drawn_find(&form, "defendants.1.representative")->when, "defendants.1.kind=organisation");
	CHECK_TEXT(form_drawn_find(&form, "defendants.1.name")->id, "f-defendants-1-name");

	CHECK(form_view_rows(values, ACT_SUBMIT, "add.defendants"));
	form = form_drawn(&ctx, ACT_SUBMIT, 5, values);
	CHECK_INT(form.sections[0].rows_count, 2);
	CHECK(form.sections[0].rows[0].remove);
	form_set(values, "defendants.1.name", "甲");
	form_set(values, "defendants.2.name", "乙");
	CHECK(form_view_rows(values, ACT_SUBMIT, "remove.defendants.1"));
	CHECK_TEXT(form_get(values, "defendants.1.name"), "乙");
	CHECK(!form_view_rows(values, ACT_SUBMIT, "add.nothing"));
	CHECK(!form_view_rows(values, ACT_SUBMIT, "submit"));
	form_set(values, "defendants.rows", "9999999999");
	form = form_drawn(&ctx, ACT_SUBMIT, 5, values);
	CHECK_INT(form.sections[0].rows_count, 20);
	CHECK_TEXT(form.sections[0].add, "");
}

static void form_test_consent(struct ctx ctx)
{
	struct form *values;
	struct docket blank = act_blank("", "x");
	CHECK(!form_view_preset(&ctx, &blank, ACT_SUBMIT, &values));
	CHECK_INT(values->count, 0);
	struct view_form form = form_drawn(&ctx, ACT_SUBMIT, 9, values);
	struct view_form_field *consent = form_drawn_find(&form, "eservice");
	CHECK_INT(consent->options_count, 2);
	CHECK(!consent->options[0].chosen && !consent->options[1].chosen);
	CHECK_TEXT(form_drawn_find(&form, "truth")->value, "");
}

static void form_test_wrong(struct ctx ctx)
{
	struct form *values = form_begin(ctx.mem), *clean;
	form_set(values, "claims.1.text", "判令还款");
	form_set(values, "claims.1.amount", "很多");
	CHECK_INT(field_check(&ctx, ACT_SUBMIT, 6, values, &clean), MC_INVALID);
	struct view_form form = form_drawn(&ctx, ACT_SUBMIT, 6, values);
	CHECK_INT(form.errors_count, 1);
	CHECK_TEXT(form.errors[0].href, "#f-claims-1-amount");
	CHECK(strstr(form.errors[0].text, "诉讼请求 1：") == form.errors[0].text);
	CHECK(*form_drawn_find(&form, "claims.1.amount")->error);
	CHECK_TEXT(form_drawn_find(&form, "claims.1.amount")->value, "很多");
	CHECK_TEXT(form_drawn_find(&form, "claims.1.text")->error, "");
	ctx_forget(&ctx);

	/* Too few rows is said of the first question of the row that is missing. */
	CHECK_INT(field_check(&ctx, ACT_SUBMIT, 6, form_begin(ctx.mem), &clean), MC_INVALID);
	form = form_drawn(&ctx, ACT_SUBMIT, 6, form_begin(ctx.mem));
	CHECK_TEXT(form.errors[0].href, "#f-claims-1-text");
	CHECK(*form_drawn_find(&form, "claims.1.text")->error);
}

static void form_test_search(struct ctx ctx)
{
	struct form *values = form_begin(ctx.mem);
	struct view_form form = form_drawn(&ctx, ACT_SUBMIT, 2, values);
	struct view_form_field *court = form_drawn_find(&form, "court");
	CHECK(court->is_search);
	CHECK(court->options_count > 20);
	form_set(values, "court", "132");
	form = form_drawn(&ctx, ACT_SUBMIT, 2, values);
	CHECK_TEXT(form_drawn_find(&form, "court")->value, "北京互联网法院");
	ctx.lang = LANG_EN;
	form = form_drawn(&ctx, ACT_SUBMIT, 2, values);
	CHECK_TEXT(form_drawn_find(&form, "court")->value, "Beijing Internet Court");
	ctx.lang = LANG_ZH;
	form_set(values, "court", "互联网法院");
	form = form_drawn(&ctx, ACT_SUBMIT, 2, values);
	court = form_drawn_find(&form, "court");
	CHECK(court->is_choice && !court->is_search);
	CHECK_INT(court->options_count, 3);
	CHECK(form_drawn_find(&form, "court.words")->is_search);
	form_set(values, "court", "没有这种法庭");
	form = form_drawn(&ctx, ACT_SUBMIT, 2, values);
	CHECK(form_drawn_find(&form, "court")->is_search);
	form_set(values, "cause", "网购退货");
	form = form_drawn(&ctx, ACT_SUBMIT, 3, values);
	CHECK(form_drawn_find(&form, "cause")->is_choice);
	CHECK(form_drawn_find(&form, "cause")->options_count > 0);
	CHECK(!ctx.why);
}

static void form_test_file(struct ctx ctx)
{
	const char *value = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef 2048 image/png 借条 照片.png";
	struct form *values = form_begin(ctx.mem);
	form_set(values, "proof", value);
	struct view_form form = form_drawn(&ctx, ACT_ASK_RELIEF, 0, values);
	CHECK(form.files);
	struct view_form_field *file = form_drawn_find(&form, "proof");
	CHECK(file->is_file && file->file);
	CHECK_TEXT(file->file ? file->file->name : "", "借条 照片.png");
	CHECK_TEXT(file->file ? file->file->size : "", "2 KB");
	CHECK(form_drawn_find(&form, "proof.kept")->is_hidden);
	CHECK_TEXT(form_drawn_find(&form, "proof.kept")->value, value);
	CHECK(!form_drawn(&ctx, ACT_OBJECT_JURISDICTION, 0, values).files);
	CHECK_TEXT(form_view_size(ctx.mem, 0), "0 B");
	CHECK_TEXT(form_view_size(ctx.mem, 1023), "1023 B");
	CHECK_TEXT(form_view_size(ctx.mem, 4404019), "4.2 MB");
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	form_test_every(ctx);
	form_test_rows(ctx);
	form_test_consent(ctx);
	form_test_wrong(ctx);
	form_test_search(ctx);
	form_test_file(ctx);
	network_end(&ctx, store);
	return check_end();
}
