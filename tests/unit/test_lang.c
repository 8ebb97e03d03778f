#include "base/lang.h"
#include "base/arena.h"
#include "check.h"

int main(void)
{
	struct arena *mem = arena_begin();
	CHECK_TEXT(lang_tag(LANG_ZH), "zh-CN");
	CHECK_TEXT(lang_tag(LANG_EN), "en");
	CHECK_TEXT(lang_say(LANG_ZH, "form.twice"), "此项出现了两次。");
	CHECK_TEXT(lang_say(LANG_EN, "form.twice"), "This value appears twice.");
	CHECK_TEXT(lang_say(LANG_EN, "no.such_key"), "no.such_key");
	CHECK_TEXT(lang_say(LANG_EN, ""), "");
	CHECK_TEXT(lang_say(LANG_EN, "form."), "form.");
	CHECK_TEXT(lang_say(LANG_ZH, "\x01"), "\x01");
	CHECK_TEXT(lang_say(LANG_ZH, "\xff"), "\xff");
	CHECK_TEXT(lang_print(mem, LANG_EN, "form.no_json", "1", "22", "{1}"),
		   "The JSON cannot be read (line 1, column 22: {1}).");
	CHECK_TEXT(lang_print(mem, LANG_EN, "form.no_json", NULL, NULL, NULL),
		   "The JSON cannot be read (line , column : ).");
	CHECK_TEXT(lang_fill(mem, "", "a", "b", "c"), "");
	CHECK_TEXT(lang_fill(mem, "{3}{2}{1}{1}", "a", "b", "c"), "cbaa");
	CHECK_TEXT(lang_fill(mem, "{4}{}{{1}{1", "a", "b", "c"), "{4}{}{a{1");
	arena_end(mem);
	return check_end();
}
