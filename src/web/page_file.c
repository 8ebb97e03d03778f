#include "file_check.h"
#include "form_sent.h"
#include "page_act.h"
#include "pages.h"
#include "problem.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "../base/lang.h"
#include "../court/deadline.h"
#include "../court/draft.h"
#include "../court/person.h"
#include "../http/once.h"

#include <stdlib.h>
#include <string.h>

/* The steps are the sections of the form; after them comes one more, where it is checked and signed. */
static int page_file_last(void) { return field_sections(ACT_SUBMIT) + 1; }

static const char *page_file_path(struct arena *mem, const char *id) { return arena_print(mem, "/file/%s", id); }

/* -- begin, or go on ------------------------------------------------------------------ */

/* "李娜 · 民间借贷纠纷", as far as it says. */
static const char *page_file_about(struct ctx *ctx, const struct form *values)
{
	const struct cause *cause = cause_find(form_get(values, "cause"));
	const char *name = form_at(values, "defendants", 1, "name");
	if (!cause && !*name)
		return lang_say(ctx->lang, "file.untitled");
	return arena_print(ctx->mem, "%s%s%s", name, cause && *name ? " · " : "", cause ? cause->name[ctx->lang] : "");
}

static enum mc_err page_file_home(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct draft *draft;
	size_t count;
	struct view_file model = { .verified = ask->verified, .csrf = ask->csrf, .once = once_key(ctx->mem) };
	enum mc_err err = draft_list(ctx, ACT_SUBMIT, &draft, &count);
	if (err)
		return err;
	model.drafts = arena_take(ctx->mem, (count + 1) * sizeof *model.drafts);
	for (size_t i = 0; i < count; i++)
		model.drafts[model.drafts_count++] = (struct view_file_draft){
			.id = draft[i].docket, .href = page_file_path(ctx->mem, draft[i].docket),
			.about = page_file_about(ctx, draft[i].form), .at = draft[i].at };
	model.drafts_any = count > 0;
	page_head(ctx, ask, lang_say(ctx->lang, "file.title"), &model.page);
	return page_show(ctx, ask, reply, &view_file, &model);
}

/* A new draft opens with what the court knows already; consent and signature are never among it. */
static enum mc_err page_file_start(struct ctx *ctx, struct reply *reply)
{
	struct docket blank = act_blank("", id_new(ctx->mem));
	struct draft draft = { .docket = blank.id, .home = "", .act = ACT_SUBMIT };
	struct person me;
	enum mc_err err = form_view_preset(ctx, &blank, ACT_SUBMIT, &draft.form);
	if (!err)
		err = person_load(ctx, ctx->person, &me);
	if (!err) {
		form_set(draft.form, "address", me.address);
		err = draft_save(ctx, &draft);
	}
	return err ? err : page_go(ctx, reply, "/file/%s?step=1", draft.docket);
}

/* -- signing ---------------------------------------------------------------------------- */

static enum mc_err page_file_perform(struct ctx *ctx, const struct ask *ask, const char *id, const struct form *values,
				     struct reply *reply)
{
	struct act_done done;
	const char *court = form_get(values, "court");
	enum mc_err err = form_sent_check(ctx, ACT_SUBMIT, 0, values);
	if (!err)
		err = page_act_perform(ctx, &(struct act_ask){ .court = court, .docket = id, .act = ACT_SUBMIT, .form = values },
				       &done);
	if (err)
		return err;
	const char *where = arena_print(ctx->mem, "/cases/%s/%s", court, id);
	return ask->json ? page_act_done(ctx, ask, reply, where, &done) : page_go(ctx, reply, "%s/receipt", where);
}

static enum mc_err page_file_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *what = form_get(ask->form, "do");
	struct form *values;
	if (!strcmp(what, "drop")) {
		enum mc_err err = draft_drop(ctx, form_get(ask->form, "draft"), ACT_SUBMIT);
		return err ? err : page_go(ctx, reply, "/file?done=draft_dropped");
	}
	if (strcmp(what, "start") != 0 && ask->json) {
		/* A program sends everything at once. */
		enum mc_err err = form_sent_values(ctx, ask, ACT_SUBMIT, 0, NULL, &values);
		return err ? err : page_file_perform(ctx, ask, id_new(ctx->mem), values, reply);
	}
	return page_file_start(ctx, reply);
}

/* -- the steps ---------------------------------------------------------------------------- */

/* The step asked for; else the first that is not yet right. */
static int page_file_step(struct ctx *ctx, const struct ask *ask, const struct form *values)
{
	const char *said = form_get(ask->query, "step");
	int last = page_file_last(), step = (int)strtol(said, NULL, 10);
	if (!strcmp(said, "check"))
		return last;
	if (step >= 1 && step <= last)
		return step;
	for (step = 1; step < last; step++)
		if (!file_check_section(ctx, step, values))
			break;
	return step;
}

