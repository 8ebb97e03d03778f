/* Statements signed here with keys made here; then everything that somebody could change in one. */
#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/jwt.h"
#include "../../src/base/text.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

struct jwt_test_key { EVP_PKEY *key; const char *alg, *jwk; };

static const char *jwt_test_number(struct arena *mem, EVP_PKEY *key, const char *name, int size)
{
	unsigned char bytes[1024];
	BIGNUM *n = NULL;
	CHECK(EVP_PKEY_get_bn_param(key, name, &n) == 1);
	size = size ? size : BN_num_bytes(n);
	CHECK(BN_bn2binpad(n, bytes, size) == size);
	BN_free(n);
	return jwt_base64(mem, bytes, (size_t)size);
}

static const char *jwt_test_raw(struct arena *mem, EVP_PKEY *key)
{
	unsigned char bytes[64];
	size_t size = sizeof bytes;
	CHECK(EVP_PKEY_get_raw_public_key(key, bytes, &size) == 1);
	return jwt_base64(mem, bytes, size);
}

static struct jwt_test_key jwt_test_make(struct arena *mem, const char *alg, int bits, const char *kid)
{
	struct jwt_test_key k = { .alg = alg };
	if (!strcmp(alg, "RS256")) {
		k.key = EVP_RSA_gen((unsigned)bits);
		k.jwk = arena_print(mem, "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}", kid,
				    jwt_test_number(mem, k.key, OSSL_PKEY_PARAM_RSA_N, 0), jwt_test_number(mem, k.key, OSSL_PKEY_PARAM_RSA_E, 0));
	} else if (!strcmp(alg, "ES256")) {
		k.key = EVP_EC_gen("P-256");
		k.jwk = arena_print(mem, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}", kid,
				    jwt_test_number(mem, k.key, OSSL_PKEY_PARAM_EC_PUB_X, 32), jwt_test_number(mem, k.key, OSSL_PKEY_PARAM_EC_PUB_Y, 32));
	} else {
		k.key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
		k.jwk = arena_print(mem, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"%s\",\"x\":\"%s\"}", kid, jwt_test_raw(mem, k.key));
	}
	CHECK(k.key != NULL);
	return k;
}

static const char *jwt_test_sign(struct arena *mem, const struct jwt_test_key *k, const char *header, const char *claims)
{
	unsigned char sum[1024], plain[64];
	size_t size = sizeof sum;
	const char *said = arena_print(mem, "%s.%s", jwt_base64(mem, header, strlen(header)), jwt_base64(mem, claims, strlen(claims)));
	EVP_MD_CTX *state = EVP_MD_CTX_new();
	CHECK(EVP_DigestSignInit(state, NULL, strcmp(k->alg, "EdDSA") ? EVP_sha256() : NULL, NULL, k->key) == 1);
	CHECK(EVP_DigestSign(state, sum, &size, (const unsigned char *)said, strlen(said)) == 1);
	EVP_MD_CTX_free(state);
	if (strcmp(k->alg, "ES256"))
		return arena_print(mem, "%s.%s", said, jwt_base64(mem, sum, size));
	const unsigned char *der = sum;
	ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &der, (long)size);
	CHECK(BN_bn2binpad(ECDSA_SIG_get0_r(pair), plain, 32) == 32 && BN_bn2binpad(ECDSA_SIG_get0_s(pair), plain + 32, 32) == 32);
	ECDSA_SIG_free(pair);
	return arena_print(mem, "%s.%s", said, jwt_base64(mem, plain, 64));
}

static const struct object *jwt_test_set(struct arena *mem, const char *a, const char *b)
{
	const char *text = arena_print(mem, "{\"keys\":[%s%s%s]}", a, *b ? "," : "", b);
	return object_read(mem, text, strlen(text));
}

