/* Registering with one's real name: first who, then the questions one step after
 * the other. Nothing is kept until the last step; what was answered travels in the form, so
 * it works without script. A program may send everything at once as JSON. */
#include "blank.h"
#include "pages.h"
#include "problem.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/attestation.h"
#include "../court/login.h"
#include "../http/cookie.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_REGISTER_STEPS = 4 };

static const char *const page_register_kinds[] = { "citizen", "passport", "organisation" };

/* The questions; firm: only organisations are asked. */
static const struct page_register_question {
	int step;
	bool firm;
	const char *name, *key, *autocomplete;
	enum blank blank;
} page_register_questions[] = {
	{ 1, false, "name", "register.name", "name", BLANK_LINE },
	{ 1, false, "number", "register.number", "off", BLANK_LINE },
	{ 2, true, "representative", "register.representative", "off", BLANK_LINE },
	{ 2, true, "representative_number", "register.representative_number", "off", BLANK_LINE },
	{ 2, true, "operator", "register.operator", "name", BLANK_LINE },
	{ 2, true, "operator_number", "register.operator_number", "off", BLANK_LINE },
	{ 3, false, "mobile", "register.mobile", "tel", BLANK_PHONE },
	{ 3, false, "email", "register.email", "email", BLANK_LINE },
	{ 3, false, "address", "register.address", "street-address", BLANK_LINE },
	{ 4, false, "password", "register.password", "new-password", BLANK_PASSWORD },
	{ 4, false, "again", "register.again", "new-password", BLANK_PASSWORD },
	{ 4, false, "true", "register.true", "off", BLANK_TICK },
};
enum { PAGE_REGISTER_QUESTIONS = sizeof page_register_questions / sizeof *page_register_questions };

static struct person page_register_person(const struct ask *ask)
{
	const struct form *f = ask->form;
	return (struct person){
		.kind = person_kind_of(ask->part[0]), .number = form_get(f, "number"), .name = form_get(f, "name"),
		.mobile = form_get(f, "mobile"), .email = form_get(f, "email"), .address = form_get(f, "address"),
		.representative = form_get(f, "representative"),
		.representative_number = form_get(f, "representative_number"),
		.operator = form_get(f, "operator"), .operator_number = form_get(f, "operator_number"),
	};
}

/* The step at which a field is asked; 0 for none. */
static int page_register_step_of(const char *field)
{
	for (int i = 0; field && i < PAGE_REGISTER_QUESTIONS; i++)
		if (!strcmp(page_register_questions[i].name, field))
			return page_register_questions[i].step;
	return 0;
}

/* Words for this kind of person, if it has its own: register.number_citizen, register.name_organisation. */
static const char *page_register_words(struct ctx *ctx, const char *key, const char *kind)
{
	const char *own = arena_print(ctx->mem, "%s_%s", key, kind), *words = lang_say(ctx->lang, own);
	return strcmp(words, own) ? own : key;
}

static void page_register_steps(struct ctx *ctx, int here, bool firm, struct view_register *model)
{
	static const char *const key[] = { "register.step_who", "register.step_firm", "register.step_reach",
					   "register.step_password" };
	struct view_steps *out = &model->steps;
	out->steps = arena_take(ctx->mem, PAGE_REGISTER_STEPS * sizeof *out->steps);
	for (int i = 1; i <= PAGE_REGISTER_STEPS; i++) {
		if (i == 2 && !firm)
			continue;
		out->steps[out->steps_count] = (struct view_step){
			.number = (int)out->steps_count + 1, .label = lang_say(ctx->lang, key[i - 1]),
			.is_done = i < here, .is_here = i == here,
		};
		out->steps_count++;
	}
}

static enum mc_err page_register_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply, int step)
{
	const char *kind = ask->part[0];
	bool firm = person_kind_of(kind) == PERSON_ORGANISATION, last = step == PAGE_REGISTER_STEPS;
	struct view_register model = { .label = lang_say(ctx->lang, person_kind_key(person_kind_of(kind))) };
	struct view_form *form = blank_begin(ctx, ask, arena_print(ctx->mem, "/register/%s", kind),
					     last ? "register.submit" : "register.next", last ? "submit" : "next");
	page_head(ctx, ask, lang_say(ctx->lang, "register.title"), &model.page);
	page_register_steps(ctx, step, firm, &model);
	if (step == 1)
		model.help = lang_say(ctx->lang, page_register_words(ctx, "register.at_hand", kind));
	form->backs = step > 1;
	form->cancel = step == 1 ? "/register" : "";
	form->caution = last ? lang_say(ctx->lang, "register.caution") : "";
	for (int i = 0; i < PAGE_REGISTER_QUESTIONS; i++) {
		const struct page_register_question *q = &page_register_questions[i];
		if ((q->firm && !firm) || (q->step != step && (q->blank == BLANK_PASSWORD || q->blank == BLANK_TICK)))
			continue;
		const char *value = ask->form ? form_get(ask->form, q->name) : "";
		struct view_form_field *field = blank_field(ctx, form, q->step == step ? q->blank : BLANK_HIDDEN,
			q->name, page_register_words(ctx, q->key, kind), value);
		field->required = strcmp(q->name, "email") != 0;
		field->autocomplete = q->autocomplete;
	}
	blank_field(ctx, form, BLANK_HIDDEN, "step", "", arena_print(ctx->mem, "%d", step));
	model.page.wrong = ctx->why != NULL;
	blank_wrong(ctx, form);
	model.form = form;
	return page_show(ctx, ask, reply, &view_register, &model);
}

