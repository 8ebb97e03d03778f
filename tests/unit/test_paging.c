/* A far page costs what the first does: not by a clock, but by the steps that the database takes, with
 * a hundred thousand rows in every list. */
#include "network.h"
#include "../../src/base/clock.h"
#include "../../src/court/absence.h"
#include "../../src/court/agenda.h"
#include "../../src/court/caseload.h"
#include "../../src/court/chain.h"
#include "../../src/court/directory.h"
#include "../../src/court/dispatch.h"
#include "../../src/court/evidence.h"
#include "../../src/court/hearing.h"
#include "../../src/court/listing.h"
#include "../../src/court/service.h"
#include "../../src/court/session.h"
#include "../../src/court/token.h"

#include <sqlite3.h>
#include <stdint.h>

static int64_t paging_steps;

static int paging_step(void *unused)
{
	(void)unused;
	paging_steps++;
	return 0;
}

/* Runs in every connection when it opens: each step of its machine is counted. */
static int paging_watch(sqlite3 *lite, char **fault, const struct sqlite3_api_routines *unused)
{
	(void)fault;
	(void)unused;
	sqlite3_progress_handler(lite, 1, paging_step, NULL);
	return 0;
}

static enum mc_err paging_fill(struct ctx *ctx, void *arg)
{
	return db_script(ctx, arg);
}

static enum mc_err paging_judge(struct ctx *ctx, void *arg)
{
	return db_do(ctx, "update due set whose = $1 where court = '132' and whose = 'p2'", "t", *(const char **)arg);
}

#define PAGING_TODAY "20699"           /* the day of NETWORK_NOW */
#define PAGING_ROWS " with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) "