static void page_file_jumps(struct ctx *ctx, const char *path, const struct form *values,
			    struct view_file_step *out)
{
	size_t count;
	const struct field *f = field_form(ACT_SUBMIT, &count);
	out->jumps = arena_take(ctx->mem, (count + 1) * sizeof *out->jumps);
	for (size_t i = 0; i < count; i++) {
		if (f[i].what != FIELD_SECTION)
			continue;
		int number = (int)out->jumps_count + 1;
		bool here = number == (int)out->step;
		/* What need not be answered counts as done once one has come past it. */
		bool done = !here && file_check_section(ctx, number, values);
		if (here) {
			out->title = f[i].label[ctx->lang];
			out->help = f[i].help[ctx->lang];
		}
		out->jumps[out->jumps_count++] = (struct view_file_jump){ .number = number, .label = f[i].label[ctx->lang],
			.href = arena_print(ctx->mem, "%s?step=%d", path, number), .is_here = here, .is_done = done };
	}
	out->jumps[out->jumps_count++] = (struct view_file_jump){ .number = page_file_last(),
		.label = lang_say(ctx->lang, "file.check"), .href = arena_print(ctx->mem, "%s?step=check", path) };
}

static enum mc_err page_file_draw(struct ctx *ctx, const struct ask *ask, const struct draft *draft, int step,
				  struct reply *reply)
{
	struct docket blank = act_blank("", draft->docket);
	const char *path = page_file_path(ctx->mem, draft->docket);
	bool checks = *form_get(ask->query, "check");
	struct view_file_step model = { .id = draft->docket, .step = step, .steps = page_file_last() };
	enum mc_err err = form_view_fill(ctx, ask, &blank, ACT_SUBMIT, step, draft->form, &model.form);
	if (err)
		return err;
	file_check_keep(&model.form, "truth", false);
	page_file_jumps(ctx, path, draft->form, &model);
	/* The heading of the section is that of the page. */
	for (size_t i = 0; i < model.form.sections_count; i++)
		model.form.sections[i].title = model.form.sections[i].help = "";
	model.form.action = arena_print(ctx->mem, "%s?step=%d%s", path, step, checks ? "&check=1" : "");
	model.form.submit = lang_say(ctx->lang, checks ? "file.continue_check" : "file.continue");
	model.form.verb = "next";
	model.form.saves = true;
	model.form.backs = step > 1;
	model.form.cancel = "/file";
	page_head(ctx, ask, arena_print(ctx->mem, "%s · %s", model.title, lang_say(ctx->lang, "file.title")), &model.page);
	model.page.wrong = model.form.errors_count > 0;
	return page_show(ctx, ask, reply, &view_file_step, &model);
}

static enum mc_err page_file_draw_check(struct ctx *ctx, const struct ask *ask, const struct draft *draft,
					struct reply *reply)
{
	struct docket blank = act_blank("", draft->docket);
	struct court court = { .code = "", .zh = "", .en = "" };
	const char *path = page_file_path(ctx->mem, draft->docket);
	int last = page_file_last();
	struct view_file_check model = { .id = draft->docket, .step = last, .steps = last };
	enum mc_err err = form_view_fill(ctx, ask, &blank, ACT_SUBMIT, page_file_last() - 1, draft->form, &model.form);
	if (!err)
		err = file_check_fill(ctx, path, ask->name, draft->form, &model);
	if (!err && model.ready)
		err = form_sent_court(ctx, form_get(draft->form, "court"), &court);
	if (err)
		return err;
	file_check_keep(&model.form, "truth", true);
	model.form.action = arena_print(ctx->mem, "%s?step=check", path);
	model.form.submit = lang_say(ctx->lang, "act.sign");
	model.form.backs = true;
	model.form.cancel = "/file";
	model.form.caution = lang_print(ctx->mem, ctx->lang, "file.caution", court_name(&court, ctx->lang), NULL, NULL);
	page_head(ctx, ask, lang_say(ctx->lang, "file.check"), &model.page);
	model.page.wrong = model.form.errors_count > 0;
	return page_show(ctx, ask, reply, &view_file_check, &model);
}

/* A draft that has been signed leads to the receipt of its case. */
static enum mc_err page_file_open(struct ctx *ctx, const struct ask *ask, struct reply *reply, struct draft *draft,
				  bool *signed_already)
{
	const char *home;
	*signed_already = false;
	enum mc_err err = draft_load(ctx, ask->part[0], ACT_SUBMIT, draft);
	if (err != MC_UNKNOWN)
		return err;
	err = draft_became(ctx, ask->part[0], &home);
	if (err)
		return err;
	if (!*home)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	*signed_already = true;
	return page_go(ctx, reply, "/cases/%s/%s/receipt", home, ask->part[0]);
}

static enum mc_err page_file_get(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct draft draft;
	bool over;
	enum mc_err err = page_file_open(ctx, ask, reply, &draft, &over);
	if (err || over)
		return err;
	int step = page_file_step(ctx, ask, draft.form);
	return step == page_file_last() ? page_file_draw_check(ctx, ask, &draft, reply)
					: page_file_draw(ctx, ask, &draft, step, reply);
}

