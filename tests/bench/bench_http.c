/* bench_http: the program as it is released, over HTTP on the loopback, beside nginx and
 * PostgreSQL in the same run. wrk and the servers share the machine's cores, rounds of both
 * alternate, the figures are medians. Prints the table that docs/performance.md keeps.
 * Usage: bench_http [hold | rounds [seconds [cases]]]; 0 rounds: only the many cases */
#define _GNU_SOURCE 1
#include "million.h"
#include "rig.h"
#include "../unit/suit.h"
#include "../../src/base/text.h"
#include "../../src/court/login.h"

enum { BENCH_ROUNDS = 9, BENCH_CASES = 64, BENCH_CLIENTS = 64, BENCH_ROWS = 4, BENCH_STARTS = 5 };

static struct {
	struct suit suit;
	const char *program, *log;
	int rounds, seconds, port;
	int64_t many;                   /* cases in the file */
	pid_t server;
	char cookie[4][80], token[4][80];       /* of a party, a clerk, the filing desk, the president */
	const char *page, *cases[BENCH_CASES];
	char folder[200];               /* of PostgreSQL; "" before */
	struct text table;
} bench;

static const char *bench_path(const char *name) { return arena_print(bench.suit.ctx.mem, "%s/%s", bench.suit.directory, name); }

/* Also when it ends early; the programs it started end with it. */
static void bench_clear(void)
{
	folder_remove(bench.suit.directory);
	if (*bench.folder)
		folder_remove(bench.folder);
}

static void bench_write(const char *path, const char *words)
{
	FILE *f = fopen(path, "we");
	if (!f || fputs(words, f) < 0 || fclose(f))
		rig_fail("cannot write", path);
}

static int bench_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double bench_median(double *value)
{
	qsort(value, (size_t)bench.rounds, sizeof *value, bench_order);
	return value[bench.rounds / 2];
}

static void bench_row(const char *what, const char *measured, const char *bar, bool holds)
{
	text_print(&bench.table, "| %s | %s | %s | %s |\n", what, measured, bar, !*bar ? "" : holds ? "yes" : "**no**");
	fprintf(stderr, "%s: %s\n", what, measured);
}

#define bench_say(...) arena_print(bench.suit.ctx.mem, __VA_ARGS__)

/* ---- the court ---- */

static void bench_sign_in(int at, const char *account)
{
	struct ctx ctx = bench.suit.ctx;
	struct login_start start;
	struct login login;
	ctx.session = ctx.person = "";
	if (login_in(&ctx, account, SAMPLE_PASSWORD, "127.0.0.1", &start) || login_of(&ctx, start.token, &login))
		rig_fail("cannot sign in", account);
	snprintf(bench.cookie[at], sizeof bench.cookie[at], "court=%s", start.token);
	snprintf(bench.token[at], sizeof bench.token[at], "%s", login.csrf);
}

/* Everybody reads their letters. */
static enum mc_err bench_read(struct ctx *ctx, void *arg)
{
	(void)arg;
	return db_do(ctx, "update inbox set opened = at where court = '0'", "");
}

/* Hearings that are open: a page with all its parts, and lines to enter. */
static void bench_fill(void)
{
	struct text pages = text_begin(bench.suit.ctx.mem), acts = text_begin(bench.suit.ctx.mem);
	for (int i = 0; i < BENCH_CASES; i++) {
		bench.cases[i] = suit_to(&bench.suit, STAGE_HEARING);
		text_print(&pages, "/cases/" SUIT_COURT "/%s\n", bench.cases[i]);
		text_print(&acts, "/cases/" SUIT_COURT "/%s/act/record\n", bench.cases[i]);
	}
	bench.page = bench_say("/cases/" SUIT_COURT "/%s", bench.cases[0]);
	bench_write(bench_path("page"), bench_say("%s\n", bench.page));
	bench_write(bench_path("pages"), text_end(&pages));
	bench_write(bench_path("acts"), text_end(&acts));
	if (db_together(&bench.suit.ctx, bench_read, NULL))
		rig_fail("cannot read the letters", "");
	clock_set(0);
	bench.suit.ctx.now = clock_now();
	bench_sign_in(0, "zhangwei");
	bench_sign_in(1, "bj-clerk");
	bench_sign_in(2, "bj-filing");
	bench_sign_in(3, "bj-president");
}

