#include "check.h"
#include "../../src/base/embed.h"
#include "../../src/court/act.h"
#include "../../src/law/field.h"

#include <string.h>

extern const struct embed paper_embed[];

/* What paper_values() gives to every paper, and rows of groups with their columns. */
static const char *const test_rule_values[] = {
	"court", "desk", "number", "cause", "facts", "plaintiffs", "defendants", "process", "judge", "today", "now", "filed",
	"registered", "n", "plaintiff.name", "plaintiff.address", "plaintiff.identity", "plaintiff.description",
	"defendant.name", "defendant.address", "defendant.identity", "defendant.description", "claims.words", "claims.amount",
};

/* What the act adds that writes the paper. */
static const struct { enum paper_kind kind; const char *values[20]; } test_rule_added[] = {
	{ PAPER_COMPLAINT, { "items.name", "items.purpose", "filer" } },
	{ PAPER_RECEIPT, { "items.name", "items.purpose", "filer" } },
	{ PAPER_SUPPLEMENT, { "defects.what", "defects.how", "until" } },
	{ PAPER_REFUSAL, { "ground", "reasons" } },
	{ PAPER_FEE_NOTICE, { "fee", "reckoning" } },
	{ PAPER_BENCH_NOTICE, { "seed", "free" } },
	{ PAPER_RECUSAL, { "decision", "reasons" } },
	{ PAPER_RELIEF, { "decision", "reasons", "amount" } },
	{ PAPER_DEEMED, { "reasons" } },
	{ PAPER_AUTHORITY, { "principal", "agent", "kind", "scope" } },
	{ PAPER_ANSWER, { "answerer", "stance", "reasons" } },
	{ PAPER_JURISDICTION, { "dismissed", "transferred", "reasons" } },
	{ PAPER_EVIDENCE_TERM, { "until" } },
	{ PAPER_SUMMONS, { "at", "place", "open" } },
	{ PAPER_RECORD, { "at", "place", "open", "present.name", "present.role", "lines.speaker", "lines.words" } },
	{ PAPER_WITHDRAWAL, { "reasons", "granted", "refused", "refund" } },
	{ PAPER_JUDGMENT, { "pleaded", "facts", "reasons", "costs", "articles.statute", "articles.article", "orders.text",
		"cited.name", "cited.purpose", "answers.name", "answers.reasons", "above" } },
	{ PAPER_APPEAL, { "appellant", "request", "reasons" } },
	{ PAPER_EFFECT, { "effective" } },
	{ PAPER_CLOSING, { "manner" } },
};

static bool test_rule_is(const char *known, const char *group, const char *name)
{
	size_t n = strlen(group);
	return (!strcmp(known, name)) || (n && !strncmp(known, group, n) && known[n] == '.' && !strcmp(known + n + 1, name));
}

static bool test_rule_group(const char *known, const char *group)
{
	size_t n = strlen(group);
	return !strncmp(known, group, n) && known[n] == '.';
}

/* A value, or a group if name is NULL, that this kind of paper is given. */
static bool test_rule_known(enum paper_kind kind, const char *group, const char *name)
{
	for (size_t i = 0; i < sizeof test_rule_values / sizeof *test_rule_values; i++)
		if (name ? test_rule_is(test_rule_values[i], group, name) : test_rule_group(test_rule_values[i], group))
			return true;
	for (size_t i = 0; i < sizeof test_rule_added / sizeof *test_rule_added; i++)
		for (size_t k = 0; test_rule_added[i].kind == kind && k < 20 && test_rule_added[i].values[k]; k++)
			if (name ? test_rule_is(test_rule_added[i].values[k], group, name)
				 : test_rule_group(test_rule_added[i].values[k], group))
				return true;
	return false;
}

