#include "provider.h"
#include "../base/arena.h"
#include "../base/jwt.h"
#include "../base/log.h"
#include "../base/setting.h"
#include "../base/text.h"

#include <assert.h>
#include <curl/curl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <string.h>

enum {
	PROVIDER_CONNECT_MS = 3000, PROVIDER_ALL_MS = 8000, PROVIDER_BYTES = 256 * 1024,
	PROVIDER_KEPT = 3600, PROVIDER_AGAIN = 10,      /* seconds; keys are fetched once more at most so often */
	PROVIDER_LEEWAY = 60, PROVIDER_SUBJECT = 255,
};

enum provider_page { PROVIDER_CONFIG, PROVIDER_KEYS, PROVIDER_PAGES };

/* What was fetched; lock guards all of it. */
static struct {
	pthread_mutex_t lock;
	struct provider_kept {
		struct arena *mem;
		const char *issuer, *bytes;
		enum provider_page page;
		int64_t at;
	} kept[PROVIDER_MOST * PROVIDER_PAGES];
} provider_shelf = { .lock = PTHREAD_MUTEX_INITIALIZER };

static pthread_once_t provider_once = PTHREAD_ONCE_INIT;

static void provider_start(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		assert(false && "libcurl starts");
}

bool provider_nth(struct ctx *ctx, size_t n, struct provider *out)
{
	const char *name;
	for (size_t i = 0; i < PROVIDER_MOST && (name = setting_star("oidc", i)) != NULL; i++) {
		const char *label = setting_text_of(ctx->lang == LANG_EN ? SETTING_OIDC_LABEL_EN : SETTING_OIDC_LABEL_ZH, name);
		*out = (struct provider){ .name = name, .label = *label ? label : name,
			.issuer = setting_text_of(SETTING_OIDC_ISSUER, name), .client = setting_text_of(SETTING_OIDC_CLIENT, name),
			.secret = setting_text_of(SETTING_OIDC_SECRET, name) };
		if (*out->issuer && *out->client && !n--)
			return true;
	}
	return false;
}

enum mc_err provider_find(struct ctx *ctx, const char *name, struct provider *out)
{
	for (size_t n = 0; provider_nth(ctx, n, out); n++)
		if (!strcmp(out->name, name))
			return MC_OK;
	return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "provider.unknown" });
}

static enum mc_err provider_wrong(struct ctx *ctx, const struct provider *p, enum mc_err err, const char *key)
{
	log_error("provider-refused", "why", arena_print(ctx->mem, "%s: %s", p->name, key));
	return ctx_fail(ctx, err, (struct why){ .key = key, .arg = { p->label } });
}

static enum mc_err provider_down(struct ctx *ctx, const struct provider *p, const char *why)
{
	log_error("provider-silent", "why", arena_print(ctx->mem, "%s: %s", p->name, why));
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = "provider.down", .arg = { p->label } });
}

/* -- fetching --------------------------------------------------------------------- */

static size_t provider_body(char *bytes, size_t size, size_t n, void *to)
{
	struct text *body = to;
	if (body->size + size * n > PROVIDER_BYTES)
		return 0;
	text_add_n(body, bytes, size * n);
	return size * n;
}

/* Unencrypted only to this machine; and an address, with nothing in it that would end a line of a header. */
static bool provider_safe(const char *url)
{
	for (const char *c = url; *c; c++)
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 127)
			return false;
	static const char *const near[] = { "http://127.0.0.1:", "http://localhost:", "http://[::1]:" };
	if (!strncmp(url, "https://", 8))
		return true;
	for (size_t i = 0; i < sizeof near / sizeof *near; i++)
		if (!strncmp(url, near[i], strlen(near[i])))
			return true;
	return false;
}

/* The status, 0 if there was no answer. form: what is posted, NULL to get. user: "id:secret", NULL for none. */
static long provider_call(struct ctx *ctx, const struct provider *p, const char *url, const char *form, const char *user,
			  struct text *body)
{
	long status = 0;
	pthread_once(&provider_once, provider_start);
	CURL *curl = provider_safe(url) ? curl_easy_init() : NULL;
	if (!curl)
		return 0;
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
	*body = text_begin(ctx->mem);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)PROVIDER_CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)PROVIDER_ALL_MS);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, provider_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
	if (form)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
	if (user) {
		curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
		curl_easy_setopt(curl, CURLOPT_USERPWD, user);
	}
	CURLcode code = curl_easy_perform(curl);
	if (code == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	else
		log_error("provider-silent", "why", arena_print(ctx->mem, "%s: %s", p->name, curl_easy_strerror(code)));
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return status;
}

/* -- keeping ---------------------------------------------------------------------- */

static struct provider_kept *provider_place(const char *issuer, enum provider_page page)
{
	struct provider_kept *oldest = &provider_shelf.kept[0];
	for (size_t i = 0; i < PROVIDER_MOST * PROVIDER_PAGES; i++) {
		struct provider_kept *one = &provider_shelf.kept[i];
		if (one->mem && one->page == page && !strcmp(one->issuer, issuer))
			return one;
		if (!one->mem || (oldest->mem && one->at < oldest->at))
			oldest = one;
	}
	return oldest;
}

