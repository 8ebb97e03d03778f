#include "played.h"
#include "../../src/base/arena.h"
#include "../../src/base/clock.h"
#include "../../src/base/id.h"
#include "../../src/base/money.h"
#include "../../src/base/text.h"
#include "../../src/court/sample.h"
#include "../../src/store/db.h"
#include "../../src/store/outbox.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PLAYED_SECRET "story-secret"
enum { PLAYED_PEOPLE = 32, PLAYED_AHEAD = 600 };

/* One story is played at a time, by one thread. */
static struct {
	pid_t program;
	const char *clock;
	struct { const char *account; CURL *curl; char csrf[200]; bool fresh; } who[PLAYED_PEOPLE];
	int count;
	/* The last act, so that it can be sent again with its key. */
	struct { const char *account, *path, *key, *body; enum act act; const struct form *form; long status; } last;
} played;

struct played_answer { struct text body; long status, offset; const char *where; struct arena *mem; };

static size_t played_body(char *bytes, size_t one, size_t n, void *arg)
{
	struct played_answer *answer = arg;
	text_add_n(&answer->body, bytes, one * n);
	return one * n;
}

static size_t played_header(char *bytes, size_t one, size_t n, void *arg)
{
	struct played_answer *answer = arg;
	size_t size = one * n;
	if (size > 10 && !strncasecmp(bytes, "Location:", 9)) {
		struct text t = text_begin(answer->mem);
		text_add_n(&t, bytes + 9, size - 9);
		answer->where = text_trim(answer->mem, text_end(&t));
		answer->where = arena_copy(answer->mem, answer->where);
		((char *)(uintptr_t)answer->where)[strcspn(answer->where, "\r\n")] = '\0';
	}
	if (size > 15 && !strncasecmp(bytes, "Upload-Offset:", 14))
		answer->offset = strtol(bytes + 14, NULL, 10);
	return size;
}

static struct played_answer played_ask(struct stage_set *set, CURL *curl, const char *path, struct curl_slist *headers)
{
	struct played_answer answer = { .body = text_begin(set->mem), .mem = set->mem, .where = "", .offset = -1 };
	const char *url = arena_print(set->mem, "http://127.0.0.1:%d%s", set->port, path);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, played_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, played_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
	if (curl_easy_perform(curl) == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
	text_end(&answer.body);
	return answer;
}

static void played_token(const struct played_answer *page, char *out, size_t room)
{
	const char *at = page->body.size ? strstr(page->body.bytes, "name=\"csrf\" value=\"") : NULL;
	size_t n = at ? strcspn(at + 19, "\"") : 0;
	snprintf(out, room, "%.*s", (int)n, at ? at + 19 : "");
}

static void played_sign_in(struct stage_set *set, int at)
{
	CURL *curl = played.who[at].curl;
	curl_easy_setopt(curl, CURLOPT_COOKIELIST, "ALL");
	curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
	struct played_answer page = played_ask(set, curl, "/sign-in", NULL);
	played_token(&page, played.who[at].csrf, sizeof played.who[at].csrf);
	const char *body = arena_print(set->mem, "csrf=%s&name=%s&password=" SAMPLE_PASSWORD, played.who[at].csrf, played.who[at].account);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	page = played_ask(set, curl, "/sign-in", NULL);
	if (page.status != 303)
		printf("sign-in of %s: %ld\n", played.who[at].account, page.status);
	curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
	page = played_ask(set, curl, "/account", NULL);
	played_token(&page, played.who[at].csrf, sizeof played.who[at].csrf);
	played.who[at].fresh = true;
}

static int played_who(struct stage_set *set, const char *account)
{
	int at = 0;
	while (at < played.count && strcmp(played.who[at].account, account))
		at++;
	if (at == PLAYED_PEOPLE)
		abort();
	if (at == played.count) {
		played.who[played.count++].account = arena_copy(set->mem, account);
		played.who[at].curl = curl_easy_init();
		curl_easy_setopt(played.who[at].curl, CURLOPT_COOKIEFILE, "");
	}
	if (!played.who[at].fresh)
		played_sign_in(set, at);
	return at;
}

static int played_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM, 0), port = 0;
	if (fd >= 0 && !bind(fd, (struct sockaddr *)&at, size) && !getsockname(fd, (struct sockaddr *)&at, &size))
		port = ntohs(at.sin_port);
	close(fd);
	return port;
}

void played_clock(struct stage_set *set, int64_t at)
{
	/* Real time runs on below the offset, as it does for people. */
	int64_t real = (int64_t)time(NULL), offset = at ? at - real : 0;
	int fd = open(played.clock, O_WRONLY | O_CREAT, 0600);
	if (fd < 0 || pwrite(fd, &offset, sizeof offset, 0) != sizeof offset)
		printf("the clock cannot be set\n");
	close(fd);
	for (int i = 0; i < played.count; i++)
		played.who[i].fresh = false;
	(void)set;
}