static void test_rule_line(enum paper_kind kind, const char *line, size_t n)
{
	char group[40] = "", name[40];
	if (*line == '*' || *line == '?') {
		snprintf(name, sizeof name, "%.*s", (int)strcspn(line + 1, " "), line + 1);
		if (*line == '*')
			snprintf(group, sizeof group, "%s", name);
		CHECK(test_rule_known(kind, name, *line == '*' ? NULL : name));
		if (!test_rule_known(kind, name, *line == '*' ? NULL : name))
			printf("  %s: %c%s\n", rule_paper(kind)->code, *line, name);
	}
	for (size_t i = 0; i < n; i++) {
		if (line[i] != '{')
			continue;
		size_t length = strcspn(line + i + 1, "}\n");
		CHECK(line[i + 1 + length] == '}' && length > 0 && length < sizeof name);
		snprintf(name, sizeof name, "%.*s", (int)length, line + i + 1);
		CHECK(test_rule_known(kind, group, name));
		if (!test_rule_known(kind, group, name))
			printf("  %s: {%s}\n", rule_paper(kind)->code, name);
	}
}

static void test_rule_template(enum paper_kind kind)
{
	char file[60];
	const struct embed *found = NULL;
	snprintf(file, sizeof file, "%s.txt", rule_paper(kind)->code);
	for (const struct embed *e = paper_embed; e->name; e++) {
		const char *slash = strrchr(e->name, '/');
		if (!strcmp(slash ? slash + 1 : e->name, file))
			found = e;
	}
	CHECK(found && found->size > 0);
	if (!found)
		return;
	const char *at = (const char *)found->bytes, *end = at + found->size;
	bool title = false, court = false;
	while (at < end) {
		const char *line = memchr(at, '\n', (size_t)(end - at));
		CHECK(line != NULL);            /* the last line ends too */
		if (!line)
			break;
		size_t n = (size_t)(line - at);
		title |= n > 3 && !strncmp(at, "## ", 3);
		court |= n > 2 && strstr(at, "{court}") != NULL;
		test_rule_line(kind, at, n);
		at = line + 1;
	}
	CHECK(title);
	(void)court;
}

static int test_rule_bits(unsigned long bits)
{
	int n = 0;
	for (; bits; bits &= bits - 1)
		n++;
	return n;
}

static void test_rule_row(enum act act)
{
	const struct rule *r = rule_of(act);
	const unsigned everybody = ROLE_SYSTEM * 2 - 1;
	CHECK(*r->code && *r->name[LANG_ZH] && *r->name[LANG_EN] && *r->file);
	CHECK_INT(rule_find(r->code), act);
	CHECK(r->by && !(r->by & ~everybody));
	CHECK(r->in && !(r->in >> STAGE_COUNT));
	CHECK(r->to <= STAGE_SAME);
	CHECK(r->law && (strstr(r->law, "第") || strstr(r->law, "条")));
	CHECK(r->next >= 0 && r->next <= 10);
	/* A step that nobody but the program takes is never a choice of law, nor the next step of anybody. */
	if (r->by == ROLE_SYSTEM)
		CHECK(!r->next && !r->decides && !r->barred);
	/* Only the first act has no case yet. */
	CHECK_INT(!!(r->in & 1u << STAGE_NONE), act == ACT_SUBMIT);
	CHECK_INT(!!(r->by & ROLE_FILER), act == ACT_SUBMIT);
	/* What opens a motion may not open it twice; who decides is of the court. */
	if (r->opens)
		CHECK(r->barred & 1u << r->opens);
	if (r->decides)
		CHECK(!(r->by & ~(unsigned)(ROLE_JUDGE | ROLE_PRESIDENT)) && !(r->barred & 1u << r->decides));
	/* In person and special authority are about parties. */
	if (r->own || r->special)
		CHECK(!(r->by & ~(unsigned)(ROLE_PLAINTIFF | ROLE_DEFENDANT)));
	/* Papers are for somebody, but for those that only the file keeps. */
	if (r->writes[0] && r->served == FOR_NOBODY)
		CHECK(act == ACT_SUBMIT || act == ACT_CORRECT || act == ACT_GRANT_AUTHORITY);
	if (r->served != FOR_NOBODY)
		CHECK(r->writes[0]);
	/* After a court's decision on a claim or motion the parties hear of it. */
	if (r->decides)
		CHECK(r->served == FOR_ALL || r->served == FOR_PLAINTIFFS);
	if (rule_keeps_limit(act))
		CHECK(r->by & (ROLE_PLAINTIFF | ROLE_DEFENDANT));
	if (r->late == LATE_REFUSED)
		CHECK(rule_keeps_limit(act));
	if (r->form)
		CHECK(!rule_of(r->form)->form);
}

