#include "base/form.h"
#include "base/arena.h"
#include "check.h"

static const struct { const char *json, *form; } test_form_good[] = {
	{ "{}", "{}" },
	{ " {\"b\":\"2\",\"a\":\"1\"}\n", "{\"a\":\"1\",\"b\":\"2\"}" },
	{ "{\"claims\":[{\"amount\":100},{\"amount\":-2}]}", "{\"claims.1.amount\":\"100\",\"claims.2.amount\":\"-2\"}" },
	{ "{\"a\":{\"b\":{\"c\":\"x\"}},\"l\":[\"p\",[\"q\"]]}", "{\"a.b.c\":\"x\",\"l.1\":\"p\",\"l.2.1\":\"q\"}" },
	{ "{\"t\":true,\"f\":false}", "{\"f\":\"false\",\"t\":\"true\"}" },
	{ "{\"n\":9223372036854775807,\"m\":-9223372036854775808}",
	  "{\"m\":\"-9223372036854775808\",\"n\":\"9223372036854775807\"}" },
	{ "{\"n\":105900.50,\"d\":0.1}", "{\"d\":\"0.1\",\"n\":\"105900.5\"}" },
	{ "{\"empty\":\"\",\"none\":[],\"no\":{}}", "{}" },
	{ "{\"x\":\"\\u8bc9\\n\\u0001\"}", "{\"x\":\"诉\\n\\u0001\"}" },
	{ "{\"é\":\"1\",\"z\":\"2\",\"Z\":\"3\"}", "{\"Z\":\"3\",\"z\":\"2\",\"é\":\"1\"}" },
};

static const struct { const char *json, *key, *field; } test_form_bad[] = {
	{ "", "form.no_json", NULL },
	{ "{", "form.no_json", NULL },
	{ "{}x", "form.no_json", NULL },
	{ "{\"a\":1,}", "form.no_json", NULL },
	{ "{\"a\":\"1\",\"a\":\"2\"}", "form.no_json", NULL },
	{ "{\"a\":9223372036854775808}", "form.no_json", NULL },
	{ "{\"a\":1e999}", "form.no_json", NULL },
	{ "{\"a\":\"\\u0000\"}", "form.no_json", NULL },
	{ "{\"a\":\"\xff\"}", "form.no_json", NULL },
	{ "{\"a\":\"\\ud800\"}", "form.no_json", NULL },
	{ "[]", "form.no_object", NULL },
	{ "[{\"a\":1}]", "form.no_object", NULL },
	{ "{\"a\":null}", "form.null", "a" },
	{ "{\"a\":{\"\":1}}", "form.no_name", "a" },
	{ "{\"a.1\":\"x\",\"a\":[\"y\"]}", "form.twice", "a.1" },
	{ "{\"a.1\":\"\",\"a\":[\"y\"]}", "form.twice", "a.1" },
	{ "{\"a\":[[[[[[[[[[1]]]]]]]]]]}", "form.too_deep", "a.1.1.1.1.1.1.1.1" },
};

static void test_form_reading(void)
{
	for (size_t i = 0; i < sizeof test_form_good / sizeof *test_form_good; i++) {
		struct ctx ctx = { .mem = arena_begin() };
		struct form *form = NULL, *again = NULL;
		const char *json = test_form_good[i].json;
		CHECK_INT(form_read(&ctx, json, strlen(json), &form), MC_OK);
		CHECK_TEXT(form ? form_json(form) : NULL, test_form_good[i].form);
		json = test_form_good[i].form;  /* canonical bytes read back as themselves */
		CHECK_INT(form_read(&ctx, json, strlen(json), &again), MC_OK);
		CHECK_TEXT(again ? form_json(again) : NULL, json);
		arena_end(ctx.mem);
	}
	for (size_t i = 0; i < sizeof test_form_bad / sizeof *test_form_bad; i++) {
		struct ctx ctx = { .mem = arena_begin() };
		struct form *form = NULL;
		const char *json = test_form_bad[i].json;
		CHECK_INT(form_read(&ctx, json, strlen(json), &form), MC_INVALID);
		CHECK(form == NULL);
		CHECK_TEXT(ctx.why ? ctx.why->key : NULL, test_form_bad[i].key);
		if (test_form_bad[i].field)
			CHECK_TEXT(ctx.why->field, test_form_bad[i].field);
		arena_end(ctx.mem);
	}
}