bool played_start(struct stage_set *set)
{
	char port[40];
	const char *data = arena_print(set->mem, "%s/data", set->directory);
	played.clock = arena_print(set->mem, "%s/clock", set->directory);
	played.count = 0;
	set->port = played_port();
	played_clock(set, 0);
	snprintf(port, sizeof port, "127.0.0.1:%d", set->port);
	played.program = fork();
	if (!played.program) {
		unsetenv("http_proxy");         /* what it asks of others is not ours */
		setenv("MICROCOURT_PAYMENT_SECRET", PLAYED_SECRET, 1);
		setenv("MICROCOURT_PAYMENT_URL", "http://127.0.0.1:9/pay", 1);
		int null = open("/dev/null", O_WRONLY);
		dup2(null, 1);
		execl(set->program, set->program, "serve", "--sample", "--test", "--data", data, "--listen", port,
		      "--clock", played.clock, "--database", set->database, (char *)NULL);
		_exit(127);
	}
	CURL *curl = curl_easy_init();
	bool up = false;
	for (int i = 0; i < 600 && !up && !waitpid(played.program, NULL, WNOHANG); i++) {
		curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
		up = played_ask(set, curl, "/health", NULL).status == 200;
		usleep(up ? 0 : 50000);
	}
	curl_easy_cleanup(curl);
	/* Looks into the store beside the program; never writes. */
	return up && !db_open(&set->ctx, data, set->database, &set->store);
}

void played_stop(struct stage_set *set)
{
	int status = 0;
	(void)set;
	for (int i = 0; i < played.count; i++)
		curl_easy_cleanup(played.who[i].curl);
	memset(played.who, 0, sizeof played.who);
	memset(&played.last, 0, sizeof played.last);
	if (played.program > 0) {
		kill(played.program, SIGTERM);
		waitpid(played.program, &status, 0);
		if (!WIFEXITED(status) || WEXITSTATUS(status))
			printf("the program did not end well: %d\n", status);
	}
	played.program = 0;
}

/* Until the outbox holds nothing that is due: what follows from an act has happened. */
static void played_settle(struct stage_set *set)
{
	for (int i = 0; i < 1000; i++) {
		struct outbox_row row;
		/* The program's clock runs, ours stands: what it wrote just now is due too. */
		set->ctx.now = clock_now() + PLAYED_AHEAD;
		enum mc_err err = outbox_next(&set->ctx, &row);
		ctx_forget(&set->ctx);
		if (err == MC_UNKNOWN)
			return;
		usleep(5000);
	}
	printf("the outbox does not empty\n");
}

static struct outcome played_outcome(struct stage_set *set, const struct played_answer *answer)
{
	struct outcome out = { (int)answer->status, "", "", NULL };
	struct form *problem;
	if (answer->status < 400 || form_read(&set->ctx, answer->body.bytes, answer->body.size, &problem)) {
		ctx_forget(&set->ctx);
		return out;
	}
	const char *type = strrchr(form_get(problem, "type"), '/');
	out.key = type ? type + 1 : "";
	out.field = form_get(problem, "errors.1.field");
	return out;
}

static struct played_answer played_post(struct stage_set *set, const char *account, const char *path, const char *does,
					enum act act, const struct form *form, const char *key)
{
	int at = played_who(set, account);
	CURL *curl = played.who[at].curl;
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
	if (*key)
		headers = curl_slist_append(headers, arena_print(set->mem, "Idempotency-Key: \"%s\"", key));
	headers = curl_slist_append(headers, arena_print(set->mem, "X-CSRF-Token: %s", played.who[at].csrf));
	curl_mime *mime = curl_mime_init(curl);
	curl_mimepart *part = curl_mime_addpart(mime);
	curl_mime_name(part, "do");
	curl_mime_data(part, does, CURL_ZERO_TERMINATED);
	for (size_t i = 0; i < form->count; i++) {
		const char *dot = strrchr(form->pair[i].name, '.');
		const struct field *field = act && !dot ? field_find(act, "", form->pair[i].name) : NULL;
		part = curl_mime_addpart(mime);
		curl_mime_name(part, form->pair[i].name);
		bool file = (field && field->kind == FIELD_FILE) || (dot && !strcmp(dot, ".file"));
		if (file && strncmp(form->pair[i].value, "upload:", 7)) {
			curl_mime_data(part, "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n44\n%%EOF\n", CURL_ZERO_TERMINATED);
			curl_mime_filename(part, "story.pdf");
			curl_mime_type(part, "application/pdf");
		} else {
			curl_mime_data(part, form->pair[i].value, CURL_ZERO_TERMINATED);
		}
	}
	curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
	struct played_answer answer = played_ask(set, curl, path, headers);
	curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
	curl_mime_free(mime);
	curl_slist_free_all(headers);
	played_settle(set);
	return answer;
}

