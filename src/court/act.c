#include "act.h"
#include "chain.h"
#include "custody.h"
#include "deadline.h"
#include "due.h"
#include "motion.h"
#include "served.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/text.h"
#include "../store/db.h"
#include "../store/outbox.h"

#include <assert.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>

struct docket act_blank(const char *court, const char *id)
{
	return (struct docket){ .court = court, .id = id, .number = "", .cause = "", .process = "", .title = "", .facts = "",
		.desk = court, .judge = "", .head = "", .stage = STAGE_NONE, .roles = ROLE_FILER };
}

const struct act_special *act_special(enum act act)
{
	static const struct act_special nothing = { 0 };
	return act_roll[act] ? act_roll[act] : &nothing;
}

static enum mc_err act_refuse(struct ctx *ctx, enum mc_err err, const char *key, const struct rule *rule, const char *arg)
{
	return ctx_fail(ctx, err, (struct why){ .key = key, .law = rule->law, .arg = { rule->name[ctx->lang], arg } });
}

static enum mc_err act_roles(struct ctx *ctx, const struct docket *d, const struct rule *rule)
{
	unsigned role = rule->by & d->roles;
	if (!role)
		return act_refuse(ctx, MC_DENIED, "act.not_yours", rule, rule_role_name(rule->by, ctx->lang));
	if (!(role & (ROLE_PLAINTIFF | ROLE_DEFENDANT)) || !d->agency)
		return MC_OK;
	if (rule->own)
		return act_refuse(ctx, MC_DENIED, "act.in_person", rule, NULL);
	if (rule->special && !d->special)
		return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "act.special_authority", .law = "民诉法第62条第2款",
			.arg = { rule->name[ctx->lang] } });
	return MC_OK;
}

/* The limit that the acting party must keep, and whether it has passed. */
static enum mc_err act_late(struct ctx *ctx, const struct docket *d, enum act act, bool *late)
{
	const struct rule *rule = rule_of(act);
	struct deadline limit;
	*late = false;
	if (!rule_keeps_limit(act) || !d->party)
		return MC_OK;
	enum mc_err err = deadline_of(ctx, d, rule->until, d->party, &limit);
	if (err)
		return err == MC_UNKNOWN ? MC_OK : err;
	*late = day_of(ctx->now) > limit.ends;
	if (*late && rule->late == LATE_REFUSED)
		return act_refuse(ctx, MC_CONFLICT, "act.too_late", rule, day_say(ctx->mem, ctx->lang, limit.ends));
	return MC_OK;
}

enum mc_err act_may(struct ctx *ctx, const struct docket *d, enum act act)
{
	const struct rule *rule = rule_of(act);
	bool late;
	enum mc_err err = act_roles(ctx, d, rule);
	if (err)
		return err;
	if (!(rule->in & ((uint32_t)1 << d->stage)))
		return act_refuse(ctx, MC_CONFLICT, "act.wrong_stage", rule, rule_stage(d->stage)->name[ctx->lang]);
	for (enum motion m = MOTION_NONE + 1; m < MOTION_COUNT; m++)
		if (rule->barred & d->motions & (1u << m))
			return act_refuse(ctx, MC_CONFLICT, "act.barred", rule, rule_motion_name(m, ctx->lang));
	if (rule->decides && !(d->motions & (1u << rule->decides)))
		return act_refuse(ctx, MC_CONFLICT, "act.nothing_to_decide", rule, rule_motion_name(rule->decides, ctx->lang));
	err = act_late(ctx, d, act, &late);
	if (!err && act_special(act)->ready)
		err = act_special(act)->ready(ctx, d);
	return err;
}

static enum mc_err act_check_pick(struct ctx *ctx, const struct docket *d, enum act act, const struct field *field,
				  const char *value)
{
	struct act_choice *choice;
	size_t count = 0;
	assert(act_special(act)->choices);
	enum mc_err err = act_special(act)->choices(ctx, d, field, &choice, &count);
	if (err)
		return err;
	for (const char *left = value; *left;) {
		size_t n = strcspn(left, ","), i = 0;
		while (i < count && (strlen(choice[i].value) != n || strncmp(choice[i].value, left, n)))
			i++;
		if (i == count)
			return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.choice", .field = field->name,
				.arg = { field->label[ctx->lang] } });
		left += n + (left[n] == ',');
	}
	return MC_OK;
}

