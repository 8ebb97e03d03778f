/* A request with a key is performed once: what is noted, when, and what a repeat is told. */
#include "network.h"
#include "../../src/base/form.h"
#include "../../src/http/once.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

static _Thread_local const char *once_test_header;

static const char *once_test_said(const struct ask *ask, const char *name)
{
	(void)ask;
	return strcmp(name, "Idempotency-Key") ? "" : once_test_header;
}

struct once_test { struct ctx ctx; struct ask ask; struct reply reply; struct once once; };

/* One request of this owner: header, the key of a form, one value. */
static struct once_test once_test_ask(const struct ctx *ctx, const char *header, const char *drawn, const char *value)
{
	struct once_test t = { .ctx = *ctx, .ask = { .method = "POST", .path = "/cases/132/x/act/answer",
		.uri = "/cases/132/x/act/answer", .json = *header, .header = once_test_said }, .reply = { .status = 0 } };
	once_test_header = header;
	t.ask.form = form_begin(ctx->mem);
	form_set(t.ask.form, "csrf", value);    /* does not count */
	form_set(t.ask.form, ONCE_FIELD, drawn);
	form_set(t.ask.form, "a", value);
	t.reply.body = text_begin(ctx->mem);
	return t;
}

static enum mc_err once_test_begin(struct once_test *t, const char *owner)
{
	return once_begin(&t->ctx, &t->ask, owner, false, &t->reply, &t->once);
}

/* The act: one row more; it can be told to fail after that. */
static enum mc_err once_test_act(struct ctx *ctx, void *fails)
{
	enum mc_err err = db_do(ctx, "insert into attempt (court, attempt, subject, at) values ('0', $1, 'act', 0)", "t",
				once_key(ctx->mem));
	return err ? err : fails ? ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "act.overtaken" }) : MC_OK;
}

static int once_test_count(struct ctx *ctx, const char *sql)
{
	struct row *r = db_ask(ctx, sql, "");
	return db_next(r) ? (int)db_int(r, 0) : -1;
}

#define ACTS(n) CHECK_INT(once_test_count(ctx, "select count(*) from attempt where subject = 'act'"), (n))
#define NOTES(n) CHECK_INT(once_test_count(ctx, "select count(*) from repeat"), (n))

/* A whole request. With the key of a program, or of a form. */
static struct once_test once_test_do(struct ctx *ctx, const char *owner, const char *header, const char *drawn,
				     const char *value)
{
	struct once_test t = once_test_ask(ctx, header, drawn, value);
	enum mc_err err = once_test_begin(&t, owner);
	if (!err && !t.once.answered) {
		err = db_together(&t.ctx, once_test_act, NULL);
		t.reply.status = *header ? 201 : 303;
		t.reply.where = "/cases/132/x?done=act";
		t.reply.type = *header ? "application/json" : NULL;
		if (*header)
			text_add(&t.reply.body, "{\"entry\":1}");
	}
	once_end(&t.ctx, &t.once, &t.ask, &t.reply, err);
	return t;
}

static void once_test_keys(struct ctx *ctx)
{
	static const struct { const char *header; enum mc_err err; } keys[] = {
		{ "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", MC_OK }, { "8e03978e-40d5-43dd", MC_OK },
		{ "\"with \\\"quotes\\\"\"", MC_OK }, { "\"\"", MC_INVALID }, { "\"open", MC_INVALID },
		{ "\"a\", \"b\"", MC_INVALID }, { "\"a\";p=1", MC_INVALID }, { "a b", MC_INVALID },
		{ "\"\\x\"", MC_INVALID }, { "\"\xe6\xb3\x95\"", MC_INVALID }, { "\"a\tb\"", MC_INVALID },
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct once_test t = once_test_ask(ctx, keys[i].header, "", "1");
		enum mc_err err = once_test_begin(&t, "p1");
		CHECK_INT(err, keys[i].err);
		CHECK_INT(t.reply.status, err ? 400 : 0);
		CHECK_INT(t.once.on, !err);
		once_end(&t.ctx, &t.once, &t.ask, &t.reply, err);
	}
	char longest[300] = "";
	memset(longest, 'a', 256);
	struct once_test t = once_test_ask(ctx, longest, "", "1");
	CHECK_INT(once_test_begin(&t, "p1"), MC_INVALID);
	once_end(&t.ctx, &t.once, &t.ask, &t.reply, MC_INVALID);
	NOTES(0);
}

