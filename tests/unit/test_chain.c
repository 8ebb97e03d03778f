#include "suit.h"
#include "../../src/court/chain.h"

#include <pthread.h>

/* Every statement is done, looked at by the one who did it, and undone again. */
struct test_chain_job { const char *sql, *docket; int at; enum mc_err err; bool whole; int entries; struct chain_fault fault; };

static enum mc_err test_chain_tamper(struct ctx *ctx, void *arg)
{
	struct test_chain_job *job = arg;
	for (const char *sql = job->sql; *sql; sql += strlen(sql) + 1) {
		enum mc_err err = strstr(sql, "$3") ? db_do(ctx, sql, "tti", SUIT_COURT, job->docket, (int64_t)job->at)
						    : db_do(ctx, sql, "tt", SUIT_COURT, job->docket);
		CHECK_INT(err, MC_OK);
		CHECK(db_changed(ctx) > 0);
		if (err)
			printf("  %s\n", sql);
	}
	job->err = chain_verify(ctx, SUIT_COURT, job->docket, &job->whole, &job->entries, &job->fault);
	return MC_INVALID;
}

#define OF_ENTRY " where court = $1 and docket = $2 and number = $3"
#define OF_CASE " where court = $1 and docket = $2"

/* Each is one change (several statements end with a NUL each), and the entry at which it must be
 * seen: 0 the one changed, 1 the next, -1 anywhere. */
static const struct { const char *sql; int seen; } test_chain_entry[] = {
	{ "update entry set act = act || 'X'" OF_ENTRY "\0", 0 },
	{ "update entry set person = 'somebody'" OF_ENTRY "\0", 0 },
	{ "update entry set party = party + 1" OF_ENTRY "\0", 0 },
	{ "update entry set at = at - 86400" OF_ENTRY "\0", 0 },
	{ "update entry set session = 'x'" OF_ENTRY "\0", 0 },
	{ "update entry set device = 'x'" OF_ENTRY "\0", 0 },
	{ "update entry set how = 'offline'" OF_ENTRY "\0", 0 },
	{ "update entry set late = 1 - late" OF_ENTRY "\0", 0 },
	{ "update entry set form = '{\"a\":\"b\"}'" OF_ENTRY "\0", 0 },
	{ "update entry set form_digest = 'x'" OF_ENTRY "\0", 0 },
	{ "update entry set papers = papers || 'x'" OF_ENTRY "\0", 0 },
	{ "update entry set stage = 'CLOSED'" OF_ENTRY "\0", 0 },
	{ "update entry set previous = 'x'" OF_ENTRY "\0", 0 },
	{ "update entry set digest = 'x'" OF_ENTRY "\0", 0 },
	{ "delete from entry" OF_ENTRY "\0", 0 },
	{ "update entry set number = 900" OF_ENTRY "\0", 0 },
	{ "delete from entry where court = $1 and docket = $2 and number >= $3\0", 0 },
	/* Two change places. */
	{ "update entry set number = 900" OF_ENTRY "\0"
	  "update entry set number = $3 where court = $1 and docket = $2 and number = $3 + 1\0"
	  "update entry set number = $3 + 1 where court = $1 and docket = $2 and number = 900\0", 0 },
	/* One is taken out and those after it move up, all as if it had never been. */
	{ "delete from entry" OF_ENTRY "\0"
	  "update entry set number = number - 1 where court = $1 and docket = $2 and number > $3\0"
	  "update docket set entries = entries - 1 where court = $1 and id = $2\0", 0 },
	/* The end is cut off, and the case says that it has so few. */
	{ "delete from entry where court = $1 and docket = $2 and number > $3\0"
	  "update docket set entries = $3 where court = $1 and id = $2\0", -1 },
};

static const struct { const char *sql; int seen; } test_chain_case[] = {
	{ "update docket set head = 'x' where court = $1 and id = $2\0", -1 },
	{ "update docket set entries = entries + 1 where court = $1 and id = $2\0", -1 },
	{ "update docket set entries = entries - 1 where court = $1 and id = $2\0", -1 },
	{ "update docket set stage = 'CLOSED' where court = $1 and id = $2\0", -1 },
	{ "insert into entry select court, docket, number + 1, act, person, party, at, session, device, how, late, form,"
	  " form_digest, papers, stage, previous, digest from entry where court = $1 and docket = $2 order by number desc limit 1\0", -1 },
	{ "insert into paper select court, docket, number + 900, kind, title, 999, body, digest, at from paper" OF_CASE " and number = 1\0", -1 },
	{ "insert into paper select court, docket, number + 900, kind, title, 0, body, digest, at from paper" OF_CASE " and number = 1\0", -1 },
	{ "insert into paper select court, docket, number + 900, kind, title, entry, body, digest, at from paper" OF_CASE " and number = 1\0", -1 },
	{ "update paper set number = number + 900" OF_CASE " and kind = 'JUDGMENT'\0", -1 },
	{ "update paper set kind = 'RECEIPT'" OF_CASE " and kind = 'JUDGMENT'\0", -1 },
	{ "update paper set title = 'x'" OF_CASE " and kind = 'JUDGMENT'\0", -1 },
	{ "update paper set entry = 1" OF_CASE " and kind = 'JUDGMENT'\0", -1 },
	{ "update paper set entry = 999" OF_CASE " and kind = 'JUDGMENT'\0", -1 },
	{ "update paper set body = replace(body, '七万元', '一万元')" OF_CASE " and kind = 'JUDGMENT'\0", -1 },
	{ "update paper set digest = 'x'" OF_CASE " and kind = 'JUDGMENT'\0", -1 },
	{ "update paper set body = '', digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'" OF_CASE
	  " and kind = 'JUDGMENT'\0", -1 },
	{ "update paper set at = at - 86400" OF_CASE " and kind = 'JUDGMENT'\0", -1 },
	{ "delete from paper" OF_CASE " and kind = 'JUDGMENT'\0", -1 },
	/* Two papers of one act change places. */
	{ "update paper set number = 900" OF_CASE " and kind = 'ACCEPTANCE'\0"
	  "update paper set number = (select number from paper" OF_CASE " and kind = 'FEE_NOTICE') + 800" OF_CASE " and kind = 'FEE_NOTICE'\0", -1 },
};

