#include "digest.h"
#include "arena.h"
#include "text.h"

#include <assert.h>
#include <openssl/evp.h>

#define DIGEST_SIZE 32

/* The library's own memory, given back when finished or when the arena ends. */
struct digest {
	EVP_MD_CTX *state;
};

static void digest_drop(void *what)
{
	struct digest *d = what;
	EVP_MD_CTX_free(d->state);
	d->state = NULL;
}

const char *digest_of(struct arena *mem, const void *bytes, size_t n)
{
	unsigned char sum[DIGEST_SIZE];
	int done = EVP_Digest(bytes, n, sum, NULL, EVP_sha256(), NULL);
	assert(done == 1);
	(void)done;
	return text_hex(mem, sum, sizeof sum);
}

struct digest *digest_begin(struct arena *mem)
{
	struct digest *d = arena_take(mem, sizeof *d);
	d->state = EVP_MD_CTX_new();
	assert(d->state);
	arena_closer(mem, digest_drop, d);
	int done = EVP_DigestInit_ex(d->state, EVP_sha256(), NULL);
	assert(done == 1);
	(void)done;
	return d;
}

void digest_add(struct digest *d, const void *bytes, size_t n)
{
	assert(d->state);
	int done = EVP_DigestUpdate(d->state, bytes, n);
	assert(done == 1);
	(void)done;
}

const char *digest_end(struct arena *mem, struct digest *d)
{
	unsigned char sum[DIGEST_SIZE];
	assert(d->state);
	int done = EVP_DigestFinal_ex(d->state, sum, NULL);
	assert(done == 1);
	(void)done;
	digest_drop(d);
	return text_hex(mem, sum, sizeof sum);
}
