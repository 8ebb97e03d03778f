#define _GNU_SOURCE 1
#include "backup.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "copy.h"
#include "db.h"
#include "folder.h"
#include "link.h"
#include "schema.h"
#include "vault.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct backup_job {
	struct ctx *ctx;
	struct store *store;
	struct vault *vault;
	struct backup *out;
	struct manifest *list;          /* being written */
	struct vault_walk *before;      /* what earlier backups name, in order */
	struct manifest_line known;     /* the next of it, digest "" at the end */
	struct manifest_line *own;      /* what is not an uploaded file, in order of the digest */
	size_t owns, room, listed;      /* how many, and how many of them stand in the list */
	void (*show)(const char *, int64_t, int64_t);
};

/* Progress of what knows nothing of the job; one backup is taken at a time. */
static void (*backup_show)(const char *, int64_t, int64_t);

static void backup_pages(int64_t done, int64_t all) { backup_show("court.db", done, all); }

static void backup_rows(const struct copy_count *count) { backup_show("court.db", count->done, count->all); }

/* ---- the database ---- */

static enum mc_err backup_copy(struct ctx *ctx, void *source) { return copy_rows(ctx, source, backup_rows); }

/* Row by row into a SQLite file of the same schema. */
static enum mc_err backup_convert(struct backup_job *job, const char *directory)
{
	struct ctx ctx = *job->ctx;
	struct store *target;
	ctx.mem = arena_begin_ceiling(SIZE_MAX);
	enum mc_err err = db_open(&ctx, directory, "", &target);
	if (!err)
		err = schema_apply(&ctx);
	if (!err)
		err = db_together(&ctx, backup_copy, job->store);
	for (const struct why *why = ctx.why; why; why = why->next)
		(void)ctx_fail(job->ctx, err, (struct why){ .key = why->key,
			.arg = { arena_copy(job->ctx->mem, why->arg[0] ? why->arg[0] : "") } });
	/* Closing it folds its log into the file. */
	arena_end(ctx.mem);
	return err;
}

static enum mc_err backup_picture(struct backup_job *job, const char *path)
{
	struct ctx *ctx = job->ctx;
	enum mc_err err = MC_STORE;
	if (link_hold(ctx->db)) {
		/* The picture is taken at the first question. */
		struct row *r = db_ask(ctx, "select count(*) from schema_file where court = $1", "t", "0");
		if (!db_broken(r) && !link_image(ctx->db, path, backup_pages))
			err = MC_OK;
	}
	link_look_up(ctx->db);
	return err ? ctx_fail(ctx, err, (struct why){ .key = "store.down" }) : err;
}

static enum mc_err backup_own(struct backup_job *job, const char *path, const char *name)
{
	struct manifest_line line;
	enum mc_err err = vault_take(job->ctx, job->vault, path, &line);
	if (err == MC_UNKNOWN)
		return MC_OK;
	snprintf(line.name, sizeof line.name, "%s", name);
	job->own = arena_room(job->ctx->mem, job->own, job->owns, &job->room, sizeof line);
	job->own[job->owns++] = line;
	job->out->new_files++;
	job->out->new_bytes += line.size;
	return err;
}

static enum mc_err backup_database(struct backup_job *job)
{
	const char *directory = vault_draft(job->ctx, job->vault, "picture");
	const char *path = arena_print(job->ctx->mem, "%s/court.db", directory);
	if (mkdir(directory, 0700))
		return ctx_fail(job->ctx, MC_STORE, (struct why){ .key = "store.disk" });
	enum mc_err err = job->ctx->db->engine->image ? backup_picture(job, path) : backup_convert(job, directory);
	if (!err)
		err = backup_own(job, path, "court.db");
	return folder_clear(directory) || err ? err : ctx_fail(job->ctx, MC_STORE, (struct why){ .key = "store.disk" });
}

/* ---- what lies beside it ---- */

/* Locks, sockets, the counts of changes and the database belong to the process that runs. */
static bool backup_beside(const char *folder, const char *name)
{
	struct arena *mem = arena_begin();
	struct stat st;
	bool good = strncmp(name, "court.db", 8) && strncmp(name, "serve.", 6) && strcmp(name, "changes")
		&& !lstat(arena_print(mem, "%s/%s", folder, name), &st) && S_ISREG(st.st_mode);
	arena_end(mem);
	return good;
}

/* The files of the data directory itself, or those of its folder for the read log. */
static enum mc_err backup_folder(struct backup_job *job, const char *under)
{
	struct arena *mem = job->ctx->mem;
	const char *folder = arena_print(mem, "%s/%s", db_directory(job->store), under), **names;
	size_t count;
	enum mc_err err = MC_OK;
	if (!folder_names(mem, folder, &names, &count))
		return errno == ENOENT ? MC_OK : ctx_fail(job->ctx, MC_STORE, (struct why){ .key = "store.disk" });
	for (size_t i = 0; !err && i < count; i++)
		if (backup_beside(folder, names[i]))
			err = backup_own(job, arena_print(mem, "%s/%s", folder, names[i]), arena_print(mem, "%s%s", under, names[i]));
	return err;
}

