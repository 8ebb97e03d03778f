/* Whatever bytes come as a configuration file: settings or reasons, each with its place; and
 * what was taken is within what its row allows. */
#include "base/arena.h"
#include "base/setting.h"
#include "base/setting_source.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct ctx ctx = { .mem = arena_begin() };
	setting_forget();
	if (setting_source_file(&ctx, "f", (const char *)bytes, n))
		assert(ctx.why);
	for (struct why *why = ctx.why; why; why = why->next)
		assert(why->key && !strncmp(why->arg[0], "f:", 2));
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_value *value = setting_value((enum setting)i);
		const struct setting_row *row = setting_row((enum setting)i);
		assert(text_valid(value->text, strlen(value->text)));
		if (*value->from && row->kind >= SETTING_KIND_INT && row->kind <= SETTING_KIND_DURATION)
			assert(value->number >= row->least && value->number <= row->most);
	}
	for (size_t i = 0; setting_star("oidc", i); i++)
		assert(*setting_star("oidc", i));
	arena_end(ctx.mem);
	return 0;
}