static void test_form_many(void)
{
	for (int count = 4000; count <= 4001; count++) {
		struct ctx ctx = { .mem = arena_begin() };
		char *json = arena_take(ctx.mem, 20000);
		size_t n = 0;
		n += (size_t)snprintf(json, 20000, "{\"a\":[1");
		for (int i = 1; i < count; i++)
			n += (size_t)snprintf(json + n, 20000 - n, ",1");
		n += (size_t)snprintf(json + n, 20000 - n, "]}");
		struct form *form = NULL;
		CHECK_INT(form_read(&ctx, json, n, &form), count == 4000 ? MC_OK : MC_INVALID);
		if (form)
			CHECK_INT(form_rows(form, "a"), 0);     /* "a.1" is a value, not a row */
		arena_end(ctx.mem);
	}
}

static void test_form_values(struct arena *mem)
{
	struct form *form = form_begin(mem);
	CHECK_TEXT(form_json(form), "{}");
	CHECK_TEXT(form_get(form, "a"), "");
	form_set(form, "z", "1");
	form_set(form, "a", "2");
	form_set(form, "z", "3");
	form_set(form, "none", "");
	CHECK_INT(form->count, 2);
	CHECK_TEXT(form->pair[0].name, "z");    /* the order they came in */
	CHECK_TEXT(form_get(form, "z"), "3");
	form_set(form, "z", "");
	CHECK_INT(form->count, 1);
	CHECK_TEXT(form_json(form), "{\"a\":\"2\"}");
	char value[] = "mine";
	form_set(form, "a", value);
	value[0] = 'x';
	CHECK_TEXT(form_get(form, "a"), "mine");
}

static void test_form_groups(struct arena *mem)
{
	struct form *form = form_begin(mem);
	CHECK_INT(form_rows(form, "claims"), 0);
	form_set_at(form, "claims", 1, "what", "one");
	form_set_at(form, "claims", 3, "what", "three");
	form_set_at(form, "claims", 2, "what", "two");
	form_set(form, "claims.02.what", "odd");
	form_set(form, "claims.0.what", "odd");
	form_set(form, "claims.99999.what", "odd");
	form_set(form, "claims.2", "odd");
	form_set(form, "claimsx.9.what", "odd");
	CHECK_INT(form_rows(form, "claims"), 3);
	CHECK_INT(form_rows(form, "claim"), 0);
	CHECK_TEXT(form_at(form, "claims", 2, "what"), "two");
	CHECK_TEXT(form_at(form, "claims", 2, "wha"), "");
	CHECK_TEXT(form_at(form, "claims", 4, "what"), "");
	CHECK_TEXT(form_at(form, "claims", 0, "what"), "");
	form_remove_row(form, "claims", 2);
	CHECK_INT(form_rows(form, "claims"), 2);
	CHECK_TEXT(form_at(form, "claims", 1, "what"), "one");
	CHECK_TEXT(form_at(form, "claims", 2, "what"), "three");
	CHECK_TEXT(form_get(form, "claims.02.what"), "odd");
	form_remove_row(form, "claims", 7);
	form_remove_row(form, "claims", 0);
	CHECK_INT(form_rows(form, "claims"), 2);
	form_set_at(form, "claims", 2, "what", "");
	CHECK_INT(form_rows(form, "claims"), 1);
}

int main(void)
{
	struct arena *mem = arena_begin();
	test_form_reading();
	test_form_many();
	test_form_values(mem);
	test_form_groups(mem);
	arena_end(mem);
	return check_end();
}
