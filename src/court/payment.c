#include "payment.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "../base/log.h"
#include "../base/setting.h"
#include "../base/text.h"
#include "../store/db.h"

#include <assert.h>
#include <curl/curl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	PAYMENT_MINUTES = 10,           /* how far the time of a call-back may be away */
	PAYMENT_REFERENCE = 100,        /* characters */
	PAYMENT_CONNECT_MS = 3000, PAYMENT_ALL_MS = 8000,
	PAYMENT_MOST = 20,
};

/* The sandbox: set once before any thread begins, only read afterwards. Its secret is new each time
 * the program starts, so nobody outside can play the service. */
static struct { const char *base, *secret; struct arena *mem; } payment_rehearsal;

static pthread_once_t payment_once = PTHREAD_ONCE_INIT;

static void payment_start(void)
{
	if (sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT))
		assert(!"libsodium and libcurl start");
}

static void payment_over(void)
{
	arena_end(payment_rehearsal.mem);
}

void payment_rehearse(const char *base)
{
	assert(!payment_rehearsal.mem);
	payment_rehearsal.mem = arena_begin();
	payment_rehearsal.base = arena_copy(payment_rehearsal.mem, base);
	payment_rehearsal.secret = id_secret(payment_rehearsal.mem);
	(void)atexit(payment_over);
}

static const char *payment_url(void) { return setting_text(SETTING_PAYMENT_URL); }

/* A service with half its settings missing is not replaced by the sandbox: somebody meant a real one. */
static const char *payment_secret(void)
{
	if (*payment_url())
		return setting_text(SETTING_PAYMENT_SECRET);
	return payment_rehearsal.secret ? payment_rehearsal.secret : "";
}

bool payment_on(void) { return *payment_secret() != '\0'; }

bool payment_sandbox(void) { return !*payment_url() && payment_rehearsal.secret; }

const char *payment_sign(struct arena *mem, const char *secret, const char *bytes)
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	pthread_once(&payment_once, payment_start);
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, strlen(secret));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)bytes, strlen(bytes));
	crypto_auth_hmacsha256_final(&state, mac);
	return text_hex(mem, mac, sizeof mac);
}

/* Compares in a time that does not tell how much of it was right. */
static bool payment_signed(struct arena *mem, const char *secret, const char *bytes, const char *signature)
{
	const char *right = payment_sign(mem, secret, bytes);
	return *secret && strlen(signature) == strlen(right) && !sodium_memcmp(signature, right, strlen(right));
}

static const char *payment_canonical(struct arena *mem, const struct payment_order *o)
{
	return arena_print(mem, "%s\n%s\n%lld\n%s", o->court, o->order, (long long)o->fen, o->back);
}

static void payment_pair(struct text *t, const char *name, const char *value)
{
	text_print(t, "%s=", name);
	text_url(t, value);
}

enum mc_err payment_go(struct ctx *ctx, const struct payment_order *o, const char **where)
{
	*where = "";
	if (!payment_on())
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "payment.off" });
	const char *url = payment_sandbox() ? PAYMENT_SANDBOX : payment_url();
	struct text t = text_begin(ctx->mem);
	text_add(&t, url);
	text_add(&t, strchr(url, '?') ? "&" : "?");
	payment_pair(&t, "order", o->order);
	payment_pair(&t, "&court", o->court);
	payment_pair(&t, "&fen", arena_print(ctx->mem, "%lld", (long long)o->fen));
	payment_pair(&t, "&return", o->back);
	payment_pair(&t, "&sign", payment_sign(ctx->mem, payment_secret(), payment_canonical(ctx->mem, o)));
	*where = text_end(&t);
	return MC_OK;
}

/* Digits only: a sum or a time is a whole number, written without anything else. */
static bool payment_whole(const char *text, int64_t *out)
{
	size_t n = strlen(text);
	*out = 0;
	if (!n || n > 15 || strspn(text, "0123456789") != n)
		return false;
	for (; *text; text++)
		*out = *out * 10 + (*text - '0');
	return true;
}

