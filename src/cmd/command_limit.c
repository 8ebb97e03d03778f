#include "command_limit.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../law/limit.h"

#include <stdio.h>
#include <string.h>

struct command_limit_wish {
	enum lang lang;
	bool no_roll;
	const char *period, *event;             /* as typed; NULL if missing */
};

struct command_limit_period {
	const struct limit_rule *rule;          /* the statutory period named, or NULL */
	int length;
	enum limit_unit unit;
	bool rolls;
};

static int command_limit_usage(enum lang lang)
{
	fputs(lang == LANG_EN
		? "usage: microcourt limit [--no-roll] [--english] PERIOD DAY\n"
		  "PERIOD is like 15日, 6月, 2年, 3工作日, \"15 days\", or one of the codes below;\n"
		  "DAY is the day of the event, like 2026-09-16, and does not count.\n"
		: "用法：microcourt limit [--no-roll] [--english] 期限 起算事由发生日\n"
		  "期限写成 15日、6月、2年、3工作日，或者下列代号之一；\n"
		  "日期写成 2026-09-16，当日不计入。\n", stderr);
	for (int i = 0; i < LIMIT_COUNT; i++) {
		const struct limit_rule *rule = limit_rule((enum limit)i);
		if (rule->length)
			fprintf(stderr, "  %-20s%s\n", rule->code, rule->name[lang]);
	}
	return 2;
}

static bool command_limit_period(const char *text, struct command_limit_period *period)
{
	for (int i = 0; i < LIMIT_COUNT; i++) {
		const struct limit_rule *rule = limit_rule((enum limit)i);
		if (!strcmp(rule->code, text) && rule->length) {
			*period = (struct command_limit_period){ rule, rule->length, rule->unit, rule->rolls };
			return true;
		}
	}
	period->rule = NULL;
	period->rolls = true;
	return limit_parse(text, &period->length, &period->unit);
}

/* 2026年10月1日（星期四） */
static const char *command_limit_say(struct arena *mem, enum lang lang, int64_t day)
{
	static const char *const week[7][LANG_COUNT] = {
		{ "星期日", "Sunday" }, { "星期一", "Monday" }, { "星期二", "Tuesday" }, { "星期三", "Wednesday" },
		{ "星期四", "Thursday" }, { "星期五", "Friday" }, { "星期六", "Saturday" },
	};
	const char *name = week[day_parts(day).weekday][lang];
	return arena_print(mem, lang == LANG_EN ? "%s (%s)" : "%s（%s）", day_say(mem, lang, day), name);
}

/* How the last day was found before rest days come in. */
static void command_limit_count(struct arena *mem, enum lang lang, const struct command_limit_period *period,
				const struct limit_end *end)
{
	const char *last = command_limit_say(mem, lang, end->counted);
	switch (period->unit) {
	case LIMIT_DAYS:
		printf(lang == LANG_EN ? "day %d is %s\n" : "第 %d 日为 %s\n", period->length, last);
		break;
	case LIMIT_WORKING_DAYS:
		printf(lang == LANG_EN ? "rest days do not count; working day %d is %s\n"
			: "休息日不计入，第 %d 个工作日为 %s\n", period->length, last);
		break;
	case LIMIT_MONTHS:
	case LIMIT_YEARS:
		printf(end->month_end
			? lang == LANG_EN ? "no corresponding day, so the month's last: %s (民法典第202条)\n"
				: "没有对应日，月末日为 %s（民法典第202条）\n"
			: lang == LANG_EN ? "the corresponding day is %s (民法典第202条)\n"
				: "对应日为 %s（民法典第202条）\n", last);
		break;
	}
}

static void command_limit_rest(struct arena *mem, enum lang lang, const struct command_limit_period *period,
			       const struct limit_end *end)
{
	const struct calendar *calendar = calendar_national();
	const char *name = calendar_name(calendar, lang, end->day);

	for (int64_t day = end->counted; day < end->day; day++)
		printf(lang == LANG_EN ? "%s is a rest day: %s\n" : "%s为休息日：%s\n",
		       command_limit_say(mem, lang, day), calendar_name(calendar, lang, day));
	if (end->rolled)
		printf(lang == LANG_EN ? "so it ends on the first working day after: %s (民诉法第85条)\n"
			: "顺延至其后第一个工作日：%s（民诉法第85条）\n", command_limit_say(mem, lang, end->day));
	else if (calendar_rests(calendar, end->day))
		printf(lang == LANG_EN ? "%s is a rest day (%s), but this period does not go on past rest days\n"
			: "%s为休息日（%s），但此期间不顺延\n", command_limit_say(mem, lang, end->day), name);
	else if (period->rolls && name)
		printf(lang == LANG_EN ? "%s is a working day made up for %s, so it does not go on\n"
			: "%s为调休上班日（%s），不顺延\n", command_limit_say(mem, lang, end->day), name);
	if (end->provisional)
		puts(lang == LANG_EN ? "provisional: there is no holiday notice for that year, so only weekends are known"
			: "暂定：该年度没有放假安排，只按周末计算");
}

/* Options may stand anywhere. False for an unknown option or a third word. */
static bool command_limit_read(int argc, char **argv, struct command_limit_wish *wish)
{
	bool good = true;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--english"))
			wish->lang = LANG_EN;
		else if (!strcmp(argv[i], "--no-roll"))
			wish->no_roll = true;
		else if (argv[i][0] == '-' || wish->event)
			good = false;
		else if (wish->period)
			wish->event = argv[i];
		else
			wish->period = argv[i];
	}
	return good && wish->event;
}

int command_limit(int argc, char **argv)
{
	struct command_limit_wish wish = { .lang = LANG_ZH };
	struct command_limit_period period;
	int64_t event;

	if (!command_limit_read(argc, argv, &wish))
		return command_limit_usage(wish.lang);
	if (!command_limit_period(wish.period, &period)) {
		fprintf(stderr, wish.lang == LANG_EN ? "microcourt limit: not a period: %s (for example 15日, 6月, 2年, 3工作日)\n"
			: "microcourt limit：期限无法识别：%s（例如 15日、6月、2年、3工作日）\n", wish.period);
		return command_limit_usage(wish.lang);
	}
	if (!day_parse(wish.event, &event)) {
		fprintf(stderr, wish.lang == LANG_EN ? "microcourt limit: not a day: %s (for example 2026-09-16)\n"
			: "microcourt limit：日期无法识别：%s（例如 2026-09-16）\n", wish.event);
		return command_limit_usage(wish.lang);
	}

	struct arena *mem = arena_begin();
	enum lang lang = wish.lang;
	period.rolls = period.rolls && !wish.no_roll;
	struct limit_end end = limit_count(calendar_national(), event, period.length, period.unit, period.rolls);
	printf("%s\n", day_iso(mem, end.day));
	if (period.rule)
		printf(lang == LANG_EN ? "%s (%s)\n" : "%s（%s）\n", period.rule->name[lang], period.rule->law);
	printf(lang == LANG_EN ? "%s does not count; the first day is %s (民诉法第85条)\n"
		: "%s不计入，自次日起算：第一日为 %s（民诉法第85条）\n",
	       command_limit_say(mem, lang, event), command_limit_say(mem, lang, end.first));
	command_limit_count(mem, lang, &period, &end);
	command_limit_rest(mem, lang, &period, &end);
	arena_end(mem);
	return 0;
}
