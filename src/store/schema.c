#include "schema.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "db.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Made at build time from sql/ by tools/embed.sh. */
extern const struct embed sql_embed[];

/* The table that tells which files have been applied cannot be in one of them. It
 * lies, like all that belongs to no single court, on the shelf of court '0'. */
static const char schema_own[] =
	"create table if not exists schema_file ("
	" court text not null,"         /* always '0' */
	" name text not null,"          /* of the file: '0001_store.sql' */
	" digest text not null,"        /* SHA-256 of the file as it was applied */
	" at bigint not null,"          /* when, seconds since 1970 */
	" primary key (court, name))";

static enum mc_err schema_make_own(struct ctx *ctx, void *what)
{
	(void)what;
	return db_script(ctx, schema_own);
}

static enum mc_err schema_refuse(struct ctx *ctx, const char *key, const char *name)
{
	return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = key, .arg = { name } });
}

/* Whether this very file has been applied. */
static enum mc_err schema_applied(struct ctx *ctx, const struct embed *file, bool *applied)
{
	struct row *r = db_ask(ctx, "select digest from schema_file where court = '0' and name = $1", "t", file->name);
	*applied = db_next(r);
	if (db_broken(r))
		return MC_STORE;
	if (*applied && strcmp(db_text(r, 0), digest_of(ctx->mem, file->bytes, file->size)))
		return schema_refuse(ctx, "schema.changed", file->name);
	return MC_OK;
}

static enum mc_err schema_add(struct ctx *ctx, void *what)
{
	const struct embed *file = what;
	bool applied;
	/* Asked again, here where nobody else writes: two programs may start at once. */
	enum mc_err err = schema_applied(ctx, file, &applied);
	if (err || applied)
		return err;
	char *sql = arena_take(ctx->mem, file->size + 1);
	memcpy(sql, file->bytes, file->size);
	err = db_script(ctx, sql);
	return err ? err
		   : db_do(ctx, "insert into schema_file (court, name, digest, at) values ('0', $1, $2, $3)", "tti",
			   file->name, digest_of(ctx->mem, file->bytes, file->size), ctx->now);
}

/* The file that follows last in the order of names; the first when last is "". */
static const struct embed *schema_next(const struct embed *files, const char *last)
{
	const struct embed *next = NULL;
	for (const struct embed *f = files; f->name; f++)
		if (strcmp(f->name, last) > 0 && (!next || strcmp(f->name, next->name) < 0))
			next = f;
	return next;
}

static bool schema_known(const struct embed *files, const char *name)
{
	for (const struct embed *f = files; f->name; f++)
		if (!strcmp(f->name, name))
			return true;
	return false;
}

/* Refuses a store that this program must not touch, before anything is applied. */
static enum mc_err schema_fits(struct ctx *ctx, const struct embed *files)
{
	struct row *r = db_ask(ctx, "select name from schema_file where court = '0' order by name desc", "");
	while (db_next(r))
		if (!schema_known(files, db_text(r, 0)))
			return schema_refuse(ctx, "schema.newer", db_text(r, 0));
	if (db_broken(r))
		return MC_STORE;
	enum mc_err err = MC_OK;
	bool applied;
	for (const struct embed *f = files; !err && f->name; f++)
		err = schema_applied(ctx, f, &applied);
	return err;
}

enum mc_err schema_current(struct ctx *ctx)
{
	enum mc_err err = schema_fits(ctx, sql_embed);
	for (const struct embed *f = schema_next(sql_embed, ""); !err && f; f = schema_next(sql_embed, f->name)) {
		bool applied;
		err = schema_applied(ctx, f, &applied);
		if (!err && !applied)
			err = schema_refuse(ctx, "schema.older", f->name);
	}
	return err;
}

enum mc_err schema_apply_files(struct ctx *ctx, const struct embed *files)
{
	enum mc_err err = db_together(ctx, schema_make_own, NULL);
	if (!err)
		err = schema_fits(ctx, files);
	for (const struct embed *f = schema_next(files, ""); !err && f; f = schema_next(files, f->name)) {
		bool applied;
		struct embed file = *f;
		err = schema_applied(ctx, f, &applied);
		if (!err && !applied)
			err = db_together(ctx, schema_add, &file);
	}
	return err;
}

enum mc_err schema_apply(struct ctx *ctx) { return schema_apply_files(ctx, sql_embed); }

enum mc_err schema_check(struct ctx *ctx)
{
	bool applied = true;
	enum mc_err err = schema_fits(ctx, sql_embed);
	for (const struct embed *f = sql_embed; !err && f->name; f++) {
		err = schema_applied(ctx, f, &applied);
		if (!err && !applied)
			err = schema_refuse(ctx, "schema.missing", f->name);
	}
	return err;
}
