/* What wants doing today: for everybody who works on cases in a court. What may follow from
 * an ended limit is said as a proposal; the button leads to the act, where a person decides. */
#include "case_view.h"
#include "page_act.h"
#include "pager.h"
#include "pages.h"
#include "seat.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../court/agenda.h"
#include "../court/office.h"
#include "../law/cause.h"

#include <string.h>

static const char *const page_today_kind[AGENDA_COUNT] = {
	[AGENDA_LIMIT] = "limit", [AGENDA_HEARING] = "hearing", [AGENDA_MOTION] = "motion", [AGENDA_SERVICE] = "service",
	[AGENDA_EFFECT] = "effect", [AGENDA_UNPAID] = "unpaid", [AGENDA_FORWARD] = "forward", [AGENDA_UNDRAWN] = "undrawn",
};

/* As one would look at a day: what has an hour, what one decides, what runs out, the rest. */
static const enum agenda_kind page_today_order[AGENDA_COUNT] = {
	AGENDA_HEARING, AGENDA_MOTION, AGENDA_LIMIT, AGENDA_FORWARD, AGENDA_UNDRAWN, AGENDA_SERVICE, AGENDA_UNPAID, AGENDA_EFFECT,
};

static enum mc_err page_today_what(struct ctx *ctx, const struct agenda_task *task, const char **out)
{
	const char *key = arena_print(ctx->mem, "today.what_%s", page_today_kind[task->kind]);
	const char *a = task->what, *b = NULL;
	struct court court;
	enum mc_err err = MC_OK;
	switch (task->kind) {
	case AGENDA_LIMIT:
		key = *task->whose ? "today.what_limit_whose" : key;
		a = limit_rule(task->limit)->name[ctx->lang];
		b = task->whose;
		break;
	case AGENDA_MOTION:
		key = *task->whose ? key : "today.what_motion_judge";
		a = rule_motion_name(task->motion, ctx->lang);
		b = task->whose;
		break;
	case AGENDA_SERVICE:
		for (enum paper_kind kind = PAPER_NONE + 1; kind < PAPER_COUNT; kind++)
			if (!strcmp(rule_paper(kind)->code, task->what))
				a = rule_paper(kind)->title[ctx->lang];
		key = task->papers > 1 ? key : "today.what_service_one";
		b = arena_print(ctx->mem, "%d", task->papers);
		break;
	case AGENDA_FORWARD:
		err = court_load(ctx, task->what, &court);
		a = err ? "" : court_name(&court, ctx->lang);
		break;
	case AGENDA_HEARING: case AGENDA_EFFECT: case AGENDA_UNPAID: case AGENDA_UNDRAWN: case AGENDA_COUNT:
		break;
	}
	*out = lang_print(ctx->mem, ctx->lang, key, a, b, NULL);
	return err;
}

static enum mc_err page_today_task(struct ctx *ctx, const struct agenda_task *task, struct view_today_task *out)
{
	const struct cause *cause = cause_find(task->cause);
	const char *about = cause ? cause->name[ctx->lang] : task->cause;
	*out = (struct view_today_task){
		.href = arena_print(ctx->mem, "/cases/%s/%s", task->court, task->id), .day = task->day, .at = task->at,
		.name = *task->number ? task->number : case_view_about(ctx, task->title), .is_over = task->over,
		.about = *task->number ? arena_print(ctx->mem, "%s · %s", case_view_about(ctx, task->title), about) : about,
		.left = task->day ? case_view_left(ctx, task->day) : "",
	};
	if (task->kind == AGENDA_HEARING)
		out->left = day_of(task->at) == day_of(ctx->now) ? lang_say(ctx->lang, "today.today") : lang_say(ctx->lang, "today.tomorrow");
	if (task->act) {
		out->act = rule_of(task->act)->code;
		out->act_href = page_act_path(ctx->mem, task->court, task->id, task->act);
		out->act_label = rule_of(task->act)->name[ctx->lang];
	}
	return page_today_what(ctx, task, &out->what);
}

/* Where this kind is by itself, or all of them (NULL). */
static const char *page_today_href(struct ctx *ctx, const struct seat *seat, const char *kind)
{
	bool several = seat->chips.chips_count > 0;
	return arena_print(ctx->mem, "/today%s%s%s%s", several ? "?court=" : "", several ? seat->code : "",
			   !kind ? "" : several ? "&kind=" : "?kind=", kind ? kind : "");
}

