/* Offices in a court, for its administrator: appoint, end, and see who held what when. */
#include "blank.h"
#include "pager.h"
#include "pages.h"
#include "problem.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/court.h"
#include "../court/office.h"
#include "../court/person.h"

#include <string.h>

enum { PAGE_OFFICES_MOST = 50 };

static enum mc_err page_offices_denied(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "office.admin_only" });
}

/* Other courts of the same administrator; *first is any court administered, "" if none. */
static enum mc_err page_offices_seats(struct ctx *ctx, const char *here, struct view_offices *model, const char **first)
{
	struct office_seat *seat;
	size_t count;
	enum mc_err err = office_of_person(ctx, ctx->person, &seat, &count);
	*first = "";
	if (err)
		return err;
	model->others = arena_take(ctx->mem, (count + 1) * sizeof *model->others);
	for (size_t i = 0; i < count; i++) {
		struct court court;
		if (!(seat[i].mask & OFFICE_ADMIN) || !strcmp(seat[i].court, here))
			continue;
		if ((err = court_load(ctx, seat[i].court, &court)))
			return err;
		*first = **first ? *first : court.code;
		model->others[model->others_count++] = (struct view_court_row){
			.href = arena_print(ctx->mem, "/offices/%s", court.code), .code = court.code,
			.name = court_name(&court, ctx->lang), .sign = court.sign,
		};
	}
	return MC_OK;
}

static enum mc_err page_offices_first(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_offices model = { 0 };
	const char *first;
	(void)ask;
	enum mc_err err = page_offices_seats(ctx, "", &model, &first);
	return err ? err : *first ? page_go(ctx, reply, "/offices/%s", first) : page_offices_denied(ctx);
}

static void page_offices_form(struct ctx *ctx, const struct ask *ask, struct view_offices *model)
{
	struct view_form *form = blank_begin(ctx, ask, model->action, "offices.appoint", "appoint");
	blank_field(ctx, form, BLANK_LINE, "number", "offices.who", ask->form ? form_get(ask->form, "number") : "");
	struct view_form_field *f = blank_field(ctx, form, BLANK_PICK, "office", "offices.office",
						ask->form ? form_get(ask->form, "office") : "");
	for (int i = 0; i < OFFICE_COUNT; i++) {
		const char *key = office_key((enum office)(1 << i));
		blank_option(ctx, f, key + strlen("office."), lang_say(ctx->lang, key), "");
	}
	model->page.wrong = ctx->why != NULL;
	blank_wrong(ctx, form);
	model->form = *form;
}

static enum mc_err page_offices_rows(struct ctx *ctx, const struct ask *ask, const char *court, struct view_offices *model)
{
	struct office_row *list;
	size_t count;
	struct cursor from, first = cursor_start, last = cursor_start;
	enum mc_err err = pager_from(ctx, ask, &from);
	if (err || (err = office_all(ctx, court, &from, PAGE_OFFICES_MOST + 1, &list, &count)))
		return err;
	struct cursor_sides sides = cursor_cut(&from, list, &count, sizeof *list, PAGE_OFFICES_MOST);
	model->rows = arena_take(ctx->mem, (count + 1) * sizeof *model->rows);
	for (size_t i = 0; i < count; i++) {
		bool own = list[i].office == OFFICE_ADMIN && !strcmp(list[i].person, ctx->person);
		model->rows[model->rows_count++] = (struct view_office_row){
			.id = list[i].ended || own ? "" : list[i].id, .name = list[i].name,
			.office = lang_say(ctx->lang, office_key(list[i].office)), .since = list[i].since,
			.by = list[i].by, .ended = list[i].ended, .ended_by = list[i].ended_by,
		};
	}
	if (count) {
		first = (struct cursor){ .at = list[0].ended, .id = list[0].id };
		last = (struct cursor){ .at = list[count - 1].ended, .id = list[count - 1].id };
	}
	pager_fill(ctx, model->action, sides, &first, &last, &model->pager);
	return MC_OK;
}

static enum mc_err page_offices_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_offices model = { .csrf = ask->csrf };
	struct court court;
	const char *first;
	struct why *why = ctx->why;
	ctx->why = NULL;
	if (!(office_of(ctx, ask->part[0], ctx->person) & OFFICE_ADMIN))
		return page_offices_denied(ctx);
	enum mc_err err = court_load(ctx, ask->part[0], &court);
	model.action = arena_print(ctx->mem, "/offices/%s", ask->part[0]);
	if (err || (err = page_offices_rows(ctx, ask, court.code, &model))
	    || (err = page_offices_seats(ctx, court.code, &model, &first)))
		return err;
	ctx->why = why;
	model.court = court_name(&court, ctx->lang);
	page_head(ctx, ask, model.court, &model.page);
	model.page.wide = true;
	page_offices_form(ctx, ask, &model);
	pager_link(ctx, &model.pager, reply);
	return page_show(ctx, ask, reply, &view_offices, &model);
}

static enum mc_err page_offices_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	const char *court = ask->part[0], *person = "";
	bool ends = !strcmp(form_get(ask->form, "do"), "end");
	enum mc_err err;
	if (!(office_of(ctx, court, ctx->person) & OFFICE_ADMIN))
		return page_offices_denied(ctx);
	if (ends) {
		err = office_end(ctx, court, form_get(ask->form, "office"));
	} else {
		err = person_by_account(ctx, form_get(ask->form, "number"), &person);
		if (err == MC_UNKNOWN) {
			ctx_forget(ctx);
			err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "office.nobody", .field = "number" });
		} else if (!err) {
			err = office_appoint(ctx, court, person, office_of_key(form_get(ask->form, "office")));
		}
	}
	if (!err)
		return page_go(ctx, reply, "/offices/%s?done=%s", court, ends ? "office_ended" : "appointed");
	if (ask->json || err == MC_STORE || err == MC_DENIED)
		return err;
	problem_mark(ctx, err, reply);
	return page_offices_show(ctx, ask, reply);
}

const struct route *page_offices(void)
{
	static const struct route routes[] = {
		{ "GET",  "/offices",        PAGE_STAFF, page_offices_first },
		{ "GET",  "/offices/:court", PAGE_STAFF, page_offices_show },
		{ "POST", "/offices/:court", PAGE_STAFF | PAGE_WORKER, page_offices_post },
		{ 0 }
	};
	return routes;
}