/* A field that picks from the case has choices; one that reads a form has fields. */
static void test_rule_choices(enum act act)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	bool picks = false;
	for (size_t i = 0; i < count; i++)
		picks |= f[i].what == FIELD_FIELD && (f[i].kind == FIELD_PICK || f[i].kind == FIELD_TICKS);
	CHECK_INT(picks, act_special(act)->choices != NULL);
	if (!act_roll[act])
		CHECK(!picks);
}

int main(void)
{
	bool opened[MOTION_COUNT] = { false }, decided[MOTION_COUNT] = { false }, written[PAPER_COUNT] = { false };
	bool reached[STAGE_COUNT] = { [STAGE_NONE] = true };
	for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const struct rule *r = rule_of(a);
		test_rule_row(a);
		test_rule_choices(a);
		for (enum act b = a + 1; b < ACT_COUNT; b++)
			CHECK(strcmp(r->code, rule_of(b)->code) != 0 && strcmp(r->name[LANG_ZH], rule_of(b)->name[LANG_ZH]) != 0);
		opened[r->opens] = decided[r->decides] = true;
		for (size_t i = 0; i < 3; i++)
			written[r->writes[i]] = true;
		if (r->to != STAGE_SAME)
			reached[r->to] = true;
	}
	for (enum motion m = MOTION_NONE + 1; m < MOTION_COUNT; m++)
		CHECK(opened[m] && decided[m] && *rule_motion_code(m) && *rule_motion_name(m, LANG_EN));
	for (enum paper_kind k = PAPER_NONE + 1; k < PAPER_COUNT; k++) {
		CHECK(written[k] && *rule_paper(k)->title[LANG_ZH] && *rule_paper(k)->title[LANG_EN]);
		test_rule_template(k);
	}
	/* What apply decides: the desk of another court, and a case that is sent away. */
	reached[STAGE_RECEIVED] = reached[STAGE_TRANSFERRED] = true;
	for (enum stage s = 0; s < STAGE_COUNT; s++) {
		CHECK(reached[s]);
		CHECK(*rule_stage(s)->code && *rule_stage(s)->name[LANG_ZH] && *rule_stage(s)->name[LANG_EN]);
		CHECK(s == STAGE_NONE || (*rule_stage(s)->wait[LANG_ZH] && *rule_stage(s)->wait[LANG_EN]));
		/* Only what has ended has no way on. */
		unsigned open = 0;
		for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++)
			open += rule_of(a)->in >> s & 1 && rule_of(a)->to != STAGE_SAME && rule_of(a)->to != s;
		bool waits_for_apply = s == STAGE_ANSWERING || s == STAGE_APPEALED;
		CHECK(open || waits_for_apply || s == STAGE_REFUSED || s == STAGE_CLOSED);
	}
	for (enum limit l = 0; l < LIMIT_COUNT; l++) {
		CHECK(*limit_rule(l)->code && *limit_rule(l)->name[LANG_ZH] && *limit_rule(l)->name[LANG_EN] && *limit_rule(l)->law);
		for (enum limit m = l + 1; m < LIMIT_COUNT; m++)
			CHECK(strcmp(limit_rule(l)->code, limit_rule(m)->code) != 0);
	}
	for (unsigned role = 1; role <= ROLE_SYSTEM; role <<= 1)
		CHECK(test_rule_bits(role) == 1 && *rule_role_name(role, LANG_ZH) && *rule_role_name(role, LANG_EN));
	CHECK_INT(rule_find("NOTHING"), ACT_NONE);
	CHECK_INT(rule_find(""), ACT_NONE);
	return check_end();
}
