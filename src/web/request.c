#include "request.h"
#include "ask.h"
#include "bearer.h"
#include "cookie.h"
#include "kept.h"
#include "multipart.h"
#include "once.h"
#include "pace.h"
#include "problem.h"
#include "router.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../base/log.h"
#include "../base/setting.h"
#include "../court/login.h"
#include "../court/perusal.h"
#include "../store/db.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REQUEST_URI 4096
#define REQUEST_FORM (2 << 20)          /* bytes of a plain form */
#define REQUEST_RAW (64 << 10)          /* of the raw body of a call-back */
#define REQUEST_FILE (100LL << 20)      /* of one file */
#define REQUEST_FILES (500LL << 20)     /* of all files of one form */
#define REQUEST_FILE_COUNT 50
#define REQUEST_DEVICE 200              /* of what the browser calls itself */
#define REQUEST_DRAIN (1 << 20)         /* read and thrown away, so that the sender reads our answer */

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
	problem_reply(&r->ctx, &r->ask, err, &r->reply);
	if (between)
		r->ctx.db = NULL;
}

static void request_signed(struct request *r, const struct login *login)
{
	r->ctx.person = arena_copy(r->mem, login->person);
	r->ctx.session = arena_copy(r->mem, login->session);
	r->ask.name = arena_copy(r->mem, login->name);
	r->ask.csrf = arena_copy(r->mem, login->csrf);
	r->ask.verified = login->verified;
	r->ask.staff = login->staff;
	r->ask.owes = login->owes;
}

static enum mc_err request_bearer(struct request *r, const char *text)
{
	struct login login = { 0 };
	r->ask.bearer = true;
	enum mc_err err = login_by_token(&r->ctx, text, r->ask.address, &login);
	if (err)
		return err;
	request_signed(r, &login);
	r->ask.scopes = login.scopes;
	r->ctx.device = arena_print(r->mem, "token %s", login.token);
	r->ctx.lay = !(login.scopes & TOKEN_STAFF);
	return MC_OK;
}

static enum mc_err request_login(struct request *r)
{
	/* A call-back proves itself otherwise, and may send a token of somebody else's. */
	const char *text = r->route && r->route->flags & PAGE_OPEN ? "" : bearer_token(&r->ask);
	if (*text)
		return request_bearer(r, text);
	const char *header = r->ask.header(&r->ask, "Cookie");
	bool secure = cookie_secure(r->site->origin);
	const char *token = cookie_find(r->mem, header, cookie_name(COOKIE_SESSION, secure));
	struct login login = { 0 };
	enum mc_err err = *token ? r->site->login(&r->ctx, token, &login) : MC_SIGNIN;
	if (!err) {
		request_signed(r, &login);
		r->until = login.until;
		return MC_OK;
	}
	if (err != MC_SIGNIN)
		return err;
	ctx_forget(&r->ctx);
	const char *visitor = cookie_find(r->mem, header, cookie_name(COOKIE_VISITOR, secure));
	if (strlen(visitor) != 43) {
		visitor = id_secret(r->mem);
		r->visitor = cookie_make(r->mem, COOKIE_VISITOR, visitor, secure);
	}
	r->ask.csrf = csrf_of(r->mem, &r->site->key, visitor);
	return MC_OK;
}

/* Methods that change something must come from our own pages. */
static bool request_acts(const struct ask *ask)
{
	return strcmp(ask->method, "GET") != 0 && strcmp(ask->method, "HEAD") != 0 && strcmp(ask->method, "OPTIONS") != 0;
}

/* A program that sends a token, or JSON without a session, has no borrowed rights that could be misused. */
static bool request_needs_token(const struct request *r)
{
	bool json = ask_type_is(r->ask.header(&r->ask, "Content-Type"), "application/json");
	return request_acts(&r->ask) && !(r->route->flags & PAGE_OPEN) && !r->ask.bearer && (*r->ctx.person || !json);
}

