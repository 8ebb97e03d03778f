/* digest: SHA-256 (FIPS 180-4) as 64 lower-case hex digits; whole or by pieces. */
#ifndef MC_DIGEST_H
#define MC_DIGEST_H
#include <stddef.h>

struct arena;
struct digest;

const char *digest_of(struct arena *mem, const void *bytes, size_t n);
struct digest *digest_begin(struct arena *mem);
void digest_add(struct digest *d, const void *bytes, size_t n);
const char *digest_end(struct arena *mem, struct digest *d);

#endif
