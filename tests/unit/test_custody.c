/* Blobs that somebody needs stay, others go after a day; nothing is named that is not there. */
#include "network.h"
#include "../../src/base/digest.h"
#include "../../src/court/custody.h"
#include "../../src/court/upload.h"
#include "../../src/base/setting.h"
#include "../../src/store/partial.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *custody_test_blob(struct ctx *ctx, struct store *store, const char *words)
{
	struct blob *blob;
	const char *digest = "";
	int64_t size;
	CHECK(!blob_begin(ctx, store, &blob) && !blob_add(ctx, blob, words, strlen(words)) && !blob_end(ctx, blob, &digest, &size));
	return digest;
}

static bool custody_test_there(struct ctx *ctx, struct store *store, const char *digest)
{
	return !access(arena_print(ctx->mem, "%s/blobs/%.2s/%s", db_directory(store), digest, digest + 2), R_OK);
}

/* Makes the blob as old as two days. */
static void custody_test_age(struct ctx *ctx, struct store *store, const char *digest)
{
	struct stat st;
	const char *path = arena_print(ctx->mem, "%s/blobs/%.2s/%s", db_directory(store), digest, digest + 2);
	CHECK(!stat(path, &st));
	struct timespec old[2] = { st.st_mtim, st.st_mtim };
	old[0].tv_sec = old[1].tv_sec -= 2 * 86400;
	CHECK(!utimensat(AT_FDCWD, path, old, 0));
}

struct custody_test_row { const char *holder, *digest; bool take; };

static enum mc_err custody_test_job(struct ctx *ctx, void *arg)
{
	const struct custody_test_row *row = arg;
	return row->take ? custody_take(ctx, "132", row->holder, row->digest, "file") : custody_release(ctx, "132", row->holder);
}

static enum mc_err custody_test_do(struct ctx *ctx, const char *holder, const char *digest, bool take)
{
	return db_together(ctx, custody_test_job, &(struct custody_test_row){ holder, digest, take });
}

static enum mc_err custody_test_since(struct ctx *ctx, void *arg)
{
	return db_do(ctx, "update schema_file set at = $1 where court = '0' and name = '0028_upload.sql'", "i", *(int64_t *)arg);
}

static void custody_test_sweeps(struct ctx ctx, struct store *store)
{
	int removed;
	int64_t since = 1;
	const char *needed = custody_test_blob(&ctx, store, "needed"), *idle = custody_test_blob(&ctx, store, "idle");
	const char *fresh = custody_test_blob(&ctx, store, "fresh"), *back = custody_test_blob(&ctx, store, "back");
	CHECK(!db_together(&ctx, custody_test_since, &since));
	CHECK(!custody_test_do(&ctx, "entry a 1", needed, true));
	CHECK(!custody_test_do(&ctx, "entry a 1", needed, true));
	CHECK(!custody_test_do(&ctx, "entry b 1", needed, true));
	for (size_t i = 0; i < 3; i++)
		custody_test_age(&ctx, store, (const char *[]){ needed, idle, back }[i]);
	/* The same content comes again: it is new. */
	custody_test_blob(&ctx, store, "back");
	CHECK(!custody_sweep(&ctx, store, &removed));
	CHECK_INT(removed, 1);
	CHECK(custody_test_there(&ctx, store, needed) && custody_test_there(&ctx, store, fresh) && custody_test_there(&ctx, store, back));
	CHECK(!custody_test_there(&ctx, store, idle));
	CHECK_WHY(custody_test_do(&ctx, "entry c 1", idle, true), MC_INVALID, "form.file_gone");
	/* Whoever needs it last lets go. */
	CHECK(!custody_test_do(&ctx, "entry a 1", needed, false));
	custody_test_age(&ctx, store, needed);
	CHECK(!custody_sweep(&ctx, store, &removed));
	CHECK_INT(removed, 0);
	CHECK(!custody_test_do(&ctx, "entry b 1", needed, false));
	/* What is from before the rows were written is left alone. */
	since = INT64_MAX;
	CHECK(!db_together(&ctx, custody_test_since, &since));
	CHECK(!custody_sweep(&ctx, store, &removed));
	CHECK_INT(removed, 0);
	since = 1;
	CHECK(!db_together(&ctx, custody_test_since, &since));
	CHECK(!custody_sweep(&ctx, store, &removed));
	CHECK_INT(removed, 1);
	/* To be named makes it new as well. */
	custody_test_age(&ctx, store, back);
	CHECK(!custody_test_do(&ctx, "entry d 1", back, true));
	CHECK(!custody_test_do(&ctx, "entry d 1", back, false));
	CHECK(!custody_sweep(&ctx, store, &removed));
	CHECK_INT(removed, 0);
	CHECK(custody_test_there(&ctx, store, back));
}

