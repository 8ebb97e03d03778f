#include "rule.h"
#include "../base/arena.h"

#include <assert.h>
#include <string.h>

#define BY(role) ROLE_##role
#define IN(stage) ((uint32_t)1 << STAGE_##stage)
#define IN_REGISTERED (IN(FEE_DUE) | IN(READY) | IN(ANSWERING) | IN(EXCHANGING) | IN(SCHEDULED) | IN(HEARING) | IN(DELIBERATING))
#define IN_ALIVE (IN(SUBMITTED) | IN(CORRECTING) | IN_REGISTERED | IN(APPEALABLE) | IN(APPEALED))
#define IN_FILED (IN_ALIVE | IN(REFUSED) | IN(EFFECTIVE) | IN(WITHDRAWN) | IN(TRANSFERRED) | IN(CLOSED))
#define RUN(limit, whom) { true, LIMIT_##limit, FOR_##whom }
#define BAR(motion) (1u << MOTION_##motion)
#define ACT(act, zh, en, ...) [ACT_##act] = { .code = #act, .name = { zh, en }, __VA_ARGS__ },
static const struct rule rule_table[ACT_COUNT] = {
#include "act.tbl"
};
#undef ACT

#define STAGE(stage, zh, en, place, wait_zh, wait_en) { #stage, { zh, en }, place, { wait_zh, wait_en } },
static const struct stage_rule stage_table[STAGE_COUNT] = {
#include "stage.tbl"
};
#undef STAGE

/* LIMIT_NONE is only the word of the table for "starts nothing". */
#define LIMIT_NONE LIMIT_COUNT
#define PAPER(kind, zh, en, run) [PAPER_##kind] = { #kind, { zh, en }, LIMIT_##run != LIMIT_NONE, LIMIT_##run },
static const struct paper_rule paper_table[PAPER_COUNT] = {
#include "paper.tbl"
};
#undef PAPER

#define MOTION(word, zh, en) [MOTION_##word] = { #word, { zh, en } },
static const struct { const char *code, *name[LANG_COUNT]; } motion_table[MOTION_COUNT] = {
#include "motion.tbl"
};
#undef MOTION

static const struct { unsigned role; const char *name[LANG_COUNT]; } role_table[] = {
	{ ROLE_FILER, { "起诉人", "Person filing" } },
	{ ROLE_PLAINTIFF, { "原告", "Plaintiff" } },
	{ ROLE_DEFENDANT, { "被告", "Defendant" } },
	{ ROLE_NAMED_AGENT, { "受托人", "Named agent" } },
	{ ROLE_DESK, { "接收法院立案人员", "Filing clerk of the receiving court" } },
	{ ROLE_FILING, { "立案人员", "Filing clerk" } },
	{ ROLE_CLERK, { "书记员", "Court clerk" } },
	{ ROLE_ASSISTANT, { "法官助理", "Judge's assistant" } },
	{ ROLE_JUDGE, { "审判员", "Judge" } },
	{ ROLE_PRESIDENT, { "院长", "President" } },
	{ ROLE_SYSTEM, { "系统", "System" } },
};

const struct rule *rule_of(enum act act)
{
	assert(act > ACT_NONE && act < ACT_COUNT);
	return &rule_table[act];
}

enum act rule_find(const char *code)
{
	for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++)
		if (!strcmp(rule_table[a].code, code))
			return a;
	return ACT_NONE;
}

const char *rule_word(struct arena *mem, enum act act)
{
	char *word = arena_copy(mem, rule_table[act].code);
	for (char *at = word; *at; at++)
		*at = *at == '_' ? '-' : (char)(*at | 0x20);
	return word;
}

enum act rule_by_word(struct arena *mem, const char *word)
{
	for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++)
		if (!strcmp(rule_word(mem, a), word))
			return a;
	return ACT_NONE;
}

/* SUBMIT begins a case; what time and machines do has no form. */
bool rule_offered(enum act act) { return act && act != ACT_SUBMIT && rule_table[act].by != ROLE_SYSTEM; }

/* FILING_REVIEW is the court's own limit and no party's, so 0 can mean none. */
bool rule_keeps_limit(enum act act) { return rule_of(act)->until != LIMIT_FILING_REVIEW; }

const struct stage_rule *rule_stage(enum stage stage)
{
	assert(stage < STAGE_COUNT);
	return &stage_table[stage];
}

enum stage rule_stage_find(const char *code)
{
	for (enum stage s = STAGE_NONE + 1; s < STAGE_COUNT; s++)
		if (!strcmp(stage_table[s].code, code))
			return s;
	return STAGE_NONE;
}

const struct paper_rule *rule_paper(enum paper_kind kind)
{
	assert(kind > PAPER_NONE && kind < PAPER_COUNT);
	return &paper_table[kind];
}

const char *rule_motion_code(enum motion motion)
{
	assert(motion > MOTION_NONE && motion < MOTION_COUNT);
	return motion_table[motion].code;
}

enum motion rule_motion_find(const char *code)
{
	for (enum motion m = MOTION_NONE + 1; m < MOTION_COUNT; m++)
		if (!strcmp(motion_table[m].code, code))
			return m;
	return MOTION_NONE;
}

const char *rule_motion_name(enum motion motion, enum lang lang)
{
	assert(motion > MOTION_NONE && motion < MOTION_COUNT);
	return motion_table[motion].name[lang];
}

const char *rule_role_name(unsigned role, enum lang lang)
{
	for (size_t i = 0; i < sizeof role_table / sizeof *role_table; i++)
		if (role & role_table[i].role)
			return role_table[i].name[lang];
	return "";
}
