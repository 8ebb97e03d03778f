#include "signature.h"
#include "arena.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

static const char *signature_base64(struct arena *mem, const char *before, const unsigned char *bytes, size_t n)
{
	size_t room = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL);
	char *coded = arena_take(mem, room);
	sodium_bin2base64(coded, room, bytes, n, sodium_base64_VARIANT_ORIGINAL);
	return arena_print(mem, "%s%s", before, coded);
}

const char *signature_of(struct arena *mem, const unsigned char *secret, size_t n, const char *id, int64_t at,
			 const char *body)
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	const char *head = arena_print(mem, "%s.%" PRId64 ".", id, at);
	crypto_auth_hmacsha256_init(&state, secret, n);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)head, strlen(head));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)body, strlen(body));
	crypto_auth_hmacsha256_final(&state, mac);
	return signature_base64(mem, "v1,", mac, sizeof mac);
}

const char *signature_told(struct arena *mem, const unsigned char *secret, size_t n)
{
	return signature_base64(mem, "whsec_", secret, n);
}
