#include "network.h"
#include "../../src/court/login.h"
#include "../../src/court/session.h"
#include "../../src/court/password.h"

#include <pthread.h>

#define MINUTE 60
#define HOUR 3600

static struct store *house;

static void test_login_rules(struct ctx ctx)
{
	struct person p = network_citizen(&ctx, "张伟民", 1);
	p.email = "zhang@example.cn";
	CHECK(!password_rule(&ctx, "correct horse battery", &p, "password"));
	CHECK(!password_rule(&ctx, "春眠不觉晓处处闻啼鸟", &p, "password"));
	CHECK_WHY(password_rule(&ctx, "short", &p, "password"), MC_INVALID, "password.short");
	CHECK_WHY(password_rule(&ctx, "九个汉字不够长啊呀", &p, "password"), MC_INVALID, "password.short");
	CHECK_WHY(password_rule(&ctx, "Password123", &p, "password"), MC_INVALID, "password.common");
	CHECK_WHY(password_rule(&ctx, "121212121212", &p, "password"), MC_INVALID, "password.common");
	CHECK_WHY(password_rule(&ctx, p.number, &p, "password"), MC_INVALID, "password.own");
	CHECK_WHY(password_rule(&ctx, "x13800000001", &p, "password"), MC_INVALID, "password.own");
	CHECK_WHY(password_rule(&ctx, "张伟民1234567", &p, "password"), MC_INVALID, "password.own");
	CHECK_WHY(password_rule(&ctx, "zhang@example.cn", &p, "password"), MC_INVALID, "password.own");
	CHECK_WHY(password_rule(&ctx, arena_print(ctx.mem, "%0201d", 1), &p, "password"), MC_INVALID, "password.long");
	CHECK_INT(strlen(password_make(ctx.mem)), 14);
}

static void test_login_session(struct ctx ctx)
{
	struct person p = network_citizen(&ctx, "张伟", 1);
	struct login_start first, second;
	struct login who;
	struct session *list;
	size_t n;
	CHECK(!login_register(&ctx, &p, NETWORK_PASSWORD, "203.0.113.7", &first));
	CHECK_TEXT(first.person, p.id);
	CHECK(!login_of(&ctx, first.token, &who));
	CHECK_TEXT(who.person, p.id);
	CHECK_TEXT(who.name, "张伟");
	CHECK(!who.verified && !who.staff);
	CHECK_INT(strlen(who.csrf), 43);
	CHECK_INT(strlen(who.session), 64);
	CHECK_INT(login_of(&ctx, "", &who), MC_SIGNIN);
	CHECK_INT(login_of(&ctx, "made up", &who), MC_SIGNIN);
	CHECK(ctx.why == NULL);

	CHECK(!db_together(&ctx, network_found, arena_copy(ctx.mem, p.id)));
	/* By number, by mobile, with blanks; the session before ends, and its token never comes back. */
	CHECK(!login_of(&ctx, first.token, &who));
	ctx.person = who.person;
	ctx.session = who.session;
	ctx.now += 1;
	CHECK(!login_in(&ctx, "138 0000 0001", NETWORK_PASSWORD, "203.0.113.7", &second));
	CHECK(strcmp(first.token, second.token) != 0);
	CHECK_INT(login_of(&ctx, first.token, &who), MC_SIGNIN);
	CHECK(!login_of(&ctx, second.token, &who));
	ctx.session = "";
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "2001:db8:1:2:3::4", &first));
	ctx.session = who.session;
	CHECK(!session_list(&ctx, &cursor_start, 50, &list, &n));
	CHECK_INT(n, 3);
	CHECK(list[0].here != list[1].here);
	CHECK(!strcmp(list[0].address, "203.0.113.0/24") || !strcmp(list[1].address, "203.0.113.0/24"));
	CHECK(!strcmp(list[0].address, "2001:db8:1:2::/64") || !strcmp(list[1].address, "2001:db8:1:2::/64"));
	CHECK(list[2].ended > 0);
	CHECK_TEXT(list[2].way, "registration");
	CHECK_TEXT(list[0].way, "password");
	CHECK(!session_end_others(&ctx));
	CHECK_INT(login_of(&ctx, first.token, &who), MC_SIGNIN);
	CHECK(!login_of(&ctx, second.token, &who));
	CHECK_WHY(session_end(&ctx, "no such session"), MC_UNKNOWN, "login.no_session");
	CHECK(!session_end(&ctx, ctx.session));
	CHECK_INT(login_of(&ctx, second.token, &who), MC_SIGNIN);

	/* Twelve idle hours end it; use within them does not; seven days do. */
	ctx.session = "";
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "", &first));
	int64_t start = ctx.now;
	ctx.now = start + 11 * HOUR;
	CHECK(!login_of(&ctx, first.token, &who));
	ctx.now = start + 22 * HOUR;
	CHECK(!login_of(&ctx, first.token, &who));
	ctx.now = start + 35 * HOUR;
	CHECK_INT(login_of(&ctx, first.token, &who), MC_SIGNIN);
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "", &first));
	start = ctx.now;
	for (int h = 0; h < 7 * 24; h += 6) {
		ctx.now = start + h * HOUR;
		CHECK(!login_of(&ctx, first.token, &who));
	}
	ctx.now = start + 7 * 24 * HOUR;
	CHECK_INT(login_of(&ctx, first.token, &who), MC_SIGNIN);
}