static const char *provider_recall(struct ctx *ctx, const char *issuer, enum provider_page page, int64_t age)
{
	const char *bytes = NULL;
	pthread_mutex_lock(&provider_shelf.lock);
	const struct provider_kept *one = provider_place(issuer, page);
	if (one->mem && one->page == page && !strcmp(one->issuer, issuer) && one->at <= ctx->now && one->at + age > ctx->now)
		bytes = arena_copy(ctx->mem, one->bytes);
	pthread_mutex_unlock(&provider_shelf.lock);
	return bytes;
}

static void provider_keep(struct ctx *ctx, const char *issuer, enum provider_page page, const char *bytes)
{
	pthread_mutex_lock(&provider_shelf.lock);
	struct provider_kept *one = provider_place(issuer, page);
	struct arena *old = one->mem, *mem = arena_begin();
	*one = (struct provider_kept){ mem, arena_copy(mem, issuer), arena_copy(mem, bytes), page, ctx->now };
	if (old)
		arena_end(old);
	pthread_mutex_unlock(&provider_shelf.lock);
}

void provider_forget(void)
{
	pthread_mutex_lock(&provider_shelf.lock);
	for (size_t i = 0; i < PROVIDER_MOST * PROVIDER_PAGES; i++)
		if (provider_shelf.kept[i].mem) {
			arena_end(provider_shelf.kept[i].mem);
			provider_shelf.kept[i] = (struct provider_kept){ 0 };
		}
	pthread_mutex_unlock(&provider_shelf.lock);
}

/* From the shelf if it lies there for less than so many seconds, else from the service. */
static enum mc_err provider_fetch(struct ctx *ctx, const struct provider *p, enum provider_page page, const char *url,
				  int64_t age, const struct object **out)
{
	struct text body;
	const char *kept = provider_recall(ctx, p->issuer, page, age);
	if (kept && (*out = object_read(ctx->mem, kept, strlen(kept))))
		return MC_OK;
	if (provider_call(ctx, p, url, NULL, NULL, &body) != 200)
		return provider_down(ctx, p, url);
	const char *bytes = text_end(&body);
	if (!(*out = object_read(ctx->mem, bytes, strlen(bytes))))
		return provider_down(ctx, p, "no JSON object");
	provider_keep(ctx, p->issuer, page, bytes);
	return MC_OK;
}

static enum mc_err provider_config(struct ctx *ctx, const struct provider *p, const struct object **out)
{
	static const char *const needed[] = { "authorization_endpoint", "token_endpoint", "jwks_uri" };
	size_t n = strlen(p->issuer);
	const char *url = arena_print(ctx->mem, "%.*s/.well-known/openid-configuration",
				      (int)(n && p->issuer[n - 1] == '/' ? n - 1 : n), p->issuer);
	enum mc_err err = provider_fetch(ctx, p, PROVIDER_CONFIG, url, PROVIDER_KEPT, out);
	if (err)
		return err;
	/* Discovery 1.0 section 4.3: exactly the issuer that was asked for. */
	if (strcmp(object_text(*out, "issuer"), p->issuer))
		return provider_down(ctx, p, "says that it is another issuer");
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (!provider_safe(object_text(*out, needed[i])))
			return provider_down(ctx, p, needed[i]);
	return MC_OK;
}

static void provider_pair(struct text *t, const char *name, const char *value)
{
	text_print(t, "%s=", name);
	text_url(t, value);
}

/* -- there ------------------------------------------------------------------------- */

static const char *provider_challenge(struct arena *mem, const char *verifier)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	int done = EVP_Digest(verifier, strlen(verifier), sum, &size, EVP_sha256(), NULL);
	assert(done == 1);
	(void)done;
	return jwt_base64(mem, sum, size);
}

enum mc_err provider_go(struct ctx *ctx, const struct provider *p, const struct provider_errand *errand, const char **where)
{
	const struct object *config;
	enum mc_err err = provider_config(ctx, p, &config);
	if (err)
		return err;
	struct text t = text_begin(ctx->mem);
	const char *url = object_text(config, "authorization_endpoint");
	text_add(&t, url);
	text_add(&t, strchr(url, '?') ? "&" : "?");
	provider_pair(&t, "response_type", "code");
	provider_pair(&t, "&scope", "openid");
	provider_pair(&t, "&client_id", p->client);
	provider_pair(&t, "&redirect_uri", errand->back);
	provider_pair(&t, "&state", errand->state);
	provider_pair(&t, "&nonce", errand->nonce);
	provider_pair(&t, "&code_challenge", provider_challenge(ctx->mem, errand->verifier));
	provider_pair(&t, "&code_challenge_method", "S256");
	provider_pair(&t, "&ui_locales", ctx->lang == LANG_EN ? "en" : "zh-CN");
	*where = text_end(&t);
	return MC_OK;
}

