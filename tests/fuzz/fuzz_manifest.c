/* Whatever a list of a backup says: what is taken names files inside a directory, in order, and nothing
 * else. The first byte: 1, that the list is given its beginning and the right end, so that the fuzzer
 * need not find a digest. */
#define _GNU_SOURCE 1
#include "base/arena.h"
#include "base/digest.h"
#include "base/text.h"
#include "store/manifest.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static void fuzz_manifest_write(struct arena *mem, int file, const unsigned char *bytes, size_t n, bool whole)
{
	struct text t = text_begin(mem);
	if (whole)
		text_add(&t, "microcourt-backup 1\nat 1790000000 2026-09-21T22:13:20+08:00\n");
	text_add_n(&t, (const char *)bytes, n);
	if (whole)
		text_print(&t, "end %s\n", digest_of(mem, t.bytes, t.size));
	assert(pwrite(file, t.bytes, t.size, 0) == (ssize_t)t.size);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct ctx ctx = { .mem = arena_begin(), .person = "" };
	int file = memfd_create("list", 0);
	struct manifest *list;
	struct manifest_line line, before = { .digest = "" };
	assert(file >= 0);
	if (n)
		fuzz_manifest_write(ctx.mem, file, bytes + 1, n - 1, bytes[0] & 1);
	if (manifest_open(&ctx, arena_print(ctx.mem, "/proc/self/fd/%d", file), &list)) {
		assert(ctx.why);
	} else {
		for (size_t i = 0; i <= n && manifest_next(list, &line); i++, before = line) {
			assert(strlen(line.digest) == 64 && line.size >= 0 && strcmp(before.digest, line.digest) <= 0);
			assert(*line.name && line.name[0] != '/' && !strstr(line.name, "..") && strlen(line.name) < MANIFEST_NAME);
		}
	}
	arena_end(ctx.mem);
	close(file);
	return 0;
}
