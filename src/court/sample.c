#include "sample.h"
#include "court.h"
#include "office.h"
#include "password.h"
#include "person.h"
#include "verification.h"
#include "../base/arena.h"
#include "../base/text.h"
#include "../law/identity.h"
#include "../store/db.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

struct sample_court { const char *code, *account, *zh, *en, *address, *staff[9]; };
struct sample_post { const char *account, *zh, *en; enum office office; };
struct sample_party {
	const char *account, *name, *zh, *en, *born;    /* born: eight digits and the order number */
	const char *mobile, *address;
	bool verified;
};

static const struct sample_post sample_posts[9] = {
	{ "filing",    "立案庭书记员", "filing clerk",     OFFICE_FILING },
	{ "clerk",     "书记员",       "court clerk",      OFFICE_CLERK },
	{ "assistant", "法官助理",     "judge's assistant", OFFICE_ASSISTANT },
	{ "judge1",    "审判员",       "judge",            OFFICE_JUDGE },
	{ "judge2",    "审判员",       "judge",            OFFICE_JUDGE },
	{ "judge3",    "审判员",       "judge",            OFFICE_JUDGE },
	{ "president", "院长",         "president",        OFFICE_PRESIDENT },
	{ "mediator",  "调解员",       "mediator",         OFFICE_MEDIATOR },
	{ "admin",     "管理员",       "administrator",    OFFICE_ADMIN },
};

static const struct sample_court sample_courts[] = {
	{ "132", "bj", "北京互联网法院", "Beijing Internet Court", "北京市丰台区示例路1号",
	  { "林小雨", "何静怡", "高子涵", "王建国", "刘慧敏", "陈志远", "赵明德", "孙和平", "周立新" } },
	{ "B1W", "hz", "杭州互联网法院", "Hangzhou Internet Court", "浙江省杭州市示例路2号",
	  { "沈若兰", "方雨晴", "俞思远", "章正义", "楼晓燕", "金文博", "潘国平", "傅和顺", "叶建新" } },
	{ "J1G", "gz", "广州互联网法院", "Guangzhou Internet Court", "广东省广州市示例路3号",
	  { "梁嘉欣", "黎敏仪", "邓浩然", "何志明", "谭秀英", "欧阳锋", "罗振华", "苏和生", "卢永康" } },
	{ "114", "hd", "北京市海淀区人民法院", "Beijing Haidian District People's Court", "北京市海淀区示例路4号",
	  { "郑晓彤", "唐雅琴", "韩一鸣", "冯国强", "董丽华", "程学文", "曹德厚", "袁和睦", "彭卫东" } },
	{ "916", "pd", "上海市浦东新区人民法院", "Shanghai Pudong New Area People's Court", "上海市浦东新区示例路5号",
	  { "陆佳怡", "顾梦瑶", "蒋天佑", "徐正阳", "戴美玲", "夏明哲", "范长青", "石和畅", "姚建华" } },
};

static const struct sample_party sample_parties[] = {
	{ "zhangwei",  "张伟", "当事人(自然人)", "party (natural person)", "19900101001", "13800000001",
	  "北京市朝阳区示例街1号院2号楼301室", true },
	{ "lina",      "李娜", "当事人(自然人)", "party (natural person)", "19920305002", "13800000002",
	  "浙江省杭州市余杭区示例街8号", true },
	{ "lijing",    "李静", "律师",           "lawyer",                 "19850712004", "13800000003",
	  "北京市西城区示例大厦1201室", true },
	{ "wangqiang", "王强", "当事人(尚未核验)", "party (not verified yet)", "19880920003", "13800000004",
	  "广东省广州市天河区示例路16号", false },
};

static const char *sample_number(struct ctx *ctx, const char *born)
{
	static const char checks[] = "0123456789X";
	char *number = arena_print(ctx->mem, "110000%s0", born);
	for (const char *c = checks; *c; c++) {
		number[17] = *c;
		if (identity_citizen(number))
			return number;
	}
	assert(false && "one of eleven check characters is right");
	return "";
}

