#include "webauthn.h"
#include "../base/arena.h"
#include "../base/form.h"
#include "../base/text.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <string.h>

/* Authenticator data (section 6.1): 32 bytes rpIdHash, flags, a counter of four bytes, and more. */
enum {
	WEBAUTHN_HEAD = 37, WEBAUTHN_FLAGS = 32, WEBAUTHN_COUNTER = 33,
	WEBAUTHN_PRESENT = 1, WEBAUTHN_VERIFIED = 4,
	WEBAUTHN_MOST = 8192,           /* bytes of any one member */
};

struct webauthn_bytes { unsigned char *at; size_t n; };

static enum mc_err webauthn_refuse(struct ctx *ctx, const char *key)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key, .field = "passkey" });
}

static enum mc_err webauthn_decode(struct ctx *ctx, const char *text, struct webauthn_bytes *out)
{
	size_t n = strlen(text);
	*out = (struct webauthn_bytes){ arena_take(ctx->mem, n + 1), 0 };
	if (!n || n > WEBAUTHN_MOST || sodium_base642bin(out->at, n, text, n, NULL, &out->n, NULL,
							  sodium_base64_VARIANT_URLSAFE_NO_PADDING))
		return webauthn_refuse(ctx, "passkey.broken");
	return MC_OK;
}

/* clientDataJSON (section 5.8.1): a JSON object in UTF-8. */
static enum mc_err webauthn_client(struct ctx *ctx, const struct webauthn_answer *answer, struct webauthn_bytes *raw,
				   struct form **out)
{
	enum mc_err err = webauthn_decode(ctx, answer->client_data, raw);
	if (err)
		return err;
	if (!text_valid((const char *)raw->at, raw->n))
		return webauthn_refuse(ctx, "passkey.broken");
	if (form_read(ctx, (const char *)raw->at, raw->n, out)) {
		ctx_forget(ctx);
		return webauthn_refuse(ctx, "passkey.broken");
	}
	return MC_OK;
}

enum mc_err webauthn_challenge(struct ctx *ctx, const struct webauthn_answer *answer, const char **challenge)
{
	struct webauthn_bytes raw;
	struct form *client;
	enum mc_err err = webauthn_client(ctx, answer, &raw, &client);
	if (err)
		return err;
	*challenge = form_get(client, "challenge");
	return **challenge ? MC_OK : webauthn_refuse(ctx, "passkey.broken");
}

/* What a new key and a use have in common (sections 7.1 and 7.2). */
static enum mc_err webauthn_check(struct ctx *ctx, const struct webauthn_expected *expected,
				  const struct webauthn_answer *answer, struct webauthn_bytes *client,
				  struct webauthn_bytes *data)
{
	struct form *said;
	unsigned char rp[SHA256_DIGEST_LENGTH];
	enum mc_err err = webauthn_client(ctx, answer, client, &said);
	if (!err)
		err = webauthn_decode(ctx, answer->authenticator_data, data);
	if (err)
		return err;
	if (strcmp(form_get(said, "type"), expected->type) || data->n < WEBAUTHN_HEAD)
		return webauthn_refuse(ctx, "passkey.broken");
	SHA256((const unsigned char *)expected->rp, strlen(expected->rp), rp);
	if (strcmp(form_get(said, "origin"), expected->origin) || !strcmp(form_get(said, "crossOrigin"), "true")
	    || memcmp(data->at, rp, sizeof rp))
		return webauthn_refuse(ctx, "passkey.origin");
	unsigned flags = data->at[WEBAUTHN_FLAGS];
	if (!(flags & WEBAUTHN_PRESENT) || !(flags & WEBAUTHN_VERIFIED))
		return webauthn_refuse(ctx, "passkey.unverified");
	return MC_OK;
}

static int64_t webauthn_counter(const struct webauthn_bytes *data)
{
	const unsigned char *at = data->at + WEBAUTHN_COUNTER;
	return (int64_t)at[0] << 24 | (int64_t)at[1] << 16 | (int64_t)at[2] << 8 | at[3];
}

/* The library's memory, given back with the arena. */
static void webauthn_cred_free(void *what)
{
	fido_cred_t *cred = what;
	fido_cred_free(&cred);
}

static void webauthn_assert_free(void *what)
{
	fido_assert_t *use = what;
	fido_assert_free(&use);
}

