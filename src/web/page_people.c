/* The filing clerk's work on identities: who waits, what to compare, and the decision
 * (在线诉讼规则 art. 7). */
#include "blank.h"
#include "pager.h"
#include "pages.h"
#include "vetting.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../court/login.h"
#include "../court/person.h"

#include <string.h>

enum { PAGE_PEOPLE_ROWS = 50 };

/* What a clerk may have compared with; the words are kept in Chinese with the decision. */
static const struct { enum person_kind kind; const char *key; } page_people_sources[] = {
	{ PERSON_CITIZEN, "source.card" }, { PERSON_CITIZEN, "source.video" }, { PERSON_CITIZEN, "source.platform" },
	{ PERSON_PASSPORT, "source.passport" }, { PERSON_PASSPORT, "source.video" },
	{ PERSON_PASSPORT, "source.platform" },
	{ PERSON_ORGANISATION, "source.licence" }, { PERSON_ORGANISATION, "source.platform" },
};

/* Its place in the list of who waits, or in what was found by name. */
static struct cursor page_people_place(const struct person *p, bool found)
{
	return (struct cursor){ .at = found ? 0 : p->waiting, .key = found ? p->name : "", .id = p->id };
}

static enum mc_err page_people_list(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_persons model = { .find = form_get(ask->query, "q") };
	struct person *list;
	struct cursor from;
	size_t count;
	bool find = *model.find;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (!err)
		err = find ? person_search(ctx, model.find, &from, PAGE_PEOPLE_ROWS + 1, &list, &count)
			   : person_waiting(ctx, &from, PAGE_PEOPLE_ROWS + 1, &list, &count);
	if (err)
		return err;
	struct cursor_sides sides = cursor_cut(&from, list, &count, sizeof *list, PAGE_PEOPLE_ROWS);
	struct cursor first = count ? page_people_place(&list[0], find) : cursor_start;
	struct cursor last = count ? page_people_place(&list[count - 1], find) : cursor_start;
	pager_fill(ctx, pager_sought(ctx, "/people", model.find), sides, &first, &last, &model.pager);
	page_head(ctx, ask, lang_say(ctx->lang, "persons.title"), &model.page);
	model.page.wide = true;
	model.rows = arena_take(ctx->mem, (count + 1) * sizeof *model.rows);
	for (size_t i = 0; i < count; i++)
		model.rows[model.rows_count++] = (struct view_person_row){
			.href = arena_print(ctx->mem, "/people/%s", list[i].id), .name = list[i].name,
			.kind = lang_say(ctx->lang, person_kind_key(list[i].kind)),
			.number = person_number_masked(ctx->mem, list[i].number),
			.state = lang_say(ctx->lang, person_state_key(list[i].state)),
			.waiting = list[i].waiting,
			.is_good = list[i].state == PERSON_VERIFIED, .is_wait = list[i].waiting > 0,
			.is_bad = list[i].state == PERSON_SUSPENDED,
		};
	pager_link(ctx, &model.pager, reply);
	return page_show(ctx, ask, reply, &view_persons, &model);
}

static void page_people_fact(struct ctx *ctx, struct view_facts *facts, const char *key, const char *value)
{
	if (*value)
		facts->facts[facts->facts_count++] = (struct view_fact){ .label = lang_say(ctx->lang, key), .value = value };
}

static void page_people_facts(struct ctx *ctx, const struct person *p, struct view_person *model)
{
	model->facts.tall = true;
	model->facts.facts = arena_take(ctx->mem, 12 * sizeof *model->facts.facts);
	page_people_fact(ctx, &model->facts, "register.name", p->name);
	/* Whole only while somebody has to compare it. */
	page_people_fact(ctx, &model->facts, "register.number",
			 p->waiting ? p->number : person_number_masked(ctx->mem, p->number));
	page_people_fact(ctx, &model->facts, "register.representative", p->representative);
	page_people_fact(ctx, &model->facts, "register.representative_number", p->representative_number);
	page_people_fact(ctx, &model->facts, "register.operator", p->operator);
	page_people_fact(ctx, &model->facts, "register.operator_number", p->operator_number);
	page_people_fact(ctx, &model->facts, "register.mobile", p->mobile);
	page_people_fact(ctx, &model->facts, "register.email", p->email);
	page_people_fact(ctx, &model->facts, "register.address", p->address);
	page_people_fact(ctx, &model->facts, "persons.registered", day_time_say(ctx->mem, ctx->lang, p->since));
}

static void page_people_compare(struct ctx *ctx, const struct person *p, struct view_person *model)
{
	static const char *const list[][4] = {
		[PERSON_CITIZEN] = { "compare.card", "compare.face", "compare.mobile" },
		[PERSON_PASSPORT] = { "compare.passport", "compare.face", "compare.mobile" },
		[PERSON_ORGANISATION] = { "compare.licence", "compare.representative", "compare.authority", "compare.operator" },
	};
	const char **out = arena_take(ctx->mem, 4 * sizeof *out);
	for (size_t i = 0; i < 4 && list[p->kind][i]; i++)
		out[model->compare_count++] = lang_say(ctx->lang, list[p->kind][i]);
	model->compare = out;
}

