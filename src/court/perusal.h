/* perusal: the read log. Every answer with personal data leaves a line that says who read what
 * and when, before the answer goes out (在线诉讼规则第38条: whoever spreads what he read
 * unlawfully can be found). It is a chain of digests (store/journal), and its state is entered in
 * the store every few seconds, so that cutting or removing a file shows. */
#ifndef MC_PERUSAL_H
#define MC_PERUSAL_H
#include "../base/ctx.h"

#include <stdbool.h>

struct store;

/* Begins this program's file, in DATA/reads. Without it nothing is logged. It ends with ctx->mem. */
enum mc_err perusal_begin(struct ctx *ctx, struct store *store);

/* ctx->person is about to be given this address, which names the case, the paper, the file or the person whose data it
 * is. MC_STORE "perusal.down" if that cannot be noted: then it must not be given. */
enum mc_err perusal_note(struct ctx *ctx, const char *method, const char *uri, int status);

/* Makes the log durable and enters in the store how far it has come; goes on in a new file when one has grown
 * long. Every few seconds, by one thread. */
enum mc_err perusal_keep(struct ctx *ctx);

struct perusal_line {
	int64_t at;
	const char *person, *session, *request, *method, *uri;
	int status;
};

struct perusal_sum { int64_t files, lines, broken; };

/* Walks all files of a data directory against what the store says of this machine's: each gets every line, fault every file that
 * is not whole. MC_STORE if the store cannot be read. */
enum mc_err perusal_walk(struct ctx *ctx, const char *directory, struct perusal_sum *sum,
			 void (*each)(void *, const struct perusal_line *),
			 void (*fault)(void *, const char *file, int64_t line, const char *why), void *what);

#endif