static enum mc_err page_file_sign(struct ctx *ctx, const struct ask *ask, struct draft *draft, struct reply *reply)
{
	/* A program may send all of it with the signature; a person has only ticked the box. */
	struct form *sent;
	enum mc_err err = form_sent_values(ctx, ask, ACT_SUBMIT, 0, draft->form, &sent);
	for (size_t i = 0; !err && i < sent->count; i++)
		form_set(draft->form, sent->pair[i].name, sent->pair[i].value);
	if (!err && !*form_get(sent, "truth"))
		form_set(draft->form, "truth", "");
	if (!err)
		err = page_file_perform(ctx, ask, draft->docket, draft->form, reply);
	/* Signed in two windows at once: the second leads to the receipt of the first. */
	const char *home = "";
	if (err == MC_CONFLICT && !ask->json && !draft_became(ctx, draft->docket, &home) && *home) {
		ctx_forget(ctx);
		return page_go(ctx, reply, "/cases/%s/%s/receipt", home, draft->docket);
	}
	if (err != MC_INVALID || ask->json)
		return err;
	reply->status = problem_status(MC_INVALID);
	return page_file_draw_check(ctx, ask, draft, reply);
}

static bool page_file_searching(const struct ctx *ctx)
{
	for (const struct why *why = ctx->why; why; why = why->next)
		if (strcmp(why->key, "form.cause") && strcmp(why->key, "form.court"))
			return false;
	return ctx->why != NULL;
}

/* Keeps what was typed on this step, then goes where the button says. */
static enum mc_err page_file_turn(struct ctx *ctx, const struct ask *ask, struct draft *draft, int step,
				  enum mc_err sent, struct reply *reply)
{
	const char *what = form_get(ask->form, "do"), *path = page_file_path(ctx->mem, draft->docket);
	bool rows = form_view_rows(draft->form, ACT_SUBMIT, what);
	struct form *kept = file_check_signed(ctx->mem, draft->form);
	form_set(kept, "truth", "");
	for (size_t i = kept->count; i-- > 0;) {
		const char *name = kept->pair[i].name;
		if (strlen(name) > 5 && !strcmp(name + strlen(name) - 5, ".rows"))
			form_set(kept, arena_copy(ctx->mem, name), "");
	}
	enum mc_err err = draft_save(ctx, &(struct draft){ .docket = draft->docket, .home = "", .act = ACT_SUBMIT,
							   .form = kept });
	if (err)
		return err;
	if (!strcmp(what, "save") && !ask->wrong)
		return page_act_saved(ctx, ask, reply, arena_print(ctx->mem, "%s?step=%d", path, step));
	if (!strcmp(what, "back"))
		return page_go(ctx, reply, "%s?step=%d", path, step - 1);
	if (rows || (strcmp(what, "next") != 0 && !ask->wrong))
		return page_file_draw(ctx, ask, draft, step, reply);
	err = form_sent_check(ctx, ACT_SUBMIT, step, file_check_signed(ctx->mem, draft->form));
	err = err ? err : sent;
	/* Words that are no court's or cause's name yet are no mistake: what they found is offered. */
	if (err == MC_INVALID && !ask->json && page_file_searching(ctx)) {
		ctx_forget(ctx);
		return page_file_draw(ctx, ask, draft, step, reply);
	}
	if (err == MC_INVALID && !ask->json) {
		reply->status = problem_status(MC_INVALID);
		return page_file_draw(ctx, ask, draft, step, reply);
	}
	if (err)
		return err;
	if (*form_get(ask->query, "check") || step + 1 == page_file_last())
		return page_go(ctx, reply, "%s?step=check", path);
	return page_go(ctx, reply, "%s?step=%d", path, step + 1);
}

static enum mc_err page_file_step_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct draft draft;
	struct form *sent;
	bool over;
	enum mc_err err = page_file_open(ctx, ask, reply, &draft, &over);
	if (err || over || ask->early)
		return err;
	int step = page_file_step(ctx, ask, draft.form);
	if (step == page_file_last())
		return strcmp(form_get(ask->form, "do"), "back") ? page_file_sign(ctx, ask, &draft, reply)
			: page_go(ctx, reply, "%s?step=%d", page_file_path(ctx->mem, draft.docket), step - 1);
	err = form_sent_values(ctx, ask, ACT_SUBMIT, step, draft.form, &sent);
	if (err && err != MC_INVALID)
		return err;
	form_sent_clear(draft.form, ACT_SUBMIT, step);
	for (size_t i = 0; i < sent->count; i++)
		form_set(draft.form, sent->pair[i].name, sent->pair[i].value);
	return page_file_turn(ctx, ask, &draft, step, err, reply);
}

const struct route *page_file(void)
{
	static const struct route routes[] = {
		{ "GET", "/file", PAGE_SIGNED | PAGE_FILING, page_file_home },
		{ "POST", "/file", PAGE_VERIFIED | PAGE_WORKER | PAGE_FILES | PAGE_FILING, page_file_post },
		{ "GET", "/file/:draft", PAGE_VERIFIED | PAGE_FILING, page_file_get },
		{ "POST", "/file/:draft", PAGE_VERIFIED | PAGE_WORKER | PAGE_FILES | PAGE_FILING | PAGE_EARLY, page_file_step_post },
		{ 0 }
	};
	return routes;
}