static void request_sign_in_first(struct request *r)
{
	const char *next = r->ask.uri;
	if (request_acts(&r->ask)) {
		/* The form's own page, if the browser says which: its address cannot be asked for by GET. */
		const char *page = strstr(r->ask.header(&r->ask, "Referer"), r->ask.host);
		next = page ? page_local(page + strlen(r->ask.host)) : "/";
	}
	struct text where = text_begin(r->mem);
	text_add(&where, "/sign-in?next=");
	for (; *next; next++)
		if (strchr("&+#%?=", *next))
			text_print(&where, "%%%02X", (unsigned)(unsigned char)*next);
		else
			text_add_n(&where, next, 1);
	r->reply.status = 303;
	r->reply.where = text_end(&where);
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
		r->body_most = r->ask.intake ? r->ask.intake->most : 0;
	/* A stage that is over, or an entry that has come since, may be this very request's doing, sent
	 * once already: whoever has read its key says so. */
	if (r->multipart && (err == MC_CONFLICT || err == MC_STALE)) {
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
		enum mc_err down = request_login(r);
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
	if (!err && request_acts(&r->ask) && !(r->route->flags & PAGE_OPEN) && !csrf_same_site(&r->ask))
		err = ctx_fail(&r->ctx, MC_DENIED, (struct why){ .key = "csrf.other_site" });
	/* A body that is no form cannot carry the token. */
	if (!err && r->route->flags & PAGE_STREAM && request_needs_token(r))
		err = csrf_check(&r->ctx, &r->ask);
	if (!err && r->body_size > r->body_most) {
		bool files = r->route->flags & PAGE_FILES;
		err = ctx_fail(&r->ctx, MC_TOO_LARGE, (struct why){
			.key = files ? "request.too_large" : "form.too_large",
			.arg = { arena_print(r->ctx.mem, "%lld", (long long)(r->body_most >> 20)) } });
	}
	if (!err && r->route->flags & PAGE_EARLY && (r->multipart || r->route->flags & PAGE_STREAM))
		err = request_early(r);
	if (r->ask.bearer && (err == MC_SIGNIN || err == MC_DENIED))
		r->challenge = bearer_challenge(r->mem, r->route, err);
	if (err == MC_SIGNIN && !r->ask.json && !r->ask.bearer)
		request_sign_in_first(r);
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
	r->reply.where = page_local(ask_without_lang(r->mem, r->ask.uri));
	r->reply.cookie[0] = cookie_make(r->mem, COOKIE_LANG, zh ? "zh" : "en", cookie_secure(r->site->origin));
	r->ready = true;
	return true;
}

static const char *request_cut(struct arena *mem, const char *text, size_t most)
{
	size_t n = strnlen(text, most);
	while (n && n == most && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	if (!text_valid(text, n))
		return "";
	char *cut = arena_take(mem, n + 1);
	memcpy(cut, text, n);
	return cut;
}

/* An address fit to be matched and shown again: a path, without blanks and controls. */
static bool request_plain(const char *uri)
{
	if (uri[0] != '/' || strlen(uri) > REQUEST_URI)
		return false;
	for (const char *at = uri; *at; at++)
		if ((unsigned char)*at <= 0x20 || (unsigned char)*at >= 0x7f)
			return false;
	return true;
}

static void request_set_ask(struct request *r, const struct request_start *start)
{
	struct ask *ask = &r->ask;
	bool plain = request_plain(start->uri);
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

static void request_expect_body(struct request *r, const struct request_start *start)
{
	const char *type = r->ask.header(&r->ask, "Content-Type");
	bool files = r->route && r->route->flags & PAGE_FILES;
	bool form = ask_type_is(type, "multipart/form-data") && !(r->route && r->route->flags & PAGE_STREAM);
	r->body_size = start->length;
	r->body_most = !r->route ? 0 : r->route->flags & PAGE_STREAM ? INT64_MAX / 2 : r->route->flags & PAGE_OPEN ? REQUEST_RAW
		     : files && form ? REQUEST_FILES : REQUEST_FORM;
	r->body = text_begin(r->mem);
	if (form && !(r->route && r->route->flags & PAGE_OPEN))
		r->multipart = multipart_begin(r->mem, type, r->site->store, (struct multipart_limits){
			.values = REQUEST_FORM, .file = files ? REQUEST_FILE : 0, .files = REQUEST_FILE_COUNT,
		}, r->ask.form);
}

bool request_is_slow(const struct request *r)
{
	return r->route && r->route->flags & (PAGE_WORKER | PAGE_FILES);
}

/* Whose keys of requests they are: a stranger's, by the cookie that came, or else by the address. */
static const char *request_owner(struct request *r)
{
	if (*r->ctx.person)
		return r->ctx.person;
	const char *stranger = r->visitor ? arena_print(r->ctx.mem, "from %s", r->ask.address) : r->ask.csrf;
	return digest_of(r->ctx.mem, stranger, strlen(stranger));
}

static enum mc_err request_once(struct request *r)
{
	struct once once;
	bool worker = r->route->flags & PAGE_WORKER;
	enum mc_err err = once_begin(&r->ctx, &r->ask, request_owner(r), worker, &r->reply, &once);
	if (!err && !once.answered)
		err = r->route->show(&r->ctx, &r->ask, &r->reply);
	once_end(&r->ctx, &once, &r->ask, &r->reply, err);
	return err;
}

/* What may be kept (web/response) is named by its bytes, if the page has no better name for it. */
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

/* -- answers that are kept (web/kept) -------------------------------------------------- */

/* False if this is none of those. */
static bool request_kept_ask(struct request *r, struct kept_ask *out)
{
	if (!r->site->kept || !r->route || !(r->route->flags & PAGE_KEPT) || strcmp(r->ask.method, "GET") ||
	    *r->ask.header(&r->ask, "Authorization"))
		return false;
	*out = (struct kept_ask){
		.token = cookie_find(r->mem, r->ask.header(&r->ask, "Cookie"), cookie_name(COOKIE_SESSION, cookie_secure(r->site->origin))),
		.uri = r->ask.uri, .host = r->ask.host, .docket = r->ask.part[1], .lang = r->ctx.lang, .json = r->ask.json,
		.now = r->ctx.now,
	};
	return *out->token != '\0';
}

static enum mc_err request_kept_give(struct request *r, const struct kept_answer *kept)
{
	r->ctx.person = kept->person;
	r->ctx.session = kept->session;
	r->ask.csrf = kept->csrf;
	r->reply.type = kept->type;
	r->reply.etag = kept->etag;
	r->reply.body = kept->body;
	enum mc_err err = r->site->pace ? pace_admit(&r->ctx, r->site->pace, &r->ask, r->route, r->mem, &r->reply) : MC_OK;
	return err ? err : request_perusal(r);
}

/* True if the answer is there already. */
static bool request_kept(struct request *r)
{
	struct kept_ask ask;
	struct kept_answer answer;
	if (!request_kept_ask(r, &ask) || setting_on(SETTING_KEPT_DRAWN_TOO) || !kept_find(r->site->kept, r->mem, &ask, &answer))
		return false;
	enum mc_err err = request_kept_give(r, &answer);
	if (err)
		request_problem(r, err);
	request_keep(r);
	return true;
}

/* What was drawn is kept; in tests it is first held against what was kept before. */
static void request_kept_put(struct request *r)
{
	struct kept_ask ask;
	struct kept_answer before;
	bool whole = (!r->reply.status || r->reply.status == 200) && !r->reply.cookie[0] && !r->reply.where && !r->visitor;
	if (!whole || !request_kept_ask(r, &ask))
		return;
	if (setting_on(SETTING_KEPT_DRAWN_TOO) && kept_find(r->site->kept, r->mem, &ask, &before) && kept_tide(r->site->kept) == r->tide &&
	    (before.body.size != r->reply.body.size || memcmp(before.body.bytes, r->reply.body.bytes, before.body.size))) {
		log_error("kept-stale", "path", r->ask.path);
		abort();
	}
	kept_put(r->site->kept, r->tide, &ask, &(struct kept_answer){ .person = r->ctx.person, .session = r->ctx.session,
		.csrf = r->ask.csrf, .type = r->reply.type, .etag = r->reply.etag, .body = r->reply.body, .until = r->until });
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
	if (!err && r->site->kept)
		request_kept_put(r);
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
		.device = request_cut(r->mem, r->ask.header(&r->ask, "User-Agent"), REQUEST_DEVICE),
		.lang = ask_lang(cookie_find(r->mem, header, cookie_name(COOKIE_LANG, false)),
				 r->ask.header(&r->ask, "Accept-Language")),
	};
	request_expect_body(r, start);
	r->tide = kept_tide(r->site->kept);
	if (start->unsound)
		(void)request_step(r, request_unsound, true);
	else if (!request_chooses_lang(r) && !request_kept(r))
		(void)request_step(r, request_begin, true);
	r->body_size = 0;
}

void request_refuse(struct request *r, enum mc_err err, struct why why)
{
	ctx_forget(&r->ctx);
	(void)ctx_fail(&r->ctx, err, why);
	request_problem(r, err);
	request_keep(r);
}

static void request_refuse_size(struct request *r)
{
	r->grown = true;
	request_refuse(r, MC_TOO_LARGE, (struct why){
		.key = "form.too_large",
		.arg = { arena_print(r->mem, "%lld", (long long)(r->body_most >> 20)) } });
}

bool request_read(struct request *r, const char *bytes, size_t n)
{
	enum mc_err err = MC_OK;
	r->body_size += (int64_t)n;
	if (r->ready)
		return r->body_size <= r->body_most + REQUEST_DRAIN;
	if (r->body_size > r->body_most) {
		request_refuse_size(r);
		return true;
	}
	if (r->ask.intake)
		err = r->ask.intake->take(&r->ctx, r->ask.intake, &r->reply, bytes, n);
	else if (r->multipart)
		err = multipart_add(&r->ctx, r->multipart, bytes, n);
	else
		text_add_n(&r->body, bytes, n);
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

static enum mc_err request_form(struct request *r)
{
	const char *type = r->ask.header(&r->ask, "Content-Type");
	r->ask.body = text_end(&r->body);
	if (r->route->flags & (PAGE_OPEN | PAGE_STREAM) || !request_acts(&r->ask))
		return MC_OK;
	if (ask_type_is(type, "application/json"))
		return form_read(&r->ctx, r->ask.body, r->body.size, &r->ask.form);
	if (ask_type_is(type, "application/x-www-form-urlencoded"))
		return ask_pairs(&r->ctx, r->ask.body, r->body.size, r->ask.form);
	if (!r->body_size)
		return MC_OK;
	return r->multipart ? MC_OK : ctx_fail(&r->ctx, MC_INVALID, (struct why){ .key = "request.type" });
}

void request_run(struct request *r)
{
	enum mc_err err = request_form(r);
	if (!err && request_needs_token(r) && !(r->route->flags & PAGE_STREAM))
		err = csrf_check(&r->ctx, &r->ask);
	if (!err && r->multipart && r->body_size)
		err = multipart_end(&r->ctx, r->multipart);
	if (!err && r->multipart) {
		r->ask.files = multipart_files(r->multipart);
		r->ask.wrong = multipart_wrong(r->multipart);
	}
	if (!err) {
		(void)request_step(r, request_page, !request_is_slow(r));
		return;
	}
	request_problem(r, err);
	request_keep(r);
}
