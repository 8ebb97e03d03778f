/* The act table as a page, for whoever wants to read what the program holds to be the law:
 * every act with who may do it, when, under which article, and what follows. */
#include "page_act.h"
#include "pages.h"
#include "reckoning_view.h"
#include "view.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../base/text.h"
#include "../law/field.h"

#include <string.h>

static const char *page_acts_whom(struct ctx *ctx, enum concerns whom)
{
	static const char *const key[] = {
		[FOR_NOBODY] = "acts.for_nobody", [FOR_COURT] = "acts.for_court", [FOR_ACTOR] = "acts.for_actor",
		[FOR_PLAINTIFFS] = "acts.for_plaintiffs", [FOR_DEFENDANTS] = "acts.for_defendants",
		[FOR_ALL] = "acts.for_all", [FOR_OPPONENTS] = "acts.for_opponents",
	};
	return lang_say(ctx->lang, key[whom]);
}

static void page_acts_join(struct ctx *ctx, struct text *t, const char *words)
{
	if (t->size)
		text_add(t, ctx->lang == LANG_ZH ? "、" : ", ");
	text_add(t, words);
}

static void page_acts_who(struct ctx *ctx, const struct rule *rule, struct view_acts_row *out)
{
	struct text t = text_begin(ctx->mem);
	out->roles = arena_take(ctx->mem, 16 * sizeof *out->roles);
	for (unsigned role = ROLE_FILER; role <= ROLE_SYSTEM; role <<= 1)
		if (rule->by & role) {
			page_acts_join(ctx, &t, rule_role_name(role, ctx->lang));
			out->roles[out->roles_count++] = rule_role_name(role, LANG_EN);
		}
	out->by = text_end(&t);
}

static void page_acts_stages(struct ctx *ctx, const struct rule *rule, struct view_acts_row *out)
{
	struct text t = text_begin(ctx->mem);
	out->stages = arena_take(ctx->mem, STAGE_COUNT * sizeof *out->stages);
	for (enum stage s = 0; s < STAGE_COUNT; s++)
		if (rule->in & ((uint32_t)1 << s)) {
			page_acts_join(ctx, &t, rule_stage(s)->name[ctx->lang]);
			out->stages[out->stages_count++] = rule_stage(s)->code;
		}
	out->from = text_end(&t);
	out->begins = rule->in == (uint32_t)1 << STAGE_NONE;
	out->to = rule->to == STAGE_SAME ? lang_say(ctx->lang, "acts.same") : rule_stage(rule->to)->name[ctx->lang];
	out->to_code = rule->to == STAGE_SAME ? "SAME" : rule_stage(rule->to)->code;
}

static size_t page_acts_runs(struct ctx *ctx, const struct rule_run *run, bool starts, const char **out)
{
	size_t n = 0;
	for (size_t i = 0; i < 3; i++) {
		if (!run[i].set)
			continue;
		const struct limit_rule *limit = limit_rule(run[i].limit);
		const char *length = reckoning_view_length(ctx, limit->length, limit->unit);
		out[n++] = starts ? lang_print(ctx->mem, ctx->lang, "acts.run", limit->name[ctx->lang], length, page_acts_whom(ctx, run[i].whom))
			: lang_print(ctx->mem, ctx->lang, "acts.run_stopped", limit->name[ctx->lang], page_acts_whom(ctx, run[i].whom), NULL);
	}
	return n;
}

