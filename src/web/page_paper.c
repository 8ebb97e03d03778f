/* A paper of a case, GET /cases/:court/:id/papers/:n: its words as they were written, with
 * the digest that the docket vouches for and the certificate of its service. What was sent
 * and not yet received is announced, and opens on receipt. */
#include "case_view.h"
#include "pages.h"
#include "../base/arena.h"
#include "../base/lang.h"
#include "../court/act.h"
#include "../court/served.h"
#include "../court/service.h"

#include <stdlib.h>
#include <string.h>

static struct view_paper_line page_paper_line(struct ctx *ctx, const char *line, size_t n)
{
	struct view_paper_line out = { 0 };
	static const char indent[] = "　　";
	static const struct {
		const char *mark;
	} marks[] = { { "# " }, { "## " }, { "= " }, { "- " }, { "> " } };
	size_t mark = 0, skip = 0;
	while (mark < 5 && strncmp(line, marks[mark].mark, strlen(marks[mark].mark)))
		mark++;
	if (mark < 5)
		skip = strlen(marks[mark].mark);
	else if (!strncmp(line, indent, sizeof indent - 1))
		skip = sizeof indent - 1; /* the style sheet indents */
	out.is_court = mark == 0;
	out.is_title = mark == 1;
	out.is_number = mark == 2;
	out.is_heading = mark == 3;
	out.is_right = mark == 4;
	out.is_plain = mark == 5;
	out.text = arena_print(ctx->mem, "%.*s", (int)(n - skip), line + skip);
	return out;
}

static void page_paper_body(struct ctx *ctx, const char *body, struct view_paper_body *out)
{
	size_t room = 1;
	for (const char *c = body; *c; c++)
		room += *c == '\n';
	out->lines = arena_take(ctx->mem, room * sizeof *out->lines);
	while (*body) {
		size_t n = strcspn(body, "\n");
		if (n)
			out->lines[out->lines_count++] = page_paper_line(ctx, body, n);
		body += n + (body[n] == '\n');
	}
}

/* How service took effect, in words and with its article. */
static const struct {
	const char *ground, *key, *law;
} page_paper_grounds[] = {
	{ "arrival", "served.arrival", "在线诉讼规则第29条、第31条" },
	{ "receipt", "served.receipt", "民诉法第90条；在线诉讼规则第31条" },
	{ "act", "served.act", "在线诉讼规则第31条" },
	{ "direct", "served.direct", "民诉法第87条、第88条" },
	{ "left", "served.left", "民诉法第89条" },
	{ "mail", "served.mail", "民诉法第91条" },
	{ "entrusted", "served.entrusted", "民诉法第91条" },
	{ "forwarded", "served.forwarded", "民诉法第92条至第94条" },
	{ "public", "served.public", "民诉法第95条" },
};

static void page_paper_service(struct ctx *ctx, const struct case_view *v, const struct served *s,
			       struct view_paper_service *out)
{
	*out = (struct view_paper_service){ .party = case_view_party(ctx, v, s->party),
					    .sent = s->sent,
					    .arrived = s->arrived,
					    .effective = s->effective,
					    .ground = s->ground,
					    .ground_name = s->ground,
					    .note = s->note };
	for (size_t i = 0; i < sizeof page_paper_grounds / sizeof *page_paper_grounds; i++)
		if (!strcmp(page_paper_grounds[i].ground, s->ground)) {
			out->ground_name = lang_say(ctx->lang, page_paper_grounds[i].key);
			out->law = page_paper_grounds[i].law;
		}
}

/* Its own service is shown to each party; all of it to the court, to who wrote the paper, and of
 * the complaint to the plaintiffs. */
static enum mc_err page_paper_services(struct ctx *ctx, const struct case_view *v, const struct reading *r,
				       struct view_paper *m)
{
	const struct party *me = docket_party(&v->docket, v->docket.party);
	struct served *all;
	size_t count;
	bool sees_all = v->staff || (me && r->party == me->number)
			|| (me && me->side == SIDE_PLAINTIFF && r->paper.kind == PAPER_COMPLAINT);
	enum mc_err err = served_list(ctx, &v->docket, 0, false, &all, &count);
	m->services = arena_take(ctx->mem, (count + 1) * sizeof *m->services);
	for (size_t i = 0; i < count; i++)
		if (all[i].paper == r->paper.number && (sees_all || (me && all[i].party == me->number)))
			page_paper_service(ctx, v, &all[i], &m->services[m->services_count++]);
	return err;
}

static enum mc_err page_paper_show(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct case_view v;
	struct reading r;
	enum mc_err err = case_view_load(ctx, ask, &v);
	if (!err)
		err = reading_load(ctx, &v.docket, (int)strtol(ask->part[2], NULL, 10), &r);
	if (err)
		return err;
	const struct paper_rule *rule = rule_paper(r.paper.kind);
	struct view_paper m = { .number = r.paper.number,
				.kind = rule->code,
				.title = rule->title[ctx->lang],
				.title_zh = r.paper.title,
				.at = r.paper.at,
				.digest = r.paper.digest,
				.entry = r.paper.entry,
				.entry_href = arena_print(ctx->mem, "%s/docket/%d", v.href, r.paper.entry),
				.sent = r.state == READING_SENT,
				.who = case_view_author(ctx, &v, &r) };
	case_view_line(ctx, &v, &m.line);
	err = page_paper_services(ctx, &v, &r, &m);
	if (!err && m.sent && !act_may(ctx, &v.docket, ACT_RECEIVE))
		m.receive = case_view_act_href(ctx, &v, ACT_RECEIVE);
	ctx_forget(ctx);
	if (!m.sent)
		page_paper_body(ctx, r.paper.body, &m.body);
	if (!err && !m.sent && reading_unopened(ctx, &v.docket, r.paper.number))
		err = service_opened(ctx, ctx->person, v.docket.court, v.docket.id, r.paper.number);
	if (err)
		return err;
	page_head(ctx, ask, m.title, &m.page);
	return page_show(ctx, ask, reply, &view_paper, &m);
}

const struct route *page_paper(void)
{
	static const struct route routes[] = { { "GET", "/cases/:court/:id/papers/:number",
						 PAGE_SIGNED | PAGE_WORKER, page_paper_show },
					       { 0 } };
	return routes;
}