struct outcome played_act(struct stage_set *set, const char *account, const char *court, const char *docket,
			  enum act act, const struct form *form)
{
	char code[64];
	snprintf(code, sizeof code, "%s", rule_of(act)->code);
	for (char *c = code; *c; c++)
		*c = *c == '_' ? '-' : (char)(*c | 32);
	const char *path = act == ACT_SUBMIT ? "/file"
		: arena_print(set->mem, "/cases/%s/%s/act/%s", court, docket, code);
	const char *key = id_new(set->mem);
	struct played_answer answer = played_post(set, account, path, "submit", act, form, key);
	played.last.account = account;
	played.last.path = path;
	played.last.key = key;
	played.last.act = act;
	played.last.form = form;
	played.last.status = answer.status;
	played.last.body = text_end(&answer.body);
	struct outcome out = played_outcome(set, &answer);
	/* Every act is sent once more with its key, and has one effect and one answer. */
	if (out.status == 201 && !played_again(set)) {
		printf("%s: sent again, it is not what it was\n", path);
		out.status = 599;       /* no status of ours: the step has failed */
	}
	const char *slash = strrchr(answer.where, '/');
	if (act == ACT_SUBMIT && out.status == 201 && slash)
		out.docket = arena_copy(set->mem, slash + 1);
	return out;
}

bool played_again(struct stage_set *set)
{
	struct played_answer answer = played_post(set, played.last.account, played.last.path, "submit", played.last.act,
						  played.last.form, played.last.key);
	return answer.status == played.last.status && !strcmp(text_end(&answer.body), played.last.body);
}

static const char *played_sign(struct stage_set *set, const char *body)
{
	unsigned char mac[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	HMAC(EVP_sha256(), PLAYED_SECRET, (int)strlen(PLAYED_SECRET), (const unsigned char *)body, strlen(body), mac, &n);
	return text_hex(set->mem, mac, n);
}

struct outcome played_pay(struct stage_set *set, const char *account, const char *court, const char *docket, int64_t fen)
{
	const char *path = arena_print(set->mem, "/cases/%s/%s/pay", court, docket);
	struct played_answer answer = played_post(set, account, path, "submit", ACT_NONE, form_begin(set->mem), "");
	struct form *led;
	if (form_read(&set->ctx, answer.body.bytes, answer.body.size, &led))
		return played_outcome(set, &answer);
	const char *order = strstr(form_get(led, "href"), "order=");
	if (!order)
		return played_outcome(set, &answer);
	const char *body = arena_print(set->mem, "{\"court\":\"%s\",\"order\":\"%.*s\",\"fen\":%lld,\"reference\":\"story-1\",\"at\":%lld}",
		court, (int)strcspn(order + 6, "&"), order + 6, (long long)fen, (long long)clock_now());
	for (int twice = 0; twice < 2; twice++) {
		CURL *curl = curl_easy_init();
		struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
		headers = curl_slist_append(headers, "Accept: application/json");
		headers = curl_slist_append(headers, arena_print(set->mem, "X-Signature: %s", played_sign(set, body)));
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
		answer = played_ask(set, curl, "/payments/callback", headers);
		curl_slist_free_all(headers);
		curl_easy_cleanup(curl);
	}
	played_settle(set);
	return played_outcome(set, &answer);
}

struct sent_answer played_sent(struct stage_set *set, const char *account, const struct sent_call *call)
{
	int at = played_who(set, account);
	CURL *curl = played.who[at].curl;
	struct curl_slist *headers = curl_slist_append(NULL, arena_print(set->mem, "X-CSRF-Token: %s", played.who[at].csrf));
	for (size_t i = 0; i < SENT_HEADERS && call->header[i].name; i++)
		headers = curl_slist_append(headers, arena_print(set->mem, "%s: %s", call->header[i].name, call->header[i].value));
	if (!call->size)                /* curl would name a type of its own */
		headers = curl_slist_append(headers, "Content-Type:");
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)call->size);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call->body);
	curl_easy_setopt(curl, CURLOPT_NOBODY, strcmp(call->method, "HEAD") ? 0L : 1L);
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call->method);
	struct played_answer answer = played_ask(set, curl, call->path, headers);
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, NULL);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, -1L);
	curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
	curl_slist_free_all(headers);
	return (struct sent_answer){ (int)answer.status, answer.where, played_outcome(set, &answer).key, answer.offset };
}

struct outcome played_see(struct stage_set *set, const char *account, const char *court, const char *docket)
{
	int at = played_who(set, account);
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
	struct played_answer answer = played_ask(set, played.who[at].curl, arena_print(set->mem, "/cases/%s/%s", court, docket), headers);
	curl_slist_free_all(headers);
	return played_outcome(set, &answer);
}

struct outcome played_verify(struct stage_set *set, const char *clerk, const char *person)
{
	struct form *form = form_begin(set->mem);
	form_set(form, "source", "story");
	struct played_answer answer = played_post(set, clerk, arena_print(set->mem, "/people/%s", person), "grant", ACT_NONE, form, "");
	answer.status = answer.status == 303 ? 200 : answer.status;
	return played_outcome(set, &answer);
}
