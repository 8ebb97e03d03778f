#include "suit.h"

/* Everybody tries everything in every stage. Who may is worked out here from the rows alone: who
 * plays which part in the case, which stages a row names. What the acts then ask for beyond the
 * row (a time, a form, a motion) comes after that and never before. */

enum { TEST_WALK_PEOPLE = 15 };

/* What a person is in the walked cases: 张伟 sues 李娜, who is reached once the complaint is served;
 * papers may have come in at the Hangzhou desk. The judge is found from the case. */
static const struct { const char *account; unsigned role; } test_walk_people[TEST_WALK_PEOPLE] = {
	{ "zhangwei", ROLE_PLAINTIFF }, { "lina", ROLE_DEFENDANT }, { "bj-filing", ROLE_FILING }, { "bj-clerk", ROLE_CLERK },
	{ "bj-assistant", ROLE_ASSISTANT }, { "bj-president", ROLE_PRESIDENT }, { "hz-filing", ROLE_DESK },
	{ "bj-judge1", ROLE_JUDGE }, { "bj-judge2", ROLE_JUDGE }, { "bj-judge3", ROLE_JUDGE },
	{ DOCKET_SYSTEM, ROLE_SYSTEM }, { "hongda", 0 }, { "lijing", 0 }, { "bj-admin", 0 }, { "hz-clerk", 0 },
};

/* Before the complaint is served, and where it never is, the defendant is a stranger. */
static bool test_walk_reached(enum stage stage)
{
	static const enum stage unserved[] = { STAGE_RECEIVED, STAGE_SUBMITTED, STAGE_CORRECTING, STAGE_REFUSED, STAGE_FEE_DUE,
		STAGE_READY, STAGE_WITHDRAWN };
	for (size_t i = 0; i < sizeof unserved / sizeof *unserved; i++)
		if (unserved[i] == stage)
			return false;
	return true;
}

static unsigned test_walk_role(struct suit *suit, const struct docket *d, size_t who)
{
	unsigned role = test_walk_people[who].role;
	if (role == ROLE_DEFENDANT && !test_walk_reached(d->stage))
		return 0;
	if (role == ROLE_JUDGE && strcmp(d->judge, suit_person(suit, test_walk_people[who].account)) != 0)
		return 0;
	if (role == ROLE_DESK && !strcmp(d->desk, d->court))
		return 0;
	return role;
}

/* What the row alone says. The reason tells an answer of the row from one of what comes after. */
static void test_walk_expect(const struct rule *r, unsigned role, const struct docket *d, enum mc_err *err, const char **key)
{
	*key = "";
	*err = MC_OK;
	if (!role) {
		*err = MC_UNKNOWN;
		*key = "docket.unknown";
	} else if (!(r->by & role)) {
		*err = MC_DENIED;
		*key = "act.not_yours";
	} else if (!(r->in >> d->stage & 1)) {
		*err = MC_CONFLICT;
		*key = "act.wrong_stage";
	}
}

static int test_walk_wrong;

static void test_walk_one(struct suit *suit, const struct docket *d, size_t who, enum act act)
{
	const struct rule *r = rule_of(act);
	unsigned role = test_walk_role(suit, d, who);
	enum mc_err want;
	const char *key;
	test_walk_expect(r, role, d, &want, &key);
	/* A form that no act takes: the row answers, or the act, or the form; nothing is changed. */
	struct form *form = suit_form(suit, NULL, "nothing", "1", NULL);
	struct ctx ctx = suit_ctx(suit, test_walk_people[who].account);
	struct docket mine;
	bool listed = false;
	if (!docket_load(&ctx, SUIT_COURT, d->id, &mine)) {
		struct act_option *o;
		size_t count;
		CHECK(!act_open(&ctx, &mine, &o, &count));
		for (size_t i = 0; i < count; i++)
			listed |= o[i].act == act;
	}
	size_t fields;
	bool harmless = field_form(act, &fields) != NULL && act != ACT_FORWARD && act != ACT_RETRACT && act != ACT_DRAW
		&& act != ACT_DECLINE_AUTHORITY;
	enum mc_err err = want || harmless ? suit_try(suit, test_walk_people[who].account, d->id, act, form) : MC_OK;
	bool good = want ? err == want && !strcmp(suit->why, key) && !listed
		: !harmless || (err && strcmp(suit->why, "act.not_yours") && strcmp(suit->why, "act.wrong_stage")
				&& strcmp(suit->why, "docket.unknown"))
			|| (act == ACT_ASK_RECUSAL && d->stage == STAGE_DELIBERATING);
	if (!good) {
		test_walk_wrong++;
		printf("  %s by %s in %s: %d %s, not %d %s%s\n", r->code, test_walk_people[who].account, rule_stage(d->stage)->code,
		       (int)err, suit->why, (int)want, key, listed ? ", and it is offered" : "");
	}
	CHECK(good);
}

