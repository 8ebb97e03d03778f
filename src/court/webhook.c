#include "webhook.h"
#include "court.h"
#include "office.h"
#include "../base/address.h"
#include "../base/arena.h"
#include "../base/id.h"
#include "../base/setting.h"
#include "../base/signature.h"
#include "../base/text.h"
#include "../law/rule.h"
#include "../store/db.h"
#include "../store/key.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>

enum { WEBHOOK_URL = 500, WEBHOOK_SHOWN = WEBHOOK_MOST * (1 + OFFICE_SEATS) };   /* all that one person can have */

struct webhook_job { struct webhook hook; const char *secret; };

bool webhook_reaches(const struct sockaddr *address, bool plain)
{
	if (address_loopback(address))
		return setting_on(SETTING_WEBHOOK_LOOPBACK);
	return !plain && address_public(address);
}

const char *webhook_type(struct arena *mem, const char *code)
{
	char *type = arena_print(mem, "%s%s", strcmp(code, "TEST") ? "act." : "", code);
	for (char *c = type; *c; c++)
		*c = *c == '_' ? '-' : (char)tolower((unsigned char)*c);
	return type;
}

static enum mc_err webhook_wrong(struct ctx *ctx, const char *key, const char *field, const char *arg)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key, .field = field, .arg = { arg } });
}

/* -- the address --------------------------------------------------------------------------- */

/* A host that is itself an address; the others are looked at when they are called. */
static bool webhook_literal(const char *host, struct sockaddr_storage *out)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
	char bare[80];
	size_t n = strlen(host);
	if (inet_pton(AF_INET, host, &four.sin_addr) == 1) {
		memcpy(out, &four, sizeof four);
		return true;
	}
	if (*host != '[' || n < 3 || n - 2 >= sizeof bare)
		return false;
	memcpy(bare, host + 1, n - 2);
	bare[n - 2] = '\0';
	bool six_good = inet_pton(AF_INET6, bare, &six.sin6_addr) == 1;
	memcpy(out, &six, sizeof six);
	return six_good || strchr(bare, '%');   /* a zone: of no use, and refused by the rules as it stands */
}

static const char *webhook_part(struct ctx *ctx, CURLU *url, CURLUPart part)
{
	char *text = NULL;
	const char *copy = curl_url_get(url, part, &text, 0) ? "" : arena_copy(ctx->mem, text);
	curl_free(text);
	return copy;
}

static void webhook_url_end(void *url) { curl_url_cleanup(url); }

/* The rules that can be told from the text alone. */
static enum mc_err webhook_url(struct ctx *ctx, const char *text, const char **host)
{
	struct sockaddr_storage literal = { 0 };
	CURLU *url = curl_url();
	if (!url)
		return ctx_fail(ctx, MC_STORE, (struct why){ .key = "store.down" });
	arena_closer(ctx->mem, webhook_url_end, url);
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 127)
			return webhook_wrong(ctx, "webhook.bad_url", "url", NULL);
	if (strlen(text) > WEBHOOK_URL || curl_url_set(url, CURLUPART_URL, text, 0)
	    || *webhook_part(ctx, url, CURLUPART_USER) || *webhook_part(ctx, url, CURLUPART_PASSWORD)
	    || *webhook_part(ctx, url, CURLUPART_FRAGMENT))
		return webhook_wrong(ctx, "webhook.bad_url", "url", NULL);
	char *name = arena_copy(ctx->mem, webhook_part(ctx, url, CURLUPART_HOST));
	for (char *c = name; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	*host = name;
	bool plain = !strcmp(webhook_part(ctx, url, CURLUPART_SCHEME), "http"), is_literal = webhook_literal(name, &literal);
	if (!*name || (!plain && strcmp(webhook_part(ctx, url, CURLUPART_SCHEME), "https") != 0))
		return webhook_wrong(ctx, "webhook.bad_url", "url", NULL);
	if (plain && !(setting_on(SETTING_WEBHOOK_LOOPBACK) && (is_literal || !strcmp(name, "localhost"))))
		return webhook_wrong(ctx, "webhook.plain", "url", NULL);
	if (is_literal && !webhook_reaches((struct sockaddr *)&literal, plain))
		return webhook_wrong(ctx, "webhook.closed", "url", name);
	return MC_OK;
}

/* -- events ---------------------------------------------------------------------------------- */

