#include "key.h"
#include "db.h"
#include "../base/arena.h"
#include "../base/text.h"

#include <assert.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

enum {
	KEY_NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, KEY_TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	KEY_MOST = 4096,
};

static bool key_read(const char *path, struct key *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return false;
	ssize_t n = read(fd, out->bytes, sizeof out->bytes);
	close(fd);
	return n == (ssize_t)sizeof out->bytes;
}

static bool key_create(struct ctx *ctx, const char *path)
{
	struct key key;
	randombytes_buf(key.bytes, sizeof key.bytes);
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

enum mc_err key_open(struct ctx *ctx, const char *directory, struct key *out)
{
	const char *path = arena_print(ctx->mem, "%s/server.key", directory);
	if (sodium_init() < 0)
		assert(false && "libsodium starts");
	if (key_read(path, out) || (key_create(ctx, path) && key_read(path, out)))
		return MC_OK;
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.down", .arg = { path } });
}

/* The key for sealing: another than the one that tokens are made with. */
static enum mc_err key_of_store(struct ctx *ctx, unsigned char *out)
{
	struct key key;
	enum mc_err err = key_open(ctx, db_directory(db_store(ctx)), &key);
	if (!err)
		crypto_kdf_derive_from_key(out, crypto_aead_xchacha20poly1305_ietf_KEYBYTES, 1, "sealing1", key.bytes);
	sodium_memzero(&key, sizeof key);
	return err;
}

enum mc_err key_seal(struct ctx *ctx, const char *purpose, const void *bytes, size_t n, const char **sealed)
{
	unsigned char key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
	assert(n <= KEY_MOST);
	unsigned char *out = arena_take(ctx->mem, KEY_NONCE + n + KEY_TAG);
	enum mc_err err = key_of_store(ctx, key);
	if (err)
		return err;
	randombytes_buf(out, KEY_NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + KEY_NONCE, NULL, bytes, n, (const unsigned char *)purpose,
						   strlen(purpose), NULL, out, key);
	sodium_memzero(key, sizeof key);
	*sealed = text_hex(ctx->mem, out, KEY_NONCE + n + KEY_TAG);
	return MC_OK;
}

enum mc_err key_unseal(struct ctx *ctx, const char *purpose, const char *sealed, unsigned char **out, size_t *n)
{
	unsigned char key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES], in[KEY_NONCE + KEY_MOST + KEY_TAG];
	size_t size = 0;
	unsigned long long plain = 0;
	enum mc_err err = key_of_store(ctx, key);
	if (err)
		return err;
	bool good = !sodium_hex2bin(in, sizeof in, sealed, strlen(sealed), NULL, &size, NULL) && size >= KEY_NONCE + KEY_TAG;
	if (good) {
		*out = arena_take(ctx->mem, size - KEY_NONCE - KEY_TAG + 1);
		good = !crypto_aead_xchacha20poly1305_ietf_decrypt(*out, &plain, NULL, in + KEY_NONCE, size - KEY_NONCE,
			(const unsigned char *)purpose, strlen(purpose), in, key);
	}
	sodium_memzero(key, sizeof key);
	*n = (size_t)plain;
	return good ? MC_OK : ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.key" });
}
