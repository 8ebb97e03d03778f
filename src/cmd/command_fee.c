#include "command_fee.h"
#include "../base/arena.h"
#include "../base/money.h"
#include "../law/fee.h"

#include <stdio.h>
#include <string.h>

struct command_fee_wish {
	enum lang lang;
	bool halve;
	const char *kind, *amount;      /* as typed; NULL if missing */
};

static int command_fee_usage(enum lang lang)
{
	fputs(lang == LANG_EN
		? "usage: microcourt fee [--halve] [--english] KIND [AMOUNT]\n"
		  "AMOUNT is in yuan, for example 105900.00. KIND is one of\n"
		: "用法：microcourt fee [--halve] [--english] 种类 [金额]\n"
		  "金额以元为单位，例如 105900.00。种类为下列之一：\n", stderr);
	for (int i = 0; i < FEE_KIND_COUNT; i++) {
		const struct fee_kind_rule *rule = fee_kind_rule((enum fee_kind)i);
		fprintf(stderr, "  %-24s%s\n", rule->word, rule->name[lang]);
	}
	return 2;
}

/* "10,000" rather than "10,000.00" for the round numbers of the brackets. */
static const char *command_fee_round(struct arena *mem, int64_t fen)
{
	const char *said = money_say(mem, fen);
	return fen % 100 ? said : arena_print(mem, "%.*s", (int)strlen(said) - 3, said);
}

/* 250 is 2.5%. */
static const char *command_fee_percent(struct arena *mem, int rate)
{
	if (rate % 100 == 0)
		return arena_print(mem, "%d%%", rate / 100);
	if (rate % 10 == 0)
		return arena_print(mem, "%d.%d%%", rate / 100, rate / 10 % 10);
	return arena_print(mem, "%d.%02d%%", rate / 100, rate % 100);
}

static void command_fee_part(struct arena *mem, enum lang lang, const struct fee *fee, const struct fee_part *part)
{
	const char *from = command_fee_round(mem, part->from), *to = command_fee_round(mem, part->to);
	const char *slice = money_say(mem, part->slice), *fen = money_say(mem, part->fen);

	if (part->to == 0) {
		printf(lang == LANG_EN ? "for each case: %s yuan\n" : "每件交纳 %s 元\n", fen);
		if (fee->high)
			printf(lang == LANG_EN ? "the province sets this sum between %s and %s yuan; the lowest is taken here\n"
				: "此项由省级人民政府在 %s 元至 %s 元之间确定，此处按最低额计算\n",
			       command_fee_round(mem, fee->low), command_fee_round(mem, fee->high));
		return;
	}
	if (part->permille10 == 0 && part->fen > 0)
		printf(lang == LANG_EN ? "up to %s yuan: %s yuan\n" : "不超过 %s 元：每件交纳 %s 元\n", to, fen);
	else if (part->permille10 == 0)
		printf(lang == LANG_EN ? "up to %s yuan: nothing more\n" : "不超过 %s 元的部分：不另行交纳\n", to);
	else if (part->to == INT64_MAX)
		printf(lang == LANG_EN ? "above %s yuan: %s × %s = %s yuan\n"
			: "超过 %s 元的部分：%s 元 × %s = %s 元\n",
		       from, slice, command_fee_percent(mem, part->permille10), fen);
	else
		printf(lang == LANG_EN ? "above %s up to %s yuan: %s × %s = %s yuan\n"
			: "超过 %s 元至 %s 元的部分：%s 元 × %s = %s 元\n",
		       from, to, slice, command_fee_percent(mem, part->permille10), fen);
}

