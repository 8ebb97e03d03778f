#define _GNU_SOURCE 1
#include "fault.h"
#include "sent.h"
#include "stage.h"
#include "../../src/base/arena.h"
#include "../../src/base/digest.h"
#include "../../src/base/text.h"
#include "../../src/law/field.h"
#include "../../src/store/blob.h"
#include "../../src/store/db.h"
#include "../../src/store/engine.h"
#include "../../src/store/link.h"
#include "../../src/store/mishap.h"
#include "../../src/court/upload.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* More calls than any act makes: one that goes on failing would be tried for ever. */
enum { FAULT_CALLS = 5000, FAULT_NAMES = 400, FAULT_TIMES = 1 };

static struct {
	struct fault_count count;
	struct { const char *name; int times; } seen[FAULT_NAMES];
	int names, file;
} fault;

struct fault_count fault_counted(void) { return fault.count; }

static int *fault_times(const char *name)
{
	static char kept[FAULT_NAMES][64];
	int at = 0;
	while (at < fault.names && strcmp(fault.seen[at].name, name))
		at++;
	if (at == FAULT_NAMES)
		at--;
	if (at == fault.names) {
		snprintf(kept[at], sizeof kept[at], "%s", name);
		fault.seen[fault.names++].name = kept[at];
	}
	return &fault.seen[at].times;
}

bool fault_done(const char *name) { return *fault_times(name) > 0; }

/* -- a picture of everything that is kept --------------------------------------------------- */

/* Rows come in no order: what is added up has none either. */
static void fault_add(unsigned char sum[32], const unsigned char one[32])
{
	unsigned carry = 0;
	for (int i = 31; i >= 0; i--) {
		carry += sum[i] + one[i];
		sum[i] = (unsigned char)carry;
		carry >>= 8;
	}
}

static unsigned fault_digit(char c) { return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10); }

static void fault_row(struct arena *mem, unsigned char sum[32], const char *bytes, size_t n)
{
	const char *hex = digest_of(mem, bytes, n);
	unsigned char one[32];
	for (int i = 0; i < 32; i++)
		one[i] = (unsigned char)(fault_digit(hex[2 * i]) << 4 | fault_digit(hex[2 * i + 1]));
	fault_add(sum, one);
}

static void fault_table(struct ctx *ctx, unsigned char sum[32], const char *table, const char *columns, int count)
{
	struct row *r = db_ask(ctx, arena_print(ctx->mem, "select %s from %s", columns, table), "");
	while (db_next(r)) {
		struct text t = text_begin(ctx->mem);
		text_add(&t, table);
		for (int i = 0; i < count; i++)
			text_print(&t, "\x1f%s", db_text(r, i));
		fault_row(ctx->mem, sum, t.bytes, t.size);
	}
	if (db_broken(r))
		sum[0] ^= 1;            /* what cannot be read is not the same */
}

/* The name of every file that has one, whole or not, under blobs/; those still without lie in tmp. */
static void fault_names(struct ctx *ctx, unsigned char sum[32], const char *folder)
{
	DIR *open_folder = opendir(folder);
	for (struct dirent *entry; open_folder && (entry = readdir(open_folder));) {
		const char *path = arena_print(ctx->mem, "%s/%s", folder, entry->d_name);
		if (*entry->d_name == '.' || !strcmp(entry->d_name, "tmp"))
			continue;
		if (strlen(entry->d_name) == 2)
			fault_names(ctx, sum, path);
		else
			fault_row(ctx->mem, sum, path, strlen(path));
	}
	if (open_folder)
		closedir(open_folder);
}