static void test_login_guess(struct ctx ctx)
{
	struct person p = network_citizen(&ctx, "李娜", 2);
	struct login_start start;
	CHECK(!login_register(&ctx, &p, NETWORK_PASSWORD, "198.51.100.1", &start));
	CHECK(!db_together(&ctx, network_found, arena_copy(ctx.mem, p.id)));
	ctx.now += HOUR;
	for (int i = 0; i < 5; i++)
		CHECK_WHY(login_in(&ctx, p.number, "wrong password", "198.51.100.2", &start), MC_INVALID, "login.wrong");
	CHECK_INT(login_in(&ctx, p.number, NETWORK_PASSWORD, "198.51.100.2", &start), MC_BUSY);
	CHECK_TEXT(ctx.why->key, "login.slow");
	CHECK(ctx.why->retry > 14 * 60 && ctx.why->retry <= 15 * 60);   /* the true wait */
	CHECK_TEXT(ctx.why->arg[0], "15");
	ctx_forget(&ctx);
	/* A name that nobody has answers just so, and none says that it is another name of the same person. */
	CHECK_WHY(login_in(&ctx, p.mobile, "wrong password", "198.51.100.2", &start), MC_INVALID, "login.wrong");
	for (int i = 0; i < 5; i++)
		CHECK_WHY(login_in(&ctx, "nobody", "wrong password", "198.51.100.2", &start), MC_INVALID, "login.wrong");
	CHECK_WHY(login_in(&ctx, "nobody", "wrong password", "198.51.100.2", &start), MC_BUSY, "login.slow");
	ctx.now += 15 * MINUTE;
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "198.51.100.2", &start));
	/* Success forgets the failures, under every name. */
	for (int i = 0; i < 4; i++)
		CHECK_WHY(login_in(&ctx, p.mobile, "wrong password", "", &start), MC_INVALID, "login.wrong");
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "", &start));
	for (int i = 0; i < 2; i++)
		CHECK_WHY(login_in(&ctx, p.mobile, "wrong password", "", &start), MC_INVALID, "login.wrong");

	/* The clock was a year ahead and has been set right: nobody is barred for a year, and nobody let in so long. */
	const int64_t right = ctx.now;
	struct login who;
	ctx.now += 365 * 24 * HOUR;
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "198.51.100.2", &start));
	for (int i = 0; i < 5; i++)
		CHECK_WHY(login_in(&ctx, p.number, "wrong password", "198.51.100.2", &(struct login_start){ 0 }), MC_INVALID, "login.wrong");
	CHECK(!login_of(&ctx, start.token, &who));
	ctx.now = right;
	CHECK_INT(login_of(&ctx, start.token, &who), MC_SIGNIN);
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "198.51.100.2", &start));

	/* Fifty from one block: everybody there waits, others do not. */
	ctx.now += HOUR;
	for (int i = 0; i < 50; i++)
		CHECK_WHY(login_in(&ctx, arena_print(ctx.mem, "guess%d", i), "wrong password",
				   arena_print(ctx.mem, "192.0.2.%d", i), &start), MC_INVALID, "login.wrong");
	CHECK_WHY(login_in(&ctx, p.number, NETWORK_PASSWORD, "::ffff:192.0.2.200", &start), MC_BUSY, "login.slow");
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "192.0.3.1", &start));
	ctx.now += 2 * 86400;
	CHECK(!login_sweep(&ctx));
	struct row *r = db_ask(&ctx, "select count(*) from attempt", "");
	CHECK(db_next(r) && db_int(r, 0) == 0);
}

