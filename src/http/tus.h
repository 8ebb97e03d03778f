/* tus: the words of resumable uploads (tus 1.0, https://tus.io/protocols/resumable-upload): what a
 * client says in its headers, read and checked. Bytes from outside are believed nowhere. */
#ifndef MC_TUS_H
#define MC_TUS_H
#include "../base/form.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TUS_VERSION "1.0.0"
#define TUS_EXTENSIONS "creation,creation-with-upload,expiration,checksum,termination"
#define TUS_ALGORITHMS "sha256,sha1"
#define TUS_SUM 32              /* bytes of the longest checksum */
#define TUS_METADATA 4096       /* bytes of Upload-Metadata */

struct evp_md_ctx_st;

/* A checksum that was announced, and the bytes so far. */
struct tus_sum { struct evp_md_ctx_st *state; unsigned char want[TUS_SUM]; size_t size; };

/* Upload-Length, Upload-Offset: digits and nothing else. */
bool tus_number(const char *text, int64_t *out);

/* Upload-Metadata: keys with values in base64, "filename 5rOV,filetype dGV4dA==". False if it is not
 * that, if a key stands twice, or if a value is not UTF-8. An empty value is the same as none. */
bool tus_metadata(struct arena *mem, const char *header, struct form **out);

/* Upload-Checksum, "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=". What is not known is NULL in out->state. False
 * if the header makes no sense. The state ends with mem. */
bool tus_checksum(struct arena *mem, const char *header, struct tus_sum *out);
void tus_sum_add(struct tus_sum *sum, const void *bytes, size_t n);
bool tus_sum_right(struct tus_sum *sum);

/* "Wed, 25 Nov 2026 08:12:31 GMT" (RFC 9110 section 5.6.7). */
const char *tus_moment(struct arena *mem, int64_t at);

#endif
