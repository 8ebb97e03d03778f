#include "network.h"
#include "../../src/store/outbox.h"
#include "../../src/base/cursor.h"

/* The fields that were found wrong, in order. */
static const char *test_person_fields(struct ctx *ctx, struct person p)
{
	struct person copy = p;
	const char *all = "";
	ctx_forget(ctx);
	CHECK(!person_check(ctx, &copy) == !ctx->why);
	for (const struct why *w = ctx->why; w; w = w->next)
		all = arena_print(ctx->mem, "%s%s%s", all, *all ? " " : "", w->field);
	ctx_forget(ctx);
	return all;
}

static void test_person_form(struct ctx *ctx)
{
	struct person p = network_citizen(ctx, "张伟", 1), bad;
	CHECK_TEXT(person_number(ctx->mem, " 1100-0019 90x "), "1100001990X");
	CHECK_TEXT(person_number(ctx->mem, "110x"), "110X");
	CHECK_TEXT(person_number_masked(ctx->mem, "110000199001010011"), "110******0011");
	CHECK_TEXT(person_number_masked(ctx->mem, "E1234567"), "E******67");
	CHECK_TEXT(person_account(ctx->mem, " Zhang@Example.CN "), "zhang@example.cn");
	CHECK_TEXT(person_account(ctx->mem, "bj-Judge1"), "BJJUDGE1");

	CHECK_TEXT(test_person_fields(ctx, p), "");
	bad = p, bad.number = "110000199001010000";
	CHECK_TEXT(test_person_fields(ctx, bad), "number");
	bad = p, bad.name = " ", bad.mobile = "12", bad.address = "", bad.email = "nobody";
	CHECK_TEXT(test_person_fields(ctx, bad), "name mobile email address");
	bad = p, bad.email = "a@b.cn";
	CHECK_TEXT(test_person_fields(ctx, bad), "");
	bad = p, bad.name = "a\nb";
	CHECK_TEXT(test_person_fields(ctx, bad), "name");
	bad = p, bad.kind = PERSON_PASSPORT, bad.number = "E1234567";
	CHECK_TEXT(test_person_fields(ctx, bad), "");
	bad = p, bad.kind = PERSON_ORGANISATION;
	CHECK_TEXT(test_person_fields(ctx, bad),
		   "number representative representative_number operator operator_number");
}

static void test_person_register(struct store *store, struct ctx ctx)
{
	(void)store;
	struct person zhang = network_citizen(&ctx, "张伟", 11), again = network_citizen(&ctx, "冒名者", 11), out;
	const char *id;
	CHECK(!db_together(&ctx, network_add, &zhang));
	CHECK(!person_load(&ctx, zhang.id, &out));
	CHECK_TEXT(out.name, "张伟");
	CHECK_INT(out.state, PERSON_REGISTERED);
	CHECK_INT(out.waiting, NETWORK_NOW);
	CHECK_WHY(db_together(&ctx, network_add, &again), MC_CONFLICT, "person.cannot_register");
	CHECK(!person_by_number(&ctx, PERSON_CITIZEN, zhang.number, &out));
	CHECK_TEXT(out.id, zhang.id);
	CHECK_WHY(person_by_number(&ctx, PERSON_PASSPORT, zhang.number, &out), MC_UNKNOWN, "person.unknown");
	CHECK_TEXT(person_name(&ctx, zhang.id), "张伟");
	CHECK_TEXT(person_name(&ctx, "nobody"), "");
	/* A mobile signs in once it is verified: until then nobody learns whether it is another's. */
	CHECK_WHY(person_by_account(&ctx, "138 0000 0011", &id), MC_UNKNOWN, "person.unknown");
	CHECK(!db_together(&ctx, network_found, arena_copy(ctx.mem, zhang.id)));
	CHECK(!person_by_account(&ctx, "138 0000 0011", &id));
	CHECK_TEXT(id, zhang.id);

	/* Somebody claims another's mobile: whoever is verified first has it. */
	struct person squat = network_citizen(&ctx, "占号", 12), owner = network_citizen(&ctx, "机主", 13);
	owner.mobile = squat.mobile = "13800009999";
	CHECK(!db_together(&ctx, network_add, &squat));
	CHECK(!db_together(&ctx, network_add, &owner));
	CHECK_WHY(person_by_account(&ctx, "13800009999", &id), MC_UNKNOWN, "person.unknown");
	CHECK(!db_together(&ctx, network_found, arena_copy(ctx.mem, owner.id)));
	CHECK(!person_by_account(&ctx, "13800009999", &id));
	CHECK_TEXT(id, owner.id);
	CHECK(!db_together(&ctx, network_found, arena_copy(ctx.mem, squat.id)));
	CHECK(!person_by_account(&ctx, "13800009999", &id));
	CHECK_TEXT(id, owner.id);
}

