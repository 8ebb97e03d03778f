/* bench_courts: what a page costs when the nation has 40 courts, and when it has all 3,499: the
 * processor's time for one page before the official list is taken in and afterwards, by the program
 * itself while it serves. The list is not part of the project: MICROCOURT_LISTS names the folder in
 * which courts/courts.tsv lies. Usage: bench_courts [seconds] */
#define _GNU_SOURCE 1
#include "rig.h"
#include "../unit/suit.h"
#include "../../src/base/text.h"
#include "../../src/court/draft.h"
#include "../../src/court/login.h"

enum { BENCH_COURTS_PAGES = 6, BENCH_COURTS_CASES = 20 };

static struct {
	struct suit suit;
	const char *program, *lists, *log;
	int port, seconds;
	pid_t server;
} bench_courts;

#define bench_courts_say(...) arena_print(bench_courts.suit.ctx.mem, __VA_ARGS__)

static const char *bench_courts_path(const char *name) { return bench_courts_say("%s/%s", bench_courts.suit.directory, name); }

static void bench_courts_clear(void) { folder_remove(bench_courts.suit.directory); }

static const char *bench_courts_sign_in(const char *account)
{
	struct ctx ctx = bench_courts.suit.ctx;
	struct login_start start;
	ctx.session = ctx.person = "";
	if (login_in(&ctx, account, SAMPLE_PASSWORD, "127.0.0.1", &start))
		rig_fail("cannot sign in", account);
	return bench_courts_say("court=%s", start.token);
}

/* A complaint that is being typed: its form is asked for at the step that chooses the court. */
static const char *bench_courts_draft(void)
{
	struct ctx ctx = bench_courts.suit.ctx;
	struct draft draft = { .docket = id_new(ctx.mem), .home = "", .act = ACT_SUBMIT, .form = form_begin(ctx.mem) };
	ctx.person = suit_person(&bench_courts.suit, "zhangwei");
	form_set(draft.form, "court", "132");
	if (draft_save(&ctx, &draft))
		rig_fail("cannot begin a complaint", "");
	return bench_courts_say("/file/%s?step=2", draft.docket);
}

static void bench_courts_serve(void)
{
	bench_courts.port = rig_port();
	bench_courts.server = rig_start(bench_courts.log, (char *[]){ strdup(bench_courts.program), (char[]){ "serve" }, (char[]){ "--data" },
		bench_courts.suit.directory, (char[]){ "--listen" }, strdup(bench_courts_say("127.0.0.1:%d", bench_courts.port)), NULL });
	rig_listens(bench_courts.port, bench_courts.server);
}

static double bench_courts_page(const char *path, const char *cookie)
{
	FILE *f = fopen(bench_courts_path("paths"), "we");
	if (!f || fprintf(f, "%s\n", path) < 0 || fclose(f))
		rig_fail("cannot write", bench_courts_path("paths"));
	return rig_load(bench_courts_path("wrk"), bench_courts.port, bench_courts.server, 2, bench_courts.seconds, cookie, "",
			bench_courts_path("paths")).cpu;
}

static int bench_courts_count(void)
{
	struct row *r = db_ask(&bench_courts.suit.ctx, "select count(*) from court", "");
	return db_next(r) ? (int)db_int(r, 0) : 0;
}

static void bench_courts_import(void)
{
	pid_t import = rig_start(bench_courts.log, (char *[]){ strdup(bench_courts.program), (char[]){ "import" }, (char[]){ "--data" },
		bench_courts.suit.directory, (char[]){ "courts" }, strdup(bench_courts_say("%s/courts/courts.tsv", bench_courts.lists)), NULL });
	if (rig_wait(import))
		rig_fail("the list of courts is not taken in (MICROCOURT_LISTS)", bench_courts.log);
	usleep(1500000);                /* the server looks once a second for lists taken in beside it */
}

int main(int argc, char **argv)
{
	const char *program = getenv("MICROCOURT"), *lists = getenv("MICROCOURT_LISTS");
	bench_courts.program = program ? program : "build/release/microcourt";
	bench_courts.lists = lists ? strdup(lists) : "../shared/data";
	unsetenv("MICROCOURT_LISTS");   /* else the program takes it for a setting of its own */
	bench_courts.seconds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 2;
	suit_open(&bench_courts.suit);
	atexit(bench_courts_clear);
	bench_courts.log = bench_courts_path("log");
	for (int i = 0; i < BENCH_COURTS_CASES; i++)
		(void)suit_to(&bench_courts.suit, STAGE_READY);
	clock_set(0);
	bench_courts.suit.ctx.now = clock_now();
	const char *party = bench_courts_sign_in("zhangwei"), *clerk = bench_courts_sign_in("bj-clerk");
	const struct { const char *name, *path, *cookie; } page[BENCH_COURTS_PAGES] = {
		{ "front page", "/", "" }, { "list of courts", "/courts", "" }, { "search for courts", "/find/courts?q=%E5%8C%97%E4%BA%AC", "" },
		{ "filing form", bench_courts_draft(), party }, { "caseload", "/docket", clerk }, { "today", "/today", clerk },
	};
	double cost[2][BENCH_COURTS_PAGES];
	int courts[2];
	bench_courts_serve();
	for (int with = 0; with < 2; with++) {
		courts[with] = bench_courts_count();
		for (int i = 0; i < BENCH_COURTS_PAGES; i++)
			cost[with][i] = bench_courts_page(page[i].path, page[i].cookie);
		if (!with)
			bench_courts_import();
	}
	rig_stop(bench_courts.server);
	printf("| processor for one page | with %d courts | with %d | as much |\n| --- | --- | --- | --- |\n", courts[0], courts[1]);
	for (int i = 0; i < BENCH_COURTS_PAGES; i++)
		printf("| %s | %.0f µs | %.0f µs | %.2f |\n", page[i].name, cost[0][i], cost[1][i], cost[1][i] / cost[0][i]);
	return 0;
}
