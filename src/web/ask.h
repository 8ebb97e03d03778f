/* ask: reading what a browser or a program asks: the address, the values after
 * "?", a posted form, the languages and formats it can read. Bytes from outside
 * are believed nowhere: what is not well-formed UTF-8 is refused by name
 * (WHATWG URL, application/x-www-form-urlencoded; RFC 9110 section 12). */
#ifndef MC_ASK_H
#define MC_ASK_H
#include "page.h"

#define ASK_VALUES 4000         /* in one form */
#define ASK_URI 4096            /* bytes of an address */

/* Adds the pairs of "a=1&b=%E6%B3%95" to form; line ends become LF. MC_INVALID for a name or value
 * that is not UTF-8 (names the field), for a name over 200 bytes, or for too many values. */
enum mc_err ask_pairs(struct ctx *ctx, const char *text, size_t n, struct form *form);

/* The one rule for a value of any body: UTF-8, and room in the form. Line ends become LF. */
enum mc_err ask_value(struct ctx *ctx, struct form *form, const char *name, const char *value, size_t n);

/* The n bytes of s with every %41 read; *size says how many came out (a NUL follows them). */
char *ask_unescape(struct arena *mem, const char *s, size_t n, bool plus, size_t *size);

/* True if JSON is wanted rather than HTML (Accept with its q values). */
bool ask_wants_json(const char *accept);

/* The language to answer in: the cookie if it is one of ours, else Accept-Language, else Chinese. */
enum lang ask_lang(const char *cookie, const char *accept);

/* True if "type/subtype; parameters" names this type. */
bool ask_type_is(const char *content_type, const char *type);

/* The host as asked for, or "localhost" if it has bytes that no host has. */
const char *ask_host(struct arena *mem, const char *host);

/* The address that a front says it speaks for: the last of X-Forwarded-For, which the front itself has
 * added. "" if that is no address. */
const char *ask_forwarded(struct arena *mem, const char *told);

/* "path?query" without the value "lang" in the query. */
const char *ask_without_lang(struct arena *mem, const char *uri);

/* True if an address is fit to be matched and shown again: a path, not too long, without blanks and
 * controls. */
bool ask_plain(const char *uri);

/* The first most bytes of text and no part of a character; "" if they are not UTF-8. */
const char *ask_cut(struct arena *mem, const char *text, size_t most);

#endif
