/* million: fills a court with so many cases as a nation has in a year, the same ones each
 * time: most are closed, the newest are at work. Rows go in by the program's own doors, the
 * entries through the chain, many cases in one commit. */
#ifndef MC_MILLION_H
#define MC_MILLION_H
#include "rig.h"
#include "../unit/suit.h"
#include "../../src/base/digest.h"
#include "../../src/base/text.h"
#include "../../src/court/chain.h"
#include "../../src/court/due.h"

enum { MILLION_BATCH = 5000, MILLION_COURTS = 5, MILLION_JUDGES = 3, MILLION_AT_WORK = 3 /* of a hundred */ };

struct million {
	struct ctx *ctx;
	int64_t count, from, till;      /* cases in this batch */
	int64_t now, begun;             /* when the newest and the oldest case were filed */
	const char *judge[MILLION_COURTS][MILLION_JUDGES];
};

static const struct { const char *code, *account, *sign; } million_courts[MILLION_COURTS] = {
	{ "132", "bj", "京0491" }, { "B1W", "hz", "浙0192" }, { "J1G", "gz", "粤0192" }, { "114", "hd", "京0108" }, { "916", "pd", "沪0115" },
};

/* Where a case at work stands, and the limit that runs in it. */
static const struct { enum stage stage; enum limit limit; int party; } million_stages[] = {
	{ STAGE_SUBMITTED, LIMIT_FILING_REVIEW, 0 }, { STAGE_FEE_DUE, LIMIT_FEE_PAYMENT, 1 }, { STAGE_READY, LIMIT_SEND_COMPLAINT, 0 },
	{ STAGE_ANSWERING, LIMIT_ANSWER, 2 }, { STAGE_EXCHANGING, LIMIT_EVIDENCE, 2 }, { STAGE_SCHEDULED, LIMIT_TRIAL, 0 },
	{ STAGE_HEARING, LIMIT_TRIAL, 0 }, { STAGE_DELIBERATING, LIMIT_TRIAL, 0 }, { STAGE_APPEALABLE, LIMIT_APPEAL, 2 },
};

/* A number that looks like chance and is the same each time (Knuth's multiplication). */
static inline uint64_t million_chance(int64_t i, uint64_t salt) { return ((uint64_t)i + salt * 977) * 6364136223846793005u >> 20; }

static inline const char *million_id(struct arena *mem, int64_t i, int64_t at)
{
	static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
	char *id = arena_copy(mem, "00000000000000000000");
	uint64_t clock = (uint64_t)at * 1000, chance = million_chance(i, 1);
	for (int k = 8; k >= 0; k--, clock >>= 5)
		id[k] = digits[clock & 31];
	for (int k = 19; k >= 9; k--, chance >>= 4)
		id[k] = digits[chance & 31];
	return id;
}

static inline enum mc_err million_parties(struct ctx *ctx, const struct docket *d, int64_t i)
{
	enum mc_err err = MC_OK;
	for (int64_t number = 1; number <= 2 && !err; number++)
		err = db_do(ctx, "insert into party (court, docket, number, side, kind, name, identity, representative, phone, address,"
			" person, reached, eservice) values ($1, $2, $3, $3, 'person', $4, '', '', '13800000000', '北京市朝阳区示例街1号院',"
			" '', 1, 1)", "ttit", d->court, d->id, number, arena_print(ctx->mem, "%s%lld", number == 1 ? "王" : "赵", (long long)i));
	return err ? err : db_do(ctx, "insert into claim (court, docket, number, words, amount) values ($1, $2, 1,"
		" '判令被告偿还借款本金并支付逾期利息。', $3)", "tti", d->court, d->id, d->claim);
}

static inline enum mc_err million_limit(struct ctx *ctx, const struct docket *d, enum limit limit, int party, int64_t ends, bool open)
{
	return db_do(ctx, "insert into deadline (court, docket, number, rule, party, event, ends, provisional, state, started, stopped)"
		" values ($1, $2, 1, $3, $4, $5, $6, 0, $7, 1, 0)", "tttiiit", d->court, d->id, limit_rule(limit)->code, (int64_t)party,
		day_of(d->filed), ends, open ? "open" : "met");
}

/* A paper of the entry that is being written, sent to both parties; the line by which the entry vouches for it. */
static inline enum mc_err million_paper(struct ctx *ctx, const struct docket *d, const char **line)
{
	static const char body[] = "# 受理案件通知书\n你诉被告民间借贷纠纷一案的起诉状已收到。经审查，起诉符合法定条件，本院决定登记立案。\n";
	const char *digest = digest_of(ctx->mem, body, sizeof body - 1);
	const struct paper_rule *rule = rule_paper(PAPER_ACCEPTANCE);
	enum mc_err err = db_do(ctx, "insert into paper (court, docket, number, kind, title, entry, body, digest, at)"
		" values ($1, $2, 1, $3, $4, 2, $5, $6, $7)", "ttttt" "ti", d->court, d->id, rule->code, rule->title[LANG_ZH], body, digest, ctx->now);
	for (int64_t party = 1; party <= 2 && !err; party++)
		err = db_do(ctx, "insert into served (court, docket, number, paper, party, sent, arrived, effective, ground, note, entry)"
			" values ($1, $2, $3, 1, $3, $4, $4, $4, 'arrival', '', 2)", "ttii", d->court, d->id, party, ctx->now);
	*line = chain_paper(ctx, digest, 1, rule->code, rule->title[LANG_ZH]);
	return err;
}

