/* Whatever is asked of the whole house, without a socket: every route, by a stranger, a party or somebody of
 * the court, with values, headers and bodies of any kind. The house answers with words of its own: never
 * a failure of itself, a header with a second line in it, an element that somebody typed, or anything to a
 * stranger that is for those who are signed in.
 *
 * An input: who, which route, how (bits: see below), then lines: the pieces of the address, a blank one by
 * one; the query; headers until an empty line; the rest is the body. */
#include "base/text.h"
#include "court/login.h"
#include "http/request.h"
#include "http/router.h"
#include "http/traffic.h"
#include "web/pages.h"
#include "web/page.h"
#include "web/problem.h"
#include "../unit/suit.h"

#include <assert.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

enum { FUZZ_REQUEST_KNOWN = 1, FUZZ_REQUEST_JSON = 2, FUZZ_REQUEST_SENDS_JSON = 4, FUZZ_REQUEST_HEAD = 8, FUZZ_REQUEST_HEADERS = 20 };

static struct suit fuzz_request_suit;
static struct site fuzz_request_site;
static const char *fuzz_request_case, *fuzz_request_who[8];
static const char *const fuzz_request_names[8] = { "", "zhangwei", "lina", "bj-clerk", "bj-filing", "bj-president", "bj-admin", "wangqiang" };

struct fuzz_request_headers { size_t count; const char *name[FUZZ_REQUEST_HEADERS], *value[FUZZ_REQUEST_HEADERS]; };

static void fuzz_request_gone(void) { folder_remove(fuzz_request_suit.directory); }

static enum mc_err fuzz_request_login(struct ctx *ctx, const char *token, struct login *out)
{
	(void)ctx;
	size_t who = strspn(token, "1234567") ? (size_t)(token[0] - '0') : 0;
	if (!who)
		return MC_SIGNIN;
	*out = (struct login){ .person = fuzz_request_who[who], .name = fuzz_request_names[who], .session = "test", .csrf = "token",
		.verified = who != 7, .staff = who > 2 && who < 7 };
	return MC_OK;
}

static void fuzz_request_begin(void)
{
	assert(sodium_init() >= 0 && !setenv("TMPDIR", "/dev/shm", 1));        /* nothing here need outlive the machine */
	suit_open(&fuzz_request_suit);
	atexit(fuzz_request_gone);
	fuzz_request_case = suit_to(&fuzz_request_suit, STAGE_ANSWERING);
	for (size_t i = 1; i < 8; i++)
		fuzz_request_who[i] = suit_person(&fuzz_request_suit, fuzz_request_names[i]);
	struct arena *mem = fuzz_request_suit.ctx.mem;
	const struct router *router = router_begin(mem, pages_all);
	fuzz_request_site = (struct site){ .store = fuzz_request_suit.store, .router = router, .origin = "",
		.traffic = traffic_begin(mem, router), .login = fuzz_request_login, .led = page_led, .problem = problem_reply };
}

static const char *fuzz_request_header(const struct ask *ask, const char *name)
{
	const struct fuzz_request_headers *headers = ask->under;
	for (size_t i = 0; i < headers->count; i++)
		if (!strcasecmp(headers->name[i], name))
			return headers->value[i];
	return "";
}

static void fuzz_request_say(struct fuzz_request_headers *headers, const char *name, const char *value)
{
	if (headers->count < FUZZ_REQUEST_HEADERS) {
		headers->name[headers->count] = name;
		headers->value[headers->count++] = value;
	}
}

static char *fuzz_request_line(char **rest, const char *ends)
{
	char *line = *rest;
	size_t n = strcspn(line, ends);
	*rest = line + n + (line[n] != '\0');
	line[n] = '\0';
	return line;
}

/* The route's path with these pieces, or with what there is. */
static const char *fuzz_request_path(struct arena *mem, const char *path, char *pieces, bool known)
{
	static const char *const names[] = { "court", "id", "number", "act", "name", "list", "kind", "key" };
	const char *const values[] = { SUIT_COURT, fuzz_request_case, "1", "answer", "court.css", "causes", "citizen", "person.sign_in" };
	struct text out = text_begin(mem);
	for (const char *at = path; *at;) {
		size_t n = strcspn(at + 1, "/") + 1;
		const char *value = at[1] == ':' ? fuzz_request_line(&pieces, " ") : NULL;
		for (size_t i = 0; value && known && i < sizeof names / sizeof *names; i++)
			if (strlen(names[i]) == n - 2 && !memcmp(names[i], at + 2, n - 2))
				value = values[i];
		text_add(&out, "/");
		text_add_n(&out, value ? value : at + 1, value ? strlen(value) : n - 1);
		at += n;
	}
	return text_end(&out);
}

/* Passwords are not reckoned here: that takes as long as a thousand other requests. These stand before
 * those of libsodium. */
int crypto_pwhash_str(char out[crypto_pwhash_STRBYTES], const char *const password, unsigned long long n, unsigned long long passes, size_t bytes)
{
	(void)passes;
	(void)bytes;
	snprintf(out, crypto_pwhash_STRBYTES, "%.*s", n < 100 ? (int)n : 100, password);
	return 0;
}

