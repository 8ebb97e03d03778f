#include "suit.h"
#include "../../src/store/change.h"

#include <sys/wait.h>

static struct suit suit;
static const struct changes *changes;

/* Which of the four an act of the store has counted up: the case, the person, another person, everything. */
struct test_change_seen { uint32_t docket, person, other, everything; uint64_t tide; };

static struct test_change_seen test_change_look(void)
{
	return (struct test_change_seen){ change_of(changes, "case"), change_of(changes, "person"), change_of(changes, "other"),
		change_of(changes, NULL), change_tide(changes) };
}

static enum mc_err test_change_do(struct ctx *ctx, void *sql)
{
	enum mc_err err = db_script(ctx, sql);
	return err ? err : strstr(sql, "undone") ? MC_DENIED : MC_OK;
}

static const struct { const char *sql; bool docket, person, everything, tide; } counted[] = {
	/* A row about a case and somebody counts for both; one about a person alone for that person. */
	{ "insert into draft (court, person, docket, act, home, form, at) values ('0', 'person', 'case', 'A', '1', '{}', 1)", true, true, false, true },
	{ "update draft set at = 2 where person = 'person'", true, true, false, true },
	{ "update draft set docket = 'elsewhere' where person = 'person'", true, true, false, true },
	{ "delete from draft where person = 'person'", false, true, false, true },
	/* What is found by other columns than those that name the case counts all the same. */
	{ "insert into draft (court, person, docket, act, home, form, at) values ('0', 'person', 'case', 'B', '1', '{}', 7)", true, true, false, true },
	{ "update draft set at = 8 where at = 7", true, true, false, true },
	/* Nobody is shown tries and what is to be done; a court's name everybody. */
	{ "insert into attempt (court, attempt, subject, at) values ('0', 'a', 'person', 1)", false, false, false, false },
	{ "update court set en = 'x' where court = '132'", false, false, true, true },
	{ "insert into holiday (court, day, rest, name, year) values ('0', 1, 1, 'x', 1970)", false, false, true, true },
	/* Somebody new is nobody's change, a new name everybody's. */
	{ "update person set name = name || 'x' where person = (select min(person) from person)", false, false, true, true },
	/* Nothing touched, nothing counted. */
	{ "update draft set at = 9 where at = 700", false, false, false, false },
	/* What was undone is counted too: that costs a page drawn anew, and never shows an old one. */
	{ "delete from draft where at = 8 and 'undone' = 'undone'", true, true, false, true },
};

static void test_change_rows(void)
{
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
		struct test_change_seen was = test_change_look();
		ctx_forget(&suit.ctx);
		(void)db_together(&suit.ctx, test_change_do, (char *)counted[i].sql);
		struct test_change_seen is = test_change_look();
		check_int(was.docket != is.docket, counted[i].docket, __FILE__, __LINE__, counted[i].sql);
		check_int(was.person != is.person, counted[i].person, __FILE__, __LINE__, counted[i].sql);
		check_int(was.everything != is.everything, counted[i].everything, __FILE__, __LINE__, counted[i].sql);
		check_int(was.tide != is.tide, counted[i].tide, __FILE__, __LINE__, counted[i].sql);
		check_int(was.other, is.other, __FILE__, __LINE__, counted[i].sql);
		CHECK(!(is.tide & 1));
	}
}

/* Every table of the schema is about something: none is left out that nobody put on the list. */
static void test_change_tables(void)
{
	const char *const about[] = { "court", "docket", "number" }, *const none[] = { "court", "word", "value" };
	CHECK_INT(change_rule("party", about, 3).count, 1);
	CHECK_INT(change_rule("party", about, 3).column[0], 1);
	CHECK_INT(change_rule("something_new", none, 3).count, CHANGE_EVERYBODY);
	CHECK_INT(change_rule("attempt", none, 3).count, CHANGE_NOBODY);
	CHECK(change_rule("person", about, 3).unborn);
}

/* Another program that serves the same store counts in the same place; one that died in mid-commit leaves it odd, and
 * the next commit of whoever sets it right. */
static void test_change_others(void)
{
	uint32_t everything = change_of(changes, NULL), docket = change_of(changes, "case");
	pid_t other = fork();
	if (!other) {
		struct arena *mem = arena_begin();
		struct change_line *line = change_begin(mem, change_open(mem, suit.directory));
		change_touch(line, "case");
		change_before(line);
		_exit(0);
	}
	int code;
	CHECK(waitpid(other, &code, 0) == other && !code);
	CHECK(change_tide(changes) & 1);
	CHECK_INT(change_of(changes, "case"), docket);
	CHECK(!db_together(&suit.ctx, test_change_do, "update draft set at = 10 where at = 8"));
	CHECK(!(change_tide(changes) & 1));
	CHECK(change_of(changes, NULL) != everything);
}

/* More than can be told apart in one commit was everything. */
static void test_change_many(void)
{
	uint32_t everything = change_of(changes, NULL);
	CHECK(!db_together(&suit.ctx, test_change_do,
		"insert into draft (court, person, docket, act, home, form, at) with recursive n(i) as (select 1 union all select i + 1 from n where i < 9000)"
		" select '0', 'many ' || i, 'many ' || i, 'A', '1', '{}', 1 from n"));
	CHECK(change_of(changes, NULL) != everything);
}

int main(void)
{
	suit_open(&suit);
	changes = db_changes(suit.store);
	CHECK(changes != NULL);
	if (changes) {
		test_change_tables();
		test_change_rows();
		test_change_others();
		test_change_many();
	}
	suit_close(&suit);
	return check_end();
}
