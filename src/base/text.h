/* text: bytes that grow in an arena, and the few questions one asks of UTF-8.
 * Everything that the program says (HTML, JSON, papers, logs) is written here,
 * so escaping has one home. */
#ifndef MC_TEXT_H
#define MC_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct text {
	struct arena *mem;
	char *bytes;            /* not NUL-terminated until text_end() */
	size_t size, room;
};

struct text text_begin(struct arena *mem);
void text_add(struct text *t, const char *s);
void text_add_n(struct text *t, const char *s, size_t n);
void text_int(struct text *t, int64_t value);
void text_print(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void text_html(struct text *t, const char *s);  /* & < > " ' escaped: for text and quoted attributes */
void text_json(struct text *t, const char *s);  /* a JSON string with its quotes (RFC 8259) */
void text_url(struct text *t, const char *s);   /* for a query or a form: all but RFC 3986's unreserved as %41 */
const char *text_end(struct text *t);           /* the bytes, NUL-terminated */

bool text_valid(const char *s, size_t n);       /* well-formed UTF-8 (RFC 3629), no NUL */
size_t text_chars(const char *s);               /* code points, as a person counts them */
char *text_trim(struct arena *mem, const char *s); /* without ASCII and ideographic spaces at the ends */
bool text_same(const char *a, const char *b);   /* equal; NULL counts as "" */
char *text_hex(struct arena *mem, const unsigned char *bytes, size_t n); /* lower case */

#endif