static void test_person_correction(struct ctx ctx)
{
	struct person out, fresh = network_citizen(&ctx, "李娜", 21), other = network_citizen(&ctx, "他人", 22);
	const char *id;
	CHECK(!db_together(&ctx, network_add, &fresh));
	CHECK(!db_together(&ctx, network_add, &other));
	ctx.person = fresh.id;
	struct person change = fresh;
	change.number = network_number(&ctx, 22);
	CHECK_WHY(person_correct(&ctx, &change), MC_CONFLICT, "person.cannot_register");
	change.number = network_number(&ctx, 23);
	change.name = "李娜娜";
	change.mobile = "13800008888";
	CHECK(!person_correct(&ctx, &change));
	CHECK(!person_load(&ctx, fresh.id, &out));
	CHECK_TEXT(out.name, "李娜娜");
	CHECK_TEXT(out.number, network_number(&ctx, 23));
	CHECK(!person_by_account(&ctx, change.number, &id));
	CHECK_TEXT(id, fresh.id);
	CHECK_WHY(person_by_account(&ctx, "13800008888", &id), MC_UNKNOWN, "person.unknown");
	CHECK_WHY(person_by_account(&ctx, fresh.number, &id), MC_UNKNOWN, "person.unknown");
	CHECK_WHY(person_by_account(&ctx, fresh.mobile, &id), MC_UNKNOWN, "person.unknown");

	/* Verified: name and number stand, the address may change. */
	CHECK(!db_together(&ctx, network_found, arena_copy(ctx.mem, fresh.id)));
	change.name = "另一人";
	change.number = network_number(&ctx, 24);
	change.address = "示例路2号院";
	CHECK(!person_correct(&ctx, &change));
	CHECK(!person_load(&ctx, fresh.id, &out));
	CHECK_TEXT(out.name, "李娜娜");
	CHECK_TEXT(out.number, network_number(&ctx, 23));
	CHECK_TEXT(out.address, "示例路2号院");
	CHECK_INT(out.waiting, 0);
}

