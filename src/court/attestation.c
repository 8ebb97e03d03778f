#include "attestation.h"
#include "verification.h"
#include "../base/arena.h"
#include "../base/form.h"
#include "../base/log.h"
#include "../base/setting.h"
#include "../base/text.h"

#include <assert.h>
#include <curl/curl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
	ATTESTATION_CONNECT_MS = 3000, ATTESTATION_ALL_MS = 8000,
	ATTESTATION_MOST = 64 * 1024,
};

struct attestation_reply {
	struct text body;
	char signature[65];
};

static pthread_once_t attestation_once = PTHREAD_ONCE_INIT;

static void attestation_start(void)
{
	if (sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT))
		assert(false && "libsodium and libcurl start");
}

bool attestation_on(void)
{
	return *setting_text(SETTING_IDENTITY_URL) && *setting_text(SETTING_IDENTITY_SECRET);
}

const char *attestation_sign(struct arena *mem, const char *secret, const char *first, const char *second)
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	pthread_once(&attestation_once, attestation_start);
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, strlen(secret));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)first, strlen(first));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)"\n", 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)second, strlen(second));
	crypto_auth_hmacsha256_final(&state, mac);
	return text_hex(mem, mac, sizeof mac);
}

static size_t attestation_body(char *bytes, size_t size, size_t n, void *to)
{
	struct attestation_reply *reply = to;
	if (reply->body.size + size * n > ATTESTATION_MOST)
		return 0;
	text_add_n(&reply->body, bytes, size * n);
	return size * n;
}

static size_t attestation_header(char *line, size_t size, size_t n, void *to)
{
	static const char name[] = "x-microcourt-signature:";
	struct attestation_reply *reply = to;
	size_t length = size * n, at = sizeof name - 1;
	if (length <= at || strncasecmp(line, name, at))
		return length;
	while (at < length && line[at] == ' ')
		at++;
	size_t m = 0;
	while (at < length && m < 64 && line[at] > ' ')
		reply->signature[m++] = line[at++];
	reply->signature[m] = '\0';
	return length;
}

static void attestation_pair(struct text *t, const char *name, const char *value, const char *before)
{
	text_print(t, "%s\"%s\":", before, name);
	text_json(t, value);
}

static const char *attestation_question(struct ctx *ctx, const struct person *p)
{
	struct text t = text_begin(ctx->mem);
	attestation_pair(&t, "kind", person_kind_key(p->kind) + strlen("person."), "{");
	attestation_pair(&t, "number", p->number, ",");
	attestation_pair(&t, "name", p->name, ",");
	attestation_pair(&t, "mobile", p->mobile, ",");
	if (p->kind == PERSON_ORGANISATION) {
		attestation_pair(&t, "representative", p->representative, ",");
		attestation_pair(&t, "representative_number", p->representative_number, ",");
		attestation_pair(&t, "operator", p->operator, ",");
		attestation_pair(&t, "operator_number", p->operator_number, ",");
	}
	text_add(&t, "}");
	return text_end(&t);
}

static long attestation_post(struct ctx *ctx, const char *question, const char *when, const char *signature,
			     struct attestation_reply *reply)
{
	long status = 0;
	CURL *curl = curl_easy_init();
	if (!curl)
		return 0;
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
	headers = curl_slist_append(headers, "Accept: application/json");
	headers = curl_slist_append(headers, arena_print(ctx->mem, "X-Microcourt-Time: %s", when));
	headers = curl_slist_append(headers, arena_print(ctx->mem, "X-Microcourt-Signature: %s", signature));
	curl_easy_setopt(curl, CURLOPT_URL, setting_text(SETTING_IDENTITY_URL));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)ATTESTATION_CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)ATTESTATION_ALL_MS);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, question);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, attestation_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, reply);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, attestation_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, reply);
	CURLcode code = curl_easy_perform(curl);
	if (code == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	else
		log_error("attestation-silent", "why", curl_easy_strerror(code));
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return status;
}

static enum mc_err attestation_silent(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = "attestation.no_answer" });
}

enum mc_err attestation_ask(struct ctx *ctx, const struct person *person, struct attestation *out)
{
	static const char *const known[] = { "match", "mismatch", "unknown" };
	if (!attestation_on())
		return attestation_silent(ctx);
	pthread_once(&attestation_once, attestation_start);
	const char *secret = setting_text(SETTING_IDENTITY_SECRET);
	const char *question = attestation_question(ctx, person);
	const char *when = arena_print(ctx->mem, "%lld", (long long)ctx->now);
	const char *signature = attestation_sign(ctx->mem, secret, when, question);
	struct attestation_reply reply = { .body = text_begin(ctx->mem) };
	if (attestation_post(ctx, question, when, signature, &reply) != 200)
		return attestation_silent(ctx);
	const char *body = text_end(&reply.body);
	const char *right = attestation_sign(ctx->mem, secret, signature, body);
	if (strlen(reply.signature) != 64 || sodium_memcmp(reply.signature, right, 64)) {
		log_error("attestation-unsigned", "why", "the answer is not signed by the service");
		return attestation_silent(ctx);
	}
	struct form *form;
	struct why *before = ctx->why;
	if (form_read(ctx, body, reply.body.size, &form)) {
		if (!before)
			ctx_forget(ctx);
		return attestation_silent(ctx);
	}
	const char *result = form_get(form, "result"), *reference = form_get(form, "reference");
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (!strcmp(result, known[i])) {
			*out = (struct attestation){ known[i], text_chars(reference) <= 100 ? reference : "" };
			return MC_OK;
		}
	}
	return attestation_silent(ctx);
}

enum mc_err attestation_perform(struct ctx *ctx, const char *person)
{
	struct person somebody;
	struct attestation answer;
	if (!attestation_on())
		return MC_OK;
	enum mc_err err = person_load(ctx, person, &somebody);
	if (err)
		return err;
	struct why *before = ctx->why;
	if (attestation_ask(ctx, &somebody, &answer)) {
		if (!before)
			ctx_forget(ctx);
		answer = (struct attestation){ "unknown", "" };
	}
	return verification_attested(ctx, person, answer.result, answer.reference);
}
