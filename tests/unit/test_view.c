/* Every page of views/, drawn on a model in which nothing is filled: a page must
 * bear that. And the strokes of base/draw. */
#include "base/arena.h"
#include "base/draw.h"
#include "base/text.h"
#include "check.h"
#include "view.h"

#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>

static max_align_t test_view_nothing[4096];

static void test_view_page(const struct view *view)
{
	struct arena *mem = arena_begin();
	for (enum lang lang = LANG_ZH; lang < LANG_COUNT; lang++) {
		struct text html = text_begin(mem);
		if (view->html)
			view->html(&html, lang, test_view_nothing);
		const char *s = text_end(&html);
		CHECK(text_valid(s, html.size));
		CHECK(strstr(s, "{{") == NULL);
	}
	struct text out = text_begin(mem);
	view->json(&out, test_view_nothing);
	json_t *json = json_loads(text_end(&out), JSON_REJECT_DUPLICATES, NULL);
	json_t *schema = json_loads(view->schema, JSON_REJECT_DUPLICATES, NULL);
	CHECK(json_is_object(json));
	CHECK(json_is_object(schema));
	CHECK_TEXT(json_string_value(json_object_get(schema, "title")), view->name);
	json_t *asked = json_object_get(schema, "required");
	CHECK_INT(json_array_size(asked), json_object_size(json));
	for (size_t i = 0; i < json_array_size(asked); i++)
		CHECK(json_object_get(json, json_string_value(json_array_get(asked, i))) != NULL);
	json_decref(json);
	json_decref(schema);
	arena_end(mem);
}

static void test_view_strokes(void)
{
	static struct draw_key twice = { .key = "form.twice" }, none = { .key = "form.no_such" },
			       places = { .key = "form.no_json" };
	struct arena *mem = arena_begin();
	struct text t = text_begin(mem);
	draw_text(&t, NULL);
	draw_text(&t, "<");
	draw_markup(&t, NULL);
	draw_markup(&t, "<");
	draw_money(&t, 241800);
	draw_day(&t, LANG_EN, 0);
	draw_time(&t, LANG_EN, 0);
	CHECK_TEXT(text_end(&t), "&lt;<2,418.00");

	t = text_begin(mem);
	draw_day(&t, LANG_ZH, 20712);
	draw_day(&t, LANG_EN, 20712);
	draw_time(&t, LANG_EN, 20712LL * 86400);
	CHECK_TEXT(text_end(&t), "2026年9月16日16 September 202616 September 2026, 08:00");

	for (int again = 0; again < 2; again++) {
		t = text_begin(mem);
		draw_words(&t, LANG_ZH, &twice);
		draw_words(&t, LANG_EN, &twice);
		draw_words(&t, LANG_EN, &none);
		CHECK_TEXT(text_end(&t), "此项出现了两次。This value appears twice.form.no_such");
	}
	t = text_begin(mem);
	draw_sentence(&t, LANG_EN, &places, "<", draw_int_words(mem, -7), draw_money_words(mem, 5));
	CHECK_TEXT(text_end(&t), "The JSON cannot be read (line &lt;, column -7: 0.05).");

	t = text_begin(mem);
	draw_text_json(&t, NULL);
	draw_day_json(&t, 0);
	draw_day_json(&t, 20712);
	draw_time_json(&t, 0);
	draw_time_json(&t, 20712LL * 86400);
	draw_bool_json(&t, true);
	draw_bool_json(&t, false);
	CHECK_TEXT(text_end(&t), "\"\"null\"2026-09-16\"null\"2026-09-16T08:00:00+08:00\"truefalse");
	arena_end(mem);
}

int main(void)
{
	test_view_strokes();
	for (const struct view *const *view = view_all; *view; view++)
		test_view_page(*view);
	return check_end();
}