static struct view_form *page_people_form(struct ctx *ctx, const struct ask *ask, enum person_kind kind,
					  const char *verb, const char *submit, const char *field, const char *key)
{
	const char *value = ask->form && !strcmp(form_get(ask->form, "do"), verb) && field ? form_get(ask->form, field) : "";
	struct view_form *form = blank_begin(ctx, ask, ask->path, submit, verb);
	if (field && !strcmp(field, "source")) {
		struct view_form_field *f = blank_field(ctx, form, BLANK_CHOICE, field, key, value);
		for (size_t i = 0; i < sizeof page_people_sources / sizeof *page_people_sources; i++)
			if (page_people_sources[i].kind == kind)
				blank_option(ctx, f, page_people_sources[i].key,
					     lang_say(ctx->lang, page_people_sources[i].key), "");
	} else if (field) {
		blank_field(ctx, form, BLANK_LONG, field, key, value);
	}
	if (ask->form && !strcmp(form_get(ask->form, "do"), verb))
		blank_wrong(ctx, form);
	return form;
}

static enum mc_err page_people_draw(struct ctx *ctx, const struct ask *ask, struct reply *reply, const char *fresh)
{
	struct view_person model = { .fresh = fresh };
	struct verification *note;
	struct person p;
	struct cursor from;
	size_t notes;
	struct why *why = ctx->why;
	ctx->why = NULL;
	enum mc_err err = person_clerk(ctx);
	if (err || (err = pager_from(ctx, ask, &from)) || (err = person_load(ctx, ask->part[0], &p))
	    || (err = verification_list(ctx, p.id, &from, VETTING_MOST + 1, &note, &notes)))
		return err;
	ctx->why = why;
	vetting_pager(ctx, arena_print(ctx->mem, "/people/%s", p.id), &from, note, &notes, &model.pager);
	pager_link(ctx, &model.pager, reply);
	page_head(ctx, ask, p.name, &model.page);
	model.page.wrong = why != NULL;
	model.name = p.name;
	model.kind = lang_say(ctx->lang, person_kind_key(p.kind));
	model.state = lang_say(ctx->lang, person_state_key(p.state));
	model.is_good = p.state == PERSON_VERIFIED;
	model.is_wait = p.waiting > 0;
	model.is_bad = p.state == PERSON_SUSPENDED;
	model.history = *vetting_view(ctx, note, notes);
	page_people_facts(ctx, &p, &model);
	page_people_compare(ctx, &p, &model);
	if (p.state == PERSON_REGISTERED) {
		model.grant = page_people_form(ctx, ask, p.kind, "grant", "verification.grant",
					       "source", "verification.source");
		model.refuse = page_people_form(ctx, ask, p.kind, "refuse", "verification.refuse",
					       "reason", "verification.reason");
	} else if (p.state == PERSON_VERIFIED) {
		model.suspend = page_people_form(ctx, ask, p.kind, "suspend", "verification.suspend",
					       "reason", "verification.reason");
		model.suspend->grave = true;
	} else {
		model.restore = page_people_form(ctx, ask, p.kind, "restore", "verification.restore",
					       "reason", "verification.reason");
	}
	model.renew = page_people_form(ctx, ask, p.kind, "renew", "verification.renew",
				       "source", "verification.source");
	model.renew->caution = lang_say(ctx->lang, "verification.renew_help");
	return page_show(ctx, ask, reply, &view_person, &model);
}

static enum mc_err page_people_one(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	return page_people_draw(ctx, ask, reply, "");
}

static const char *page_people_source(const char *value)
{
	for (size_t i = 0; i < sizeof page_people_sources / sizeof *page_people_sources; i++)
		if (!strcmp(value, page_people_sources[i].key))
			return lang_say(LANG_ZH, page_people_sources[i].key);
	return value;
}

static enum mc_err page_people_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *does = form_get(ask->form, "do"), *who = ask->part[0], *fresh = "";
	const char *reason = form_get(ask->form, "reason");
	enum mc_err err = person_clerk(ctx);
	if (err)
		return err;
	if (!strcmp(does, "grant"))
		err = verification_grant(ctx, who, page_people_source(form_get(ask->form, "source")));
	else if (!strcmp(does, "refuse"))
		err = verification_refuse(ctx, who, reason);
	else if (!strcmp(does, "suspend"))
		err = verification_suspend(ctx, who, reason);
	else if (!strcmp(does, "restore"))
		err = verification_restore(ctx, who, reason);
	else if (!strcmp(does, "renew"))
		err = login_renew(ctx, who, page_people_source(form_get(ask->form, "source")), &fresh);
	else
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "verification.which", .field = "do" });
	if (err == MC_INVALID && !ask->json) {
		reply->status = 422;
		return page_people_draw(ctx, ask, reply, "");
	}
	if (err)
		return err;
	/* The new password is shown in this answer alone: a redirect would have to keep it somewhere. */
	reply->secret = *fresh;
	if (*fresh)
		return page_people_draw(ctx, ask, reply, fresh);
	return page_go(ctx, reply, "/people/%s?done=%s", who, !strcmp(does, "grant") ? "granted" : "decided");
}

const struct route *page_people(void)
{
	static const struct route routes[] = {
		{ "GET",  "/people",         PAGE_STAFF, page_people_list },
		{ "GET",  "/people/:person", PAGE_STAFF, page_people_one },
		{ "POST", "/people/:person", PAGE_STAFF | PAGE_WORKER | PAGE_BROWSER, page_people_post },
		{ 0 }
	};
	return routes;
}
