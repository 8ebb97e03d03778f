/* run: plays the stories of tests/story, each on a new sample network, first in this
 * process and then over HTTP (when the program is named by MICROCOURT), on SQLite, or on the
 * PostgreSQL that tests/postgres.sh has started. With --faults in this process only, and
 * whatever is done is first tried with every call failing (fault.h). A story is plain text,
 * one thing a line:
 *
 *   law TEXT                     what it proves (shown when it fails)
 *   at 2026-09-01 09:30          it is now this hour, Beijing time
 *   as zhangwei                  who speaks from here on (a sign-in name; "judge" is this case's,
 *                                "former" the one last recused from it)
 *   first served                 plays the lines of tests/story/served.scene
 *   case A                       the case spoken of from here on
 *   do answer [like NAME]        somebody does an act, with the fields that follow, indented,
 *     stance deny                over those of tests/story/NAME.form; it must be done
 *   refused 409 [act.too_late [field]]   said after "do": it must be refused, and why
 *   again                        the last act is sent once more with the key it had (Idempotency-Key):
 *                                it is answered as it was, and "entries" after it proves that nothing happened
 *   upload WORDS                 who speaks uploads a PDF of them, piece by piece; "upload" in a form is this file
 *   pay 50.00                    the fee is paid through the payment service
 *   stage ANSWERING | number TEXT | judge yes | entries N
 *   limit ANSWER 李娜 2026-10-08 [provisional]  | limit ANSWER 李娜 none     ("court" for the court)
 *   paper JUDGMENT 1             so many papers of this kind
 *   served COMPLAINT 李娜 yes|no         service has taken effect, or not
 *   late yes|no                  the last entry that a person made is marked as late
 *   fee paid 2418.00 | refund 1209.00    the court fee as it stands, what goes back of it
 *   letters 3                    so many letters lie in the inbox of who speaks
 *   verified wangqiang           who speaks, a clerk, verifies somebody who has registered
 *   sees yes|no                  who speaks can see the case, or gets 404
 *   may answer yes|no            the act is open to who speaks
 *   whole                        the chain of the case is unbroken
 */
#include "run.h"
#include "fault.h"
#include "look.h"
#include "../unit/database.h"
#include "../unit/folder.h"
#include "../../src/base/arena.h"
#include "../../src/base/clock.h"
#include "../../src/base/day.h"
#include "../../src/base/id.h"
#include "../../src/base/money.h"
#include "../../src/base/text.h"
#include "../../src/court/served.h"
#include "../../src/store/db.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void run_judge(struct run *run, bool good, const char *what, const char *got)
{
	if (good) {
		run->passed++;
		return;
	}
	run->failed++;
	printf("%s:%d (%s): %s%s%s\n", run->file, run->line, run->mode, what, *got ? "; it is " : "", got);
}

static const char *run_outcome(struct run *run)
{
	return arena_print(run->set.mem, "%d %s %s", run->last.status, run->last.key, run->last.field);
}

/* An act that nobody says is refused must have been done. */
static void run_settle(struct run *run)
{
	if (run->asked)
		run_judge(run, run->last.status < 300, "the act before this line was to be done", run_outcome(run));
	if (run->asked && !run->set.program && !run->set.faults)
		look_due(run);
	run->asked = false;
}

char *run_word(char **line)
{
	char *at = *line + strspn(*line, " \t"), *end = at + strcspn(at, " \t");
	*line = *end ? end + 1 : end;
	*end = '\0';
	return at;
}

static void run_field(struct form *form, char *line)
{
	char *name = run_word(&line);
	form_set(form, name, line + strspn(line, " \t"));
}

static struct form *run_like(struct run *run, const char *name)
{
	struct form *form = form_begin(run->set.mem);
	char line[4000];
	FILE *in = fopen(arena_print(run->set.mem, "tests/story/%s.form", name), "r");
	if (!in) {
		run_judge(run, false, "there is no such form", name);
		return form;
	}
	while (fgets(line, sizeof line, in)) {
		line[strcspn(line, "\n")] = '\0';
		if (*line && *line != '#')
			run_field(form, line);
	}
	fclose(in);
	return form;
}

bool run_docket(struct run *run, struct docket *out)
{
	struct ctx *ctx = &run->set.ctx;
	ctx->person = DOCKET_SYSTEM;
	ctx->now = clock_now();
	ctx_forget(ctx);
	return run->now && run->now->docket && !docket_load(ctx, run->now->court, run->now->docket, out);
}

