#include "intact.h"
#include "../base/text.h"

#include <string.h>

#define INTACT_PIECE 4096               /* read at once */
#define INTACT_TAIL (64 << 10)          /* how far from its end the end of a file is looked for */
#define INTACT_PARTS 200000             /* parts of one file that are walked */
#define INTACT_TABLE (16 << 20)         /* bytes of a PDF's list of objects */

/* The number in n bytes, the greatest first, or the least first. */
static int64_t intact_big(const unsigned char *at, int n)
{
	int64_t sum = 0;
	for (int i = 0; i < n; i++)
		sum = (int64_t)((uint64_t)sum << 8) | at[i];
	return sum;
}

static int64_t intact_little(const unsigned char *at, int n)
{
	int64_t sum = 0;
	while (n--)
		sum = (int64_t)((uint64_t)sum << 8) | at[n];
	return sum;
}

/* True if all n bytes are there. */
static bool intact_read(const struct intact_file *file, int64_t at, void *bytes, size_t n)
{
	return at >= 0 && at <= file->size && (int64_t)n <= file->size - at && file->read(file->what, at, bytes, n) == n;
}

/* Where the word stands first from there on, before the end; -1 if nowhere. */
static int64_t intact_find(const struct intact_file *file, int64_t from, int64_t end, const void *word, size_t n)
{
	unsigned char bytes[INTACT_PIECE];
	from = from < 0 ? 0 : from;
	while (from + (int64_t)n <= end) {
		size_t want = end - from < INTACT_PIECE ? (size_t)(end - from) : INTACT_PIECE;
		size_t got = file->read(file->what, from, bytes, want);
		const unsigned char *hit = got >= n ? memmem(bytes, got, word, n) : NULL;
		if (hit)
			return from + (hit - bytes);
		if (got < want || got < n)
			break;
		from += (int64_t)(got - n + 1);
	}
	return -1;
}

/* The same, but where it stands last. */
static int64_t intact_find_last(const struct intact_file *file, int64_t from, const char *word)
{
	int64_t last = -1;
	for (int64_t at = from - 1; (at = intact_find(file, at + 1, file->size, word, strlen(word))) >= 0;)
		last = at;
	return last;
}

enum intact intact_any(const struct intact_file *file, const char *inside)
{
	(void)file;
	(void)inside;
	return INTACT_WHOLE;
}

/* -- PDF --------------------------------------------------------------------------------- */

/* The number behind "startxref": where the list of objects begins; -1 if there is none. */
static int64_t intact_pdf_table(const struct intact_file *file, int64_t word)
{
	unsigned char bytes[40] = "";
	(void)file->read(file->what, word + 9, bytes, sizeof bytes - 1);
	const unsigned char *at = bytes + strspn((char *)bytes, " \r\n\t");
	int64_t where = 0;
	if (*at < '0' || *at > '9')
		return -1;
	for (; *at >= '0' && *at <= '9' && where < INT64_MAX / 20; at++)
		where = where * 10 + (*at - '0');
	return where;
}

enum intact intact_pdf(const struct intact_file *file, const char *inside)
{
	(void)inside;
	int64_t tail = file->size - 2048;
	int64_t end = intact_find_last(file, file->size - 1024, "%%EOF");
	int64_t word = intact_find_last(file, tail < 0 ? 0 : tail, "startxref");
	int64_t table = word < 0 ? -1 : intact_pdf_table(file, word);
	if (end < 0 || table < 0 || table >= file->size)
		return INTACT_CUT;
	/* A list in words is followed by its trailer; a packed list begins with a dictionary, which says the same. */
	unsigned char mark[4];
	int64_t from = table, to = -1;
	if (intact_read(file, table, mark, 4) && !memcmp(mark, "xref", 4)) {
		int64_t most = file->size - table < INTACT_TABLE ? file->size : table + INTACT_TABLE;
		from = intact_find(file, table, most, "trailer", 7);
		to = from < 0 ? -1 : intact_find(file, from, file->size, "startxref", 9);
	} else {
		to = intact_find(file, table, file->size - table < INTACT_TAIL ? file->size : table + INTACT_TAIL, "stream", 6);
	}
	return from >= 0 && to > from && intact_find(file, from, to, "/Encrypt", 8) >= 0 ? INTACT_LOCKED : INTACT_WHOLE;
}

