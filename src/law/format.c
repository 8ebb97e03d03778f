#include "format.h"
#include "../base/arena.h"
#include "../base/text.h"

#include <string.h>
#include <strings.h>

#define FORMAT_ENDING 5         /* letters of the longest ending */

#define FORMAT(type, endings, types, zh, en, shown, at, mark, look, inside) \
	{ type, endings, types, { zh, en }, shown, at, mark, sizeof mark - 1, look, inside },
static const struct format format_table[] = {
#include "format.tbl"
};
#define FORMAT_ROWS (sizeof format_table / sizeof *format_table)

/* Whether the word stands in "jpg jpeg", in whatever case. */
static bool format_among(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = list; n && *at;) {
		size_t here = strcspn(at, " ");
		if (here == n && !strncasecmp(at, word, n))
			return true;
		at += here + (at[here] == ' ');
	}
	return false;
}

/* What stands behind the last dot, if it is short and of letters and digits: "1.起诉状" has no ending. */
static const char *format_ending(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	const char *dot = strrchr(name, '.');
	size_t n = dot ? strlen(dot + 1) : 0;
	return n && n <= FORMAT_ENDING && strspn(dot + 1, letters) == n ? dot + 1 : "";
}

const struct format *format_of_name(const char *name)
{
	for (size_t i = 0; i < FORMAT_ROWS; i++)
		if (format_among(format_table[i].endings, format_ending(name)))
			return &format_table[i];
	return NULL;
}

const struct format *format_of_type(const char *type)
{
	for (size_t i = 0; i < FORMAT_ROWS; i++)
		if (!strcasecmp(format_table[i].type, type) || format_among(format_table[i].types, type))
			return &format_table[i];
	return NULL;
}

static bool format_marked(const struct intact_file *file, const struct format *f)
{
	unsigned char head[1024];
	size_t n = file->read(file->what, 0, head, sizeof head);
	/* Before a PDF's mark other bytes may stand (ISO 32000-1 annex H.3.4.1). */
	if (f->look == intact_pdf)
		return memmem(head, n, f->mark, f->mark_size) != NULL;
	if (f->look == intact_tiff && n > 4 && !memcmp(head, "MM\0*", 4))
		return true;
	/* Films of before 2001 begin without their mark. */
	if (f->look == intact_boxes && n > 8 && (!memcmp(head + 4, "moov", 4) || !memcmp(head + 4, "mdat", 4)
						 || !memcmp(head + 4, "wide", 4)))
		return true;
	return n >= (size_t)f->at + f->mark_size && !memcmp(head + f->at, f->mark, f->mark_size);
}

/* The same kind may have several rows, each with a mark of its own. */
static const struct format *format_fits(const struct intact_file *file, const char *type)
{
	for (size_t i = 0; i < FORMAT_ROWS; i++)
		if (!strcmp(format_table[i].type, type) && format_marked(file, &format_table[i]))
			return &format_table[i];
	return NULL;
}

static enum format_fault format_state(const struct intact_file *file, const struct format *f)
{
	switch (f->look(file, f->inside)) {
	case INTACT_WHOLE: return FORMAT_WHOLE;
	case INTACT_CUT: return FORMAT_CUT;
	case INTACT_LOCKED: return FORMAT_LOCKED;
	case INTACT_OTHER: return f->look == intact_text ? FORMAT_LETTERS : FORMAT_DISGUISED;
	}
	return FORMAT_DISGUISED;
}

/* Text of whatever letters has no zero bytes; anything else that is called text is in disguise. */
static enum format_fault format_text(const struct intact_file *file, enum format_fault state)
{
	unsigned char head[1024];
	size_t n = file->read(file->what, 0, head, sizeof head);
	bool wide = n > 1 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff));
	return state == FORMAT_LETTERS && !wide && memchr(head, '\0', n) ? FORMAT_DISGUISED : state;
}

static enum format_fault format_named(const struct intact_file *file, const struct format *said, const struct format **found)
{
	*found = format_fits(file, said->type);
	if (!*found)
		return said->look == intact_zip && intact_is_locked_office(file) ? FORMAT_LOCKED : FORMAT_DISGUISED;
	enum format_fault state = format_state(file, *found);
	return said->look == intact_text ? format_text(file, state) : state;
}

static enum format_fault format_nameless(const struct intact_file *file, const struct format **found)
{
	for (size_t i = 0; i < FORMAT_ROWS; i++) {
		enum format_fault state = FORMAT_DISGUISED;
		if (format_marked(file, &format_table[i]))
			state = format_state(file, &format_table[i]);
		*found = &format_table[i];
		if (state != FORMAT_DISGUISED && state != FORMAT_LETTERS)
			return state;
	}
	return FORMAT_KIND;
}

enum format_fault format_look_name(const char *name)
{
	return *format_ending(name) && !format_of_name(name) ? FORMAT_KIND : FORMAT_WHOLE;
}

enum format_fault format_look(const struct intact_file *file, const char *name, const char *type,
			      const struct format **found)
{
	const struct format *said = format_of_name(name), *told = format_of_type(type);
	*found = NULL;
	if (!file->size)
		return FORMAT_EMPTY;
	if (format_look_name(name))
		return FORMAT_KIND;
	enum format_fault fault = said ? format_named(file, said, found) : format_nameless(file, found);
	if (!fault && told && told->look != (*found)->look && told->look != intact_text && !format_fits(file, told->type))
		fault = FORMAT_DISGUISED;
	return fault;
}

enum mc_err format_refuse(struct ctx *ctx, enum format_fault fault, const char *field, const char *name)
{
	static const char *const key[] = {
		[FORMAT_EMPTY] = "file.empty", [FORMAT_KIND] = "file.wrong_type", [FORMAT_DISGUISED] = "file.disguised",
		[FORMAT_LETTERS] = "file.letters", [FORMAT_CUT] = "file.truncated", [FORMAT_LOCKED] = "file.encrypted",
	};
	if (!fault)
		return MC_OK;
	return ctx_fail(ctx, MC_INVALID, (struct why){ .key = key[fault], .field = field, .law = "在线诉讼规则第11条",
		.arg = { name } });
}

const char *format_endings(struct arena *mem)
{
	struct text out = text_begin(mem);
	for (size_t i = 0; i < FORMAT_ROWS; i++) {
		if (i && !strcmp(format_table[i].type, format_table[i - 1].type))
			continue;
		for (const char *at = format_table[i].endings; *at;) {
			size_t n = strcspn(at, " ");
			text_add(&out, out.size ? ",." : ".");
			text_add_n(&out, at, n);
			at += n + (at[n] == ' ');
		}
	}
	return text_end(&out);
}
