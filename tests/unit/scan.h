/* scan: a file that is in the store, for acts that need one. */
#ifndef MC_SCAN_H
#define MC_SCAN_H
#include "../../src/store/blob.h"

#define SCAN_FILE "5bb626f4973a4d80adb3d956673807597303a694d5124d9c2298b1fa2811810f 6 application/pdf 文件.pdf"

/* Puts it there. */
static inline enum mc_err scan_store(struct ctx *ctx, struct store *store)
{
	struct blob *blob;
	const char *digest;
	int64_t size;
	enum mc_err err = blob_begin(ctx, store, &blob);
	if (!err)
		err = blob_add(ctx, blob, "a scan", 6);
	return err ? err : blob_end(ctx, blob, &digest, &size);
}

#endif