/* -- and back ---------------------------------------------------------------------- */

static enum mc_err provider_exchange(struct ctx *ctx, const struct provider *p, const struct object *config,
				     const struct provider_errand *errand, const char *code, const struct object **out)
{
	static const char methods[] = "token_endpoint_auth_methods_supported";
	bool basic = *p->secret && (!object_has(config, methods) || object_names(config, methods, "client_secret_basic"));
	struct text form = text_begin(ctx->mem), user = text_begin(ctx->mem), body;
	provider_pair(&form, "grant_type", "authorization_code");
	provider_pair(&form, "&code", code);
	provider_pair(&form, "&redirect_uri", errand->back);
	provider_pair(&form, "&code_verifier", errand->verifier);
	provider_pair(&form, "&client_id", p->client);
	if (*p->secret && !basic)
		provider_pair(&form, "&client_secret", p->secret);
	/* RFC 6749 section 2.3.1: both are encoded before they are joined. */
	text_url(&user, p->client);
	text_add(&user, ":");
	text_url(&user, p->secret);
	long status = provider_call(ctx, p, object_text(config, "token_endpoint"), text_end(&form), basic ? text_end(&user) : NULL, &body);
	if (status == 400 || status == 401)
		return provider_wrong(ctx, p, MC_DENIED, "provider.code");
	if (status != 200)
		return provider_down(ctx, p, "token_endpoint");
	const char *bytes = text_end(&body);
	*out = object_read(ctx->mem, bytes, strlen(bytes));
	return *out ? MC_OK : provider_wrong(ctx, p, MC_DENIED, "provider.malformed");
}

/* A key that is not in the set may be new: the set is fetched once more. */
static enum mc_err provider_verify(struct ctx *ctx, const struct provider *p, const struct object *config, const char *text,
				   struct jwt *out)
{
	static const char *const why[] = { "", "provider.malformed", "provider.algorithm", "provider.signature", "provider.signature" };
	const char *url = object_text(config, "jwks_uri");
	const struct object *keys;
	enum mc_err err = provider_fetch(ctx, p, PROVIDER_KEYS, url, PROVIDER_KEPT, &keys);
	if (err)
		return err;
	enum jwt_fault fault = jwt_read(ctx->mem, text, keys, out);
	if (fault == JWT_KEY) {
		if ((err = provider_fetch(ctx, p, PROVIDER_KEYS, url, PROVIDER_AGAIN, &keys)))
			return err;
		fault = jwt_read(ctx->mem, text, keys, out);
	}
	return fault == JWT_GOOD ? MC_OK : provider_wrong(ctx, p, MC_DENIED, why[fault]);
}

static bool provider_same(const char *a, const char *b)
{
	size_t n = strlen(a);
	return n && strlen(b) == n && !CRYPTO_memcmp(a, b, n);
}

/* OpenID Connect Core 3.1.3.7. NULL if the statement holds, else what is wrong. */
static const char *provider_fault(struct ctx *ctx, const struct provider *p, const struct provider_errand *errand,
				  const struct jwt *jwt, const char *access)
{
	const struct object *c = jwt->claims;
	int64_t ends, made, begins;
	size_t subject = strlen(object_text(c, "sub"));
	if (strcmp(object_text(c, "iss"), p->issuer))
		return "provider.issuer";
	if (!object_names(c, "aud", p->client) || (object_count(c, "aud") > 1 && !object_has(c, "azp"))
	    || (object_has(c, "azp") && strcmp(object_text(c, "azp"), p->client)))
		return "provider.audience";
	if (!provider_same(object_text(c, "nonce"), errand->nonce))
		return "provider.nonce";
	if (!subject || subject > PROVIDER_SUBJECT || !object_int(c, "exp", &ends) || !object_int(c, "iat", &made))
		return "provider.malformed";
	if (made > ctx->now + PROVIDER_LEEWAY || (object_int(c, "nbf", &begins) && begins > ctx->now + PROVIDER_LEEWAY))
		return "provider.clock";
	if (ends <= ctx->now - PROVIDER_LEEWAY)
		return "provider.expired";
	if (object_has(c, "at_hash") && strcmp(object_text(c, "at_hash"), jwt_half(ctx->mem, jwt, access)))
		return "provider.hash";
	return NULL;
}

enum mc_err provider_redeem(struct ctx *ctx, const struct provider *p, const struct provider_errand *errand,
			    const char *code, const char **subject)
{
	const struct object *config, *answer;
	struct jwt jwt;
	enum mc_err err = provider_config(ctx, p, &config);
	if (err || (err = provider_exchange(ctx, p, config, errand, code, &answer))
	    || (err = provider_verify(ctx, p, config, object_text(answer, "id_token"), &jwt)))
		return err;
	const char *fault = provider_fault(ctx, p, errand, &jwt, object_text(answer, "access_token"));
	if (fault)
		return provider_wrong(ctx, p, MC_DENIED, fault);
	*subject = arena_copy(ctx->mem, object_text(jwt.claims, "sub"));
	return MC_OK;
}
