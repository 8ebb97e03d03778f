/* Whatever a service elsewhere answers: a provider of OpenID Connect what it says of itself, its token and its
 * keys; the identity service its finding. libcurl's doors stand here in its place, so nothing goes over a
 * line. Nobody is sent to an address with a second line in it, and no statement is believed, for the key
 * of neither service is in the input.
 *
 * An input: how (1: the provider's description is right), then the answers with a NUL between two. */
#include "base/arena.h"
#include "base/setting.h"
#include "base/text.h"
#include "court/attestation.h"
#include "court/provider.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdarg.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

#define FUZZ_ANSWER_ISSUER "http://localhost:9/"

static struct {
	const unsigned char *at;
	size_t left;
	size_t (*body)(char *, size_t, size_t, void *), (*header)(char *, size_t, size_t, void *);
	void *to, *header_to;
	bool right;
} fuzz_answer;

#undef curl_easy_setopt
CURLcode curl_easy_setopt(CURL *curl, CURLoption option, ...)
{
	va_list list;
	(void)curl;
	va_start(list, option);
	if (option == CURLOPT_WRITEFUNCTION)
		fuzz_answer.body = va_arg(list, size_t (*)(char *, size_t, size_t, void *));
	else if (option == CURLOPT_HEADERFUNCTION)
		fuzz_answer.header = va_arg(list, size_t (*)(char *, size_t, size_t, void *));
	else if (option == CURLOPT_WRITEDATA)
		fuzz_answer.to = va_arg(list, void *);
	else if (option == CURLOPT_HEADERDATA)
		fuzz_answer.header_to = va_arg(list, void *);
	va_end(list);
	return CURLE_OK;
}

CURLcode curl_easy_perform(CURL *curl)
{
	static const char right[] = "{\"issuer\":\"" FUZZ_ANSWER_ISSUER "\",\"authorization_endpoint\":\"https://a/b\","
		"\"token_endpoint\":\"https://a/c\",\"jwks_uri\":\"https://a/d\"}";
	const unsigned char *end = memchr(fuzz_answer.at, 0, fuzz_answer.left);
	size_t n = end ? (size_t)(end - fuzz_answer.at) : fuzz_answer.left;
	char copy[4096];
	(void)curl;
	if (fuzz_answer.right) {
		fuzz_answer.right = false;
		memcpy(copy, right, sizeof right);
		return fuzz_answer.body(copy, 1, sizeof right - 1, fuzz_answer.to) ? CURLE_OK : CURLE_WRITE_ERROR;
	}
	size_t line = n < sizeof copy ? n : sizeof copy;
	memcpy(copy, fuzz_answer.at, line);
	if (fuzz_answer.header)
		(void)fuzz_answer.header(copy, 1, line, fuzz_answer.header_to);
	bool good = !line || fuzz_answer.body(copy, 1, line, fuzz_answer.to);
	n += end ? 1 : 0;
	fuzz_answer.at += n;
	fuzz_answer.left -= n;
	return good ? CURLE_OK : CURLE_WRITE_ERROR;
}

#undef curl_easy_getinfo
CURLcode curl_easy_getinfo(CURL *curl, CURLINFO info, ...)
{
	va_list list;
	(void)curl;
	va_start(list, info);
	if (info == CURLINFO_RESPONSE_CODE)
		*va_arg(list, long *) = 200;
	va_end(list);
	return CURLE_OK;
}

static void fuzz_answer_provider(struct ctx *ctx, const unsigned char *bytes, size_t n, bool right)
{
	const struct provider provider = { .name = "city", .label = "City", .issuer = FUZZ_ANSWER_ISSUER, .client = "court", .secret = "s" };
	const struct provider_errand errand = { "state", "nonce", "verifier", "https://court.test/back" };
	const char *where, *subject;
	fuzz_answer.at = bytes;
	fuzz_answer.left = n;
	fuzz_answer.right = right;
	provider_forget();
	if (!provider_go(ctx, &provider, &errand, &where))
		for (const char *c = where; *c; c++)
			assert((unsigned char)*c > 0x20 && (unsigned char)*c < 0x7f);
	assert(provider_redeem(ctx, &provider, &errand, "code", &subject) != MC_OK);
	assert(ctx->why);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct ctx ctx = { .mem = arena_begin(), .person = "", .now = 1790000000 };
	if (!attestation_on()) {
		assert(!setting_put(&ctx, SETTING_IDENTITY_URL, "", "http://localhost:9/", "test"));
		assert(!setting_put(&ctx, SETTING_IDENTITY_SECRET, "", "01234567890123456789012345678901", "test"));
	}
	if (n) {
		const struct person person = { .kind = PERSON_CITIZEN, .number = "", .name = "张伟", .mobile = "" };
		struct attestation found;
		fuzz_answer_provider(&ctx, bytes + 1, n - 1, bytes[0] & 1);
		ctx.why = NULL;
		fuzz_answer.at = bytes + 1;
		fuzz_answer.left = n - 1;
		assert(attestation_ask(&ctx, &person, &found) == MC_STORE);
		fuzz_answer.header = NULL;
	}
	arena_end(ctx.mem);
	return 0;
}