enum mc_err webauthn_made(struct ctx *ctx, const struct webauthn_expected *expected, const struct webauthn_answer *answer,
			  struct webauthn_key *out)
{
	static const enum webauthn_algorithm known[] = { WEBAUTHN_ES256, WEBAUTHN_EDDSA, WEBAUTHN_RS256 };
	struct webauthn_bytes client, data, id;
	enum mc_err err = webauthn_check(ctx, expected, answer, &client, &data);
	if (!err)
		err = webauthn_decode(ctx, answer->id, &id);
	if (err)
		return err;
	/* The library reads the key only as the kind that it is told to expect. */
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		fido_cred_t *cred = fido_cred_new();
		if (!cred)
			return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.down" });
		arena_closer(ctx->mem, webauthn_cred_free, cred);
		if (fido_cred_set_type(cred, known[i]) || fido_cred_set_authdata_raw(cred, data.at, data.n))
			continue;
		if (fido_cred_id_len(cred) != id.n || memcmp(fido_cred_id_ptr(cred), id.at, id.n))
			return webauthn_refuse(ctx, "passkey.broken");
		*out = (struct webauthn_key){ .algorithm = known[i], .id = answer->id, .counter = webauthn_counter(&data),
			.bytes = text_hex(ctx->mem, fido_cred_pubkey_ptr(cred), fido_cred_pubkey_len(cred)) };
		return MC_OK;
	}
	return webauthn_refuse(ctx, "passkey.algorithm");
}

static void webauthn_es256_free(void *what) { es256_pk_t *key = what; es256_pk_free(&key); }
static void webauthn_eddsa_free(void *what) { eddsa_pk_t *key = what; eddsa_pk_free(&key); }
static void webauthn_rs256_free(void *what) { rs256_pk_t *key = what; rs256_pk_free(&key); }

/* The key as the library wants it; NULL if its bytes are none. */
static const void *webauthn_key(struct ctx *ctx, const struct webauthn_key *key)
{
	size_t n = strlen(key->bytes), size = 0;
	unsigned char *bytes = arena_take(ctx->mem, n + 1);
	if (sodium_hex2bin(bytes, n, key->bytes, n, NULL, &size, NULL))
		return NULL;
	if (key->algorithm == WEBAUTHN_ES256) {
		es256_pk_t *made = es256_pk_new();
		arena_closer(ctx->mem, webauthn_es256_free, made);
		return made && !es256_pk_from_ptr(made, bytes, size) ? made : NULL;
	}
	if (key->algorithm == WEBAUTHN_EDDSA) {
		eddsa_pk_t *made = eddsa_pk_new();
		arena_closer(ctx->mem, webauthn_eddsa_free, made);
		return made && !eddsa_pk_from_ptr(made, bytes, size) ? made : NULL;
	}
	rs256_pk_t *made = rs256_pk_new();
	arena_closer(ctx->mem, webauthn_rs256_free, made);
	return made && !rs256_pk_from_ptr(made, bytes, size) ? made : NULL;
}

enum mc_err webauthn_used(struct ctx *ctx, const struct webauthn_expected *expected, const struct webauthn_answer *answer,
			  const struct webauthn_key *key, int64_t *counter)
{
	struct webauthn_bytes client, data, signature;
	unsigned char hash[SHA256_DIGEST_LENGTH];
	enum mc_err err = webauthn_check(ctx, expected, answer, &client, &data);
	if (!err)
		err = webauthn_decode(ctx, answer->signature, &signature);
	if (err)
		return err;
	SHA256(client.at, client.n, hash);
	fido_assert_t *use = fido_assert_new();
	if (!use)
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.down" });
	arena_closer(ctx->mem, webauthn_assert_free, use);
	const void *public = webauthn_key(ctx, key);
	if (!public || fido_assert_set_count(use, 1) || fido_assert_set_rp(use, expected->rp)
	    || fido_assert_set_clientdata_hash(use, hash, sizeof hash) || fido_assert_set_authdata_raw(use, 0, data.at, data.n)
	    || fido_assert_set_up(use, FIDO_OPT_TRUE) || fido_assert_set_uv(use, FIDO_OPT_TRUE)
	    || fido_assert_set_sig(use, 0, signature.at, signature.n) || fido_assert_verify(use, 0, key->algorithm, public))
		return webauthn_refuse(ctx, "passkey.signature");
	*counter = webauthn_counter(&data);
	return MC_OK;
}
