#include "password.h"
#include "court.h"
#include "../base/arena.h"
#include "../base/meter.h"
#include "../base/text.h"
#include "../store/db.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

enum {
	PASSWORD_PASSES = 2, PASSWORD_BYTES = 64 << 20,
	PASSWORD_NICE = 19,
	PASSWORD_RETRY = 5,             /* seconds in which those who wait are done */
};

/* A hash of 32 forgotten random bytes: compared with when there is no account, so that it
 * takes as long. */
static const char password_nobody[] =
	"$argon2id$v=19$m=65536,t=2,p=1$JVUbwAsPwS49fo7hu4qURA$QYY4DfD/Gfi7t+Eb0+kRaCnbc7eVZb/8W5iT1VmzcFo";

/* The commonest of ten characters and more, in small letters. */
static const char *const password_common[] = {
	"1234567890", "0123456789", "0987654321", "9876543210", "12345678910", "1234567891", "123456789a",
	"123456789q", "123456789abc", "a123456789", "a1234567890", "aa123456789", "abc123456789", "abc1234567",
	"abcd123456", "abcd1234567", "abcdefg123", "abcdefghij", "q123456789", "qq123456789", "qwe123456789",
	"qwer123456", "qwerty1234", "qwerty12345", "qwerty123456", "qwertyuiop", "qwertyuiop123", "asd123456789",
	"asdfghjkl1", "asdfghjkl;", "zxcvbnm123", "zxc123456789", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc",
	"qazwsxedcrfv", "q1w2e3r4t5", "a1b2c3d4e5", "1a2b3c4d5e", "woaini1314", "woaini520", "woaini5201314",
	"woaini123456", "5201314520", "52013141314", "1314520520", "13145201314", "wang123456", "zhang123456",
	"li123456789", "password12", "password123", "password1234", "password12345", "passw0rd123", "p@ssw0rd123",
	"admin12345", "admin123456", "administrator", "adminadmin", "iloveyou12", "iloveyou123", "letmein1234",
	"welcome123", "welcome1234", "changeme123", "monkey12345", "dragon12345", "football123", "baseball123",
	"princess123", "sunshine123", "superman123", "1122334455", "1231231231", "123123123123", "1234512345",
	"123456123456", "1234567812345678", "147258369147", "1472583690", "7894561230", "1029384756", "5845201314",
	"taobao123456", "alipay123456", "weixin123456", "beijing2008", "zhongguo123", "fayuan123456",
	"microcourt", "microcourt1", "microcourt123",
};

static struct {         /* lock guards the counts */
	pthread_mutex_t lock;
	pthread_cond_t freed;
	int running, waiting;
} password_gate = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0 };

static enum mc_err password_busy(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_STORE, (struct why){ .key = "login.busy", .retry = PASSWORD_RETRY });
}

static enum mc_err password_enter(struct ctx *ctx)
{
	bool in = true;
	pthread_mutex_lock(&password_gate.lock);
	if (password_gate.running >= PASSWORD_AT_ONCE && password_gate.waiting >= PASSWORD_QUEUE) {
		in = false;
	} else {
		password_gate.waiting++;
		while (password_gate.running >= PASSWORD_AT_ONCE)
			pthread_cond_wait(&password_gate.freed, &password_gate.lock);
		password_gate.waiting--;
		password_gate.running++;
	}
	pthread_mutex_unlock(&password_gate.lock);
	if (in && sodium_init() < 0)
		assert(false && "libsodium starts");
	return in ? MC_OK : password_busy(ctx);
}

static void password_leave(void)
{
	pthread_mutex_lock(&password_gate.lock);
	password_gate.running--;
	pthread_cond_signal(&password_gate.freed);
	pthread_mutex_unlock(&password_gate.lock);
}

/* A hash to be made, or, if there is one, compared with. */
struct password_work {
	const char *password, *hash;
	char *out;
	bool failed;
};

static void *password_sum(void *what)
{
	struct password_work *w = what;
	size_t n = strlen(w->password);
	meter_add(METER_PASSWORDS, 1);
	w->failed = w->hash ? crypto_pwhash_str_verify(w->hash, w->password, n) != 0
			    : crypto_pwhash_str(w->out, w->password, n, PASSWORD_PASSES, PASSWORD_BYTES) != 0;
	return NULL;
}

static void *password_stand_back(void *what)
{
	/* On Linux the priority is the calling thread's own, and is not given back: hence a thread for each. */
	(void)setpriority(PRIO_PROCESS, 0, PASSWORD_NICE);
	return password_sum(what);
}