const char *run_speaker(struct run *run)
{
	struct docket d;
	bool former = !strcmp(run->who, "former");
	if ((strcmp(run->who, "judge") && !former) || !run_docket(run, &d))
		return run->who;
	struct row *r = db_ask(&run->set.ctx, "select person from recused where court = $1 and docket = $2 order by entry desc limit 1",
			       "tt", d.court, d.id);
	const char *judge = !former ? d.judge : db_next(r) ? db_text(r, 0) : "";
	r = db_ask(&run->set.ctx, "select name from account where court = '0' and person = $1 order by length(name) limit 1",
		   "t", judge);
	return db_next(r) ? db_text(r, 0) : "";
}

enum act run_act(struct run *run, const char *word)
{
	char *code = arena_copy(run->set.mem, word);
	for (char *c = code; *c; c++)
		*c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
	enum act act = rule_find(code);
	if (!act)
		run_judge(run, false, "there is no such act", word);
	return act;
}

int run_party(const struct docket *d, const char *name)
{
	for (size_t i = 0; i < d->parties_count; i++)
		if (!strcmp(d->parties[i].name, name))
			return d->parties[i].number;
	return strcmp(name, "court") ? -1 : 0;
}

/* "papers all" is every paper that waits for who speaks; "papers all 李娜" those for her. */
static void run_papers(struct run *run, struct form *form)
{
	const char *value = form_get(form, "papers");
	struct docket d;
	struct served *s;
	size_t count = 0;
	if (strncmp(value, "all", 3) || !run_docket(run, &d))
		return;
	const char *me = stage_person(&run->set, run_speaker(run));
	int party = value[3] ? run_party(&d, value + 4) : 0;
	for (size_t i = 0; i < d.parties_count && !value[3]; i++)
		if (!strcmp(d.parties[i].person, me))
			party = d.parties[i].number;
	struct text t = text_begin(run->set.mem);
	served_list(&run->set.ctx, &d, party, true, &s, &count);
	for (size_t i = 0; i < count; i++)
		text_print(&t, "%s%d", i ? "," : "", s[i].number);
	form_set(form, "papers", text_end(&t));
}

static void run_do(struct run *run, enum act act, struct form *form)
{
	if (!act)
		return;
	run_papers(run, form);
	for (size_t i = 0; i < form->count && run->upload; i++)
		if (!strcmp(form->pair[i].value, "upload"))
			form_set(form, form->pair[i].name, run->upload);
	if (act == ACT_SUBMIT) {
		run->now->court = arena_copy(run->set.mem, form_get(form, "court"));
		if (!run->now->docket)
			run->now->docket = id_new(run->set.mem);
	}
	run->last = stage_act(&run->set, run_speaker(run), run->now->court, run->now->docket, act, form);
	if (act == ACT_SUBMIT && run->last.docket)
		run->now->docket = run->last.docket;
	run->asked = true;
}

static void run_refused(struct run *run, char *rest)
{
	int status = (int)strtol(run_word(&rest), NULL, 10);
	const char *key = run_word(&rest), *field = run_word(&rest);
	run_judge(run, run->asked && run->last.status == status && (!*key || !strcmp(run->last.key, key))
		  && (!*field || !strcmp(run->last.field, field)),
		  arena_print(run->set.mem, "refused %d %s %s", status, key, field), run_outcome(run));
	run->asked = false;
}

static void run_lines(struct run *run, FILE *in);

/* A scene is the beginning that several stories share; a fault in it is shown with its own line. */
static void run_scene(struct run *run, const char *name)
{
	const char *story = run->file;
	int line = run->line;
	FILE *in = fopen(arena_print(run->set.mem, "tests/story/%s.scene", name), "r");
	if (!in) {
		run_judge(run, false, "there is no such scene", name);
		return;
	}
	run->file = arena_print(run->set.mem, "tests/story/%s.scene of %s", name, story);
	run->line = 0;
	run_lines(run, in);
	fclose(in);
	run->file = story;
	run->line = line;
}

