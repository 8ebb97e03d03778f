/* multipart: a posted form with files (RFC 7578), read as the bytes arrive. Plain
 * values are kept; the content of a file goes straight to the blob store and
 * never sits in memory. The files are made durable only by multipart_end(), after
 * the form has been found to come from our own page. */
#ifndef MC_MULTIPART_H
#define MC_MULTIPART_H
#include "route.h"

struct multipart;

struct multipart_limits {
	size_t values;          /* bytes of all plain values together */
	int64_t file;           /* bytes of one file; 0: no files are taken here */
	int files;              /* how many files */
};

/* NULL if the content type is not multipart/form-data with a boundary. Everything lives in mem. */
struct multipart *multipart_begin(struct arena *mem, const char *content_type, struct store *store,
				  struct multipart_limits limits, struct form *form);

/* The next bytes. MC_TOO_LARGE over a limit, MC_INVALID for what is no form, MC_STORE if a file
 * cannot be written; after a failure nothing more may be added. */
enum mc_err multipart_add(struct ctx *ctx, struct multipart *m, const char *bytes, size_t n);

/* After the last byte: stores the files for good and sets their values, "digest size type filename".
 * May wait for the disk. MC_INVALID if the last boundary is missing. A file that is too large or
 * broken (law/format) gets no value: multipart_wrong() says why, and the rest of the form is good. */
enum mc_err multipart_end(struct ctx *ctx, struct multipart *m);

/* What a browser calls a file, made fit to be shown and to be one word list's last word; and its type,
 * "application/octet-stream" if that is none. */
const char *multipart_file_name(struct arena *mem, const char *name);
const char *multipart_type(struct arena *mem, const char *type);

/* The values that multipart_end() set: what came as a file, and was not only written like one. */
const struct form *multipart_files(const struct multipart *m);

/* What was wrong with files, in the order they came; NULL if nothing. */
const struct why *multipart_wrong(const struct multipart *m);

#endif
