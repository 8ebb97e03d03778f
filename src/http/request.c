#include "request.h"
#include "ask.h"
#include "bearer.h"
#include "cookie.h"
#include "csrf.h"
#include "intake.h"
#include "kept.h"
#include "once.h"
#include "pace.h"
#include "revisit.h"
#include "router.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../base/log.h"
#include "../court/perusal.h"
#include "../store/db.h"

#include <string.h>
#include <unistd.h>

#define REQUEST_DEVICE 200              /* of what the browser calls itself */

/* Runs a step with memory of its own, so that rows it leaves open on this thread's database
 * connection are closed on this thread, before the answer goes over a slow line. */
static enum mc_err request_step(struct request *r, enum mc_err (*step)(struct request *), bool soon)
{
	struct arena *mem = arena_begin();
	r->ctx.mem = mem;
	r->ctx.db = db_reader(r->site->store);
	/* What takes its time does not hold on to one picture of the store. */
	if (soon)
		db_look(&r->ctx);
	log_request(r->ctx.request);
	enum mc_err err = step(r);
	log_request(NULL);
	db_look_up(&r->ctx);
	r->ctx.mem = r->mem;
	r->ctx.db = NULL;
	r->ctx.why = NULL;
	arena_end(mem);
	return err;
}

static const char *request_own(struct request *r, const char *text)
{
	return text ? arena_copy(r->mem, text) : NULL;
}

/* What the page left in the step's memory moves to the request's. */
static void request_keep(struct request *r)
{
	struct reply *reply = &r->reply;
	reply->where = request_own(r, reply->where);
	reply->type = request_own(r, reply->type);
	reply->name = request_own(r, reply->name);
	reply->cookie[0] = request_own(r, reply->cookie[0]);
	reply->cookie[1] = request_own(r, reply->cookie[1]);
	reply->etag = request_own(r, reply->etag);
	reply->stream = request_own(r, reply->stream);
	for (size_t i = 0; i < REPLY_HEADERS && reply->header[i].name; i++)
		reply->header[i].value = request_own(r, reply->header[i].value);
	if (reply->body.mem != r->mem) {
		struct text body = text_begin(r->mem);
		text_add_n(&body, reply->body.bytes, reply->body.size);
		reply->body = body;
	}
	r->ready = true;
}

static void request_problem(struct request *r, enum mc_err err)
{
	if (r->reply.file > 0)
		close(r->reply.file);
	r->reply.file = 0;
	/* While a body is read no step runs, and the frame of a page looks into the store. */
	bool between = !r->ctx.db;
	if (between)
		r->ctx.db = db_reader(r->site->store);
	r->site->problem(&r->ctx, &r->ask, err, &r->reply);
	if (between)
		r->ctx.db = NULL;
}

/* Whose keys of requests they are: a stranger's, by the cookie that came, or else by the address. */
static const char *request_owner(struct request *r)
{
	if (*r->ctx.person)
		return r->ctx.person;
	const char *stranger = r->caller.visitor ? arena_print(r->ctx.mem, "from %s", r->ask.address) : r->ask.csrf;
	return digest_of(r->ctx.mem, stranger, strlen(stranger));
}

/* The page itself says whether this person may do this here, where a body may be long. Nothing of its answer
 * counts but the refusal. */
static enum mc_err request_early(struct request *r)
{
	r->ask.early = true;
	enum mc_err err = r->route->show(&r->ctx, &r->ask, &r->reply);
	r->ask.early = false;
	r->ask.intake = r->reply.intake;
	if (!err)
		r->reply = (struct reply){ .body = r->reply.body };
	if (r->route->flags & PAGE_STREAM)
		r->body.most = r->ask.intake ? r->ask.intake->most : 0;
	/* A stage that is over, an entry that has come since, or a right that was given up may be this very
	 * request's doing, sent once already: whoever has read its key says so. */
	if (r->body.multipart && (err == MC_CONFLICT || err == MC_STALE || (err && once_known(&r->ctx, &r->ask, request_owner(r))))) {
		ctx_forget(&r->ctx);
		r->reply = (struct reply){ .body = r->reply.body };
		return MC_OK;
	}
	return err;
}

