#include "pages.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "../base/setting.h"
#include "../court/upload.h"
#include "../http/ask.h"
#include "../http/intake.h"
#include "../http/multipart.h"
#include "../http/tus.h"
#include "../store/db.h"
#include "../store/partial.h"

#include <inttypes.h>
#include <string.h>

#define PAGE_UPLOAD_SETTLE (8 << 20)    /* bytes after which what has come is made safe, while more is to come */

/* One PATCH, or a POST with the first bytes. Lives in the request's memory. */
struct page_upload_intake {
	struct intake intake;
	struct upload upload;
	struct partial *partial;
	struct tus_sum sum;
	struct store *store;
	struct ctx ctx;                 /* whose it is; with the request's memory */
	bool fresh;                     /* not yet entered: nobody has been told of it */
	bool done;
};

static void page_upload_number(struct ctx *ctx, struct reply *reply, const char *name, int64_t value)
{
	reply_say(reply, name, arena_print(ctx->mem, "%" PRId64, value));
}

static void page_upload_state(struct ctx *ctx, struct reply *reply, const struct upload *u)
{
	page_upload_number(ctx, reply, "Upload-Offset", u->arrived);
	reply_say(reply, "Upload-Expires", tus_moment(ctx->mem, u->expires));
}

static enum mc_err page_upload_refuse(struct ctx *ctx, struct reply *reply, int status, enum mc_err err, const char *key, const char *arg)
{
	reply->status = status;
	return ctx_fail(ctx, err, (struct why){ .key = key, .arg = { arg } });
}

/* The statuses of tus, which say more than our codes do. */
static enum mc_err page_upload_status(struct ctx *ctx, struct reply *reply, enum mc_err err)
{
	if (err == MC_CONFLICT && ctx->why && !strcmp(ctx->why->key, "upload.busy"))
		reply->status = 423;
	if (err == MC_STORE && ctx->why && !strcmp(ctx->why->key, "store.full"))
		reply->status = 507;
	return err;
}

/* Every answer says the version; a client of another one is told which is spoken here. */
static enum mc_err page_upload_version(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	reply_say(reply, "Tus-Resumable", TUS_VERSION);
	if (!strcmp(ask->header(ask, "Tus-Resumable"), TUS_VERSION))
		return MC_OK;
	reply_say(reply, "Tus-Version", TUS_VERSION);
	return page_upload_refuse(ctx, reply, 412, MC_INVALID, "upload.version", TUS_VERSION);
}

/* -- bytes ------------------------------------------------------------------------------- */

/* The line broke, or something failed: what has come so far counts, unless it was to be checked. */
static void page_upload_leave(void *what)
{
	struct page_upload_intake *in = what;
	struct ctx ctx = in->ctx;
	if (in->done)
		return;
	ctx.mem = arena_begin();
	ctx.db = db_reader(in->store);
	ctx.why = NULL;
	if (in->fresh)
		partial_drop(&ctx, in->store, in->upload.id);
	else if (!in->sum.size && !partial_grip(&ctx, in->partial) && partial_size(in->partial) > in->upload.arrived)
		(void)upload_arrive(&ctx, &in->upload, in->partial);
	arena_end(ctx.mem);
}

static enum mc_err page_upload_take(struct ctx *ctx, struct intake *intake, struct reply *reply, const char *bytes, size_t n)
{
	struct page_upload_intake *in = (struct page_upload_intake *)intake;
	if ((int64_t)n > in->upload.length - partial_size(in->partial))
		return page_upload_refuse(ctx, reply, 413, MC_TOO_LARGE, "upload.over", arena_print(ctx->mem, "%" PRId64, in->upload.length));
	enum mc_err err = partial_grip(ctx, in->partial);
	if (err)
		return err;
	tus_sum_add(&in->sum, bytes, n);
	err = partial_add(ctx, in->partial, bytes, n);
	partial_ease(in->partial);
	intake->due = !in->fresh && !in->sum.size && partial_size(in->partial) - in->upload.arrived >= PAGE_UPLOAD_SETTLE;
	return page_upload_status(ctx, reply, err);
}

static enum mc_err page_upload_settle(struct ctx *ctx, struct intake *intake, struct reply *reply)
{
	struct page_upload_intake *in = (struct page_upload_intake *)intake;
	intake->due = false;
	enum mc_err err = partial_grip(ctx, in->partial);
	if (!err) {
		err = upload_arrive(ctx, &in->upload, in->partial);
		partial_ease(in->partial);
	}
	return page_upload_status(ctx, reply, err);
}

/* What is needed before the first byte: the headers that speak of the bytes, and the file, held alone. */
static enum mc_err page_upload_expect(struct ctx *ctx, const struct ask *ask, struct reply *reply, struct page_upload_intake **out)
{
	struct page_upload_intake *in = arena_take(ask->mem, sizeof *in);
	const char *sum = ask->header(ask, "Upload-Checksum");
	in->intake = (struct intake){ .take = page_upload_take, .settle = page_upload_settle };
	in->ctx = *ctx;
	in->ctx.mem = ask->mem;
	in->ctx.why = NULL;
	in->store = ask->store;
	*out = in;
	if (!ask_type_is(ask->header(ask, "Content-Type"), "application/offset+octet-stream"))
		return page_upload_refuse(ctx, reply, 415, MC_INVALID, "upload.content", NULL);
	if (*sum && (!tus_checksum(ask->mem, sum, &in->sum) || !in->sum.state))
		return page_upload_refuse(ctx, reply, 400, MC_INVALID, "upload.algorithm", TUS_ALGORITHMS);
	return MC_OK;
}

