#include "check.h"
#include "../../src/law/cause.h"

/* What a person types, and the cause that must come first. */
static const struct { const char *typed, *code; } first[] = {
	{ "买卖", "88" }, { "买卖合同纠纷", "88" }, { "借钱", "108.3" }, { "欠钱不还", "108.3" }, { "网购", "88.8" },
	{ "退货", "88.8" }, { "离婚", "14" }, { "车祸", "411" }, { "工资", "205.5" }, { "房租", "116.2" },
	{ "物业费", "126" }, { "装修", "120.7" }, { "信用卡", "115.2" }, { "名誉", "6" }, { "民间借贷纠纷", "108.3" },
	{ "继承", "29" }, { "著作权", "164" }, { "合伙", "132" }, { "邻居", "55" }, { "狗", "419" }, { "支付令", "458" },
	{ "朋友借了我三万块钱一直不还", "108.3" }, { "公司拖欠工资三个月", "205.5" }, { "我在网上买了假货要求退款", "88.8" },
	{ "被车撞了怎么办", "411" }, { "loan", "108.3" }, { "Unpaid loan", "108.3" }, { "wages", "205.5" }, { "WAGE", "205.5" },
	{ "ＬＯＡＮ", "108.3" }, { "divorce", "14" }, { "sale", "88" }, { "online shopping", "88.8" },
	{ "my landlord will not return the deposit", "116.2" }, { "credit card", "115.2" }, { "defamation", "6" },
	{ "car accident", "411" }, { "  离 婚  ", "14" }, { "product liability", "410" }, { "copyright", "164" },
};

static void test_cause_table(void)
{
	size_t count = 0;
	for (const struct cause *c; (c = cause_each(count)); count++) {
		const struct cause *parent = cause_find(c->parent);
		check_note(cause_find(c->code) == c, __FILE__, __LINE__, c->code);
		check_note(c->level == 1 ? !c->parent[0] : parent && parent < c && parent->level == c->level - 1,
			   __FILE__, __LINE__, c->code);
		check_note(c->name[LANG_ZH][0] && c->name[LANG_EN][0] && c->words, __FILE__, __LINE__, c->code);
		check_note(c->level < 3 || c->words[0], __FILE__, __LINE__, c->code);
		check_note(strlen(c->words) < 300 && strlen(c->name[LANG_EN]) < 190, __FILE__, __LINE__, c->code);
	}
	CHECK(count > 100);
	CHECK(!cause_each(count) && !cause_each((size_t)-1));
	CHECK(!cause_find("") && !cause_find("9999") && !cause_find(NULL));
	CHECK_TEXT(cause_find("88")->name[LANG_ZH], "买卖合同纠纷");
	CHECK_TEXT(cause_find("88")->parent, "S10");
	CHECK_INT(cause_find("14")->fee, FEE_DIVORCE);
	CHECK_INT(cause_find("205.5")->fee, FEE_LABOUR);
}

int main(void)
{
	static const char *const odd[] = { "", " ", "。", "\xe4", "\xe4\xb9", "\xf0\x9f", "\xff\xfe", "\xc0\x80", "_", "%", "zzzz" };
	const struct cause *found[400];
	size_t n;

	test_cause_table();
	for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
		n = cause_search(first[i].typed, found, 5);
		check_note(n > 0, __FILE__, __LINE__, first[i].typed);
		if (n)
			check_text(found[0]->code, first[i].code, __FILE__, __LINE__, first[i].typed);
	}
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
		check_int((intmax_t)cause_search(odd[i], found, 5), 0, __FILE__, __LINE__, odd[i]);
	CHECK_INT(cause_search(NULL, found, 5), 0);
	CHECK_INT(cause_search("买卖", found, 0), 0);
	CHECK_INT(cause_search("合同", found, 3), 3);
	CHECK(cause_search("contract", found, 5) == 5);
	n = cause_search("合同", found, 400);
	CHECK(n > 20);
	for (size_t i = 0; i < n; i++)
		CHECK(found[i]->level >= 3);
	/* longer than is looked at */
	CHECK(cause_search("买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖"
			   "买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖买卖", found, 5) > 0);
	return check_end();
}