enum mc_err payment_read(struct ctx *ctx, const char *body, const char *signature, struct payment_notice *out)
{
	struct form *form;
	if (!payment_on())
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "payment.off" });
	if (!payment_signed(ctx->mem, payment_secret(), body, signature))
		return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "payment.signature" });
	enum mc_err err = form_read(ctx, body, strlen(body), &form);
	if (err)
		return err;
	*out = (struct payment_notice){ .court = form_get(form, "court"), .order = form_get(form, "order"),
		.reference = form_get(form, "reference") };
	if (!*out->court || !*out->order)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "payment.no_order", .field = "order" });
	if (!payment_whole(form_get(form, "fen"), &out->fen))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "payment.no_fen", .field = "fen" });
	if (!*out->reference || text_chars(out->reference) > PAYMENT_REFERENCE)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "payment.no_reference", .field = "reference" });
	if (!payment_whole(form_get(form, "at"), &out->at) || out->at < ctx->now - PAYMENT_MINUTES * 60
	    || out->at > ctx->now + PAYMENT_MINUTES * 60)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "payment.stale", .field = "at" });
	return MC_OK;
}

enum mc_err payment_brought(struct ctx *ctx, const struct form *query, struct payment_order *out)
{
	*out = (struct payment_order){ .court = form_get(query, "court"), .order = form_get(query, "order"),
		.back = form_get(query, "return") };
	if (!payment_sandbox() || !payment_whole(form_get(query, "fen"), &out->fen)
	    || !payment_signed(ctx->mem, payment_secret(), payment_canonical(ctx->mem, out), form_get(query, "sign")))
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "payment.sandbox_unknown" });
	return MC_OK;
}

/* The answer is not read: its status says everything. */
static size_t payment_unread(char *bytes, size_t size, size_t n, void *to)
{
	(void)bytes;
	(void)to;
	return size * n;
}

static long payment_post(struct ctx *ctx, const char *url, const char *body)
{
	long status = 0;
	CURL *curl = curl_easy_init();
	if (!curl)
		return 0;
	const char *signature = payment_sign(ctx->mem, payment_secret(), body);
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
	headers = curl_slist_append(headers, "Accept: application/json");
	headers = curl_slist_append(headers, arena_print(ctx->mem, "X-Signature: %s", signature));
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)PAYMENT_CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)PAYMENT_ALL_MS);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, payment_unread);
	CURLcode code = curl_easy_perform(curl);
	if (code == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	else
		log_error("payment-sandbox", "why", curl_easy_strerror(code));
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return status;
}

enum mc_err payment_call(struct ctx *ctx, const struct payment_order *o)
{
	if (!payment_sandbox())
		return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "payment.sandbox_unknown" });
	struct form *f = form_begin(ctx->mem);
	form_set(f, "court", o->court);
	form_set(f, "order", o->order);
	form_set(f, "fen", arena_print(ctx->mem, "%lld", (long long)o->fen));
	form_set(f, "reference", arena_print(ctx->mem, "sandbox-%s", o->order));
	form_set(f, "at", arena_print(ctx->mem, "%lld", (long long)ctx->now));
	const char *url = arena_print(ctx->mem, "%s/payments/callback", payment_rehearsal.base);
	return payment_post(ctx, url, form_json(f)) == 200 ? MC_OK
		: ctx_fail(ctx, MC_STORE, (struct why){ .key = "payment.no_answer" });
}

enum mc_err payment_list(struct ctx *ctx, const struct docket *d, struct payment **out, size_t *count)
{
	*out = arena_take(ctx->mem, PAYMENT_MOST * sizeof **out);
	*count = 0;
	struct row *r = db_ask(ctx, "select id, reference, fen, at from payment where court = $1 and docket = $2"
		" and state = 'paid' order by id desc limit 20", "tt", d->court, d->id);
	while (*count < PAYMENT_MOST && db_next(r))
		(*out)[(*count)++] = (struct payment){ db_text(r, 0), db_text(r, 1), db_int(r, 2), db_int(r, 3) };
	return db_broken(r) ? MC_STORE : MC_OK;
}
