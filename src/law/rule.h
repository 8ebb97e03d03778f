/* rule: the act table, where the law stands as rows: what may happen in a case, who
 * may do it, when, under which article, and what follows from it. stage.tbl, act.tbl,
 * paper.tbl and motion.tbl are meant to be read by a lawyer. Pure. */
#ifndef MC_RULE_H
#define MC_RULE_H
#include "limit.h"

#include <stdbool.h>

#define STAGE(code, zh, en, step, wait_zh, wait_en) STAGE_##code,
enum stage {
#include "stage.tbl"
	STAGE_COUNT, STAGE_SAME = STAGE_COUNT
};
#undef STAGE

#define MOTION(code, zh, en) MOTION_##code,
enum motion {
	MOTION_NONE,
#include "motion.tbl"
	MOTION_COUNT
};
#undef MOTION

#define PAPER(code, zh, en, limit) PAPER_##code,
enum paper_kind {
	PAPER_NONE,
#include "paper.tbl"
	PAPER_COUNT
};
#undef PAPER

#define ACT(code, ...) ACT_##code,
enum act {
	ACT_NONE,
#include "act.tbl"
	ACT_COUNT
};
#undef ACT

/* Who somebody is in a case: bits of struct rule.by. */
enum role {
	ROLE_FILER = 1 << 0,            /* a verified person who has no case yet */
	ROLE_PLAINTIFF = 1 << 1,        /* or an agent within the authority given */
	ROLE_DEFENDANT = 1 << 2,
	ROLE_NAMED_AGENT = 1 << 3,      /* named in an authority, not yet accepted */
	ROLE_DESK = 1 << 4,             /* filing clerk of the court that received the papers */
	ROLE_FILING = 1 << 5,           /* filing clerk of the court of the case */
	ROLE_CLERK = 1 << 6,            /* court clerk */
	ROLE_ASSISTANT = 1 << 7,        /* judge's assistant */
	ROLE_JUDGE = 1 << 8,            /* the judge of this case */
	ROLE_PRESIDENT = 1 << 9,
	ROLE_SYSTEM = 1 << 10,          /* what time and machines do; never a choice of law */
};

/* Whom a limit concerns or a paper is served on. */
enum concerns { FOR_NOBODY, FOR_COURT, FOR_ACTOR, FOR_PLAINTIFFS, FOR_DEFENDANTS, FOR_ALL, FOR_OPPONENTS };

/* What an act after its limit is: taken but marked late, or refused. */
enum late { LATE_MARKED, LATE_REFUSED };

struct rule_run { bool set; enum limit limit; enum concerns whom; };

struct rule {
	const char *code;               /* "ANSWER" */
	const char *name[LANG_COUNT];
	const char *file;               /* src/court/FILE.c holds what is special about it */
	enum act form;                  /* whose form it uses, if not its own */
	unsigned by;                    /* enum role */
	uint32_t in;                    /* stages, one bit each */
	enum stage to;
	const char *law;
	struct rule_run starts[3], stops[3];
	enum limit until;               /* the limit of the acting party it must keep (0 with late marked: none) */
	enum late late;
	enum motion opens, decides;
	unsigned barred;                /* motions that must not be open, bits */
	enum paper_kind writes[3];
	enum concerns served;           /* who is served with them */
	enum act then;                  /* what the program does next in the same transaction */
	bool own;                       /* the party in person, not an agent */
	bool special;                   /* an agent needs special authority (民诉法第62条第2款) */
	int next;                       /* how much it is the next step, 10 most, 0 only in the list */
};

const struct rule *rule_of(enum act act);
enum act rule_find(const char *code);           /* ACT_NONE if there is none */
const char *rule_word(struct arena *mem, enum act act);         /* "object-jurisdiction", as in addresses */
enum act rule_by_word(struct arena *mem, const char *word);     /* ACT_NONE if there is none */
bool rule_offered(enum act act);                /* a person does it in a case that exists already */
bool rule_keeps_limit(enum act act);            /* has an until */

struct stage_rule { const char *code, *name[LANG_COUNT]; int step; const char *wait[LANG_COUNT]; };
const struct stage_rule *rule_stage(enum stage stage);
enum stage rule_stage_find(const char *code);           /* STAGE_NONE if there is none */
struct paper_rule { const char *code, *title[LANG_COUNT]; bool starts; enum limit limit; };
const struct paper_rule *rule_paper(enum paper_kind kind);
const char *rule_motion_code(enum motion motion);
enum motion rule_motion_find(const char *code);         /* MOTION_NONE if there is none */
const char *rule_motion_name(enum motion motion, enum lang lang);
const char *rule_role_name(unsigned role, enum lang lang);   /* of the lowest bit */

#endif