/* kept: how many pages the court may keep. */
static int64_t bench_serve(const char *kept)
{
	char address[32];
	bench.port = rig_port();
	snprintf(address, sizeof address, "127.0.0.1:%d", bench.port);
	int64_t from = clock_tick_us();
	bench.server = rig_start(bench.log, (char *[]){ strdup(bench.program), (char[]){ "serve" }, (char[]){ "--data" },
		bench.suit.directory, (char[]){ "--listen" }, address, (char[]){ "--kept" }, strdup(kept), NULL });
	rig_listens(bench.port, bench.server);
	return clock_tick_us() - from;
}

/* One answer of the court, headers and all. */
static const char *bench_get(const char *path, const char *cookie)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)bench.port) };
	struct text answer = text_begin(bench.suit.ctx.mem);
	const char *ask = bench_say("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nAccept: text/html\r\nCookie: %s\r\n\r\n",
				    path, bench.port, cookie);
	char bytes[4096];
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, (struct sockaddr *)&at, sizeof at) || write(fd, ask, strlen(ask)) != (ssize_t)strlen(ask))
		rig_fail("no answer", path);
	for (ssize_t n; (n = read(fd, bytes, sizeof bytes)) > 0;)
		text_add_n(&answer, bytes, (size_t)n);
	close(fd);
	return text_end(&answer);
}

/* ---- the page beside nginx ---- */

static pid_t bench_nginx(int port, const char *body)
{
	const char *config = bench_path("nginx.conf");
	bench_write(bench_path("page.html"), body);
	bench_write(config, bench_say("daemon off; worker_processes auto; pid %s/nginx.pid; error_log %s/nginx.log;%s\n"
		"events { worker_connections 1024; }\n"
		"http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; types { text/html html; }\n"
		"server { listen 127.0.0.1:%d; root %s; } }\n", bench.suit.directory, bench.suit.directory,
		geteuid() ? "" : " user root;", port, bench.suit.directory));
	pid_t nginx = rig_start(bench.log, (char *[]){ (char[]){ "/usr/sbin/nginx" }, (char[]){ "-c" }, strdup(config), NULL });
	rig_listens(port, nginx);
	return nginx;
}

/* The same page when nothing is kept: every request asks the store anew. */
static void bench_pages_anew(double file)
{
	double rate[BENCH_ROUNDS], cpu[BENCH_ROUNDS];
	rig_stop(bench.server);
	(void)bench_serve("0");
	for (int r = 0; r < bench.rounds; r++) {
		struct rig_load court = rig_load(bench_path("wrk"), bench.port, bench.server, 64, bench.seconds, bench.cookie[0], "", bench_path("page"));
		rate[r] = court.rate;
		cpu[r] = court.cpu;
	}
	rig_stop(bench.server);
	(void)bench_serve("512");
	bench_row("the same page with nothing kept (setting kept = 0)",
		  bench_say("%.0f a second: %.2f; processor %.1f µs a page", bench_median(rate), bench_median(rate) / file, bench_median(cpu)),
		  "", true);
}

static void bench_pages(void)
{
	double rate[2][BENCH_ROUNDS], cpu[2][BENCH_ROUNDS], ratio[BENCH_ROUNDS], cost[BENCH_ROUNDS];
	const char *answer = bench_get(bench.page, bench.cookie[0]), *body = strstr(answer, "\r\n\r\n");
	if (strncmp(answer, "HTTP/1.1 200", 12) || !body || !strstr(body, "</html>"))
		rig_fail("no page", answer);
	int port = rig_port();
	pid_t nginx = bench_nginx(port, body + 4);
	bench_write(bench_path("file"), "/page.html\n");
	for (int r = 0; r < bench.rounds; r++) {
		struct rig_load court = rig_load(bench_path("wrk"), bench.port, bench.server, 64, bench.seconds, bench.cookie[0], "", bench_path("page"));
		struct rig_load file = rig_load(bench_path("wrk"), port, nginx, 64, bench.seconds, bench.cookie[0], "", bench_path("file"));
		rate[0][r] = court.rate;
		rate[1][r] = file.rate;
		cpu[0][r] = court.cpu;
		cpu[1][r] = file.cpu;
		ratio[r] = court.rate / file.rate;
		cost[r] = file.cpu / court.cpu;
	}
	rig_stop(nginx);
	double median = bench_median(ratio);
	bench_row(bench_say("signed-in case page, %zu bytes, beside nginx with the same bytes", strlen(body + 4)),
		  bench_say("%.0f a second and %.0f: %.2f; processor %.1f µs and %.1f µs a page: %.2f", bench_median(rate[0]),
			    bench_median(rate[1]), median, bench_median(cpu[0]), bench_median(cpu[1]), bench_median(cost)),
		  "at least 0.6", median >= 0.6);
	bench_pages_anew(bench_median(rate[1]));
}

