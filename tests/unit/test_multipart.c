#include "check.h"
#include "folder.h"
#include "../../src/base/arena.h"
#include "../../src/base/digest.h"
#include "../../src/http/multipart.h"
#include "../../src/store/blob.h"
#include "../../src/store/db.h"
#include "../../src/store/mishap.h"

static struct store *multipart_test_store;

#define FIELD(name, value) "--xy\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define TEXT_FILE(name, file, value) "--xy\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file \
	"\"\r\nContent-Type: Text/Plain; charset=utf-8\r\n\r\n" value "\r\n"
#define END "--xy--\r\n"

/* Reads a form in pieces of this size; its canonical bytes, or the key of the reason. */
static const char *multipart_test_read(struct arena *mem, const char *bytes, size_t n, size_t piece, int64_t file)
{
	struct ctx ctx = { .mem = mem };
	struct form *form = form_begin(mem);
	struct multipart *m = multipart_begin(mem, "multipart/form-data; charset=utf-8; boundary=\"xy\"",
					      multipart_test_store,
					      (struct multipart_limits){ .values = 1000, .file = file, .files = 2 }, form);
	enum mc_err err = m ? MC_OK : MC_INVALID;
	for (size_t at = 0; !err && at < n; at += piece)
		err = multipart_add(&ctx, m, bytes + at, n - at < piece ? n - at : piece);
	if (!err)
		err = multipart_end(&ctx, m);
	if (!err && multipart_wrong(m))
		return multipart_wrong(m)->key;
	return err ? ctx.why->key : form_json(form);
}

static const char *multipart_test_file(struct arena *mem, const char *content, const char *rest)
{
	return arena_print(mem, "%s %zu %s", digest_of(mem, content, strlen(content)), strlen(content), rest);
}

static void multipart_test_rows(struct arena *mem)
{
	struct text long_value = text_begin(mem), long_head = text_begin(mem);
	for (int i = 0; i < 1001; i++)
		text_add(&long_value, "v");
	for (int i = 0; i < 5000; i++)
		text_add(&long_head, "h");
	const char *hello = multipart_test_file(mem, "hello\r\n--x", "text/plain 证据 1.txt");
	const char *empty = multipart_test_file(mem, "c", "text/plain c.txt");
	const struct { const char *bytes, *result; } rows[] = {
		{ FIELD("a", "1") FIELD("b", "法院") END, "{\"a\":\"1\",\"b\":\"法院\"}" },
		{ "preamble\r\n" FIELD("a", "1") END "epilogue\r\n--xy\r\nmore", "{\"a\":\"1\"}" },
		{ FIELD("a", "") END, "{}" },
		{ FIELD("a", "\r\n") END, "{\"a\":\"\\n\"}" },
		{ FIELD("a", "1\r\n2\r\r\n--x\r\n-") END, "{\"a\":\"1\\n2\\n\\n--x\\n-\"}" },
		{ FIELD("a", "\r") END, "{\"a\":\"\\n\"}" },
		{ "--xy  \r\nContent-Disposition: form-data; name=\"a;b\"; x=y\r\n\r\n1\r\n" END, "{\"a;b\":\"1\"}" },
		{ "--xy\r\ncontent-disposition:form-data;name=a\r\n\r\n1\r\n" END, "{\"a\":\"1\"}" },
		{ END, "{}" },
		{ TEXT_FILE("f", "c:\\\\work\\\\证据 1.txt", "hello\r\n--x") END,
		  arena_print(mem, "{\"f\":\"%s\"}", hello) },
		{ TEXT_FILE("f", "", "") FIELD("a", "1") END, "{\"a\":\"1\"}" },
		{ TEXT_FILE("f", "a/b/c.txt", "c") TEXT_FILE("f", "c.txt", "c") END,
		  arena_print(mem, "{\"f\":\"%s\",\"f.2\":\"%s\"}", empty, empty) },
		{ TEXT_FILE("f", "a", "") TEXT_FILE("f", "b", "") TEXT_FILE("f", "c", "") END, "file.too_many" },
		{ TEXT_FILE("f", "a", "123456789012345678901") END, "file.too_large" },
		{ TEXT_FILE("f", "a", "") END, "file.empty" },
		{ TEXT_FILE("f", "a.html", "<p>") END, "file.wrong_type" },
		{ TEXT_FILE("f", "a.pdf", "<svg/>") END, "file.disguised" },
		{ TEXT_FILE("f", "a.pdf", "%PDF-1.7") END, "file.truncated" },
		{ TEXT_FILE("f", "a.txt", "\xbd\xe8\xbf\xee") END, "file.letters" },
		{ FIELD("a", "\xff") END, "form.not_utf8" },
		{ FIELD("\xff", "1") END, "request.multipart" },
		{ FIELD("", "1") END, "request.multipart" },
		{ FIELD("a", "1"), "request.multipart" },
		{ "", "request.multipart" },
		{ "--xy\r\n\r\nno headers\r\n" END, "request.multipart" },
		{ "--xyz\r\n", "request.multipart" },
		{ arena_print(mem, FIELD("a", "%s") END, text_end(&long_value)), "form.too_large" },
		{ arena_print(mem, "--xy\r\nX: %s\r\n\r\n" END, text_end(&long_head)), "request.multipart" },
	};
	static const size_t pieces[] = { 1, 2, 3, 5, 17, 100000 };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++)
			CHECK_TEXT(multipart_test_read(mem, rows[i].bytes, strlen(rows[i].bytes), pieces[p], 20),
				   rows[i].result);
	const char *file = TEXT_FILE("f", "a", "1") END;
	CHECK_TEXT(multipart_test_read(mem, file, strlen(file), 100, 0), "file.not_here");
	const char hole[] = "--xy\r\nContent-Disposition: form-data; name=\"a\0b\"\r\n\r\n1\r\n" END;
	CHECK_TEXT(multipart_test_read(mem, hole, sizeof hole - 1, 100, 0), "request.multipart");
}