static enum mc_err act_check_form(struct ctx *ctx, const struct act_work *w, const struct form *raw, struct form **clean)
{
	size_t count;
	const struct field *f = field_form(w->act, &count);
	enum mc_err err = field_check(ctx, w->act, 0, raw, clean);
	for (size_t i = 0; i < count; i++) {
		const char *value = f[i].what == FIELD_FIELD ? form_get(*clean, f[i].name) : "";
		if (*value && (f[i].kind == FIELD_PICK || f[i].kind == FIELD_TICKS)) {
			enum mc_err pick = act_check_pick(ctx, w->docket, w->act, &f[i], value);
			err = err ? err : pick;
		}
	}
	return err;
}

static enum mc_err act_limits(struct ctx *ctx, const struct act_work *w)
{
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < 3 && !err; i++)
		if (w->rule->stops[i].set)
			err = deadline_stop(ctx, w->docket, w->rule->stops[i].limit, w->rule->stops[i].whom, w->party, w->entry);
	for (size_t i = 0; i < 3 && !err && !w->no_limits; i++)
		if (w->rule->starts[i].set)
			err = deadline_start(ctx, w->docket, w->rule->starts[i].limit, w->rule->starts[i].whom, w->party,
					     w->event_day, w->set_day, w->entry);
	return err;
}

static enum mc_err act_papers(struct ctx *ctx, const struct act_work *w)
{
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < 3 && !err && !w->no_papers && w->rule->writes[i]; i++) {
		struct paper paper;
		err = paper_write(ctx, w->docket, w->rule->writes[i], w->values, w->entry, &paper);
		if (!err)
			err = served_send(ctx, w->docket, &paper, w->served, w->party);
	}
	return err;
}

/* All papers of this entry, also those that apply wrote, in order of number, as the chain vouches for them. */
static enum mc_err act_paper_lines(struct ctx *ctx, const struct act_work *w, const char **out)
{
	struct text t = text_begin(ctx->mem);
	struct row *r = db_ask(ctx, "select digest, number, kind, title from paper where court = $1 and docket = $2 and entry = $3 order by number",
			       "tti", w->docket->court, w->docket->id, (int64_t)w->entry);
	while (db_next(r)) {
		if (t.size)
			text_add(&t, "\n");
		text_add(&t, chain_paper(ctx, db_text(r, 0), (int)db_int(r, 1), db_text(r, 2), db_text(r, 3)));
	}
	*out = text_end(&t);
	return db_broken(r) ? MC_STORE : MC_OK;
}

static enum mc_err act_motions(struct ctx *ctx, const struct act_work *w)
{
	enum mc_err err = MC_OK;
	if (w->rule->opens)
		err = motion_start(ctx, w->docket, w->rule->opens, w->party, w->entry);
	if (!err && w->rule->decides)
		err = motion_end(ctx, w->docket, w->rule->decides, w->granted, w->entry);
	return err ? err : motion_lapse(ctx, w->docket, w->docket->stage, w->entry);
}

static enum mc_err act_stage(struct ctx *ctx, const struct act_work *w)
{
	struct docket *d = w->docket;
	if (w->to == STAGE_SAME || w->to == d->stage)
		return MC_OK;
	enum mc_err err = db_do(ctx, "update docket set stage = $1, since = $2 where court = $3 and id = $4 and stage = $5", "tittt",
		rule_stage(w->to)->code, ctx->now, d->court, d->id, rule_stage(d->stage)->code);
	if (!err && db_changed(ctx) != 1)
		err = act_refuse(ctx, MC_CONFLICT, "act.overtaken", w->rule, NULL);
	d->stage = w->to;
	return err;
}

