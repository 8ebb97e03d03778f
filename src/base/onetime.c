#include "onetime.h"
#include "arena.h"
#include "text.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

const char *onetime_code(struct arena *mem, const unsigned char *secret, size_t n, int64_t step, int digits)
{
	unsigned char counter[8], sum[EVP_MAX_MD_SIZE];
	unsigned size = 0, modulus = 1;
	assert(digits >= 6 && digits <= 8);
	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	HMAC(EVP_sha1(), secret, (int)n, counter, sizeof counter, sum, &size);
	/* Dynamic truncation, RFC 4226 section 5.3. */
	const unsigned char *at = sum + (sum[size - 1] & 0x0f);
	unsigned value = (at[0] & 0x7fu) << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
	for (int i = 0; i < digits; i++)
		modulus *= 10;
	return arena_print(mem, "%0*u", digits, value % modulus);
}

const char *onetime_base32(struct arena *mem, const unsigned char *bytes, size_t n)
{
	static const char letter[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct text t = text_begin(mem);
	unsigned held = 0, bits = 0;
	for (size_t i = 0; i < n; i++) {
		held = (held << 8 | bytes[i]) & 0xfff;
		for (bits += 8; bits >= 5; bits -= 5)
			text_add_n(&t, &letter[held >> (bits - 5) & 31], 1);
	}
	if (bits)
		text_add_n(&t, &letter[held << (5 - bits) & 31], 1);
	return text_end(&t);
}

static void onetime_escape(struct text *t, const char *s)
{
	for (; *s; s++)
		if ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9'))
			text_add_n(t, s, 1);
		else
			text_print(t, "%%%02X", (unsigned)(unsigned char)*s);
}

const char *onetime_link(struct arena *mem, const char *issuer, const char *account, const char *base32)
{
	struct text t = text_begin(mem);
	text_add(&t, "otpauth://totp/");
	onetime_escape(&t, issuer);
	text_add(&t, ":");
	onetime_escape(&t, account);
	text_print(&t, "?secret=%s&issuer=", base32);
	onetime_escape(&t, issuer);
	text_print(&t, "&algorithm=SHA1&digits=%d&period=%d", ONETIME_DIGITS, ONETIME_STEP);
	return text_end(&t);
}
