#include "multipart.h"
#include "ask.h"
#include "../base/arena.h"
#include "../law/format.h"
#include "../store/blob.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#define MULTIPART_BOUNDARY 70   /* RFC 2046 section 5.1.1 */
#define MULTIPART_HEAD 4096     /* bytes of the headers of one part */
#define MULTIPART_NAME 200      /* bytes of a field's or a file's name */

enum multipart_place { MULTIPART_PREAMBLE, MULTIPART_AFTER, MULTIPART_HEADERS, MULTIPART_BODY, MULTIPART_EPILOGUE };

struct multipart_file {
	const char *field, *name, *type;
	struct blob *blob;
	int64_t size;
	bool over;                      /* larger than a file may be: read on, but not kept */
	struct multipart_file *next;
};

struct multipart {
	struct arena *mem;
	struct store *store;
	struct multipart_limits limits;
	struct form *form;
	char delimiter[MULTIPART_BOUNDARY + 8];
	size_t delimiter_size;
	enum multipart_place place;
	size_t hit;                     /* how much of the delimiter has just been seen */
	size_t borrowed;                /* how much of that was the end of line before the content */
	char head[MULTIPART_HEAD + 1];
	size_t head_size;
	const char *field;              /* of the part being read, NULL to skip it */
	struct text value;
	size_t values_size, parts;
	struct multipart_file *file, **end;     /* file: being read, NULL for a plain value */
	struct multipart_file *files;
	int files_count;
	struct form *sent;              /* the values of the files */
	struct why *wrong;              /* what is wrong with files */
};

/* The value of ; name=value or ; name="value" in a header, NULL if it has none. */
static char *multipart_parameter(struct arena *mem, const char *header, const char *name)
{
	size_t want = strlen(name);
	char *value = arena_take(mem, strlen(header) + 1);
	for (const char *at = strchr(header, ';'); at; at = strchr(at, ';')) {
		at += 1 + strspn(at + 1, " \t");
		bool same = !strncasecmp(at, name, want) && at[want] == '=';
		at += strcspn(at, "=;");
		if (*at != '=')
			continue;
		bool quoted = *++at == '"';
		size_t n = 0;
		for (at += quoted; *at && !strchr(quoted ? "\"" : "; \t", *at); at++) {
			if (quoted && *at == '\\' && (at[1] == '"' || at[1] == '\\'))
				at++;
			value[n++] = *at;
		}
		value[n] = '\0';
		if (same)
			return value;
		at += quoted && *at;
	}
	return NULL;
}

struct multipart *multipart_begin(struct arena *mem, const char *content_type, struct store *store,
				  struct multipart_limits limits, struct form *form)
{
	const char *boundary = NULL;
	if (ask_type_is(content_type, "multipart/form-data"))
		boundary = multipart_parameter(mem, content_type, "boundary");
	size_t n = boundary ? strlen(boundary) : 0;
	if (!n || n > MULTIPART_BOUNDARY || strcspn(boundary, "\r\n") != n)
		return NULL;
	struct multipart *m = arena_take(mem, sizeof *m);
	m->mem = mem;
	m->store = store;
	m->sent = form_begin(mem);
	m->limits = limits;
	m->form = form;
	m->end = &m->files;
	memcpy(m->delimiter, "\r\n--", 4);
	memcpy(m->delimiter + 4, boundary, n);
	m->delimiter_size = n + 4;
	m->hit = m->borrowed = 2;       /* the first boundary may stand at the very beginning, without a line end */
	return m;
}

const char *multipart_file_name(struct arena *mem, const char *name)
{
	for (const char *cut; (cut = strpbrk(name, "/\\")) != NULL;)
		name = cut + 1;
	if (!text_valid(name, strlen(name)))
		return "file";
	char *clean = arena_take(mem, strlen(name) + 1);
	size_t n = 0;
	for (; *name; name++) {
		bool quote = !strncmp(name, "%22", 3);
		char c = quote ? '"' : *name;
		name += quote ? 2 : 0;
		if ((unsigned char)c >= 0x20 && c != 0x7f)
			clean[n++] = c;
	}
	n = n < MULTIPART_NAME ? n : MULTIPART_NAME;
	while (n && ((unsigned char)clean[n] & 0xc0) == 0x80)
		n--;
	clean[n] = '\0';
	clean = text_trim(mem, clean);
	return *clean ? clean : "file";
}

const char *multipart_type(struct arena *mem, const char *type)
{
	size_t n = strcspn(type, "; \t");
	char *clean = arena_take(mem, n + 1);
	int slashes = 0;
	for (size_t i = 0; i < n; i++) {
		char c = type[i];
		c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-/", c))
			return "application/octet-stream";
		slashes += c == '/';
		clean[i] = c;
	}
	return n && n <= 100 && slashes == 1 && clean[0] != '/' && clean[n - 1] != '/' ? clean
										       : "application/octet-stream";
}