/* Who asks, and may they: everything that needs no body. */
static enum mc_err request_admit(struct request *r)
{
	struct form *query = form_begin(r->mem);
	r->ask.query = query;
	const char *values = r->ask.uri + strlen(r->ask.path);
	enum mc_err err = *values ? ask_pairs(&r->ctx, values + 1, strlen(values + 1), query) : MC_OK;
	if (!r->route || !(r->route->flags & PAGE_BARE)) {
		enum mc_err down = caller_find(&r->ctx, &r->ask, r->route, r->site, &r->caller);
		err = err ? err : down;
	}
	if (!err && *r->allow) {
		r->reply.status = 405;
		err = ctx_fail(&r->ctx, MC_INVALID, (struct why){ .key = "request.method", .arg = { r->ask.method } });
	} else if (!err && !r->route) {
		err = MC_UNKNOWN;
	}
	if (!err && r->site->pace)
		err = pace_admit(&r->ctx, r->site->pace, &r->ask, r->route, r->mem, &r->reply);
	if (!err)
		err = router_admit(&r->ctx, &r->ask, r->route);
	if (!err && caller_acts(&r->ask) && !(r->route->flags & PAGE_OPEN) && !csrf_same_site(&r->ask))
		err = ctx_fail(&r->ctx, MC_DENIED, (struct why){ .key = "csrf.other_site" });
	/* A body that is no form cannot carry the token. */
	if (!err && r->route->flags & PAGE_STREAM && caller_needs_token(&r->ctx, &r->ask, r->route))
		err = csrf_check(&r->ctx, &r->ask);
	if (!err)
		err = body_announced(&r->ctx, &r->body, r->route);
	if (!err && r->route->flags & PAGE_EARLY && (r->body.multipart || r->route->flags & PAGE_STREAM))
		err = request_early(r);
	if (r->ask.bearer && (err == MC_SIGNIN || err == MC_DENIED))
		r->challenge = bearer_challenge(r->mem, r->route, err);
	if (err == MC_SIGNIN && !r->ask.json && !r->ask.bearer)
		caller_sign_in_first(&r->ask, &r->reply);
	else if (err)
		request_problem(r, err);
	if (err)
		request_keep(r);
	return err;
}

static bool request_chooses_lang(struct request *r)
{
	bool reads = !strcmp(r->ask.method, "GET") || !strcmp(r->ask.method, "HEAD");
	const char *values = strchr(r->ask.uri, '?');
	const char *at = reads && values ? strstr(values, "lang=") : NULL;
	if (!at || (at[-1] != '?' && at[-1] != '&'))
		return false;
	bool zh = !strncmp(at + 5, "zh", 2), en = !strncmp(at + 5, "en", 2);
	if ((!zh && !en) || (at[7] && at[7] != '&'))
		return false;
	r->reply.status = 303;
	r->reply.where = ask_local(ask_without_lang(r->mem, r->ask.uri));
	r->reply.cookie[0] = cookie_make(r->mem, COOKIE_LANG, zh ? "zh" : "en", cookie_secure(r->site->origin));
	r->ready = true;
	return true;
}

static void request_set_ask(struct request *r, const struct request_start *start)
{
	struct ask *ask = &r->ask;
	bool plain = ask_plain(start->uri);
	*ask = (struct ask){
		.method = arena_copy(r->mem, start->method), .uri = plain ? arena_copy(r->mem, start->uri) : "/",
		.part = { "", "", "", "" }, .form = form_begin(r->mem), .body = "", .csrf = "", .name = "",
		.address = arena_copy(r->mem, start->address), .header = start->header, .under = start->under,
		.store = r->site->store, .traffic = r->site->traffic, .mem = r->mem,
	};
	char *path = arena_copy(r->mem, ask->uri);
	path[strcspn(path, "?")] = '\0';
	ask->path = path;
	ask->query = ask->form;
	ask->files = form_begin(r->mem);
	ask->host = ask_host(r->mem, ask->header(ask, "Host"));
	ask->origin = *r->site->origin ? r->site->origin : arena_print(r->mem, "http://%s", ask->host);
	const char *accept = ask->header(ask, "Accept");
	ask->json = ask_wants_json(accept) || (ask_type_is(ask->header(ask, "Content-Type"), "application/json") &&
					       !strstr(accept, "text/html"));
	r->allow = r->challenge = "";
	r->route = plain ? router_find(r->site->router, r->mem, ask, &r->allow) : NULL;
}

bool request_is_slow(const struct request *r)
{
	return r->route && r->route->flags & (PAGE_WORKER | PAGE_FILES);
}

bool request_at_door(const struct request *r) { return r->route && r->route->flags & PAGE_DOOR; }

static enum mc_err request_once(struct request *r)
{
	struct once once;
	bool worker = r->route->flags & PAGE_WORKER;
	enum mc_err err = once_begin(&r->ctx, &r->ask, request_owner(r), worker, &r->reply, &once);
	if (!err && !once.answered)
		err = r->route->show(&r->ctx, &r->ask, &r->reply);
	if (!err && r->ask.json && r->reply.status == 303 && !r->reply.body.size)
		r->site->led(&r->ctx, &r->ask, &r->reply);
	once_end(&r->ctx, &once, &r->ask, &r->reply, err);
	return err;
}

/* What may be kept (http/response) is named by its bytes, if the page has no better name for it. */
static void request_tag(struct request *r)
{
	struct reply *reply = &r->reply;
	bool whole = (!reply->status || reply->status == 200) && reply->file <= 0 && !reply->stream && !reply->secret;
	if (whole && !reply->etag && (r->ask.json || !*r->ctx.person))
		reply->etag = arena_print(r->ctx.mem, "%.32s", digest_of(r->ctx.mem, reply->body.bytes, reply->body.size));
}

