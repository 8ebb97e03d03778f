/* Whatever bytes come as a form with files, in whatever pieces: the same form or the
 * same reason as when they come at once. A few low bytes stand for the lines
 * that hold a form together, so that the search soon gets behind them. */
#include "base/arena.h"
#include "base/form.h"
#include "base/text.h"
#include "http/multipart.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static const char *const fuzz_multipart_lines[] = {
	"\r\n--x", "\r\n--x--", "\r\n", "--x\r\n",
	"\r\n--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
	"Content-Disposition: form-data; name=\"", "\"; filename=\"",
};

static const char *fuzz_multipart_read(struct arena *mem, const char *bytes, size_t n, size_t piece)
{
	struct ctx ctx = { .mem = mem };
	struct form *form = form_begin(mem);
	struct multipart *m = multipart_begin(mem, "multipart/form-data; boundary=x", NULL,
					      (struct multipart_limits){ .values = 2000 }, form);
	enum mc_err err = MC_OK;
	for (size_t at = 0; !err && at < n; at += piece)
		err = multipart_add(&ctx, m, bytes + at, n - at < piece ? n - at : piece);
	if (!err)
		err = multipart_end(&ctx, m);
	return err ? ctx.why->key : form_json(form);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena *mem = arena_begin();
	struct text form = text_begin(mem);
	size_t piece = n ? 1u + bytes[0] % 16u : 1;
	for (size_t i = 1; i < n; i++)
		if (bytes[i] >= 1 && bytes[i] <= sizeof fuzz_multipart_lines / sizeof *fuzz_multipart_lines)
			text_add(&form, fuzz_multipart_lines[bytes[i] - 1]);
		else
			text_add_n(&form, (const char *)&bytes[i], 1);
	const char *whole = fuzz_multipart_read(mem, form.bytes, form.size, form.size + 1);
	const char *parts = fuzz_multipart_read(mem, form.bytes, form.size, piece);
	assert(!strcmp(whole, parts));
	arena_end(mem);
	return 0;
}