int crypto_pwhash_str_verify(const char *hash, const char *const password, unsigned long long n)
{
	char own[crypto_pwhash_STRBYTES];
	return crypto_pwhash_str(own, password, n, 0, 0) || strcmp(own, hash) ? -1 : 0;
}

int crypto_pwhash_str_needs_rehash(const char *hash, unsigned long long passes, size_t bytes)
{
	(void)hash;
	(void)passes;
	(void)bytes;
	return 0;
}

static void fuzz_request_plain(const char *value)
{
	for (; value && *value; value++)
		assert((unsigned char)*value >= 0x20 && *value != 0x7f);
}

static void fuzz_request_look(struct request *r)
{
	struct reply *reply = &r->reply;
	int status = reply->status ? reply->status : 200;
	assert(r->ready && status >= 200 && status < 600);
	if (status >= 500) {
		fprintf(stderr, "%s %s: %d\n%s\n", r->ask.method, r->ask.uri, status, text_end(&reply->body));
		assert(strstr(r->ask.path, "/ready"));
	}
	fuzz_request_plain(reply->where);
	fuzz_request_plain(reply->type);
	fuzz_request_plain(reply->etag);
	fuzz_request_plain(reply->cookie[0]);
	fuzz_request_plain(reply->cookie[1]);
	fuzz_request_plain(r->caller.visitor);
	for (size_t i = 0; i < REPLY_HEADERS && reply->header[i].name; i++)
		fuzz_request_plain(reply->header[i].value);
	if (reply->where)
		assert(reply->where[0] == '/' && reply->where[1] != '/' && reply->where[1] != '\\');
	bool inside = r->route && !(r->route->flags & (PAGE_PUBLIC | PAGE_BARE | PAGE_OPEN));
	if (inside && !*r->ctx.person)
		assert(status != 200 && (status != 303 || !strncmp(reply->where, "/sign-in", 8) || strstr(r->ask.uri, "lang=")));
	if (reply->file > 0 || reply->stream || !reply->body.size)
		return;
	const char *body = text_end(&reply->body);
	bool json = reply->type && (strstr(reply->type, "json") != NULL);
	if (json) {
		json_t *value = json_loadb(body, reply->body.size, JSON_DECODE_ANY, NULL);
		assert(value);
		json_decref(value);
	} else if (!reply->type || !strncmp(reply->type, "text/html", 9)) {
		assert(text_valid(body, reply->body.size) && !strcasestr(body, "<q9") && !strstr(body, "\"q9="));
	}
}

static void fuzz_request_ask(struct request *r, const struct request_start *start, const char *body, size_t n)
{
	request_open(r, start);
	for (size_t at = 0; !r->ready && at < n; at += 700) {
		(void)request_read(r, body + at, n - at < 700 ? n - at : 700);
		if (request_is_due(r))
			request_settle(r);
	}
	if (!r->ready)
		request_run(r);
	fuzz_request_look(r);
	if (r->reply.file > 0)
		close(r->reply.file);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	if (!fuzz_request_site.store)
		fuzz_request_begin();
	if (n < 3)
		return 0;
	struct arena *mem = arena_begin();
	struct request *r = arena_take(mem, sizeof *r);
	struct fuzz_request_headers headers = { 0 };
	const struct route *route = router_at(fuzz_request_site.router, bytes[1] % router_count(fuzz_request_site.router));
	unsigned who = bytes[0] % 8, how = bytes[2];
	char *rest = arena_take(mem, n + 1);
	memcpy(rest, bytes + 3, n - 3);
	const char *end = rest + n - 3, *pieces = fuzz_request_line(&rest, "\n"), *query = fuzz_request_line(&rest, "\n");
	for (char *line; *(line = fuzz_request_line(&rest, "\n"));) {
		char *value = line;
		const char *name = fuzz_request_line(&value, ":");
		fuzz_request_say(&headers, name, value + strspn(value, " "));
	}
	const char *path = fuzz_request_path(mem, route->path, arena_copy(mem, pieces), how & FUZZ_REQUEST_KNOWN);
	if (who)
		fuzz_request_say(&headers, "Cookie", arena_print(mem, "court=%u", who));
	fuzz_request_say(&headers, "X-CSRF-Token", "token");
	fuzz_request_say(&headers, "Host", "localhost");
	fuzz_request_say(&headers, "Accept", how & FUZZ_REQUEST_JSON ? "application/json" : "text/html");
	fuzz_request_say(&headers, "Content-Type", how & FUZZ_REQUEST_SENDS_JSON ? "application/json" : "application/x-www-form-urlencoded");
	r->mem = mem;
	r->site = &fuzz_request_site;
	bool head = how & FUZZ_REQUEST_HEAD && !strcmp(route->method, "GET");
	fuzz_request_ask(r, &(struct request_start){ .method = head ? "HEAD" : route->method,
		.uri = *query ? arena_print(mem, "%s?%s", path, query) : path, .address = "127.0.0.1", .header = fuzz_request_header,
		.under = &headers, .length = end > rest ? end - rest : 0 }, rest, end > rest ? (size_t)(end - rest) : 0);
	arena_end(mem);
	return 0;
}
