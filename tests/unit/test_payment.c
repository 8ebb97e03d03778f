/* The door to the payment service: what is signed, what is believed, and when the sandbox exists. */
#include "network.h"
#include "../../src/base/form.h"
#include "../../src/base/text.h"
#include "../../src/base/setting.h"
#include "../../src/court/payment.h"

#include <string.h>

#define SECRET "0123456789abcdef0123456789abcdef"

static void set(enum setting setting, const char *text)
{
	struct ctx ctx = { .mem = arena_begin() };
	CHECK(!setting_put(&ctx, setting, "", text, "test"));
	arena_end(ctx.mem);
}

static void switch_on(void)
{
	set(SETTING_PAYMENT_URL, "https://pay.example/go?shop=7");
	set(SETTING_PAYMENT_SECRET, SECRET);
}

static void switch_off(void)
{
	set(SETTING_PAYMENT_URL, "");
	set(SETTING_PAYMENT_SECRET, "");
}

/* RFC 4231, test case 2. */
static void signs_as_the_standard_says(struct arena *mem)
{
	CHECK_TEXT(payment_sign(mem, "Jefe", "what do ya want for nothing?"),
		   "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void sends_a_signed_order(struct arena *mem)
{
	struct ctx ctx = { .mem = mem, .now = NETWORK_NOW };
	struct payment_order order = { "132", "01abc", 241800, "https://court.example/cases/132/7/pay?back=1" };
	const char *where;
	switch_off();
	CHECK(!payment_on());
	CHECK_WHY(payment_go(&ctx, &order, &where), MC_CONFLICT, "payment.off");
	set(SETTING_PAYMENT_URL, "https://pay.example");
	CHECK(!payment_on());                   /* no secret: half a service is none */
	switch_on();
	CHECK(payment_on());
	CHECK_INT(payment_go(&ctx, &order, &where), MC_OK);
	const char *sign = payment_sign(mem, SECRET, "132\n01abc\n241800\nhttps://court.example/cases/132/7/pay?back=1");
	CHECK_TEXT(where, arena_print(mem, "https://pay.example/go?shop=7&order=01abc&court=132&fen=241800"
		"&return=https%%3A%%2F%%2Fcourt.example%%2Fcases%%2F132%%2F7%%2Fpay%%3Fback%%3D1&sign=%s", sign));
}

static enum mc_err call(struct ctx *ctx, const char *body, struct payment_notice *out)
{
	return payment_read(ctx, body, payment_sign(ctx->mem, SECRET, body), out);
}

static const char *call_at(struct arena *mem, const char *fen, const char *reference, int64_t at)
{
	return arena_print(mem, "{\"court\":\"132\",\"order\":\"01abc\",\"fen\":%s,\"reference\":\"%s\",\"at\":%lld}", fen,
			   reference, (long long)at);
}

static void believes_only_what_is_signed(struct arena *mem)
{
	struct ctx ctx = { .mem = mem, .now = NETWORK_NOW };
	struct payment_notice notice;
	const char *good = call_at(mem, "241800", "r-1", NETWORK_NOW);
	switch_on();
	CHECK_INT(call(&ctx, good, &notice), MC_OK);
	CHECK_TEXT(notice.court, "132");
	CHECK_TEXT(notice.order, "01abc");
	CHECK_TEXT(notice.reference, "r-1");
	CHECK(notice.fen == 241800);
	CHECK_WHY(payment_read(&ctx, good, "", &notice), MC_DENIED, "payment.signature");
	CHECK_WHY(payment_read(&ctx, good, payment_sign(mem, "another", good), &notice), MC_DENIED, "payment.signature");
	char *cut = arena_copy(mem, payment_sign(mem, SECRET, good));
	cut[63] = '\0';
	CHECK_WHY(payment_read(&ctx, good, cut, &notice), MC_DENIED, "payment.signature");
	const char *other = call_at(mem, "1", "r-1", NETWORK_NOW);
	CHECK_WHY(payment_read(&ctx, other, payment_sign(mem, SECRET, good), &notice), MC_DENIED, "payment.signature");
	/* An empty secret believes nobody, also not who signs with it. */
	set(SETTING_PAYMENT_SECRET, "");
	CHECK_WHY(payment_read(&ctx, good, payment_sign(mem, "", good), &notice), MC_CONFLICT, "payment.off");
}

static void says_what_is_wrong_with_a_call(struct arena *mem)
{
	struct ctx ctx = { .mem = mem, .now = NETWORK_NOW };
	struct payment_notice notice;
	static const struct { const char *body, *key; } bad[] = {
		{ "{\"order\":\"1\",\"fen\":1,\"reference\":\"r\",\"at\":1788364800}", "payment.no_order" },
		{ "{\"court\":\"132\",\"fen\":1,\"reference\":\"r\",\"at\":1788364800}", "payment.no_order" },
		{ "{\"court\":\"132\",\"order\":\"1\",\"reference\":\"r\",\"at\":1788364800}", "payment.no_fen" },
		{ "{\"court\":\"132\",\"order\":\"1\",\"fen\":-1,\"reference\":\"r\",\"at\":1788364800}", "payment.no_fen" },
		{ "{\"court\":\"132\",\"order\":\"1\",\"fen\":1.5,\"reference\":\"r\",\"at\":1788364800}", "payment.no_fen" },
		{ "{\"court\":\"132\",\"order\":\"1\",\"fen\":9999999999999999,\"reference\":\"r\",\"at\":1788364800}", "payment.no_fen" },
		{ "{\"court\":\"132\",\"order\":\"1\",\"fen\":1,\"at\":1788364800}", "payment.no_reference" },
		{ "{\"court\":\"132\",\"order\":\"1\",\"fen\":1,\"reference\":\"r\"}", "payment.stale" },
		{ "{\"court\":\"132\",\"order\":\"1\",\"fen\":1,\"reference\":\"r\",\"at\":\"now\"}", "payment.stale" },
		{ "not json", "form.no_json" },
	};
	switch_on();
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_WHY(call(&ctx, bad[i].body, &notice), MC_INVALID, bad[i].key);
	CHECK_INT(call(&ctx, call_at(mem, "1", "r", NETWORK_NOW - 600), &notice), MC_OK);
	CHECK_INT(call(&ctx, call_at(mem, "1", "r", NETWORK_NOW + 600), &notice), MC_OK);
	CHECK_WHY(call(&ctx, call_at(mem, "1", "r", NETWORK_NOW - 601), &notice), MC_INVALID, "payment.stale");
	CHECK_WHY(call(&ctx, call_at(mem, "1", "r", NETWORK_NOW + 601), &notice), MC_INVALID, "payment.stale");
	struct text longest = text_begin(mem);
	for (int i = 0; i < 101; i++)
		text_add(&longest, "流");
	CHECK_WHY(call(&ctx, call_at(mem, "1", text_end(&longest), NETWORK_NOW), &notice), MC_INVALID, "payment.no_reference");
}

static struct form *brought(struct arena *mem, const char *where)
{
	struct form *form = form_begin(mem);
	char *left = strchr(arena_copy(mem, where), '?');
	while (left && *left) {
		char *name = left + 1, *value = strchr(name, '='), *end = value + strcspn(value, "&");
		left = *end ? end : NULL;
		*value++ = '\0';
		char mark = *end;
		*end = '\0';
		form_set(form, name, value);
		*end = mark;
	}
	return form;
}

static void the_sandbox_stands_in_only_where_no_service_is_set(struct arena *mem)
{
	struct ctx ctx = { .mem = mem, .now = NETWORK_NOW };
	struct payment_order order = { "132", "01abc", 241800, "back" }, got;
	const char *where;
	switch_off();
	CHECK(!payment_sandbox());
	CHECK_WHY(payment_brought(&ctx, form_begin(mem), &got), MC_UNKNOWN, "payment.sandbox_unknown");
	CHECK_WHY(payment_call(&ctx, &order), MC_UNKNOWN, "payment.sandbox_unknown");
	payment_rehearse("http://127.0.0.1:9");
	CHECK(payment_on() && payment_sandbox());
	CHECK_INT(payment_go(&ctx, &order, &where), MC_OK);
	CHECK(!strncmp(where, PAYMENT_SANDBOX "?order=01abc&", strlen(PAYMENT_SANDBOX) + 13));
	struct form *form = brought(mem, where);
	CHECK_INT(payment_brought(&ctx, form, &got), MC_OK);
	CHECK_TEXT(got.order, "01abc");
	CHECK(got.fen == 241800);
	form_set(form, "fen", "1");
	CHECK_WHY(payment_brought(&ctx, form, &got), MC_UNKNOWN, "payment.sandbox_unknown");
	/* Nobody listens on port 9. */
	CHECK_WHY(payment_call(&ctx, &order), MC_STORE, "payment.no_answer");
	switch_on();
	CHECK(payment_on() && !payment_sandbox());
	CHECK_WHY(payment_brought(&ctx, brought(mem, where), &got), MC_UNKNOWN, "payment.sandbox_unknown");
	CHECK_WHY(payment_call(&ctx, &order), MC_UNKNOWN, "payment.sandbox_unknown");
}

int main(void)
{
	struct arena *mem = arena_begin();
	signs_as_the_standard_says(mem);
	sends_a_signed_order(mem);
	believes_only_what_is_signed(mem);
	says_what_is_wrong_with_a_call(mem);
	the_sandbox_stands_in_only_where_no_service_is_set(mem);
	arena_end(mem);
	return check_end();
}