/* -- pictures ---------------------------------------------------------------------------- */

enum intact intact_png(const struct intact_file *file, const char *inside)
{
	unsigned char chunk[8];
	int64_t at = 8;
	(void)inside;
	for (int i = 0; i < INTACT_PARTS && intact_read(file, at, chunk, sizeof chunk); i++) {
		at += 12 + intact_big(chunk, 4);
		if (at > file->size)
			return INTACT_CUT;
		if (!memcmp(chunk + 4, "IEND", 4))
			return INTACT_WHOLE;
	}
	return INTACT_CUT;
}

enum intact intact_jpeg(const struct intact_file *file, const char *inside)
{
	static const unsigned char end[] = { 0xff, 0xd9 };
	unsigned char segment[4];
	int64_t at = 2;
	(void)inside;
	/* A small picture for previews may stand in a segment before the picture itself. */
	for (int i = 0; i < INTACT_PARTS && intact_read(file, at, segment, sizeof segment) && segment[0] == 0xff; i++) {
		if (segment[1] == 0xda) {
			int64_t tail = file->size - INTACT_TAIL > at ? file->size - INTACT_TAIL : at;
			bool near = intact_find(file, tail, file->size, end, sizeof end) >= 0;
			/* Cameras hang more behind the picture: then its end is farther off. */
			return near || intact_find(file, at, tail + 1, end, sizeof end) >= 0 ? INTACT_WHOLE : INTACT_CUT;
		}
		at += segment[1] == 0xff ? 1 : 2 + intact_big(segment + 2, 2);
	}
	return INTACT_CUT;
}

enum intact intact_gif(const struct intact_file *file, const char *inside)
{
	(void)inside;
	return intact_find(file, file->size - 32, file->size, ";", 1) > 12 ? INTACT_WHOLE : INTACT_CUT;
}

enum intact intact_tiff(const struct intact_file *file, const char *inside)
{
	unsigned char head[8], count[2];
	(void)inside;
	if (!intact_read(file, 0, head, sizeof head))
		return INTACT_CUT;
	int64_t list = intact_little(head + 4, 4);
	if (list < 8 || !intact_read(file, list, count, sizeof count))
		return INTACT_CUT;
	return list + 2 + 12 * intact_little(count, 2) <= file->size ? INTACT_WHOLE : INTACT_CUT;
}

/* -- sound and moving pictures ----------------------------------------------------------- */

/* WAV and WEBP. A recorder that could not go back leaves its length at nothing, or at all ones. */
enum intact intact_riff(const struct intact_file *file, const char *inside)
{
	unsigned char head[12];
	(void)inside;
	if (!intact_read(file, 0, head, sizeof head))
		return INTACT_CUT;
	if (memcmp(head, "RIFF", 4) != 0)
		return INTACT_OTHER;
	int64_t length = intact_little(head + 4, 4);
	return length == 0 || length == UINT32_MAX || length + 8 <= file->size + 1 ? INTACT_WHOLE : INTACT_CUT;
}

/* The sound of an MP3 may stop anywhere; but the label before it must be whole. */
enum intact intact_mp3(const struct intact_file *file, const char *inside)
{
	unsigned char head[10];
	(void)inside;
	if (!intact_read(file, 0, head, sizeof head))
		return INTACT_CUT;
	if (memcmp(head, "ID3", 3) != 0)
		return INTACT_WHOLE;
	int64_t label = 0;
	for (int i = 6; i < 10; i++)
		label = label * 128 + (head[i] & 0x7f);
	return label + 10 < file->size ? INTACT_WHOLE : INTACT_CUT;
}

