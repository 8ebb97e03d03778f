/* What a browser sends for a passkey: its members one after the other, as base64url or as raw bytes that
 * are encoded here, so that the fuzzer reaches what lies behind the decoding. Nothing may be taken as
 * signed: no input knows the private half of the key. */
#include "../../src/base/arena.h"
#include "../../src/court/webauthn.h"

#include <assert.h>
#include <sodium.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *passkey_piece(struct arena *mem, const uint8_t **at, size_t *left, int raw)
{
	const uint8_t *end = raw ? NULL : memchr(*at, 0, *left);
	size_t n = raw ? (*left > 1 && (size_t)(*at)[0] < *left ? (size_t)(*at)[0] : *left) : end ? (size_t)(end - *at) : *left;
	size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *out = arena_take(mem, room + 1);
	if (raw)
		sodium_bin2base64(out, room, *at, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	else
		memcpy(out, *at, n < room ? n : room);
	n += !raw && end ? 1 : 0;
	*at += n;
	*left -= n;
	return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *mem = arena_begin();
	struct ctx ctx = { .mem = mem, .person = "", .session = "", .device = "" };
	struct webauthn_expected expected = { "webauthn.get", "http://localhost", "localhost" };
	struct webauthn_key key = { 0 };
	const char *challenge;
	int64_t counter;
	int raw = size && data[0] & 1;
	if (size) {
		data++;
		size--;
	}
	struct webauthn_answer answer = { .user = "" };
	answer.client_data = passkey_piece(mem, &data, &size, raw);
	answer.signature = passkey_piece(mem, &data, &size, raw);
	answer.id = passkey_piece(mem, &data, &size, raw);
	answer.authenticator_data = passkey_piece(mem, &data, &size, raw);
	(void)webauthn_challenge(&ctx, &answer, &challenge);
	static const struct webauthn_key keys[] = {
		{ .algorithm = WEBAUTHN_ES256, .bytes = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
			"4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5" },
		{ .algorithm = WEBAUTHN_EDDSA, .bytes = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a" },
		{ .algorithm = WEBAUTHN_RS256, .bytes = "00" },
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		assert(webauthn_used(&ctx, &expected, &answer, &keys[i], &counter) != MC_OK);
	expected.type = "webauthn.create";
	if (!webauthn_made(&ctx, &expected, &answer, &key))
		assert(key.bytes && key.counter >= 0 && strlen(key.bytes) <= 2 * 1024);
	arena_end(mem);
	return 0;
}