/* "answer, act.take-effect" becomes "ANSWER TAKE_EFFECT". */
static enum mc_err webhook_events(struct ctx *ctx, const char *typed, const char **out)
{
	struct text events = text_begin(ctx->mem);
	for (const char *left = typed + strspn(typed, ", \t\r\n"); *left; left += strspn(left, ", \t\r\n")) {
		size_t n = strcspn(left, ", \t\r\n");
		char *word = arena_print(ctx->mem, "%.*s", (int)n, left), *code = word + (strncmp(word, "act.", 4) ? 0 : 4);
		for (char *c = code; *c; c++)
			*c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
		if (!rule_find(code))
			return webhook_wrong(ctx, "webhook.no_event", "events", arena_print(ctx->mem, "%.*s", (int)(n < 60 ? n : 60), left));
		if (events.size > 2000)
			return webhook_wrong(ctx, "webhook.no_event", "events", "…");
		text_print(&events, "%s%s", events.size ? " " : "", code);
		left += n;
	}
	*out = text_end(&events);
	return MC_OK;
}

/* -- secrets --------------------------------------------------------------------------------- */

static const char *webhook_purpose(struct ctx *ctx, const char *id) { return arena_print(ctx->mem, "webhook %s", id); }

static enum mc_err webhook_secret(struct ctx *ctx, const char *id, const char **sealed, const char **told)
{
	unsigned char secret[SIGNATURE_SECRET];
	randombytes_buf(secret, sizeof secret);
	enum mc_err err = key_seal(ctx, webhook_purpose(ctx, id), secret, sizeof secret, sealed);
	if (!err)
		*told = signature_told(ctx->mem, secret, sizeof secret);
	sodium_memzero(secret, sizeof secret);
	return err;
}

enum mc_err webhook_sign(struct ctx *ctx, const struct webhook *hook, const char *id, const char *body, const char **out)
{
	unsigned char *secret;
	size_t n;
	enum mc_err err = key_unseal(ctx, webhook_purpose(ctx, hook->id), hook->secret, &secret, &n);
	if (!err)
		*out = signature_of(ctx->mem, secret, n, id, ctx->now, body);
	if (!err && *hook->former && hook->former_ends > ctx->now
	    && !(err = key_unseal(ctx, webhook_purpose(ctx, hook->id), hook->former, &secret, &n)))
		*out = arena_print(ctx->mem, "%s %s", *out, signature_of(ctx->mem, secret, n, id, ctx->now, body));
	return err;
}

/* -- those that there are -------------------------------------------------------------------- */

struct webhook webhook_row(struct row *r)
{
	return (struct webhook){ .court = db_text(r, 0), .id = db_text(r, 1), .person = db_text(r, 2), .url = db_text(r, 3),
		.host = db_text(r, 4), .events = db_text(r, 5), .secret = db_text(r, 6), .former = db_text(r, 7),
		.former_ends = db_int(r, 8), .since = db_int(r, 9), .failing = db_int(r, 10),
		.asleep = !strcmp(db_text(r, 11), "asleep") };
}

static bool webhook_owned(struct ctx *ctx, const char *court, const char *person)
{
	return strcmp(court, COURT_NATION) ? office_of(ctx, court, ctx->person) & OFFICE_ADMIN : !strcmp(person, ctx->person);
}

static enum mc_err webhook_unknown(struct ctx *ctx)
{
	return ctx_fail(ctx, MC_UNKNOWN, (struct why){ .key = "webhook.unknown" });
}

enum mc_err webhook_find(struct ctx *ctx, const char *court, const char *id, struct webhook *out)
{
	struct row *r = db_ask(ctx, "select " WEBHOOK_COLUMNS " from webhook w where w.court = $1 and w.id = $2", "tt", court, id);
	if (!db_next(r))
		return db_broken(r) ? MC_STORE : webhook_unknown(ctx);
	*out = webhook_row(r);
	return webhook_owned(ctx, out->court, out->person) ? MC_OK : webhook_unknown(ctx);
}

