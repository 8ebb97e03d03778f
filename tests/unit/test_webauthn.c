/* What a browser says is refused for the right reason before any signature is looked at. */
#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/court/webauthn.h"

#include <openssl/sha.h>
#include <sodium.h>

static const char *webauthn_test_code(struct arena *mem, const void *bytes, size_t n)
{
	size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return sodium_bin2base64(arena_take(mem, room), room, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void test_webauthn_refusals(struct arena *mem)
{
	static const struct { const char *client, *rp; unsigned flags; size_t size; const char *why; } row[] = {
		{ "", "localhost", 5, 37, "passkey.broken" },
		{ "no json", "localhost", 5, 37, "passkey.broken" },
		{ "\xff{}", "localhost", 5, 37, "passkey.broken" },
		{ "{}", "localhost", 5, 37, "passkey.broken" },
		{ "{\"type\":\"webauthn.create\",\"origin\":\"http://localhost:1\"}", "localhost", 5, 37, "passkey.broken" },
		{ "{\"type\":\"webauthn.get\",\"origin\":\"http://localhost:1\"}", "localhost", 5, 36, "passkey.broken" },
		{ "{\"type\":\"webauthn.get\",\"origin\":\"http://localhost:2\"}", "localhost", 5, 37, "passkey.origin" },
		{ "{\"type\":\"webauthn.get\"}", "localhost", 5, 37, "passkey.origin" },
		{ "{\"type\":\"webauthn.get\",\"origin\":\"http://localhost:1\",\"crossOrigin\":true}", "localhost", 5, 37, "passkey.origin" },
		{ "{\"type\":\"webauthn.get\",\"origin\":\"http://localhost:1\"}", "court.example", 5, 37, "passkey.origin" },
		{ "{\"type\":\"webauthn.get\",\"origin\":\"http://localhost:1\"}", "localhost", 4, 37, "passkey.unverified" },
		{ "{\"type\":\"webauthn.get\",\"origin\":\"http://localhost:1\"}", "localhost", 1, 37, "passkey.unverified" },
		{ "{\"type\":\"webauthn.get\",\"origin\":\"http://localhost:1\"}", "localhost", 5, 37, "passkey.signature" },
	};
	const struct webauthn_expected expected = { "webauthn.get", "http://localhost:1", "localhost" };
	const struct webauthn_key key = { .algorithm = WEBAUTHN_EDDSA,
		.bytes = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a" };
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct ctx ctx = { .mem = mem, .person = "", .session = "", .device = "" };
		unsigned char data[37] = { 0 };
		int64_t counter;
		SHA256((const unsigned char *)row[i].rp, strlen(row[i].rp), data);
		data[32] = (unsigned char)row[i].flags;
		struct webauthn_answer answer = { .id = "aWQ", .signature = "c2ln", .user = "",
			.client_data = webauthn_test_code(mem, row[i].client, strlen(row[i].client)),
			.authenticator_data = webauthn_test_code(mem, data, row[i].size) };
		CHECK_INT(webauthn_used(&ctx, &expected, &answer, &key, &counter), MC_INVALID);
		CHECK_TEXT(ctx.why ? ctx.why->key : "none", row[i].why);
	}
}

int main(void)
{
	struct arena *mem = arena_begin();
	test_webauthn_refusals(mem);
	arena_end(mem);
	return check_end();
}
