/* ask: reading what a browser or a program asks: the address, the values after
 * "?", a posted form, the languages and formats it can read. Bytes from outside
 * are believed nowhere: what is not well-formed UTF-8 is refused by name
 * (WHATWG URL, application/x-www-form-urlencoded; RFC 9110 section 12). */
#ifndef MC_ASK_H
#define MC_ASK_H
#include "../base/ctx.h"
#include "../base/form.h"

struct intake;
struct store;
struct traffic;

struct ask {
	const char *method, *path;      /* "/cases/132/7" as it was sent */
	const char *uri;                /* the same with its query, "/cases/132/7?page=2" */
	const char *part[4];            /* what ":name" pieces of the route matched, in order; "" if none */
	const struct form *query;       /* ?name=value */
	struct form *form;              /* body: urlencoded, multipart or JSON. An uploaded file is the value
	                                 * "digest size type filename" (type without blanks) */
	const struct form *files;       /* those values of form that came as files in this very request; whoever
	                                 * only names a file must prove that he may */
	const struct why *wrong;        /* what was wrong with files that came; those have no value */
	const char *body;               /* raw body of a PAGE_OPEN route (at most 64 KiB) */
	const char *csrf;               /* this visitor's token, for the forms shown */
	const char *host, *origin;      /* "court.example:8080", "https://court.example:8080" */
	const char *address;            /* where the caller sits: "203.0.113.7", "" if unknown */
	const char *name;               /* what the signed-in person is called, "" if nobody */
	bool verified, staff;           /* of the signed-in person */
	bool bearer;                    /* a program asks, with a token that has these scopes */
	unsigned scopes;                /* enum token_scope */
	bool owes;                      /* that person must set up a second proof before anything else */
	bool json;                      /* the caller wants JSON (Accept) */
	const char *(*header)(const struct ask *, const char *name);    /* "" if absent */
	bool early;                     /* the body is not here yet: say whether it may come, and only read */
	struct intake *intake;          /* where it went, NULL if none was taken */
	struct arena *mem;              /* ends with the request; the ctx of a page may end before */
	void *under;                    /* the server's own */
	struct traffic *traffic;        /* what the server has counted */
	size_t place;                   /* of the route in the router */
	struct store *store;
};

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

/* The path if it leads to a page of this site ("/cases?page=2"), else "/": for ?next=. */
const char *ask_local(const char *path);

#endif