static void test_person_verification(struct ctx ctx)
{
	const char *clerk = network_staff(&ctx, "林小雨", 31, "132", OFFICE_FILING);
	const char *judge = network_staff(&ctx, "王建国", 32, "132", OFFICE_JUDGE);
	const char *wang = network_person(&ctx, "王强", 33);
	struct verification *note;
	struct outbox_row news;
	struct person out, *list;
	size_t n;
	while (!outbox_next(&ctx, &news))
		if (outbox_done(&ctx, &news))
			break;
	ctx_forget(&ctx);

	ctx.person = wang;
	CHECK_WHY(verification_grant(&ctx, wang, "身份证"), MC_DENIED, "person.clerks_only");
	CHECK_WHY(person_waiting(&ctx, &cursor_start, 10, &list, &n), MC_DENIED, "person.clerks_only");
	CHECK(!verification_list(&ctx, wang, &cursor_start, 100, &note, &n));
	ctx.person = judge;
	CHECK_WHY(verification_grant(&ctx, wang, "身份证"), MC_DENIED, "person.clerks_only");
	CHECK_WHY(verification_list(&ctx, wang, &cursor_start, 100, &note, &n), MC_DENIED, "person.clerks_only");
	ctx.person = clerk;
	CHECK_WHY(verification_suspend(&ctx, clerk, "自己"), MC_DENIED, "verification.oneself");
	CHECK_WHY(verification_grant(&ctx, wang, " "), MC_INVALID, "verification.reason_needed");
	CHECK_WHY(verification_suspend(&ctx, wang, "理由"), MC_CONFLICT, "verification.overtaken");
	CHECK_WHY(verification_grant(&ctx, "nobody", "身份证"), MC_UNKNOWN, "person.unknown");

	CHECK(!verification_refuse(&ctx, wang, "照片与证件不符"));
	CHECK(!person_load(&ctx, wang, &out));
	CHECK_INT(out.state, PERSON_REGISTERED);
	CHECK_INT(out.waiting, 0);
	ctx.person = wang;
	ctx.now += 10;
	CHECK(!person_correct(&ctx, &out));
	CHECK(!person_load(&ctx, wang, &out));
	CHECK_INT(out.waiting, ctx.now);
	ctx.person = clerk;
	CHECK(!verification_grant(&ctx, wang, "居民身份证原件,立案窗口"));
	CHECK_WHY(verification_grant(&ctx, wang, "居民身份证原件"), MC_CONFLICT, "verification.overtaken");
	CHECK(!outbox_next(&ctx, &news));
	CHECK_TEXT(news.kind, VERIFICATION_NEWS);
	CHECK_TEXT(news.body, arena_print(ctx.mem, "{\"person\":\"%s\"}", wang));
	ctx.now += 10;
	CHECK(!verification_suspend(&ctx, wang, "本人称账号被盗"));
	ctx.now += 10;
	CHECK(!verification_restore(&ctx, wang, "已核实,恢复"));
	CHECK(!person_load(&ctx, wang, &out));
	CHECK_INT(out.state, PERSON_VERIFIED);
	CHECK(!verification_list(&ctx, wang, &cursor_start, 100, &note, &n));
	CHECK_INT(n, 4);
	CHECK_TEXT(note[0].result, "restored");
	CHECK_TEXT(note[0].by, "林小雨");
	CHECK_TEXT(note[3].reason, "照片与证件不符");
}

static void test_person_lists(struct ctx ctx)
{
	const char *clerk = network_staff(&ctx, "何静怡", 40, "B1W", OFFICE_FILING);
	struct person *list;
	size_t n, all = 0;
	for (int i = 0; i < 25; i++) {
		ctx.now++;
		network_person(&ctx, arena_print(ctx.mem, "候核人%02d", i), 100 + i);
	}
	ctx.person = clerk;
	struct cursor from = cursor_start;
	do {
		CHECK(!person_waiting(&ctx, &from, 10, &list, &n));
		for (size_t i = 1; i < n; i++)
			CHECK(list[i - 1].waiting <= list[i].waiting);
		all += n;
		if (n)
			from = (struct cursor){ .at = list[n - 1].waiting, .id = list[n - 1].id };
	} while (n);
	CHECK(all >= 25);
	CHECK(!person_search(&ctx, "候核人", &cursor_start, 50, &list, &n));
	CHECK_INT(n, 25);
	/* On from the tenth, and back from there. */
	from = (struct cursor){ .key = list[9].name, .id = list[9].id };
	CHECK(!person_search(&ctx, "候核人", &from, 50, &list, &n));
	CHECK_INT(n, 15);
	CHECK_TEXT(list[0].name, "候核人10");
	from.back = true;
	CHECK(!person_search(&ctx, "候核人", &from, 50, &list, &n));
	CHECK_INT(n, 9);
	CHECK_TEXT(list[0].name, "候核人08");
	CHECK(!person_search(&ctx, "候核人07", &cursor_start, 50, &list, &n));
	CHECK_INT(n, 1);
	CHECK(!person_search(&ctx, list[0].number, &cursor_start, 50, &list, &n));
	CHECK_INT(n, 1);
	CHECK(!person_search(&ctx, "138 0000 0107", &cursor_start, 50, &list, &n));
	CHECK_INT(n, 1);
	CHECK(!person_search(&ctx, "", &cursor_start, 50, &list, &n));
	CHECK_INT(n, 0);
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	test_person_form(&ctx);
	test_person_register(store, ctx);
	test_person_correction(ctx);
	test_person_verification(ctx);
	test_person_lists(ctx);
	network_end(&ctx, store);
	return check_end();
}
