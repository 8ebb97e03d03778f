#include "check.h"
#include "../../src/law/fee.h"

/* Kind, amount in fen, grounds for halving, and the fee in fen. */
static const struct { enum fee_kind kind; int64_t amount; int halvings; int64_t fen; } sums[] = {
	{ FEE_PROPERTY, 100, 0, 5000 },
	{ FEE_PROPERTY, 10590000, 0, 241800 },
	{ FEE_PROPERTY, 20000000, 0, 430000 },
	{ FEE_PROPERTY, 50000000, 0, 880000 },
	{ FEE_PROPERTY, 55000000, 0, 930000 },
	{ FEE_PROPERTY, 84291400, 0, 1222914 },
	{ FEE_PROPERTY, 1000000000, 0, 8180000 },
	{ FEE_PROPERTY, 2000000000, 0, 14180000 },
	{ FEE_PROPERTY, 3000000000, 0, 19180000 },
	{ FEE_PRESERVATION, 0, 0, 3000 },
	{ FEE_PRESERVATION, 10000000, 0, 102000 },
	{ FEE_PRESERVATION, 89600000, 0, 500000 },
	{ FEE_PRESERVATION, 200000000, 0, 500000 },
	{ FEE_ENFORCEMENT, 500000, 0, 5000 },
	{ FEE_ENFORCEMENT, 1000000, 0, 5000 },
	{ FEE_ENFORCEMENT, 5000000, 0, 65000 },
	{ FEE_ENFORCEMENT, 50000000, 0, 740000 },
	{ FEE_ENFORCEMENT, 500000000, 0, 5240000 },
	{ FEE_ENFORCEMENT, 1000000000, 0, 7740000 },
	{ FEE_ENFORCEMENT, 2000000000, 0, 8740000 },

	{ FEE_PROPERTY, 0, 0, 5000 },
	{ FEE_PROPERTY, -5, 0, 5000 },
	{ FEE_PROPERTY, 1000000, 0, 5000 },
	{ FEE_PROPERTY, 1000019, 0, 5000 },             /* 0.475 fen more */
	{ FEE_PROPERTY, 1000020, 0, 5001 },             /* half a fen counts as one */
	{ FEE_PROPERTY, 10000000, 0, 230000 },
	{ FEE_PROPERTY, 200000000, 0, 2280000 },
	{ FEE_PROPERTY, 500000000, 0, 4680000 },
	{ FEE_PROPERTY, INT64_C(999999999999999), 0, INT64_C(5000004180000) },
	{ FEE_PROPERTY, 10590000, 1, 120900 },
	{ FEE_PROPERTY, 10590000, 3, 120900 },          /* halved once only */
	{ FEE_PROPERTY, 1000020, 1, 2501 },
	{ FEE_DIVORCE, 0, 0, 5000 },
	{ FEE_DIVORCE, 20000000, 0, 5000 },
	{ FEE_DIVORCE, 30000000, 0, 55000 },
	{ FEE_DIVORCE, 30000000, 1, 27500 },
	{ FEE_PERSONALITY, 5000000, 0, 10000 },
	{ FEE_PERSONALITY, 10000000, 0, 60000 },
	{ FEE_PERSONALITY, 20000000, 0, 110000 },
	{ FEE_NONPROPERTY, 99900000, 0, 5000 },
	{ FEE_IP, 0, 0, 50000 },
	{ FEE_IP, 10590000, 0, 241800 },
	{ FEE_LABOUR, 99900000, 0, 1000 },
	{ FEE_LABOUR, 0, 1, 500 },
	{ FEE_ADMINISTRATIVE, 0, 0, 5000 },
	{ FEE_ADMINISTRATIVE_IP, 0, 0, 10000 },
	{ FEE_JURISDICTION_OBJECTION, 0, 1, 5000 },
	{ FEE_ENFORCEMENT, 0, 0, 5000 },
	{ FEE_ENFORCEMENT, 5000000, 1, 65000 },         /* application fees are not halved */
	{ FEE_PRESERVATION, 100000, 0, 3000 },
	{ FEE_PRESERVATION, 100100, 0, 3001 },
	{ FEE_PRESERVATION, 89600100, 0, 500000 },
	{ FEE_PAYMENT_ORDER, 10000000, 0, 76667 },
	{ FEE_PAYMENT_ORDER, 100, 1, 1667 },
	{ FEE_PUBLIC_SUMMONS, 0, 0, 10000 },
	{ FEE_ARBITRATION, 0, 0, 40000 },
	{ FEE_BANKRUPTCY, 1000000000, 0, 4090000 },
	{ FEE_BANKRUPTCY, INT64_C(100000000000), 0, 30000000 },
	{ FEE_SPECIAL, 10590000, 1, 0 },
};

