#include "case_view.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/digest.h"
#include "../base/lang.h"
#include "../court/act.h"
#include "../court/person.h"
#include "../http/etag.h"
#include "../law/cause.h"

#include <ctype.h>
#include <string.h>

enum { CASE_VIEW_URGENT = 3 }; /* days */

enum mc_err case_view_load(struct ctx *ctx, const struct ask *ask, struct case_view *out)
{
	*out = (struct case_view){ 0 };
	struct docket *d = &out->docket;
	enum mc_err err = docket_load(ctx, ask->part[0], ask->part[1], d);
	if (!err)
		err = court_load(ctx, d->court, &out->court);
	if (!err)
		err = reading_list(ctx, d, &out->papers, &out->papers_count);
	if (err)
		return err;
	out->href = arena_print(ctx->mem, "/cases/%s/%s", d->court, d->id);
	out->name = *d->number ? d->number : case_view_title(ctx, d);
	/* A desk elsewhere works on it until it has passed it on. */
	const unsigned works = ROLE_FILING | ROLE_CLERK | ROLE_ASSISTANT | ROLE_JUDGE | ROLE_PRESIDENT | ROLE_SYSTEM;
	out->staff = d->roles & works || (d->roles & ROLE_DESK && d->stage == STAGE_RECEIVED);
	out->informed = reading_informed(d, out->papers, out->papers_count);
	return MC_OK;
}

void case_view_tag(struct ctx *ctx, const struct ask *ask, const struct docket *d, struct reply *reply)
{
	if (!ask->json || (reply->status && reply->status != 200))
		return;
	/* Of the whole answer too: days left and service change without an entry in the docket. */
	reply->etag = arena_print(ctx->mem, "%.*s-%.16s", ACT_SEEN, d->head,
				  digest_of(ctx->mem, reply->body.bytes, reply->body.size));
}

const char *case_view_seen(struct ctx *ctx, const struct ask *ask)
{
	const char *list = ask->header(ask, "If-Match"), *tag;
	size_t n;
	bool weak;
	if (!*list || !strcmp(list, "*"))
		return NULL;
	struct text seen = text_begin(ctx->mem);
	while (etag_next(&list, &tag, &n, &weak))
		if (!weak && n > ACT_SEEN && tag[ACT_SEEN] == '-')
			text_print(&seen, "%s%.*s", seen.size ? " " : "", ACT_SEEN, tag);
	return text_end(&seen);
}

void case_view_line(struct ctx *ctx, const struct case_view *v, struct view_case_line *out)
{
	*out = (struct view_case_line){ .href = v->href,
					.name = v->name,
					.number = v->docket.number,
					.court = court_name(&v->court, ctx->lang),
					.cause = case_view_cause(ctx, &v->docket) };
}

const char *case_view_cause(struct ctx *ctx, const struct docket *d)
{
	const struct cause *cause = cause_find(d->cause);
	return cause ? cause->name[ctx->lang] : d->cause;
}

const char *case_view_title(struct ctx *ctx, const struct docket *d)
{
	return lang_print(ctx->mem, ctx->lang, "case.versus", docket_names(ctx, d, SIDE_PLAINTIFF),
			  docket_names(ctx, d, SIDE_DEFENDANT), NULL);
}

const char *case_view_about(struct ctx *ctx, const char *title)
{
	static const char versus[] = " 诉 ";
	const char *at = strstr(title, versus);
	if (!at)
		return title;
	return lang_print(ctx->mem, ctx->lang, "case.versus",
			  arena_print(ctx->mem, "%.*s", (int)(at - title), title), at + sizeof versus - 1,
			  NULL);
}

const char *case_view_party(struct ctx *ctx, const struct case_view *v, int party)
{
	const struct party *p = docket_party(&v->docket, party);
	return p ? p->name : lang_say(ctx->lang, "case.the_court");
}

const char *case_view_author(struct ctx *ctx, const struct case_view *v, const struct reading *r)
{
	enum paper_kind kind = r->paper.kind;
	bool own = kind == PAPER_COMPLAINT || kind == PAPER_AUTHORITY || kind == PAPER_ANSWER
		   || kind == PAPER_APPEAL;
	return own && r->party ? case_view_party(ctx, v, r->party) : lang_say(ctx->lang, "case.court_paper");
}

void case_view_papers(struct ctx *ctx, const struct case_view *v, size_t at, size_t most, struct view_paper_list *out)
{
	out->papers = arena_take(ctx->mem, (most + 1) * sizeof *out->papers);
	for (size_t i = at; i < v->papers_count && i < at + most; i++) {
		const struct reading *r = &v->papers[i];
		bool sent = r->state == READING_SENT;
		out->papers[out->papers_count++] = (struct view_paper_row){
			.href = arena_print(ctx->mem, "%s/papers/%d", v->href, r->paper.number),
			.title = rule_paper(r->paper.kind)->title[ctx->lang],
			.kind = case_view_author(ctx, v, r),
			.at = r->paper.at,
			.badge = sent ? lang_say(ctx->lang, "served.to_receive") : "",
			.waits = sent,
		};
	}
}

