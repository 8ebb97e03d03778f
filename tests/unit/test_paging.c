/* A far page costs what the first does: not by a clock, but by the steps that the database takes, with
 * a hundred thousand rows in every list. */
#include "network.h"
#include "../../src/base/clock.h"
#include "../../src/court/caseload.h"
#include "../../src/court/chain.h"
#include "../../src/court/directory.h"
#include "../../src/court/listing.h"
#include "../../src/court/service.h"

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
	"insert into listing (court, list, code, place, level, parent, name, mark) " PAGING_ROWS
		"select '0', 'causes', printf('l%06d', i), printf('l%06d', i), 1, '', 'x', '' from n;"
	"insert into court (court, parent, level, sign, zh, en, province, calendar) " PAGING_ROWS
		"select printf('c%06d', i), '132', 4, printf('s%06d', i), '某某', 'x', '', '' from n;"
	"insert into court_gram (court, gram, level, code) " PAGING_ROWS "select '0', '某某', 4, printf('c%06d', i) from n;";

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

static void paging_caseload(struct ctx *ctx, enum caseload list, const char *judge)
{
	struct caseload_page page;
	struct caseload_ask ask = { .court = "132", .judge = judge, .list = list, .from = cursor_start };
	int64_t first = STEPS(caseload_read(ctx, &ask, &page));
	CHECK_INT(page.count, CASELOAD_PAGE);
	ask.from = (struct cursor){ .at = 50000, .id = "d050000" };
	int64_t far = STEPS(caseload_read(ctx, &ask, &page));
	CHECK_INT(page.count, CASELOAD_PAGE);
	paging_same("caseload on", first, far);
	ask.from.back = true;
	far = STEPS(caseload_read(ctx, &ask, &page));
	CHECK_INT(page.count, CASELOAD_PAGE);
	paging_same("caseload back", first, far);
}

int main(void)
{
	sqlite3_auto_extension((void (*)(void))paging_watch);
	struct store *store;
	struct ctx opened = network_open(&store), *ctx = &opened;
	const char *clerk = network_staff(ctx, "王敏", 1, "132", OFFICE_CLERK);
	const char *filing = network_staff(ctx, "赵静", 2, "132", OFFICE_FILING);
	CHECK(!db_together(ctx, paging_fill, paging_rows));
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

	ctx->person = clerk;
	paging_caseload(ctx, CASELOAD_ALL, "");
	paging_caseload(ctx, CASELOAD_SERVE, "");
	paging_caseload(ctx, CASELOAD_ALL, "p2");
	paging_caseload(ctx, CASELOAD_DUE, "");
	paging_caseload(ctx, CASELOAD_OVER, "");
	paging_caseload(ctx, CASELOAD_ASKED, "");
	network_end(ctx, store);
	return check_end();
}