static void jwt_test_base64(struct arena *mem)
{
	static const struct { const char *text; bool good; } rows[] = {
		{ "", true }, { "Zg", true }, { "Zm8", true }, { "Zm9v", true }, { "-_-_", true },
		{ "Z", false }, { "Zg==", false }, { "Zh", false }, { "Zm9", false }, { "Zm 9v", false }, { "Zm+/", false }, { "Zm9vZ", false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t size = 99;
		unsigned char *bytes = jwt_unbase64(mem, rows[i].text, strlen(rows[i].text), &size);
		CHECK_INT(bytes != NULL, rows[i].good);
		if (bytes)
			CHECK_TEXT(jwt_base64(mem, bytes, size), rows[i].text);
	}
	CHECK_TEXT(jwt_base64(mem, "foob", 4), "Zm9vYg");
}

static void jwt_test_kinds(struct arena *mem)
{
	static const char *const algs[] = { "RS256", "ES256", "EdDSA" };
	for (size_t i = 0; i < 3; i++) {
		struct jwt_test_key k = jwt_test_make(mem, algs[i], 2048, "one"), other = jwt_test_make(mem, algs[i], 2048, "one");
		const char *header = arena_print(mem, "{\"alg\":\"%s\",\"kid\":\"one\"}", algs[i]);
		const char *good = jwt_test_sign(mem, &k, header, "{\"sub\":\"x\",\"aud\":[\"a\",\"b\"],\"exp\":17}");
		const struct object *keys = jwt_test_set(mem, k.jwk, ""), *strange = jwt_test_set(mem, other.jwk, "");
		struct jwt jwt;
		int64_t ends;
		CHECK_INT(jwt_read(mem, good, keys, &jwt), JWT_GOOD);
		CHECK_TEXT(object_text(jwt.claims, "sub"), "x");
		CHECK(object_names(jwt.claims, "aud", "b") && !object_names(jwt.claims, "aud", "c") && object_int(jwt.claims, "exp", &ends) && ends == 17);
		CHECK_TEXT(jwt.algorithm, algs[i]);
		/* Two keys of one name: whichever is right. */
		CHECK_INT(jwt_read(mem, good, jwt_test_set(mem, other.jwk, k.jwk), &jwt), JWT_GOOD);
		CHECK_INT(jwt_read(mem, good, strange, &jwt), JWT_SIGNATURE);
		const char *unnamed = jwt_test_sign(mem, &k, arena_print(mem, "{\"alg\":\"%s\"}", algs[i]), "{}");
		CHECK_INT(jwt_read(mem, unnamed, keys, &jwt), JWT_GOOD);
		const char *renamed = jwt_test_sign(mem, &k, arena_print(mem, "{\"alg\":\"%s\",\"kid\":\"two\"}", algs[i]), "{}");
		CHECK_INT(jwt_read(mem, renamed, keys, &jwt), JWT_KEY);
		/* Every byte counts. */
		for (size_t at = 0; at < strlen(good); at += 3) {
			char *bent = arena_copy(mem, good);
			bent[at] = bent[at] == 'A' ? 'B' : 'A';
			CHECK(jwt_read(mem, bent, keys, &jwt) != JWT_GOOD);
		}
		EVP_PKEY_free(k.key);
		EVP_PKEY_free(other.key);
	}
}

/* RFC 8725: what others got wrong. */
static void jwt_test_attacks(struct arena *mem)
{
	struct jwt_test_key rsa = jwt_test_make(mem, "RS256", 2048, "r"), weak = jwt_test_make(mem, "RS256", 1024, "w");
	const struct object *keys = jwt_test_set(mem, rsa.jwk, weak.jwk);
	const char *body = jwt_base64(mem, "{\"sub\":\"x\"}", 11), *good = jwt_test_sign(mem, &rsa, "{\"alg\":\"RS256\"}", "{\"sub\":\"x\"}");
	static const char *const headers[] = { "{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{\"alg\":\"HS256\",\"kid\":\"r\"}", "{\"alg\":\"RS512\"}",
					       "{\"alg\":\"rs256\"}", "{}", "{\"alg\":1}", "{\"alg\":\"PS256\"}" };
	struct jwt jwt;
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		const char *said = arena_print(mem, "%s.%s", jwt_base64(mem, headers[i], strlen(headers[i])), body);
		unsigned char sum[64];
		unsigned size = 0;
		/* HS256 with the public key as the secret. */
		HMAC(EVP_sha256(), rsa.jwk, (int)strlen(rsa.jwk), (const unsigned char *)said, strlen(said), sum, &size);
		CHECK_INT(jwt_read(mem, arena_print(mem, "%s.", said), keys, &jwt), JWT_ALGORITHM);
		CHECK_INT(jwt_read(mem, arena_print(mem, "%s.%s", said, jwt_base64(mem, sum, size)), keys, &jwt), JWT_ALGORITHM);
	}
	CHECK_INT(jwt_read(mem, jwt_test_sign(mem, &weak, "{\"alg\":\"RS256\",\"kid\":\"w\"}", "{}"), keys, &jwt), JWT_KEY);
	CHECK_INT(jwt_read(mem, jwt_test_sign(mem, &rsa, "{\"alg\":\"ES256\",\"kid\":\"r\"}", "{}"), keys, &jwt), JWT_KEY);
	CHECK_INT(jwt_read(mem, jwt_test_sign(mem, &rsa, "{\"alg\":\"RS256\",\"crit\":[\"exp\"]}", "{}"), keys, &jwt), JWT_MALFORMED);
	CHECK_INT(jwt_read(mem, jwt_test_sign(mem, &rsa, "{\"alg\":\"RS256\",\"alg\":\"RS256\"}", "{}"), keys, &jwt), JWT_MALFORMED);
	CHECK_INT(jwt_read(mem, jwt_test_sign(mem, &rsa, "{\"alg\":\"RS256\"}", "[1]"), keys, &jwt), JWT_MALFORMED);
	static const char *const wrong[] = { "", ".", "..", "...", "a.b.c", "e30.e30.", "e30.e30", "e30.e30.AA.AA" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK(jwt_read(mem, wrong[i], keys, &jwt) != JWT_GOOD);
	CHECK_INT(jwt_read(mem, arena_print(mem, "%s=", good), keys, &jwt), JWT_MALFORMED);
	CHECK_INT(jwt_read(mem, arena_print(mem, "%0*d", JWT_MOST + 1, 1), keys, &jwt), JWT_MALFORMED);
	/* A key for something else, and keys that are none. */
	static const char *const sets[] = { "{}", "{\"keys\":1}", "{\"keys\":[1,{},{\"kty\":\"RSA\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}" };
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
		CHECK_INT(jwt_read(mem, good, object_read(mem, sets[i], strlen(sets[i])), &jwt), JWT_KEY);
	const char *sealed = arena_print(mem, "{\"keys\":[{\"use\":\"enc\",%s]}", rsa.jwk + 1);
	CHECK_INT(jwt_read(mem, good, object_read(mem, sealed, strlen(sealed)), &jwt), JWT_KEY);
	/* at_hash as in OpenID Connect Core, appendix A.3. */
	CHECK_INT(jwt_read(mem, good, keys, &jwt), JWT_GOOD);
	CHECK_TEXT(jwt_half(mem, &jwt, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
	EVP_PKEY_free(rsa.key);
	EVP_PKEY_free(weak.key);
}

int main(void)
{
	struct arena *mem = arena_begin();
	jwt_test_base64(mem);
	jwt_test_kinds(mem);
	jwt_test_attacks(mem);
	arena_end(mem);
	return check_end();
}
