#include "check.h"
#include "folder.h"
#include "base/arena.h"
#include "base/setting.h"
#include "base/setting_source.h"

/* What one line of a file gives: the key of its first reason, "" if it is taken. */
static const char *said(struct ctx *ctx, const char *file)
{
	setting_forget();
	ctx_forget(ctx);
	return setting_source_file(ctx, "f", file, strlen(file)) ? ctx->why->key : "";
}

static void test_table(struct ctx *ctx)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_row *row = setting_row((enum setting)i);
		const char *star, *like;
		setting_forget();
		if (row->kind != SETTING_KIND_CHOICE && (*row->normal || !row->least)) {
			enum mc_err err = setting_put(ctx, (enum setting)i, "", row->normal, "t");
			CHECK_INT(err, MC_OK);
		}
		if (!strchr(row->name, '*'))
			CHECK_INT(setting_find(ctx->mem, row->name, &star, &like), i);
		CHECK(*row->words[LANG_ZH] && *row->words[LANG_EN]);
	}
	setting_forget();
	CHECK_TEXT(setting_text(SETTING_DATA), "data");
	CHECK_TEXT(setting_text(SETTING_LOG), "json");
	CHECK_INT(setting_int(SETTING_DISK_LEAST), 256 << 20);
	CHECK_INT(setting_int(SETTING_STOP_PATIENCE), 10);
	CHECK(!setting_on(SETTING_SAMPLE));
	CHECK_TEXT(setting_from(SETTING_DATA, ""), "");
}