/* Many who sign in at once do not take the processor from those who read their cases. */
static void password_run(struct password_work *w)
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, password_stand_back, w))
		password_sum(w);
	else
		pthread_join(thread, NULL);
}

enum mc_err password_hash(struct ctx *ctx, const char *password, const char **hash)
{
	char *out = arena_take(ctx->mem, crypto_pwhash_STRBYTES);
	enum mc_err err = password_enter(ctx);
	if (err)
		return err;
	struct password_work work = { .password = password, .out = out };
	password_run(&work);
	password_leave();
	*hash = out;
	return work.failed ? password_busy(ctx) : MC_OK;
}

enum mc_err password_try(struct ctx *ctx, const char *person, const char *password, bool *right, bool *stale)
{
	struct row *r = db_ask(ctx, "select hash from password where court = $1 and person = $2", "tt",
			       COURT_NATION, person);
	bool known = db_next(r);
	if (db_broken(r))
		return MC_STORE;
	char hash[crypto_pwhash_STRBYTES] = { 0 };
	snprintf(hash, sizeof hash, "%s", known ? db_text(r, 0) : password_nobody);
	enum mc_err err = password_enter(ctx);
	if (err)
		return err;
	struct password_work work = { .password = password, .hash = hash };
	password_run(&work);
	password_leave();
	*right = known && !work.failed;
	*stale = *right && crypto_pwhash_str_needs_rehash(hash, PASSWORD_PASSES, PASSWORD_BYTES) != 0;
	return MC_OK;
}

enum mc_err password_keep(struct ctx *ctx, const char *person, const char *hash, bool first)
{
	return db_do(ctx,
		"insert into password (court, person, hash, since, first) values ($1, $2, $3, $4, $5)"
		" on conflict (court, person) do update set hash = excluded.hash, since = excluded.since,"
		" first = excluded.first", "tttii", COURT_NATION, person, hash, ctx->now, (int64_t)first);
}

bool password_first(struct ctx *ctx, const char *person)
{
	struct row *r = db_ask(ctx, "select first from password where court = $1 and person = $2", "tt",
			       COURT_NATION, person);
	return db_next(r) && db_int(r, 0) == 1;
}

const char *password_make(struct arena *mem)
{
	static const char letter[] = "abcdefghjkmnpqrstuvwxyz23456789";
	char *out = arena_take(mem, 15), *to = out;
	if (sodium_init() < 0)
		assert(false && "libsodium starts");
	for (int i = 0; i < 12; i++) {
		if (i && i % 4 == 0)
			*to++ = '-';
		*to++ = letter[randombytes_uniform(sizeof letter - 1)];
	}
	return out;
}

static enum mc_err password_wrong(struct ctx *ctx, const char *key, const char *field)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key, .field = field, .law = "NIST SP 800-63B" });
}

/* Fewer than four different bytes: aaaaaaaaaa, 1212121212. */
static bool password_dull(const char *password)
{
	bool seen[256] = { false };
	int different = 0;
	for (const unsigned char *s = (const unsigned char *)password; *s; s++) {
		different += !seen[*s];
		seen[*s] = true;
	}
	return different < 4;
}

static bool password_own(struct ctx *ctx, const char *password, const struct person *p)
{
	const char *plain = person_number(ctx->mem, password);
	if ((*p->number && strstr(plain, p->number)) || (*p->mobile && strstr(plain, p->mobile)))
		return true;
	if (*p->email && !strcmp(person_account(ctx->mem, password), p->email))
		return true;
	/* The name with a few digits behind it is the name. */
	return *p->name && strstr(password, p->name)
		&& text_chars(password) < text_chars(p->name) + 8;
}

enum mc_err password_rule(struct ctx *ctx, const char *password, const struct person *person, const char *field)
{
	size_t chars = text_chars(password);
	if (chars < PASSWORD_LEAST)
		return password_wrong(ctx, "password.short", field);
	if (chars > PASSWORD_MOST)
		return password_wrong(ctx, "password.long", field);
	char *lower = arena_copy(ctx->mem, password);
	for (char *s = lower; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s + ('a' - 'A'));
	for (size_t i = 0; i < sizeof password_common / sizeof *password_common; i++)
		if (!strcmp(lower, password_common[i]))
			return password_wrong(ctx, "password.common", field);
	if (password_dull(password))
		return password_wrong(ctx, "password.common", field);
	if (password_own(ctx, password, person))
		return password_wrong(ctx, "password.own", field);
	return MC_OK;
}
