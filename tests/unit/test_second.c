/* The second proof: set up with a first code, asked for at sign-in, once a code, one step of drift,
 * five tries; the codes for the loss; what a clerk's renewal takes away. */
#include "network.h"
#include "../../src/base/onetime.h"
#include "../../src/base/setting.h"
#include "../../src/court/entrance.h"
#include "../../src/court/second.h"
#include "../../src/court/totp.h"
#include "../../src/store/key.h"

static struct store *house;
static unsigned char secret[ONETIME_SECRET];

/* What the telephone would show, some steps from now. */
static const char *test_second_code(struct ctx *ctx, int away)
{
	return onetime_code(ctx->mem, secret, sizeof secret, ctx->now / ONETIME_STEP + away, ONETIME_DIGITS);
}

static void test_second_read(const char *base32)
{
	unsigned held = 0, bits = 0;
	size_t n = 0;
	for (; *base32 && n < sizeof secret; base32++) {
		held = (held << 5 | (unsigned)(*base32 >= 'A' ? *base32 - 'A' : *base32 - '2' + 26)) & 0xffff;
		if ((bits += 5) >= 8)
			secret[n++] = (unsigned char)(held >> (bits -= 8));
	}
	CHECK_INT(n, sizeof secret);
}

static struct entrance test_second_password(struct ctx *ctx, const char *number, const char *visitor)
{
	struct login_proof proof;
	struct entrance entrance = { .second = false };
	CHECK(!login_prove(ctx, number, NETWORK_PASSWORD, "203.0.113.9", &proof));
	CHECK(!entrance_proved(ctx, visitor, &proof, "/cases", &entrance));
	return entrance;
}

static void test_second_set_up(struct ctx ctx, const char *number, struct second_codes *codes)
{
	const char *base32, *again;
	int64_t since;
	int left;
	CHECK(!test_second_password(&ctx, number, "v").second);
	CHECK(!totp_offer(&ctx, false, &base32));
	CHECK_TEXT(base32, "");
	CHECK(!totp_offer(&ctx, true, &base32));
	CHECK_INT(strlen(base32), 32);
	CHECK(!totp_offer(&ctx, false, &again));
	CHECK_TEXT(again, base32);
	struct row *r = db_ask(&ctx, "select secret from totp", "");
	CHECK(db_next(r) && strlen(db_text(r, 0)) == 2 * (24 + ONETIME_SECRET + 16));
	test_second_read(base32);
	/* Offered is not yet asked for; a wrong code changes nothing. */
	CHECK(!test_second_password(&ctx, number, "v").second);
	CHECK_WHY(second_confirm(&ctx, "000000", codes), MC_INVALID, "second.wrong");
	CHECK_WHY(second_confirm(&ctx, "", codes), MC_INVALID, "second.wrong");
	CHECK_WHY(second_renew_codes(&ctx, codes), MC_CONFLICT, "second.off");
	const char *code = test_second_code(&ctx, 0);
	CHECK(!second_confirm(&ctx, arena_print(ctx.mem, "%.3s %s", code, code + 3), codes));
	CHECK(!second_since(&ctx, ctx.person, &since));
	CHECK_INT(since, ctx.now);
	CHECK(!second_codes_left(&ctx, ctx.person, &left));
	CHECK_INT(left, SECOND_CODES);
	CHECK(!totp_offer(&ctx, false, &again));
	CHECK_TEXT(again, "");
	CHECK_WHY(totp_offer(&ctx, true, &again), MC_CONFLICT, "totp.set");
}