static enum mc_err page_register_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	static const char *const help[] = { "register.citizen_help", "register.passport_help",
					    "register.organisation_help" };
	struct view_register model = { 0 };
	page_head(ctx, ask, lang_say(ctx->lang, "register.title"), &model.page);
	model.kinds = arena_take(ctx->mem, 3 * sizeof *model.kinds);
	for (size_t i = 0; i < 3; i++)
		model.kinds[model.kinds_count++] = (struct view_register_kind){
			.href = arena_print(ctx->mem, "/register/%s", page_register_kinds[i]),
			.label = lang_say(ctx->lang, person_kind_key(person_kind_of(page_register_kinds[i]))),
			.help = lang_say(ctx->lang, help[i]),
		};
	return page_show(ctx, ask, reply, &view_register, &model);
}

static enum mc_err page_register_begin(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	if (!person_kind_of(ask->part[0]))
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	return page_register_draw(ctx, ask, reply, 1);
}

/* Keeps those reasons that concern this step. */
static void page_register_only(struct ctx *ctx, int step)
{
	struct why *all = ctx->why;
	ctx_forget(ctx);
	for (const struct why *w = all; w; w = w->next)
		if (page_register_step_of(w->field) == step)
			(void)ctx_fail(ctx, MC_INVALID, *w);
}

static enum mc_err page_register_finish(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct person person = page_register_person(ask);
	struct login_start start;
	enum mc_err err = MC_OK;
	if (!ask->json && strcmp(form_get(ask->form, "password"), form_get(ask->form, "again")))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "password.not_again", .field = "again" });
	if (!*form_get(ask->form, "true"))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "register.not_true", .field = "true",
							      .law = "在线诉讼规则第7条" });
	if (!err)
		err = login_register(ctx, &person, form_get(ask->form, "password"), ask->address, &start);
	if (err)
		return err;
	reply->cookie[0] = cookie_session(ctx, ask, start.token);
	/* The account stands whatever the service answers; a failure leaves it to a clerk. */
	if (attestation_perform(ctx, person.id))
		ctx_forget(ctx);
	return page_go(ctx, reply, "/account?done=registered");
}

static enum mc_err page_register_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *does = form_get(ask->form, "do");
	int step = (int)strtol(form_get(ask->form, "step"), NULL, 10);
	struct person person = page_register_person(ask);
	if (!person.kind)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	if (ask->json)
		return page_register_finish(ctx, ask, reply);
	if (step < 1 || step > PAGE_REGISTER_STEPS)
		step = 1;
	bool firm = person.kind == PERSON_ORGANISATION;
	if (!strcmp(does, "back")) {
		step -= step > 1;
		return page_register_draw(ctx, ask, reply, step == 2 && !firm ? 1 : step);
	}
	if (step < PAGE_REGISTER_STEPS) {
		(void)person_check(ctx, &person);
		page_register_only(ctx, step);
		if (!ctx->why)
			step += step == 1 && !firm ? 2 : 1;
		else
			reply->status = 422;
		return page_register_draw(ctx, ask, reply, step);
	}
	enum mc_err err = page_register_finish(ctx, ask, reply);
	if (!err)
		return MC_OK;
	problem_mark(ctx, err, reply);
	int wrong = page_register_step_of(ctx->why ? ctx->why->field : NULL);
	return page_register_draw(ctx, ask, reply, wrong ? wrong : step);
}

const struct route *page_register(void)
{
	static const struct route routes[] = {
		{ "GET",  "/register",       PAGE_PUBLIC | PAGE_BROWSER, page_register_show },
		{ "GET",  "/register/:kind", PAGE_PUBLIC | PAGE_BROWSER, page_register_begin },
		{ "POST", "/register/:kind", PAGE_PUBLIC | PAGE_WORKER | PAGE_DOOR | PAGE_BROWSER, page_register_post },
		{ 0 }
	};
	return routes;
}
