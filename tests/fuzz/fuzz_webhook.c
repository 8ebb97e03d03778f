/* Whatever address and events somebody names for a webhook, and whatever address a name turns out to
 * have. What is taken is kept as it was typed, but for blanks around it, leads over https, and its host is a
 * host and nothing else. An input: the address, a line feed, the events; or after a first byte 4 or 6 the
 * bytes of a network address. */
#include "../unit/network.h"
#include "court/webhook.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <sodium.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static struct ctx fuzz_webhook_ctx;
static struct store *fuzz_webhook_store;

static void fuzz_webhook_gone(void) { network_end(&fuzz_webhook_ctx, fuzz_webhook_store); }

/* An address of IPv4 that comes in the clothes of IPv6 leads nowhere else. */
static void fuzz_webhook_address(const unsigned char *bytes, size_t n, bool six)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 mapped = { .sin6_family = AF_INET6, .sin6_addr = { { { [10] = 0xff, [11] = 0xff } } } };
	if (n < (six ? 16u : 4u))
		return;
	if (six) {
		memcpy(&mapped.sin6_addr, bytes, 16);
		bool local = bytes[0] >= 0xfc || (bytes[0] < 0x20);
		assert(!local || !webhook_reaches((struct sockaddr *)&mapped, false));
		return;
	}
	memcpy(&four.sin_addr, bytes, 4);
	memcpy((unsigned char *)&mapped.sin6_addr + 12, bytes, 4);
	bool near = bytes[0] == 127 || bytes[0] == 10 || !bytes[0] || bytes[0] >= 224 || (bytes[0] == 192 && bytes[1] == 168) ||
		    (bytes[0] == 169 && bytes[1] == 254);
	assert(!near || !webhook_reaches((struct sockaddr *)&four, false));
	assert(!webhook_reaches((struct sockaddr *)&mapped, false) || webhook_reaches((struct sockaddr *)&four, false));
}

static void fuzz_webhook_taken(struct ctx *ctx, const char *url)
{
	struct webhook *hooks;
	size_t count;
	assert(!webhook_list(ctx, &hooks, &count) && count == 1);
	assert(strstr(url, hooks[0].url) && !strncasecmp(hooks[0].url, "https:", 6) && *hooks[0].host);
	for (const char *c = hooks[0].url; *c; c++)
		assert((unsigned char)*c > 0x20 && (unsigned char)*c < 0x7f);
	assert(!strpbrk(hooks[0].host, "@/\\?#"));
	assert(!webhook_remove(ctx, &hooks[0]));
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	if (!fuzz_webhook_store) {
		assert(sodium_init() >= 0);
		fuzz_webhook_ctx = network_open(&fuzz_webhook_store);
		fuzz_webhook_ctx.person = network_verified(&fuzz_webhook_ctx, "张伟", 1);
		atexit(fuzz_webhook_gone);
	}
	if (n && (bytes[0] == 4 || bytes[0] == 6)) {
		fuzz_webhook_address(bytes + 1, n - 1, bytes[0] == 6);
		return 0;
	}
	struct ctx ctx = fuzz_webhook_ctx;
	ctx.mem = arena_begin();
	char *url = arena_take(ctx.mem, n + 1), *end;
	const char *told;
	memcpy(url, bytes, n);
	end = url + strcspn(url, "\n");
	const char *events = *end ? end + 1 : "";
	*end = '\0';
	enum mc_err err = webhook_make(&ctx, "", url, events, &told);
	assert(err ? err == MC_INVALID && ctx.why : *told != '\0');
	if (!err)
		fuzz_webhook_taken(&ctx, url);
	arena_end(ctx.mem);
	return 0;
}