static void run_line(struct run *run, char *line)
{
	char *rest = line;
	const char *verb = run_word(&rest);
	int64_t at, fen;
	if (!strcmp(verb, "refused")) {
		run_refused(run, rest);
		return;
	}
	run_settle(run);
	if (!strcmp(verb, "at")) {
		if (day_time_parse(rest, &at))
			stage_clock(&run->set, at);
		else
			run_judge(run, false, "not an hour", rest);
	} else if (!strcmp(verb, "as")) {
		run->who = arena_copy(run->set.mem, run_word(&rest));
	} else if (!strcmp(verb, "case")) {
		run->now = &run->cases[(*rest - 'A') & 15];
	} else if (!strcmp(verb, "first")) {
		run_scene(run, arena_copy(run->set.mem, rest));
	} else if (!strcmp(verb, "letters")) {
		look_letters(run, rest);
	} else if (!strcmp(verb, "verified")) {
		run->last = stage_verify(&run->set, run_speaker(run), run_word(&rest));
		run->asked = true;
	} else if (!strcmp(verb, "again")) {
		run_judge(run, stage_again(&run->set), "the same request has the same answer", "");
	} else if (!strcmp(verb, "upload")) {
		run->upload = stage_upload(&run->set, run_speaker(run), arena_copy(run->set.mem, rest));
		run_judge(run, run->upload != NULL, "the file arrives", "");
	} else if (!strcmp(verb, "pay")) {
		money_parse(rest, &fen);
		run->last = stage_pay(&run->set, run_speaker(run), run->now->court, run->now->docket, fen);
		run->asked = true;
	} else if (!strcmp(verb, "sees")) {
		struct outcome seen = stage_see(&run->set, run_speaker(run), run->now->court, run->now->docket);
		run_judge(run, seen.status == (!strcmp(rest, "yes") ? 200 : 404), arena_print(run->set.mem, "%s sees: %s", run->who, rest),
			  arena_print(run->set.mem, "%d", seen.status));
	} else if (strcmp(verb, "law")) {
		look_at(run, verb, rest);
	}
}

static void run_lines(struct run *run, FILE *in)
{
	char line[4000];
	struct form *form = NULL;
	enum act act = ACT_NONE;
	while (fgets(line, sizeof line, in)) {
		line[strcspn(line, "\n")] = '\0';
		if (form && isspace((unsigned char)*line)) {
			run->line++;
			run_field(form, line);
			continue;
		}
		if (form) {
			run_do(run, act, form);
			form = NULL;
		}
		run->line++;
		if (!*line || *line == '#')
			continue;
		if (!strncmp(line, "do ", 3)) {
			char *rest = line + 3;
			run_settle(run);
			act = run_act(run, run_word(&rest));
			form = strcmp(run_word(&rest), "like") ? form_begin(run->set.mem) : run_like(run, run_word(&rest));
		} else {
			run_line(run, line);
		}
	}
	if (form)
		run_do(run, act, form);
	run_settle(run);
}

static void run_story(const char *file, const char *program, bool faults, int *passed, int *failed)
{
	/* A thousand failures are a thousand transactions: what they leave need not outlive the machine. */
	char directory[40], database[DATABASE_SIZE];
	snprintf(directory, sizeof directory, "%s/story-XXXXXX", faults && !access("/dev/shm", W_OK) ? "/dev/shm" : "/tmp");
	struct run run = { .file = file, .mode = program ? "HTTP" : faults ? "faults" : "in process", .who = "" };
	FILE *in = fopen(file, "r");
	database_make(database, sizeof database);
	run.set = (struct stage_set){ .mem = arena_begin_ceiling(SIZE_MAX), .program = program, .directory = mkdtemp(directory),
		.database = database, .faults = faults };
	run.now = &run.cases[0];
	if (!in || !stage_raise(&run.set)) {
		run_judge(&run, false, "the story can be played", "");
	} else {
		run_lines(&run, in);
	}
	if (in)
		fclose(in);
	stage_strike(&run.set);
	arena_end(run.set.mem);
	folder_remove(directory);
	*passed += run.passed;
	*failed += run.failed;
}

/* Every row of the law's table was tried, or follows in the same transaction from one that was. */
static void run_all_acts(struct fault_count *count)
{
	for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		bool done = fault_done(rule_of(a)->code);
		for (enum act by = ACT_NONE + 1; by < ACT_COUNT && !done; by++)
			done = rule_of(by)->then == a && fault_done(rule_of(by)->code);
		count->failed += !done;
		if (!done)
			printf("no story does %s\n", rule_of(a)->code);
	}
}

static int run_faults(int files, char **file)
{
	int passed = 0, failed = 0;
	for (int i = 0; i < files; i++)
		run_story(file[i], NULL, true, &passed, &failed);
	struct fault_count count = fault_counted();
	if (files > 1 && !database_postgres())
		run_all_acts(&count);
	printf("%d acts tried, %d failures of a call\n", count.tried, count.tries);
	printf("%d passed, %d failed\n", passed + count.tries, failed + count.failed);
	return failed + count.failed != 0;
}

int main(int argc, char **argv)
{
	int passed = 0, failed = 0;
	const char *program = getenv("MICROCOURT");
	if (argc > 2 && !strcmp(argv[1], "--faults"))
		return run_faults(argc - 2, argv + 2);
	if (argc < 2 || !program) {
		puts("usage: MICROCOURT=PROGRAM run FILE.story... | run --faults FILE.story...\n0 passed, 1 failed");
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		run_story(argv[i], NULL, false, &passed, &failed);
		run_story(argv[i], program, false, &passed, &failed);
	}
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}