/* What stands beside a list that this page does not show whole. */
static enum mc_err page_today_count(struct ctx *ctx, const struct agenda_ask *what, struct view_today_group *group)
{
	int count;
	enum mc_err err = agenda_count(ctx, what, &count);
	group->count = count >= AGENDA_MANY ? arena_print(ctx->mem, "%d+", AGENDA_MANY - 1) : arena_print(ctx->mem, "%d", count);
	return err;
}

static enum mc_err page_today_group(struct ctx *ctx, const struct seat *seat, const struct agenda_ask *what, struct view_today *model)
{
	struct view_today_group group = { .code = page_today_kind[what->kind], .count = "" };
	struct cursor first = cursor_start, last = cursor_start;
	struct agenda_page page;
	enum mc_err err = agenda_read(ctx, what, &page);
	if (err || !(page.count || page.sides.before))
		return err;
	if (page.count) {
		first = page.tasks[0].place;
		last = page.tasks[page.count - 1].place;
	}
	group.tasks = arena_take(ctx->mem, (page.count + 1) * sizeof *group.tasks);
	for (size_t i = 0; i < page.count && !err; i++)
		err = page_today_task(ctx, &page.tasks[i], &group.tasks[group.tasks_count++]);
	if (!err && (page.sides.before || page.sides.after))
		err = page_today_count(ctx, what, &group);
	pager_fill(ctx, page_today_href(ctx, seat, group.code), page.sides, &first, &last, &group.pager);
	group.title = lang_say(ctx->lang, arena_print(ctx->mem, "today.%s", group.code));
	const char *note = arena_print(ctx->mem, "today.%s_note", group.code), *words = lang_say(ctx->lang, note);
	group.note = strcmp(note, words) ? words : "";
	model->groups[model->groups_count++] = group;
	model->any = true;
	return err;
}

/* All kinds, each from its beginning, or the one that is asked for, read on. */
static enum mc_err page_today_groups(struct ctx *ctx, const struct ask *ask, const struct seat *seat, struct view_today *model)
{
	struct agenda_ask what = { .court = seat->code, .kind = AGENDA_COUNT, .from = cursor_start };
	const char *word = form_get(ask->query, "kind");
	for (enum agenda_kind kind = 0; kind < AGENDA_COUNT; kind++)
		what.kind = strcmp(page_today_kind[kind], word) ? what.kind : kind;
	bool all = what.kind == AGENDA_COUNT;
	enum mc_err err = all ? MC_OK : pager_from(ctx, ask, &what.from);
	for (size_t i = 0; i < AGENDA_COUNT && !err; i++)
		if (all || page_today_order[i] == what.kind) {
			what.kind = page_today_order[i];
			err = page_today_group(ctx, seat, &what, model);
		}
	model->all = all ? "" : page_today_href(ctx, seat, NULL);
	return err;
}

static enum mc_err page_today_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const unsigned offices = OFFICE_FILING | OFFICE_CLERK | OFFICE_ASSISTANT | OFFICE_JUDGE | OFFICE_PRESIDENT;
	struct view_today_group groups[AGENDA_COUNT];
	struct view_today model = { .day = day_of(ctx->now), .groups = groups };
	struct seat seat;
	/* Whoever only looks after persons and offices has no cases. */
	if (office_anywhere(ctx, ctx->person) == OFFICE_ADMIN)
		return page_go(ctx, reply, "/people");
	enum mc_err err = seat_find(ctx, ask, offices, "/today", &seat);
	if (!err)
		err = page_today_groups(ctx, ask, &seat, &model);
	if (err)
		return err;
	model.court = court_name(&seat.court, ctx->lang);
	model.courts = seat.chips;
	model.several = seat.chips.chips_count > 0;
	page_head(ctx, ask, lang_say(ctx->lang, "today.title"), &model.page);
	model.page.reload = "desk";
	if (*model.all && model.any)
		pager_link(ctx, &groups[0].pager, reply);
	return page_show(ctx, ask, reply, &view_today, &model);
}

const struct route *page_today(void)
{
	static const struct route routes[] = {
		{ "GET", "/today", PAGE_STAFF, page_today_show },
		{ 0 }
	};
	return routes;
}
