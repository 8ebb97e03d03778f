#include "network.h"
#include "../../src/base/day.h"
#include "../../src/court/deadline.h"
#include "../../src/court/gazette.h"
#include "../../src/law/calendar.h"
#include "../../src/law/cause.h"
#include "../../src/base/cursor.h"

static struct ctx ctx;
static struct store *store;
static struct tally tally;
static int64_t settled, moved;

static enum mc_err test_gazette_take(enum gazette list, const char *bytes)
{
	ctx_forget(&ctx);
	tally = (struct tally){ .show = NULL };
	enum mc_err err = gazette_import(&ctx, list, "test.tsv", bytes, strlen(bytes), &tally);
	if (!err)
		CHECK(!gazette_follow(&ctx, list, &settled, &moved));
	return err;
}

static int64_t test_gazette_count(const char *list)
{
	struct row *r = db_ask(&ctx, "select cast(count(*) as bigint) from listing where court = '0' and list = $1", "t", list);
	return db_next(r) ? db_int(r, 0) : -1;
}

/* What is wrong with a list, in which line, and what is said of it. */
static const struct { enum gazette list; const char *bytes, *key, *line; } faulty[] = {
	{ GAZETTE_CAUSES, "code\tname\n1\tx\n", "sheet.no_column", "1" },
	{ GAZETTE_CAUSES, "code\tlevel\tparent\tname\nP01\t1\t\t甲\nP01\t1\t\t乙\n", "listing.twice", "3" },
	{ GAZETTE_CAUSES, "code\tlevel\tparent\tname\nP01\t1\t\t甲\n1\t3\tS99\t乙\n", "listing.parent_unknown", "3" },
	{ GAZETTE_CAUSES, "code\tlevel\tparent\tname\nP01\t2\tP02\t甲\nP02\t2\tP01\t乙\n", "listing.parent_level", "2" },
	{ GAZETTE_CAUSES, "code\tlevel\tparent\tname\nP01\t0\t\t甲\n", "listing.level", "2" },
	{ GAZETTE_CAUSES, "code\tlevel\tparent\tname\n1\t3\t\t甲\n", "listing.no_parent", "2" },
	{ GAZETTE_CHARGES, "code\tlevel\tparent\tname\nC01\t1\t\t\n", "listing.name", "2" },
	{ GAZETTE_CHARGES, "code\tlevel\tparent\tname\nC<1\t1\t\t甲\n", "listing.code", "2" },
	{ GAZETTE_TYPES, "code\tname\n0101\t甲\n", "listing.parent_unknown", "2" },
	{ GAZETTE_DIVISIONS, "code,name,provinceCode\n1101,市辖区,11\n", "listing.parent_unknown", "2" },
	{ GAZETTE_COURTS, "code\tname\tlevel\tparent\tprovince\tdaizi\n\t无名法院\t4\tB10\t\t\n", "roster.no_code", "2" },
	{ GAZETTE_COURTS, "code\tname\tlevel\tparent\tprovince\tdaizi\nXX1\t甲\t9\t000\t\t\n", "roster.level", "2" },
	{ GAZETTE_COURTS, "code\tname\tlevel\tparent\tprovince\tdaizi\nXX1\t甲\t4\tXX9\t\t\n", "listing.parent_unknown", "2" },
	{ GAZETTE_COURTS, "code\tname\tlevel\tparent\tprovince\tdaizi\nXX1\t甲\t4\t132\t\t\n", "listing.parent_level", "2" },
	{ GAZETTE_COURTS, "code\tname\tlevel\tparent\tprovince\tdaizi\nXX1\t甲\t4\t100\t\t京x\nXX2\t乙\t4\t100\t\t京x\n", "roster.sign", "3" },
	{ GAZETTE_HOLIDAYS, "date\tkind\tname\tpaper_year\n2027-02-30\toff\t春节\t2027\n", "almanac.date", "2" },
	{ GAZETTE_HOLIDAYS, "date\tkind\tname\tpaper_year\n2027-01-01\tfree\t元旦\t2027\n", "almanac.kind", "2" },
	{ GAZETTE_HOLIDAYS, "date\tkind\tname\tpaper_year\n2027-01-01\toff\t元旦\t2030\n", "almanac.year", "2" },
	{ GAZETTE_HOLIDAYS, "date\tkind\tname\tpaper_year\n2027-01-01\toff\t元旦\t2027\n2027-01-01\toff\t元旦\t2027\n", "almanac.twice", "3" },
	{ GAZETTE_RATES, "effective_date\trate_1y\trate_5y\n2026-01-20\t3.456\t3.6\n", "rate.percent", "2" },
	{ GAZETTE_RATES, "effective_date\trate_1y\trate_5y\n2026-01-20\t-1\t3.6\n", "rate.percent", "2" },
	{ GAZETTE_RATES, "effective_date\trate_1y\trate_5y\n2026-01-20\t3.45\t101\n", "rate.percent", "2" },
};