/* What is only for some is given to nobody without a line in the read log. */
static enum mc_err request_perusal(struct request *r)
{
	int status = r->reply.status ? r->reply.status : 200;
	/* What an act answers is in the docket; 422 is its form again. */
	bool shows = (strcmp(r->route->method, "POST") && status < 300) || status == 422;
	if (r->route->flags & (PAGE_PUBLIC | PAGE_BARE) || !shows)
		return MC_OK;
	enum mc_err err = perusal_note(&r->ctx, r->ask.method, r->ask.uri, status);
	if (err)
		r->reply.status = 0;
	return err;
}

static enum mc_err request_kept_admit(struct request *r)
{
	enum mc_err err = r->site->pace ? pace_admit(&r->ctx, r->site->pace, &r->ask, r->route, r->mem, &r->reply) : MC_OK;
	return err ? err : request_perusal(r);
}

/* True if the answer is there already. */
static bool request_kept(struct request *r)
{
	if (!revisit_find(&r->ctx, &r->ask, r->route, r->site, &r->reply))
		return false;
	enum mc_err err = request_kept_admit(r);
	if (err)
		request_problem(r, err);
	request_keep(r);
	return true;
}

static enum mc_err request_page(struct request *r)
{
	bool acts = !strcmp(r->route->method, "POST") && !(r->route->flags & PAGE_OPEN);
	/* What is asked about everybody, such as how many letters wait, may fail. */
	(void)db_truth(&r->ctx, MC_OK);
	enum mc_err err = db_truth(&r->ctx, acts ? request_once(r) : r->route->show(&r->ctx, &r->ask, &r->reply));
	if (!err)
		err = request_perusal(r);
	if (err)
		request_problem(r, err);
	else if (!strcmp(r->route->method, "GET"))
		request_tag(r);
	if (!err && !r->caller.visitor)
		revisit_keep(&r->ctx, &r->ask, r->route, r->site, &r->reply, r->tide, r->caller.until);
	request_keep(r);
	return err;
}

/* What only reads, and at once, is done with in the same step. */
static enum mc_err request_begin(struct request *r)
{
	enum mc_err err = request_admit(r);
	bool reads = r->route && !strcmp(r->route->method, "GET") && !request_is_slow(r);
	return err || !reads ? err : request_page(r);
}

static enum mc_err request_unsound(struct request *r)
{
	enum mc_err err = ctx_fail(&r->ctx, MC_INVALID, (struct why){ .key = "request.framing" });
	r->reply.status = 400;
	request_problem(r, err);
	request_keep(r);
	return err;
}

void request_open(struct request *r, const struct request_start *start)
{
	r->reply.body = text_begin(r->mem);
	request_set_ask(r, start);
	const char *header = r->ask.header(&r->ask, "Cookie");
	r->ctx = (struct ctx){
		.mem = r->mem, .person = "", .session = "", .request = id_new(r->mem), .now = clock_now(),
		.device = ask_cut(r->mem, r->ask.header(&r->ask, "User-Agent"), REQUEST_DEVICE),
		.lang = ask_lang(cookie_find(r->mem, header, cookie_name(COOKIE_LANG, false)),
				 r->ask.header(&r->ask, "Accept-Language")),
	};
	body_expect(&r->body, &r->ask, r->route, start->length);
	r->tide = kept_tide(r->site->kept);
	if (start->unsound)
		(void)request_step(r, request_unsound, true);
	else if (!request_chooses_lang(r) && !request_kept(r))
		(void)request_step(r, request_begin, true);
	r->body.size = 0;
}

void request_refuse(struct request *r, enum mc_err err, struct why why)
{
	ctx_forget(&r->ctx);
	(void)ctx_fail(&r->ctx, err, why);
	request_problem(r, err);
	request_keep(r);
}

bool request_read(struct request *r, const char *bytes, size_t n)
{
	r->body.size += (int64_t)n;
	if (r->ready)
		return !body_floods(&r->body);
	enum mc_err err = body_add(&r->ctx, &r->body, &r->ask, &r->reply, bytes, n);
	r->grown = err && r->body.size > r->body.most;
	if (err) {
		request_problem(r, err);
		request_keep(r);
	}
	return true;
}

static enum mc_err request_settle_step(struct request *r)
{
	enum mc_err err = r->ask.intake->settle(&r->ctx, r->ask.intake, &r->reply);
	if (err) {
		request_problem(r, err);
		request_keep(r);
	}
	return err;
}

void request_settle(struct request *r) { (void)request_step(r, request_settle_step, false); }

bool request_is_due(const struct request *r) { return !r->ready && r->ask.intake && r->ask.intake->due; }

void request_run(struct request *r)
{
	enum mc_err err = body_form(&r->ctx, &r->body, &r->ask, r->route);
	if (!err && !(r->route->flags & PAGE_STREAM) && caller_needs_token(&r->ctx, &r->ask, r->route))
		err = csrf_check(&r->ctx, &r->ask);
	if (!err)
		err = body_files(&r->ctx, &r->body, &r->ask);
	if (!err) {
		(void)request_step(r, request_page, !request_is_slow(r));
		return;
	}
	request_problem(r, err);
	request_keep(r);
}
