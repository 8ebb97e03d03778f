#include "base/id.h"
#include "base/arena.h"
#include "base/clock.h"
#include "check.h"

int main(void)
{
	struct arena *mem = arena_begin();
	static const char *seen[2000];
	int same = 0, bad = 0;
	for (int i = 0; i < 2000; i++) {
		seen[i] = id_new(mem);
		bad += !id_valid(seen[i]);
		for (int k = 0; k < i; k++)
			same += !strcmp(seen[i], seen[k]);
	}
	CHECK_INT(bad, 0);
	CHECK_INT(same, 0);

	int late = 0;
	const char *before = "0";
	for (int64_t at = 1; at < 30000000000; at = at * 3 + 1) {       /* up to the year 2920 */
		clock_set(at);
		const char *id = id_new(mem);
		late += strcmp(before, id) >= 0;
		before = id;
	}
	CHECK_INT(late, 0);
	/* Within a millisecond too, however many. */
	for (int i = 0; i < 100000; i++) {
		const char *id = id_new(mem);
		late += strcmp(before, id) >= 0;
		before = id;
	}
	CHECK_INT(late, 0);
	clock_set(0);

	CHECK(!id_valid(""));
	CHECK(!id_valid("0123456789abcdefghj"));        /* 19 */
	CHECK(id_valid("0123456789abcdefghjk"));
	CHECK(!id_valid("0123456789abcdefghjkm"));      /* 21 */
	CHECK(!id_valid("0123456789abcdefghil"));       /* i and l look like 1 */
	CHECK(!id_valid("0123456789ABCDEFGHJK"));
	CHECK(!id_valid("0123456789abcdefghj/"));

	const char *secret = id_secret(mem);
	CHECK_INT(strlen(secret), 43);
	CHECK_INT(strspn(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
	CHECK(strcmp(secret, id_secret(mem)) != 0);
	arena_end(mem);
	return check_end();
}
