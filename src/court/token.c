#include "token.h"
#include "court.h"
#include "person.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"
#include "../base/text.h"
#include "../store/db.h"

#include <assert.h>
#include <string.h>

enum {
	TOKEN_NOTED = 300,              /* "last used" is written at most this often, in seconds */
	TOKEN_CHECK = 6, TOKEN_LENGTH = 4 + 43,
};

#define TOKEN_COLUMNS "digest, person, name, address, scopes, since, ends, seen, ended"

static const char *const token_scopes[TOKEN_SCOPES] = { "read", "act", "file", "account", "staff" };

struct token_job {
	struct token token;
	const char *block;
};

const char *token_scope_word(unsigned scope)
{
	for (int i = 0; i < TOKEN_SCOPES; i++)
		if (scope == 1u << i)
			return token_scopes[i];
	assert(false && "a scope is one bit of enum token_scope");
	return "";
}

unsigned token_scope_of(const char *word)
{
	for (unsigned i = 0; i < TOKEN_SCOPES; i++)
		if (!strcmp(word, token_scopes[i]))
			return 1u << i;
	return 0;
}

const char *token_words(struct arena *mem, unsigned scopes)
{
	struct text words = text_begin(mem);
	for (unsigned i = 0; i < TOKEN_SCOPES; i++)
		if (scopes & 1u << i)
			text_print(&words, "%s%s", words.size ? " " : "", token_scopes[i]);
	return text_end(&words);
}

static const char *token_digest(struct arena *mem, const char *text) { return digest_of(mem, text, strlen(text)); }

bool token_whole(const char *text)
{
	if (strlen(text) != TOKEN_LENGTH || strncmp(text, "mct_", 4))
		return false;
	struct arena *mem = arena_begin();
	size_t n = TOKEN_LENGTH - TOKEN_CHECK;
	bool whole = !strncmp(text + n, digest_of(mem, text, n), TOKEN_CHECK);
	arena_end(mem);
	return whole;
}

/* 222 bits by chance. */
static const char *token_new(struct arena *mem)
{
	const char *most = arena_print(mem, "mct_%.37s", id_secret(mem));
	return arena_print(mem, "%s%.6s", most, token_digest(mem, most));
}

static enum mc_err token_wrong(struct ctx *ctx, const char *key, const char *field)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key, .field = field });
}

static bool token_plain(const char *name)
{
	size_t n = text_chars(name);
	for (const char *c = name; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			return false;
	return n >= 1 && n <= 60;
}

static enum mc_err token_write(struct ctx *ctx, void *arg)
{
	const struct token *t = &((const struct token_job *)arg)->token;
	struct row *r = db_ask(ctx, "select name from token where court = $1 and person = $2 and ended = 0 and ends > $3",
			       "tti", COURT_NATION, ctx->person, ctx->now);
	int living = 0;
	for (; db_next(r); living++)
		if (!strcmp(db_text(r, 0), t->name))
			return token_wrong(ctx, "token.name_taken", "name");
	if (db_broken(r))
		return MC_STORE;
	if (living >= TOKEN_MOST)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "token.too_many", .field = "name",
			.arg = { arena_print(ctx->mem, "%d", TOKEN_MOST) } });
	return db_do(ctx,
		"insert into token (court, digest, person, name, scopes, since, ends, seen, address, ended)"
		" values ($1, $2, $3, $4, $5, $6, $7, 0, '', 0)", "ttttiii",
		COURT_NATION, t->digest, ctx->person, t->name, (int64_t)t->scopes, ctx->now, t->ends);
}

enum mc_err token_make(struct ctx *ctx, const char *name, unsigned scopes, int64_t days, const char **told)
{
	enum mc_err err = MC_OK;
	name = text_trim(ctx->mem, name);
	if (!token_plain(name))
		err = token_wrong(ctx, "token.bad_name", "name");
	if (!scopes || scopes >= 1u << TOKEN_SCOPES || scopes == TOKEN_STAFF)
		err = token_wrong(ctx, "token.bad_scopes", "scopes");
	if (days < 1 || days > TOKEN_DAYS_MOST)
		err = token_wrong(ctx, "token.bad_days", "days");
	if (err)
		return err;
	*told = token_new(ctx->mem);
	struct token_job job = { .token = { .digest = token_digest(ctx->mem, *told), .name = name, .scopes = scopes,
					    .ends = ctx->now + days * 86400 } };
	return db_together(ctx, token_write, &job);
}

static struct token token_row(struct row *r)
{
	return (struct token){
		.digest = db_text(r, 0), .person = db_text(r, 1), .name = db_text(r, 2), .address = db_text(r, 3),
		.scopes = (unsigned)db_int(r, 4), .since = db_int(r, 5), .ends = db_int(r, 6), .seen = db_int(r, 7),
		.ended = db_int(r, 8),
	};
}