/* ---- acts beside PostgreSQL ---- */

/* PostgreSQL does not run as root. */
static pid_t bench_postgres_start(const char *program, char *const more[])
{
	char *argv[24] = { NULL };
	int n = 0;
	if (!geteuid()) {
		static const char *const down[] = { "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups" };
		for (size_t i = 0; i < sizeof down / sizeof *down; i++)
			argv[n++] = strdup(down[i]);
	}
	argv[n++] = strdup(bench_say("/usr/lib/postgresql/15/bin/%s", program));
	for (int i = 0; more[i]; i++)
		argv[n++] = more[i];
	return rig_start(bench_path("postgres.log"), argv);
}

/* A socket's name is at most 107 bytes: the folder is one of its own. */
static pid_t bench_postgres(const char *where)
{
	char folder[200], data[220];
	snprintf(folder, sizeof folder, "%s", where);
	snprintf(data, sizeof data, "%s/data", folder);
	if (chmod(folder, 0777))
		rig_fail("cannot open", folder);
	if (rig_wait(bench_postgres_start("initdb", (char *[]){ (char[]){ "-A" }, (char[]){ "trust" }, (char[]){ "-U" }, (char[]){ "bench" },
			(char[]){ "-E" }, (char[]){ "UTF8" }, (char[]){ "--locale=C" }, (char[]){ "-D" }, data, NULL })))
		rig_fail("initdb failed", bench_path("postgres.log"));
	pid_t pid = bench_postgres_start("postgres", (char *[]){ (char[]){ "-D" }, data, (char[]){ "-k" }, folder, (char[]){ "-h" }, (char[]){ "" }, NULL });
	for (int i = 0; i < 300; i++, usleep(100000))
		if (!rig_wait(bench_postgres_start("psql", (char *[]){ (char[]){ "-qh" }, folder, (char[]){ "-U" }, (char[]){ "bench" }, (char[]){ "-c" },
				(char[]){ "create table entry (court text not null, docket bigint not null, number bigserial, body text not null,"
					  " primary key (court, docket, number))" }, (char[]){ "postgres" }, NULL })))
			return pid;
	rig_fail("PostgreSQL does not start", bench_path("postgres.log"));
}

/* Transactions a second of so many inserts each, from as many clients. */
static double bench_pgbench(const char *folder)
{
	const char *log = bench_path("pgbench.log"), *script = bench_say("%s/insert.sql", folder);
	struct text sql = text_begin(bench.suit.ctx.mem);
	char words[8192];
	text_add(&sql, "\\set d random(1, 64)\nbegin;\n");
	for (int i = 0; i < BENCH_ROWS; i++)
		text_print(&sql, "insert into entry (court, docket, body) values ('132', :d, repeat('x', 240));\n");
	text_add(&sql, "commit;\n");
	bench_write(script, text_end(&sql));
	unlink(log);
	pid_t pid = rig_start(log, (char *[]){ (char[]){ "/usr/lib/postgresql/15/bin/pgbench" }, (char[]){ "-n" }, (char[]){ "-M" }, (char[]){ "prepared" },
		(char[]){ "-c" }, strdup(bench_say("%d", BENCH_CLIENTS)), (char[]){ "-j" }, (char[]){ "1" }, (char[]){ "-T" },
		strdup(bench_say("%d", bench.seconds)), (char[]){ "-f" }, strdup(script), (char[]){ "-h" }, strdup(folder),
		(char[]){ "-U" }, (char[]){ "bench" }, (char[]){ "postgres" }, NULL });
	int code = rig_wait(pid);
	rig_read(log, words, sizeof words);
	const char *at = strstr(words, "tps = ");
	if (code || !at)
		rig_fail("pgbench failed", words);
	return strtod(at + 6, NULL);
}