static enum mc_err act_enter(struct ctx *ctx, const struct act_work *w, const char *how, struct act_done *done)
{
	struct chain_entry e = { .act = w->rule->code, .person = ctx->person, .party = w->party, .at = ctx->now,
		.session = ctx->session ? ctx->session : "", .device = ctx->device ? ctx->device : "",
		.how = how ? how : "online", .late = w->late, .form = form_json(w->form),
		.stage = rule_stage(w->docket->stage)->code };
	enum mc_err err = act_paper_lines(ctx, w, &e.papers);
	if (!err)
		err = chain_append(ctx, w->docket, &e);
	assert(err || e.number == w->entry);
	if (!err)
		err = custody_take_form(ctx, w->docket->court, arena_print(ctx->mem, "entry %s %d", w->docket->id, e.number), w->act, w->form);
	*done = (struct act_done){ e.number, e.digest, w->docket->number, e.at, w->docket->stage, w->result };
	return err;
}

/* For jobs: who looks on is told, and so are programs that listen (dispatch.h). */
static enum mc_err act_tell(struct ctx *ctx, const struct docket *d, const struct rule *rule, const struct act_done *done)
{
	struct form *body = form_begin(ctx->mem);
	form_set(body, "act", rule->code);
	form_set(body, "at", arena_print(ctx->mem, "%" PRId64, done->at));
	form_set(body, "entry", arena_print(ctx->mem, "%d", done->entry));
	return outbox_put(ctx, d->court, "tell", d->id, form_json(body), ctx->now);
}

static enum mc_err act_do(struct ctx *ctx, struct docket *d, const struct act_ask *ask, struct act_done *done,
			  enum act *then)
{
	const struct rule *rule = rule_of(ask->act);
	struct act_work w = { .docket = d, .act = ask->act, .rule = rule, .party = d->party, .entry = d->entries + 1,
		.event_day = day_of(ctx->now), .to = rule->to, .served = rule->served, .then = rule->then };
	/* Somebody who is both in office and a party acts here in the capacity that the row asks for. */
	if (!(rule->by & d->roles & (ROLE_PLAINTIFF | ROLE_DEFENDANT)))
		w.party = 0;
	enum mc_err err = act_may(ctx, d, ask->act);
	if (!err)
		err = act_late(ctx, d, ask->act, &w.late);
	if (!err)
		err = act_check_form(ctx, &w, ask->form, &w.form);
	if (err)
		return err;
	day_parse(form_get(w.form, "until"), &w.set_day);
	int64_t at;
	if (day_time_parse(form_get(w.form, "at"), &at))
		w.set_day = day_of(at);
	if (d->stage != STAGE_NONE)
		err = paper_values(ctx, d, &w.values);
	if (!err && act_special(ask->act)->apply)
		err = act_special(ask->act)->apply(ctx, &w);
	if (!err)
		err = act_stage(ctx, &w);
	if (!err)
		err = act_limits(ctx, &w);
	if (!err)
		err = act_motions(ctx, &w);
	if (!err)
		err = act_papers(ctx, &w);
	if (!err)
		err = act_enter(ctx, &w, ask->how, done);
	if (!err)
		err = act_tell(ctx, d, rule, done);
	if (!err && !act_special(ask->act)->steady)
		err = due_settle(ctx, d->court, d->id);
	*then = w.then;
	return err;
}

/* What a row says must follow at once is done by the system, as an entry of its own. */
static enum mc_err act_follow(struct ctx *ctx, const struct act_ask *ask, enum act then)
{
	struct docket d;
	struct act_done done;
	enum act after;         /* what follows has nothing following it */
	struct ctx system = *ctx;
	system.person = DOCKET_SYSTEM;
	system.session = system.device = "";
	enum mc_err err = docket_load(&system, ask->court, ask->docket, &d);
	if (!err)
		err = act_do(&system, &d, &(struct act_ask){ ask->court, ask->docket, then, form_begin(ctx->mem), NULL, NULL }, &done, &after);
	ctx->why = system.why;
	return err;
}