static void test_file(struct ctx *ctx)
{
	static const struct { const char *file, *key; } row[] = {
		{ "", "" },
		{ "# a word\n\n  \t\n", "" },
		{ "workers=1", "" },
		{ "  workers = 1024  \r\n", "" },
		{ "workers = 0", "setting.int" },
		{ "workers = 1025", "setting.int" },
		{ "workers = 3 # of them", "setting.int" },
		{ "workers =", "setting.int" },
		{ "workers = 99999999999999999999", "setting.int" },
		{ "workers = -1", "setting.int" },
		{ "workers 1", "setting.line" },
		{ "worker = 1", "setting.unknown_like" },
		{ "quite something else = 1", "setting.unknown" },
		{ "= 1", "setting.unknown" },
		{ "workers = 1\nworkers = 2", "setting.twice" },
		{ "sample = on", "" },
		{ "sample = maybe", "setting.bool" },
		{ "log = text", "" },
		{ "log = tex", "setting.choice" },
		{ "log = json|text", "setting.choice" },
		{ "log = ", "setting.choice" },
		{ "stop_patience = 2m", "" },
		{ "stop-patience = 2m", "" },
		{ "stop_patience = 2 m", "setting.duration" },
		{ "stop_patience = 1d", "setting.duration" },
		{ "disk_least = 2G", "" },
		{ "disk_least = 2gb", "setting.size" },
		{ "disk_least = 999999999999999t", "setting.size" },
		{ "origin = https://court.example:8443", "" },
		{ "origin = https://court.example/", "setting.origin" },
		{ "origin = court.example", "setting.origin" },
		{ "origin =", "" },
		{ "identity_url = https://id.example/ask?a=1", "" },
		{ "identity_url = ftp://id.example", "setting.url" },
		{ "identity_url = http://", "setting.url" },
		{ "data =", "setting.text" },
		{ "data = a\x01", "setting.text" },
		{ "data = \xff", "setting.utf8" },
		{ "oidc.city.issuer = https://id.example", "" },
		{ "oidc.city.issuer = id.example", "setting.url" },
		{ "oidc.City.issuer = https://id.example", "setting.unknown_like" },
		{ "oidc..issuer = https://id.example", "setting.unknown_like" },
		{ "oidc.*.issuer = https://id.example", "setting.unknown_like" },
		{ "oidc.city.isuer = https://id.example", "setting.unknown_like" },
		{ "oidc.a.client = 1\noidc.b.client = 2", "" },
		{ "oidc.a.client = 1\noidc.a.client = 2", "setting.twice" },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		CHECK_TEXT(said(ctx, row[i].file), row[i].key);
	CHECK_TEXT(said(ctx, "\nworkers = x\nlisten = a\norgin = b\n"), "setting.int");
	CHECK_TEXT(ctx->why->arg[0], "f:2");
	CHECK_TEXT(ctx->why->arg[1], "x");
	CHECK_TEXT(ctx->why->arg[2], "1..1024");
	CHECK_TEXT(ctx->why->next->arg[0], "f:4");
	CHECK_TEXT(ctx->why->next->arg[2], "origin");
	CHECK_TEXT(setting_text(SETTING_LISTEN), "a");
	CHECK_TEXT(said(ctx, "payment_secret = a\x02" "b"), "setting.text");
	CHECK_TEXT(ctx->why->arg[1], "***");
}

static void test_stars(struct ctx *ctx)
{
	CHECK_TEXT(said(ctx, "oidc.b.client = 1\noidc.a.issuer = https://a.example\noidc.b.issuer = https://b.example"), "");
	CHECK_TEXT(setting_star("oidc", 0), "b");
	CHECK_TEXT(setting_star("oidc", 1), "a");
	CHECK(!setting_star("oidc", 2));
	CHECK(!setting_star("oid", 0));
	CHECK_TEXT(setting_text_of(SETTING_OIDC_ISSUER, "b"), "https://b.example");
	CHECK_TEXT(setting_text_of(SETTING_OIDC_CLIENT, "a"), "");
}

static void test_order(struct ctx *ctx)
{
	char folder[256];
	folder_make(folder, sizeof folder);
	const char *path = arena_print(ctx->mem, "%s/microcourt.conf", folder);
	FILE *f = fopen(path, "w");
	fputs("workers = 2\nlisten = f:1\norigin = http://f.example\npayment_secret = hush\n", f);
	fclose(f);
	chmod(path, 0600);
	char *const env[] = { "MICROCOURT_LISTEN=e:1", "MICROCOURT_ORIGIN=http://e.example", "MICROCOURT=x",
			      "MICROCOURT_OIDC_BIG_CITY_ISSUER=https://c.example", NULL };
	char *argv[] = { "serve", "--data", folder, "--sample", "word", "--origin=http://o.example", NULL };
	int argc = 6;
	setting_forget();
	ctx_forget(ctx);
	CHECK_INT(setting_source_read(ctx, &argc, argv, env), MC_OK);
	CHECK_INT(setting_int(SETTING_WORKERS), 2);
	CHECK_TEXT(setting_text(SETTING_LISTEN), "e:1");
	CHECK_TEXT(setting_text(SETTING_ORIGIN), "http://o.example");
	CHECK_TEXT(setting_text(SETTING_DATA), folder);
	CHECK_TEXT(setting_from(SETTING_WORKERS, ""), arena_print(ctx->mem, "%s:1", path));
	CHECK_TEXT(setting_from(SETTING_LISTEN, ""), "MICROCOURT_LISTEN");
	CHECK_TEXT(setting_from(SETTING_ORIGIN, ""), "--origin");
	CHECK_TEXT(setting_text_of(SETTING_OIDC_ISSUER, "big_city"), "https://c.example");
	CHECK(setting_on(SETTING_SAMPLE));
	CHECK_INT(argc, 2);
	CHECK_TEXT(argv[1], "word");
	/* A secret that everybody can read is refused, and so is a file that was named and is not there. */
	chmod(path, 0644);
	char *again[] = { "serve", "--config", (char *)path, NULL }, *none[] = { "serve", "--config", "/nowhere/x", NULL };
	char *const empty[] = { NULL };
	argc = 3;
	setting_forget();
	ctx_forget(ctx);
	CHECK_INT(setting_source_read(ctx, &argc, again, empty), MC_INVALID);
	CHECK_TEXT(ctx->why->key, "setting.open_file");
	argc = 3;
	setting_forget();
	ctx_forget(ctx);
	CHECK_INT(setting_source_read(ctx, &argc, none, empty), MC_INVALID);
	CHECK_TEXT(ctx->why->key, "setting.file");
	folder_remove(folder);
}

static void test_options(struct ctx *ctx)
{
	static const struct { char *word[2]; char *environment; const char *key; } row[] = {
		{ { "--workers", "3" }, NULL, "" },
		{ { "--workers", NULL }, NULL, "setting.no_value" },
		{ { "--workers=", NULL }, NULL, "setting.int" },
		{ { "--wokers", "3" }, NULL, "setting.unknown_like" },
		{ { "--nonsense", NULL }, NULL, "setting.unknown" },
		{ { "--clock", "c" }, NULL, "setting.test" },
		{ { "--clock=c", "--test" }, NULL, "" },
		{ { "--log-requests", NULL }, NULL, "" },
		{ { NULL, NULL }, "MICROCOURT_WORKER=3", "setting.unknown_like" },
		{ { NULL, NULL }, "MICROCOURT_WORKERS=\xff", "setting.utf8" },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char *argv[] = { "serve", "--config=", row[i].word[0], row[i].word[1], NULL };
		char *const environment[] = { row[i].environment, NULL };
		int argc = 2 + (row[i].word[0] != NULL) + (row[i].word[1] != NULL);
		setting_forget();
		ctx_forget(ctx);
		enum mc_err err = setting_source_read(ctx, &argc, argv, environment);
		CHECK_TEXT(err ? ctx->why->key : "", row[i].key);
	}
}

int main(void)
{
	struct ctx ctx = { .mem = arena_begin() };
	test_table(&ctx);
	test_file(&ctx);
	test_stars(&ctx);
	test_order(&ctx);
	test_options(&ctx);
	arena_end(ctx.mem);
	return check_end();
}