static void test_fee_parts(void)
{
	struct fee fee = fee_reckon(FEE_PROPERTY, 10590000, 0);
	CHECK_INT(fee.parts, 3);
	CHECK_INT(fee.part[0].fen, 5000);
	CHECK_INT(fee.part[1].from, 1000000);
	CHECK_INT(fee.part[1].to, 10000000);
	CHECK_INT(fee.part[1].slice, 9000000);
	CHECK_INT(fee.part[1].permille10, 250);
	CHECK_INT(fee.part[1].fen, 225000);
	CHECK_INT(fee.part[2].slice, 590000);
	CHECK_INT(fee.part[2].fen, 11800);
	CHECK(!fee.capped && !fee.halved && !fee.high);
	CHECK_TEXT(fee.law, "诉讼费用交纳办法第13条第1款第1项");

	fee = fee_reckon(FEE_PROPERTY, 10590000, 2);
	CHECK(fee.halved);
	CHECK_INT(fee.whole, 241800);
	CHECK(strstr(fee.law, "第16条") && strstr(fee.law, "民诉法解释第206条"));

	CHECK_INT(fee_reckon(FEE_PROPERTY, INT64_MAX, 0).part[9].to, INT64_MAX);
	CHECK(fee_reckon(FEE_PROPERTY, INT64_MAX, 0).fen > 0);

	fee = fee_reckon(FEE_DIVORCE, 0, 0);
	CHECK_INT(fee.low, 5000);
	CHECK_INT(fee.high, 30000);
	CHECK(!fee_reckon(FEE_LABOUR, 0, 0).high && !fee_reckon(FEE_IP, 100, 0).high);
	CHECK(!fee_reckon(FEE_PRESERVATION, 89600000, 0).capped);       /* just reaches it */
	CHECK(fee_reckon(FEE_PRESERVATION, 89600100, 0).capped);
}

int main(void)
{
	for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
		struct fee fee = fee_reckon(sums[i].kind, sums[i].amount, sums[i].halvings);
		int64_t sum = 0;
		CHECK_INT(fee.fen, sums[i].fen);
		for (size_t j = 0; j < fee.parts; j++)
			sum += fee.part[j].fen;
		CHECK_INT(fee.whole, sum);
	}
	test_fee_parts();
	for (int i = 0; i < FEE_KIND_COUNT; i++) {
		const struct fee_kind_rule *rule = fee_kind_rule((enum fee_kind)i);
		enum fee_kind found;
		CHECK(fee_kind_find(rule->word, &found) && (int)found == i);
		CHECK(rule->name[LANG_ZH][0] && rule->name[LANG_EN][0] && rule->law[0] && rule->share > 0);
	}
	enum fee_kind kind;
	CHECK(!fee_kind_find("propert", &kind) && !fee_kind_find("", &kind) && !fee_kind_find(NULL, &kind));
	CHECK(fee_priced(FEE_BANKRUPTCY) && fee_priced(FEE_DIVORCE) && !fee_priced(FEE_LABOUR) && !fee_priced(FEE_SPECIAL));
	return check_end();
}
