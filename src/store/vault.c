#define _GNU_SOURCE 1
#include "vault.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/digest.h"
#include "../base/text.h"
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define VAULT_END ".backup"

struct vault {
	const char *directory;
	int folder, lock;
};

struct vault_walk {
	size_t count;
	struct manifest **list;
	struct manifest_line *line;     /* the next of each */
	bool *there;
};

static enum mc_err vault_fault(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = errno == ENOSPC || errno == EDQUOT ? "store.full" : "store.disk" });
}

static void vault_shut(void *what)
{
	struct vault *vault = what;
	if (vault->lock >= 0)
		close(vault->lock);
	if (vault->folder >= 0)
		close(vault->folder);
}

const char *vault_draft(struct ctx *ctx, const struct vault *vault, const char *name)
{
	return arena_print(ctx->mem, "%s/tmp%s%s", vault->directory, *name ? "/" : "", name);
}

static bool vault_make(struct ctx *ctx, const struct vault *vault)
{
	const char *draft = vault_draft(ctx, vault, ""), *files = arena_print(ctx->mem, "%s/files", vault->directory);
	return folder_clear(draft) && !mkdir(draft, 0700) && (!mkdir(files, 0700) || errno == EEXIST);
}

enum mc_err vault_open(struct ctx *ctx, const char *directory, enum vault_use use, struct vault **out)
{
	struct vault *vault = arena_take(ctx->mem, sizeof *vault);
	struct why why = { .key = "backup.place", .arg = { arena_copy(ctx->mem, directory) } };
	*vault = (struct vault){ .directory = why.arg[0], .folder = -1, .lock = -1 };
	arena_closer(ctx->mem, vault_shut, vault);
	if (use == VAULT_WRITE && mkdir(directory, 0700) && errno != EEXIST)
		return ctx_fail(ctx, MC_STORE, why);
	vault->folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* The directory itself is the lock, so that one that may only be read can be locked too. */
	vault->lock = vault->folder < 0 ? -1 : openat(vault->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (vault->lock < 0)
		return ctx_fail(ctx, MC_STORE, why);
	if (flock(vault->lock, (use == VAULT_WRITE ? LOCK_EX : LOCK_SH) | LOCK_NB)) {
		why.key = "backup.busy";
		return ctx_fail(ctx, MC_CONFLICT, why);
	}
	*out = vault;
	return use == VAULT_READ || vault_make(ctx, vault) ? MC_OK : ctx_fail(ctx, MC_STORE, why);
}

/* ---- the backups ---- */

static bool vault_is_list(const char *name)
{
	size_t n = strlen(name), m = sizeof VAULT_END - 1;
	return n > m && !strcmp(name + n - m, VAULT_END);
}

enum mc_err vault_list(struct ctx *ctx, const struct vault *vault, const char ***names, size_t *count)
{
	size_t all = 0;
	*count = 0;
	if (!folder_names(ctx->mem, vault->directory, names, &all))
		return vault_fault(ctx);
	for (size_t i = 0; i < all; i++)
		if (vault_is_list((*names)[i]))
			(*names)[(*count)++] = (*names)[i];
	return MC_OK;
}

static enum mc_err vault_read(struct ctx *ctx, const struct vault *vault, const char *name, struct manifest **out)
{
	return manifest_open(ctx, arena_print(ctx->mem, "%s/%s", vault->directory, name), out);
}

enum mc_err vault_manifest(struct ctx *ctx, const struct vault *vault, const char *name, struct manifest **out)
{
	const char **names;
	size_t count;
	enum mc_err err = vault_list(ctx, vault, &names, &count);
	const char *full = vault_is_list(name) ? name : arena_print(ctx->mem, "%s" VAULT_END, name);
	for (size_t i = count; !err && i-- > 0;)
		if (!*name || !strcmp(names[i], full))
			return vault_read(ctx, vault, names[i], out);
	return err ? err : ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "backup.none", .arg = { *name ? name : vault->directory } });
}

/* 20260921T221320.backup: the time in Beijing, or the second after that of the newest one, should the
 * clock have been put back: by their names the newest is the last. */
static const char *vault_name(struct ctx *ctx, const char *newest, int64_t at)
{
	struct text name = text_begin(ctx->mem);
	int64_t before;
	if (strlen(newest) == 22 && day_time_parse(arena_print(ctx->mem, "%.4s-%.2s-%.5s:%.2s:%.2s", newest, newest + 4, newest + 6,
							       newest + 11, newest + 13), &before) && before >= at)
		at = before + 1;
	for (const char *iso = day_time_iso(ctx->mem, at); *iso && *iso != '+'; iso++)
		if (*iso != '-' && *iso != ':')
			text_add_n(&name, iso, 1);
	text_add(&name, VAULT_END);
	return text_end(&name);
}

enum mc_err vault_finish(struct ctx *ctx, const struct vault *vault, const char *draft, int64_t at, const char **name)
{
	const char **names;
	size_t count;
	enum mc_err err = vault_list(ctx, vault, &names, &count);
	if (err)
		return err;
	*name = vault_name(ctx, count ? names[count - 1] : "", at);
	/* First all that it names, then the list: a power cut leaves a whole backup or none. */
	return syncfs(vault->folder) || renameat(AT_FDCWD, draft, vault->folder, *name) || fsync(vault->folder) ? vault_fault(ctx) : MC_OK;
}

/* ---- the files ---- */

static const char *vault_file(struct arena *mem, const struct vault *vault, const char *digest)
{
	return arena_print(mem, "%s/files/%.2s/%s", vault->directory, digest, digest + 2);
}

