#define _GNU_SOURCE 1
#include "manifest.h"
#include "../base/arena.h"
#include "../base/day.h"
#include "../base/digest.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MANIFEST_FIRST "microcourt-backup 1\n"

struct manifest {
	FILE *file;
	struct arena *mem;
	struct digest *sum;
	int64_t at;
};

static void manifest_shut(void *what)
{
	struct manifest *m = what;
	if (m->file)
		fclose(m->file);
	m->file = NULL;
}

static struct manifest *manifest_file(struct ctx *ctx, const char *path, const char *how)
{
	struct manifest *m = arena_take(ctx->mem, sizeof *m);
	m->file = fopen(path, how);
	m->mem = ctx->mem;
	m->sum = digest_begin(ctx->mem);
	arena_closer(ctx->mem, manifest_shut, m);
	return m;
}

static enum mc_err manifest_fault(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = errno == ENOSPC || errno == EDQUOT ? "store.full" : "store.disk" });
}

/* ---- writing ---- */

static void manifest_put(struct manifest *m, const char *line)
{
	digest_add(m->sum, line, strlen(line));
	fputs(line, m->file);
}

enum mc_err manifest_begin(struct ctx *ctx, const char *path, int64_t at, struct manifest **out)
{
	struct manifest *m = manifest_file(ctx, path, "we");
	if (!m->file)
		return manifest_fault(ctx);
	manifest_put(m, MANIFEST_FIRST);
	manifest_put(m, arena_print(ctx->mem, "at %" PRId64 " %s\n", at, day_time_iso(ctx->mem, at)));
	*out = m;
	return MC_OK;
}

void manifest_add(struct manifest *m, const struct manifest_line *line)
{
	char bytes[MANIFEST_DIGEST + MANIFEST_NAME + 32];
	snprintf(bytes, sizeof bytes, "%s %" PRId64 " %s\n", line->digest, line->size, line->name);
	manifest_put(m, bytes);
}

enum mc_err manifest_end(struct ctx *ctx, struct manifest *m)
{
	fprintf(m->file, "end %s\n", digest_end(ctx->mem, m->sum));
	bool good = !fflush(m->file) && !ferror(m->file) && !fsync(fileno(m->file));
	return good ? MC_OK : manifest_fault(ctx);
}

/* ---- reading ---- */

/* "DIGEST SIZE NAME\n"; a name never leads out of the directory. */
static bool manifest_cut(const char *line, struct manifest_line *out)
{
	char *rest;
	size_t n = strspn(line, "0123456789abcdef");
	if (n != MANIFEST_DIGEST - 1 || line[n] != ' ')
		return false;
	memcpy(out->digest, line, n);
	out->digest[n] = '\0';
	out->size = strtoll(line + n, &rest, 10);
	size_t m = *rest == ' ' ? strcspn(rest + 1, "\n") : 0;
	if (!m || m >= MANIFEST_NAME || rest[1] == '/')
		return false;
	memcpy(out->name, rest + 1, m);
	out->name[m] = '\0';
	return !strstr(out->name, "..") && out->size >= 0;
}

/* Walks it to its end; the lines are in order, and the last one holds the digest of the others. */
static bool manifest_whole(struct manifest *m)
{
	char line[512], before[MANIFEST_DIGEST] = "";
	if (!fgets(line, sizeof line, m->file) || strcmp(line, MANIFEST_FIRST))
		return false;
	digest_add(m->sum, line, strlen(line));
	if (!fgets(line, sizeof line, m->file) || strncmp(line, "at ", 3))
		return false;
	digest_add(m->sum, line, strlen(line));
	m->at = strtoll(line + 3, NULL, 10);
	while (fgets(line, sizeof line, m->file)) {
		struct manifest_line one;
		if (!strncmp(line, "end ", 4))
			return !strncmp(line + 4, digest_end(m->mem, m->sum), MANIFEST_DIGEST - 1) && line[68] == '\n' && fgetc(m->file) == EOF;
		if (!manifest_cut(line, &one) || strcmp(before, one.digest) > 0)
			return false;
		memcpy(before, one.digest, sizeof before);
		digest_add(m->sum, line, strlen(line));
	}
	return false;
}

enum mc_err manifest_open(struct ctx *ctx, const char *path, struct manifest **out)
{
	char line[512];
	struct manifest *m = manifest_file(ctx, path, "re");
	if (!m->file || !manifest_whole(m))
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "backup.list", .arg = { arena_copy(ctx->mem, path) } });
	rewind(m->file);
	for (int i = 0; i < 2; i++)
		if (!fgets(line, sizeof line, m->file))
			return manifest_fault(ctx);
	*out = m;
	return MC_OK;
}

bool manifest_next(struct manifest *m, struct manifest_line *out)
{
	char line[512];
	return fgets(line, sizeof line, m->file) && manifest_cut(line, out);
}

int64_t manifest_at(const struct manifest *m) { return m->at; }
