#include "chain.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/form.h"
#include "../store/db.h"

#include <stdio.h>
#include <string.h>

/* An entry can be long (a record of many lines): a few fit into one answer of the store. */
enum { CHAIN_PAGE = 8 };

/* The canonical bytes of an entry; what its digest is taken of. */
static const char *chain_digest(struct ctx *ctx, const char *court, const char *docket, const struct chain_entry *e)
{
	struct form *f = form_begin(ctx->mem);
	form_set(f, "act", e->act);
	form_set(f, "at", arena_print(ctx->mem, "%lld", (long long)e->at));
	form_set(f, "court", court);
	form_set(f, "device", e->device);
	form_set(f, "docket", docket);
	form_set(f, "form", e->form_digest);
	form_set(f, "how", e->how);
	form_set(f, "late", e->late ? "1" : "0");
	form_set(f, "number", arena_print(ctx->mem, "%d", e->number));
	form_set(f, "papers", e->papers);
	form_set(f, "party", arena_print(ctx->mem, "%d", e->party));
	form_set(f, "person", e->person);
	form_set(f, "previous", e->previous);
	form_set(f, "session", e->session);
	form_set(f, "stage", e->stage);
	const char *bytes = form_json(f);
	return digest_of(ctx->mem, bytes, strlen(bytes));
}

enum mc_err chain_append(struct ctx *ctx, struct docket *d, struct chain_entry *e)
{
	e->number = d->entries + 1;
	e->previous = d->head;
	e->form_digest = digest_of(ctx->mem, e->form, strlen(e->form));
	e->digest = chain_digest(ctx, d->court, d->id, e);
	enum mc_err err = db_do(ctx,
		"insert into entry (court, docket, number, act, person, party, at, session, device, how, late, form,"
		" form_digest, papers, stage, previous, digest)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
		"ttittiitttitttttt", d->court, d->id, (int64_t)e->number, e->act, e->person, (int64_t)e->party, e->at,
		e->session, e->device, e->how, (int64_t)e->late, e->form, e->form_digest, e->papers, e->stage,
		e->previous, e->digest);
	if (err)
		return err;
	/* Guarded by the head, so that of two writers only one can follow an entry. */
	err = db_do(ctx, "update docket set entries = $1, head = $2 where court = $3 and id = $4 and head = $5",
		    "itttt", (int64_t)e->number, e->digest, d->court, d->id, d->head);
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "act.overtaken" });
	d->entries = e->number;
	d->head = e->digest;
	return err;
}

static const char chain_select[] =
	"select number, act, person, party, at, session, device, how, late, form, form_digest, papers, stage,"
	" previous, digest from entry where court = $1 and docket = $2 and number > $3 order by number limit $4";

static struct chain_entry chain_row(struct row *r)
{
	return (struct chain_entry){ .number = (int)db_int(r, 0), .act = db_text(r, 1), .person = db_text(r, 2),
		.party = (int)db_int(r, 3), .at = db_int(r, 4), .session = db_text(r, 5), .device = db_text(r, 6),
		.how = db_text(r, 7), .late = db_int(r, 8) != 0, .form = db_text(r, 9), .form_digest = db_text(r, 10),
		.papers = db_text(r, 11), .stage = db_text(r, 12), .previous = db_text(r, 13), .digest = db_text(r, 14) };
}

enum mc_err chain_list(struct ctx *ctx, const struct docket *d, int after, size_t most,
		       struct chain_entry **out, size_t *count)
{
	size_t left = (size_t)(d->entries > after ? d->entries - after : 0), room = left < most ? left : most;
	*out = arena_take(ctx->mem, (room + 1) * sizeof **out);
	*count = 0;
	struct row *r = db_ask(ctx, chain_select, "ttii", d->court, d->id, (int64_t)after, (int64_t)room);
	while (*count < room && db_next(r))
		(*out)[(*count)++] = chain_row(r);
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* A case has many entries by few people: each is asked for once. */
static const char *chain_name(struct ctx *ctx, const struct chain_entry *before, size_t count, const char *person)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(before[i].person, person))
			return before[i].name;
	return person_name(ctx, person);
}

enum mc_err chain_newest(struct ctx *ctx, const struct docket *d, size_t most, struct chain_entry **out, size_t *count)
{
	struct chain_entry *e = *out = arena_take(ctx->mem, (most + 1) * sizeof *e);
	size_t n = 0;
	struct row *r = db_ask(ctx, "select number, act, person, party, at, how, late from entry where court = $1 and docket = $2"
		" order by number desc limit $3", "tti", d->court, d->id, (int64_t)most);
	for (; n < most && db_next(r); n++)
		e[n] = (struct chain_entry){ .number = (int)db_int(r, 0), .act = db_text(r, 1), .person = db_text(r, 2),
			.party = (int)db_int(r, 3), .at = db_int(r, 4), .how = db_text(r, 5), .late = db_int(r, 6) != 0,
			.name = chain_name(ctx, e, n, db_text(r, 2)), .session = "", .device = "", .form = "", .form_digest = "",
			.papers = "", .stage = "", .previous = "", .digest = "" };
	*count = n;
	return db_broken(r) ? MC_STORE : MC_OK;
}

const char *chain_paper(struct ctx *ctx, const char *digest, int number, const char *kind, const char *title)
{
	return arena_print(ctx->mem, "%s %d %s %s", digest, number, kind, title);
}

