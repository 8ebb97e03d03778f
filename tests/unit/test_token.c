#include "network.h"
#include "../../src/court/login.h"
#include "../../src/court/session.h"
#include "../../src/court/token.h"
#include "../../src/http/bearer.h"
#include "../../src/web/pages.h"

#define DAY 86400

static struct store *house;

static void test_token_text(struct ctx ctx)
{
	const char *told = "";
	ctx.person = network_verified(&ctx, "张伟", 1);
	CHECK(!token_make(&ctx, "日程", TOKEN_READ, 90, &told));
	CHECK_INT(strlen(told), 47);
	CHECK(token_whole(told));
	/* Any byte changed, left out or doubled is a typing error. */
	for (size_t i = 0; i < strlen(told); i++) {
		char *typo = arena_copy(ctx.mem, told);
		typo[i] = typo[i] == 'x' ? 'y' : 'x';
		CHECK(!token_whole(typo));
		CHECK(!token_whole(arena_print(ctx.mem, "%.*s%s", (int)i, told, told + i + 1)));
	}
	CHECK(!token_whole("") && !token_whole("mct_") && !token_whole(arena_print(ctx.mem, "%s ", told)));
	/* The check digits are what the documentation says. */
	CHECK(token_whole("mct_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" "8f4007") == true);
	CHECK_TEXT(token_words(ctx.mem, TOKEN_READ | TOKEN_STAFF), "read staff");
	CHECK_INT(token_scope_of("file"), TOKEN_FILE);
	CHECK_INT(token_scope_of("root"), 0);
}

static void test_token_rules(struct ctx ctx)
{
	static const struct { const char *name; unsigned scopes; int64_t days; const char *why; } rows[] = {
		{ "  ", TOKEN_READ, 90, "token.bad_name" }, { "a\nb", TOKEN_READ, 90, "token.bad_name" },
		{ "a", 0, 90, "token.bad_scopes" }, { "a", TOKEN_STAFF, 90, "token.bad_scopes" },
		{ "a", 1u << TOKEN_SCOPES, 90, "token.bad_scopes" }, { "a", TOKEN_READ, 0, "token.bad_days" },
		{ "a", TOKEN_READ, 366, "token.bad_days" },
	};
	const char *told;
	ctx.person = network_verified(&ctx, "李娜", 2);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_WHY(token_make(&ctx, rows[i].name, rows[i].scopes, rows[i].days, &told), MC_INVALID, rows[i].why);
	for (int i = 0; i < TOKEN_MOST; i++)
		CHECK(!token_make(&ctx, arena_print(ctx.mem, "程序%d", i), TOKEN_READ, i ? 365 : 1, &told));
	CHECK_WHY(token_make(&ctx, "程序3", TOKEN_READ, 1, &told), MC_INVALID, "token.name_taken");
	CHECK_WHY(token_make(&ctx, "又一个", TOKEN_READ, 1, &told), MC_CONFLICT, "token.too_many");
	/* One that has run out makes room, and its name is free again. */
	ctx.now += DAY;
	CHECK(!token_make(&ctx, "程序0", TOKEN_READ, 1, &told));
}