/* Nothing procedural before verification, and nothing while suspended. */
static enum mc_err act_identity(struct ctx *ctx)
{
	struct person me;
	if (!strcmp(ctx->person, DOCKET_SYSTEM))
		return MC_OK;
	enum mc_err err = person_load(ctx, ctx->person, &me);
	if (!err && me.state != PERSON_VERIFIED)
		err = ctx_fail(ctx, MC_DENIED, (struct why){ .key = "person.unverified", .law = "在线诉讼规则第7条" });
	return err;
}

enum mc_err act_as_seen(struct ctx *ctx, const struct docket *d, const char *seen)
{
	if (!seen || strstr(seen, arena_print(ctx->mem, "%.*s", ACT_SEEN, d->head)))
		return MC_OK;
	struct text since = text_begin(ctx->mem);
	struct row *r = db_ask(ctx,
		"select act, number from entry where court = $1 and docket = $2 and number > (select e.number from entry e"
		" where e.court = $1 and e.docket = $2 and e.digest like $3 order by e.number desc limit 1) order by number limit 20",
		"ttt", d->court, d->id, arena_print(ctx->mem, "%.*s%%", ACT_SEEN, seen));
	while (db_next(r)) {
		enum act act = rule_find(db_text(r, 0));
		const char *joint = !since.size ? "" : ctx->lang == LANG_ZH ? "、" : ", ";
		text_print(&since, "%s%s (%s)", joint, act ? rule_of(act)->name[ctx->lang] : db_text(r, 0), db_text(r, 1));
	}
	if (db_broken(r))
		return MC_STORE;
	return ctx_fail(ctx, MC_STALE, (struct why){ .key = since.size ? "act.stale" : "act.stale_unknown",
		.field = "If-Match", .arg = { text_end(&since) } });
}

static _Atomic int64_t act_tally[ACT_COUNT][MC_ERR_COUNT];

struct act_job { const struct act_ask *ask; struct act_done *done; };

static enum mc_err act_job(struct ctx *ctx, void *arg)
{
	struct act_job *job = arg;
	struct docket d;
	enum act then = ACT_NONE;
	enum mc_err err = MC_OK;
	if (job->ask->act == ACT_SUBMIT)
		d = act_blank(job->ask->court, job->ask->docket);
	else
		err = docket_load(ctx, job->ask->court, job->ask->docket, &d);
	if (!err)
		err = act_as_seen(ctx, &d, job->ask->seen);
	if (!err)
		err = act_identity(ctx);
	if (!err)
		err = act_do(ctx, &d, job->ask, job->done, &then);
	if (!err && then)
		err = act_follow(ctx, job->ask, then);
	return err;
}

enum mc_err act_perform(struct ctx *ctx, const struct act_ask *ask, struct act_done *done)
{
	enum mc_err err = db_together(ctx, act_job, &(struct act_job){ ask, done });
	atomic_fetch_add_explicit(&act_tally[ask->act][err], 1, memory_order_relaxed);
	return err;
}

int64_t act_count(enum act act, enum mc_err outcome)
{
	return atomic_load_explicit(&act_tally[act][outcome], memory_order_relaxed);
}

enum mc_err act_open(struct ctx *ctx, const struct docket *d, struct act_option **out, size_t *count)
{
	struct act_option *o = *out = arena_take(ctx->mem, ACT_COUNT * sizeof *o);
	*count = 0;
	for (enum act a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const struct rule *rule = rule_of(a);
		struct deadline limit;
		if (rule->by == ROLE_SYSTEM || act_may(ctx, d, a)) {
			ctx_forget(ctx);
			continue;
		}
		struct act_option next = { a, 0, rule->next };
		if (rule_keeps_limit(a) && d->party && !deadline_of(ctx, d, rule->until, d->party, &limit) && limit.open)
			next.until = limit.ends;
		size_t i = (*count)++;
		for (; i > 0 && o[i - 1].weight < next.weight; i--)
			o[i] = o[i - 1];
		o[i] = next;
	}
	return MC_OK;
}