/* A fault in the papers that an entry says it wrote; count is how many there are. */
static const char *chain_paper_fault(struct ctx *ctx, const char *court, const char *docket, const struct chain_entry *e,
				     int *count)
{
	const char *left = e->papers;
	struct row *r = db_ask(ctx, "select body, digest, number, kind, title, at from paper where court = $1 and docket = $2"
		" and entry = $3 order by number", "tti", court, docket, (int64_t)e->number);
	while (db_next(r)) {
		const char *body = db_text(r, 0), *digest = db_text(r, 1);
		const char *line = chain_paper(ctx, digest, (int)db_int(r, 2), db_text(r, 3), db_text(r, 4));
		size_t n = strcspn(left, "\n");
		if (strcmp(digest_of(ctx->mem, body, strlen(body)), digest))
			return "the words of a paper were changed";
		if (strlen(line) != n || strncmp(left, line, n) || db_int(r, 5) != e->at)
			return "a paper is not the one that was written";
		left += n + (left[n] == '\n');
		++*count;
	}
	return *left ? "a paper is missing" : NULL;
}

static const char *chain_entry_fault(struct ctx *ctx, const char *court, const char *docket,
				     const struct chain_entry *e, int number, const char *previous, int *papers)
{
	if (e->number != number)
		return "an entry is missing";
	if (strcmp(e->previous, previous))
		return "it does not follow the entry before";
	if (strcmp(digest_of(ctx->mem, e->form, strlen(e->form)), e->form_digest))
		return "its form was changed";
	if (strcmp(chain_digest(ctx, court, docket, e), e->digest))
		return "the entry was changed";
	return chain_paper_fault(ctx, court, docket, e, papers);
}

/* How far a walk has come. Entries are read a few at a time into memory that is given back, so that
 * the length of a case does not matter. */
struct chain_walk {
	const char *court, *docket;
	int number, last, papers;       /* of the entry last seen, of the last one, papers so far */
	char previous[65], stage[33];
	struct chain_fault fault;
};

static enum mc_err chain_walk_on(struct ctx *ctx, struct chain_walk *w)
{
	int64_t room = w->last - w->number < CHAIN_PAGE ? w->last - w->number : CHAIN_PAGE, seen = 0;
	struct row *r = db_ask(ctx, chain_select, "ttii", w->court, w->docket, (int64_t)w->number, room);
	while (!w->fault.what && db_next(r)) {
		struct chain_entry e = chain_row(r);
		seen++;
		w->fault = (struct chain_fault){ w->number + 1,
			chain_entry_fault(ctx, w->court, w->docket, &e, w->number + 1, w->previous, &w->papers) };
		if (w->fault.what)
			break;
		w->number++;
		snprintf(w->previous, sizeof w->previous, "%s", e.digest);
		snprintf(w->stage, sizeof w->stage, "%s", e.stage);
	}
	if (db_broken(r) || ctx->why)
		return MC_STORE;
	if (!w->fault.what && !seen)
		w->fault = (struct chain_fault){ w->number + 1, "the last entries are missing" };
	return MC_OK;
}

/* What lies beside the chain: an entry after the last, a paper that no entry wrote. One question, so
 * that acts done meanwhile do not look like it. */
static enum mc_err chain_beside(struct ctx *ctx, struct chain_walk *w)
{
	struct row *r = db_ask(ctx, "select d.entries, (select coalesce(max(e.number), 0) from entry e where e.court = d.court"
		" and e.docket = d.id), (select coalesce(max(p.entry), 0) from paper p where p.court = d.court and p.docket = d.id),"
		" (select count(*) from paper q where q.court = d.court and q.docket = d.id and q.entry <= $3)"
		" from docket d where d.court = $1 and d.id = $2", "tti", w->court, w->docket, (int64_t)w->last);
	if (!db_next(r))
		return MC_STORE;
	if (db_int(r, 1) > db_int(r, 0))
		w->fault = (struct chain_fault){ w->last + 1, "an entry was added after the last" };
	else if (db_int(r, 2) > db_int(r, 0) || db_int(r, 3) != w->papers)
		w->fault = (struct chain_fault){ w->last, "a paper belongs to no entry" };
	return MC_OK;
}

enum mc_err chain_verify(struct ctx *ctx, const char *court, const char *docket, bool *whole,
			 int *entries, struct chain_fault *fault)
{
	struct row *r = db_ask(ctx, "select entries, head, stage from docket where court = $1 and id = $2", "tt", court, docket);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "docket.unknown" });
	struct chain_walk w = { .court = court, .docket = docket, .last = (int)db_int(r, 0) };
	const char *head = db_text(r, 1), *stage = db_text(r, 2);
	enum mc_err err = MC_OK;
	while (!err && !w.fault.what && w.number < w.last) {
		struct ctx page = *ctx;
		page.mem = arena_begin();
		page.why = NULL;
		err = chain_walk_on(&page, &w);
		arena_end(page.mem);
	}
	if (!err && !w.fault.what)
		err = chain_beside(ctx, &w);
	if (err)
		return ctx_fail(ctx, err, (struct why){ .key = "store.down" });
	if (!w.fault.what && strcmp(w.previous, head))
		w.fault = (struct chain_fault){ w.number, "the case does not end with its last entry" };
	else if (!w.fault.what && strcmp(w.stage, stage))
		w.fault = (struct chain_fault){ w.number, "the case is not in the stage that its last entry left it in" };
	*entries = w.number;
	*fault = w.fault;
	*whole = !w.fault.what;
	return MC_OK;
}
