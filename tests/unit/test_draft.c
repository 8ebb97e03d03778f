/* Drafts belong to one person, have a size and a number, and go when they are signed. */
#include "network.h"
#include "../../src/base/id.h"
#include "../../src/base/text.h"
#include "../../src/court/directory.h"
#include "../../src/court/draft.h"

static struct form *draft_test_form(struct ctx *ctx, const char *facts)
{
	struct form *form = form_begin(ctx->mem);
	form_set(form, "facts", facts);
	form_set(form, "claims.1.amount", "500");
	return form;
}

static enum mc_err draft_test_enter(struct ctx *ctx, void *docket)
{
	return directory_add(ctx, ctx->person, "132", docket);
}

static void draft_test_owner(struct ctx ctx)
{
	const char *a = network_verified(&ctx, "甲某", 1), *b = network_verified(&ctx, "乙某", 2);
	const char *id = id_new(ctx.mem);
	struct draft found, *list;
	size_t count;
	ctx.person = a;
	CHECK_INT(draft_load(&ctx, id, ACT_SUBMIT, &found), MC_UNKNOWN);
	struct draft draft = { .docket = id, .home = "", .act = ACT_SUBMIT, .form = draft_test_form(&ctx, "第一稿") };
	CHECK(!draft_save(&ctx, &draft));
	ctx.now += 60;
	draft.form = draft_test_form(&ctx, "第二稿");
	CHECK(!draft_save(&ctx, &draft));
	CHECK(!draft_save(&ctx, &(struct draft){ .docket = id, .home = "132", .act = ACT_ANSWER, .form = draft.form }));
	CHECK(!draft_load(&ctx, id, ACT_SUBMIT, &found));
	CHECK_TEXT(form_get(found.form, "facts"), "第二稿");
	CHECK_TEXT(form_get(found.form, "claims.1.amount"), "500");
	CHECK_INT(found.at, ctx.now);
	CHECK(!draft_list(&ctx, ACT_SUBMIT, &list, &count));
	CHECK_INT(count, 1);

	ctx.person = b;
	CHECK_INT(draft_load(&ctx, id, ACT_SUBMIT, &found), MC_UNKNOWN);
	CHECK(!draft_list(&ctx, ACT_SUBMIT, &list, &count));
	CHECK_INT(count, 0);
	CHECK(!draft_drop(&ctx, id, ACT_SUBMIT));

	ctx.person = a;
	CHECK(!draft_load(&ctx, id, ACT_SUBMIT, &found));
	CHECK(!draft_drop(&ctx, id, ACT_SUBMIT));
	CHECK_INT(draft_load(&ctx, id, ACT_SUBMIT, &found), MC_UNKNOWN);
	CHECK(!draft_load(&ctx, id, ACT_ANSWER, &found));
	CHECK(!ctx.why);
}

static void draft_test_bounds(struct ctx ctx)
{
	ctx.person = network_verified(&ctx, "丙某", 3);
	struct text large = text_begin(ctx.mem);
	while (large.size <= DRAFT_MOST)
		text_add(&large, "很长的事实和理由");
	struct draft draft = { .docket = "x", .home = "", .act = ACT_SUBMIT, .form = draft_test_form(&ctx, text_end(&large)) };
	CHECK_WHY(draft_save(&ctx, &draft), MC_TOO_LARGE, "file.draft_large");
	draft.form = draft_test_form(&ctx, "短");
	for (int i = 0; i < DRAFT_LIST; i++) {
		draft.docket = arena_print(ctx.mem, "d%d", i);
		CHECK(!draft_save(&ctx, &draft));
	}
	CHECK(!draft_save(&ctx, &draft));       /* again the same one */
	draft.docket = "one more";
	CHECK_WHY(draft_save(&ctx, &draft), MC_CONFLICT, "file.many_drafts");
	draft.home = "132";
	draft.act = ACT_ANSWER;
	CHECK(!draft_save(&ctx, &draft));
}

static void draft_test_became(struct ctx ctx)
{
	const char *home;
	ctx.person = network_verified(&ctx, "丁某", 4);
	CHECK(!draft_became(&ctx, "case", &home));
	CHECK_TEXT(home, "");
	CHECK(!db_together(&ctx, draft_test_enter, "case"));
	CHECK(!draft_became(&ctx, "case", &home));
	CHECK_TEXT(home, "132");
	CHECK_WHY(draft_save(&ctx, &(struct draft){ .docket = "case", .home = "", .act = ACT_SUBMIT,
		.form = draft_test_form(&ctx, "迟到的草稿") }), MC_CONFLICT, "filing.already");
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	draft_test_owner(ctx);
	draft_test_bounds(ctx);
	draft_test_became(ctx);
	network_end(&ctx, store);
	return check_end();
}
