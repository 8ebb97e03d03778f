/* Which addresses are public (RFC 6890 and what was added since), and how a message is signed:
 * the vector of the Standard Webhooks libraries. */
#include "check.h"
#include "../../src/base/address.h"
#include "../../src/base/arena.h"
#include "../../src/base/setting.h"
#include "../../src/base/signature.h"
#include "../../src/court/webhook.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>
#include <sys/un.h>

static struct sockaddr_storage test_address_of(const char *text)
{
	struct sockaddr_storage out = { 0 };
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
	if (strchr(text, ':')) {
		CHECK_INT(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
		memcpy(&out, &six, sizeof six);
	} else {
		CHECK_INT(inet_pton(AF_INET, text, &four.sin_addr), 1);
		memcpy(&out, &four, sizeof four);
	}
	return out;
}

static void test_address_rules(void)
{
	static const struct { const char *text; int open; } row[] = {
		{ "8.8.8.8", 1 }, { "1.1.1.1", 1 }, { "9.255.255.255", 1 }, { "11.0.0.0", 1 }, { "223.255.255.255", 1 },
		{ "172.15.255.255", 1 }, { "172.32.0.0", 1 }, { "100.63.255.255", 1 }, { "100.128.0.0", 1 }, { "192.167.255.255", 1 },
		{ "0.0.0.0", 0 }, { "10.0.0.1", 0 }, { "10.255.255.255", 0 }, { "100.64.0.1", 0 }, { "100.127.255.255", 0 },
		{ "127.0.0.1", 0 }, { "127.255.0.3", 0 }, { "169.254.169.254", 0 }, { "172.16.0.1", 0 }, { "172.31.255.255", 0 },
		{ "192.0.0.8", 0 }, { "192.0.2.1", 0 }, { "192.88.99.1", 0 }, { "192.168.1.1", 0 }, { "198.18.0.1", 0 },
		{ "198.19.255.255", 0 }, { "198.51.100.7", 0 }, { "203.0.113.7", 0 }, { "224.0.0.1", 0 }, { "239.1.2.3", 0 },
		{ "240.0.0.1", 0 }, { "255.255.255.255", 0 },
		{ "2606:4700:4700::1111", 1 }, { "2400:3200::1", 1 }, { "2001:4860:4860::8888", 1 },
		{ "::", 0 }, { "::1", 0 }, { "::ffff:127.0.0.1", 0 }, { "::ffff:8.8.8.8", 0 }, { "::127.0.0.1", 0 }, { "64:ff9b::a00:1", 0 },
		{ "100::1", 0 }, { "2001::1", 0 }, { "2001:db8::1", 0 }, { "2002:7f00:1::", 0 }, { "3fff::1", 0 }, { "fc00::1", 0 },
		{ "fd12::1", 0 }, { "fe80::1", 0 }, { "fec0::1", 0 }, { "ff02::1", 0 },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct sockaddr_storage at = test_address_of(row[i].text);
		if (address_public((struct sockaddr *)&at) != row[i].open)
			printf("  %s\n", row[i].text);
		CHECK_INT(address_public((struct sockaddr *)&at), row[i].open);
		CHECK_INT(webhook_reaches((struct sockaddr *)&at, false), row[i].open);
		CHECK(!webhook_reaches((struct sockaddr *)&at, true));
	}
	struct sockaddr_un local = { .sun_family = AF_UNIX };
	CHECK(!address_public((struct sockaddr *)&local) && !address_loopback((struct sockaddr *)&local));
}

static void test_address_loopback(struct ctx *ctx)
{
	static const struct { const char *text; int own; } row[] = {
		{ "127.0.0.1", 1 }, { "127.9.9.9", 1 }, { "::1", 1 }, { "128.0.0.1", 0 }, { "10.0.0.1", 0 }, { "::2", 0 }, { "::ffff:127.0.0.1", 0 },
	};
	CHECK(!setting_put(ctx, SETTING_WEBHOOK_LOOPBACK, "", "on", "test"));
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct sockaddr_storage at = test_address_of(row[i].text);
		CHECK_INT(address_loopback((struct sockaddr *)&at), row[i].own);
		CHECK_INT(webhook_reaches((struct sockaddr *)&at, true), row[i].own);
	}
	setting_forget();
}

static void test_address_signature(struct arena *mem)
{
	unsigned char secret[24];
	size_t n = 0;
	CHECK(!sodium_base642bin(secret, sizeof secret, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 32, NULL, &n, NULL,
				 sodium_base64_VARIANT_ORIGINAL));
	CHECK_TEXT(signature_of(mem, secret, n, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"),
		   "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
	CHECK_TEXT(signature_told(mem, secret, n), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
}

int main(void)
{
	struct ctx ctx = { .mem = arena_begin(), .person = "", .session = "", .device = "" };
	test_address_rules();
	test_address_loopback(&ctx);
	test_address_signature(ctx.mem);
	arena_end(ctx.mem);
	return check_end();
}
