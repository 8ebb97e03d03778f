/* Whatever bytes come as JSON: a form or a reason, and the canonical bytes of a
 * form read back as the same form. The JSON reader is a library that the fuzzer
 * cannot see into, so half of the inputs are spelled out into objects that are
 * JSON, with names that collide and texts that need escaping. */
#include "base/arena.h"
#include "base/form.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

struct fuzz_form_input {
	const unsigned char *bytes;
	size_t left;
};

static unsigned fuzz_form_next(struct fuzz_form_input *in)
{
	return in->left ? (in->left--, *in->bytes++) : 0;
}

static void fuzz_form_spell(struct text *out, struct fuzz_form_input *in, int depth)
{
	static const char *const name[] = { "a", "b", "1", "2", "a.1", "1.b", "b.1.a", "", ".", "\"诉\\\n" };
	static const char *const value[] = { "\"x\"", "\"\"", "1", "-7", "0.1", "1e30", "true", "false", "null",
					     "\"\\u0001\\\"\"", "\"\\ud83d\\ude00\"", "9223372036854775807" };
	unsigned what = fuzz_form_next(in);
	if (depth && (what & 3) < 2) {
		text_add(out, value[what / 4 % (sizeof value / sizeof *value)]);
		return;
	}
	bool object = !depth || (what & 1);
	text_add(out, object ? "{" : "[");
	for (unsigned i = 0, many = what / 4 % 6; i < many && in->left; i++) {
		if (i)
			text_add(out, ",");
		if (object) {
			text_json(out, name[fuzz_form_next(in) % (sizeof name / sizeof *name)]);
			text_add(out, ":");
		}
		fuzz_form_spell(out, in, depth + 1);
	}
	text_add(out, object ? "}" : "]");
}

static void fuzz_form_try(const char *json, size_t n)
{
	struct ctx ctx = { .mem = arena_begin() };
	struct form *form = NULL, *again = NULL;
	if (form_read(&ctx, json, n, &form)) {
		assert(!form && ctx.why && ctx.why->key);
	} else {
		const char *same = form_json(form);
		assert(text_valid(same, strlen(same)));
		enum mc_err err = form_read(&ctx, same, strlen(same), &again);
		assert(!err && !strcmp(same, form_json(again)));
		int rows = form_rows(form, "a");
		if (rows < 9000)
			form_set_at(form, "a", rows + 1, "b", "c");
		form_remove_row(form, "a", 1);
		form_remove_row(form, "b.1", 2);
		assert(!strcmp(form_at(form, "a", rows + 1, "b"), "") || !rows);
	}
	arena_end(ctx.mem);
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	if (n && bytes[0] & 1) {
		struct arena *mem = arena_begin();
		struct text json = text_begin(mem);
		struct fuzz_form_input in = { bytes + 1, n - 1 };
		fuzz_form_spell(&json, &in, 0);
		fuzz_form_try(text_end(&json), json.size);
		arena_end(mem);
	} else {
		fuzz_form_try((const char *)bytes, n);
	}
	return 0;
}
