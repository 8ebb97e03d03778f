/* Messages for webhooks: who gets which, one at a time, later each time, given up at last; nothing
 * of a case that the owner may not see. */
#include "desk.h"
#include "../../src/base/setting.h"
#include "../../src/court/directory.h"
#include "../../src/court/dispatch.h"

#include <string.h>

static const char *mine;

struct test_dispatch_event { const char *court, *docket, *act; int64_t entry; };

static enum mc_err test_dispatch_event(struct ctx *ctx, void *arg)
{
	const struct test_dispatch_event *e = arg;
	return dispatch_event(ctx, e->court, e->docket, e->entry, e->act, ctx->now);
}

static void test_dispatch_happens(struct ctx *ctx, const char *act, int64_t entry)
{
	CHECK(!db_together(ctx, test_dispatch_event, &(struct test_dispatch_event){ "132", "d1", act, entry }));
}

static enum mc_err test_dispatch_party(struct ctx *ctx, void *person)
{
	return db_do(ctx, "update party set person = $1 where court = '132' and docket = 'd1'", "t", (const char *)person);
}

static enum mc_err test_dispatch_enter(struct ctx *ctx, void *person) { return directory_add(ctx, person, "132", "d1"); }

static int test_dispatch_turns(struct ctx *ctx, struct dispatch_turn **turn)
{
	size_t count;
	CHECK(!dispatch_turns(ctx, turn, &count));
	return (int)count;
}

static struct dispatch_message test_dispatch_last(struct ctx *ctx, const struct webhook *hook)
{
	struct dispatch_message *list;
	size_t count;
	CHECK(!dispatch_list(ctx, hook, &cursor_start, 20, &list, &count));
	CHECK(count > 0);
	return list[0];
}

static struct webhook test_dispatch_hook(struct ctx *ctx, size_t expected)
{
	struct webhook *list;
	size_t count;
	CHECK(!webhook_list(ctx, &list, &count));
	CHECK_INT(count, expected);
	return list[0];
}

static void test_dispatch_urls(struct ctx ctx)
{
	static const struct { const char *url, *why; } row[] = {
		{ "", "webhook.bad_url" }, { "hooks.example", "webhook.bad_url" }, { "ftp://hooks.example/", "webhook.bad_url" },
		{ "file:///etc/passwd", "webhook.bad_url" }, { "https://a:b@hooks.example/", "webhook.bad_url" },
		{ "https://hooks.example/#x", "webhook.bad_url" }, { "https://hooks.example/a b", "webhook.bad_url" },
		{ "https://法院.example/", "webhook.bad_url" }, { "gopher://127.0.0.1:25/", "webhook.bad_url" },
		{ "http://hooks.example/", "webhook.plain" }, { "http://127.0.0.1/", "webhook.plain" }, { "http://localhost:9/", "webhook.plain" },
		{ "https://127.0.0.1/", "webhook.closed" }, { "https://127.1/", "webhook.closed" }, { "https://2130706433/", "webhook.closed" },
		{ "https://0x7f.0.0.1/", "webhook.closed" }, { "https://[::1]/", "webhook.closed" }, { "https://[::ffff:10.0.0.1]/", "webhook.closed" },
		{ "https://169.254.169.254/latest/", "webhook.closed" }, { "https://10.1.2.3:8443/", "webhook.closed" },
		{ "https://[fe80::1]/", "webhook.closed" },
	};
	const char *told;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		CHECK_WHY(webhook_make(&ctx, "", row[i].url, "", &told), MC_INVALID, row[i].why);
	CHECK_WHY(webhook_make(&ctx, "", "https://hooks.example/", "answer nonsense", &told), MC_INVALID, "webhook.no_event");
	CHECK_WHY(webhook_make(&ctx, "132", "https://hooks.example/", "", &told), MC_INVALID, "office.admin_only");
	struct webhook *list;
	size_t count;
	CHECK(!webhook_list(&ctx, &list, &count));
	CHECK_INT(count, 0);
}

