#include "csrf.h"
#include "../base/arena.h"
#include "../store/key.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>
#include <strings.h>

const char *csrf_of(struct arena *mem, const struct key *key, const char *visitor)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	HMAC(EVP_sha256(), key->bytes, (int)sizeof key->bytes, (const unsigned char *)visitor, strlen(visitor),
	     sum, &size);
	return text_hex(mem, sum, size);
}

bool csrf_same_site(const struct ask *ask)
{
	const char *site = ask->header(ask, "Sec-Fetch-Site");
	if (*site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return false;
	const char *origin = ask->header(ask, "Origin");
	if (!*origin || !strcasecmp(origin, ask->origin))
		return true;
	/* Without a configured origin we know the host that was asked, not the scheme. */
	const char *host = strstr(origin, "://");
	return host && !strcasecmp(host + 3, ask->host);
}

enum mc_err csrf_check(struct ctx *ctx, const struct ask *ask)
{
	const char *token = ask->header(ask, "X-CSRF-Token");
	if (!*token)
		token = form_get(ask->form, "csrf");
	size_t n = strlen(ask->csrf);
	if (n && strlen(token) == n && !CRYPTO_memcmp(token, ask->csrf, n))
		return MC_OK;
	return ctx_fail(ctx, MC_DENIED, (struct why){ .key = "csrf.missing" });
}
