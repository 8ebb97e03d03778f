/* backup: one picture of a whole court, taken while it is served: the database as a SQLite file
 * (whichever database the court uses), then the files that its rows may name, the keys, and the
 * read log at least as far as the picture says that it had come. In this order: a file is durable
 * before a row names it, so nothing is missing; what came in between is in the way of nobody.
 *
 * Nothing is locked. SQLite: a reader, which no writer waits for; only the log next to the database
 * is not folded into it meanwhile, and grows by what is written. PostgreSQL: one transaction that
 * reads (repeatable read); only what is deleted meanwhile is cleared away later. */
#ifndef MC_BACKUP_H
#define MC_BACKUP_H
#include "../base/ctx.h"

struct store;
struct vault;

struct backup {
	const char *name;               /* of the backup in the vault */
	int64_t at;                     /* all that was durable at this time is in it */
	int64_t files, bytes;           /* that it holds */
	int64_t new_files, new_bytes;   /* and those that the vault had not before */
	int64_t damaged;                /* uploaded files that are not what their name says, and were left out */
	const char *damaged_one;        /* the first of them, "" */
};

/* show hears how far a part has come: all is 0 while that is not known. ctx->db reads the store.
 * MC_CONFLICT schema.older and others of copy_rows(), MC_STORE. */
enum mc_err backup_take(struct ctx *ctx, struct store *store, struct vault *vault,
			void (*show)(const char *part, int64_t done, int64_t all), struct backup *out);

#endif