static void bench_acts(void)
{
	double rate[2][BENCH_ROUNDS], ratio[BENCH_ROUNDS], cpu[BENCH_ROUNDS], p99[BENCH_ROUNDS];
	folder_make(bench.folder, sizeof bench.folder);
	pid_t postgres = bench_postgres(bench.folder);
	for (int r = 0; r < bench.rounds; r++) {
		struct rig_load acts = rig_load(bench_path("wrk"), bench.port, bench.server, BENCH_CLIENTS, bench.seconds, bench.cookie[1], bench.token[1], bench_path("acts"));
		rate[0][r] = acts.rate;
		rate[1][r] = bench_pgbench(bench.folder);
		ratio[r] = rate[0][r] / rate[1][r];
		cpu[r] = acts.cpu;
		p99[r] = acts.p99;
	}
	rig_stop(postgres);
	double acts = bench_median(rate[0]), beside = bench_median(ratio);
	bench_row("durable acts (a line for the record), 64 connections, SQLite",
		  bench_say("%.0f a second, p99 %.1f ms, processor %.0f µs an act", acts, bench_median(p99), bench_median(cpu)), "at least 5000", acts >= 5000);
	bench_row(bench_say("beside pgbench: %d inserts a transaction, 64 clients, PostgreSQL 15", BENCH_ROWS),
		  bench_say("%.0f transactions a second: %.2f", bench_median(rate[1]), beside), "at least 0.5", beside >= 0.5);
}

/* ---- pages while many sign in ---- */

static void bench_storm(void)
{
	static const char visitor[] = "visitor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	double ratio[BENCH_ROUNDS], p99[2][BENCH_ROUNDS];
	const char *page = bench_get("/sign-in", visitor), *at = strstr(page, "name=\"csrf\" value=\"");
	if (!at)
		rig_fail("no form to sign in", page);
	const char *token = bench_say("sign-in %.*s", (int)strcspn(at + 19, "\""), at + 19);
	bench_write(bench_path("door"), "/sign-in\n");
	for (int r = 0; r < bench.rounds; r++) {
		struct rig_load calm = rig_load(bench_path("wrk"), bench.port, bench.server, 8, bench.seconds, bench.cookie[0], "", bench_path("pages"));
		pid_t storm = rig_load_begin(bench_path("storm"), bench.port, 32, bench.seconds + 5, visitor, token, bench_path("door"));
		struct rig_load busy = rig_load(bench_path("wrk"), bench.port, bench.server, 8, bench.seconds, bench.cookie[0], "", bench_path("pages"));
		rig_stop(storm);
		ratio[r] = busy.rate / calm.rate;
		p99[0][r] = calm.p99;
		p99[1][r] = busy.p99;
	}
	double median = bench_median(ratio);
	bench_row("case pages while 32 connections do nothing but sign in",
		  bench_say("%.2f of the pages without; p99 %.1f ms, without %.1f ms", median, bench_median(p99[1]), bench_median(p99[0])),
		  "at least 0.9", median >= 0.9);
}

/* ---- a million cases in the file ---- */

