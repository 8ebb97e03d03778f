#include "upload.h"
#include "court.h"
#include "custody.h"
#include "../base/arena.h"
#include "../base/setting.h"
#include "../law/format.h"
#include "../store/blob.h"
#include "../store/db.h"
#include "../store/partial.h"

#include <inttypes.h>
#include <string.h>

#define UPLOAD_SWEEP 100        /* at once */

static const char *upload_holder(struct ctx *ctx, const char *id) { return arena_print(ctx->mem, "upload %s", id); }

/* All that this person has on the way must fit in the quota; what stands in an entry of a case counts no more. */
static enum mc_err upload_quota(struct ctx *ctx, const struct upload *upload)
{
	struct row *r = db_ask(ctx, "select cast(coalesce(sum(length), 0) as bigint) from upload where court = $1 and person = $2"
		" and expires > $3 and not exists (select 1 from custody where custody.digest = upload.digest"
		" and custody.holder like 'entry %')", "tti", COURT_NATION, ctx->person, ctx->now);
	int64_t have = db_next(r) ? db_int(r, 0) : 0, most = setting_int(SETTING_UPLOAD_QUOTA);
	if (db_broken(r))
		return MC_STORE;
	return have > most - upload->length ? ctx_fail(ctx, MC_TOO_LARGE, (struct why){ .key = "upload.quota",
		.arg = { arena_print(ctx->mem, "%" PRId64, most >> 20), arena_print(ctx->mem, "%" PRId64, have >> 20) } }) : MC_OK;
}

enum mc_err upload_room(struct ctx *ctx, struct store *store, int64_t bytes)
{
	int64_t room;
	enum mc_err err = partial_room(ctx, store, &room);
	return err || room >= bytes ? err : ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.full" });
}

enum mc_err upload_may(struct ctx *ctx, struct store *store, const struct upload *upload)
{
	int64_t most = setting_int(SETTING_UPLOAD_MOST);
	enum mc_err err = format_refuse(ctx, upload->length ? format_look_name(upload->name) : FORMAT_EMPTY, NULL, upload->name);
	if (err)
		return err;
	if (upload->length > most)
		return ctx_fail(ctx, MC_TOO_LARGE, (struct why){ .key = "file.too_large", .arg = { arena_print(ctx->mem, "%" PRId64, most >> 20) } });
	err = upload_quota(ctx, upload);
	return err ? err : upload_room(ctx, store, upload->length);
}

static enum mc_err upload_insert(struct ctx *ctx, void *arg)
{
	const struct upload *u = arg;
	enum mc_err err = upload_quota(ctx, u);
	return err ? err : db_do(ctx, "insert into upload (court, id, person, name, type, said, length, arrived, expires, digest)"
		" values ($1, $2, $3, $4, $5, $6, $7, 0, $8, '')", "ttttttii", COURT_NATION, u->id, ctx->person, u->name, u->type, u->said,
		u->length, u->expires);
}

enum mc_err upload_add(struct ctx *ctx, struct upload *upload)
{
	upload->expires = ctx->now + setting_int(SETTING_UPLOAD_KEEP);
	return db_together(ctx, upload_insert, upload);
}

enum mc_err upload_load(struct ctx *ctx, const char *id, struct upload *out)
{
	struct row *r = db_ask(ctx, "select id, name, type, said, length, arrived, expires, digest from upload"
		" where court = $1 and id = $2 and person = $3 and expires > $4", "ttti", COURT_NATION, id, ctx->person, ctx->now);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "upload.unknown" });
	*out = (struct upload){ db_text(r, 0), db_text(r, 1), db_text(r, 2), db_text(r, 3), db_int(r, 4), db_int(r, 5), db_int(r, 6),
		db_text(r, 7) };
	return MC_OK;
}

static enum mc_err upload_advance(struct ctx *ctx, void *arg)
{
	const struct upload *u = arg;
	enum mc_err err = db_do(ctx, "update upload set arrived = $1, expires = $2 where court = $3 and id = $4 and person = $5"
		" and arrived <= $1", "iittt", u->arrived, u->expires, COURT_NATION, u->id, ctx->person);
	return err || db_changed(ctx) == 1 ? err : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "upload.unknown" });
}

enum mc_err upload_arrive(struct ctx *ctx, struct upload *upload, struct partial *partial)
{
	struct upload more = *upload;
	more.arrived = partial_size(partial);
	more.expires = ctx->now + setting_int(SETTING_UPLOAD_KEEP);
	enum mc_err err = partial_sync(ctx, partial);
	if (!err)
		err = db_together(ctx, upload_advance, &more);
	if (!err) {
		upload->arrived = more.arrived;
		upload->expires = more.expires;
	}
	return err;
}

