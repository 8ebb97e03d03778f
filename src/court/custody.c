#include "custody.h"
#include "../base/arena.h"
#include "../law/field.h"
#include "../store/blob.h"
#include "../store/db.h"

#include <string.h>
#include <unistd.h>

enum mc_err custody_take(struct ctx *ctx, const char *court, const char *holder, const char *digest, const char *field)
{
	if (!blob_is(db_store(ctx), digest))
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "form.file_gone", .field = field });
	return db_do(ctx, "insert into custody (court, holder, digest) values ($1, $2, $3)"
		" on conflict (court, holder, digest) do nothing", "ttt", court, holder, digest);
}

enum mc_err custody_take_form(struct ctx *ctx, const char *court, const char *holder, enum act act, const struct form *form)
{
	enum mc_err err = MC_OK;
	for (size_t i = 0; i < form->count && !err; i++) {
		const struct field *field = field_at(ctx->mem, act, form->pair[i].name);
		struct field_file file;
		if (field && field->kind == FIELD_FILE && field_file(ctx->mem, form->pair[i].value, &file))
			err = custody_take(ctx, court, holder, file.digest, form->pair[i].name);
	}
	return err;
}

enum mc_err custody_release(struct ctx *ctx, const char *court, const char *holder)
{
	return db_do(ctx, "delete from custody where court = $1 and holder = $2", "tt", court, holder);
}

struct custody_job { struct store *store; const char *digest; bool removed; };

/* On the writer's thread, where nobody else can take the blob meanwhile. */
static enum mc_err custody_remove(struct ctx *ctx, void *arg)
{
	struct custody_job *job = arg;
	struct row *r = db_ask(ctx, "select holder from custody where digest = $1 limit 1", "t", job->digest);
	bool needed = db_next(r);
	if (db_broken(r))
		return MC_STORE;
	return needed ? MC_OK : blob_remove_old(ctx, job->store, job->digest, &job->removed);
}

struct custody_walk { struct ctx *ctx; struct store *store; int64_t since; int removed; enum mc_err err; };

/* One blob of the store that has not been touched for a day. */
static void custody_look(void *what, const char *digest, int64_t at)
{
	struct custody_walk *walk = what;
	struct ctx ctx = *walk->ctx;
	if (walk->err || at < walk->since)
		return;
	ctx.mem = arena_begin();
	ctx.why = NULL;
	struct row *r = db_ask(&ctx, "select holder from custody where digest = $1 limit 1", "t", digest);
	bool needed = db_next(r);
	struct custody_job job = { walk->store, digest, false };
	walk->err = db_broken(r) ? MC_STORE : MC_OK;
	if (!needed && !walk->err)
		walk->err = db_together(&ctx, custody_remove, &job);
	walk->removed += job.removed;
	arena_end(ctx.mem);
}

enum mc_err custody_sweep(struct ctx *ctx, struct store *store, int *removed)
{
	struct custody_walk walk = { .ctx = ctx, .store = store };
	struct row *r = db_ask(ctx, "select at from schema_file where court = '0' and name = '0028_upload.sql'", "");
	walk.since = db_next(r) ? db_int(r, 0) : INT64_MAX;
	if (db_broken(r))
		return MC_STORE;
	enum mc_err err = blob_each_old(ctx, store, custody_look, &walk);
	*removed = walk.removed;
	return walk.err ? walk.err : err;
}