/* Every row of every table, found from the schema itself, and the names of all files. */
static const char *fault_picture(struct stage_set *set, bool rows)
{
	struct ctx ctx = set->ctx;
	unsigned char sum[32] = { 0 };
	ctx.mem = arena_begin();
	struct row *r = db_ask(&ctx, rows ? ctx.db->engine->columns : "select ''", "");
	const char *table = "", *columns = "";
	int count = 0;
	while (rows && db_next(r)) {
		if (*table && strcmp(table, db_text(r, 0)))
			fault_table(&ctx, sum, table, columns, count);
		columns = strcmp(table, db_text(r, 0)) ? db_text(r, 1) : arena_print(ctx.mem, "%s, %s", columns, db_text(r, 1));
		count = strcmp(table, db_text(r, 0)) ? 1 : count + 1;
		table = db_text(r, 0);
	}
	if (*table)
		fault_table(&ctx, sum, table, columns, count);
	fault_names(&ctx, sum, arena_print(ctx.mem, "%s/blobs", set->directory));
	arena_end(ctx.mem);
	return text_hex(set->mem, sum, sizeof sum);
}

static void fault_judge(bool good, const char *name, int n, const char *what)
{
	if (good)
		return;
	fault.count.failed++;
	printf("%s, call %d failing: %s\n", name, n, what);
}

/* -- trying ------------------------------------------------------------------------------- */

static void fault_close(void *mem) { arena_end(mem); }

static const char *fault_why(const struct ctx *ctx) { return ctx->why ? ctx->why->key : "no reason"; }

enum mc_err fault_every(struct stage_set *set, struct ctx *ctx, const char *name,
			enum mc_err (*what)(struct ctx *, void *), void *arg)
{
	int *times = fault_times(name);
	if (*times >= FAULT_TIMES)
		return what(ctx, arg);
	const struct ctx first = *ctx;
	const char *before = fault_picture(set, true);
	fault.count.tried++;
	for (int n = 1; n < FAULT_CALLS; n++) {
		*ctx = first;
		ctx->mem = arena_begin();
		db_fail_after(n);
		enum mc_err err = db_truth(ctx, what(ctx, arg));
		if (db_fail_after(0)) {
			arena_closer(set->mem, fault_close, ctx->mem);
			*times += !err;
			return err;
		}
		fault.count.tries++;
		fault_judge(err == MC_STORE && !strncmp(fault_why(ctx), "store.", 6), name, n,
			    arena_print(set->mem, "outcome %d, %s", (int)err, fault_why(ctx)));
		arena_end(ctx->mem);
		fault_judge(!strcmp(before, fault_picture(set, true)), name, n, "something has changed");
	}
	*ctx = first;
	fault_judge(false, name, FAULT_CALLS, "it has no end");
	return what(ctx, arg);
}

/* -- files --------------------------------------------------------------------------------- */

static enum mc_err fault_take(struct ctx *ctx, struct store *store, const char *words, const char **digest)
{
	struct blob *blob;
	int64_t size;
	enum mc_err err = blob_begin(ctx, store, &blob);
	if (!err)
		err = blob_add(ctx, blob, words, strlen(words));
	return err ? err : blob_end(ctx, blob, digest, &size);
}

/* How long the file of this digest is; -1 if there is none. */
static int64_t fault_size(struct ctx *ctx, struct store *store, const char *digest)
{
	int fd;
	int64_t size;
	if (blob_open(ctx, store, digest, &fd, &size))
		return -1;
	close(fd);
	return size;
}