static enum mc_err multipart_invalid(struct ctx *ctx, const char *field)
{
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "request.multipart", .field = field });
}

static enum mc_err multipart_too_large(struct ctx *ctx, const char *key, const char *field, int64_t limit)
{
	return ctx_fail(ctx, MC_TOO_LARGE,
			(struct why){ .key = key, .field = field, .arg = { arena_print(ctx->mem, "%" PRId64, limit) } });
}

/* The headers of a part are complete: a plain value or a file begins. */
static enum mc_err multipart_open(struct ctx *ctx, struct multipart *m)
{
	const char *field = NULL, *file_name = NULL, *type = "";
	m->head[m->head_size] = '\0';
	m->values_size += m->head_size;
	if (memchr(m->head, '\0', m->head_size) || ++m->parts > 2 * ASK_VALUES || m->values_size > m->limits.values)
		return multipart_invalid(ctx, NULL);
	for (char *line = m->head, *next; *line; line = next) {
		next = line + strcspn(line, "\r\n");
		next += *next ? 1 + (next[0] == '\r' && next[1] == '\n') : 0;
		char *cut = line + strcspn(line, "\r\n");
		*cut = '\0';
		const char *value = strchr(line, ':');
		if (value && !strncasecmp(line, "Content-Disposition:", 20)) {
			field = multipart_parameter(m->mem, value, "name");
			file_name = multipart_parameter(m->mem, value, "filename");
		} else if (value && !strncasecmp(line, "Content-Type:", 13)) {
			type = value + 1 + strspn(value + 1, " \t");
		}
	}
	if (!field || !*field || strlen(field) > MULTIPART_NAME || !text_valid(field, strlen(field)))
		return multipart_invalid(ctx, NULL);
	m->field = field;
	m->file = NULL;
	m->value = text_begin(m->mem);
	if (!file_name)
		return MC_OK;
	if (!*file_name) {
		m->field = NULL;        /* a file field left empty */
		return MC_OK;
	}
	if (!m->limits.file)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "file.not_here", .field = field });
	if (++m->files_count > m->limits.files)
		return multipart_too_large(ctx, "file.too_many", field, m->limits.files);
	struct multipart_file *file = arena_take(m->mem, sizeof *file);
	*file = (struct multipart_file){
		.field = field, .name = multipart_file_name(m->mem, file_name), .type = multipart_type(m->mem, type),
	};
	enum mc_err err = blob_begin(ctx, m->store, &file->blob);
	if (err)
		return err;
	*m->end = m->file = file;
	m->end = &file->next;
	return MC_OK;
}

static enum mc_err multipart_put(struct ctx *ctx, struct multipart *m, const char *bytes, size_t n)
{
	if (!n || m->place != MULTIPART_BODY || !m->field)
		return MC_OK;
	if (m->file) {
		m->file->size += (int64_t)n;
		m->file->over = m->file->size > m->limits.file;
		if (m->file->over)
			return MC_OK;
		return blob_add(ctx, m->file->blob, bytes, n);
	}
	m->values_size += n;
	if (m->values_size > m->limits.values)
		return multipart_too_large(ctx, "form.too_large", m->field, (int64_t)(m->limits.values >> 20));
	text_add_n(&m->value, bytes, n);
	return MC_OK;
}

/* A delimiter was seen: the part before it, if there was one, is complete. */
static enum mc_err multipart_close(struct ctx *ctx, struct multipart *m)
{
	bool plain = m->place == MULTIPART_BODY && m->field && !m->file;
	m->place = MULTIPART_AFTER;
	m->head_size = 0;
	return plain ? ask_value(ctx, m->form, m->field, text_end(&m->value), m->value.size) : MC_OK;
}

/* Reads content up to and with a delimiter; the number of bytes used. A carriage
 * return stands only at the delimiter's beginning, so a broken match can begin
 * again nowhere but at the byte that broke it. */
static enum mc_err multipart_content(struct ctx *ctx, struct multipart *m, const char *bytes, size_t n, size_t *used)
{
	size_t i = 0, from = 0;
	enum mc_err err = MC_OK;
	while (i < n && !err) {
		if (!m->hit) {
			const char *at = memchr(bytes + i, '\r', n - i);
			if (!at)
				break;
			i = (size_t)(at - bytes);
			err = multipart_put(ctx, m, bytes + from, i - from);
			m->hit = 1;
			from = ++i;
		} else if (bytes[i] == m->delimiter[m->hit]) {
			from = ++i;
			if (++m->hit == m->delimiter_size) {
				m->hit = m->borrowed = 0;
				*used = i;
				return multipart_close(ctx, m);
			}
		} else {
			err = multipart_put(ctx, m, m->delimiter + m->borrowed, m->hit - m->borrowed);
			m->hit = m->borrowed = 0;
			from = i;
		}
	}
	*used = n;
	return err || m->hit ? err : multipart_put(ctx, m, bytes + from, n - from);
}