/* The file is open: from here on the bytes may come, from here or from somebody else. */
static enum mc_err page_upload_begin(struct ctx *ctx, const struct ask *ask, struct reply *reply, struct page_upload_intake *in, enum mc_err err)
{
	if (err) {
		/* The reasons stand in memory that lives longer; so they may be passed on. */
		ctx->why = in->ctx.why;
		return page_upload_status(ctx, reply, err);
	}
	arena_closer(ask->mem, page_upload_leave, in);
	partial_ease(in->partial);
	in->intake.most = in->upload.length - in->upload.arrived;
	reply->intake = &in->intake;
	int64_t length;
	if (tus_number(ask->header(ask, "Content-Length"), &length) && length > in->intake.most)
		return page_upload_refuse(ctx, reply, 413, MC_TOO_LARGE, "upload.over", arena_print(ctx->mem, "%" PRId64, in->upload.length));
	return MC_OK;
}

/* All bytes of this request are here: they count now, or not at all. */
static enum mc_err page_upload_end(struct ctx *ctx, struct page_upload_intake *in, struct reply *reply)
{
	enum mc_err err = partial_grip(ctx, in->partial);
	if (err)
		return err;
	if (!tus_sum_right(&in->sum)) {
		in->done = true;
		err = in->fresh ? MC_OK : partial_cut(ctx, in->partial, in->upload.arrived);
		if (in->fresh)
			partial_drop(ctx, in->store, in->upload.id);
		return err ? err : page_upload_refuse(ctx, reply, 460, MC_INVALID, "upload.checksum", NULL);
	}
	if (in->fresh)
		err = upload_add(ctx, &in->upload);
	in->fresh = in->fresh && err;
	if (!err)
		err = upload_arrive(ctx, &in->upload, in->partial);
	in->done = !in->fresh;
	if (!err && in->upload.arrived == in->upload.length)
		err = upload_finish(ctx, in->store, &in->upload, in->partial);
	return page_upload_status(ctx, reply, err);
}

/* -- creation ---------------------------------------------------------------------------- */

/* What the metadata say of the file; a name like a browser's, the last piece of a path. */
static enum mc_err page_upload_describe(struct ctx *ctx, const struct ask *ask, struct reply *reply, struct upload *out)
{
	struct form *said;
	int64_t length;
	*out = (struct upload){ .id = id_secret(ask->mem), .digest = "", .said = arena_copy(ask->mem, ask->header(ask, "Upload-Metadata")) };
	if (!tus_number(ask->header(ask, "Upload-Length"), &length))
		return page_upload_refuse(ctx, reply, 400, MC_INVALID, "upload.length", NULL);
	if (!tus_metadata(ask->mem, out->said, &said))
		return page_upload_refuse(ctx, reply, 400, MC_INVALID, "upload.metadata", NULL);
	out->length = length;
	out->name = multipart_file_name(ask->mem, form_get(said, *form_get(said, "filename") ? "filename" : "name"));
	out->type = multipart_type(ask->mem, form_get(said, *form_get(said, "filetype") ? "filetype" : "type"));
	return MC_OK;
}

static enum mc_err page_upload_post_early(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct page_upload_intake *in;
	struct upload u;
	enum mc_err err = page_upload_version(ctx, ask, reply);
	if (!err)
		err = page_upload_describe(ctx, ask, reply, &u);
	if (!err)
		err = page_upload_status(ctx, reply, upload_may(ctx, ask->store, &u));
	if (err || !*ask->header(ask, "Content-Type"))
		return err;
	err = page_upload_expect(ctx, ask, reply, &in);
	if (err)
		return err;
	in->upload = u;
	in->fresh = true;
	return page_upload_begin(ctx, ask, reply, in, partial_make(&in->ctx, ask->store, u.id, &in->partial));
}

static enum mc_err page_upload_post(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct page_upload_intake *in = (struct page_upload_intake *)ask->intake;
	struct partial *partial;
	struct upload u;
	if (ask->early)
		return page_upload_post_early(ctx, ask, reply);
	enum mc_err err = page_upload_version(ctx, ask, reply);
	if (!err && !in)
		err = page_upload_describe(ctx, ask, reply, &u);
	if (!err && !in)
		err = partial_make(ctx, ask->store, u.id, &partial);
	if (!err && !in)
		err = partial_sync(ctx, partial);
	if (!err)
		err = in ? page_upload_end(ctx, in, reply) : upload_add(ctx, &u);
	if (err)
		return page_upload_status(ctx, reply, err);
	page_upload_state(ctx, reply, in ? &in->upload : &u);
	reply->status = 201;
	reply->where = arena_print(ctx->mem, "/uploads/%s", in ? in->upload.id : u.id);
	return MC_OK;
}

