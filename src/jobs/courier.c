#include "courier.h"
#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/log.h"
#include "../base/meter.h"
#include "../base/setting.h"
#include "../base/version.h"
#include "../court/dispatch.h"
#include "../court/docket.h"
#include "../store/db.h"

#include <assert.h>
#include <curl/curl.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { COURIER_POLL_MS = 1000, COURIER_LEAVE_US = 2000000, COURIER_PUT_OFF = 5, COURIER_TRUST = 1 << 20 };

/* One message on its way. */
struct courier_call {
	struct arena *mem;              /* NULL: free */
	CURL *curl;
	struct curl_slist *headers;
	struct dispatch what;
	size_t read;                    /* bytes of the answer */
	bool plain, closed;             /* by http; an address was refused */
};

static struct {
	pthread_t thread;
	CURLM *multi;
	struct store *store;
	struct courier_call call[COURIER_MOST];
	_Atomic bool stop;
	bool runs;
	struct curl_blob trust;         /* none: what the system trusts */
} courier;

static struct ctx courier_ctx(struct arena *mem)
{
	return (struct ctx){ .mem = mem, .db = db_reader(courier.store), .person = DOCKET_SYSTEM, .session = "", .device = "",
			     .now = clock_now() };
}

bool courier_trust(void)
{
	static char bytes[COURIER_TRUST];
	const char *path = setting_text(SETTING_WEBHOOK_CA);
	int fd = *path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t n = fd < 0 ? 0 : read(fd, bytes, sizeof bytes);
	if (fd >= 0)
		close(fd);
	courier.trust = (struct curl_blob){ .data = bytes, .len = n > 0 ? (size_t)n : 0, .flags = CURL_BLOB_NOCOPY };
	return !*path || n > 0;
}

/* -- one call -------------------------------------------------------------------------------- */

static curl_socket_t courier_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct courier_call *call = arg;
	(void)purpose;
	if (!webhook_reaches(&address->addr, call->plain)) {
		call->closed = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t courier_answer(char *bytes, size_t size, size_t n, void *arg)
{
	struct courier_call *call = arg;
	(void)bytes;
	call->read += size * n;
	return call->read > COURIER_READ ? 0 : size * n;
}

static void courier_headers(struct courier_call *call, int64_t now)
{
	const char *lines[] = { "Content-Type: application/json", "Expect:", "User-Agent: microcourt/" MC_VERSION,
		arena_print(call->mem, "webhook-id: %s", call->what.id),
		arena_print(call->mem, "webhook-timestamp: %" PRId64, now),
		arena_print(call->mem, "webhook-signature: %s", call->what.signature) };
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		call->headers = curl_slist_append(call->headers, lines[i]);
}

static bool courier_begin(struct courier_call *call, int64_t now)
{
	CURL *curl = call->curl = curl_easy_init();
	if (!curl)
		return false;
	call->plain = !strncasecmp(call->what.hook.url, "http:", 5);
	courier_headers(call, now);
	curl_easy_setopt(curl, CURLOPT_URL, call->what.hook.url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, call->plain ? "http" : "https");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	if (courier.trust.len)
		curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &courier.trust);
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)COURIER_CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)COURIER_ALL_MS);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, courier_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, call);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, call->headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call->what.body);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, courier_answer);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, call);
	curl_easy_setopt(curl, CURLOPT_PRIVATE, call);
	return !curl_multi_add_handle(courier.multi, curl);
}

static void courier_end(struct courier_call *call)
{
	if (call->curl) {
		curl_multi_remove_handle(courier.multi, call->curl);
		curl_easy_cleanup(call->curl);
	}
	curl_slist_free_all(call->headers);
	arena_end(call->mem);
	*call = (struct courier_call){ 0 };
}

/* -- what became of it ----------------------------------------------------------------------- */

static struct dispatch_result courier_result(struct courier_call *call, CURLcode code)
{
	struct dispatch_result result = { .why = "", .detail = "" };
	long status = 0;
	curl_off_t took = 0;
	curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(call->curl, CURLINFO_TOTAL_TIME_T, &took);
	result.status = status;
	result.took = took / 1000;
	if (call->read > COURIER_READ)
		result.why = "webhook.long";
	else if (call->closed && code == CURLE_COULDNT_CONNECT)
		result.why = "webhook.closed", result.detail = call->what.hook.host;
	else if (code == CURLE_OPERATION_TIMEDOUT)
		result.why = "webhook.slow", result.detail = arena_print(call->mem, "%d", COURIER_ALL_MS / 1000);
	else if (code)
		result.why = "webhook.silent", result.detail = curl_easy_strerror(code);
	else if (status >= 300 && status < 400)
		result.why = "webhook.redirect", result.detail = arena_print(call->mem, "%ld", status);
	else if (status < 200 || status >= 300)
		result.why = "webhook.status", result.detail = arena_print(call->mem, "%ld", status);
	return result;
}

