#define _GNU_SOURCE 1
#include "copy.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/text.h"
#include "blob.h"
#include "db.h"
#include "link.h"
#include "schema.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { COPY_PAGE = 500, COPY_COLUMNS = 48, COPY_TABLES = 400 };

/* The one table that each store writes for itself. */
#define COPY_OWN "schema_file"

struct copy_table {
	const char *name, *columns;     /* "court, id, body" */
	const char *select, *more, *insert;     /* the first page, the following ones, one row */
	int count, keys;
	int key[COPY_COLUMNS];          /* which column is the first of the key, the second ... */
	const char *column[COPY_COLUMNS];
	bool placed;                    /* in the order already */
	int64_t rows;
	const char *digest;
};

struct copy {
	struct ctx *ctx;                /* of the target */
	struct ctx from;                /* of the source, on this thread */
	struct copy_table table[COPY_TABLES], *order[COPY_TABLES];
	int count, placed;
	struct copy_count progress;
	void (*show)(const struct copy_count *);
};

static enum mc_err copy_fail(struct copy *copy, const char *key, const char *name)
{
	return ctx_fail(copy->ctx, MC_CONFLICT, (struct why){ .key = key, .arg = { name } });
}

/* ---- the tables ---- */

static bool copy_plain(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

/* "court, id": all columns, or those that which names. */
static const char *copy_list(struct arena *mem, const struct copy_table *t, const int *which, int count)
{
	struct text out = text_begin(mem);
	for (int i = 0; i < count; i++)
		text_print(&out, "%s%s", i ? ", " : "", t->column[which ? which[i] : i]);
	return text_end(&out);
}

/* "$1, $2" */
static const char *copy_places(struct arena *mem, int count)
{
	struct text out = text_begin(mem);
	for (int i = 0; i < count; i++)
		text_print(&out, "%s$%d", i ? ", " : "", i + 1);
	return text_end(&out);
}

static void copy_texts(struct arena *mem, struct copy_table *t)
{
	const char *key = copy_list(mem, t, t->key, t->keys);
	t->columns = copy_list(mem, t, NULL, t->count);
	t->select = arena_print(mem, "select %s from %s order by %s limit %d", t->columns, t->name, key, COPY_PAGE);
	t->more = arena_print(mem, "select %s from %s where (%s) > (%s) order by %s limit %d", t->columns, t->name, key,
			      copy_places(mem, t->keys), key, COPY_PAGE);
	t->insert = arena_print(mem, "insert into %s (%s) values (%s)", t->name, t->columns,
				copy_places(mem, t->count));
}

/* All tables of a store with their columns; the engine knows where they are written down. */
static enum mc_err copy_tables(struct copy *copy, struct ctx *ctx, struct copy_table *table, int *count)
{
	struct row *r = db_ask(ctx, ctx->db->engine->columns, "");
	struct copy_table *t = NULL;
	*count = 0;
	while (db_next(r)) {
		const char *name = db_text(r, 0), *column = db_text(r, 1);
		int key = (int)db_int(r, 2);
		if (!strcmp(name, COPY_OWN))
			continue;
		if (!t || strcmp(t->name, name)) {
			if (*count == COPY_TABLES)
				return copy_fail(copy, "copy.other", name);
			t = &table[(*count)++];
			*t = (struct copy_table){ .name = name };
		}
		if (!copy_plain(name) || !copy_plain(column) || t->count == COPY_COLUMNS || key > COPY_COLUMNS)
			return copy_fail(copy, "copy.other", name);
		if (key)
			t->key[key - 1] = t->count;
		t->keys += key > 0;
		t->column[t->count++] = column;
	}
	for (int i = 0; i < *count; i++)
		copy_texts(copy->ctx->mem, &table[i]);
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* The same tables with the same columns and keys on both sides, as one text. */
static const char *copy_shape(struct arena *mem, const struct copy_table *table, int count)
{
	struct text out = text_begin(mem);
	for (int i = 0; i < count; i++)
		text_print(&out, "%s;", table[i].more);
	return text_end(&out);
}

static struct copy_table *copy_find(struct copy *copy, const char *name)
{
	for (int i = 0; i < copy->count; i++)
		if (!strcmp(copy->table[i].name, name))
			return &copy->table[i];
	return NULL;
}

/* A table comes after those that its foreign keys name. */
static enum mc_err copy_sort(struct copy *copy)
{
	struct row *r = db_ask(&copy->from, copy->from.db->engine->references, "");
	struct { struct copy_table *from, *to; } pair[COPY_TABLES * 4];
	int pairs = 0;
	while (db_next(r) && pairs < COPY_TABLES * 4) {
		pair[pairs].from = copy_find(copy, db_text(r, 0));
		pair[pairs].to = copy_find(copy, db_text(r, 1));
		pairs += pair[pairs].from && pair[pairs].to && pair[pairs].from != pair[pairs].to;
	}
	if (db_broken(r))
		return MC_STORE;
	for (int before = -1; copy->placed != before;) {
		before = copy->placed;
		for (int i = 0; i < copy->count; i++) {
			struct copy_table *t = &copy->table[i];
			bool waits = t->placed;
			for (int k = 0; k < pairs; k++)
				waits |= pair[k].from == t && !pair[k].to->placed;
			if (waits)
				continue;
			t->placed = true;
			copy->order[copy->placed++] = t;
		}
	}
	return copy->placed == copy->count ? MC_OK : copy_fail(copy, "copy.circle", "");
}

/* ---- the rows ---- */

struct copy_page {
	struct copy_table *table;
	struct db *into;                /* NULL: only read */
	struct digest *digest;
	struct arena *mem;              /* of the key of the last row */
	struct engine_value key[COPY_COLUMNS];
	int rows;
	enum engine_result result;
};

static void copy_row(void *what, const struct engine_value *cells, int columns)
{
	struct copy_page *page = what;
	for (int i = 0; i < columns; i++) {
		char mark[32];
		int n = cells[i].text ? snprintf(mark, sizeof mark, "t%zu:", cells[i].size)
				      : snprintf(mark, sizeof mark, "i%lld;", (long long)cells[i].number);
		digest_add(page->digest, mark, (size_t)n);
		if (cells[i].text)
			digest_add(page->digest, cells[i].text, cells[i].size);
	}
	if (page->into && !page->result)
		page->result = link_ask(page->into, page->table->insert, cells, columns, NULL, NULL);
	/* Only the last row of a page is gone on from. */
	if (++page->rows < COPY_PAGE)
		return;
	for (int i = 0; i < page->table->keys; i++) {
		page->key[i] = cells[page->table->key[i]];
		if (page->key[i].text)
			page->key[i].text = arena_copy(page->mem, page->key[i].text);
	}
}

/* Walks a table in the order of its key; every row goes into another store, or only into
 * the digest. */
static enum mc_err copy_walk(struct copy *copy, struct db *db, struct db *into, struct copy_table *t, const char **digest)
{
	struct copy_page page = { .table = t, .into = into, .digest = digest_begin(copy->ctx->mem), .mem = arena_begin() };
	enum engine_result result = ENGINE_DONE;
	int keys = 0;
	copy->progress.table = t->name;
	copy->progress.rows = 0;
	do {
		struct engine_value key[COPY_COLUMNS];
		memcpy(key, page.key, sizeof key);
		struct arena *before = page.mem;
		page.mem = arena_begin();
		page.rows = 0;
		result = link_ask(db, keys ? t->more : t->select, key, keys, copy_row, &page);
		arena_end(before);
		if (!result)
			result = page.result;
		if (!result && into)
			result = link_settle(into);
		keys = t->keys;
		copy->progress.rows += page.rows;
		copy->progress.done += into ? page.rows : 0;
		if (into && copy->show)
			copy->show(&copy->progress);
	} while (!result && page.rows == COPY_PAGE);
	arena_end(page.mem);
	*digest = digest_end(copy->ctx->mem, page.digest);
	return result ? ctx_fail(copy->ctx, MC_STORE, (struct why){ .key = "store.down" }) : MC_OK;
}

static enum mc_err copy_count(struct copy *copy, struct ctx *ctx, const struct copy_table *t, int64_t *rows)
{
	struct row *r = db_ask(ctx, arena_print(copy->ctx->mem, "select count(*) from %s", t->name), "");
	*rows = db_next(r) ? db_int(r, 0) : 0;
	return db_broken(r) ? MC_STORE : MC_OK;
}

/* into: the target must be empty; otherwise it must have as many rows. */
static enum mc_err copy_ready(struct copy *copy, bool into)
{
	struct copy_table *mine = arena_take(copy->ctx->mem, sizeof copy->table);
	int count;
	int64_t rows;
	enum mc_err err = schema_current(&copy->from);
	if (!err)
		err = copy_tables(copy, &copy->from, copy->table, &copy->count);
	if (!err)
		err = copy_tables(copy, copy->ctx, mine, &count);
	if (!err && strcmp(copy_shape(copy->ctx->mem, mine, count), copy_shape(copy->ctx->mem, copy->table, copy->count)))
		err = copy_fail(copy, "copy.other", "");
	for (int i = 0; !err && i < copy->count; i++) {
		struct copy_table *t = &copy->table[i];
		err = copy_count(copy, copy->ctx, t, &rows);
		if (!err && into && rows)
			err = copy_fail(copy, "copy.full", t->name);
		if (!err)
			err = copy_count(copy, &copy->from, t, &t->rows);
		if (!err && !into && rows != t->rows)
			err = copy_fail(copy, "copy.differs", t->name);
		copy->progress.all += t->rows;
	}
	return err ? err : copy_sort(copy);
}

static enum mc_err copy_all(struct copy *copy, bool into)
{
	enum mc_err err = copy_ready(copy, into);
	for (int i = 0; !err && i < copy->count; i++)
		err = copy_walk(copy, copy->from.db, into ? copy->ctx->db : NULL, copy->order[i], &copy->order[i]->digest);
	for (int i = 0; !err && i < copy->count; i++) {
		const char *digest;
		int64_t rows;
		err = copy_walk(copy, copy->ctx->db, NULL, copy->order[i], &digest);
		if (!err)
			err = copy_count(copy, copy->ctx, copy->order[i], &rows);
		if (!err && (strcmp(digest, copy->order[i]->digest) || rows != copy->order[i]->rows))
			err = copy_fail(copy, "copy.differs", copy->order[i]->name);
	}
	return err;
}

static enum mc_err copy_from(struct ctx *ctx, struct store *source, bool into, void (*show)(const struct copy_count *))
{
	struct copy *copy = arena_take(ctx->mem, sizeof *copy);
	copy->ctx = ctx;
	copy->from = *ctx;
	copy->from.why = NULL;
	/* A reader of the source for the thread on which the target is written. */
	copy->from.db = db_reader(source);
	copy->show = show;
	enum mc_err err = link_hold(copy->from.db) ? copy_all(copy, into) : ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.down" });
	link_look_up(copy->from.db);
	if (err && !ctx->why)
		ctx->why = copy->from.why;
	return err;
}

enum mc_err copy_rows(struct ctx *ctx, struct store *source, void (*show)(const struct copy_count *))
{
	return copy_from(ctx, source, true, show);
}

enum mc_err copy_same(struct ctx *ctx, struct store *source) { return copy_from(ctx, source, false, NULL); }

/* ---- the files ---- */

/* One file, through the blob store of the target, which names it by what it holds. */
static enum mc_err copy_blob(struct ctx *ctx, struct store *source, struct store *target, const char *digest)
{
	struct blob *blob;
	const char *got = "";
	char bytes[65536];
	int64_t size;
	ssize_t n = 0;
	int fd;
	if (!blob_open(ctx, target, digest, &fd, &size)) {
		close(fd);
		return MC_OK;
	}
	ctx_forget(ctx);
	enum mc_err err = blob_open(ctx, source, digest, &fd, &size);
	if (err)
		return err;
	err = blob_begin(ctx, target, &blob);
	while (!err && (n = read(fd, bytes, sizeof bytes)) > 0)
		err = blob_add(ctx, blob, bytes, (size_t)n);
	close(fd);
	if (!err)
		err = blob_end(ctx, blob, &got, &size);
	return err || (!n && !strcmp(got, digest)) ? err
		: ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "copy.blob", .arg = { digest } });
}