static void test_second_sign_in(struct ctx ctx, const char *number)
{
	struct entrance in;
	struct login who;
	const char *used = test_second_code(&ctx, 0);
	ctx.session = ctx.person = "";
	in = test_second_password(&ctx, number, "visitor");
	CHECK(in.second && !in.start.token);
	/* Another browser has not taken the first step; the code of the setting up is used. */
	CHECK_WHY(entrance_code(&ctx, "other", test_second_code(&ctx, 1), "", &in), MC_CONFLICT, "second.over");
	CHECK_WHY(entrance_code(&ctx, "visitor", used, "", &in), MC_INVALID, "second.wrong");
	CHECK_WHY(entrance_code(&ctx, "visitor", test_second_code(&ctx, 2), "", &in), MC_INVALID, "second.wrong");
	CHECK(!entrance_code(&ctx, "visitor", test_second_code(&ctx, 1), "203.0.113.9", &in));
	CHECK_TEXT(in.next, "/cases");
	CHECK(!login_of(&ctx, in.start.token, &who));
	struct row *r = db_ask(&ctx, "select way from session where digest = $1", "t", who.session);
	CHECK(db_next(r) && !strcmp(db_text(r, 0), "password_code"));
	/* The step is over, and the code is used. */
	CHECK_WHY(entrance_code(&ctx, "visitor", test_second_code(&ctx, 1), "", &in), MC_CONFLICT, "second.over");
	(void)test_second_password(&ctx, number, "visitor");
	CHECK_WHY(entrance_code(&ctx, "visitor", test_second_code(&ctx, 1), "", &in), MC_INVALID, "second.wrong");
	/* A step earlier is within the drift, but no code goes back. */
	ctx.now += 2 * ONETIME_STEP;
	CHECK_WHY(entrance_code(&ctx, "visitor", test_second_code(&ctx, -1), "", &in), MC_INVALID, "second.wrong");
	CHECK(!entrance_code(&ctx, "visitor", test_second_code(&ctx, 0), "", &in));
	/* Five minutes, not more. */
	(void)test_second_password(&ctx, number, "visitor");
	ctx.now += ENTRANCE_WAIT;
	CHECK_WHY(entrance_code(&ctx, "visitor", test_second_code(&ctx, 0), "", &in), MC_CONFLICT, "second.over");
	/* Used while the clock was a year ahead, which has been set right: codes are good again, each once. */
	ctx.now += 365 * 86400;
	(void)test_second_password(&ctx, number, "visitor");
	CHECK(!entrance_code(&ctx, "visitor", test_second_code(&ctx, 0), "", &in));
	ctx.now -= 365 * 86400 - 2 * ONETIME_STEP;
	(void)test_second_password(&ctx, number, "visitor");
	CHECK(!entrance_code(&ctx, "visitor", test_second_code(&ctx, 0), "", &in));
	(void)test_second_password(&ctx, number, "visitor");
	CHECK_WHY(entrance_code(&ctx, "visitor", test_second_code(&ctx, 0), "", &in), MC_INVALID, "second.wrong");
}

static void test_second_guess(struct ctx ctx, const char *number)
{
	struct entrance in;
	struct login_proof proof;
	ctx.now += 3600;
	ctx.session = ctx.person = "";
	(void)test_second_password(&ctx, number, "guess");
	for (int i = 0; i < 5; i++) {
		CHECK_WHY(entrance_code(&ctx, "guess", "12345", "", &in), MC_INVALID, "second.wrong");
		if (i == 2)     /* the right password again gives no new tries */
			(void)test_second_password(&ctx, number, "guess");
	}
	CHECK_WHY(entrance_code(&ctx, "guess", test_second_code(&ctx, 0), "", &in), MC_BUSY, "login.slow");
	/* The password says nothing of that, and gives no new tries. */
	CHECK(!login_prove(&ctx, number, NETWORK_PASSWORD, "", &proof));
	CHECK_WHY(entrance_code(&ctx, "guess", test_second_code(&ctx, 0), "", &in), MC_BUSY, "login.slow");
}