static void page_acts_follows(struct ctx *ctx, const struct rule *rule, struct view_acts_row *out)
{
	struct text bars = text_begin(ctx->mem), papers = text_begin(ctx->mem);
	out->starts = arena_take(ctx->mem, 3 * sizeof *out->starts);
	out->stops = arena_take(ctx->mem, 3 * sizeof *out->stops);
	out->starts_count = page_acts_runs(ctx, rule->starts, true, out->starts);
	out->stops_count = page_acts_runs(ctx, rule->stops, false, out->stops);
	out->starts_any = out->starts_count > 0;
	out->stops_any = out->stops_count > 0;
	for (enum motion m = MOTION_NONE + 1; m < MOTION_COUNT; m++)
		if (rule->barred & (1u << m))
			page_acts_join(ctx, &bars, rule_motion_name(m, ctx->lang));
	for (size_t i = 0; i < 3; i++)
		if (rule->writes[i])
			page_acts_join(ctx, &papers, rule_paper(rule->writes[i])->title[ctx->lang]);
	out->bars = text_end(&bars);
	out->writes = text_end(&papers);
	out->served = rule->served == FOR_NOBODY ? "" : page_acts_whom(ctx, rule->served);
	out->opens = rule->opens ? rule_motion_name(rule->opens, ctx->lang) : "";
	out->decides = rule->decides ? rule_motion_name(rule->decides, ctx->lang) : "";
	out->then = rule->then ? rule_of(rule->then)->name[ctx->lang] : "";
}

static void page_acts_row(struct ctx *ctx, enum act act, struct view_acts_row *out)
{
	const struct rule *rule = rule_of(act);
	size_t fields;
	*out = (struct view_acts_row){ .code = rule->code, .word = rule_word(ctx->mem, act), .name = rule->name[ctx->lang],
		.law = rule->law, .own = rule->own, .special = rule->special, .file = rule->file };
	out->href = arena_print(ctx->mem, "/acts/%s", out->word);
	out->asks = field_form(rule->form ? rule->form : act, &fields) != NULL;
	page_acts_who(ctx, rule, out);
	page_acts_stages(ctx, rule, out);
	page_acts_follows(ctx, rule, out);
	if (rule_keeps_limit(act)) {
		out->until = limit_rule(rule->until)->name[ctx->lang];
		out->late_refused = rule->late == LATE_REFUSED;
		out->late = lang_say(ctx->lang, out->late_refused ? "acts.late_refused" : "acts.late_marked");
	}
}

static void page_acts_groups(struct ctx *ctx, struct view_acts *model)
{
	model->groups = arena_take(ctx->mem, ACT_COUNT * sizeof *model->groups);
	for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++) {
		const char *file = rule_of(act)->file;
		size_t i = 0;
		while (i < model->groups_count && strcmp(model->groups[i].file, file))
			i++;
		struct view_acts_group *group = &model->groups[i];
		if (i == model->groups_count) {
			*group = (struct view_acts_group){ .file = file,
				.name = lang_say(ctx->lang, arena_print(ctx->mem, "acts.of_%s", file)),
				.acts = arena_take(ctx->mem, ACT_COUNT * sizeof *group->acts) };
			model->groups_count++;
		}
		page_acts_row(ctx, act, &group->acts[group->acts_count++]);
		model->count++;
	}
}

static void page_acts_tables(struct ctx *ctx, struct view_acts *model)
{
	model->stages = arena_take(ctx->mem, STAGE_COUNT * sizeof *model->stages);
	for (enum stage s = STAGE_NONE + 1; s < STAGE_COUNT; s++) {
		const struct stage_rule *stage = rule_stage(s);
		struct text acts = text_begin(ctx->mem);
		for (enum act act = ACT_NONE + 1; act < ACT_COUNT; act++)
			if (rule_of(act)->in & ((uint32_t)1 << s))
				page_acts_join(ctx, &acts, rule_of(act)->name[ctx->lang]);
		model->stages[model->stages_count++] = (struct view_acts_stage){ .code = stage->code, .name = stage->name[ctx->lang],
			.wait = stage->wait[ctx->lang], .acts = text_end(&acts) };
	}
	model->limits = arena_take(ctx->mem, LIMIT_COUNT * sizeof *model->limits);
	for (enum limit l = 0; l < LIMIT_COUNT; l++) {
		const struct limit_rule *limit = limit_rule(l);
		model->limits[model->limits_count++] = (struct view_acts_limit){ .code = limit->code, .name = limit->name[ctx->lang],
			.length = reckoning_view_length(ctx, limit->length, limit->unit), .law = limit->law,
			.rolls = lang_say(ctx->lang, limit->rolls ? "acts.rolls_yes" : "acts.rolls_no") };
	}
}

