/* Files of every class, made here: whole ones are taken as what they are, broken ones are told apart. */
#include "check.h"
#include "../../src/base/arena.h"
#include "../../src/base/text.h"
#include "../../src/law/format.h"

struct format_test_bytes { const char *at; size_t size; };

static size_t format_test_read(void *what, int64_t at, void *bytes, size_t n)
{
	const struct format_test_bytes *b = what;
	size_t left = (size_t)at < b->size ? b->size - (size_t)at : 0;
	n = n < left ? n : left;
	memcpy(bytes, b->at + (left ? at : 0), n);
	return n;
}

static enum format_fault format_test_look(struct text bytes, const char *name, const char *type, const struct format **found)
{
	struct format_test_bytes b = { bytes.bytes, bytes.size };
	struct intact_file file = { (int64_t)bytes.size, format_test_read, &b };
	return format_look(&file, name, type, found);
}

#define ADD(t, literal) text_add_n(&(t), literal, sizeof literal - 1)

static void format_test_number(struct text *t, uint32_t n, int bytes, bool big)
{
	for (int i = 0; i < bytes; i++)
		text_add_n(t, (const char[]){ (char)(n >> 8 * (big ? bytes - 1 - i : i)) }, 1);
}

static struct text format_test_pdf(struct arena *mem, bool packed, const char *trailer, size_t pad)
{
	struct text t = text_begin(mem);
	ADD(t, "%PDF-1.7\n");
	while (pad--)
		text_add(&t, "0123456789 /Encrypt\n");
	size_t at = t.size;
	text_print(&t, packed ? "5 0 obj<</Type/XRef %s>>stream\nx\nendstream\n" : "xref\n0 1\n0000000000 65535 f \ntrailer<<%s>>\n", trailer);
	text_print(&t, "startxref\n%zu\n%%%%EOF\n", at);
	return t;
}

static struct text format_test_png(struct arena *mem)
{
	struct text t = text_begin(mem);
	ADD(t, "\x89PNG\r\n\x1a\n\0\0\0\4IHDRxxxxcccc\0\0\0\3IDATxxxcccc\0\0\0\0IEND\xae\x42\x60\x82");
	return t;
}

static struct text format_test_jpeg(struct arena *mem, size_t behind)
{
	struct text t = text_begin(mem);
	/* With a small picture inside, which has an end of its own. */
	ADD(t, "\xff\xd8\xff\xe1\0\x08xx\xff\xd9xx\xff\xda\0\x04xxscanscan\xff\xd9");
	while (behind--)
		text_add(&t, "behind");
	return t;
}

static struct text format_test_riff(struct arena *mem, const char *kind)
{
	struct text t = text_begin(mem);
	ADD(t, "RIFF");
	format_test_number(&t, 20, 4, false);
	text_add(&t, kind);
	ADD(t, "data\4\0\0\0abcdefgh");
	return t;
}

static struct text format_test_boxes(struct arena *mem, const char *brand, const char *inside)
{
	struct text t = text_begin(mem);
	format_test_number(&t, 12, 4, true);
	text_print(&t, "ftyp%s", brand);
	format_test_number(&t, 11, 4, true);
	text_print(&t, "%sabc", inside);
	format_test_number(&t, 1, 4, true);
	text_add(&t, "mdat");
	format_test_number(&t, 0, 4, true);
	format_test_number(&t, 20, 4, true);
	text_add(&t, "wxyz");
	return t;
}

static struct text format_test_zip(struct arena *mem, const char *name, int flags)
{
	struct text t = text_begin(mem);
	ADD(t, "PK\3\4 some content ");
	size_t at = t.size, n = strlen(name);
	ADD(t, "PK\1\2\0\0\0\0");
	format_test_number(&t, (uint32_t)flags, 2, false);
	for (int i = 0; i < 18; i++)
		ADD(t, "\0");
	format_test_number(&t, (uint32_t)n, 2, false);
	for (int i = 0; i < 16; i++)
		ADD(t, "\0");
	text_add(&t, name);
	size_t size = t.size - at;
	ADD(t, "PK\5\6\0\0\0\0\1\0\1\0");
	format_test_number(&t, (uint32_t)size, 4, false);
	format_test_number(&t, (uint32_t)at, 4, false);
	ADD(t, "\0\0");
	return t;
}