static void test_token_life(struct ctx ctx)
{
	const char *told, *other, *sharp;
	struct login who;
	struct token *list;
	size_t n;
	const char *person = network_verified(&ctx, "王芳", 3);
	ctx.person = person;
	CHECK(!token_make(&ctx, "同步", TOKEN_READ | TOKEN_ACT, 90, &told));
	CHECK(!token_make(&ctx, "另一个", TOKEN_ACCOUNT, 30, &other));
	CHECK(!login_by_token(&ctx, told, "203.0.113.7", &who));
	CHECK_TEXT(who.person, person);
	CHECK_TEXT(who.token, "同步");
	CHECK_TEXT(who.csrf, "");
	CHECK_INT(who.scopes, TOKEN_READ | TOKEN_ACT);
	CHECK(who.verified && !who.staff);
	CHECK_INT(strlen(who.session), 64);
	CHECK_INT(login_of(&ctx, told, &who), MC_SIGNIN);       /* not a cookie */
	CHECK_WHY(login_by_token(&ctx, "mct_", "", &who), MC_SIGNIN, "token.invalid");
	CHECK_WHY(login_by_token(&ctx, "mct_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA8f4007", "", &who), MC_SIGNIN, "token.invalid");

	CHECK(!token_list(&ctx, &list, &n));
	CHECK_INT(n, 2);
	for (size_t i = 0; i < n; i++)
		CHECK_TEXT(list[i].address, strcmp(list[i].name, "同步") ? "" : "203.0.113.0/24");

	/* Somebody else's is not theirs to end; ended is ended; the rest end together. */
	const char *digest = strcmp(list[0].name, "同步") ? list[1].digest : list[0].digest;
	ctx.person = network_verified(&ctx, "赵敏", 4);
	CHECK_WHY(token_end(&ctx, digest), MC_UNKNOWN, "token.unknown");
	ctx.person = person;
	CHECK(!token_end(&ctx, digest));
	CHECK_WHY(token_end(&ctx, digest), MC_UNKNOWN, "token.unknown");
	CHECK_WHY(login_by_token(&ctx, told, "", &who), MC_SIGNIN, "token.ended");
	CHECK(!login_by_token(&ctx, other, "", &who));
	CHECK(!session_end_others(&ctx));
	CHECK_WHY(login_by_token(&ctx, other, "", &who), MC_SIGNIN, "token.ended");

	/* To the second. */
	CHECK(!token_make(&ctx, "短", TOKEN_READ, 1, &sharp));
	ctx.now += DAY - 1;
	CHECK(!login_by_token(&ctx, sharp, "", &who));
	ctx.now += 1;
	CHECK_WHY(login_by_token(&ctx, sharp, "", &who), MC_SIGNIN, "token.ended");
	CHECK(!token_make(&ctx, "全部", TOKEN_READ, 1, &sharp));
	CHECK(!token_end(&ctx, "all"));
	CHECK_WHY(login_by_token(&ctx, sharp, "", &who), MC_SIGNIN, "token.ended");
	ctx.now += (int64_t)6 * 366 * DAY;
	CHECK(!login_sweep(&ctx));
	CHECK(!token_list(&ctx, &list, &n));
	CHECK_INT(n, 0);
}

/* The token is never more than its owner. */
static void test_token_owner(struct ctx ctx)
{
	const char *admin = network_staff(&ctx, "周立新", 5, "132", OFFICE_ADMIN);
	const char *filing = network_staff(&ctx, "何立案", 8, "132", OFFICE_FILING);
	const char *clerk = network_staff(&ctx, "林小雨", 6, "132", OFFICE_CLERK);
	const char *person = network_verified(&ctx, "孙丽", 7), *told, *mine, *plain;
	struct office_row *rows;
	struct login who;
	size_t n;
	ctx.person = person;
	CHECK(!token_make(&ctx, "程序", TOKEN_READ | TOKEN_STAFF, 90, &mine));
	CHECK(!login_by_token(&ctx, mine, "", &who));
	CHECK(!who.staff);
	ctx.person = clerk;
	CHECK(!token_make(&ctx, "全权", TOKEN_READ | TOKEN_STAFF, 90, &told));
	CHECK(!token_make(&ctx, "本人", TOKEN_READ, 90, &plain));
	CHECK(!login_by_token(&ctx, told, "", &who));
	CHECK(who.staff);
	CHECK(!login_by_token(&ctx, plain, "", &who));
	CHECK(!who.staff);
	/* Left out, an office opens nothing, and still bars what it bars. */
	CHECK_INT(office_of(&ctx, "132", clerk), OFFICE_CLERK);
	ctx.lay = true;
	CHECK_INT(office_of(&ctx, "132", clerk), 0);
	CHECK_INT(office_anywhere(&ctx, clerk), 0);
	CHECK_INT(office_held(&ctx, "132", clerk), OFFICE_CLERK);
	CHECK_INT(office_of(&ctx, "132", admin), OFFICE_ADMIN);
	ctx.lay = false;

	ctx.person = admin;
	CHECK(!office_list(&ctx, "132", OFFICE_CLERK, &rows, &n));
	CHECK_INT(n, 1);
	CHECK(!office_end(&ctx, "132", rows[0].id));
	CHECK(!login_by_token(&ctx, told, "", &who));
	CHECK(!who.staff);
	ctx.person = filing;
	CHECK(!verification_suspend(&ctx, person, "账号被盗用"));
	CHECK_WHY(login_by_token(&ctx, mine, "", &who), MC_SIGNIN, "token.suspended");
	CHECK(!verification_restore(&ctx, person, "已经查清"));
	CHECK(!login_by_token(&ctx, mine, "", &who));
}