static size_t upload_look(void *what, int64_t at, void *bytes, size_t n) { return partial_look(what, at, bytes, n); }

static enum mc_err upload_complete(struct ctx *ctx, void *arg)
{
	const struct upload *u = arg;
	enum mc_err err = db_do(ctx, "update upload set digest = $1, type = $2 where court = $3 and id = $4 and person = $5", "ttttt",
		u->digest, u->type, COURT_NATION, u->id, ctx->person);
	if (!err && db_changed(ctx) != 1)
		err = ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "upload.unknown" });
	return err ? err : custody_take(ctx, COURT_NATION, upload_holder(ctx, u->id), u->digest, NULL);
}

enum mc_err upload_finish(struct ctx *ctx, struct store *store, struct upload *upload, struct partial *partial)
{
	const struct intact_file file = { upload->length, upload_look, partial };
	const struct format *found;
	enum format_fault fault = format_look(&file, upload->name, upload->type, &found);
	enum mc_err err = partial_seen(ctx, partial);
	if (!err && fault) {
		enum mc_err gone = upload_drop(ctx, store, upload->id);
		return gone ? gone : format_refuse(ctx, fault, NULL, upload->name);
	}
	/* The bytes keep their old name until the row says the new one, so that a crash in between loses nothing. */
	if (!err)
		upload->type = found->type;
	if (!err)
		err = partial_digest(ctx, partial, &upload->digest);
	if (!err)
		err = partial_keep(ctx, partial, upload->digest);
	if (!err)
		err = db_together(ctx, upload_complete, upload);
	if (!err)
		partial_drop(ctx, store, upload->id);
	return err;
}

static enum mc_err upload_remove(struct ctx *ctx, void *arg)
{
	const char *id = arg;
	enum mc_err err = custody_release(ctx, COURT_NATION, upload_holder(ctx, id));
	return err ? err : db_do(ctx, "delete from upload where court = $1 and id = $2", "tt", COURT_NATION, id);
}

enum mc_err upload_drop(struct ctx *ctx, struct store *store, const char *id)
{
	char *own = arena_copy(ctx->mem, id);
	enum mc_err err = db_together(ctx, upload_remove, own);
	if (!err)
		partial_drop(ctx, store, id);
	return err;
}

enum mc_err upload_value(struct ctx *ctx, struct store *store, const char *id, const char *field, const char **value)
{
	struct upload u;
	struct partial *partial;
	enum mc_err err = upload_load(ctx, id, &u);
	if (!err && !*u.digest && u.arrived == u.length) {
		/* The program ended between the last byte and the blob. */
		err = partial_open(ctx, store, u.id, &partial);
		err = err ? err : upload_finish(ctx, store, &u, partial);
	}
	if (err == MC_STORE)
		return err;
	if (err != MC_OK || !*u.digest) {
		struct why why = err == MC_INVALID && ctx->why ? *ctx->why : (struct why){ .key = "upload.not_whole" };
		ctx_forget(ctx);
		why.field = field;
		return ctx_fail(ctx, MC_INVALID, why);
	}
	*value = arena_print(ctx->mem, "%s %" PRId64 " %s %s", u.digest, u.length, u.type, u.name);
	return MC_OK;
}

static bool upload_spare(struct ctx *ctx, const char *id)
{
	struct row *r = db_ask(ctx, "select id from upload where court = $1 and id = $2", "tt", COURT_NATION, id);
	return db_next(r) || db_broken(r);
}

enum mc_err upload_sweep(struct ctx *ctx, struct store *store, int *removed)
{
	enum mc_err err = MC_OK;
	int left = 0;
	*removed = 0;
	for (int seen = UPLOAD_SWEEP; seen == UPLOAD_SWEEP && !err;) {
		struct row *r = db_ask(ctx, "select id from upload where court = $1 and expires <= $2 order by expires limit $3", "tii",
			COURT_NATION, ctx->now, (int64_t)UPLOAD_SWEEP);
		for (seen = 0; !err && db_next(r); seen++)
			err = upload_drop(ctx, store, db_text(r, 0));
		*removed += seen;
		if (db_broken(r))
			return MC_STORE;
	}
	if (!err)
		err = blob_sweep(ctx, store, upload_spare, &left);
	*removed += left;
	return err;
}