static enum mc_err page_acts_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_acts model = { 0 };
	page_acts_groups(ctx, &model);
	page_acts_tables(ctx, &model);
	page_head(ctx, ask, lang_say(ctx->lang, "acts.title"), &model.page);
	return page_show(ctx, ask, reply, &view_acts, &model);
}

/* -- one act with its form --------------------------------------------------------------- */

static const char *const page_acts_kind[] = {
	[FIELD_LINE] = "line", [FIELD_LONG] = "long", [FIELD_MONEY] = "money", [FIELD_DAY] = "day", [FIELD_MOMENT] = "moment",
	[FIELD_CHOICE] = "choice", [FIELD_PICK] = "pick", [FIELD_TICKS] = "ticks", [FIELD_TICK] = "tick",
	[FIELD_CAUSE] = "cause", [FIELD_COURT] = "court", [FIELD_CITIZEN] = "citizen", [FIELD_PHONE] = "phone", [FIELD_FILE] = "file",
};

static void page_acts_field(struct ctx *ctx, const struct field *field, const char *group, struct view_acts_field *out)
{
	*out = (struct view_acts_field){ .label = field->label[ctx->lang], .help = field->help[ctx->lang],
		.path = *group ? arena_print(ctx->mem, "%s.N.%s", group, field->name) : field->name,
		.kind_code = page_acts_kind[field->kind], .required = field->need, .when = field->when };
	out->kind = lang_say(ctx->lang, arena_print(ctx->mem, "acts.kind_%s", out->kind_code));
}

/* A form without headings is one section without a title. */
static void page_acts_form(struct ctx *ctx, enum act act, struct view_acts_one *model)
{
	size_t count;
	const struct field *f = field_form(act, &count);
	const char *group = "";
	struct view_acts_section *section = model->sections = arena_take(ctx->mem, (count + 1) * sizeof *section);
	section->fields = arena_take(ctx->mem, (count + 1) * sizeof *section->fields);
	model->sections_count = f != NULL;
	for (size_t i = 0; f && i < count; i++) {
		if (f[i].what == FIELD_GROUP || f[i].what == FIELD_GROUP_END)
			group = f[i].what == FIELD_GROUP ? f[i].name : "";
		if (f[i].what == FIELD_SECTION) {
			if (section->fields_count) {
				section = &model->sections[model->sections_count++];
				section->fields = arena_take(ctx->mem, (count + 1) * sizeof *section->fields);
			}
			section->title = f[i].label[ctx->lang];
			section->help = f[i].help[ctx->lang];
		} else if (f[i].what == FIELD_FIELD) {
			page_acts_field(ctx, &f[i], group, &section->fields[section->fields_count++]);
		} else if (f[i].what == FIELD_OPTION) {
			struct view_acts_field *field = &section->fields[section->fields_count - 1];
			if (!field->options)
				field->options = arena_take(ctx->mem, count * sizeof *field->options);
			field->options[field->options_count++] = (struct view_acts_option){ .value = f[i].name,
				.label = f[i].label[ctx->lang] };
		}
	}
}

static enum mc_err page_acts_one(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct view_acts_one model = { 0 };
	enum act act = rule_by_word(ctx->mem, ask->part[0]);
	if (!act)
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" });
	const struct rule *rule = rule_of(act);
	page_acts_row(ctx, act, &model.act);
	page_acts_form(ctx, rule->form ? rule->form : act, &model);
	model.form_of = rule->form ? rule_of(rule->form)->name[ctx->lang] : "";
	page_head(ctx, ask, model.act.name, &model.page);
	return page_show(ctx, ask, reply, &view_acts_one, &model);
}

const struct route *page_acts(void)
{
	static const struct route routes[] = {
		{ "GET", "/acts",      PAGE_PUBLIC, page_acts_show },
		{ "GET", "/acts/:act", PAGE_PUBLIC, page_acts_one },
		{ 0 }
	};
	return routes;
}