static char paging_rows[] =
	"insert into directory (court, person, docket, home, since) " PAGING_ROWS
		"select '0', 'p1', printf('d%06d', i), '132', i from n;"
	"insert into inbox (court, person, id, home, docket, paper, title, about, at, opened) " PAGING_ROWS
		"select '0', 'p1', printf('i%06d', i), '132', printf('d%06d', i), 1, 'JUDGMENT', 'x', i, i from n;"
	"insert into docket (court, id, number, stage, since, cause, process, title, facts, claim, desk, filed, registered, judge, entries, head) "
		PAGING_ROWS "select '132', printf('d%06d', i), printf('n%06d', i), 'READY', i, '', 'ordinary', 'x', '', 0, '132', i, i, 'p2', 0, '' from n;"
	"insert into entry (court, docket, number, act, person, party, at, session, device, how, late, form, form_digest, papers, stage, previous, digest) "
		PAGING_ROWS "select '132', 'd000001', i, 'RECORD', 'p1', 0, i, '', '', 'online', 0, '{}', '', '', 'READY', '', '' from n;"
	"insert into person (court, person, kind, number, name, mobile, email, address, representative, representative_number, operator,"
		" operator_number, state, waiting, since, lang) " PAGING_ROWS
		"select '0', printf('w%06d', i), 1, printf('w%06d', i), 'x', '', '', '', '', '', '', '', 1, i, i, 0 from n;"
	/* In one case of a thousand something ends today, which the court should have seen to, and is asked for. */
	"insert into deadline (court, docket, number, rule, party, event, ends, provisional, state, started, stopped) " PAGING_ROWS
		"select '132', printf('d%06d', i), 1, 'TRIAL', 0, 0, " PAGING_TODAY ", 0, 'open', 1, 0 from n where i % 1000 = 0;"
	"insert into motion (court, docket, number, kind, party, state, opened, decided) " PAGING_ROWS
		"select '132', printf('d%06d', i), 1, 'EXTEND', 1, 'open', 1, 0 from n where i % 1000 = 0;"
	"insert into due (court, whose, kind, at, docket, number, home, what, party) " PAGING_ROWS
		"select '132', 'clerk', 'limit', " PAGING_TODAY " - i % 10, printf('d%06d', i), 1, '132', 'TRIAL', 0 from n;"
	"insert into due (court, whose, kind, at, docket, number, home, what, party) " PAGING_ROWS
		"select '132', 'clerk', 'soon', " PAGING_TODAY " - 50000 + i, printf('d%06d', i), 2, '132', 'EVIDENCE', 1 from n;"
	"insert into due (court, whose, kind, at, docket, number, home, what, party) " PAGING_ROWS
		"select '132', 'clerk', 'late', i, printf('d%06d', i), 0, '132', '', 0 from n;"
	"insert into due (court, whose, kind, at, docket, number, home, what, party) " PAGING_ROWS
		"select '132', 'clerk', 'asked', i, printf('d%06d', i), 0, '132', '', 0 from n;"
	"insert into due (court, whose, kind, at, docket, number, home, what, party) " PAGING_ROWS
		"select '132', 'clerk', 'effect', i % 1000, printf('d%06d', i), 0, '132', '', 0 from n;"
	"insert into due (court, whose, kind, at, docket, number, home, what, party) " PAGING_ROWS
		"select '132', 'p2', 'motion', i, printf('d%06d', i), 1, '132', 'WITHDRAWAL', 1 from n;"
	"insert into listing (court, list, code, place, level, parent, name, mark) " PAGING_ROWS
		"select '0', 'causes', printf('l%06d', i), printf('l%06d', i), 1, '', 'x', '' from n;"
	"insert into court (court, parent, level, sign, zh, en, province, calendar) " PAGING_ROWS
		"select printf('c%06d', i), '132', 4, printf('s%06d', i), '某某', 'x', '', '' from n;"
	"insert into court_gram (court, gram, level, code) " PAGING_ROWS "select '0', '某某', 4, printf('c%06d', i) from n;"
	/* An account of long standing: sign-ins, tokens that have ended, steps of verification, messages of a webhook. */
	"insert into session (court, digest, person, csrf, device, address, since, seen, ends, ended, way) " PAGING_ROWS
		"select '0', printf('s%06d', i), 'w000001', '', '', '', i, i, i, i, '' from n;"
	"insert into token (court, digest, person, name, scopes, since, ends, seen, address, ended) " PAGING_ROWS
		"select '0', printf('t%06d', i), 'w000001', printf('t%d', i), 1, i, i + 10, 0, '', case when i % 2 = 0 then i + 5 else 0 end from n;"
	"insert into verification (court, verification, person, method, source, result, reason, reference, decided_by, at) " PAGING_ROWS
		"select '0', printf('v%06d', i), 'w000001', 'document', '', 'refused', 'x', '', '', i from n;"
	"insert into webhook (court, id, person, url, host, events, secret, former, former_ends, since, state, failing, rest, due)"
		" values ('0', 'h', 'w000001', '', '', '', '', '', 0, 1, 'on', 0, 0, 0);"
	"insert into webhook_message (court, webhook, id, type, home, docket, entry, at, since, state, due, tries, sent, status, took, why, detail) "
		PAGING_ROWS "select '0', 'h', printf('m%06d', i), 'TEST', '', '', 0, i, i, 'arrived', 0, 1, i, 200, 1, '', '' from n;"
	/* A court of very many people, most of whom have left, and are away; and a case of very much evidence. */
	"insert into office (court, office_id, person, office, since, appointed_by, ended, ended_by) " PAGING_ROWS
		"select '132', printf('o%06d', i), printf('w%06d', i), 8, i, '', case when i < 1000 then 0 else i end, '' from n;"
	"insert into absence (court, person, first, last, reason) " PAGING_ROWS
		"select '132', printf('w%06d', i), i, i, 'x' from n;"
	"insert into item (court, docket, number, party, name, kind, source, purpose, file, late, state, finding, finding_reasons, entry) "
		PAGING_ROWS "select '132', 'd000001', i, 1, 'x', 'documentary', '', 'x', '', 0, 'given', '', '', 1 from n;"
	"insert into hearing (court, docket, number, at, place, open, state, present, record) values ('132', 'd000001', 1, 1, 'x', 1, 'open', '', 0);"
	"insert into utterance (court, docket, hearing, number, speaker, words, at, person) " PAGING_ROWS
		"select '132', 'd000001', 1, i, 'x', 'x', i, 'p1' from n;";

/* The far page takes no more than the first and a little for the comparison. */
static void paging_same(const char *what, int64_t first, int64_t far)
{
	if (far > first + first / 5 || first > 20000 || !first)
		printf("%s: %lld steps on the first page, %lld on the far one\n", what, (long long)first, (long long)far);
	CHECK(first && first <= 20000 && far <= first + first / 5);
}

#define STEPS(call) (paging_steps = 0, (void)(call), paging_steps)

/* On from far, and back from there. */
#define PAGING_FAR(what, rows, call) do { \
	CHECK_INT(count, rows); \
	paging_same(what " on", first, STEPS(call)); \
	CHECK_INT(count, rows); \
	far.back = true; \
	paging_same(what " back", first, STEPS(call)); \
	CHECK_INT(count, rows); \
} while (0)

static void paging_caseload(struct ctx *ctx, enum caseload list, const char *judge, int far_row)
{
	struct caseload_page page;
	struct caseload_ask ask = { .court = "132", .judge = judge, .list = list, .from = cursor_start };
	int64_t first = STEPS(caseload_read(ctx, &ask, &page));
	CHECK_INT(page.count, CASELOAD_PAGE);
	ask.from = (struct cursor){ .at = far_row, .id = arena_print(ctx->mem, "d%06d", far_row) };
	int64_t far = STEPS(caseload_read(ctx, &ask, &page));
	CHECK_INT(page.count, CASELOAD_PAGE);
	paging_same("caseload on", first, far);
	ask.from.back = true;
	far = STEPS(caseload_read(ctx, &ask, &page));
	CHECK_INT(page.count, CASELOAD_PAGE);
	paging_same("caseload back", first, far);
}

