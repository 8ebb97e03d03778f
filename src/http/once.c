#define _GNU_SOURCE 1
#include "once.h"
#include "../base/arena.h"
#include "../base/digest.h"
#include "../base/id.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#define ONCE_LONGEST 255        /* letters of a key */
#define ONCE_WAIT 20            /* seconds that a second click waits for the first */
#define ONCE_RETRY 2            /* seconds after which a program may ask again */

/* What is being performed with a key now, in this process. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t over;
	struct once_run *first;
} once_now = { .lock = PTHREAD_MUTEX_INITIALIZER, .over = PTHREAD_COND_INITIALIZER };

const char *once_key(struct arena *mem) { return id_secret(mem); }

static bool once_runs(const struct once_run *run)
{
	const struct once_run *at = once_now.first;
	while (at && (strcmp(at->key, run->key) != 0 || strcmp(at->owner, run->owner) != 0))
		at = at->next;
	return at != NULL;
}

static bool once_enter(struct once_run *run, bool patient)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ONCE_WAIT;
	pthread_mutex_lock(&once_now.lock);
	bool late = !patient, busy;
	while ((busy = once_runs(run)) && !late)
		late = pthread_cond_clockwait(&once_now.over, &once_now.lock, CLOCK_MONOTONIC, &until) != 0;
	if (!busy) {
		run->next = once_now.first;
		once_now.first = run;
	}
	pthread_mutex_unlock(&once_now.lock);
	return !busy;
}

static void once_leave(const struct once_run *run)
{
	pthread_mutex_lock(&once_now.lock);
	struct once_run **at = &once_now.first;
	while (*at != run)
		at = &(*at)->next;
	*at = run->next;
	pthread_cond_broadcast(&once_now.over);
	pthread_mutex_unlock(&once_now.lock);
}

/* The header is a string of RFC 8941: "8e03978e-40d5"; without the quotes it is understood too. */
static bool once_read(struct arena *mem, const char *header, const char **out)
{
	struct text key = text_begin(mem);
	bool quoted = *header == '"';
	const char *at = header + quoted;
	for (; *at && (!quoted || *at != '"'); at++) {
		if (quoted && *at == '\\' && (at[1] == '"' || at[1] == '\\'))
			at++;
		else if (*at < 0x20 || *at > 0x7e || *at == '\\' || (!quoted && strchr(" \",;", *at)))
			return false;
		text_add_n(&key, at, 1);
	}
	bool closed = !quoted || (*at == '"' && !at[1]);
	*out = text_end(&key);
	return closed && key.size && key.size <= ONCE_LONGEST;
}

static enum mc_err once_malformed(struct ctx *ctx, struct reply *reply)
{
	reply->status = 400;
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "repeat.malformed", .field = "Idempotency-Key" });
}

static void once_values(struct ctx *ctx, const struct ask *ask, const char *key, struct once *once)
{
	const struct form *sent = ask->form;
	struct form values = { .mem = ctx->mem, .pair = arena_take(ctx->mem, (sent->count + 1) * sizeof *values.pair) };
	for (size_t i = 0; i < sent->count; i++)
		if (strcmp(sent->pair[i].name, "csrf") != 0 && strcmp(sent->pair[i].name, ONCE_FIELD) != 0)
			values.pair[values.count++] = sent->pair[i];
	const char *all = arena_print(ctx->mem, "%s\n%s\n%s", ask->method, ask->uri, form_json(&values));
	once->repeat.key = digest_of(ctx->mem, key, strlen(key));
	once->repeat.request = digest_of(ctx->mem, all, strlen(all));
}

/* The page on which is seen what a request to this address has done. */
static const char *once_place(struct arena *mem, const char *path)
{
	static const struct { const char *begin; int pieces; } place[] = {
		{ "/cases/", 3 }, { "/file/", 2 }, { "/account/sessions", 1 }, { "/account/", 2 }, { "/people/", 2 }, { "/offices/", 2 },
		{ "/sandbox/", 2 }, { "/sign-out", 0 }, { "/", 1 },
	};
	size_t at = 0, n = 0;
	while (strncmp(path, place[at].begin, strlen(place[at].begin)))
		at++;
	for (int left = place[at].pieces; left && path[n]; left--)
		n += 1 + strcspn(path + n + 1, "/");
	return arena_print(mem, "%.*s?done=repeated", n ? (int)n : 1, path);
}