static enum mc_err page_upload_options(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	(void)ask;
	reply_say(reply, "Tus-Resumable", TUS_VERSION);
	reply_say(reply, "Tus-Version", TUS_VERSION);
	reply_say(reply, "Tus-Extension", TUS_EXTENSIONS);
	reply_say(reply, "Tus-Checksum-Algorithm", TUS_ALGORITHMS);
	page_upload_number(ctx, reply, "Tus-Max-Size", setting_int(SETTING_UPLOAD_MOST));
	reply->status = 204;
	return MC_OK;
}

/* -- one upload -------------------------------------------------------------------------- */

static enum mc_err page_upload_head(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct upload u;
	enum mc_err err = page_upload_version(ctx, ask, reply);
	if (!err)
		err = upload_load(ctx, ask->part[0], &u);
	if (err)
		return err;
	page_upload_state(ctx, reply, &u);
	page_upload_number(ctx, reply, "Upload-Length", u.length);
	reply->secret = true;           /* to be kept nowhere: it changes with every byte */
	if (*u.said)
		reply_say(reply, "Upload-Metadata", u.said);
	return MC_OK;
}

static enum mc_err page_upload_elsewhere(struct ctx *ctx, struct reply *reply, int64_t arrived)
{
	page_upload_number(ctx, reply, "Upload-Offset", arrived);
	return page_upload_refuse(ctx, reply, 409, MC_CONFLICT, "upload.elsewhere", arena_print(ctx->mem, "%" PRId64, arrived));
}

static enum mc_err page_upload_patch_early(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct page_upload_intake *in;
	struct upload own;
	int64_t offset;
	enum mc_err err = page_upload_version(ctx, ask, reply);
	if (!err)
		err = upload_load(ctx, ask->part[0], &own);
	if (!err)
		err = page_upload_expect(ctx, ask, reply, &in);
	if (!err && !tus_number(ask->header(ask, "Upload-Offset"), &offset))
		err = page_upload_refuse(ctx, reply, 400, MC_INVALID, "upload.offset", NULL);
	if (err)
		return err;
	if (*own.digest && offset == own.length)
		return MC_OK;
	/* Whoever knows how far the court has got may take the file from one whose line may be dead. */
	if (offset != own.arrived)
		return page_upload_elsewhere(ctx, reply, own.arrived);
	err = upload_room(&in->ctx, ask->store, own.length - own.arrived);
	if (!err)
		err = partial_open(&in->ctx, ask->store, own.id, &in->partial);
	/* Held: what it says now stays so. It is asked anew, for the picture that was looked at so far is older. */
	db_look_up(ctx);
	in->ctx.db = ctx->db;
	if (!err)
		err = upload_load(&in->ctx, own.id, &in->upload);
	in->ctx.db = NULL;
	if (!err && offset != in->upload.arrived) {
		partial_ease(in->partial);
		return page_upload_elsewhere(ctx, reply, in->upload.arrived);
	}
	if (!err)
		err = partial_cut(&in->ctx, in->partial, in->upload.arrived);
	return page_upload_begin(ctx, ask, reply, in, err);
}

static enum mc_err page_upload_patch(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct page_upload_intake *in = (struct page_upload_intake *)ask->intake;
	struct upload whole;
	if (ask->early)
		return page_upload_patch_early(ctx, ask, reply);
	enum mc_err err = page_upload_version(ctx, ask, reply);
	if (!err)
		err = in ? page_upload_end(ctx, in, reply) : upload_load(ctx, ask->part[0], &whole);
	if (err)
		return err;
	page_upload_state(ctx, reply, in ? &in->upload : &whole);
	reply->status = 204;
	return MC_OK;
}

static enum mc_err page_upload_delete(struct ctx *ctx, const struct ask *ask, struct reply *reply)
{
	struct upload u;
	enum mc_err err = page_upload_version(ctx, ask, reply);
	if (!err)
		err = upload_load(ctx, ask->part[0], &u);
	if (!err)
		err = upload_drop(ctx, ask->store, u.id);
	reply->status = err ? reply->status : 204;
	return err;
}

const struct route *page_upload(void)
{
	static const struct route routes[] = {
		{ "OPTIONS", "/uploads", PAGE_PUBLIC, page_upload_options },
		{ "POST", "/uploads", PAGE_VERIFIED | PAGE_FILING | PAGE_WORKER | PAGE_STREAM | PAGE_EARLY, page_upload_post },
		{ "HEAD", "/uploads/:upload", PAGE_VERIFIED | PAGE_FILING, page_upload_head },
		{ "PATCH", "/uploads/:upload", PAGE_VERIFIED | PAGE_FILING | PAGE_WORKER | PAGE_STREAM | PAGE_EARLY, page_upload_patch },
		{ "DELETE", "/uploads/:upload", PAGE_VERIFIED | PAGE_FILING | PAGE_WORKER, page_upload_delete },
		{ 0 }
	};
	return routes;
}