/* One byte behind a delimiter: "--" ends the form, an end of line begins a part. */
static enum mc_err multipart_after(struct ctx *ctx, struct multipart *m, char c)
{
	if (c == '-' && m->head_size < 2) {
		m->head_size++;
		if (m->head_size == 2)
			m->place = MULTIPART_EPILOGUE;
		return MC_OK;
	}
	if (c == '\n' && m->head_size == 10) {
		m->place = MULTIPART_HEADERS;
		m->head_size = 0;
		return MC_OK;
	}
	if (c == '\r' && !m->head_size) {
		m->head_size = 10;
		return MC_OK;
	}
	return (c == ' ' || c == '\t') && !m->head_size ? MC_OK : multipart_invalid(ctx, NULL);
}

static enum mc_err multipart_header(struct ctx *ctx, struct multipart *m, char c)
{
	if (m->head_size == MULTIPART_HEAD)
		return multipart_invalid(ctx, NULL);
	m->head[m->head_size++] = c;
	bool blank = m->head_size == 2 ? !memcmp(m->head, "\r\n", 2)
		   : m->head_size > 3 && !memcmp(m->head + m->head_size - 4, "\r\n\r\n", 4);
	if (!blank)
		return MC_OK;
	enum mc_err err = multipart_open(ctx, m);
	m->place = MULTIPART_BODY;
	/* The line end of the blank line may already be that of the next delimiter. */
	m->hit = m->borrowed = 2;
	return err;
}

enum mc_err multipart_add(struct ctx *ctx, struct multipart *m, const char *bytes, size_t n)
{
	enum mc_err err = MC_OK;
	for (size_t at = 0, used = 1; at < n && !err; at += used, used = 1) {
		switch (m->place) {
		case MULTIPART_PREAMBLE:
		case MULTIPART_BODY: err = multipart_content(ctx, m, bytes + at, n - at, &used); break;
		case MULTIPART_AFTER: err = multipart_after(ctx, m, bytes[at]); break;
		case MULTIPART_HEADERS: err = multipart_header(ctx, m, bytes[at]); break;
		case MULTIPART_EPILOGUE: return MC_OK;
		}
	}
	return err;
}

static size_t multipart_look(void *what, int64_t at, void *bytes, size_t n)
{
	const struct multipart_file *file = what;
	return blob_look(file->blob, at, bytes, n);
}

/* MC_INVALID with the reason for what cannot be taken, MC_STORE if the disk failed; its type is from now on the one its bytes have. */
static enum mc_err multipart_check(struct ctx *ctx, const struct multipart *m, struct multipart_file *f)
{
	const struct intact_file file = { f->size, multipart_look, f };
	const struct format *found;
	if (f->over)
		return ctx_fail(ctx, MC_INVALID, (struct why){ .key = "file.too_large", .field = f->field,
			.arg = { arena_print(ctx->mem, "%" PRId64, m->limits.file >> 20) } });
	enum format_fault fault = format_look(&file, f->name, f->type, &found);
	enum mc_err err = blob_seen(ctx, f->blob);
	if (!err)
		err = format_refuse(ctx, fault, f->field, f->name);
	if (!err)
		f->type = found->type;
	return err;
}

enum mc_err multipart_end(struct ctx *ctx, struct multipart *m)
{
	if (m->place != MULTIPART_EPILOGUE)
		return multipart_invalid(ctx, NULL);
	for (struct multipart_file *f = m->files; f; f = f->next) {
		const char *digest, *name = f->field;
		int64_t size;
		enum mc_err err = multipart_check(ctx, m, f);
		if (err == MC_INVALID)
			continue;
		if (!err)
			err = blob_end(ctx, f->blob, &digest, &size);
		if (err)
			return err;
		for (int i = 2; *form_get(m->form, name); i++)
			name = arena_print(m->mem, "%s.%d", f->field, i);
		const char *value = arena_print(m->mem, "%s %" PRId64 " %s %s", digest, size, f->type, f->name);
		form_set(m->form, name, value);
		form_set(m->sent, name, value);
	}
	/* No failure of the form: whoever asks for the file says it. */
	m->wrong = ctx->why;
	ctx->why = NULL;
	return MC_OK;
}

const struct form *multipart_files(const struct multipart *m) { return m->sent; }

const struct why *multipart_wrong(const struct multipart *m) { return m->wrong; }