/* A file that could not be made durable may have its name already, but then it is whole. */
static const char *fault_file(struct stage_set *set, const struct ctx *first, const char *name)
{
	const char *words = arena_print(set->mem, "%%PDF-1.4 file %d", ++fault.file), *digest = "";
	const char *want = digest_of(set->mem, words, strlen(words));
	for (int n = 1; n < FAULT_CALLS; n++) {
		const char *before = fault_picture(set, false);
		struct ctx ctx = *first;
		ctx.mem = arena_begin();
		int64_t had = fault_size(&ctx, set->store, want);
		ctx_forget(&ctx);
		mishap_after(n);
		enum mc_err err = fault_take(&ctx, set->store, words, &digest);
		bool over = mishap_after(0) > 0;
		fault.count.tries += !over;
		fault_judge(over ? !err && !strcmp(digest, want) : err == MC_STORE && !strncmp(fault_why(&ctx), "store.", 6), name, n,
			    fault_why(&ctx));
		int64_t has = fault_size(&ctx, set->store, want);
		fault_judge(has == (int64_t)strlen(words) || (has < 0 && !over), name, n, "half a file has a name");
		fault_judge(has != had || !strcmp(before, fault_picture(set, false)), name, n, "another file came or went");
		arena_end(ctx.mem);
		if (over)
			break;
	}
	return want;
}

void fault_files(struct stage_set *set, const struct ctx *ctx, enum act act, struct form *form)
{
	const char *name = arena_print(set->mem, "a file of %s", rule_of(act)->code);
	for (size_t i = 0; i < form->count && *fault_times(rule_of(act)->code) < FAULT_TIMES; i++) {
		const char *dot = strrchr(form->pair[i].name, '.'), *value = form->pair[i].value;
		const struct field *field = dot ? NULL : field_find(act, "", form->pair[i].name);
		if (((field && field->kind == FIELD_FILE) || (dot && !strcmp(dot, ".file"))) && strlen(value) > 64)
			form_set(form, form->pair[i].name, arena_print(set->mem, "%s%s", fault_file(set, ctx, name), value + 64));
	}
}

/* -- files piece by piece ------------------------------------------------------------------ */

static struct { const char *name; int n; } fault_sending;

/* What is refused for a failure of ours is said to be that. */
static void fault_trouble(const struct sent_call *call, const struct sent_answer *answer)
{
	char what[200];
	snprintf(what, sizeof what, "%s was answered with %d %s", call->method, answer->status, answer->key);
	bool said = answer->status == 503 && (!strcmp(call->method, "HEAD") || !strncmp(answer->key, "store.", 6));
	fault_judge(said, fault_sending.name, fault_sending.n, what);
}

/* The upload is whole: the row says so, a form may name it, and its bytes are those that were sent. */
static bool fault_whole(struct stage_set *set, struct ctx *ctx, const char *id, const char *words)
{
	const char *value = "", *want = digest_of(ctx->mem, words, strlen(words));
	return id && !upload_value(ctx, set->store, id, "file", &value) && !strncmp(value, want, strlen(want)) &&
	       fault_size(ctx, set->store, want) == (int64_t)strlen(words);
}

static void fault_upload_as(struct stage_set *set, const char *person, const char *words, bool with, int (*fail_after)(int))
{
	fault_sending.name = arena_print(set->mem, "an upload begun %s bytes, %s", with ? "with" : "without",
		fail_after == mishap_after ? "files" : "database");
	fault.count.tried++;
	for (int n = 1; n < FAULT_CALLS; n++) {
		struct ctx ctx = set->ctx;
		ctx.mem = arena_begin();
		ctx.person = person;
		/* Each a file of its own, so that none is found to be there already. */
		const char *own = sent_pdf(ctx.mem, arena_print(ctx.mem, "%s %d", words, ++fault.file));
		fault_sending.n = n;
		fail_after(n);
		const char *id = sent_file(set, person, own, with, fault_trouble);
		bool over = fail_after(0) > 0;
		fault.count.tries += !over;
		fault_judge(fault_whole(set, &ctx, id, own), fault_sending.name, n, "the court has not got the whole");
		arena_end(ctx.mem);
		if (over)
			return;
	}
	fault_judge(false, fault_sending.name, FAULT_CALLS, "it has no end");
}

void fault_upload(struct stage_set *set, const char *person, const char *words)
{
	for (int with = 0; with < 2; with++) {
		fault_upload_as(set, person, words, with, db_fail_after);
		fault_upload_as(set, person, words, with, mishap_after);
	}
}
