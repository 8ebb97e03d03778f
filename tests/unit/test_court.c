#include "network.h"
#include "../../src/base/cursor.h"

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	struct court c, *list;
	size_t n;

	CHECK(!court_load(&ctx, "132", &c));
	CHECK_TEXT(c.zh, "北京互联网法院");
	CHECK_TEXT(court_name(&c, LANG_EN), "Beijing Internet Court");
	CHECK_INT(c.level, COURT_BASIC);
	CHECK_WHY(court_load(&ctx, "no such", &c), MC_UNKNOWN, "court.unknown");
	CHECK(!court_by_sign(&ctx, "浙0192", &c));
	CHECK_TEXT(c.zh, "杭州互联网法院");

	CHECK(!court_path(&ctx, "132", &list, &n));
	CHECK_INT(n, 4);
	CHECK_TEXT(list[0].zh, "最高人民法院");
	CHECK_TEXT(list[1].zh, "北京市高级人民法院");
	CHECK_TEXT(list[3].code, "132");
	CHECK(!court_children(&ctx, "", &cursor_start, 50, &list, &n));
	CHECK_INT(n, 1);
	CHECK(!court_children(&ctx, "000", &cursor_start, 50, &list, &n));
	CHECK(n >= 31);

	CHECK(!court_search(&ctx, "互联网法院", &cursor_start, 20, &list, &n));
	CHECK_INT(n, 3);
	CHECK(!court_search(&ctx, " beijing internet ", &cursor_start, 20, &list, &n));
	CHECK_INT(n, 1);
	CHECK(!court_search(&ctx, "京0491", &cursor_start, 20, &list, &n));
	CHECK_INT(n, 1);
	CHECK(!court_search(&ctx, "%", &cursor_start, 20, &list, &n));
	CHECK_INT(n, 0);
	CHECK(!court_search(&ctx, "  ", &cursor_start, 20, &list, &n));
	CHECK_INT(n, 0);
	CHECK(!court_search(&ctx, "法院", &cursor_start, 5, &list, &n));
	CHECK_INT(n, 5);

	/* A second settling changes nothing, not even a corrected row. */
	CHECK(!court_load(&ctx, "132", &c));
	c.en = "Internet Court of Beijing";
	CHECK(!court_put(&ctx, &c));
	CHECK(!court_settle(&ctx));
	CHECK(!court_load(&ctx, "132", &c));
	CHECK_TEXT(c.en, "Internet Court of Beijing");
	c.code = COURT_NATION;
	CHECK_WHY(court_put(&ctx, &c), MC_INVALID, "court.incomplete");

	network_end(&ctx, store);
	return check_end();
}
