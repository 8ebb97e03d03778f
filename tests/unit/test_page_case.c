/* What the page of a case costs, in things that do not depend on the machine: questions to the store
 * and bytes of HTML. Whoever adds a question raises the budget here, knowingly. */
#include "suit.h"
#include "../../src/web/pages.h"

#include <string.h>

static const char *test_page_header(const struct ask *ask, const char *name)
{
	(void)ask;
	(void)name;
	return "";
}

static void test_page_cost(struct suit *suit, const char *account, const char *id, int64_t questions, size_t bytes)
{
	struct ctx ctx = suit_ctx(suit, account);
	const char *path = arena_print(ctx.mem, "/cases/" SUIT_COURT "/%s", id);
	struct ask ask = { .method = "GET", .uri = path, .path = path, .part = { SUIT_COURT, id, "", "" },
		.query = form_begin(ctx.mem), .form = form_begin(ctx.mem), .body = "", .csrf = "token", .name = "somebody",
		.address = "", .host = "localhost", .origin = "http://localhost", .header = test_page_header };
	struct reply reply = { .body = text_begin(ctx.mem) };
	int64_t before = db_asked(&ctx);
	CHECK_INT(page_case()->show(&ctx, &ask, &reply), MC_OK);
	int64_t asked = db_asked(&ctx) - before;
	printf("%s: %lld questions, %zu bytes\n", account, (long long)asked, reply.body.size);
	CHECK(asked > 5 && asked <= questions);
	CHECK(reply.body.size > 4096 && reply.body.size <= bytes);
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	const char *id = suit_to(&suit, STAGE_HEARING);
	test_page_cost(&suit, "zhangwei", id, 31, 13000);
	test_page_cost(&suit, "lina", id, 31, 13000);
	test_page_cost(&suit, "bj-clerk", id, 25, 13000);
	suit_close(&suit);
	return check_end();
}
