#include "check.h"
#include "../../src/http/etag.h"

int main(void)
{
	static const struct { const char *list, *tag; int weakly, strongly; } cases[] = {
		{ "\"v1\"", "v1", 1, 1 }, { "\"v1\"", "v", 0, 0 }, { "\"v11\"", "v1", 0, 0 }, { "v1", "v1", 0, 0 },
		{ "W/\"v1\"", "v1", 1, 0 }, { "w/\"v1\"", "v1", 0, 0 }, { "*", "v1", 1, 1 }, { " * ", "v1", 0, 0 },
		{ "\"a\", \"v1\"", "v1", 1, 1 }, { "\"a\",W/\"v1\" ,\"b\"", "v1", 1, 0 }, { "\"a\" \"v1\"", "v1", 0, 0 },
		{ "\"a\", v1, \"v1\"", "v1", 0, 0 }, { ", ,\"v1\",", "v1", 1, 1 }, { "", "v1", 0, 0 }, { "\"v1", "v1", 0, 0 },
		{ "\"a,v1\"", "v1", 0, 0 }, { "\"\"", "", 1, 1 }, { "\"a b\", \"v1\"", "v1", 0, 0 }, { "W/", "v1", 0, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		CHECK_INT(etag_named(cases[i].list, cases[i].tag, false), cases[i].weakly);
		CHECK_INT(etag_named(cases[i].list, cases[i].tag, true), cases[i].strongly);
	}
	return check_end();
}