/* A session begins on any proof; what was counted as a failure is forgotten only then. */
static void test_login_proof(struct ctx ctx)
{
	struct person p = network_citizen(&ctx, "孙丽", 8);
	struct login_start start;
	struct login_proof proof;
	struct session *list;
	struct login who;
	size_t n;
	CHECK(!login_register(&ctx, &p, NETWORK_PASSWORD, "", &start));
	for (int i = 0; i < 4; i++) {
		CHECK(!login_prove(&ctx, p.number, NETWORK_PASSWORD, "203.0.113.9", &proof));
		CHECK_TEXT(proof.person, p.id);
	}
	CHECK(!login_begin(&ctx, &proof, &start));
	for (int i = 0; i < 5; i++)
		CHECK(!login_prove(&ctx, p.number, NETWORK_PASSWORD, "203.0.113.9", &proof));
	CHECK_WHY(login_prove(&ctx, p.number, NETWORK_PASSWORD, "203.0.113.9", &proof), MC_BUSY, "login.slow");

	/* Another proof is not hindered by guesses at the password, and does not forgive them. */
	CHECK(!login_begin(&ctx, &(struct login_proof){ p.id, "passkey", "203.0.113.9", "" }, &start));
	CHECK_WHY(login_prove(&ctx, p.number, NETWORK_PASSWORD, "203.0.113.9", &proof), MC_BUSY, "login.slow");
	CHECK(!login_of(&ctx, start.token, &who));
	ctx.person = who.person;
	ctx.session = who.session;
	CHECK(!session_list(&ctx, &cursor_start, 50, &list, &n));
	CHECK_INT(n, 3);
	for (size_t i = 0; i < n; i++)
		if (list[i].here)
			CHECK_TEXT(list[i].way, "passkey");

	/* The password once more, in a session. */
	ctx.now += HOUR;
	CHECK_WHY(login_again(&ctx, "wrong password", "password"), MC_INVALID, "password.old_wrong");
	for (int i = 0; i < 6; i++)
		CHECK(!login_again(&ctx, NETWORK_PASSWORD, "password"));
	for (int i = 0; i < 5; i++)
		CHECK_WHY(login_again(&ctx, "wrong password", "password"), MC_INVALID, "password.old_wrong");
	CHECK_WHY(login_again(&ctx, NETWORK_PASSWORD, "password"), MC_BUSY, "login.slow");
}