const char *case_view_side(struct ctx *ctx, enum side side)
{
	return rule_role_name(side == SIDE_PLAINTIFF ? ROLE_PLAINTIFF : ROLE_DEFENDANT, ctx->lang);
}

const char *case_view_act_href(struct ctx *ctx, const struct case_view *v, enum act act)
{
	char *href = arena_print(ctx->mem, "%s/act/%s", v->href, rule_of(act)->code);
	for (char *c = href + strlen(v->href) + 5; *c; c++)
		*c = *c == '_' ? '-' : (char)tolower((unsigned char)*c);
	return href;
}

const char *case_view_left(struct ctx *ctx, int64_t day)
{
	int64_t left = day - day_of(ctx->now);
	const char *days = arena_print(ctx->mem, "%lld", (long long)(left < 0 ? -left : left));
	if (!left)
		return lang_say(ctx->lang, "deadline.today");
	if (left == 1 || left == -1)
		return lang_say(ctx->lang, left > 0 ? "deadline.one_left" : "deadline.one_over");
	return lang_print(ctx->mem, ctx->lang, left > 0 ? "deadline.left" : "deadline.over", days, NULL,
			  NULL);
}

bool case_view_urgent(struct ctx *ctx, int64_t day) { return day - day_of(ctx->now) <= CASE_VIEW_URGENT; }

/* In which office somebody did an act of the court: what the table allows, and what fits. */
static const char *case_view_office(struct ctx *ctx, const struct docket *d, const struct rule *rule,
				    const char *person)
{
	unsigned by =
		rule->by
		& ~(unsigned)(ROLE_PLAINTIFF | ROLE_DEFENDANT | ROLE_NAMED_AGENT | ROLE_FILER | ROLE_SYSTEM);
	if (by & ROLE_JUDGE && !strcmp(person, d->judge))
		return rule_role_name(ROLE_JUDGE, ctx->lang);
	if (by & ~(unsigned)ROLE_JUDGE)
		by &= ~(unsigned)ROLE_JUDGE;
	return rule_role_name(by, ctx->lang);
}

static const char *case_view_actor(struct ctx *ctx, const struct case_view *v, const struct rule *rule,
				   const struct chain_entry *e)
{
	const struct party *p = docket_party(&v->docket, e->party);
	if (!strcmp(e->person, DOCKET_SYSTEM))
		return p ? p->name : lang_say(ctx->lang, "case.system");
	if (p && !strcmp(p->person, e->person))
		return lang_print(ctx->mem, ctx->lang, "case.by_party", case_view_side(ctx, p->side), p->name,
				  NULL);
	const char *name = e->name ? e->name : person_name(ctx, e->person);
	if (p)
		return lang_print(ctx->mem, ctx->lang, "case.by_agent", name, p->name, NULL);
	return lang_print(ctx->mem, ctx->lang, "case.by_office",
			  case_view_office(ctx, &v->docket, rule, e->person), name, NULL);
}

void case_view_entry(struct ctx *ctx, const struct case_view *v, const struct chain_entry *e,
		     struct view_docket_entry *out)
{
	enum act act = rule_find(e->act);
	const struct rule *rule = act ? rule_of(act) : NULL;
	const char *late = e->late ? lang_say(ctx->lang, "case.late") : "";
	const char *offline = !strcmp(e->how, "offline") ? lang_say(ctx->lang, "case.offline") : "";
	*out = (struct view_docket_entry){
		.number = e->number,
		.act = rule ? rule->name[ctx->lang] : e->act,
		.at = e->at,
		.who = rule ? case_view_actor(ctx, v, rule, e) : "",
		.detail = arena_print(ctx->mem, "%s%s%s", late, *late && *offline ? " · " : "", offline),
		.href = arena_print(ctx->mem, "%s/docket/%d", v->href, e->number),
	};
}

enum mc_err case_view_entries(struct ctx *ctx, const struct case_view *v, int last, size_t most,
			      struct chain_entry **out, size_t *count)
{
	int after = last > (int)most ? last - (int)most : 0;
	enum mc_err err = chain_list(ctx, &v->docket, after, (size_t)(last - after), out, count);
	for (size_t i = 0; !err && i < *count / 2; i++) {
		struct chain_entry e = (*out)[i];
		(*out)[i] = (*out)[*count - 1 - i];
		(*out)[*count - 1 - i] = e;
	}
	return err;
}