static void once_test_program(struct ctx *ctx)
{
	struct once_test first = once_test_do(ctx, "p1", "\"k1\"", "", "1"), again = once_test_do(ctx, "p1", "\"k1\"", "", "1");
	ACTS(1);
	NOTES(1);
	CHECK(!first.once.answered && again.once.answered);
	CHECK_INT(again.reply.status, 201);
	CHECK_TEXT(again.reply.where, "/cases/132/x?done=act");
	CHECK_TEXT(text_end(&again.reply.body), "{\"entry\":1}");
	CHECK_TEXT(again.reply.header[0].name, "Idempotency-Replayed");
	/* Another request, another person, no key at all. */
	struct once_test other = once_test_ask(ctx, "\"k1\"", "", "2");
	CHECK_INT(once_test_begin(&other, "p1"), MC_INVALID);
	CHECK_TEXT(other.ctx.why->key, "repeat.other");
	once_end(&other.ctx, &other.once, &other.ask, &other.reply, MC_INVALID);
	ACTS(1);
	CHECK(!once_test_do(ctx, "p2", "\"k1\"", "", "1").once.answered);
	ACTS(2);
	CHECK(!once_test_do(ctx, "p1", "", "", "1").once.answered);
	ACTS(3);
	NOTES(2);
}

static void once_test_failure(struct ctx *ctx)
{
	/* What was refused was not done: the key is free, and so is an act that is done at last. */
	struct once_test t = once_test_ask(ctx, "\"k2\"", "", "1");
	CHECK_INT(once_test_begin(&t, "p1"), MC_OK);
	CHECK_INT(db_together(&t.ctx, once_test_act, ""), MC_CONFLICT);
	once_end(&t.ctx, &t.once, &t.ask, &t.reply, MC_CONFLICT);
	CHECK_TEXT(t.ctx.why->key, "act.overtaken");
	NOTES(2);
	CHECK(!once_test_do(ctx, "p1", "\"k2\"", "", "1").once.answered);
	ACTS(4);
	/* A first part was written, then the page failed: the note goes with the failure. */
	t = once_test_ask(ctx, "\"k3\"", "", "1");
	CHECK_INT(once_test_begin(&t, "p1"), MC_OK);
	CHECK_INT(db_together(&t.ctx, once_test_act, NULL), MC_OK);
	NOTES(4);
	once_end(&t.ctx, &t.once, &t.ask, &t.reply, MC_STORE);
	NOTES(3);
	ACTS(5);
}

/* Every call to the database fails once: there is never an act without its note, nor a note without its act. */
static void once_test_every_fault(struct ctx *ctx)
{
	int acts = once_test_count(ctx, "select count(*) from attempt where subject = 'act'"), n = 1;
	int notes = once_test_count(ctx, "select count(*) from repeat");
	for (;; n++) {
		struct once_test t = once_test_ask(ctx, arena_print(ctx->mem, "\"f%d\"", n), "", "1");
		CHECK_INT(once_test_begin(&t, "p1"), MC_OK);
		(void)db_fail_after(n);
		enum mc_err err = db_together(&t.ctx, once_test_act, NULL);
		int left = db_fail_after(0);
		acts += !err;
		notes += !err;
		ACTS(acts);
		NOTES(notes);
		t.reply.where = "/";
		t.reply.status = 303;
		once_end(&t.ctx, &t.once, &t.ask, &t.reply, err);
		NOTES(notes);
		if (left)
			break;
	}
	CHECK(n > 4);
}

static void once_test_crash(struct ctx *ctx)
{
	struct once_test t = once_test_ask(ctx, "\"k4\"", "", "1");
	CHECK_INT(once_test_begin(&t, "p1"), MC_OK);
	CHECK_INT(db_together(&t.ctx, once_test_act, NULL), MC_OK);
	/* While it runs a program is told to wait. */
	struct once_test second = once_test_ask(ctx, "\"k4\"", "", "1");
	CHECK_INT(once_test_begin(&second, "p1"), MC_CONFLICT);
	CHECK_TEXT(second.ctx.why->key, "repeat.running");
	CHECK(second.ctx.why->retry > 0);
	once_end(&second.ctx, &second.once, &second.ask, &second.reply, MC_CONFLICT);
	/* The process ends before the answer is kept: only the list of what runs is gone. */
	t.once.repeat.first.written = false;
	once_end(&t.ctx, &t.once, &t.ask, &t.reply, MC_OK);
	int acts = once_test_count(ctx, "select count(*) from attempt where subject = 'act'");
	struct once_test again = once_test_do(ctx, "p1", "\"k4\"", "", "1");
	CHECK(again.once.answered);
	CHECK_INT(again.reply.status, 303);
	CHECK_TEXT(again.reply.where, "/cases/132/x?done=repeated");
	ACTS(acts);
}

