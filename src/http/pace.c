#include "pace.h"
#include "ask.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/setting.h"
#include "../court/attempt.h"

#include <inttypes.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define PACE_WINDOW (60 * INT64_C(1000000))     /* what an allowance is for, microseconds */
#define PACE_LOCKS 64
#define PACE_SETS 4096
#define PACE_WAYS 8             /* places for the names that fall on one set: 32,768 names in all */

/* until: the instant up to which the allowance is spent (its theoretical arrival time). */
struct pace_place { uint64_t name; int64_t until; };

struct pace {
	pthread_mutex_t lock[PACE_LOCKS];
	int64_t most[PACE_KINDS];       /* a minute, 0 for no limit */
	unsigned char key[crypto_shorthash_KEYBYTES];
	struct pace_place place[PACE_SETS][PACE_WAYS];
};

static const struct { const char *word; enum setting setting; } pace_kinds[PACE_KINDS] = {
	[PACE_READ] = { "read", SETTING_PACE_READ }, [PACE_ACT] = { "act", SETTING_PACE_ACT },
	[PACE_SIGN_IN] = { "sign-in", SETTING_PACE_SIGN_IN }, [PACE_UPLOAD] = { "upload", SETTING_PACE_UPLOAD },
};

struct pace *pace_begin(struct arena *mem)
{
	struct pace *pace = arena_take(mem, sizeof *pace);
	for (size_t i = 0; i < PACE_LOCKS; i++)
		pthread_mutex_init(&pace->lock[i], NULL);
	for (size_t i = 0; i < PACE_KINDS; i++)
		pace->most[i] = setting_int(pace_kinds[i].setting);
	/* Nobody can choose a name that falls on somebody else's place. */
	randombytes_buf(pace->key, sizeof pace->key);
	return pace;
}

/* The place of a name; a new one takes that which has been unused longest. */
static struct pace_place *pace_place(struct pace_place *set, uint64_t name)
{
	struct pace_place *oldest = set;
	for (size_t i = 0; i < PACE_WAYS; i++) {
		if (set[i].name == name)
			return &set[i];
		if (set[i].until < oldest->until)
			oldest = &set[i];
	}
	*oldest = (struct pace_place){ .name = name };
	return oldest;
}

int64_t pace_count(struct pace *pace, enum pace_kind kind, const char *who, int64_t now, int64_t *left)
{
	uint64_t name = 0;
	unsigned char hash[crypto_shorthash_BYTES];
	int64_t each = PACE_WINDOW / (pace->most[kind] ? pace->most[kind] : 1);
	crypto_shorthash(hash, (const unsigned char *)who, strlen(who), pace->key);
	memcpy(&name, hash, sizeof name);
	name = (name ^ (uint64_t)kind) | (uint64_t)1 << 63;     /* 0 is a free place */
	size_t set = (size_t)(name >> 8) % PACE_SETS;
	pthread_mutex_t *lock = &pace->lock[set % PACE_LOCKS];
	pthread_mutex_lock(lock);
	struct pace_place *place = pace_place(pace->place[set], name);
	int64_t next = (place->until > now ? place->until : now) + each, over = next - now - PACE_WINDOW;
	if (over <= 0)
		place->until = next;
	pthread_mutex_unlock(lock);
	*left = over <= 0 ? -over / each : 0;
	return over > 0 ? over : 0;
}

static enum pace_kind pace_kind(const struct ask *ask, const struct route *route)
{
	if (!strcmp(route->method, "GET"))
		return PACE_READ;
	if (route->flags & PAGE_PUBLIC)
		return PACE_SIGN_IN;
	bool files = ask_type_is(ask->header(ask, "Content-Type"), "multipart/form-data");
	return route->flags & PAGE_FILES && files ? PACE_UPLOAD : PACE_ACT;
}

enum mc_err pace_admit(struct ctx *ctx, struct pace *pace, const struct ask *ask, const struct route *route,
		       struct arena *mem, struct reply *reply)
{
	enum pace_kind kind = pace_kind(ask, route);
	const char *from = ask->address;
	bool here = !*from || !strncmp(from, "127.", 4) || !strcmp(from, "::1");
	/* A call-back proves itself and comes when it must; files for everybody cost nothing. */
	if (here || !pace->most[kind] || route->flags & (PAGE_BARE | PAGE_OPEN))
		return MC_OK;
	bool known = *ctx->person && kind != PACE_SIGN_IN;
	const char *who = known ? arena_print(ctx->mem, "%s %s", ctx->person, ask->bearer ? ctx->device : "")
				: attempt_block(ctx, from);
	int64_t left, wait = pace_count(pace, kind, who, clock_tick_us(), &left);
	if (wait || ask->json) {
		const char *word = pace_kinds[kind].word;
		reply_say(reply, "RateLimit-Policy", arena_print(mem, "\"%s\";q=%" PRId64 ";w=60", word, pace->most[kind]));
		reply_say(reply, "RateLimit", arena_print(mem, "\"%s\";r=%" PRId64 ";t=%" PRId64, word, left,
							    (wait + 999999) / 1000000));
	}
	if (!wait)
		return MC_OK;
	reply->retry = (int)((wait + 999999) / 1000000);
	return ctx_fail(ctx, MC_BUSY, (struct why){ .key = "pace.busy", .arg = { arena_print(ctx->mem, "%d", reply->retry) } });
}