static int backup_order(const void *a, const void *b)
{
	return strcmp(((const struct manifest_line *)a)->digest, ((const struct manifest_line *)b)->digest);
}

/* ---- the list, with the uploaded files ---- */

static void backup_line(struct backup_job *job, const struct manifest_line *line)
{
	manifest_add(job->list, line);
	job->out->files++;
	job->out->bytes += line->size;
}

/* Own lines whose digest comes before this one. */
static void backup_lines(struct backup_job *job, const char *digest)
{
	while (job->listed < job->owns && strcmp(job->own[job->listed].digest, digest) < 0)
		backup_line(job, &job->own[job->listed++]);
}

static bool backup_kept(struct backup_job *job, const struct manifest_line *line)
{
	while (*job->known.digest && strcmp(job->known.digest, line->digest) < 0)
		if (!vault_next(job->before, &job->known))
			*job->known.digest = '\0';
	return !strcmp(job->known.digest, line->digest) && vault_has(job->vault, line);
}

static enum mc_err backup_blob(struct ctx *ctx, struct backup_job *job, const char *path, struct manifest_line *line)
{
	struct manifest_line got;
	if (!backup_kept(job, line)) {
		enum mc_err err = vault_take(ctx, job->vault, path, &got);
		if (err)
			return err == MC_UNKNOWN ? MC_OK : err;
		if (strcmp(got.digest, line->digest)) {
			if (!job->out->damaged++)
				job->out->damaged_one = arena_copy(job->ctx->mem, line->digest);
			return MC_OK;
		}
		job->out->new_files++;
		job->out->new_bytes += got.size;
		line->size = got.size;
	}
	backup_lines(job, line->digest);
	backup_line(job, line);
	return MC_OK;
}

/* Memory for one of 256 folders at a time. */
static enum mc_err backup_blobs(struct backup_job *job, unsigned two)
{
	struct ctx ctx = *job->ctx;
	ctx.mem = arena_begin_ceiling(SIZE_MAX);
	const char *folder = arena_print(ctx.mem, "%s/blobs/%02x", db_directory(job->store), two), **names;
	size_t count = 0;
	enum mc_err err = folder_names(ctx.mem, folder, &names, &count) || errno == ENOENT ? MC_OK : MC_STORE;
	for (size_t i = 0; !err && i < count; i++) {
		struct manifest_line line = { .size = 0 };
		struct stat st;
		const char *path = arena_print(ctx.mem, "%s/%s", folder, names[i]);
		if (strlen(names[i]) != 62 || lstat(path, &st) || !S_ISREG(st.st_mode))
			continue;
		snprintf(line.digest, sizeof line.digest, "%02x%s", two, names[i]);
		snprintf(line.name, sizeof line.name, "blobs/%02x/%s", two, names[i]);
		line.size = (int64_t)st.st_size;
		struct ctx one = ctx;
		one.mem = arena_begin();
		err = backup_blob(&one, job, path, &line);
		arena_end(one.mem);
	}
	arena_end(ctx.mem);
	job->show("blobs", two + 1, 256);
	return err ? ctx_fail(job->ctx, err, (struct why){ .key = "store.disk" }) : MC_OK;
}

static enum mc_err backup_write(struct backup_job *job)
{
	const char *draft = vault_draft(job->ctx, job->vault, "list");
	enum mc_err err = vault_walk(job->ctx, job->vault, &job->before);
	if (!err)
		err = manifest_begin(job->ctx, draft, job->out->at, &job->list);
	if (!err)
		(void)vault_next(job->before, &job->known);
	qsort(job->own, job->owns, sizeof *job->own, backup_order);
	for (unsigned i = 0; !err && i < 256; i++)
		err = backup_blobs(job, i);
	if (!err)
		backup_lines(job, "g");
	if (!err)
		err = manifest_end(job->ctx, job->list);
	return err ? err : vault_finish(job->ctx, job->vault, draft, job->out->at, &job->out->name);
}

enum mc_err backup_take(struct ctx *ctx, struct store *store, struct vault *vault,
			void (*show)(const char *part, int64_t done, int64_t all), struct backup *out)
{
	struct backup_job job = { .ctx = ctx, .store = store, .vault = vault, .out = out, .show = show };
	backup_show = show;
	*out = (struct backup){ .name = "", .at = clock_now(), .damaged_one = "" };
	enum mc_err err = backup_database(&job);
	if (!err)
		err = backup_folder(&job, "");
	if (!err)
		err = backup_folder(&job, "reads/");
	return err ? err : backup_write(&job);
}