static void paging_account(struct ctx *ctx)
{
	size_t count;
	struct session *sessions;
	struct token *tokens;
	struct verification *notes;
	struct dispatch_message *messages;
	const struct webhook hook = { .court = "0", .id = "h" };
	ctx->person = "w000001";

	struct cursor far = { .at = 50000, .id = "s050000" };
	int64_t first = STEPS(session_list(ctx, &cursor_start, 21, &sessions, &count));
	PAGING_FAR("sessions", 21, session_list(ctx, &far, 21, &sessions, &count));

	far = (struct cursor){ .at = 50000, .id = "t050000" };
	first = STEPS(token_past(ctx, &cursor_start, 21, &tokens, &count));
	PAGING_FAR("tokens", 21, token_past(ctx, &far, 21, &tokens, &count));
	CHECK(STEPS(token_list(ctx, &tokens, &count)) < 100);    /* whatever was ended */
	CHECK_INT(count, 0);

	far = (struct cursor){ .id = "v050000" };
	first = STEPS(verification_list(ctx, ctx->person, &cursor_start, 21, &notes, &count));
	PAGING_FAR("verifications", 21, verification_list(ctx, ctx->person, &far, 21, &notes, &count));

	far = (struct cursor){ .id = "m050000" };
	first = STEPS(dispatch_list(ctx, &hook, &cursor_start, 51, &messages, &count));
	PAGING_FAR("messages", 51, dispatch_list(ctx, &hook, &far, 51, &messages, &count));
}

static void paging_staff(struct ctx *ctx)
{
	size_t count;
	struct office_row *offices;
	struct absence *absences;
	struct cursor far = { .at = 50000, .id = "o050000" };
	int64_t first = STEPS(office_all(ctx, "132", &cursor_start, 51, &offices, &count));
	PAGING_FAR("offices", 51, office_all(ctx, "132", &far, 51, &offices, &count));

	ctx->person = network_staff(ctx, "陈国华", 3, "132", OFFICE_PRESIDENT);
	far = (struct cursor){ .at = 90000, .id = "w090000" };
	first = STEPS(absence_list(ctx, "132", &cursor_start, 51, &absences, &count));
	PAGING_FAR("absences", 51, absence_list(ctx, "132", &far, 51, &absences, &count));
}

static void paging_evidence(struct ctx *ctx, const struct docket *d)
{
	size_t count;
	struct evidence_item *items;
	struct evidence_opinion *opinions;
	struct hearing_line *lines;
	struct cursor far = { .at = 50000, .id = "." };
	int64_t first = STEPS(evidence_page(ctx, d, &cursor_start, 51, &items, &count));
	PAGING_FAR("evidence", 51, evidence_page(ctx, d, &far, 51, &items, &count));
	CHECK(STEPS(evidence_opinions_on(ctx, d, 50000, 50050, &opinions, &count)) < 100);

	far = (struct cursor){ .at = 50000, .id = "." };
	first = STEPS(hearing_lines(ctx, d, 1, &cursor_start, 101, &lines, &count));
	PAGING_FAR("record", 101, hearing_lines(ctx, d, 1, &far, 101, &lines, &count));
}

/* No list of a court goes through a table, whether or not it has rows. */
static void paging_caseloads(struct ctx *ctx)
{
	static const char *const judges[] = { "", "p2" };
	for (int i = 0; i < CASELOAD_COUNT * 2; i++) {
		struct caseload_ask ask = { .court = "132", .judge = judges[i % 2], .list = (enum caseload)(i / 2), .from = cursor_start };
		struct caseload_page page;
		int count;
		int64_t reading = STEPS(caseload_read(ctx, &ask, &page));
		int64_t counting = STEPS(caseload_count(ctx, &ask, &count));
		if (reading > 20000 || counting > 20000)
			printf("list %d of %s: %lld steps to read, %lld to count\n", i / 2, judges[i % 2], (long long)reading, (long long)counting);
		CHECK(reading && reading <= 20000 && counting && counting <= 20000);
	}
}

/* The day's work; the count of it looks at no more than it tells. */
static void paging_agenda(struct ctx *ctx, enum agenda_kind kind, struct cursor far)
{
	struct agenda_page page;
	struct agenda_ask ask = { .court = "132", .kind = kind, .from = cursor_start };
	int count;
	int64_t first = STEPS(agenda_read(ctx, &ask, &page));
	CHECK_INT(page.count, AGENDA_PAGE);
	ask.from = far;
	paging_same("agenda on", first, STEPS(agenda_read(ctx, &ask, &page)));
	CHECK_INT(page.count, AGENDA_PAGE);
	CHECK(page.sides.before && page.sides.after);
	ask.from.back = true;
	paging_same("agenda back", first, STEPS(agenda_read(ctx, &ask, &page)));
	CHECK_INT(page.count, AGENDA_PAGE);
	int64_t counting = STEPS(agenda_count(ctx, &ask, &count));
	paging_same("agenda count", counting, counting);
	CHECK_INT(count, AGENDA_MANY);
}

