#include "csrf.h"
#include "../base/arena.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool csrf_read(const char *path, struct csrf_key *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return false;
	ssize_t n = read(fd, out->bytes, sizeof out->bytes);
	close(fd);
	return n == (ssize_t)sizeof out->bytes;
}

static bool csrf_create(struct ctx *ctx, const char *path)
{
	struct csrf_key key;
	if (RAND_bytes(key.bytes, sizeof key.bytes) != 1)
		return false;
	const char *draft = arena_print(ctx->mem, "%s.%ld", path, (long)getpid());
	int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	bool good = write(fd, key.bytes, sizeof key.bytes) == (ssize_t)sizeof key.bytes && !fsync(fd);
	good = !close(fd) && good;
	/* link(), unlike rename(), never replaces a key that another process made first. */
	if (good)
		(void)!link(draft, path);
	unlink(draft);
	return good;
}

enum mc_err csrf_open(struct ctx *ctx, const char *directory, struct csrf_key *out)
{
	const char *path = arena_print(ctx->mem, "%s/server.key", directory);
	if (csrf_read(path, out) || (csrf_create(ctx, path) && csrf_read(path, out)))
		return MC_OK;
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.down", .arg = { path } });
}

const char *csrf_of(struct arena *mem, const struct csrf_key *key, const char *visitor)
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
