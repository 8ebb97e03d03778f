#include "base/digest.h"
#include "base/arena.h"
#include "check.h"

/* FIPS 180-4, examples of NIST. */
static const struct { const char *text, *digest; } test_digest_vector[] = {
	{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

int main(void)
{
	struct arena *mem = arena_begin();
	for (size_t i = 0; i < sizeof test_digest_vector / sizeof *test_digest_vector; i++) {
		const char *text = test_digest_vector[i].text;
		CHECK_TEXT(digest_of(mem, text, strlen(text)), test_digest_vector[i].digest);
		struct digest *d = digest_begin(mem);
		for (const char *p = text; *p; p++)
			digest_add(d, p, 1);
		CHECK_TEXT(digest_end(mem, d), test_digest_vector[i].digest);
	}
	static char million[1000000];
	memset(million, 'a', sizeof million);
	CHECK_TEXT(digest_of(mem, million, sizeof million),
		   "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	digest_add(digest_begin(mem), "left unfinished", 15);   /* the arena gives it back */
	arena_end(mem);
	return check_end();
}