static void once_test_form(struct ctx *ctx)
{
	int acts = once_test_count(ctx, "select count(*) from attempt where subject = 'act'");
	CHECK(!once_test_do(ctx, "p1", "", "drawn", "A").once.answered);
	struct once_test again = once_test_do(ctx, "p1", "", "drawn", "A");
	CHECK(again.once.answered);
	CHECK_INT(again.reply.status, 303);
	CHECK_TEXT(again.reply.where, "/cases/132/x?done=act");
	ACTS(acts + 1);
	/* Gone back, mended, sent; gone back once more, and sent as it was at first: that is a new wish. */
	CHECK(!once_test_do(ctx, "p1", "", "drawn", "B").once.answered);
	CHECK(!once_test_do(ctx, "p1", "", "drawn", "A").once.answered);
	CHECK(once_test_do(ctx, "p1", "", "drawn", "A").once.answered);
	ACTS(acts + 3);
}

static void once_test_secret(struct ctx *ctx)
{
	struct once_test t = once_test_ask(ctx, "\"k5\"", "", "1");
	CHECK_INT(once_test_begin(&t, "p1"), MC_OK);
	CHECK_INT(db_together(&t.ctx, once_test_act, NULL), MC_OK);
	t.reply = (struct reply){ .status = 201, .type = "application/json", .secret = true, .body = t.reply.body };
	text_add(&t.reply.body, "{\"password\":\"shown once\"}");
	once_end(&t.ctx, &t.once, &t.ask, &t.reply, MC_OK);
	CHECK_INT(once_test_count(ctx, "select count(*) from repeat where body like '%shown once%'"), 0);
	struct once_test again = once_test_do(ctx, "p1", "\"k5\"", "", "1");
	CHECK_INT(again.reply.status, 303);
	CHECK_TEXT(again.reply.where, "/cases/132/x?done=repeated");
}

static atomic_int once_test_waits;

struct once_test_click { struct store *store; int64_t now; bool answered; };

static void *once_test_second(void *arg)
{
	struct once_test_click *click = arg;
	struct ctx ctx = { .mem = arena_begin(), .db = db_reader(click->store), .person = "p1", .session = "", .device = "",
			   .now = click->now };
	struct once_test t = once_test_ask(&ctx, "", "click", "A");
	atomic_store(&once_test_waits, 1);
	enum mc_err err = once_begin(&t.ctx, &t.ask, "p1", true, &t.reply, &t.once);
	click->answered = !err && t.once.answered && t.reply.status == 303;
	once_end(&t.ctx, &t.once, &t.ask, &t.reply, err);
	arena_end(ctx.mem);
	return NULL;
}

/* The second click of a form waits for the first and gets its answer. */
static void once_test_click(struct ctx *ctx, struct store *store)
{
	pthread_t thread;
	struct once_test_click click = { store, ctx->now, false };
	struct once_test t = once_test_ask(ctx, "", "click", "A");
	CHECK_INT(once_test_begin(&t, "p1"), MC_OK);
	CHECK(!pthread_create(&thread, NULL, once_test_second, &click));
	while (!atomic_load(&once_test_waits))
		usleep(1000);
	usleep(20 * 1000);
	CHECK_INT(db_together(&t.ctx, once_test_act, NULL), MC_OK);
	t.reply.status = 303;
	t.reply.where = "/done";
	once_end(&t.ctx, &t.once, &t.ask, &t.reply, MC_OK);
	pthread_join(thread, NULL);
	CHECK(click.answered);
}

static void once_test_sweep(struct ctx *ctx)
{
	struct ctx later = *ctx;
	later.now += REPEAT_KEPT - 1;
	CHECK_INT(repeat_sweep(&later), MC_OK);
	CHECK(once_test_count(ctx, "select count(*) from repeat") > 0);
	later.now += 1;
	/* Too old to count, swept or not. */
	CHECK(!once_test_do(&later, "p1", "\"k1\"", "", "2").once.answered);
	CHECK_INT(repeat_sweep(&later), MC_OK);
	NOTES(1);
}

int main(void)
{
	struct store *store;
	struct ctx opened = network_open(&store), *ctx = &opened;
	opened.person = "p1";
	once_test_keys(ctx);
	once_test_program(ctx);
	once_test_failure(ctx);
	once_test_every_fault(ctx);
	once_test_crash(ctx);
	once_test_form(ctx);
	once_test_secret(ctx);
	once_test_click(ctx, store);
	once_test_sweep(ctx);
	network_end(ctx, store);
	return check_end();
}