static void command_fee_explain(struct arena *mem, enum lang lang, enum fee_kind kind, const struct fee *fee, bool halve)
{
	const struct fee_kind_rule *rule = fee_kind_rule(kind);
	int64_t fen = (fee->whole + fee->share / 2) / fee->share;

	for (size_t i = 0; i < fee->parts; i++)
		command_fee_part(mem, lang, fee, &fee->part[i]);
	if (fee->parts == 0)
		puts(lang == LANG_EN ? "no fee is due" : "不交纳案件受理费");
	if (fee->parts > 1)
		printf(lang == LANG_EN ? "together: %s yuan\n" : "合计 %s 元\n", money_say(mem, fee->whole));
	if (fee->share > 1)
		printf(lang == LANG_EN ? "1/%d of the fee of a property case: %s ÷ %d = %s yuan\n"
			: "按财产案件受理费标准的 1/%d：%s 元 ÷ %d = %s 元\n",
		       fee->share, money_say(mem, fee->whole), fee->share, money_say(mem, fen));
	if (fee->capped) {
		fen = rule->cap;
		printf(lang == LANG_EN ? "never more than %s yuan\n" : "最高不超过 %s 元\n",
		       command_fee_round(mem, fen));
	}
	if (fee->halved)
		printf(lang == LANG_EN ? "halved, once only: %s ÷ 2 = %s yuan\n" : "减半交纳（只能减半一次）：%s 元 ÷ 2 = %s 元\n",
		       money_say(mem, fen), money_say(mem, fee->fen));
	else if (halve)
		puts(lang == LANG_EN ? "this fee is not halved: only a fee for accepting a case is"
			: "此项费用不减半，减半只适用于案件受理费");
	printf(lang == LANG_EN ? "by %s\n" : "依据：%s\n", fee->law);
}

/* Options may stand anywhere. False for an unknown option or a third word. */
static bool command_fee_read(int argc, char **argv, struct command_fee_wish *wish)
{
	bool good = true;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--english"))
			wish->lang = LANG_EN;
		else if (!strcmp(argv[i], "--halve"))
			wish->halve = true;
		else if (argv[i][0] == '-' || wish->amount)
			good = false;
		else if (wish->kind)
			wish->amount = argv[i];
		else
			wish->kind = argv[i];
	}
	return good && wish->kind;
}

int command_fee(int argc, char **argv)
{
	struct command_fee_wish wish = { .lang = LANG_ZH };
	enum fee_kind kind;
	int64_t amount = 0;

	if (!command_fee_read(argc, argv, &wish))
		return command_fee_usage(wish.lang);
	if (!fee_kind_find(wish.kind, &kind)) {
		fprintf(stderr, wish.lang == LANG_EN ? "microcourt fee: no such kind: %s\n"
			: "microcourt fee：没有这个种类：%s\n", wish.kind);
		return command_fee_usage(wish.lang);
	}
	if (wish.amount && !money_parse(wish.amount, &amount)) {
		fprintf(stderr, wish.lang == LANG_EN
			? "microcourt fee: not an amount: %s (for example 105900.00, at most two decimals)\n"
			: "microcourt fee：金额无法识别：%s（例如 105900.00，至多两位小数）\n", wish.amount);
		return command_fee_usage(wish.lang);
	}
	/* Of these the Measures know no case without an amount. */
	if (!wish.amount && (kind == FEE_PROPERTY || kind == FEE_PAYMENT_ORDER || kind == FEE_BANKRUPTCY)) {
		fprintf(stderr, wish.lang == LANG_EN ? "microcourt fee: %s needs an amount\n"
			: "microcourt fee：%s 须写明金额\n", wish.kind);
		return command_fee_usage(wish.lang);
	}

	struct arena *mem = arena_begin();
	struct fee fee = fee_reckon(kind, amount, wish.halve);
	printf("%s\n", money_plain(mem, fee.fen));
	fputs(fee_kind_rule(kind)->name[wish.lang], stdout);
	if (wish.amount && fee_priced(kind))
		printf(wish.lang == LANG_EN ? ", amount %s yuan\n" : "，金额 %s 元\n", money_say(mem, amount));
	else
		puts(fee_priced(kind) ? wish.lang == LANG_EN ? ", without an amount" : "，没有金额" : "");
	command_fee_explain(mem, wish.lang, kind, &fee, wish.halve);
	arena_end(mem);
	return 0;
}