static void test_login_passwords(struct ctx ctx)
{
	const char *clerk = network_staff(&ctx, "林小雨", 3, "132", OFFICE_FILING);
	const char *admin = network_staff(&ctx, "周立新", 4, "132", OFFICE_ADMIN);
	struct person p = network_citizen(&ctx, "王强", 5);
	struct login_start start, other;
	struct login who;
	const char *made;
	CHECK(!login_register(&ctx, &p, NETWORK_PASSWORD, "", &start));
	CHECK(!login_in(&ctx, p.number, NETWORK_PASSWORD, "", &other));
	CHECK(!login_of(&ctx, start.token, &who));
	ctx.person = who.person;
	ctx.session = who.session;
	CHECK_WHY(login_change(&ctx, "not the old one", "a new password"), MC_INVALID, "password.old_wrong");
	CHECK_WHY(login_change(&ctx, NETWORK_PASSWORD, "1234567890"), MC_INVALID, "password.common");
	CHECK(!login_change(&ctx, NETWORK_PASSWORD, "a new password"));
	CHECK(!login_of(&ctx, start.token, &who));
	CHECK_INT(login_of(&ctx, other.token, &who), MC_SIGNIN);
	CHECK_WHY(login_renew(&ctx, p.id, "居民身份证", &made), MC_DENIED, "person.clerks_only");

	ctx.session = "";
	CHECK_WHY(login_in(&ctx, p.number, NETWORK_PASSWORD, "", &other), MC_INVALID, "login.wrong");
	CHECK(!login_in(&ctx, p.number, "a new password", "", &other));
	CHECK(!other.first);
	ctx.person = clerk;
	CHECK_WHY(login_renew(&ctx, clerk, "居民身份证", &made), MC_DENIED, "login.staff_renew");
	CHECK_WHY(login_renew(&ctx, admin, "居民身份证", &made), MC_DENIED, "login.staff_renew");
	CHECK_WHY(login_renew(&ctx, p.id, "", &made), MC_INVALID, "verification.reason_needed");
	CHECK(!login_renew(&ctx, p.id, "居民身份证", &made));
	CHECK_INT(login_of(&ctx, start.token, &who), MC_SIGNIN);
	CHECK(!login_in(&ctx, p.number, made, "", &other));
	CHECK(other.first);
	ctx.person = admin;
	CHECK(!login_renew(&ctx, clerk, "居民身份证", &made));
	/* Appointing somebody of another court does not put the account into one's hands. */
	const char *president = network_staff(&ctx, "潘国平", 7, "B1W", OFFICE_PRESIDENT);
	const char *given;
	CHECK(!office_appoint(&ctx, "132", president, OFFICE_MEDIATOR));
	CHECK_WHY(login_renew(&ctx, president, "居民身份证", &given), MC_DENIED, "login.staff_renew");

	/* Staff: eight hours, verified, known as staff. */
	CHECK(!login_in(&ctx, network_number(&ctx, 3), made, "", &start));
	CHECK(!login_of(&ctx, start.token, &who));
	CHECK(who.verified && who.staff);
	ctx.now += 8 * HOUR - 1;
	CHECK(!login_of(&ctx, start.token, &who));
	ctx.now += 1;
	CHECK_INT(login_of(&ctx, start.token, &who), MC_SIGNIN);
	/* Who becomes staff while signed in is held to the eight hours too. */
	const char *fresh = network_verified(&ctx, "郑新任", 6);
	CHECK(!login_renew(&ctx, fresh, "居民身份证", &given));
	CHECK(!login_in(&ctx, network_number(&ctx, 6), given, "", &other));
	ctx.now += 8 * HOUR;
	CHECK(!login_of(&ctx, other.token, &who));
	CHECK(!db_together(&ctx, network_post, &(struct network_post){ "132", fresh, OFFICE_CLERK }));
	CHECK_INT(login_of(&ctx, other.token, &who), MC_SIGNIN);
}

static void *test_login_thread(void *arg)
{
	int *wrong = arg;
	struct ctx ctx = { .mem = arena_begin(), .person = "", .session = "", .device = "", .now = NETWORK_NOW };
	struct login_start start;
	ctx.db = db_reader(house);
	enum mc_err err = login_in(&ctx, network_number(&ctx, 9), "a wrong guess", "", &start);
	*wrong = err == MC_INVALID;
	arena_end(ctx.mem);
	return NULL;
}

/* Twenty at once get no more guesses than twenty in a row. */
static void test_login_race(struct ctx ctx)
{
	pthread_t thread[20];
	int wrong[20], guesses = 0;
	struct person p = network_citizen(&ctx, "赵敏", 9);
	struct login_start start;
	CHECK(!login_register(&ctx, &p, NETWORK_PASSWORD, "", &start));
	for (int i = 0; i < 20; i++)
		CHECK(!pthread_create(&thread[i], NULL, test_login_thread, &wrong[i]));
	for (int i = 0; i < 20; i++) {
		pthread_join(thread[i], NULL);
		guesses += wrong[i];
	}
	CHECK_INT(guesses, 5);
}

int main(void)
{
	struct ctx ctx = network_open(&house);
	test_login_rules(ctx);
	test_login_session(ctx);
	test_login_guess(ctx);
	test_login_proof(ctx);
	test_login_passwords(ctx);
	test_login_race(ctx);
	network_end(&ctx, house);
	return check_end();
}