int main(void)
{
	sqlite3_auto_extension((void (*)(void))paging_watch);
	struct store *store;
	struct ctx opened = network_open(&store), *ctx = &opened;
	const char *clerk = network_staff(ctx, "王敏", 1, "132", OFFICE_CLERK);
	const char *filing = network_staff(ctx, "赵静", 2, "132", OFFICE_FILING);
	const char *judge = network_staff(ctx, "王建国", 9, "132", OFFICE_JUDGE);
	CHECK(!db_together(ctx, paging_fill, paging_rows) && !db_together(ctx, paging_judge, &judge));
	struct directory_row *rows;
	struct service_letter *letters;
	struct chain_entry *entries;
	struct person *people;
	size_t count;
	struct court *courts;
	struct listing_line *lines;
	struct cursor far;

	far = (struct cursor){ .id = "d000500" };
	int64_t first = STEPS(directory_list(ctx, "p1", &cursor_start, 20, &rows, &count));
	PAGING_FAR("cases", 20, directory_list(ctx, "p1", &far, 20, &rows, &count));

	far = (struct cursor){ .id = "i000500" };
	first = STEPS(service_inbox(ctx, "p1", &cursor_start, 31, &letters, &count));
	PAGING_FAR("inbox", 31, service_inbox(ctx, "p1", &far, 31, &letters, &count));

	far = (struct cursor){ .key = "l050000", .id = "l050000" };
	first = STEPS(listing_page(ctx, LISTING_CAUSES, &cursor_start, 51, &lines, &count));
	PAGING_FAR("lists", 51, listing_page(ctx, LISTING_CAUSES, &far, 51, &lines, &count));

	far = (struct cursor){ .at = COURT_BASIC, .id = "c050000" };
	first = STEPS(court_search(ctx, "某某", &cursor_start, 51, &courts, &count));
	PAGING_FAR("courts", 51, court_search(ctx, "某某", &far, 51, &courts, &count));

	struct docket d = { .court = "132", .id = "d000001", .entries = 100000 };
	first = STEPS(chain_list(ctx, &d, 0, 50, &entries, &count));
	CHECK_INT(count, 50);
	paging_same("docket", first, STEPS(chain_list(ctx, &d, 99000, 50, &entries, &count)));
	CHECK_INT(count, 50);

	ctx->person = filing;
	far = (struct cursor){ .at = 90000, .id = "w090000" };
	first = STEPS(person_waiting(ctx, &cursor_start, 51, &people, &count));
	PAGING_FAR("people", 51, person_waiting(ctx, &far, 51, &people, &count));

	far = (struct cursor){ .key = "x", .id = "w090000" };
	first = STEPS(person_search(ctx, "x", &cursor_start, 51, &people, &count));
	PAGING_FAR("people found", 51, person_search(ctx, "x", &far, 51, &people, &count));

	far = (struct cursor){ .id = "c050000" };
	first = STEPS(court_children(ctx, "132", &cursor_start, 51, &courts, &count));
	PAGING_FAR("courts below", 51, court_children(ctx, "132", &far, 51, &courts, &count));

	paging_account(ctx);
	paging_staff(ctx);
	paging_evidence(ctx, &d);
	ctx->person = clerk;
	paging_caseload(ctx, CASELOAD_ALL, "", 50000);
	paging_caseload(ctx, CASELOAD_SERVE, "", 50000);
	paging_caseload(ctx, CASELOAD_ALL, "p2", 50000);
	paging_caseload(ctx, CASELOAD_DUE, "", 50000);
	paging_caseload(ctx, CASELOAD_OVER, "", 10000);
	paging_caseload(ctx, CASELOAD_ASKED, "", 50000);
	CHECK(!db_together(ctx, network_post, &(struct network_post){ "132", clerk, OFFICE_FILING }));
	paging_caseloads(ctx);
	paging_agenda(ctx, AGENDA_LIMIT, (struct cursor){ .at = ctx->now / 86400 - 4, .key = "d050006", .id = "1" });
	paging_agenda(ctx, AGENDA_EFFECT, (struct cursor){ .at = 500, .key = "d050500", .id = "0" });
	ctx->person = judge;
	paging_agenda(ctx, AGENDA_MOTION, (struct cursor){ .at = 50000, .key = "d050000", .id = "1" });
	network_end(ctx, store);
	return check_end();
}
