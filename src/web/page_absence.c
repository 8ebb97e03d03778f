/* Days on which a judge takes no new case: noted by the president of the court. */
#include "blank.h"
#include "pager.h"
#include "pages.h"
#include "problem.h"
#include "seat.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/lang.h"
#include "../base/text.h"
#include "../court/absence.h"
#include "../court/office.h"

#include <string.h>

enum { PAGE_ABSENCE_MOST = 50 };

static struct view_form_field *page_absence_day(struct ctx *ctx, struct view_form *form, const struct ask *ask, const char *name,
						const char *key)
{
	struct view_form_field *f = blank_field(ctx, form, BLANK_LINE, name, key, form_get(ask->form, name));
	f->is_line = false;
	f->is_day = true;
	return f;
}

static enum mc_err page_absence_form(struct ctx *ctx, const struct ask *ask, const struct seat *seat, struct view_absence *model)
{
	struct office_row *judge;
	size_t count;
	struct view_form *form = blank_begin(ctx, ask, model->action, "absence.submit", "note");
	struct view_form_field *f = blank_field(ctx, form, BLANK_PICK, "person", "absence.person", form_get(ask->form, "person"));
	enum mc_err err = office_list(ctx, seat->code, OFFICE_JUDGE, &judge, &count);
	if (err)
		return err;
	f->options = arena_take(ctx->mem, (count + 1) * sizeof *f->options);
	for (size_t i = 0; i < count; i++)
		f->options[f->options_count++] = (struct view_form_option){ .value = judge[i].person, .label = judge[i].name,
			.chosen = !strcmp(judge[i].person, f->value) };
	page_absence_day(ctx, form, ask, "first", "absence.first");
	page_absence_day(ctx, form, ask, "last", "absence.last");
	blank_field(ctx, form, BLANK_LINE, "reason", "absence.why", form_get(ask->form, "reason"));
	model->page.wrong = ctx->why != NULL;
	blank_wrong(ctx, form);
	model->form = *form;
	return MC_OK;
}

static enum mc_err page_absence_rows(struct ctx *ctx, const struct ask *ask, const char *court, struct view_absence *model)
{
	struct absence *list;
	size_t count;
	struct cursor from, first = cursor_start, last = cursor_start;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (err || (err = absence_list(ctx, court, &from, PAGE_ABSENCE_MOST + 1, &list, &count)))
		return err;
	struct cursor_sides sides = cursor_cut(&from, list, &count, sizeof *list, PAGE_ABSENCE_MOST);
	model->rows = arena_take(ctx->mem, (count + 1) * sizeof *model->rows);
	for (size_t i = 0; i < count; i++)
		model->rows[model->rows_count++] = (struct view_absence_row){
			.id = arena_print(ctx->mem, "%s %s", list[i].person, day_iso(ctx->mem, list[i].first)),
			.name = list[i].name, .first = list[i].first, .last = list[i].last, .reason = list[i].reason };
	model->any = count > 0;
	if (count) {
		first = (struct cursor){ .at = list[0].last, .id = list[0].person };
		last = (struct cursor){ .at = list[count - 1].last, .id = list[count - 1].person };
	}
	pager_fill(ctx, model->action, sides, &first, &last, &model->pager);
	return MC_OK;
}

static enum mc_err page_absence_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_absence model = { .csrf = ask->csrf };
	struct seat seat;
	struct why *why = ctx->why;
	ctx->why = NULL;
	enum mc_err err = seat_find(ctx, ask, OFFICE_PRESIDENT, "/bench", &seat);
	if (err)
		ctx_forget(ctx);
	model.action = err ? "" : arena_print(ctx->mem, "/bench?court=%s", seat.code);
	if (!err)
		err = page_absence_rows(ctx, ask, seat.code, &model);
	else if (err == MC_DENIED)
		err = ctx_fail(ctx, err, (struct why){ .key = "absence.president" });
	if (err)
		return err;
	ctx->why = why;
	model.court = court_name(&seat.court, ctx->lang);
	model.courts = seat.chips;
	model.several = seat.chips.chips_count > 0;
	page_head(ctx, ask, lang_say(ctx->lang, "absence.title"), &model.page);
	pager_link(ctx, &model.pager, reply);
	err = page_absence_form(ctx, ask, &seat, &model);
	return err ? err : page_show(ctx, ask, reply, &view_absence, &model);
}

static enum mc_err page_absence_note(struct ctx *ctx, const struct ask *ask, const struct seat *seat)
{
	struct absence a = { .person = form_get(ask->form, "person"), .reason = text_trim(ctx->mem, form_get(ask->form, "reason")) };
	enum mc_err err = MC_OK;
	if (!day_parse(form_get(ask->form, "first"), &a.first))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "absence.day", .field = "first" });
	if (!day_parse(form_get(ask->form, "last"), &a.last))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "absence.day", .field = "last" });
	return err ? err : absence_note(ctx, seat->code, &a);
}

static enum mc_err page_absence_drop(struct ctx *ctx, const struct ask *ask, const struct seat *seat)
{
	char *person = arena_copy(ctx->mem, form_get(ask->form, "absence")), *day = person + strcspn(person, " ");
	int64_t first = 0;
	if (*day)
		*day++ = '\0';
	if (!day_parse(day, &first))
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "absence.unknown" });
	return absence_drop(ctx, seat->code, person, first);
}

static enum mc_err page_absence_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	bool drops = !strcmp(form_get(ask->form, "do"), "drop");
	struct seat seat;
	enum mc_err err = seat_find(ctx, ask, OFFICE_PRESIDENT, "/bench", &seat);
	if (err)
		return err;
	err = drops ? page_absence_drop(ctx, ask, &seat) : page_absence_note(ctx, ask, &seat);
	if (!err)
		return page_go(ctx, reply, "/bench?court=%s&done=%s", seat.code, drops ? "absence_dropped" : "absence_noted");
	if (ask->json || drops || (err != MC_INVALID && err != MC_CONFLICT))
		return err;
	problem_mark(ctx, err, reply);
	return page_absence_show(ctx, ask, reply);
}

const struct route *page_absence(void)
{
	static const struct route routes[] = {
		{ "GET",  "/bench", PAGE_STAFF, page_absence_show },
		{ "POST", "/bench", PAGE_STAFF | PAGE_WORKER, page_absence_post },
		{ 0 }
	};
	return routes;
}
