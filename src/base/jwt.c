#include "jwt.h"
#include "arena.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

enum { JWT_RSA_LEAST = 2048, JWT_RSA_MOST = 8192, JWT_POINT = 32 };

struct jwt_way { const char *name, *kind, *curve; };

static const struct jwt_way jwt_ways[] = {
	{ "RS256", "RSA", "" }, { "ES256", "EC", "P-256" }, { "EdDSA", "OKP", "Ed25519" },
};

static const char jwt_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const char *jwt_base64(struct arena *mem, const void *bytes, size_t n)
{
	const unsigned char *from = bytes;
	char *out = arena_take(mem, n / 3 * 4 + 5), *to = out;
	for (size_t i = 0; i < n; i += 3) {
		unsigned three = (unsigned)from[i] << 16 | (i + 1 < n ? (unsigned)from[i + 1] << 8 : 0) | (i + 2 < n ? from[i + 2] : 0);
		for (size_t k = 0; k < 4 && i + k <= n; k++)
			*to++ = jwt_digits[three >> (18 - 6 * k) & 63];
	}
	*to = '\0';
	return out;
}

unsigned char *jwt_unbase64(struct arena *mem, const char *text, size_t n, size_t *size)
{
	unsigned char *out = arena_take(mem, n / 4 * 3 + 3);
	unsigned bits = 0, held = 0;
	*size = 0;
	for (size_t i = 0; i < n; i++) {
		const char *digit = text[i] ? strchr(jwt_digits, text[i]) : NULL;
		if (!digit)
			return NULL;
		bits = (bits << 6 | (unsigned)(digit - jwt_digits)) & 0xffff;
		held += 6;
		if (held >= 8) {
			held -= 8;
			out[(*size)++] = (unsigned char)(bits >> held);
		}
	}
	/* Nothing may be left over, else one signature could be spelled in several ways. */
	return n % 4 != 1 && !(bits & ((1u << held) - 1)) ? out : NULL;
}

static unsigned char *jwt_member(struct arena *mem, const struct object *key, const char *name, size_t *size)
{
	const char *text = object_text(key, name);
	unsigned char *bytes = *text ? jwt_unbase64(mem, text, strlen(text), size) : NULL;
	if (!bytes)
		*size = 0;
	return bytes;
}

static void jwt_let_go(void *key) { EVP_PKEY_free(key); }