static enum mc_err token_note(struct ctx *ctx, void *arg)
{
	const struct token_job *job = arg;
	return db_do(ctx, "update token set seen = $1, address = $2 where court = $3 and digest = $4 and seen <= $1", "ittt",
		     ctx->now, job->block, COURT_NATION, job->token.digest);
}

static enum mc_err token_refused(struct ctx *ctx, const char *key)
{
	return ctx_fail(ctx, MC_SIGNIN, (struct why){ .key = key });
}

enum mc_err token_find(struct ctx *ctx, const char *text, const char *block, struct token *out)
{
	if (!token_whole(text))
		return token_refused(ctx, "token.invalid");
	struct row *r = db_ask(ctx,
		"select t.digest, t.person, t.name, t.address, t.scopes, t.since, t.ends, t.seen, t.ended, p.state"
		" from token t join person p on p.court = t.court and p.person = t.person"
		" where t.court = $1 and t.digest = $2", "tt", COURT_NATION, token_digest(ctx->mem, text));
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : token_refused(ctx, "token.invalid");
	*out = token_row(r);
	if (out->ended || out->ends <= ctx->now)
		return token_refused(ctx, "token.ended");
	if (db_int(r, 9) == PERSON_SUSPENDED)
		return token_refused(ctx, "token.suspended");
	/* A full disk must not keep programs from reading. */
	if (out->seen + TOKEN_NOTED <= ctx->now) {
		struct why *before = ctx->why;
		struct token_job job = { .token = *out, .block = block };
		if (db_together(ctx, token_note, &job) && !before)
			ctx_forget(ctx);
	}
	return MC_OK;
}

enum mc_err token_end_all(struct ctx *ctx, const char *person)
{
	return db_do(ctx, "update token set ended = $1 where court = $2 and person = $3 and ended = 0 and ends > $1", "itt",
		     ctx->now, COURT_NATION, person);
}

static enum mc_err token_end_write(struct ctx *ctx, void *arg)
{
	if (!strcmp(arg, "all"))
		return token_end_all(ctx, ctx->person);
	enum mc_err err = db_do(ctx,
		"update token set ended = $1 where court = $2 and digest = $3 and person = $4 and ended = 0", "ittt",
		ctx->now, COURT_NATION, (const char *)arg, ctx->person);
	return err ? err : db_changed(ctx) == 1 ? MC_OK
		: ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "token.unknown" });
}

enum mc_err token_end(struct ctx *ctx, const char *which)
{
	return db_together(ctx, token_end_write, arena_copy(ctx->mem, which));
}

static enum mc_err token_rows(struct ctx *ctx, struct row *r, int64_t limit, struct token **out, size_t *count)
{
	*out = arena_take(ctx->mem, (size_t)limit * sizeof **out);
	*count = 0;
	while (*count < (size_t)limit && db_next(r)) {
		struct token *t = &(*out)[(*count)++];
		*t = token_row(r);
		if (!t->ended && t->ends <= ctx->now)
			t->ended = t->ends;
	}
	return db_broken(r) ? MC_STORE : MC_OK;
}

enum mc_err token_list(struct ctx *ctx, struct token **out, size_t *count)
{
	return token_rows(ctx, db_ask(ctx, "select " TOKEN_COLUMNS " from token where court = $1 and person = $2 and ended = 0"
		" and ends > $3 order by since desc, digest desc limit $4", "ttii", COURT_NATION, ctx->person, ctx->now,
		(int64_t)TOKEN_MOST), TOKEN_MOST, out, count);
}

#define TOKEN_PAST "select " TOKEN_COLUMNS " from token where court = $1 and person = $2 and (ended <> 0 or ends <= $3)"

enum mc_err token_past(struct ctx *ctx, const struct cursor *from, int64_t limit, struct token **out, size_t *count)
{
	return token_rows(ctx, from->back
		? db_ask(ctx, TOKEN_PAST " and (since, digest) > ($4, $5) order by since, digest limit $6", "ttiiti", COURT_NATION,
			 ctx->person, ctx->now, from->at, from->id, limit)
		: db_ask(ctx, TOKEN_PAST " and (since, digest) < ($4, $5) order by since desc, digest desc limit $6", "ttiiti",
			 COURT_NATION, ctx->person, ctx->now, *from->id ? from->at : INT64_MAX, from->id, limit), limit, out, count);
}

enum mc_err token_sweep(struct ctx *ctx)
{
	int64_t long_ago = ctx->now - (int64_t)5 * 366 * 86400;
	return db_do(ctx, "delete from token where court = $1 and ends < $2 and (ended = 0 or ended < $2)", "ti",
		     COURT_NATION, long_ago);
}
