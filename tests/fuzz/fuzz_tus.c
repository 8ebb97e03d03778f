/* Whatever bytes come as a header of an upload: metadata that are taken have whole UTF-8 values and
 * keys of their own, and a checksum that is known has as many bytes as its kind. */
#include "base/arena.h"
#include "base/text.h"
#include "http/tus.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena *mem = arena_begin();
	char *header = arena_take(mem, n + 1);
	struct tus_sum sum;
	struct form *form;
	int64_t number;
	memcpy(header, bytes, n);
	if (tus_metadata(mem, header, &form))
		for (size_t i = 0; i < form->count; i++) {
			assert(*form->pair[i].name && !strpbrk(form->pair[i].name, " ,"));
			assert(text_valid(form->pair[i].value, strlen(form->pair[i].value)));
		}
	if (tus_checksum(mem, header, &sum) && sum.state) {
		assert(sum.size == 20 || sum.size == 32);
		tus_sum_add(&sum, bytes, n);
		(void)tus_sum_right(&sum);
	}
	assert(!tus_number(header, &number) || number >= 0);
	arena_end(mem);
	return 0;
}
