/* upload: a file that comes to the court piece by piece, and is one's own until a form names it.
 * What has been acknowledged is on the disk: arrived is written after the bytes are, so it never
 * says more than is there, whatever happens to the program. When the last byte is here the file is
 * looked at (law/format) and becomes a blob (tus 1.0; 人民法院在线诉讼规则 art. 11). */
#ifndef MC_UPLOAD_H
#define MC_UPLOAD_H
#include "../base/ctx.h"

struct partial;
struct store;

struct upload {
	const char *id;
	const char *name, *type;        /* of the file, as its sender says */
	const char *said;               /* Upload-Metadata as it came */
	int64_t length;                 /* bytes of the whole */
	int64_t arrived;                /* bytes that are here for good */
	int64_t expires;                /* thrown away then, unless more comes; seconds since 1970 */
	const char *digest;             /* SHA-256 of the whole, "" while it is not whole */
};

/* Whether ctx->person may begin it: MC_INVALID for an empty file or a kind that is not taken,
 * MC_TOO_LARGE over upload_most or upload_quota, MC_STORE "store.full" if the disk has no room. */
enum mc_err upload_may(struct ctx *ctx, struct store *store, const struct upload *upload);

/* MC_STORE "store.full" if so many bytes do not fit on the disk any more. */
enum mc_err upload_room(struct ctx *ctx, struct store *store, int64_t bytes);

/* Enters it for ctx->person; sets expires. Opens a transaction. */
enum mc_err upload_add(struct ctx *ctx, struct upload *upload);

/* One of ctx->person's own. MC_UNKNOWN for anybody else's, and once it has expired. */
enum mc_err upload_load(struct ctx *ctx, const char *id, struct upload *out);

/* So much of it is on the disk for good: syncs the file, then says so. May take long; opens a transaction. */
enum mc_err upload_arrive(struct ctx *ctx, struct upload *upload, struct partial *partial);

/* The last byte is here: looks at the file and makes a blob of it. MC_INVALID with what is wrong with
 * the file, which is then thrown away. May take long; opens transactions. */
enum mc_err upload_finish(struct ctx *ctx, struct store *store, struct upload *upload, struct partial *partial);

/* Throws it away. Opens a transaction. */
enum mc_err upload_drop(struct ctx *ctx, struct store *store, const char *id);

/* The value of a form's field for the upload with this id, "digest size type name". MC_INVALID for the
 * field if it is not whole or not ctx->person's. */
enum mc_err upload_value(struct ctx *ctx, struct store *store, const char *id, const char *field, const char **value);

/* Throws away what has expired, and what interrupted uploads have left. Opens transactions. */
enum mc_err upload_sweep(struct ctx *ctx, struct store *store, int *removed);

#endif