static EVP_PKEY *jwt_build(const char *kind, OSSL_PARAM_BLD *parts)
{
	EVP_PKEY *key = NULL;
	OSSL_PARAM *all = OSSL_PARAM_BLD_to_param(parts);
	EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
	if (!all || !maker || EVP_PKEY_fromdata_init(maker) != 1 || EVP_PKEY_fromdata(maker, &key, EVP_PKEY_PUBLIC_KEY, all) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(maker);
	OSSL_PARAM_free(all);
	return key;
}

static EVP_PKEY *jwt_rsa(struct arena *mem, const struct object *from)
{
	size_t n_size, e_size;
	unsigned char *n = jwt_member(mem, from, "n", &n_size), *e = jwt_member(mem, from, "e", &e_size);
	if (!n || !e || n_size > JWT_RSA_MOST / 8 || e_size > 8)
		return NULL;
	OSSL_PARAM_BLD *parts = OSSL_PARAM_BLD_new();
	BIGNUM *modulus = BN_bin2bn(n, (int)n_size, NULL), *exponent = BN_bin2bn(e, (int)e_size, NULL);
	EVP_PKEY *key = NULL;
	if (parts && modulus && exponent && BN_num_bits(modulus) >= JWT_RSA_LEAST && BN_is_odd(modulus) && BN_is_odd(exponent)
	    && BN_num_bits(exponent) > 1 && OSSL_PARAM_BLD_push_BN(parts, OSSL_PKEY_PARAM_RSA_N, modulus) == 1
	    && OSSL_PARAM_BLD_push_BN(parts, OSSL_PKEY_PARAM_RSA_E, exponent) == 1)
		key = jwt_build("RSA", parts);
	OSSL_PARAM_BLD_free(parts);
	BN_free(modulus);
	BN_free(exponent);
	return key;
}

static EVP_PKEY *jwt_ec(struct arena *mem, const struct object *from)
{
	size_t x_size, y_size;
	unsigned char point[1 + 2 * JWT_POINT] = { 4 };
	unsigned char *x = jwt_member(mem, from, "x", &x_size), *y = jwt_member(mem, from, "y", &y_size);
	if (!x || !y || x_size != JWT_POINT || y_size != JWT_POINT)
		return NULL;
	memcpy(point + 1, x, JWT_POINT);
	memcpy(point + 1 + JWT_POINT, y, JWT_POINT);
	OSSL_PARAM_BLD *parts = OSSL_PARAM_BLD_new();
	EVP_PKEY *key = NULL;
	if (parts && OSSL_PARAM_BLD_push_utf8_string(parts, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1
	    && OSSL_PARAM_BLD_push_octet_string(parts, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point) == 1)
		key = jwt_build("EC", parts);
	OSSL_PARAM_BLD_free(parts);
	return key;
}

static EVP_PKEY *jwt_key(struct arena *mem, const struct jwt_way *way, const struct object *from)
{
	size_t size;
	EVP_PKEY *key = NULL;
	if (!strcmp(way->kind, "RSA")) {
		key = jwt_rsa(mem, from);
	} else if (!strcmp(way->kind, "EC")) {
		key = jwt_ec(mem, from);
	} else {
		unsigned char *x = jwt_member(mem, from, "x", &size);
		key = x && size == JWT_POINT ? EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, x, size) : NULL;
	}
	if (key)
		arena_closer(mem, jwt_let_go, key);
	return key;
}

/* ES256 signs with two plain numbers; OpenSSL wants them in DER. */
static unsigned char *jwt_der(struct arena *mem, const unsigned char *plain, size_t n, size_t *size)
{
	ECDSA_SIG *pair = n == 2 * JWT_POINT ? ECDSA_SIG_new() : NULL;
	unsigned char *out = arena_take(mem, 128), *to = out;
	if (!pair)
		return NULL;
	BIGNUM *r = BN_bin2bn(plain, JWT_POINT, NULL), *s = BN_bin2bn(plain + JWT_POINT, JWT_POINT, NULL);
	if (!r || !s || ECDSA_SIG_set0(pair, r, s) != 1) {
		BN_free(r);
		BN_free(s);
		ECDSA_SIG_free(pair);
		return NULL;
	}
	int made = i2d_ECDSA_SIG(pair, NULL) <= 128 ? i2d_ECDSA_SIG(pair, &to) : 0;
	ECDSA_SIG_free(pair);
	*size = made > 0 ? (size_t)made : 0;
	return made > 0 ? out : NULL;
}

static bool jwt_signed(struct arena *mem, const struct jwt_way *way, EVP_PKEY *key, const char *text, size_t n,
		       const unsigned char *signature, size_t size)
{
	const unsigned char *bytes = signature;
	if (!strcmp(way->kind, "EC") && !(bytes = jwt_der(mem, signature, size, &size)))
		return false;
	EVP_MD_CTX *state = EVP_MD_CTX_new();
	const EVP_MD *digest = strcmp(way->kind, "OKP") ? EVP_sha256() : NULL;
	bool good = state && EVP_DigestVerifyInit(state, NULL, digest, NULL, key) == 1
		&& EVP_DigestVerify(state, bytes, size, (const unsigned char *)text, n) == 1;
	EVP_MD_CTX_free(state);
	ERR_clear_error();
	return good;
}

/* A key that says nothing about its use, its algorithm or its name serves all. */
static bool jwt_fits(const struct jwt_way *way, const char *kid, const struct object *key)
{
	return !strcmp(object_text(key, "kty"), way->kind)
		&& (!*way->curve || !strcmp(object_text(key, "crv"), way->curve))
		&& (!object_has(key, "use") || !strcmp(object_text(key, "use"), "sig"))
		&& (!object_has(key, "alg") || !strcmp(object_text(key, "alg"), way->name))
		&& (!*kid || !strcmp(object_text(key, "kid"), kid));
}

static enum jwt_fault jwt_try(struct arena *mem, const struct jwt_way *way, const char *kid, const struct object *keys,
			      const char *text, size_t n, const unsigned char *signature, size_t size)
{
	enum jwt_fault fault = JWT_KEY;
	for (size_t i = 0; i < object_count(keys, "keys") && i < JWT_KEYS_MOST; i++) {
		const struct object *one = object_at(mem, keys, "keys", i);
		EVP_PKEY *key = one && jwt_fits(way, kid, one) ? jwt_key(mem, way, one) : NULL;
		if (!key)
			continue;
		if (jwt_signed(mem, way, key, text, n, signature, size))
			return JWT_GOOD;
		fault = JWT_SIGNATURE;
	}
	ERR_clear_error();
	return fault;
}

static const struct object *jwt_part(struct arena *mem, const char *text, size_t n)
{
	size_t size;
	unsigned char *bytes = n ? jwt_unbase64(mem, text, n, &size) : NULL;
	return bytes ? object_read(mem, (const char *)bytes, size) : NULL;
}

enum jwt_fault jwt_read(struct arena *mem, const char *text, const struct object *keys, struct jwt *out)
{
	size_t n = strlen(text), head = strcspn(text, "."), size;
	if (n > JWT_MOST || !text[head])
		return JWT_MALFORMED;
	size_t body = head + 1 + strcspn(text + head + 1, ".");
	if (!text[body] || strchr(text + body + 1, '.'))
		return JWT_MALFORMED;
	const struct object *header = jwt_part(mem, text, head);
	const struct object *claims = jwt_part(mem, text + head + 1, body - head - 1);
	unsigned char *signature = jwt_unbase64(mem, text + body + 1, n - body - 1, &size);
	if (!header || !claims || !signature || object_has(header, "crit") || object_has(header, "b64"))
		return JWT_MALFORMED;
	for (size_t i = 0; i < sizeof jwt_ways / sizeof *jwt_ways; i++)
		if (!strcmp(object_text(header, "alg"), jwt_ways[i].name)) {
			*out = (struct jwt){ claims, jwt_ways[i].name };
			return jwt_try(mem, &jwt_ways[i], object_text(header, "kid"), keys, text, body, signature, size);
		}
	return JWT_ALGORITHM;
}

const char *jwt_half(struct arena *mem, const struct jwt *jwt, const char *token)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	const EVP_MD *digest = strcmp(jwt->algorithm, "EdDSA") ? EVP_sha256() : EVP_sha512();
	return EVP_Digest(token, strlen(token), sum, &size, digest, NULL) == 1 ? jwt_base64(mem, sum, size / 2) : "";
}
