/* The headers of a resumable upload, right and wrong. */
#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/http/tus.h"

static void tus_test_numbers(void)
{
	static const struct { const char *text; bool good; int64_t value; } rows[] = {
		{ "0", true, 0 }, { "42", true, 42 }, { "9000000000", true, 9000000000 }, { "", false, 0 }, { "-1", false, 0 },
		{ "+1", false, 0 }, { "1 ", false, 0 }, { "0x1", false, 0 }, { "99999999999999999999", false, 0 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t n;
		CHECK_INT(tus_number(rows[i].text, &n), rows[i].good);
		CHECK(!rows[i].good || n == rows[i].value);
	}
}

static void tus_test_metadata(struct arena *mem)
{
	static const struct { const char *header, *json; } rows[] = {
		{ "", "{}" }, { "filename 5YCf5p2hLnBkZg==", "{\"filename\":\"借条.pdf\"}" },
		{ "filename YQ==,filetype dGV4dC9wbGFpbg==", "{\"filename\":\"a\",\"filetype\":\"text/plain\"}" },
		{ "is_confidential, a YQ==", "{\"a\":\"a\"}" }, { "a ", "{}" },
		{ "a YQ==,a YQ==", "" }, { "a YQ", "" }, { "a Y?==", "" }, { "a /w==", "" }, { "a YQ== ,", "" }, { ",a YQ==", "" },
		{ " YQ==", "{}" }, { "a YQ== b", "" }, { "a\tb YQ==", "" }, { "a AA==", "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct form *form;
		CHECK_TEXT(tus_metadata(mem, rows[i].header, &form) ? form_json(form) : "", rows[i].json);
	}
	char *big = arena_take(mem, TUS_METADATA + 10);
	memset(big, 'a', TUS_METADATA + 5);
	struct form *form;
	CHECK(!tus_metadata(mem, big, &form));
}

static void tus_test_sums(struct arena *mem)
{
	static const struct { const char *header; bool good, known, right; } rows[] = {
		{ "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=", true, true, true },
		{ "sha1 AvTGHdzF6KLavt4PO0gs2a6pQ00=", true, true, false },
		{ "sha256 LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", true, true, true },
		{ "sha256 qvTGHdzF6KLavt4PO0gs2a6pQ00=", false, false, false },
		{ "md5 XUFAKrxLKna5cZ2REBfFkg==", true, false, false },
		{ "sha1", false, false, false }, { "sha1 ", false, false, false }, { " x", false, false, false },
		{ "sha1 ????", false, false, false }, { "", false, false, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct tus_sum sum;
		CHECK_INT(tus_checksum(mem, rows[i].header, &sum), rows[i].good);
		CHECK_INT(sum.state != NULL, rows[i].known);
		tus_sum_add(&sum, "hel", 3);
		tus_sum_add(&sum, "lo", 2);
		CHECK(!rows[i].known || tus_sum_right(&sum) == rows[i].right);
	}
}

int main(void)
{
	struct arena *mem = arena_begin();
	tus_test_numbers();
	tus_test_metadata(mem);
	tus_test_sums(mem);
	CHECK_TEXT(tus_moment(mem, 784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
	arena_end(mem);
	return check_end();
}