static void custody_test_uploads(struct ctx ctx, struct store *store)
{
	struct upload u = { .id = "u1", .name = "a.txt", .type = "text/plain", .said = "", .length = 5, .digest = "" }, loaded;
	struct partial *partial;
	const char *value, *stranger;
	int removed;
	ctx.person = network_verified(&ctx, "张伟", 1);
	stranger = network_verified(&ctx, "李娜", 2);
	CHECK(!upload_may(&ctx, store, &u));
	CHECK(!partial_make(&ctx, store, "u1", &partial) && !upload_add(&ctx, &u));
	CHECK(!partial_add(&ctx, partial, "hello", 5));
	CHECK(!upload_load(&ctx, "u1", &loaded));
	CHECK_INT(loaded.arrived, 0);
	CHECK_WHY(upload_value(&ctx, store, "u1", "file", &value), MC_INVALID, "upload.not_whole");
	CHECK(!upload_arrive(&ctx, &u, partial));
	/* The program ended here: whoever names it makes it whole. Nobody else can, nor while it is held. */
	struct partial *second;
	CHECK_WHY(partial_open(&ctx, store, "u1", &second), MC_CONFLICT, "upload.busy");
	/* Eased, it goes to who asks next, and its bytes with it; the first has lost it. */
	struct ctx next = ctx;
	next.mem = arena_begin();
	partial_ease(partial);
	CHECK(!partial_open(&next, store, "u1", &second));
	CHECK_INT(partial_size(second), 5);
	CHECK_WHY(partial_open(&ctx, store, "u1", &partial), MC_CONFLICT, "upload.busy");
	partial_ease(second);
	CHECK(!partial_open(&ctx, store, "u1", &partial));
	CHECK_INT(partial_grip(&next, second), MC_CONFLICT);
	CHECK_TEXT(next.why->key, "upload.overtaken");
	arena_end(next.mem);
	CHECK(!partial_grip(&ctx, partial));
	CHECK(!upload_finish(&ctx, store, &u, partial));
	CHECK(!upload_value(&ctx, store, "u1", "file", &value));
	CHECK_TEXT(value, arena_print(ctx.mem, "%s 5 text/plain a.txt", digest_of(ctx.mem, "hello", 5)));
	struct ctx other = ctx;
	other.person = stranger;
	CHECK_INT(upload_load(&other, "u1", &loaded), MC_UNKNOWN);
	/* The quota is what is on the way. */
	CHECK(!setting_put(&ctx, SETTING_UPLOAD_QUOTA, "", "1048576", "test"));
	struct upload big = { .id = "u2", .name = "b.txt", .type = "", .said = "", .length = 1048575, .digest = "" };
	CHECK_WHY(upload_may(&ctx, store, &big), MC_TOO_LARGE, "upload.quota");
	CHECK_WHY(upload_add(&ctx, &big), MC_TOO_LARGE, "upload.quota");
	other.why = NULL;
	CHECK(!upload_may(&other, store, &big));
	/* What stands in an entry of a case counts no more. */
	CHECK(!custody_test_do(&ctx, "entry d 9", digest_of(ctx.mem, "hello", 5), true));
	ctx.why = NULL;
	CHECK(!upload_may(&ctx, store, &big));
	CHECK(!custody_test_do(&ctx, "entry d 9", digest_of(ctx.mem, "hello", 5), false));
	setting_forget();
	/* Expired: the upload lets go of the blob. */
	ctx.now = u.expires;
	CHECK_WHY(upload_load(&ctx, "u1", &loaded), MC_UNKNOWN, "upload.unknown");
	CHECK(!upload_sweep(&ctx, store, &removed));
	CHECK_INT(removed, 1);
	custody_test_age(&ctx, store, digest_of(ctx.mem, "hello", 5));
	CHECK(!custody_sweep(&ctx, store, &removed));
	CHECK_INT(removed, 1);
}

struct custody_test_said { char text[400]; };

static void custody_test_say(void *what, const char *digest, const char *why)
{
	struct custody_test_said *said = what;
	size_t n = strlen(said->text);
	snprintf(said->text + n, sizeof said->text - n, "%.6s %.*s;", digest, (int)strcspn(why, ":"), why);
}

static void custody_test_verifies(struct ctx ctx, struct store *store)
{
	const char *good = custody_test_blob(&ctx, store, "good"), *hurt = custody_test_blob(&ctx, store, "hurt");
	const char *lost = custody_test_blob(&ctx, store, "lost"), *left = custody_test_blob(&ctx, store, "left");
	const char *path = arena_print(ctx.mem, "%s/blobs/%.2s/%s", db_directory(store), hurt, hurt + 2);
	struct custody_sum sum, whole;
	struct custody_test_said said = { "" };
	CHECK(!custody_verify(&ctx, store, true, custody_test_say, &said, &whole));
	CHECK_TEXT(said.text, "");
	for (size_t i = 0; i < 3; i++)
		CHECK(!custody_test_do(&ctx, "entry v 1", (const char *[]){ good, hurt, lost }[i], true));
	CHECK(!unlink(arena_print(ctx.mem, "%s/blobs/%.2s/%s", db_directory(store), lost, lost + 2)));
	/* What is missing is always named, and one byte that turned only when all are read. */
	int fd = open(path, O_WRONLY);
	CHECK(fd >= 0 && pwrite(fd, "H", 1, 0) == 1 && !close(fd));
	custody_test_age(&ctx, store, left);
	CHECK(!custody_verify(&ctx, store, false, custody_test_say, &said, &sum));
	CHECK_TEXT(said.text, arena_print(ctx.mem, "%.6s missing;", lost));
	CHECK(sum.named == whole.named + 3 && sum.missing == 1 && !sum.blobs);
	said.text[0] = '\0';
	CHECK(!custody_verify(&ctx, store, true, custody_test_say, &said, &sum));
	CHECK(sum.missing == 1 && sum.damaged == 1 && sum.orphaned == 1 && sum.blobs == whole.blobs - 1);
	CHECK(strstr(said.text, arena_print(ctx.mem, "%.6s damaged;", hurt)) && strstr(said.text, arena_print(ctx.mem, "%.6s orphaned;", left)));
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	custody_test_sweeps(ctx, store);
	custody_test_uploads(ctx, store);
	custody_test_verifies(ctx, store);
	network_end(&ctx, store);
	return check_end();
}