static void once_again(struct ctx *ctx, const struct ask *ask, enum repeat_state state, const struct repeat_answer *answer,
		       struct reply *reply)
{
	reply_say(reply, "Idempotency-Replayed", "true");
	reply->status = state == REPEAT_ANSWERED ? answer->status : 303;
	reply->where = state == REPEAT_ANSWERED ? answer->where : once_place(ctx->mem, ask->path);
	if (!*reply->where)
		reply->where = NULL;
	if (state == REPEAT_ANSWERED && *answer->type) {
		reply->type = answer->type;
		text_add(&reply->body, answer->body);
	}
}

bool once_known(struct ctx *ctx, const struct ask *ask, const char *owner)
{
	const char *header = ask->header(ask, "Idempotency-Key"), *key;
	enum repeat_state state;
	struct repeat_answer answer;
	if (!*header || !once_read(ctx->mem, header, &key))
		return false;
	struct repeat repeat = { .owner = owner, .key = digest_of(ctx->mem, key, strlen(key)), .request = "" };
	return !repeat_find(ctx, &repeat, &state, &answer) && state != REPEAT_NEW;
}

enum mc_err once_begin(struct ctx *ctx, const struct ask *ask, const char *owner, bool patient,
		       struct reply *reply, struct once *once)
{
	const char *header = ask->header(ask, "Idempotency-Key"), *key = form_get(ask->form, ONCE_FIELD);
	enum repeat_state state;
	struct repeat_answer answer;
	*once = (struct once){ .repeat = { .owner = owner, .drawn = !*header } };
	if (!*header && !*key)
		return MC_OK;
	if (*header ? !once_read(ctx->mem, header, &key) : strlen(key) > ONCE_LONGEST)
		return once_malformed(ctx, reply);
	once_values(ctx, ask, key, once);
	form_set(ask->form, ONCE_FIELD, "");
	once->run = (struct once_run){ .owner = owner, .key = once->repeat.key };
	once->on = once_enter(&once->run, patient && once->repeat.drawn);
	if (!once->on)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "repeat.running", .retry = ONCE_RETRY });
	enum mc_err err = repeat_find(ctx, &once->repeat, &state, &answer);
	if (!err && state == REPEAT_OTHER)
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "repeat.other", .field = "Idempotency-Key" });
	once->answered = !err && state != REPEAT_NEW;
	if (once->answered)
		once_again(ctx, ask, state, &answer, reply);
	else if (!err)
		repeat_begin(ctx, &once->repeat);
	return err;
}

/* A page of HTML is drawn anew rather than kept: only what leads on, or what a program reads; and that something
 * was told which is told once. */
static bool once_keeps(const struct reply *reply)
{
	bool json = reply->type && !strncmp(reply->type, "application/json", 16);
	return reply->status < 400 && (reply->where || json || reply->secret) && reply->file <= 0 && !reply->stream;
}

void once_end(struct ctx *ctx, struct once *once, const struct ask *ask, struct reply *reply, enum mc_err err)
{
	struct why *why = ctx->why;
	ctx->first = NULL;
	if (once->on && once->repeat.first.written) {
		bool body = !reply->secret && reply->type && reply->body.size <= REPEAT_BODY;
		/* What is not kept is not told again: that it was done is seen on its page. */
		struct repeat_answer answer = { !body && !reply->where ? 303 : reply->status ? reply->status : 200,
			reply->where ? reply->where : body ? "" : once_place(ctx->mem, ask->path),
			body ? reply->type : "", body ? text_end(&reply->body) : "" };
		/* Should either fail, the note stands, and nothing is done twice. */
		(void)(!err && once_keeps(reply) ? repeat_keep(ctx, &once->repeat, &answer)
						 : repeat_forget(ctx, &once->repeat));
	}
	if (once->on)
		once_leave(&once->run);
	ctx->why = why;
}