/* MP4 and its family are boxes, one after another; inside names the one without which nothing can be shown. */
enum intact intact_boxes(const struct intact_file *file, const char *inside)
{
	unsigned char box[16];
	int64_t at = 0;
	bool there = false, other = false;
	for (int i = 0; i < INTACT_PARTS && at < file->size; i++) {
		if (!intact_read(file, at, box, 8))
			return INTACT_CUT;
		int64_t size = intact_big(box, 4);
		if (size == 1)
			size = intact_read(file, at, box, 16) ? intact_big(box + 8, 8) : -1;
		else if (size == 0)
			size = file->size - at;
		if (size < 8 || size > file->size - at)
			return INTACT_CUT;
		there = there || !memcmp(box + 4, inside, 4);
		other = other || (!memcmp(box + 4, "moov", 4) != !memcmp(box + 4, "meta", 4));
		at += size;
	}
	return there ? INTACT_WHOLE : other ? INTACT_OTHER : INTACT_CUT;
}

/* -- office documents -------------------------------------------------------------------- */

#define INTACT_ZIP_END 22
#define INTACT_ZIP_ENTRY 46

/* Where the list of a ZIP's files begins, and how many there are; false if its end is missing. */
static bool intact_zip_list(const struct intact_file *file, int64_t *at, int64_t *count)
{
	unsigned char end[INTACT_ZIP_END];
	int64_t from = file->size - INTACT_TAIL - INTACT_ZIP_END;
	int64_t where = intact_find_last(file, from < 0 ? 0 : from, "PK\5\6");
	if (where < 0 || !intact_read(file, where, end, sizeof end))
		return false;
	*count = intact_little(end + 10, 2);
	*at = intact_little(end + 16, 4);
	return *at + intact_little(end + 12, 4) <= where;
}

enum intact intact_zip(const struct intact_file *file, const char *inside)
{
	unsigned char entry[INTACT_ZIP_ENTRY];
	char name[16];
	size_t n = strlen(inside);
	int64_t at, count;
	bool there = false;
	if (!intact_zip_list(file, &at, &count))
		return INTACT_CUT;
	for (; count > 0; count--) {
		if (!intact_read(file, at, entry, sizeof entry) || memcmp(entry, "PK\1\2", 4) != 0)
			return INTACT_CUT;
		if (entry[8] & 1)
			return INTACT_LOCKED;
		int64_t length = intact_little(entry + 28, 2);
		there = there || (length >= (int64_t)n && n <= sizeof name && intact_read(file, at + INTACT_ZIP_ENTRY, name, n)
				  && !memcmp(name, inside, n));
		at += INTACT_ZIP_ENTRY + length + intact_little(entry + 30, 2) + intact_little(entry + 32, 2);
	}
	return there ? INTACT_WHOLE : INTACT_OTHER;
}

bool intact_is_locked_office(const struct intact_file *file)
{
	static const unsigned char ole[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };
	unsigned char head[52];
	if (!intact_read(file, 0, head, sizeof head) || memcmp(head, ole, sizeof ole) != 0)
		return false;
	/* The list of its streams names one that holds the encrypted document. */
	int64_t shift = intact_little(head + 30, 2), list = intact_little(head + 48, 4);
	if (shift != 9 && shift != 12)
		return false;
	int64_t from = (list + 1) * ((int64_t)1 << shift), end = from + INTACT_PIECE;
	return intact_find(file, from, end < file->size ? end : file->size, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0", 20) >= 0;
}

/* -- text -------------------------------------------------------------------------------- */

/* UTF-8 at its head and at its tail; a letter that the reading cuts is left out. */
enum intact intact_text(const struct intact_file *file, const char *inside)
{
	char bytes[INTACT_PIECE];
	(void)inside;
	size_t n = file->read(file->what, 0, bytes, sizeof bytes), from = 0;
	bool all = (int64_t)n == file->size;
	for (size_t cut = 0; !all && cut < 3 && n && ((unsigned char)bytes[n - 1] & 0x80) && !text_valid(bytes, n); cut++)
		n--;
	if (!text_valid(bytes, n))
		return INTACT_OTHER;
	if (all)
		return INTACT_WHOLE;
	n = file->read(file->what, file->size - (int64_t)n, bytes, n);
	while (from < 3 && from < n && ((unsigned char)bytes[from] & 0xc0) == 0x80)
		from++;
	return text_valid(bytes + from, n - from) ? INTACT_WHOLE : INTACT_OTHER;
}
