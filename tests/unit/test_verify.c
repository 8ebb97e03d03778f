#include "suit.h"
#include "../../src/cmd/command_draw.h"
#include "../../src/cmd/command_verify.h"

#include <fcntl.h>

/* What a command prints, and how it ends. */
struct test_verify_said { int code; char out[4000]; };

/* Nobody read anything here, that is a server's; and no act of these came with a file. */
#define TEST_VERIFY_READS "0 files of the read log, 0 lines, 0 broken\n0 files needed, 0 missing\n"

static struct test_verify_said test_verify_run(struct suit *suit, int (*command)(int, char **), int argc, char **argv)
{
	struct test_verify_said said = { .code = -1 };
	const char *path = arena_print(suit->ctx.mem, "%s/out", suit->directory);
	fflush(stdout);
	int before = dup(1), errors = dup(2), fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600), null = open("/dev/null", O_WRONLY);
	dup2(fd, 1);
	dup2(null, 2);
	said.code = command(argc, argv);
	fflush(stdout);
	dup2(before, 1);
	dup2(errors, 2);
	ssize_t n = pread(fd, said.out, sizeof said.out - 1, 0);
	said.out[n > 0 ? n : 0] = '\0';
	close(before);
	close(errors);
	close(fd);
	close(null);
	return said;
}

static struct test_verify_said test_verify_all(struct suit *suit)
{
	return test_verify_run(suit, command_verify, 5, (char *[]){ "verify", "--data", suit->directory,
		"--database", suit->database, NULL });
}

static struct test_verify_said test_verify_one(struct suit *suit, const char *docket)
{
	return test_verify_run(suit, command_verify, 7, (char *[]){ "verify", "--data", suit->directory,
		"--database", suit->database, SUIT_COURT, arena_copy(suit->ctx.mem, docket), NULL });
}

struct test_verify_change { const char *sql, *docket; };

static enum mc_err test_verify_change(struct ctx *ctx, void *arg)
{
	const struct test_verify_change *change = arg;
	return db_do(ctx, change->sql, "tt", SUIT_COURT, change->docket);
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	struct test_verify_said said = test_verify_all(&suit);
	CHECK_INT(said.code, 0);
	CHECK_TEXT(said.out, "0 cases, 0 entries, 0 broken\n" TEST_VERIFY_READS);

	const char *id[130];
	for (size_t i = 0; i < 128; i++)
		id[i] = suit_to(&suit, STAGE_SUBMITTED);
	id[128] = suit_to(&suit, STAGE_APPEALABLE);
	id[129] = suit_to(&suit, STAGE_READY);
	struct row *r = db_ask(&suit.ctx, "select count(*) from entry", "");
	CHECK(db_next(r));
	said = test_verify_all(&suit);
	CHECK_INT(said.code, 0);
	CHECK_TEXT(said.out, arena_print(suit.ctx.mem, "130 cases, %lld entries, 0 broken\n" TEST_VERIFY_READS, (long long)db_int(r, 0)));
	said = test_verify_one(&suit, id[128]);
	CHECK_INT(said.code, 0);
	CHECK(strstr(said.out, "1 cases, ") == said.out && strstr(said.out, " 0 broken\n"));

	/* Changed behind the program's back: each broken case is named with its entry, the others still count. */
	CHECK(!db_together(&suit.ctx, test_verify_change, &(struct test_verify_change){
		"update paper set body = replace(body, '七万元', '一万元') where court = $1 and docket = $2 and kind = 'JUDGMENT'", id[128] }));
	CHECK(!db_together(&suit.ctx, test_verify_change, &(struct test_verify_change){
		"update entry set at = at - 86400 where court = $1 and docket = $2 and number = 1", id[7] }));
	said = test_verify_all(&suit);
	CHECK_INT(said.code, 1);
	CHECK(strstr(said.out, arena_print(suit.ctx.mem, SUIT_COURT " %s 张伟 诉 李娜: entry 1: the entry was changed\n", id[7])));
	CHECK(strstr(said.out, arena_print(suit.ctx.mem, SUIT_COURT " %s （2026）京0491民初1号: entry ", id[128])));
	CHECK(strstr(said.out, "the words of a paper were changed\n") && strstr(said.out, " entries, 2 broken\n"));
	CHECK_INT(test_verify_one(&suit, id[7]).code, 1);
	CHECK_INT(test_verify_one(&suit, id[8]).code, 0);
	CHECK_INT(test_verify_one(&suit, "nothing").code, 1);

	/* A file that an entry names is looked for, if the entry is older than the rows that say who needs it too. */
	const char *filed = id_new(suit.ctx.mem), *blob = arena_print(suit.ctx.mem, "%s/blobs/%.2s/%.62s", suit.directory, SCAN_FILE, &SCAN_FILE[2]);
	suit_do(&suit, "zhangwei", filed, ACT_SUBMIT, suit_form(&suit, suit_complaint(&suit), "items.1.file", SCAN_FILE, NULL));
	CHECK(strstr(test_verify_all(&suit).out, "1 files needed, 0 missing\n"));
	CHECK(!db_together(&suit.ctx, test_verify_change, &(struct test_verify_change){
		"update schema_file set at = at * 2 where $1 <> $2 and name = '0028_upload.sql'", filed }));
	CHECK(!db_together(&suit.ctx, test_verify_change, &(struct test_verify_change){
		"delete from custody where court = $1 and holder = 'entry ' || $2 || ' 1'", filed }));
	CHECK(strstr(test_verify_all(&suit).out, "1 files needed, 0 missing\n"));
	CHECK(!unlink(blob));
	said = test_verify_all(&suit);
	CHECK(strstr(said.out, "1 files needed, 1 missing\n") && strstr(said.out, ": missing\n"));

	/* Asked wrongly, and where there is nothing. */
	CHECK_INT(test_verify_run(&suit, command_verify, 2, (char *[]){ "verify", "--data", NULL }).code, 2);
	CHECK_INT(test_verify_run(&suit, command_verify, 2, (char *[]){ "verify", "--other", NULL }).code, 2);
	CHECK_INT(test_verify_run(&suit, command_verify, 2, (char *[]){ "verify", "132", NULL }).code, 2);
	CHECK_INT(test_verify_run(&suit, command_verify, 5, (char *[]){ "verify", "a", "b", "c", "d", NULL }).code, 2);
	char *nowhere = arena_print(suit.ctx.mem, "%s/nowhere", suit.directory);
	CHECK_INT(test_verify_run(&suit, command_verify, 5, (char *[]){ "verify", "--data", nowhere, "--database", "", NULL }).code, 3);
	CHECK(access(nowhere, F_OK) != 0);

	said = test_verify_run(&suit, command_draw, 7, (char *[]){ "draw", "2026", "甲", "乙", "丙", "丁", "戊", NULL });
	CHECK_INT(said.code, 0);
	CHECK_TEXT(said.out, "甲\n");
	CHECK_INT(test_verify_run(&suit, command_draw, 2, (char *[]){ "draw", "2026", NULL }).code, 2);
	suit_close(&suit);
	return check_end();
}