static void test_gazette_causes(void)
{
	const char list[] = "code\tlevel\tparent\tname\tlabel\nP08\t1\t\t海事海商纠纷\t第八部分\nS23\t2\tP08\t海事海商纠纷\t一、\n"
		"233\t3\tS23\t船舶碰撞损害责任纠纷\t233.\nP04\t1\t\t合同、准合同纠纷\t\nS10\t2\tP04\t合同纠纷\t\n88\t3\tS10\t买卖合同纠纷（新）\t\n";
	const struct cause *found[3];
	CHECK(!cause_find("233"));
	CHECK(!test_gazette_take(GAZETTE_CAUSES, list));
	CHECK_INT(tally.all, 6);
	CHECK_INT(tally.added, 6);
	CHECK_INT(tally.changed, 0);
	CHECK(cause_find("233") && cause_find("233")->fee == FEE_PROPERTY);
	CHECK_TEXT(cause_find("233")->name[LANG_EN], "船舶碰撞损害责任纠纷");
	CHECK_TEXT(cause_find("88")->name[LANG_ZH], "买卖合同纠纷（新）");
	CHECK(cause_find("88")->name[LANG_EN][0] == 'S');       /* what the program knew of it stays */
	CHECK(cause_find("14") != NULL);                        /* and what the list does not name */
	CHECK(cause_search("船舶碰撞", found, 3) >= 1);
	CHECK_TEXT(found[0]->code, "233");
	CHECK(!test_gazette_take(GAZETTE_CAUSES, list));        /* safe to repeat */
	CHECK_INT(tally.added + tally.changed, 0);
	CHECK(!test_gazette_take(GAZETTE_CAUSES, "code\tlevel\tparent\tname\n233\t3\tS23\t船舶碰撞纠纷\n"));
	CHECK_INT(tally.added, 0);
	CHECK_INT(tally.changed, 1);
	CHECK_TEXT(cause_find("233")->name[LANG_ZH], "船舶碰撞纠纷");
}

static void test_gazette_courts(void)
{
	struct court court, *list;
	size_t count;
	CHECK(!test_gazette_take(GAZETTE_COURTS, "code\tname\tlevel\tparent\tprovince\tdaizi\nZZ0\t某某市中级人民法院\t3\t100\t北京市\t京99\n"
		"ZZ1\t某某市示例区人民法院\t4\tZZ0\t北京市\t京9901\n\t杭州互联网法院\t4\tB10\t浙江省\t浙0192\nB10\t杭州市中级人民法院\t3\tB00\t浙江省\t浙01\n"));
	CHECK_INT(tally.all, 4);
	CHECK(tally.added >= 2);
	CHECK(!court_load(&ctx, "ZZ1", &court));
	CHECK_TEXT(court.parent, "ZZ0");
	CHECK_TEXT(court_name(&court, LANG_EN), "某某市示例区人民法院");
	CHECK(!court_load(&ctx, "B1W", &court));                /* no code in the list: known by its name */
	CHECK_TEXT(court.sign, "浙0192");
	CHECK_TEXT(court.en, "Hangzhou Internet Court");
	static const struct { const char *words, *code; } found[] = {
		{ "示例区", "ZZ1" }, { "某某市示例", "ZZ1" }, { "京9901", "ZZ1" }, { "最高", "000" }, { "hangzhou internet", "B1W" }, { "HANGZHOU INTERNET", "B1W" },
		{ "某", "ZZ0" },
	};
	for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
		CHECK(!court_search(&ctx, found[i].words, &cursor_start, 5, &list, &count));
		check_text(count ? list[0].code : "", found[i].code, __FILE__, __LINE__, found[i].words);
	}
	static const char *const none[] = { "", " ", "%", "_", "\\", "某某县", "示例市区", "法院人民" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		CHECK(!court_search(&ctx, none[i], &cursor_start, 5, &list, &count));
		check_int((intmax_t)count, 0, __FILE__, __LINE__, none[i]);
	}
	CHECK(!court_search(&ctx, "法院", &cursor_start, 3, &list, &count));
	CHECK_INT(count, 3);
	CHECK_TEXT(list[0].code, "000");
}

static enum mc_err test_gazette_case(struct ctx *c, void *unused)
{
	(void)unused;
	enum mc_err err = db_do(c, "insert into docket (court, id, number, stage, since, cause, process, title, facts, claim, desk, filed,"
		" registered, judge, entries, head) values ('132', 'case', '', 'SUBMITTED', 0, '', '', '', '', 0, '132', 0, 0, '', 0, '')", "");
	/* A month that ends on 2027-01-01, a year of which nobody knew the rest days, and one that ends in 2029. */
	for (int64_t i = 1; i <= 2 && !err; i++)
		err = db_do(c, "insert into deadline (court, docket, number, rule, party, event, ends, provisional, state, started, stopped)"
			" values ('132', 'case', $1, 'ANSWER', 0, $2, $3, 1, 'open', 1, 0)", "iii", i,
			i == 1 ? day_from(2026, 12, 17) : day_from(2029, 1, 1), i == 1 ? day_from(2027, 1, 4) : day_from(2029, 1, 16));
	return err;
}