static enum mc_err copy_folder(struct ctx *all, struct store *source, struct store *target, const char *two,
			       struct copy_count *progress)
{
	struct ctx ctx = *all;
	ctx.mem = arena_begin();
	enum mc_err err = MC_OK;
	DIR *folder = opendir(arena_print(ctx.mem, "%s/blobs/%s", db_directory(source), two));
	for (struct dirent *entry; !err && folder && (entry = readdir(folder));)
		if (strlen(entry->d_name) == 62) {
			err = copy_blob(&ctx, source, target, arena_print(ctx.mem, "%s%s", two, entry->d_name));
			progress->rows++;
			progress->done++;
		}
	if (folder)
		closedir(folder);
	/* The reasons outlive the folder's memory. */
	for (const struct why *why = ctx.why; why; why = why->next)
		(void)ctx_fail(all, err, (struct why){ .key = why->key,
			.arg = { arena_copy(all->mem, why->arg[0] ? why->arg[0] : "") } });
	arena_end(ctx.mem);
	return err;
}

enum mc_err copy_blobs(struct ctx *ctx, struct store *source, struct store *target, void (*show)(const struct copy_count *))
{
	struct copy_count progress = { .table = "blobs" };
	enum mc_err err = MC_OK;
	for (unsigned i = 0; !err && i < 256; i++) {
		err = copy_folder(ctx, source, target, arena_print(ctx->mem, "%02x", i), &progress);
		progress.all = progress.done;
	}
	if (show)
		show(&progress);
	return err;
}