/* Only wanted acts; one message at a time; another process that saw the same turn gets nothing. */
static void test_dispatch_sends(struct ctx ctx)
{
	const char *told;
	struct dispatch_turn *turn;
	struct dispatch what;
	CHECK(!webhook_make(&ctx, "", "https://Hooks.example:8443/a", "answer", &told));
	CHECK(!strncmp(told, "whsec_", 6) && strlen(told) == 6 + 44);
	struct webhook hook = test_dispatch_hook(&ctx, 1);
	CHECK_TEXT(hook.host, "hooks.example");
	CHECK_TEXT(hook.events, "ANSWER");
	CHECK(!strstr(hook.secret, told + 6));
	test_dispatch_happens(&ctx, "ACCEPT", 2);
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 0);
	test_dispatch_happens(&ctx, "ANSWER", 3);
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 1);
	CHECK(!dispatch_take(&ctx, turn, &what));
	CHECK_INT(dispatch_take(&ctx, turn, &what), MC_UNKNOWN);
	struct dispatch_turn *none;
	CHECK_INT(test_dispatch_turns(&ctx, &none), 0);
	CHECK(strstr(what.body, "\"type\":\"act.answer\"") && strstr(what.body, "\"court\":\"132\"") && strstr(what.body, "\"entry\":3"));
	CHECK(strstr(what.body, "/cases/132/d1/docket/3") && !strstr(what.body, "张伟"));
	CHECK(!strncmp(what.signature, "v1,", 3) && !strchr(what.signature, ' '));
	CHECK(!dispatch_note(&ctx, &what, &(struct dispatch_result){ 200, 12, "", "" }));
	struct dispatch_message last = test_dispatch_last(&ctx, &hook);
	CHECK_TEXT(last.state, "arrived");
	CHECK_INT(last.status, 200);
	CHECK_INT(last.tries, 1);
	/* A process that died with a message in hand: it is taken again when its time is over. */
	test_dispatch_happens(&ctx, "ANSWER", 4);
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 1);
	CHECK(!dispatch_take(&ctx, turn, &what));
	const char *id = what.id;
	ctx.now += DISPATCH_LEASE;
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 1);
	CHECK(!dispatch_take(&ctx, turn, &what));
	CHECK_TEXT(what.id, id);
	CHECK(!dispatch_note(&ctx, &what, &(struct dispatch_result){ 204, 1, "", "" }));
	CHECK(!webhook_rotate(&ctx, &hook, &told));
	CHECK_WHY(webhook_rotate(&ctx, &hook, &told), MC_UNKNOWN, "webhook.unknown");
	CHECK(!dispatch_repeat(&ctx, &hook, id));
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 1);
	CHECK(!dispatch_take(&ctx, turn, &what));
	CHECK_TEXT(what.id, id);
	CHECK(strstr(what.signature, " v1,"));
	CHECK(!dispatch_note(&ctx, &what, &(struct dispatch_result){ 200, 1, "", "" }));
	CHECK_WHY(dispatch_repeat(&ctx, &hook, "msg_none"), MC_UNKNOWN, "webhook.no_message");
}

static struct dispatch test_dispatch_take(struct ctx *ctx)
{
	struct dispatch_turn *turn;
	struct dispatch what = { 0 };
	CHECK_INT(test_dispatch_turns(ctx, &turn), 1);
	CHECK(!dispatch_take(ctx, turn, &what));
	return what;
}

/* Half a minute after the first failure, twice as long each time; after three days no more. */
static void test_dispatch_fails(struct ctx ctx)
{
	struct webhook hook = test_dispatch_hook(&ctx, 1);
	struct dispatch_turn *turn;
	int64_t begun = ctx.now += 1000;
	int tries = 0;
	test_dispatch_happens(&ctx, "ANSWER", 5);
	const char *id = NULL;
	for (; tries < 100 && !test_dispatch_hook(&ctx, 1).asleep; tries++) {
		struct dispatch what = test_dispatch_take(&ctx);
		CHECK(!id || !strcmp(id, what.id));
		id = what.id;
		CHECK(!dispatch_note(&ctx, &what, &(struct dispatch_result){ 500, 7, "webhook.status", "500" }));
		struct dispatch_message m = test_dispatch_last(&ctx, &hook);
		CHECK_INT(m.tries, tries + 1);
		CHECK_TEXT(m.why, "webhook.status");
		if (!strcmp(m.state, "given_up"))
			break;
		CHECK_INT(test_dispatch_turns(&ctx, &turn), 0);
		CHECK_INT(m.due - ctx.now, tries < 10 ? 30 << tries : 21600);
		ctx.now = m.due;
	}
	CHECK(ctx.now - begun >= 3 * 86400 && ctx.now - begun < 3 * 86400 + 21600);
	CHECK(tries > 15 && tries < 40);
	CHECK(test_dispatch_hook(&ctx, 1).asleep);
	/* Asleep: nothing new, until a test arrives. */
	test_dispatch_happens(&ctx, "ANSWER", 6);
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 0);
	CHECK(!dispatch_test(&ctx, &hook));
	struct dispatch what = test_dispatch_take(&ctx);
	CHECK(strstr(what.body, "\"type\":\"test\""));
	CHECK(!dispatch_note(&ctx, &what, &(struct dispatch_result){ 0, 7, "webhook.silent", "x" }));
	CHECK(test_dispatch_hook(&ctx, 1).asleep);
	ctx.now++;
	CHECK(!dispatch_test(&ctx, &hook));
	what = test_dispatch_take(&ctx);
	CHECK(!dispatch_note(&ctx, &what, &(struct dispatch_result){ 200, 7, "", "" }));
	CHECK(!test_dispatch_hook(&ctx, 1).asleep && !test_dispatch_hook(&ctx, 1).failing);
}

