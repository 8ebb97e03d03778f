#include "problem.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"

#include <assert.h>
#include <string.h>

static const struct {
	int status;
	const char *key;        /* of the title; its remedy is the same key with "_remedy" */
} problem_kinds[MC_ERR_COUNT] = {
	[MC_OK]        = { 200, "problem.none" },
	[MC_INVALID]   = { 422, "problem.invalid" },
	[MC_SIGNIN]    = { 401, "problem.sign_in" },
	[MC_DENIED]    = { 403, "problem.denied" },
	[MC_UNKNOWN]   = { 404, "problem.unknown" },
	[MC_CONFLICT]  = { 409, "problem.conflict" },
	[MC_TOO_LARGE] = { 413, "problem.too_large" },
	[MC_STORE]     = { 503, "problem.store" },
	[MC_STALE]     = { 412, "problem.stale" },
	[MC_BUSY]      = { 429, "problem.busy" },
};

int problem_status(enum mc_err err) { return problem_kinds[err].status; }

const char *problem_title(enum mc_err err) { return problem_kinds[err].key; }

static const char *problem_words(struct ctx *ctx, const struct why *why)
{
	return lang_print(ctx->mem, ctx->lang, why->key, why->arg[0], why->arg[1], why->arg[2]);
}

/* The remedy of the reason itself, if there are words for it, else that of its class. */
static const char *problem_remedy(struct ctx *ctx, const char *reason, const char *class_key)
{
	const char *key = arena_print(ctx->mem, "%s_remedy", reason);
	const char *words = lang_say(ctx->lang, key);
	if (strcmp(words, key) != 0)
		return words;
	key = arena_print(ctx->mem, "%s_remedy", class_key);
	words = lang_say(ctx->lang, key);
	return strcmp(words, key) != 0 ? words : "";
}

static void problem_list(struct ctx *ctx, const struct why *first, struct view_problem *model)
{
	size_t count = 0;
	for (const struct why *why = first; why; why = why->next)
		count++;
	model->errors = arena_take(ctx->mem, (count + 1) * sizeof *model->errors);
	for (const struct why *why = first; why; why = why->next)
		if (why->field && *why->field)
			model->errors[model->errors_count++] = (struct view_problem_error){
				.field = why->field,
				.message = problem_words(ctx, why),
				.law = why->law,
			};
}

static void problem_way(struct ctx *ctx, const struct ask *ask, enum mc_err err, struct view_problem *model)
{
	bool way_back = ctx->why && (!strncmp(ctx->why->key, "provider.", 9) || !strncmp(ctx->why->key, "federation.", 11));
	if (err == MC_SIGNIN || (way_back && !*ctx->person)) {
		model->way_href = "/sign-in";
		model->way_label = lang_say(ctx->lang, "problem.way_sign_in");
	} else if (*ctx->person) {
		model->way_href = ask->staff ? "/desk" : "/cases";
		model->way_label = lang_say(ctx->lang, ask->staff ? "problem.way_desk" : "problem.way_cases");
	} else {
		model->way_href = "/";
		model->way_label = lang_say(ctx->lang, "problem.way_home");
	}
}

/* The longest wait of all reasons. */
static void problem_wait(const struct ctx *ctx, struct reply *reply)
{
	for (const struct why *why = ctx->why; why; why = why->next)
		if (why->retry > reply->retry)
			reply->retry = (int)why->retry;
}

void problem_mark(const struct ctx *ctx, enum mc_err err, struct reply *reply)
{
	reply->status = problem_status(err);
	problem_wait(ctx, reply);
}

void problem_reply(struct ctx *ctx, const struct ask *ask, enum mc_err err, struct reply *reply)
{
	/* "No such thing" and "not for you to see" must read the same. */
	static const struct why unknown = { .key = "page.unknown" };
	struct why plain = { .key = problem_kinds[err].key };
	const struct why *why = err == MC_UNKNOWN ? &unknown : ctx->why ? ctx->why : &plain;
	assert(err != MC_OK);
	if (!reply->status)
		reply->status = problem_status(err);
	problem_wait(ctx, reply);
	reply->where = reply->etag = reply->stream = reply->name = NULL;
	reply->body = text_begin(reply->body.mem ? reply->body.mem : ctx->mem);
	struct view_problem model = {
		.type = arena_print(ctx->mem, "/problems/%s", why->key),
		.title = lang_say(ctx->lang, problem_kinds[err].key),
		.status = reply->status,
		.detail = problem_words(ctx, why),
		.law = why->law,
		.request = ctx->request,
		.remedy = problem_remedy(ctx, why->key, problem_kinds[err].key),
	};
	problem_list(ctx, why, &model);
	problem_way(ctx, ask, err, &model);
	page_head(ctx, ask, model.title, &model.page);
	(void)page_show(ctx, ask, reply, &view_problem, &model);
	if (ask->json)
		reply->type = "application/problem+json";
}

enum mc_err problem_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *key = ask->part[0], *words = lang_say(ctx->lang, key);
	if (!*key || !strcmp(words, key))
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	struct view_problem model = {
		.about = true,
		.type = ask->path,
		.title = lang_say(ctx->lang, "problem.about"),
		.detail = lang_print(ctx->mem, ctx->lang, key, "…", "…", "…"),
		.remedy = problem_remedy(ctx, key, "problem.none"),
	};
	problem_way(ctx, ask, MC_OK, &model);
	page_head(ctx, ask, model.title, &model.page);
	return page_show(ctx, ask, reply, &view_problem, &model);
}
