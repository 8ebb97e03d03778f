/* partial: a file that is still arriving, under DIRECTORY/blobs/part/ID, until it becomes a blob.
 * Whoever writes holds it alone, across threads and programs (flock), and lets go when the arena
 * of its ctx ends or the program does; while it only waits for more bytes, somebody else in this
 * program may take it over. How much of it counts is told elsewhere (court/upload): what
 * lies behind that was never acknowledged. */
#ifndef MC_PARTIAL_H
#define MC_PARTIAL_H
#include "../base/ctx.h"

#include <stddef.h>

struct partial;
struct store;

/* Begins an empty one and holds it. */
enum mc_err partial_make(struct ctx *ctx, struct store *store, const char *id, struct partial **out);
/* Takes hold of one, from whoever has eased it too. MC_CONFLICT "upload.busy" while somebody else holds it;
 * MC_UNKNOWN if there is none. */
enum mc_err partial_open(struct ctx *ctx, struct store *store, const char *id, struct partial **out);

/* From here on, until it is gripped again, somebody else may take it over: its line may be dead, and who
 * sends does not know it yet. Between the two nothing else is done with it. */
void partial_ease(struct partial *partial);
/* MC_CONFLICT "upload.overtaken" if somebody has; it is lost then. */
enum mc_err partial_grip(struct ctx *ctx, struct partial *partial);

/* Throws away what lies behind this offset; MC_STORE if there is less. */
enum mc_err partial_cut(struct ctx *ctx, struct partial *partial, int64_t offset);
/* The next bytes. On a full disk MC_STORE "store.full", and those that fitted in are there. */
enum mc_err partial_add(struct ctx *ctx, struct partial *partial, const void *bytes, size_t n);
/* All that was added is on the disk for good. May take long. */
enum mc_err partial_sync(struct ctx *ctx, struct partial *partial);
int64_t partial_size(const struct partial *partial);
/* Up to n bytes from there on; fewer at the end, or if the disk fails. */
size_t partial_look(struct partial *partial, int64_t at, void *bytes, size_t n);
/* MC_STORE if it has failed since this was last asked: what was made out by looking says nothing of the file then. */
enum mc_err partial_seen(struct ctx *ctx, struct partial *partial);

/* The digest of the whole, read from the disk. May take long. */
enum mc_err partial_digest(struct ctx *ctx, struct partial *partial, const char **digest);
/* Becomes the blob of this digest, durably. */
enum mc_err partial_keep(struct ctx *ctx, struct partial *partial, const char *digest);
/* Removes the file, if there is one. */
void partial_drop(struct ctx *ctx, struct store *store, const char *id);

/* Bytes that still fit on the disk. */
enum mc_err partial_room(struct ctx *ctx, struct store *store, int64_t *left);

#endif
