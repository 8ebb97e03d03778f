#include "pages.h"
#include "../base/arena.h"
#include "../court/draft.h"
#include "../court/enclosure.h"
#include "../law/format.h"
#include "../store/blob.h"

#include <string.h>

static enum mc_err page_blob_send(struct ctx *ctx, const struct ask *ask, const struct field_file *file,
				  struct reply *reply)
{
	enum mc_err err = blob_open(ctx, ask->store, file->digest, &reply->file, &reply->file_size);
	if (err)
		return err;
	reply->type = "application/octet-stream";
	reply->etag = file->digest;
	reply->name = file->name;
	/* Everything that is not known to be harmless (above all HTML and SVG, which can carry script) is
	 * handed over to be saved, whatever its sender called it. */
	const struct format *format = format_of_type(file->type);
	if (format && format->shown) {
		bool text = !strcmp(format->type, "text/plain");
		reply->type = text ? "text/plain; charset=utf-8" : format->type;
		reply->name = *form_get(ask->query, "save") ? file->name : NULL;
	}
	return MC_OK;
}

static enum mc_err page_blob_unknown(struct ctx *ctx, enum mc_err err)
{
	return err == MC_UNKNOWN ? ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "page.unknown" }) : err;
}

/* One's own draft: only files that its owner sent get into it (form_sent). */
static enum mc_err page_blob_of_draft(struct ctx *ctx, const char *docket, enum act act, const char *digest,
				      struct field_file *file)
{
	struct draft draft;
	enum mc_err err = draft_load(ctx, docket, act, &draft);
	if (err)
		return err;
	return strlen(digest) == 64 && enclosure_in(ctx, act, draft.form, digest, file) ? MC_OK : MC_UNKNOWN;
}

static enum mc_err page_blob_case(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct docket d;
	struct field_file file;
	enum mc_err err = docket_load(ctx, ask->part[0], ask->part[1], &d);
	if (!err)
		err = enclosure_find(ctx, &d, ask->part[2], &file);
	for (enum act act = ACT_NONE + 1; err == MC_UNKNOWN && !ctx->why && act < ACT_COUNT; act++)
		err = page_blob_of_draft(ctx, d.id, act, ask->part[2], &file);
	return err ? page_blob_unknown(ctx, err) : page_blob_send(ctx, ask, &file, reply);
}

static enum mc_err page_blob_draft(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct field_file file;
	enum mc_err err = page_blob_of_draft(ctx, ask->part[0], ACT_SUBMIT, ask->part[1], &file);
	return err ? page_blob_unknown(ctx, err) : page_blob_send(ctx, ask, &file, reply);
}

const struct route *page_blob(void)
{
	static const struct route routes[] = {
		{ "GET", "/cases/:court/:id/files/:digest", PAGE_SIGNED, page_blob_case },
		{ "GET", "/file/:draft/files/:digest", PAGE_VERIFIED | PAGE_FILING, page_blob_draft },
		{ 0 }
	};
	return routes;
}
