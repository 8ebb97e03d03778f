#include "case_people.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/agency.h"
#include "../court/person.h"
#include "../court/served.h"

#include <string.h>

const char *case_people_word(struct ctx *ctx, const char *field, const char *value)
{
	/* The words of the form go on to explain; here the first part says enough. */
	char *words = arena_copy(ctx->mem, field_say(ctx, ACT_GRANT_AUTHORITY,
						     field_find(ACT_GRANT_AUTHORITY, "", field), value));
	static const char *const ends[] = { "：", ": " };
	for (size_t i = 0; i < 2; i++) {
		char *end = strstr(words, ends[i]);
		if (end)
			*end = '\0';
	}
	return words;
}

static const char *case_people_initial(struct ctx *ctx, const char *name)
{
	size_t n = *name ? 1 : 0;
	while (((unsigned char)name[n] & 0xc0) == 0x80)
		n++;
	return arena_print(ctx->mem, "%.*s", (int)n, name);
}

static void case_people_agents(struct ctx *ctx, const struct agency_row *rows, size_t count,
			       struct view_case_party *out)
{
	out->agents = arena_take(ctx->mem, (count + 1) * sizeof *out->agents);
	for (size_t i = 0; i < count; i++)
		if (rows[i].party == out->number)
			out->agents[out->agents_count++] =
				(struct view_case_agent){ .name = rows[i].name,
							  .kind = case_people_word(ctx, "kind", rows[i].kind),
							  .scope = case_people_word(ctx, "scope",
										    rows[i].scope),
							  .accepted = !strcmp(rows[i].state, "accepted") };
}

enum mc_err case_people_fill(struct ctx *ctx, const struct case_view *v, struct view_case *out)
{
	const struct docket *d = &v->docket;
	struct agency_row *agents;
	struct served_count *served;
	size_t agents_count;
	enum mc_err err = agency_list(ctx, d, &agents, &agents_count);
	if (!err)
		err = served_count(ctx, d, &served);
	if (err)
		return err;
	out->parties = arena_take(ctx->mem, (d->parties_count + 1) * sizeof *out->parties);
	for (size_t i = 0; i < d->parties_count; i++) {
		const struct party *p = &d->parties[i];
		struct view_case_party *to = &out->parties[out->parties_count++];
		bool mine = p->number == d->party, organisation = !strcmp(p->kind, "organisation");
		*to = (struct view_case_party){
			.number = p->number,
			.side = p->side == SIDE_PLAINTIFF ? "plaintiff" : "defendant",
			.side_name = case_view_side(ctx, p->side),
			.name = p->name,
			.initial = case_people_initial(ctx, p->name),
			.kind = lang_say(ctx->lang, organisation ? "case.organisation" : "case.natural"),
			.identity = *p->identity ? person_number_masked(ctx->mem, p->identity) : "",
			.representative = p->representative,
			.mine = mine,
			.verified = *p->person != '\0',
			.eservice = p->eservice,
			.phone = v->staff || mine ? p->phone : "",
			.address = v->staff || mine ? p->address : "",
		};
		case_people_agents(ctx, agents, agents_count, to);
		to->waiting = served[i].waiting;
		to->served = served[i].effective && !served[i].waiting;
	}
	return MC_OK;
}