static void test_second_loss(struct ctx ctx, const char *number, const struct second_codes *codes)
{
	struct entrance in;
	const char *person = ctx.person, *fresh;
	struct second_codes more;
	int left;
	int64_t since;
	ctx.now += 2 * 3600;
	(void)test_second_password(&ctx, number, "loss");
	CHECK_WHY(entrance_code(&ctx, "loss", "aaaa-bbbb-cccc", "", &in), MC_INVALID, "second.wrong");
	CHECK(!entrance_code(&ctx, "loss", arena_print(ctx.mem, " %s", codes->code[3]), "", &in));
	(void)test_second_password(&ctx, number, "loss");
	CHECK_WHY(entrance_code(&ctx, "loss", codes->code[3], "", &in), MC_INVALID, "second.wrong");
	CHECK(!second_codes_left(&ctx, person, &left));
	CHECK_INT(left, SECOND_CODES - 1);
	CHECK(!second_renew_codes(&ctx, &more));
	CHECK_WHY(entrance_code(&ctx, "loss", codes->code[4], "", &in), MC_INVALID, "second.wrong");
	CHECK(!entrance_code(&ctx, "loss", more.code[0], "", &in));
	/* A clerk who has seen the document gives a password, and the second proof is gone. */
	(void)test_second_password(&ctx, number, "loss");
	ctx.person = network_staff(&ctx, "周敏", 40, "132", OFFICE_FILING);
	CHECK(!login_renew(&ctx, person, "居民身份证原件", &fresh));
	CHECK(!second_since(&ctx, person, &since));
	CHECK_INT(since, 0);
	ctx.session = "";
	CHECK_WHY(entrance_code(&ctx, "loss", more.code[1], "", &in), MC_CONFLICT, "second.over");
	CHECK(!login_in(&ctx, number, fresh, "", &in.start));
}

/* Only of those who hold an office, and only where the operator says so. */
static void test_second_staff(struct ctx ctx, const char *number)
{
	struct login_start start;
	struct login who;
	ctx.session = "";
	CHECK(!login_in(&ctx, number, NETWORK_PASSWORD, "", &start));
	CHECK(!login_of(&ctx, start.token, &who) && !who.owes);
	CHECK(!setting_put(&ctx, SETTING_SECOND_STAFF, "", "on", "test"));
	CHECK(!login_of(&ctx, start.token, &who) && !who.owes);
	CHECK(!db_together(&ctx, network_post, &(struct network_post){ "132", who.person, OFFICE_JUDGE }));
	CHECK(!login_of(&ctx, start.token, &who) && who.owes);
	setting_forget();
	CHECK(!login_of(&ctx, start.token, &who) && !who.owes);
}

static void test_second_sealed(struct ctx ctx)
{
	const char *one, *two;
	unsigned char *out;
	size_t n;
	CHECK(!key_seal(&ctx, "totp A", "secret", 6, &one));
	CHECK(!key_seal(&ctx, "totp A", "secret", 6, &two));
	CHECK(strcmp(one, two) != 0);
	CHECK(!key_unseal(&ctx, "totp A", one, &out, &n));
	CHECK(n == 6 && !memcmp(out, "secret", 7));
	CHECK_WHY(key_unseal(&ctx, "totp B", one, &out, &n), MC_STORE, "store.key");
	CHECK_WHY(key_unseal(&ctx, "totp A", "00", &out, &n), MC_STORE, "store.key");
	CHECK_WHY(key_unseal(&ctx, "totp A", "no hex", &out, &n), MC_STORE, "store.key");
	char *changed = arena_copy(ctx.mem, one);
	changed[60] = changed[60] == '0' ? '1' : '0';
	CHECK_WHY(key_unseal(&ctx, "totp A", changed, &out, &n), MC_STORE, "store.key");
}

int main(void)
{
	struct ctx ctx = network_open(&house);
	struct person p = network_citizen(&ctx, "张伟", 1);
	struct login_start start;
	struct second_codes codes;
	CHECK(!login_register(&ctx, &p, NETWORK_PASSWORD, "", &start));
	ctx.person = p.id;
	test_second_set_up(ctx, p.number, &codes);
	test_second_sign_in(ctx, p.number);
	test_second_guess(ctx, p.number);
	test_second_loss(ctx, p.number, &codes);
	struct person q = network_citizen(&ctx, "李娜", 2);
	ctx.person = "";
	CHECK(!login_register(&ctx, &q, NETWORK_PASSWORD, "", &start));
	test_second_staff(ctx, q.number);
	test_second_sealed(ctx);
	network_end(&ctx, house);
	return check_end();
}
