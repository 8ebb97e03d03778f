#include "kept.h"
#include "../base/arena.h"
#include "../store/change.h"

#include <openssl/crypto.h>
#include <pthread.h>
#include <string.h>

enum { KEPT_BYTES = 64 << 10, KEPT_KEY = 2048 };

struct kept_place {
	pthread_mutex_t lock;           /* guards the rest */
	struct arena *mem;              /* NULL: nothing is kept here */
	const char *key;
	size_t key_size;
	int64_t minute;
	uint32_t everything, docket, person, session;
	struct kept_answer answer;
};

struct kept {
	const struct changes *changes;
	int64_t places;
	struct kept_place *place;
};

static void kept_end(void *what)
{
	struct kept *kept = what;
	for (int64_t i = 0; i < kept->places; i++) {
		if (kept->place[i].mem)
			arena_end(kept->place[i].mem);
		pthread_mutex_destroy(&kept->place[i].lock);
	}
}

struct kept *kept_begin(struct arena *mem, const struct changes *changes, int64_t places)
{
	if (!changes || places < 1)
		return NULL;
	struct kept *kept = arena_take(mem, sizeof *kept);
	kept->changes = changes;
	kept->places = places;
	kept->place = arena_take(mem, (size_t)places * sizeof *kept->place);
	for (int64_t i = 0; i < places; i++)
		pthread_mutex_init(&kept->place[i].lock, NULL);
	arena_closer(mem, kept_end, kept);
	return kept;
}

uint64_t kept_tide(const struct kept *kept) { return kept ? change_tide(kept->changes) : 1; }

/* All that tells one answer from another, in one piece; 0 if it is too long to be kept. */
static size_t kept_key(const struct kept_ask *ask, char key[KEPT_KEY])
{
	const char *part[] = { ask->token, ask->uri, ask->host };
	size_t n = 0;
	key[n++] = (char)('0' + (int)ask->lang * 2 + ask->json);
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		size_t m = strlen(part[i]) + 1;
		if (n + m > KEPT_KEY)
			return 0;
		memcpy(key + n, part[i], m);
		n += m;
	}
	return n;
}

static struct kept_place *kept_place(struct kept *kept, const char *key, size_t n)
{
	uint64_t hash = 14695981039346656037u;          /* FNV-1a, 64 bits */
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)key[i]) * 1099511628211u;
	return &kept->place[(hash ^ hash >> 32) % (uint64_t)kept->places];
}

static bool kept_holds(const struct kept *kept, const struct kept_place *p, const struct kept_ask *ask)
{
	return p->minute == ask->now / 60 && ask->now < p->answer.until && !(change_tide(kept->changes) & 1) &&
	       change_of(kept->changes, NULL) == p->everything && change_of(kept->changes, ask->docket) == p->docket &&
	       change_of(kept->changes, p->answer.person) == p->person &&
	       change_of(kept->changes, p->answer.session) == p->session;
}

static void kept_copy(struct arena *mem, const struct kept_answer *from, struct kept_answer *out)
{
	*out = (struct kept_answer){ .person = arena_copy(mem, from->person), .session = arena_copy(mem, from->session),
		.type = from->type ? arena_copy(mem, from->type) : NULL, .etag = from->etag ? arena_copy(mem, from->etag) : NULL,
		.body = text_begin(mem), .csrf = arena_copy(mem, from->csrf), .until = from->until };
	text_add_n(&out->body, from->body.bytes, from->body.size);
}

bool kept_find(struct kept *kept, struct arena *mem, const struct kept_ask *ask, struct kept_answer *out)
{
	char key[KEPT_KEY];
	size_t n = kept_key(ask, key);
	if (!n)
		return false;
	struct kept_place *p = kept_place(kept, key, n);
	pthread_mutex_lock(&p->lock);
	bool found = p->mem && p->key_size == n && !CRYPTO_memcmp(p->key, key, n) && kept_holds(kept, p, ask);
	if (found)
		kept_copy(mem, &p->answer, out);
	pthread_mutex_unlock(&p->lock);
	return found;
}

void kept_put(struct kept *kept, uint64_t tide, const struct kept_ask *ask, const struct kept_answer *answer)
{
	char key[KEPT_KEY];
	size_t n = kept_key(ask, key);
	if (!n || answer->body.size > KEPT_BYTES || (tide & 1) || ask->now >= answer->until)
		return;
	struct kept_place fresh = { .mem = arena_begin(), .key_size = n, .minute = ask->now / 60,
		.everything = change_of(kept->changes, NULL), .docket = change_of(kept->changes, ask->docket),
		.person = change_of(kept->changes, answer->person), .session = change_of(kept->changes, answer->session) };
	char *own = arena_take(fresh.mem, n);
	memcpy(own, key, n);
	fresh.key = own;
	kept_copy(fresh.mem, answer, &fresh.answer);
	/* Something was committed meanwhile: what was drawn may be older than the counts. */
	if (change_tide(kept->changes) != tide) {
		arena_end(fresh.mem);
		return;
	}
	struct kept_place *p = kept_place(kept, key, n);
	pthread_mutex_lock(&p->lock);
	struct arena *old = p->mem;
	p->mem = fresh.mem;
	p->key = fresh.key;
	p->key_size = fresh.key_size;
	p->minute = fresh.minute;
	p->everything = fresh.everything;
	p->docket = fresh.docket;
	p->person = fresh.person;
	p->session = fresh.session;
	p->answer = fresh.answer;
	pthread_mutex_unlock(&p->lock);
	if (old)
		arena_end(old);
}
