/* The first administrator of a court: somebody who has only registered is verified and appointed by
 * the command on the court's machine; nobody else is touched. */
#include "suit.h"
#include "../../src/cmd/command.h"
#include "../../src/court/office.h"

#include <fcntl.h>

static struct suit suit;

static int appoint_test_run(const char *court, const char *account)
{
	char *argv[] = { "appoint", "--config=", "--data", suit.directory, "--database", suit.database, (char *)(uintptr_t)court,
			 (char *)(uintptr_t)account, NULL };
	int out = dup(1), errors = dup(2), null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	fflush(stdout);
	dup2(null, 1);
	dup2(null, 2);
	int code = command_appoint(account ? 8 : 7, argv);
	fflush(stdout);
	dup2(out, 1);
	dup2(errors, 2);
	close(out);
	close(errors);
	close(null);
	return code;
}

int main(void)
{
	struct person person;
	const char *id;
	suit_open(&suit);
	CHECK(!person_by_account(&suit.ctx, "wangqiang", &id));
	CHECK(!person_load(&suit.ctx, id, &person) && person.state == PERSON_REGISTERED);
	struct { const char *court, *account; int code; unsigned held; } rows[] = {
		{ "no such court", "wangqiang", 1, 0 },
		{ SUIT_COURT, "nobody", 1, 0 },
		{ SUIT_COURT, NULL, 2, 0 },
		{ SUIT_COURT, "wangqiang", 0, OFFICE_ADMIN },
		{ SUIT_COURT, "wangqiang", 1, OFFICE_ADMIN },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		CHECK_INT(appoint_test_run(rows[i].court, rows[i].account), rows[i].code);
		CHECK_INT(office_held(&suit.ctx, SUIT_COURT, id), rows[i].held);
		CHECK(!person_load(&suit.ctx, id, &person) && (person.state == PERSON_VERIFIED) == (rows[i].held != 0));
	}
	/* An organisation holds no office. */
	struct row *r = db_ask(&suit.ctx, "select a.name, a.person from account a join person p on p.court = a.court and p.person = a.person"
		" where a.court = '0' and p.kind = 3 order by a.name", "");
	CHECK(db_next(r));
	CHECK_INT(appoint_test_run(SUIT_COURT, db_text(r, 0)), 1);
	CHECK_INT(office_held(&suit.ctx, SUIT_COURT, db_text(r, 1)), 0);
	suit_close(&suit);
	return check_end();
}