static struct text format_test_ole(struct arena *mem, bool locked)
{
	struct text t = text_begin(mem);
	ADD(t, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
	while (t.size < 1024)
		ADD(t, "\0");
	t.bytes[30] = 9;
	if (locked)
		ADD(t, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0");
	return t;
}

static struct text format_test_words(struct arena *mem, const char *words)
{
	struct text t = text_begin(mem);
	text_add(&t, words);
	return t;
}

static struct text format_test_long(struct arena *mem)
{
	struct text t = text_begin(mem);
	for (int i = 0; i < 5000; i++)
		text_add(&t, "证据");
	return t;
}

static void format_test_check(struct arena *mem, struct text bytes, const char *name, const char *type,
			      enum format_fault want, const char *kept)
{
	const struct format *found;
	enum format_fault got = format_test_look(bytes, name, type, &found);
	CHECK_INT(got, want);
	if (got != want)
		printf("  file %s\n", name);
	if (!got && !want)
		CHECK_TEXT(found->type, kept);
	(void)mem;
}

/* Every whole file, and the same cut off anywhere in its last part. */
static void format_test_whole(struct arena *mem)
{
	const struct { struct text bytes; const char *name, *type; size_t cut; enum format_fault fault; } rows[] = {
		{ format_test_pdf(mem, false, "/Root 1 0 R", 0), "借条.pdf", "application/pdf", 4, FORMAT_CUT },
		{ format_test_pdf(mem, true, "/Root 1 0 R", 10000), "a.PDF", "application/pdf", 4, FORMAT_CUT },
		{ format_test_png(mem), "a.png", "image/png", 5, FORMAT_CUT },
		{ format_test_jpeg(mem, 0), "a.jpg", "image/jpeg", 1, FORMAT_CUT },
		{ format_test_riff(mem, "WEBP"), "a.webp", "image/webp", 2, FORMAT_CUT },
		{ format_test_riff(mem, "WAVE"), "a.wav", "audio/wav", 8, FORMAT_CUT },
		{ format_test_boxes(mem, "isom", "moov"), "a.mp4", "video/mp4", 1, FORMAT_CUT },
		{ format_test_boxes(mem, "qt  ", "moov"), "a.mov", "video/quicktime", 30, FORMAT_CUT },
		{ format_test_boxes(mem, "heic", "meta"), "a.heic", "image/heic", 1, FORMAT_CUT },
		{ format_test_zip(mem, "word/document.xml", 0), "a.docx",
		  "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 3, FORMAT_CUT },
		{ format_test_zip(mem, "xl/workbook.xml", 0), "a.xlsx",
		  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 30, FORMAT_CUT },
		{ format_test_zip(mem, "OFD.xml", 0), "a.ofd", "application/ofd", 22, FORMAT_CUT },
		{ format_test_words(mem, "GIF89a123456789012;"), "a.gif", "image/gif", 1, FORMAT_CUT },
		{ format_test_words(mem, "\xef\xbb\xbf借款十万元\n"), "a.txt", "text/plain", 2, FORMAT_LETTERS },
		{ format_test_long(mem), "长.txt", "text/plain", 1, FORMAT_LETTERS },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct text cut = rows[i].bytes;
		format_test_check(mem, cut, rows[i].name, rows[i].type, FORMAT_WHOLE, rows[i].type);
		format_test_check(mem, cut, rows[i].name, "application/octet-stream", FORMAT_WHOLE, rows[i].type);
		cut.size -= rows[i].cut;
		format_test_check(mem, cut, rows[i].name, rows[i].type, rows[i].fault, "");
		cut.size = 0;
		format_test_check(mem, cut, rows[i].name, rows[i].type, FORMAT_EMPTY, "");
	}
	/* Without an ending the bytes alone say it. */
	format_test_check(mem, format_test_png(mem), "1.照片", "", FORMAT_WHOLE, "image/png");
	format_test_check(mem, format_test_boxes(mem, "heic", "meta"), "x", "", FORMAT_WHOLE, "image/heic");
	format_test_check(mem, format_test_boxes(mem, "isom", "moov"), "x", "", FORMAT_WHOLE, "video/mp4");
	format_test_check(mem, format_test_zip(mem, "xl/x", 0), "x", "", FORMAT_WHOLE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	format_test_check(mem, format_test_words(mem, "words"), "x", "", FORMAT_WHOLE, "text/plain");
	/* A camera hangs much behind the picture. */
	format_test_check(mem, format_test_jpeg(mem, 30000), "a.jpg", "", FORMAT_WHOLE, "image/jpeg");
}

static void format_test_broken(struct arena *mem)
{
	const struct { struct text bytes; const char *name, *type; enum format_fault fault; } rows[] = {
		{ format_test_pdf(mem, false, "/Root 1 0 R/Encrypt 9 0 R", 0), "a.pdf", "", FORMAT_LOCKED },
		{ format_test_pdf(mem, true, "/Encrypt 9 0 R", 9000), "a.pdf", "", FORMAT_LOCKED },
		{ format_test_words(mem, "%PDF-1.7\nstartxref\n9999\n%%EOF"), "a.pdf", "", FORMAT_CUT },
		{ format_test_zip(mem, "word/document.xml", 1), "a.docx", "", FORMAT_LOCKED },
		{ format_test_ole(mem, true), "a.docx", "", FORMAT_LOCKED },
		{ format_test_ole(mem, false), "a.docx", "", FORMAT_DISGUISED },
		{ format_test_zip(mem, "xl/workbook.xml", 0), "a.docx", "", FORMAT_DISGUISED },
		{ format_test_words(mem, "<!DOCTYPE html><script>1</script>"), "a.pdf", "application/pdf", FORMAT_DISGUISED },
		{ format_test_words(mem, "<svg xmlns='http://www.w3.org/2000/svg'/>"), "a.png", "image/png", FORMAT_DISGUISED },
		{ format_test_words(mem, "MZ\x90"), "a.jpg", "", FORMAT_DISGUISED },
		{ format_test_png(mem), "a.jpg", "image/jpeg", FORMAT_DISGUISED },
		{ format_test_png(mem), "照片", "application/pdf", FORMAT_DISGUISED },
		{ format_test_png(mem), "a.txt", "text/plain", FORMAT_DISGUISED },
		{ format_test_words(mem, "<p>"), "a.html", "text/html", FORMAT_KIND },
		{ format_test_words(mem, "<svg/>"), "a.svg", "image/svg+xml", FORMAT_KIND },
		{ format_test_png(mem), "a.exe", "image/png", FORMAT_KIND },
		{ format_test_words(mem, "\x7f" "ELF\xff\xff"), "program", "", FORMAT_KIND },
		{ format_test_words(mem, "\xbd\xe8\xbf\xee"), "a.txt", "", FORMAT_LETTERS },
		{ format_test_boxes(mem, "isom", "free"), "a.mp4", "", FORMAT_CUT },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		format_test_check(mem, rows[i].bytes, rows[i].name, rows[i].type, rows[i].fault, "");
}

static void format_test_reasons(struct arena *mem)
{
	struct ctx ctx = { .mem = mem };
	static const char *const keys[] = { "", "file.empty", "file.wrong_type", "file.disguised", "file.letters", "file.truncated",
		"file.encrypted" };
	CHECK(!format_refuse(&ctx, FORMAT_WHOLE, "file", "a.pdf"));
	for (int fault = FORMAT_EMPTY; fault <= FORMAT_LOCKED; fault++) {
		CHECK_INT(format_refuse(&ctx, (enum format_fault)fault, "file", "a.pdf"), MC_INVALID);
		CHECK_TEXT(ctx.why->key, keys[fault]);
		CHECK_TEXT(ctx.why->arg[0], "a.pdf");
		ctx_forget(&ctx);
	}
	CHECK(strstr(format_endings(mem), ".pdf,.png,.jpg,.jpeg"));
	CHECK(!strstr(format_endings(mem), "html"));
	CHECK_INT(format_look_name("a.html"), FORMAT_KIND);
	CHECK_INT(format_look_name("a.Docx"), FORMAT_WHOLE);
}

int main(void)
{
	struct arena *mem = arena_begin();
	format_test_whole(mem);
	format_test_broken(mem);
	format_test_reasons(mem);
	arena_end(mem);
	return check_end();
}
