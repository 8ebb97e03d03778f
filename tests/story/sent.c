#include "sent.h"
#include "played.h"
#include "../../src/base/arena.h"
#include "../../src/base/text.h"
#include "../../src/court/login.h"
#include "../../src/http/request.h"
#include "../../src/http/router.h"
#include "../../src/http/traffic.h"
#include "../../src/web/pages.h"
#include "../../src/web/page.h"
#include "../../src/web/problem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SENT_TRIES = 8, SENT_PIECES = 3 };

/* Whoever a story speaks of is verified, and signed in with a cookie that is their id. */
static enum mc_err sent_login(struct ctx *ctx, const char *token, struct login *out)
{
	*out = (struct login){ .person = arena_copy(ctx->mem, token), .name = "", .session = "story", .csrf = "token", .verified = true };
	return MC_OK;
}

static const char *sent_header(const struct ask *ask, const char *name)
{
	const struct sent_call *call = ask->under;
	for (size_t i = 0; i < SENT_HEADERS && call->header[i].name; i++)
		if (!strcasecmp(call->header[i].name, name))
			return call->header[i].value;
	return "";
}

static const char *sent_said(const struct reply *reply, const char *name)
{
	for (size_t i = 0; i < REPLY_HEADERS && reply->header[i].name; i++)
		if (!strcasecmp(reply->header[i].name, name))
			return reply->header[i].value;
	return "";
}

static void sent_add(struct sent_call *call, const char *name, const char *value)
{
	size_t at = 0;
	while (call->header[at].name)
		at++;
	if (at == SENT_HEADERS - 1)
		abort();
	call->header[at].name = name;
	call->header[at].value = value;
}

static struct sent_answer sent_here(struct stage_set *set, const char *who, const struct sent_call *asked)
{
	struct arena *mem = arena_begin();
	struct request *r = arena_take(mem, sizeof *r);
	struct sent_call call = *asked;
	const struct router *router = router_begin(mem, pages_all);
	struct site site = { .store = set->store, .router = router, .traffic = traffic_begin(mem, router), .origin = "",
		.login = sent_login, .led = page_led, .problem = problem_reply };
	sent_add(&call, "Cookie", arena_print(mem, "court=%s", who));
	sent_add(&call, "X-CSRF-Token", "token");
	r->mem = mem;
	r->site = &site;
	request_open(r, &(struct request_start){ .method = call.method, .uri = call.path, .address = "127.0.0.1", .header = sent_header,
		.under = &call, .length = (int64_t)call.size });
	for (size_t at = 0; !r->ready && at < call.size; at += 20) {
		(void)request_read(r, call.body + at, call.size - at < 20 ? call.size - at : 20);
		if (request_is_due(r))
			request_settle(r);
	}
	if (!r->ready)
		request_run(r);
	const char *offset = sent_said(&r->reply, "Upload-Offset"), *type = strstr(text_end(&r->reply.body), "/problems/");
	struct sent_answer answer = { r->reply.status ? r->reply.status : 200, arena_copy(set->mem, r->reply.where ? r->reply.where : ""),
		"", *offset ? strtoll(offset, NULL, 10) : -1 };
	if (answer.status >= 400 && type)
		answer.key = arena_print(set->mem, "%.*s", (int)strcspn(type + 10, "\""), type + 10);
	arena_end(mem);
	return answer;
}

struct sent_answer sent_ask(struct stage_set *set, const char *who, const struct sent_call *call)
{
	return set->program ? played_sent(set, who, call) : sent_here(set, who, call);
}

static struct sent_call sent_call(const char *method, const char *path)
{
	struct sent_call call = { .method = method, .path = path, .body = "" };
	sent_add(&call, "Accept", "application/json");
	sent_add(&call, "Tus-Resumable", "1.0.0");
	return call;
}

static void sent_bytes(struct sent_call *call, const char *bytes, size_t n)
{
	call->body = bytes;
	call->size = n;
	sent_add(call, "Content-Type", "application/offset+octet-stream");
}

const char *sent_pdf(struct arena *mem, const char *words)
{
	return arena_print(mem, "%%PDF-1.4\n%% %s\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \n"
		"trailer<</Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", words, strlen(words) + 47);
}

const char *sent_file(struct stage_set *set, const char *who, const char *bytes, bool with,
		      void (*trouble)(const struct sent_call *, const struct sent_answer *))
{
	const int64_t size = (int64_t)strlen(bytes), piece = size / SENT_PIECES + 1;
	const char *path = "";
	int64_t offset = -1;            /* -1: to be asked */
	for (int tries = 0; tries < SENT_TRIES + SENT_PIECES && (!*path || offset < size); tries++) {
		struct sent_call call = sent_call(!*path ? "POST" : offset < 0 ? "HEAD" : "PATCH", *path ? path : "/uploads");
		if (!*path) {
			sent_add(&call, "Upload-Length", arena_print(set->mem, "%lld", (long long)size));
			sent_add(&call, "Upload-Metadata", "filename YS5wZGY=");       /* a.pdf */
		} else if (offset >= 0) {
			sent_add(&call, "Upload-Offset", arena_print(set->mem, "%lld", (long long)offset));
		}
		if (*path ? offset >= 0 : with) {
			int64_t from = *path ? offset : 0;
			sent_bytes(&call, bytes + from, (size_t)(size - from < piece ? size - from : piece));
		}
		struct sent_answer answer = sent_ask(set, who, &call);
		bool good = answer.status < 300 && answer.offset >= (offset > 0 ? offset : 0);
		if (!good && trouble)
			trouble(&call, &answer);
		if (good && !*path)
			path = answer.where;
		offset = good ? answer.offset : -1;
	}
	return *path && offset == size ? path + strlen("/uploads/") : NULL;
}