static void test_chain_one(struct suit *suit, const char *id, const char *sql, int at, int seen)
{
	struct test_chain_job job = { .sql = sql, .docket = id, .at = at, .whole = true };
	CHECK_INT(db_together(&suit->ctx, test_chain_tamper, &job), MC_INVALID);
	CHECK_INT(job.err, MC_OK);
	CHECK(!job.whole && job.fault.what && *job.fault.what);
	if (seen >= 0)
		CHECK_INT(job.fault.entry, at + seen);
	if (job.whole)
		printf("  not seen: %s at %d\n", sql, at);
}

static bool test_chain_whole(struct suit *suit, const char *id, int *entries)
{
	bool whole = false;
	struct chain_fault fault = { 0, NULL };
	CHECK(!chain_verify(&suit->ctx, SUIT_COURT, id, &whole, entries, &fault));
	if (!whole)
		printf("  entry %d: %s\n", fault.entry, fault.what ? fault.what : "");
	return whole;
}

/* While entries are added, a walk finds nothing wrong. */
struct test_chain_writer { struct suit *suit; const char *id, *clerk; bool over; };

static void *test_chain_write(void *arg)
{
	struct test_chain_writer *w = arg;
	struct ctx ctx = w->suit->ctx;
	ctx.mem = arena_begin_ceiling(SIZE_MAX);
	ctx.db = db_reader(w->suit->store);
	ctx.person = w->clerk;
	struct form *form = form_begin(ctx.mem);
	form_set(form, "lines.1.speaker", "审判员");
	form_set(form, "lines.1.words", "继续。");
	for (int i = 0; i < 60; i++) {
		struct act_done done;
		if (act_perform(&ctx, &(struct act_ask){ SUIT_COURT, w->id, ACT_RECORD, form, NULL, NULL }, &done))
			printf("  a line was not entered: %s\n", ctx.why ? ctx.why->key : "");
	}
	arena_end(ctx.mem);
	__atomic_store_n(&w->over, true, __ATOMIC_SEQ_CST);
	return NULL;
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	const char *id = suit_to(&suit, STAGE_APPEALABLE), *other = suit_to(&suit, STAGE_HEARING);
	int entries = 0, before;
	CHECK(test_chain_whole(&suit, id, &entries));
	CHECK(entries > 15);
	for (size_t i = 0; i < sizeof test_chain_entry / sizeof *test_chain_entry; i++) {
		int each[] = { 1, 2, entries / 2, entries - 1 };
		for (size_t k = 0; k < 4; k++)
			test_chain_one(&suit, id, test_chain_entry[i].sql, each[k], test_chain_entry[i].seen);
	}
	for (size_t i = 0; i < sizeof test_chain_case / sizeof *test_chain_case; i++)
		test_chain_one(&suit, id, test_chain_case[i].sql, 0, test_chain_case[i].seen);
	before = entries;
	CHECK(test_chain_whole(&suit, id, &entries));
	CHECK_INT(entries, before);

	/* Entries come a page at a time: none twice, none left out. */
	struct docket d = suit_docket(&suit, id);
	struct chain_entry *list;
	size_t count;
	int seen = 0;
	do {
		CHECK(!chain_list(&suit.ctx, &d, seen, 4, &list, &count));
		for (size_t i = 0; i < count; i++)
			CHECK_INT(list[i].number, ++seen);
	} while (count);
	CHECK_INT(seen, entries);
	CHECK_TEXT(list == NULL ? "" : d.head, d.head);

	bool whole;
	struct chain_fault fault;
	CHECK_INT(chain_verify(&suit.ctx, SUIT_COURT, "nothing", &whole, &entries, &fault), MC_UNKNOWN);
	ctx_forget(&suit.ctx);

	struct test_chain_writer writer = { &suit, other, suit_person(&suit, "bj-clerk"), false };
	pthread_t thread;
	int walks = 0;
	CHECK(!pthread_create(&thread, NULL, test_chain_write, &writer));
	while (!__atomic_load_n(&writer.over, __ATOMIC_SEQ_CST)) {
		CHECK(test_chain_whole(&suit, other, &entries));
		walks++;
	}
	pthread_join(thread, NULL);
	CHECK(walks > 0);
	before = suit_docket(&suit, other).entries;
	CHECK(test_chain_whole(&suit, other, &entries));
	CHECK_INT(entries, before);
	CHECK(entries >= 60);
	suit_close(&suit);
	return check_end();
}