static void courier_finish(struct courier_call *call, CURLcode code)
{
	struct ctx ctx = courier_ctx(call->mem);
	struct dispatch_result result = courier_result(call, code);
	meter_add(*result.why ? METER_HOOKS_FAILED : METER_HOOKS_ARRIVED, 1);
	/* If even this is not kept, the message is sent again once the lease is over. */
	if (dispatch_note(&ctx, &call->what, &result))
		log_error("courier-unkept", "why", ctx.why ? ctx.why->key : "?");
	courier_end(call);
}

static void courier_collect(void)
{
	int left;
	for (CURLMsg *done; (done = curl_multi_info_read(courier.multi, &left));) {
		struct courier_call *call = NULL;
		CURLcode code = done->data.result;
		if (done->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(done->easy_handle, CURLINFO_PRIVATE, &call);
		courier_finish(call, code);
	}
}

/* -- whose turn it is ------------------------------------------------------------------------ */

static struct courier_call *courier_free(void)
{
	for (size_t i = 0; i < COURIER_MOST; i++)
		if (!courier.call[i].mem)
			return &courier.call[i];
	return NULL;
}

/* How many go to this host; or this very webhook is being called, which counts as too many. */
static int courier_busy(const struct dispatch_turn *turn)
{
	int busy = 0;
	for (size_t i = 0; i < COURIER_MOST; i++) {
		const struct webhook *hook = &courier.call[i].what.hook;
		if (!courier.call[i].mem)
			continue;
		busy += !strcmp(hook->host, turn->host);
		if (!strcmp(hook->id, turn->id) && !strcmp(hook->court, turn->court))
			return COURIER_HOST;
	}
	return busy;
}

static void courier_take(struct courier_call *call, const struct dispatch_turn *turn)
{
	call->mem = arena_begin();
	struct ctx ctx = courier_ctx(call->mem);
	enum mc_err err = dispatch_take(&ctx, turn, &call->what);
	if (err && err != MC_UNKNOWN)
		log_error("courier-untaken", "why", ctx.why ? ctx.why->key : "?");
	if (err || !courier_begin(call, ctx.now))
		courier_end(call);
}

static void courier_look(void)
{
	struct arena *mem = arena_begin();
	struct ctx ctx = courier_ctx(mem);
	struct dispatch_turn *turn;
	size_t count = 0;
	if (courier_free() && dispatch_turns(&ctx, &turn, &count))
		log_error("courier-blind", "why", ctx.why ? ctx.why->key : "?");
	for (size_t i = 0; i < count; i++) {
		struct courier_call *call = courier_free();
		if (!call)
			break;
		/* Put off, so that those behind it in the queue are seen. */
		if (courier_busy(&turn[i]) >= COURIER_HOST)
			(void)dispatch_wait(&ctx, &turn[i], COURIER_PUT_OFF);
		else
			courier_take(call, &turn[i]);
	}
	arena_end(mem);
}

static bool courier_idle(void)
{
	for (size_t i = 0; i < COURIER_MOST; i++)
		if (courier.call[i].mem)
			return false;
	return true;
}

static void *courier_loop(void *unused)
{
	int64_t leaves = 0;
	int running;
	(void)unused;
	for (;;) {
		if (atomic_load(&courier.stop) && !leaves)
			leaves = clock_tick_us() + COURIER_LEAVE_US;
		if (leaves && (courier_idle() || clock_tick_us() > leaves))
			break;
		if (!leaves)
			courier_look();
		curl_multi_perform(courier.multi, &running);
		courier_collect();
		curl_multi_poll(courier.multi, NULL, 0, leaves ? 100 : COURIER_POLL_MS, NULL);
	}
	for (size_t i = 0; i < COURIER_MOST; i++)
		if (courier.call[i].mem)
			courier_end(&courier.call[i]);
	return NULL;
}

bool courier_start(struct store *store)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		return false;
	courier.multi = curl_multi_init();
	courier.store = store;
	atomic_store(&courier.stop, false);
	courier.runs = courier.multi && !pthread_create(&courier.thread, NULL, courier_loop, NULL);
	return courier.runs;
}

void courier_stop(void)
{
	if (!courier.runs)
		return;
	atomic_store(&courier.stop, true);
	curl_multi_wakeup(courier.multi);
	pthread_join(courier.thread, NULL);
	curl_multi_cleanup(courier.multi);
	courier.runs = false;
}

void courier_wake(void)
{
	if (courier.runs)
		curl_multi_wakeup(courier.multi);
}