/* Which token reaches what. The words are those of docs/sign-in.md. */
static void test_token_scopes(struct ctx ctx)
{
	static const struct { const char *method; unsigned flags, scopes; } rows[] = {
		{ "GET", PAGE_PUBLIC, BEARER_ANY }, { "POST", PAGE_PUBLIC, BEARER_ANY },
		{ "GET", PAGE_SIGNED, TOKEN_READ }, { "POST", PAGE_VERIFIED, TOKEN_ACT },
		{ "GET", PAGE_STAFF, TOKEN_READ | TOKEN_STAFF }, { "POST", PAGE_STAFF, TOKEN_ACT | TOKEN_STAFF },
		{ "GET", PAGE_VERIFIED | PAGE_FILING, TOKEN_FILE }, { "POST", PAGE_VERIFIED | PAGE_FILING, TOKEN_FILE },
		{ "POST", PAGE_SIGNED | PAGE_PROFILE, TOKEN_ACCOUNT }, { "POST", PAGE_STAFF | PAGE_BROWSER, BEARER_NEVER },
		{ "GET", PAGE_PUBLIC | PAGE_BROWSER, BEARER_NEVER },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct route route = { rows[i].method, "/x", rows[i].flags, NULL };
		CHECK_INT(bearer_scopes(&route), rows[i].scopes);
		for (unsigned scopes = 0; scopes < 1u << TOKEN_SCOPES; scopes++) {
			struct ask ask = { .bearer = true, .scopes = scopes };
			bool may = rows[i].scopes == BEARER_ANY || (rows[i].scopes && (scopes & rows[i].scopes) == rows[i].scopes);
			CHECK_INT(bearer_admit(&ctx, &ask, &route), may ? MC_OK : MC_DENIED);
			ctx_forget(&ctx);
		}
	}
	struct route act = { "POST", "/x", PAGE_VERIFIED, NULL };
	CHECK_TEXT(bearer_challenge(ctx.mem, &act, MC_DENIED), "Bearer realm=\"microcourt\", error=\"insufficient_scope\", scope=\"act\"");
	CHECK_TEXT(bearer_challenge(ctx.mem, NULL, MC_SIGNIN), "Bearer realm=\"microcourt\", error=\"invalid_token\"");
	/* Whatever opens the account for longer is out of a program's reach, whatever pages there will be. */
	static const char *const never[] = { "/account/tokens", "/account/tokens/end", "/account/password", "/account/sessions",
					     "/sign-in", "/sign-out", "/register/:kind" };
	size_t found = 0;
	for (size_t i = 0; pages_all[i]; i++)
		for (const struct route *r = pages_all[i](); r->path; r++)
			for (size_t k = 0; k < sizeof never / sizeof *never; k++)
				if (!strcmp(r->path, never[k])) {
					found++;
					CHECK_INT(bearer_scopes(r), BEARER_NEVER);
				}
	CHECK_INT(found, 11);
}

int main(void)
{
	struct ctx ctx = network_open(&house);
	test_token_text(ctx);
	test_token_rules(ctx);
	test_token_life(ctx);
	test_token_owner(ctx);
	test_token_scopes(ctx);
	network_end(&ctx, house);
	return check_end();
}
