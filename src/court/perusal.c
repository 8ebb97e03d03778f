#include "perusal.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/meter.h"
#include "../store/db.h"
#include "../store/journal.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PERUSAL_LINES = 1000000 };       /* of one file */

/* One program serves one store, so there is one log. Set before any thread begins. */
static struct { struct journal *journal; struct journal_mark kept; } perusal;

static void perusal_end(void *unused)
{
	(void)unused;
	perusal.journal = NULL;
}

enum mc_err perusal_begin(struct ctx *ctx, struct store *store)
{
	enum mc_err err = journal_begin(ctx, arena_print(ctx->mem, "%s/reads", db_directory(store)), &perusal.journal);
	if (err)
		perusal.journal = NULL;
	perusal.kept = (struct journal_mark){ .lines = -1 };
	arena_closer(ctx->mem, perusal_end, NULL);
	return err;
}

enum mc_err perusal_note(struct ctx *ctx, const char *method, const char *uri, int status)
{
	char line[JOURNAL_TEXT];
	if (!perusal.journal)
		return MC_OK;
	/* Nothing in it but the address has a blank, and that stands last. */
	snprintf(line, sizeof line, "%" PRId64 " %s %.16s %s %s %d %s", ctx->now, ctx->person, *ctx->session ? ctx->session : "-",
		 ctx->request && *ctx->request ? ctx->request : "-", method, status, uri);
	if (!journal_add(perusal.journal, line))
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "perusal.down" });
	meter_add(METER_READS, 1);
	return MC_OK;
}

static const char *perusal_host(struct ctx *ctx)
{
	char name[256] = "";
	return gethostname(name, sizeof name - 1) ? "" : arena_copy(ctx->mem, name);
}

static enum mc_err perusal_enter(struct ctx *ctx, void *arg)
{
	const struct journal_mark *mark = arg;
	return db_do(ctx, "insert into perusal (court, file, host, lines, head, at) values ($1, $2, $3, $4, $5, $6)"
			  " on conflict (court, file) do update set lines = excluded.lines, head = excluded.head, at = excluded.at",
		     "tttiti", COURT_NATION, mark->name, perusal_host(ctx), mark->lines, mark->head, ctx->now);
}

enum mc_err perusal_keep(struct ctx *ctx)
{
	struct journal_mark mark;
	if (!perusal.journal)
		return MC_OK;
	if (!journal_sync(perusal.journal, &mark))
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.disk" });
	if (mark.lines == perusal.kept.lines && !strcmp(mark.name, perusal.kept.name))
		return MC_OK;
	enum mc_err err = db_together(ctx, perusal_enter, &mark);
	if (err)
		return err;
	perusal.kept = mark;
	return mark.lines >= PERUSAL_LINES ? journal_turn(ctx, perusal.journal) : MC_OK;
}

/* -- walking ----------------------------------------------------------------------------- */

struct perusal_walker {
	struct ctx *ctx;
	void (*each)(void *, const struct perusal_line *);
	void *what;
};

static void perusal_line(void *arg, int64_t number, const char *text)
{
	const struct perusal_walker *w = arg;
	char words[JOURNAL_TEXT + 1], *part[7] = { words };
	if (!number || !w->each)
		return;
	snprintf(words, sizeof words, "%s", text);
	int parts = 1;
	for (char *at = words; parts < 7 && (at = strchr(at, ' ')); at++) {
		*at = '\0';
		part[parts++] = at + 1;
	}
	if (parts == 7)
		w->each(w->what, &(struct perusal_line){ .at = strtoll(part[0], NULL, 10), .person = part[1], .session = part[2],
			.request = part[3], .method = part[4], .status = (int)strtol(part[5], NULL, 10), .uri = part[6] });
}

/* What the store says of a file; lines -1 if nothing. */
static enum mc_err perusal_kept(struct ctx *ctx, const char *file, struct journal_mark *out)
{
	struct row *r = db_ask(ctx, "select lines, head from perusal where court = $1 and file = $2", "tt", COURT_NATION, file);
	*out = (struct journal_mark){ .lines = -1 };
	if (db_next(r)) {
		out->lines = db_int(r, 0);
		snprintf(out->head, sizeof out->head, "%s", db_text(r, 1));
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

static int perusal_order(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void perusal_add(struct ctx *ctx, const char *name, const char ***list, size_t *count, size_t *room)
{
	*list = arena_room(ctx->mem, *list, *count, room, sizeof **list);
	(*list)[(*count)++] = arena_copy(ctx->mem, name);
}

/* The files that there are and those that the store knows, the oldest first, each once. */
static enum mc_err perusal_files(struct ctx *ctx, const char *folder, const char ***list, size_t *count)
{
	size_t room = 0, all = 0;
	struct row *r = db_ask(ctx, "select file from perusal where court = $1 and host = $2 order by file", "tt", COURT_NATION,
			       perusal_host(ctx));
	*list = NULL;
	while (db_next(r))
		perusal_add(ctx, db_text(r, 0), list, &all, &room);
	DIR *open_folder = opendir(folder);
	for (struct dirent *entry; open_folder && (entry = readdir(open_folder));)
		if (strstr(entry->d_name, ".log"))
			perusal_add(ctx, entry->d_name, list, &all, &room);
	if (open_folder)
		closedir(open_folder);
	if (all)
		qsort(*list, all, sizeof **list, perusal_order);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (!i || strcmp((*list)[i], (*list)[i - 1]))
			(*list)[(*count)++] = (*list)[i];
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err perusal_walk(struct ctx *ctx, const char *directory, struct perusal_sum *sum,
			 void (*each)(void *, const struct perusal_line *),
			 void (*fault)(void *, const char *, int64_t, const char *), void *what)
{
	struct perusal_walker walker = { ctx, each, what };
	const char *folder = arena_print(ctx->mem, "%s/reads", directory), **file;
	size_t count;
	*sum = (struct perusal_sum){ .files = 0 };
	enum mc_err err = perusal_files(ctx, folder, &file, &count);
	for (size_t i = 0; i < count && !err; i++) {
		struct journal_mark mark;
		struct journal_fault wrong;
		int64_t lines;
		err = perusal_kept(ctx, file[i], &mark);
		if (err)
			break;
		bool whole = journal_walk(arena_print(ctx->mem, "%s/%s", folder, file[i]), mark.lines < 0 ? NULL : &mark, &lines, &wrong,
					  perusal_line, &walker);
		sum->files++;
		sum->lines += lines;
		sum->broken += !whole;
		if (!whole && fault)
			fault(what, file[i], wrong.line, wrong.what);
	}
	return err;
}