/* The acts that a case is moved on by must be among those offered to who did them. */
static bool test_walk_offered(struct suit *suit, const char *account, const char *id, enum act act)
{
	struct ctx ctx = suit_ctx(suit, account);
	struct docket d;
	struct act_option *o;
	size_t count;
	if (docket_load(&ctx, SUIT_COURT, id, &d) || act_open(&ctx, &d, &o, &count))
		return false;
	for (size_t i = 0; i < count; i++)
		if (o[i].act == act)
			return true;
	return false;
}

int main(void)
{
	struct suit suit;
	suit_open(&suit);
	for (enum stage s = STAGE_NONE + 1; s < STAGE_COUNT; s++) {
		const char *id = suit_to(&suit, s);
		struct docket d = suit_docket(&suit, id);
		int entries = d.entries;
		CHECK_INT(d.stage, s);
		for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++)
			for (size_t who = 0; who < TEST_WALK_PEOPLE; who++)
				if (a != ACT_SUBMIT)
					test_walk_one(&suit, &d, who, a);
		/* All that was asked has changed nothing. */
		CHECK_INT(suit_docket(&suit, id).entries, entries);
	}
	static const struct { enum stage stage; const char *account; enum act act; } steps[] = {
		{ STAGE_RECEIVED, "hz-filing", ACT_FORWARD }, { STAGE_SUBMITTED, "bj-filing", ACT_REGISTER },
		{ STAGE_SUBMITTED, "bj-filing", ACT_REFUSE }, { STAGE_SUBMITTED, "zhangwei", ACT_RETRACT },
		{ STAGE_CORRECTING, "zhangwei", ACT_CORRECT }, { STAGE_FEE_DUE, "zhangwei", ACT_ASK_RELIEF },
		{ STAGE_READY, "bj-clerk", ACT_SERVE }, { STAGE_ANSWERING, "lina", ACT_ANSWER },
		{ STAGE_ANSWERING, "lina", ACT_OBJECT_JURISDICTION }, { STAGE_EXCHANGING, "bj-clerk", ACT_SCHEDULE },
		{ STAGE_HEARING, "bj-assistant", ACT_RECORD }, { STAGE_APPEALABLE, "zhangwei", ACT_APPEAL },
		{ STAGE_EFFECTIVE, "bj-clerk", ACT_CLOSE },
	};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		bool offered = test_walk_offered(&suit, steps[i].account, suit_to(&suit, steps[i].stage), steps[i].act);
		CHECK(offered);
		if (!offered)
			printf("  %s is not offered to %s\n", rule_of(steps[i].act)->code, steps[i].account);
	}
	/* Nobody files as somebody else: SUBMIT is for a verified person and begins a case of one's own. */
	CHECK_INT(suit_try(&suit, "wangqiang", id_new(suit.ctx.mem), ACT_SUBMIT, suit_complaint(&suit)), MC_DENIED);
	CHECK_INT(test_walk_wrong, 0);
	suit_close(&suit);
	return check_end();
}
