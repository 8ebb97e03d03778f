/* What wants doing today: for everybody who works on cases in a court. What may follow from
 * an ended limit is said as a proposal; the button leads to the act, where a person decides. */
#include "case_view.h"
#include "page_act.h"
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

static enum mc_err page_today_group(struct ctx *ctx, const struct agenda_task *task, size_t count, enum agenda_kind kind,
				    struct view_today *model)
{
	struct view_today_group group = { .code = page_today_kind[kind] };
	enum mc_err err = MC_OK;
	group.tasks = arena_take(ctx->mem, (count + 1) * sizeof *group.tasks);
	for (size_t i = 0; i < count && !err; i++)
		if (task[i].kind == kind)
			err = page_today_task(ctx, &task[i], &group.tasks[group.tasks_count++]);
	if (err || !group.tasks_count)
		return err;
	group.title = lang_say(ctx->lang, arena_print(ctx->mem, "today.%s", group.code));
	const char *note = arena_print(ctx->mem, "today.%s_note", group.code), *words = lang_say(ctx->lang, note);
	group.note = strcmp(note, words) ? words : "";
	model->groups[model->groups_count++] = group;
	model->any = true;
	return MC_OK;
}

static enum mc_err page_today_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const unsigned offices = OFFICE_FILING | OFFICE_CLERK | OFFICE_ASSISTANT | OFFICE_JUDGE | OFFICE_PRESIDENT;
	struct view_today_group groups[AGENDA_COUNT];
	struct view_today model = { .day = day_of(ctx->now), .groups = groups };
	struct agenda_task *task;
	struct seat seat;
	size_t count;
	/* Whoever only looks after persons and offices has no cases. */
	if (office_anywhere(ctx, ctx->person) == OFFICE_ADMIN)
		return page_go(ctx, reply, "/people");
	enum mc_err err = seat_find(ctx, ask, offices, "/today", &seat);
	if (!err)
		err = agenda_read(ctx, seat.code, &task, &count);
	for (size_t i = 0; i < AGENDA_COUNT && !err; i++)
		err = page_today_group(ctx, task, count, page_today_order[i], &model);
	if (err)
		return err;
	model.court = court_name(&seat.court, ctx->lang);
	model.courts = seat.chips;
	model.several = seat.chips.chips_count > 0;
	page_head(ctx, ask, lang_say(ctx->lang, "today.title"), &model.page);
	model.page.reload = "desk";
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