/* A message that is never taken does not keep back the next. */
static void test_dispatch_poison(struct ctx ctx)
{
	ctx.now += 10 * 86400;
	test_dispatch_happens(&ctx, "ANSWER", 7);
	struct dispatch poison = test_dispatch_take(&ctx), next;
	CHECK(!dispatch_note(&ctx, &poison, &(struct dispatch_result){ 400, 7, "webhook.status", "400" }));
	test_dispatch_happens(&ctx, "ANSWER", 8);
	ctx.now += DISPATCH_REST;
	next = test_dispatch_take(&ctx);
	CHECK(strcmp(next.id, poison.id) != 0);
	CHECK(!dispatch_note(&ctx, &next, &(struct dispatch_result){ 200, 7, "", "" }));
	next = test_dispatch_take(&ctx);
	CHECK_TEXT(next.id, poison.id);
	CHECK(!dispatch_note(&ctx, &next, &(struct dispatch_result){ 200, 7, "", "" }));
}

static void test_dispatch_rights(struct ctx ctx)
{
	struct webhook hook = test_dispatch_hook(&ctx, 1), other;
	struct dispatch_turn *turn;
	struct dispatch what;
	ctx.now += 20 * 86400;
	test_dispatch_happens(&ctx, "ANSWER", 9);
	CHECK(!db_together(&ctx, test_dispatch_party, ""));
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 1);
	CHECK_INT(dispatch_take(&ctx, turn, &what), MC_UNKNOWN);
	CHECK_TEXT(test_dispatch_last(&ctx, &hook).state, "withheld");
	CHECK_INT(test_dispatch_last(&ctx, &hook).tries, 0);
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 0);
	ctx.person = network_verified(&ctx, "李娜", 2);
	CHECK_WHY(webhook_find(&ctx, hook.court, hook.id, &other), MC_UNKNOWN, "webhook.unknown");
}

/* An administrator hears of all cases of the court, while in office. */
static void test_dispatch_court(struct ctx ctx)
{
	const char *told;
	struct webhook *list;
	struct dispatch_turn *turn;
	struct dispatch what;
	size_t count;
	ctx.person = network_staff(&ctx, "周敏", 3, "132", OFFICE_ADMIN);
	ctx.now += 30 * 86400;
	CHECK(!webhook_make(&ctx, "132", "https://court.example/", "", &told));
	CHECK(!webhook_list(&ctx, &list, &count));
	CHECK_INT(count, 1);
	test_dispatch_happens(&ctx, "PAID", 10);
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 1);
	CHECK(!dispatch_take(&ctx, turn, &what));
	CHECK(strstr(what.body, "\"type\":\"act.paid\""));
	CHECK(!dispatch_note(&ctx, &what, &(struct dispatch_result){ 200, 7, "", "" }));
	CHECK(!webhook_remove(&ctx, &list[0]));
	CHECK(!webhook_list(&ctx, &list, &count));
	CHECK_INT(count, 0);
	test_dispatch_happens(&ctx, "PAID", 11);
	CHECK_INT(test_dispatch_turns(&ctx, &turn), 0);
	for (int i = 0; i < WEBHOOK_MOST; i++)
		CHECK(!webhook_make(&ctx, "", "https://court.example/", "", &told));
	CHECK_WHY(webhook_make(&ctx, "", "https://court.example/", "", &told), MC_CONFLICT, "webhook.too_many");
	CHECK(!dispatch_sweep(&ctx));
}

int main(void)
{
	struct store *house;
	struct ctx ctx = network_open(&house);
	mine = network_verified(&ctx, "张伟", 1);
	ctx.person = mine;
	desk_case(&ctx, (struct desk_case){ .court = "132", .id = "d1", .stage = "ANSWERING", .since = ctx.now, .registered = ctx.now });
	desk_party(&ctx, (struct desk_party){ "132", "d1", 1, 1, "张伟" });
	CHECK(!db_together(&ctx, test_dispatch_party, (void *)(uintptr_t)mine));
	CHECK(!db_together(&ctx, test_dispatch_enter, (void *)(uintptr_t)mine));
	test_dispatch_urls(ctx);
	test_dispatch_sends(ctx);
	test_dispatch_fails(ctx);
	test_dispatch_poison(ctx);
	test_dispatch_rights(ctx);
	test_dispatch_court(ctx);
	network_end(&ctx, house);
	return check_end();
}