static void bench_million(void)
{
	static const struct { const char *path; int who; } lists[] = {
		{ "/docket", 1 }, { "/docket?list=due", 1 }, { "/docket?list=serve", 1 }, { "/docket?list=hear", 1 }, { "/docket?list=over", 1 },
		{ "/docket?list=asked", 1 }, { "/today", 1 }, { "/desk", 2 }, { "/today", 2 }, { "/bench", 3 }, { "/today", 3 },
	};
	struct text paths = text_begin(bench.suit.ctx.mem);
	int64_t from = clock_tick_us(), start[BENCH_STARTS];
	double slowest = 0;
	const char *which = "";
	million_fill(&bench.suit, bench.many, bench.many / 10000 + 1, &paths);
	fprintf(stderr, "%lld cases in %lld s\n", (long long)bench.many, (long long)(clock_tick_us() - from) / 1000000);
	bench_write(bench_path("pages"), text_end(&paths));
	for (int i = 0; i < BENCH_STARTS; i++) {
		start[i] = bench_serve("512");
		if (i < BENCH_STARTS - 1)
			rig_stop(bench.server);
	}
	struct rig_load page = rig_load(bench_path("wrk"), bench.port, bench.server, 2, bench.seconds * 2, bench.cookie[1], "", bench_path("pages"));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		bench_write(bench_path("list"), bench_say("%s\n", lists[i].path));
		if (strncmp(bench_get(lists[i].path, bench.cookie[lists[i].who]), "HTTP/1.1 200", 12))
			rig_fail("no page", lists[i].path);
		struct rig_load list = rig_load(bench_path("wrk"), bench.port, bench.server, 2, bench.seconds / 2 + 1, bench.cookie[lists[i].who], "", bench_path("list"));
		fprintf(stderr, "  %-24s p50 %.2f ms, p99 %.2f ms, processor %.0f µs\n", lists[i].path, list.p50, list.p99, list.cpu);
		which = list.p99 > slowest ? lists[i].path : which;
		slowest = list.p99 > slowest ? list.p99 : slowest;
	}
	double memory = rig_memory(bench.server, "VmHWM:"), cold = (double)start[BENCH_STARTS / 2] / 1000;
	bench_row(bench_say("%lld cases in the file: the page of a case, any of them, 2 connections", (long long)bench.many),
		  bench_say("p50 %.2f ms, p99 %.2f ms, processor %.0f µs a page", page.p50, page.p99, page.cpu), "p99 under 5 ms", page.p99 < 5);
	bench_row(bench_say("the same file: the slowest staff list (%s), 2 connections", which), bench_say("p99 %.2f ms", slowest), "p99 under 10 ms", slowest < 10);
	bench_row("the same file: most memory that the server held", bench_say("%.0f MB", memory), "under 150 MB", memory < 150);
	bench_row("the same file: from the start to the first connection", bench_say("%.0f ms", cold), "under 300 ms", cold < 300);
	rig_stop(bench.server);
}

/* The program as make builds it, with its debugging symbols. */
static void bench_size(void)
{
	struct stat st;
	if (stat(bench.program, &st))
		rig_fail("no program", bench.program);
	bench_row("size of the program, with debugging symbols", bench_say("%.1f MB", (double)st.st_size / 1e6), "under 5 MB", st.st_size < 5000000);
}

/* Says where the court serves and with which session, for a profiler, until the input ends. */
static void bench_hold(void)
{
	printf("%d %d %s %s\n", bench.port, (int)bench.server, bench.cookie[0], bench.page);
	fflush(stdout);
	while (getchar() != EOF)
		;
}

int main(int argc, char **argv)
{
	const char *program = getenv("MICROCOURT");
	bench.program = program ? program : "build/release/microcourt";
	bool hold = argc > 1 && !strcmp(argv[1], "hold");
	bench.rounds = argc > 1 && !hold ? (int)strtol(argv[1], NULL, 10) : 5;
	bench.seconds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 4;
	bench.many = argc > 3 ? strtol(argv[3], NULL, 10) : 1000000;
	if (bench.rounds < 0 || bench.rounds > BENCH_ROUNDS || bench.seconds < 1 || bench.seconds > 60)
		rig_fail("usage: bench_http [hold | rounds, at most 9 [seconds [cases]]]", "");
	suit_open(&bench.suit);
	atexit(bench_clear);
	bench.table = text_begin(bench.suit.ctx.mem);
	bench.log = bench_path("log");
	bench_fill();
	bench_serve("512");
	if (hold)
		bench_hold();
	if (bench.rounds) {
		bench_pages();
		bench_acts();
		bench_storm();
	}
	rig_stop(bench.server);
	if (bench.many)
		bench_million();
	bench_size();
	puts("| what | measured | bar | holds |\n| --- | --- | --- | --- |");
	fputs(text_end(&bench.table), stdout);
	return 0;
}
