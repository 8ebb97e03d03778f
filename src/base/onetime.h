/* onetime: codes that hold for half a minute (TOTP, RFC 6238, over HOTP, RFC 4226): HMAC-SHA-1,
 * six digits, thirty seconds, as every authenticator app expects them. What is safe against
 * collisions is not asked here: an HMAC does not rest on it. */
#ifndef MC_ONETIME_H
#define MC_ONETIME_H
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { ONETIME_STEP = 30, ONETIME_DIGITS = 6, ONETIME_SECRET = 20 };   /* seconds, digits, bytes */

/* The code of one step (seconds since 1970 / ONETIME_STEP), with leading zeros; digits: 6 to 8. */
const char *onetime_code(struct arena *mem, const unsigned char *secret, size_t n, int64_t step, int digits);

/* Base 32 without padding (RFC 4648 section 6), as it is typed into an app. */
const char *onetime_base32(struct arena *mem, const unsigned char *bytes, size_t n);

/* "otpauth://totp/Issuer:account?secret=...": what the picture says to an app. Names may be any UTF-8. */
const char *onetime_link(struct arena *mem, const char *issuer, const char *account, const char *base32);

#endif
