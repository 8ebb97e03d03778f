#include "seat.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/office.h"

#include <string.h>

enum mc_err seat_find(struct ctx *ctx, const struct ask *ask, unsigned offices, const char *path, struct seat *out)
{
	struct office_seat *seat;
	size_t count, fit = 0;
	const char *wanted = form_get(ask->query, "court");
	enum mc_err err = office_of_person(ctx, ctx->person, &seat, &count);
	*out = (struct seat){ .code = "" };
	for (size_t i = 0; i < count && !err; i++) {
		if (!(seat[i].mask & offices))
			continue;
		seat[fit++] = seat[i];
		if (!*out->code && (!*wanted || !strcmp(wanted, seat[i].court))) {
			out->code = seat[i].court;
			out->held = seat[i].mask;
		}
	}
	if (!err && !*out->code)
		err = ctx_fail(ctx, MC_DENIED, (struct why){ .key = "caseload.office" });
	if (!err)
		err = court_load(ctx, out->code, &out->court);
	if (err || fit < 2)
		return err;
	out->chips = (struct view_chips){ .label = lang_say(ctx->lang, "caseload.courts"),
		.chips = arena_take(ctx->mem, fit * sizeof *out->chips.chips) };
	for (size_t i = 0; i < fit; i++) {
		struct court court;
		if ((err = court_load(ctx, seat[i].court, &court)))
			return err;
		out->chips.chips[out->chips.chips_count++] = (struct view_chip){
			.href = arena_print(ctx->mem, "%s?court=%s", path, court.code),
			.label = court_name(&court, ctx->lang), .here = !strcmp(court.code, out->code) };
	}
	return MC_OK;
}