static inline enum mc_err million_entries(struct ctx *ctx, struct docket *d, const char *judge)
{
	const char *line = "";
	struct chain_entry filed = { .act = "SUBMIT", .person = judge, .party = 1, .at = d->filed, .session = "", .device = "", .how = "online",
		.form = "{\"cause\":\"108.3\",\"facts\":\"被告向原告借款后到期未还。\"}", .papers = "", .stage = "SUBMITTED" };
	enum mc_err err = chain_append(ctx, d, &filed);
	if (err || d->stage == STAGE_SUBMITTED)
		return err;
	ctx->now = d->registered;
	err = million_paper(ctx, d, &line);
	struct chain_entry last = { .act = "REGISTER", .person = judge, .at = d->registered, .session = "", .device = "", .how = "online",
		.form = "{\"procedure\":\"ordinary\"}", .papers = line, .stage = rule_stage(d->stage)->code };
	return err ? err : chain_append(ctx, d, &last);
}

static inline enum mc_err million_case(struct million *m, struct ctx *ctx, int64_t i)
{
	static const char facts[] = "2025年3月1日，被告因资金周转向原告借款，双方签订借条，约定一年后归还并按月支付利息。到期后经原告多次催要，被告至今没有归还。";
	int court = (int)(i % MILLION_COURTS), stages = sizeof million_stages / sizeof *million_stages;
	bool closed = i < m->count / 100 * (100 - MILLION_AT_WORK);
	int at = (int)(million_chance(i, 2) % (uint64_t)stages);
	int64_t filed = m->begun + (m->now - m->begun) / m->count * i;
	struct docket d = { .court = million_courts[court].code, .id = million_id(ctx->mem, i, filed), .head = "", .filed = filed,
		.stage = closed ? STAGE_CLOSED : million_stages[at].stage, .claim = (int64_t)(million_chance(i, 3) % 10000000) };
	bool early = d.stage == STAGE_SUBMITTED;
	d.registered = early ? 0 : filed + 86400;
	const char *judge = m->judge[court][i / MILLION_COURTS % MILLION_JUDGES];
	enum mc_err err = db_do(ctx, "insert into docket (court, id, number, stage, since, cause, process, title, facts, claim, desk, filed,"
		" registered, judge, entries, head) values ($1, $2, $3, $4, $5, '108.3', $6, $7, $8, $9, $1, $10, $11, $12, 0, '')",
		"ttttit" "ttiiit", d.court, d.id, early ? "" : arena_print(ctx->mem, "（2025）%s民初%lld号", million_courts[court].sign, (long long)i + 100000),
		rule_stage(d.stage)->code, filed, early ? "" : "ordinary", arena_print(ctx->mem, "王%lld 诉 赵%lld", (long long)i, (long long)i),
		facts, d.claim, filed, d.registered, early ? "" : judge);
	if (!err)
		err = million_parties(ctx, &d, i);
	if (!err)
		err = million_limit(ctx, &d, closed ? LIMIT_TRIAL : million_stages[at].limit, closed ? 0 : million_stages[at].party,
				    day_of(m->now) + (int64_t)(million_chance(i, 4) % 120) - 20, !closed);
	if (!err && d.stage == STAGE_SCHEDULED)
		err = db_do(ctx, "insert into hearing (court, docket, number, at, place, open, state, present, record)"
			" values ($1, $2, 1, $3, '第三法庭', 1, 'set', '', 0)", "tti", d.court, d.id, m->now + (int64_t)(million_chance(i, 5) % (30 * 86400)));
	if (!err)
		err = million_entries(ctx, &d, judge);
	return err ? err : due_settle(ctx, d.court, d.id);
}

static inline enum mc_err million_batch(struct ctx *ctx, void *arg)
{
	struct million *m = arg;
	enum mc_err err = MC_OK;
	for (int64_t i = m->from; i < m->till && !err; i++)
		err = million_case(m, ctx, i);
	return err;
}

/* Adds the cases; every so manyth path of one of the court 132 goes into paths. */
static inline void million_fill(struct suit *suit, int64_t count, int64_t every, struct text *paths)
{
	struct million m = { .count = count, .now = clock_now(), .begun = clock_now() - INT64_C(5) * 365 * 86400 };
	for (int c = 0; c < MILLION_COURTS; c++)
		for (int j = 0; j < MILLION_JUDGES; j++)
			m.judge[c][j] = suit_person(suit, arena_print(suit->ctx.mem, "%s-judge%d", million_courts[c].account, j + 1));
	for (m.from = 0; m.from < count; m.from = m.till) {
		struct ctx ctx = suit->ctx;
		ctx.mem = arena_begin_ceiling(SIZE_MAX);
		m.till = m.from + MILLION_BATCH < count ? m.from + MILLION_BATCH : count;
		if (db_together(&ctx, million_batch, &m))
			rig_fail("cannot fill the court", "");
		arena_end(ctx.mem);
		if (m.till % (count / 10 ? count / 10 : 1) == 0)
			fprintf(stderr, "%lld cases\n", (long long)m.till);
	}
	for (int64_t i = 0; i < count; i += every * MILLION_COURTS)
		text_print(paths, "/cases/132/%s\n", million_id(suit->ctx.mem, i, m.begun + (m.now - m.begun) / count * i));
}

#endif