/* Names that nobody would want to see again as they came. */
static void multipart_test_names(struct arena *mem)
{
	struct text name = text_begin(mem);
	for (int i = 0; i < 100; i++)
		text_add(&name, "证");
	const struct { const char *sent, *kept; } rows[] = {
		{ "../../etc/passwd", "passwd" }, { "a%22b.txt", "a\\\"b.txt" }, { "a\tb", "ab" }, { "..", ".." },
		{ "dir/", "file" }, { "  x  ", "x" }, { "\xff.txt", "file" },
		{ text_end(&name), arena_print(mem, "%.198s", text_end(&name)) },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *bytes = arena_print(mem, TEXT_FILE("f", "%s", "x") END, rows[i].sent);
		const char *want = arena_print(mem, "{\"f\":\"%s 1 text/plain %s\"}", digest_of(mem, "x", 1), rows[i].kept);
		CHECK_TEXT(multipart_test_read(mem, bytes, strlen(bytes), 100000, 20), want);
	}
}

/* A disk that fails while a file is looked at is no fault of the file. */
static void multipart_test_disk(struct arena *mem)
{
	const char *bytes = TEXT_FILE("f", "a.txt", "words") END, *got = "";
	bool over = false;
	for (int n = 1; n < 100 && !over; n++) {
		mishap_after(n);
		got = multipart_test_read(mem, bytes, strlen(bytes), 100000, 20);
		over = mishap_after(0) > 0;
		if (!over)
			CHECK_TEXT(got, "store.disk");
	}
	CHECK(over && !strncmp(got, "{\"f\":", 5));
}

int main(void)
{
	struct arena *mem = arena_begin();
	struct ctx ctx = { .mem = mem, .person = "", .session = "", .device = "" };
	char folder[256];
	folder_make(folder, sizeof folder);
	CHECK_INT(db_open(&ctx, folder, "", &multipart_test_store), MC_OK);
	CHECK(!multipart_begin(mem, "multipart/form-data", NULL, (struct multipart_limits){ 0 }, NULL));
	CHECK(!multipart_begin(mem, "multipart/mixed; boundary=x", NULL, (struct multipart_limits){ 0 }, NULL));
	CHECK(!multipart_begin(mem, "multipart/form-data; boundary=", NULL, (struct multipart_limits){ 0 }, NULL));
	multipart_test_rows(mem);
	multipart_test_names(mem);
	multipart_test_disk(mem);
	int fd;
	int64_t size;
	CHECK_INT(blob_open(&ctx, multipart_test_store, digest_of(mem, "hello\r\n--x", 10), &fd, &size), MC_OK);
	CHECK_INT(size, 10);
	close(fd);
	arena_end(mem);
	folder_remove(folder);
	return check_end();
}
