/* Whatever the payment service calls back with: believed only with its signature, and then each of
 * its values is what the court can keep. An input is the body; it is tried as it is, and signed. */
#include "base/arena.h"
#include "base/setting.h"
#include "base/text.h"
#include "court/payment.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static const char fuzz_payment_secret[] = "01234567890123456789012345678901";

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct ctx ctx = { .mem = arena_begin(), .person = "", .now = 1790000000 };
	struct payment_notice notice;
	if (!payment_on()) {
		assert(!setting_put(&ctx, SETTING_PAYMENT_URL, "", "http://localhost:9/", "test"));
		assert(!setting_put(&ctx, SETTING_PAYMENT_SECRET, "", fuzz_payment_secret, "test"));
	}
	char *body = arena_take(ctx.mem, n + 1);
	memcpy(body, bytes, n);
	assert(payment_read(&ctx, body, body, &notice) == MC_DENIED);
	ctx.why = NULL;
	if (!payment_read(&ctx, body, payment_sign(ctx.mem, fuzz_payment_secret, body), &notice)) {
		assert(*notice.court && *notice.order && *notice.reference && text_valid(notice.reference, strlen(notice.reference)));
		assert(notice.fen >= 0 && notice.at > ctx.now - 3600 && notice.at < ctx.now + 3600);
	} else {
		assert(ctx.why);
	}
	arena_end(ctx.mem);
	return 0;
}
