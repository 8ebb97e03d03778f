#include "custody.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../law/field.h"
#include "../store/blob.h"
#include "../store/db.h"

#include <stdio.h>
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
static void custody_look(void *what, const char *digest, int64_t at, bool old)
{
	struct custody_walk *walk = what;
	struct ctx ctx = *walk->ctx;
	if (walk->err || !old || at < walk->since)
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

/* When these rows began to be written. */
static enum mc_err custody_since(struct ctx *ctx, int64_t *since)
{
	struct row *r = db_ask(ctx, "select at from schema_file where court = '0' and name = '0028_upload.sql'", "");
	*since = db_next(r) ? db_int(r, 0) : INT64_MAX;
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err custody_sweep(struct ctx *ctx, struct store *store, int *removed)
{
	struct custody_walk walk = { .ctx = ctx, .store = store };
	enum mc_err err = custody_since(ctx, &walk.since);
	if (!err)
		err = blob_each(ctx, store, custody_look, &walk);
	*removed = walk.removed;
	return walk.err ? walk.err : err;
}

/* -- what is there is what was ------------------------------------------------------------ */

#define CUSTODY_PIECE (64 << 10)
#define CUSTODY_PAGE 500

struct custody_check {
	struct ctx *ctx;
	struct store *store;
	void (*say)(void *, const char *, const char *);
	void *what;
	struct custody_sum *sum;
	int64_t since;
	char last[80];                  /* digest, or the case of the entry, after which it goes on */
	char court[40];
	int64_t number;
	enum mc_err err;
};

static void custody_check_there(struct custody_check *check, struct ctx *ctx, const char *digest)
{
	int64_t size;
	int fd = -1;
	enum mc_err err = blob_open(ctx, check->store, digest, &fd, &size);
	if (!err)
		close(fd);
	check->err = err == MC_UNKNOWN ? check->err : err;
	check->sum->named++;
	check->sum->missing += err == MC_UNKNOWN;
	if (err == MC_UNKNOWN)
		check->say(check->what, digest, "missing");
}

/* The blobs that are needed, from the last one on, in memory that is given back; false at the end. */
static bool custody_check_named(struct custody_check *check)
{
	struct ctx ctx = *check->ctx;
	int seen = 0;
	ctx.mem = arena_begin();
	ctx.why = NULL;
	struct row *r = db_ask(&ctx, "select distinct digest from custody where digest > $1 order by digest limit $2", "ti", check->last,
		(int64_t)CUSTODY_PAGE);
	for (; !check->err && db_next(r); seen++) {
		const char *digest = db_text(r, 0);
		custody_check_there(check, &ctx, digest);
		snprintf(check->last, sizeof check->last, "%s", digest);
	}
	if (db_broken(r))
		check->err = MC_STORE;
	arena_end(ctx.mem);
	return seen && !check->err;
}

static void custody_check_form(struct custody_check *check, struct ctx *ctx, const char *code, const char *json)
{
	struct form *form;
	struct field_file file;
	if (form_read(ctx, json, strlen(json), &form))
		return;                 /* said where the chain is walked */
	for (size_t i = 0; i < form->count; i++) {
		const struct field *field = field_at(ctx->mem, rule_find(code), form->pair[i].name);
		if (field && field->kind == FIELD_FILE && field_file(ctx->mem, form->pair[i].value, &file))
			custody_check_there(check, ctx, file.digest);
	}
}

/* The same for entries from before there were rows: what their forms name. */
static bool custody_check_old(struct custody_check *check)
{
	struct ctx ctx = *check->ctx;
	int seen = 0;
	ctx.mem = arena_begin();
	ctx.why = NULL;
	struct row *r = db_ask(&ctx, "select court, docket, number, act, form from entry where at < $1 and (court > $2 or (court = $2 and"
		" (docket > $3 or (docket = $3 and number > $4)))) order by court, docket, number limit $5", "ittii", check->since, check->court,
		check->last, check->number, (int64_t)CUSTODY_PAGE);
	for (; !check->err && db_next(r); seen++) {
		custody_check_form(check, &ctx, db_text(r, 3), db_text(r, 4));
		snprintf(check->court, sizeof check->court, "%s", db_text(r, 0));
		snprintf(check->last, sizeof check->last, "%s", db_text(r, 1));
		check->number = db_int(r, 2);
	}
	if (db_broken(r))
		check->err = MC_STORE;
	arena_end(ctx.mem);
	return seen && !check->err;
}

/* The digest of the bytes as they are now; "" if they cannot be read. */
static const char *custody_check_digest(struct ctx *ctx, int fd)
{
	struct digest *sum = digest_begin(ctx->mem);
	char *bytes = arena_take(ctx->mem, CUSTODY_PIECE);
	ssize_t n;
	while ((n = read(fd, bytes, CUSTODY_PIECE)) > 0)
		digest_add(sum, bytes, (size_t)n);
	return n < 0 ? "" : digest_end(ctx->mem, sum);
}

static void custody_check_blob(void *what, const char *digest, int64_t at, bool old)
{
	struct custody_check *check = what;
	struct ctx ctx = *check->ctx;
	int64_t size;
	int fd;
	if (check->err)
		return;
	ctx.mem = arena_begin();
	ctx.why = NULL;
	struct row *r = db_ask(&ctx, "select holder from custody where digest = $1 limit 1", "t", digest);
	bool orphaned = !db_next(r) && old && at >= check->since, damaged = true;
	check->err = db_broken(r) ? MC_STORE : MC_OK;
	if (!blob_open(&ctx, check->store, digest, &fd, &size)) {
		damaged = strcmp(custody_check_digest(&ctx, fd), digest) != 0;
		close(fd);
	}
	check->sum->blobs++;
	check->sum->damaged += damaged;
	check->sum->orphaned += orphaned;
	if (damaged)
		check->say(check->what, digest, "damaged: its bytes are not what they were");
	if (orphaned)
		check->say(check->what, digest, "orphaned: nobody needs it");
	arena_end(ctx.mem);
}

enum mc_err custody_verify(struct ctx *ctx, struct store *store, bool all, void (*say)(void *what, const char *digest, const char *why),
			   void *what, struct custody_sum *out)
{
	struct custody_check check = { .ctx = ctx, .store = store, .say = say, .what = what, .sum = out };
	*out = (struct custody_sum){ .named = 0 };
	check.err = custody_since(ctx, &check.since);
	while (!check.err && custody_check_named(&check))
		;
	check.last[0] = '\0';
	while (!check.err && custody_check_old(&check))
		;
	if (!check.err && all)
		check.err = blob_each(ctx, store, custody_check_blob, &check);
	return check.err;
}