static void test_gazette_holidays(void)
{
	int64_t new_year = day_from(2027, 1, 1);
	CHECK(!calendar_published(calendar_national(), new_year));
	CHECK(!calendar_rests(calendar_national(), new_year));  /* a Friday: nobody had said that it rests */
	CHECK(!db_together(&ctx, test_gazette_case, NULL));
	CHECK(!test_gazette_take(GAZETTE_HOLIDAYS, "date\tkind\tname\tpaper_year\n2027-01-01\toff\t元旦\t2027\n2027-01-02\toff\t元旦\t2027\n"
		"2027-01-03\toff\t元旦\t2027\n2027-02-06\toff\t春节\t2027\n2027-02-20\twork\t春节\t2027\n"));
	CHECK(calendar_published(calendar_national(), new_year));
	CHECK(calendar_rests(calendar_national(), new_year));
	CHECK_TEXT(calendar_name(calendar_national(), LANG_EN, new_year), "New Year's Day");
	CHECK(!calendar_rests(calendar_national(), day_from(2027, 2, 20)));
	CHECK(calendar_rests(calendar_national(), day_from(2026, 10, 1)));      /* the years before stand */
	CHECK_INT(calendar_national()->last_year, 2027);
	CHECK_INT(settled, 1);
	CHECK_INT(moved, 0);
	struct row *r = db_ask(&ctx, "select ends, provisional from deadline where court = '132' and docket = 'case' order by number", "");
	CHECK(db_next(r) && db_int(r, 0) == day_from(2027, 1, 4) && !db_int(r, 1));
	CHECK(db_next(r) && db_int(r, 1) == 1);
	/* The notice is amended: the days it no longer names are gone, and a repeat changes nothing. */
	const char amended[] = "date\tkind\tname\tpaper_year\n2027-01-01\toff\t元旦\t2027\n";
	CHECK(!test_gazette_take(GAZETTE_HOLIDAYS, amended));
	CHECK(calendar_rests(calendar_national(), day_from(2027, 2, 20)));      /* a Saturday again */
	CHECK(!test_gazette_take(GAZETTE_HOLIDAYS, amended));
	CHECK_INT(tally.added + tally.changed, 0);
	/* 2029 before 2028 is not published: nobody knows what lies between. */
	CHECK(!test_gazette_take(GAZETTE_HOLIDAYS, "date\tkind\tname\tpaper_year\n2029-01-01\toff\t元旦\t2029\n"));
	CHECK_INT(calendar_national()->last_year, 2027);
}

int main(void)
{
	enum gazette list;
	ctx = network_open(&store);
	for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
		CHECK_INT(test_gazette_take(faulty[i].list, faulty[i].bytes), MC_INVALID);
		check_text(ctx.why ? ctx.why->key : "", faulty[i].key, __FILE__, __LINE__, faulty[i].bytes);
		check_text(ctx.why ? ctx.why->arg[0] : "", faulty[i].line, __FILE__, __LINE__, faulty[i].bytes);
	}
	CHECK_INT(test_gazette_count("causes"), 0);             /* nothing of a faulty list is kept */
	struct gazette_record last;
	CHECK(!gazette_last(&ctx, GAZETTE_CAUSES, &last) && !last.lines);
	test_gazette_causes();
	test_gazette_courts();
	test_gazette_holidays();
	CHECK(!test_gazette_take(GAZETTE_RATES, "effective_date\trate_1y\trate_5y\n2026-01-20\t3.1\t3.60\n2019-08-20\t4.25\t4.85\n"));
	CHECK_INT(tally.added, 2);
	CHECK(!gazette_last(&ctx, GAZETTE_RATES, &last) && last.lines == 2 && last.at == NETWORK_NOW);
	CHECK_TEXT(last.source, "test.tsv");
	CHECK(gazette_find("courts", &list) && list == GAZETTE_COURTS && !gazette_find("court", &list));
	/* A store that fails midway keeps nothing. */
	for (int n = 1; n < 60; n++) {
		db_fail_after(n);
		const char list_of[] = "code\tlevel\tparent\tname\nC01\t1\t\t甲\n1\t3\tC01\t乙\n2\t3\tC01\t丙\n";
		ctx_forget(&ctx);
		enum mc_err err = gazette_import(&ctx, GAZETTE_CHARGES, "test.tsv", list_of, sizeof list_of - 1, &tally);
		(void)db_fail_after(0);
		check_int(test_gazette_count("charges"), err ? 0 : 3, __FILE__, __LINE__, "all or nothing");
		if (!err)
			break;
	}
	CHECK_INT(test_gazette_count("charges"), 3);
	network_end(&ctx, store);
	return check_end();
}