enum mc_err webhook_list(struct ctx *ctx, struct webhook **out, size_t *count)
{
	struct office_seat *seat;
	size_t seats;
	*out = arena_take(ctx->mem, WEBHOOK_SHOWN * sizeof **out);
	*count = 0;
	enum mc_err err = office_of_person(ctx, ctx->person, &seat, &seats);
	struct row *r = db_ask(ctx, "select " WEBHOOK_COLUMNS " from webhook w where w.court = $1 and w.person = $2 order by w.id", "tt",
			       COURT_NATION, ctx->person);
	while (*count < WEBHOOK_SHOWN && db_next(r))
		(*out)[(*count)++] = webhook_row(r);
	if (err || db_broken(r))
		return MC_STORE;
	for (size_t i = 0; i < seats; i++) {
		if (!webhook_owned(ctx, seat[i].court, "") || !strcmp(seat[i].court, COURT_NATION))
			continue;
		r = db_ask(ctx, "select " WEBHOOK_COLUMNS " from webhook w where w.court = $1 order by w.id", "t", seat[i].court);
		while (*count < WEBHOOK_SHOWN && db_next(r))
			(*out)[(*count)++] = webhook_row(r);
		if (db_broken(r))
			return MC_STORE;
	}
	return MC_OK;
}

/* -- changing them --------------------------------------------------------------------------- */

static enum mc_err webhook_make_write(struct ctx *ctx, void *arg)
{
	const struct webhook *w = &((struct webhook_job *)arg)->hook;
	struct row *r = db_ask(ctx, "select id from webhook where court = $1 and (person = $2 or court <> $3)", "ttt", w->court,
			       w->person, COURT_NATION);
	int count = 0;
	while (db_next(r))
		count++;
	if (db_broken(r))
		return MC_STORE;
	if (count >= WEBHOOK_MOST)
		return ctx_fail(ctx, MC_CONFLICT, (struct why){ .key = "webhook.too_many", .field = "url",
			.arg = { arena_print(ctx->mem, "%d", WEBHOOK_MOST) } });
	return db_do(ctx, "insert into webhook (court, id, person, url, host, events, secret, former, former_ends, since, state, failing,"
		" rest, due) values ($1, $2, $3, $4, $5, $6, $7, '', 0, $8, 'on', 0, 0, 0)", "ttttttti", w->court, w->id, w->person, w->url,
		w->host, w->events, w->secret, ctx->now);
}

enum mc_err webhook_make(struct ctx *ctx, const char *court, const char *url, const char *events, const char **told)
{
	struct webhook_job job = { .hook = { .court = *court ? court : COURT_NATION, .id = id_new(ctx->mem), .person = ctx->person,
					     .url = text_trim(ctx->mem, url) } };
	enum mc_err err = webhook_url(ctx, job.hook.url, &job.hook.host), wrong = webhook_events(ctx, events, &job.hook.events);
	if (strcmp(job.hook.court, COURT_NATION) != 0 && !webhook_owned(ctx, job.hook.court, ""))
		err = ctx_fail(ctx, MC_INVALID, (struct why){ .key = "office.admin_only", .field = "court" });
	err = err ? err : wrong;
	if (!err)
		err = webhook_secret(ctx, job.hook.id, &job.hook.secret, told);
	return err ? err : db_together(ctx, webhook_make_write, &job);
}

static enum mc_err webhook_rotate_write(struct ctx *ctx, void *arg)
{
	const struct webhook_job *job = arg;
	enum mc_err err = db_do(ctx, "update webhook set former = secret, former_ends = $1, secret = $2 where court = $3 and id = $4"
		" and secret = $5", "itttt", ctx->now + WEBHOOK_FORMER, job->secret, job->hook.court, job->hook.id, job->hook.secret);
	return err ? err : db_changed(ctx) == 1 ? MC_OK : webhook_unknown(ctx);
}

enum mc_err webhook_rotate(struct ctx *ctx, const struct webhook *hook, const char **told)
{
	struct webhook_job job = { .hook = *hook };
	enum mc_err err = webhook_secret(ctx, hook->id, &job.secret, told);
	return err ? err : db_together(ctx, webhook_rotate_write, &job);
}

static enum mc_err webhook_remove_write(struct ctx *ctx, void *arg)
{
	const struct webhook *w = &((struct webhook_job *)arg)->hook;
	enum mc_err err = db_do(ctx, "delete from webhook_message where court = $1 and webhook = $2", "tt", w->court, w->id);
	return err ? err : db_do(ctx, "delete from webhook where court = $1 and id = $2", "tt", w->court, w->id);
}

enum mc_err webhook_remove(struct ctx *ctx, const struct webhook *hook)
{
	return db_together(ctx, webhook_remove_write, &(struct webhook_job){ .hook = *hook });
}