/* Copies all that from holds to to (-1: nowhere). */
static bool vault_pour(struct arena *mem, int from, int to, struct manifest_line *out)
{
	static _Thread_local char bytes[1 << 18];
	struct digest *sum = digest_begin(mem);
	ssize_t n;
	out->size = 0;
	while ((n = read(from, bytes, sizeof bytes)) > 0) {
		for (ssize_t at = 0, done; to >= 0 && at < n; at += done)
			if ((done = write(to, bytes + at, (size_t)(n - at))) < 0)
				return false;
		digest_add(sum, bytes, (size_t)n);
		out->size += n;
	}
	snprintf(out->digest, sizeof out->digest, "%s", digest_end(mem, sum));
	return !n;
}

enum mc_err vault_take(struct ctx *ctx, const struct vault *vault, const char *path, struct manifest_line *out)
{
	const char *draft = vault_draft(ctx, vault, "file");
	int from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (from < 0)
		return errno == ENOENT ? MC_UNKNOWN : vault_fault(ctx);
	int to = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool good = to >= 0 && vault_pour(ctx->mem, from, to, out);
	close(from);
	if (to >= 0)
		good = !close(to) && good;
	const char *file = good ? vault_file(ctx->mem, vault, out->digest) : "";
	const char *folder = arena_print(ctx->mem, "%s/files/%.2s", vault->directory, out->digest);
	return good && (!mkdir(folder, 0700) || errno == EEXIST) && !rename(draft, file) ? MC_OK : vault_fault(ctx);
}

bool vault_has(const struct vault *vault, const struct manifest_line *line)
{
	char path[100];
	struct stat st;
	snprintf(path, sizeof path, "files/%.2s/%s", line->digest, line->digest + 2);
	return !fstatat(vault->folder, path, &st, AT_SYMLINK_NOFOLLOW) && S_ISREG(st.st_mode) && st.st_size == line->size;
}

enum mc_err vault_give(struct ctx *ctx, const struct vault *vault, const struct manifest_line *line, const char *to)
{
	const char *path = vault_file(ctx->mem, vault, line->digest);
	struct why why = { .key = "backup.missing", .arg = { arena_copy(ctx->mem, line->name), path } };
	struct manifest_line got;
	int from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (from < 0)
		return ctx_fail(ctx, MC_CONFLICT, why);
	int fd = *to ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
	bool good = (fd >= 0 || !*to) && vault_pour(ctx->mem, from, fd, &got);
	close(from);
	if (fd >= 0)
		good = !close(fd) && good;
	why.key = "backup.differs";
	return !good ? vault_fault(ctx)
		: got.size == line->size && !strcmp(got.digest, line->digest) ? MC_OK : ctx_fail(ctx, MC_CONFLICT, why);
}

/* ---- all of them ---- */

enum mc_err vault_walk(struct ctx *ctx, const struct vault *vault, struct vault_walk **out)
{
	struct vault_walk *walk = arena_take(ctx->mem, sizeof *walk);
	const char **names;
	enum mc_err err = vault_list(ctx, vault, &names, &walk->count);
	walk->list = arena_take(ctx->mem, (walk->count + 1) * sizeof *walk->list);
	walk->line = arena_take(ctx->mem, (walk->count + 1) * sizeof *walk->line);
	walk->there = arena_take(ctx->mem, walk->count + 1);
	for (size_t i = 0; !err && i < walk->count; i++) {
		err = vault_read(ctx, vault, names[i], &walk->list[i]);
		walk->there[i] = !err && manifest_next(walk->list[i], &walk->line[i]);
	}
	*out = walk;
	return err;
}

bool vault_next(struct vault_walk *walk, struct manifest_line *out)
{
	const struct manifest_line *least = NULL;
	for (size_t i = 0; i < walk->count; i++)
		if (walk->there[i] && (!least || strcmp(walk->line[i].digest, least->digest) < 0))
			least = &walk->line[i];
	if (!least)
		return false;
	*out = *least;
	for (size_t i = 0; i < walk->count; i++)
		while (walk->there[i] && !strcmp(walk->line[i].digest, out->digest))
			walk->there[i] = manifest_next(walk->list[i], &walk->line[i]);
	return true;
}

/* One folder of files, which walk has come to. */
static bool vault_sweep_folder(const struct vault *vault, unsigned two, struct vault_walk *walk, struct manifest_line *next)
{
	struct arena *mem = arena_begin();
	const char **names;
	size_t count = 0;
	const char *folder = arena_print(mem, "%s/files/%02x", vault->directory, two);
	bool good = folder_names(mem, folder, &names, &count) || errno == ENOENT;
	for (size_t i = 0; good && i < count; i++) {
		const char *digest = arena_print(mem, "%02x%s", two, names[i]);
		while (*next->digest && strcmp(next->digest, digest) < 0)
			if (!vault_next(walk, next))
				*next->digest = '\0';
		if (strcmp(next->digest, digest))
			good = !unlink(arena_print(mem, "%s/%s", folder, names[i]));
	}
	arena_end(mem);
	return good;
}

enum mc_err vault_sweep(struct ctx *ctx, const struct vault *vault, size_t keep, size_t *removed)
{
	const char **names;
	size_t count;
	struct vault_walk *walk;
	struct manifest_line next = { .digest = "" };
	enum mc_err err = vault_list(ctx, vault, &names, &count);
	for (*removed = 0; !err && keep && *removed + keep < count; ++*removed)
		if (unlinkat(vault->folder, names[*removed], 0))
			err = vault_fault(ctx);
	if (!err && fsync(vault->folder))
		err = vault_fault(ctx);
	if (!err)
		err = vault_walk(ctx, vault, &walk);
	if (!err)
		(void)vault_next(walk, &next);
	for (unsigned i = 0; !err && i < 256; i++)
		if (!vault_sweep_folder(vault, i, walk, &next))
			err = vault_fault(ctx);
	return err;
}