static const char *sample_code(struct ctx *ctx)
{
	static const char checks[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	char *code = arena_copy(ctx->mem, "91000000MA000000X0");
	for (const char *c = checks; *c; c++) {
		code[17] = *c;
		if (identity_credit_code(code))
			return code;
	}
	assert(false && "one of thirty-one check characters is right");
	return "";
}

static enum mc_err sample_enter(struct ctx *ctx, struct person *p, const char *account, const char *hash, bool verified)
{
	enum mc_err err = person_check(ctx, p);
	if (!err)
		err = person_add(ctx, p);
	if (!err)
		err = person_called(ctx, p->id, account);
	if (!err)
		err = password_keep(ctx, p->id, hash, false);
	return err || !verified ? err : verification_found(ctx, p->id, "示例数据 / sample data");
}

static enum mc_err sample_natural(struct ctx *ctx, const struct sample_party *party, const char *hash, const char **id)
{
	struct person p = {
		.kind = PERSON_CITIZEN, .number = sample_number(ctx, party->born), .name = party->name,
		.mobile = party->mobile, .email = "", .address = party->address,
	};
	enum mc_err err = sample_enter(ctx, &p, party->account, hash, party->verified);
	*id = p.id;
	return err;
}

static enum mc_err sample_staff(struct ctx *ctx, int at, const char *hash)
{
	const struct sample_court *court = &sample_courts[at];
	enum mc_err err = MC_OK;
	for (int i = 0; !err && i < 9; i++) {
		const char *id;
		const struct sample_party somebody = {
			.account = arena_print(ctx->mem, "%s-%s", court->account, sample_posts[i].account),
			.name = court->staff[i],
			.born = arena_print(ctx->mem, "19%02d%02d15%03d", 65 + at * 3 + i, 1 + i, 100 + at * 10 + i),
			.mobile = arena_print(ctx->mem, "139000%d%04d", at, 100 + i),
			.address = court->address, .verified = true,
		};
		err = sample_natural(ctx, &somebody, hash, &id);
		if (!err)
			err = office_found(ctx, court->code, id, sample_posts[i].office);
	}
	return err;
}

static enum mc_err sample_hongda(struct ctx *ctx, const char *hash)
{
	struct person p = {
		.kind = PERSON_ORGANISATION, .number = sample_code(ctx), .name = "上海宏达商贸有限公司",
		.mobile = "13800000005", .email = "", .address = "上海市浦东新区示例路100号",
		.representative = "陈宏达", .representative_number = sample_number(ctx, "19750618005"),
		.operator = "周敏", .operator_number = sample_number(ctx, "19910222006"),
	};
	return sample_enter(ctx, &p, "hongda", hash, true);
}

static enum mc_err sample_write(struct ctx *ctx, void *arg)
{
	const char *hash = arg, *id;
	enum mc_err err = court_settle(ctx);
	for (size_t i = 0; !err && i < sizeof sample_parties / sizeof *sample_parties; i++)
		err = sample_natural(ctx, &sample_parties[i], hash, &id);
	if (!err)
		err = sample_hongda(ctx, hash);
	for (size_t i = 0; !err && i < sizeof sample_courts / sizeof *sample_courts; i++)
		err = sample_staff(ctx, (int)i, hash);
	return err;
}

enum mc_err sample_create(struct ctx *ctx)
{
	const char *hash, *id;
	enum mc_err err = person_by_account(ctx, sample_parties[0].account, &id);
	if (err != MC_UNKNOWN)
		return err;
	ctx_forget(ctx);
	/* The same hash for all: hashing fifty times would take as many tenths of a second. */
	err = password_hash(ctx, SAMPLE_PASSWORD, &hash);
	return err ? err : db_together(ctx, sample_write, arena_copy(ctx->mem, hash));
}

/* Chinese characters are two columns wide. */
static void sample_cell(FILE *out, const char *words, int width)
{
	int used = 0;
	for (const unsigned char *s = (const unsigned char *)words; *s; s++)
		used += *s < 0x80 ? 1 : (*s & 0xc0) == 0x80 ? 0 : 2;
	fprintf(out, "%s%*s", words, used < width ? width - used : 1, "");
}

static void sample_line(FILE *out, const char *name, const char *what, const char *account)
{
	sample_cell(out, "", 2);
	sample_cell(out, account, 15);
	sample_cell(out, name, 24);
	fprintf(out, "%s\n", what);
}

void sample_print(struct ctx *ctx, FILE *out)
{
	bool english = ctx->lang == LANG_EN;
	const char *id;
	if (person_by_account(ctx, sample_parties[0].account, &id)) {
		ctx_forget(ctx);
		return;
	}
	fprintf(out, english ? "Sample network; the password of everybody is %s\n" : "示例网络,所有人的密码都是 %s\n",
		SAMPLE_PASSWORD);
	sample_line(out, english ? "name" : "姓名", english ? "what they are" : "身份", english ? "sign in as" : "登录名");
	for (size_t i = 0; i < sizeof sample_parties / sizeof *sample_parties; i++)
		sample_line(out, sample_parties[i].name, english ? sample_parties[i].en : sample_parties[i].zh,
			    sample_parties[i].account);
	sample_line(out, "上海宏达商贸有限公司", english ? "party (organisation)" : "当事人(单位)", "hongda");
	for (size_t c = 0; c < sizeof sample_courts / sizeof *sample_courts; c++)
		for (int i = 0; i < 9; i++)
			sample_line(out, sample_courts[c].staff[i],
				    arena_print(ctx->mem, "%s, %s", english ? sample_courts[c].en : sample_courts[c].zh,
						english ? sample_posts[i].en : sample_posts[i].zh),
				    arena_print(ctx->mem, "%s-%s", sample_courts[c].account, sample_posts[i].account));
}
