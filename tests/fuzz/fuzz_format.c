/* Whatever bytes come as a file of any kind: looking at them reads nothing beyond them, comes to an end, and
 * takes a file with an ending as the kind of that ending or not at all. */
#include "base/arena.h"
#include "law/format.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

struct fuzz_format_file { const unsigned char *at; size_t size; };

static size_t fuzz_format_read(void *what, int64_t at, void *bytes, size_t n)
{
	const struct fuzz_format_file *file = what;
	assert(at >= 0);
	if ((uint64_t)at >= file->size)
		return 0;
	n = n < file->size - (size_t)at ? n : file->size - (size_t)at;
	memcpy(bytes, file->at + at, n);
	return n;
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	static const char *const names[] = { "a.pdf", "a.png", "a.jpg", "a.webp", "a.gif", "a.tif", "a.heic", "a.mp3", "a.wav",
		"a.mp4", "a.docx", "a.ofd", "a.txt", "a" };
	struct fuzz_format_file file = { bytes, n };
	struct intact_file look = { (int64_t)n, fuzz_format_read, &file };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct format *found;
		enum format_fault fault = format_look(&look, names[i], "", &found);
		assert(fault || (n && found));
		const struct format *said = format_of_name(names[i]);
		assert(fault || !said || !strcmp(found->type, said->type));
	}
	return 0;
}
