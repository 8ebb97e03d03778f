/* viewc VIEWS OUT: reads VIEWS/NAME.model and VIEWS/NAME.mustache, writes
 * OUT/view.h, OUT/view_NAME.c and OUT/view_keys.txt. A file that would not change
 * is left alone. What it writes is compiled with -Isrc -IOUT. */
#define _GNU_SOURCE 1
#include "viewc.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Built with a sanitizer, it may still keep its memory to the end. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; }

_Noreturn void viewc_stop(const char *file, int line, const char *fmt, ...)
{
	va_list ap;
	if (line)
		fprintf(stderr, "%s:%d: ", file, line);
	else
		fprintf(stderr, "%s: ", file);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static void *viewc_memory(void *p)
{
	if (!p)
		viewc_stop("viewc", 0, "out of memory");
	return p;
}

void *viewc_more(void *list, size_t count, size_t size)
{
	if (count & (count - 1) || (count && count < 8))
		return list;
	size_t room = count < 8 ? 8 : count * 2;
	list = viewc_memory(realloc(list, room * size));
	memset((char *)list + count * size, 0, (room - count) * size);
	return list;
}

void viewc_add_n(struct buffer *b, const char *bytes, size_t n)
{
	if (b->room - b->size <= n) {
		b->room = (b->size + n + 1) * 2;
		b->bytes = viewc_memory(realloc(b->bytes, b->room));
	}
	memcpy(b->bytes + b->size, bytes, n);
	b->size += n;
	b->bytes[b->size] = '\0';
}

__attribute__((format(printf, 1, 0)))
static char *viewc_printed(const char *fmt, va_list ap)
{
	char *text;
	if (vasprintf(&text, fmt, ap) < 0)
		viewc_memory(NULL);
	return text;
}

void viewc_add_list(struct buffer *b, const char *fmt, va_list ap)
{
	char *text = viewc_printed(fmt, ap);
	viewc_add_n(b, text, strlen(text));
	free(text);
}

void viewc_add(struct buffer *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	viewc_add_list(b, fmt, ap);
	va_end(ap);
}

char *viewc_print(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *text = viewc_printed(fmt, ap);
	va_end(ap);
	return text;
}

void viewc_tabs(struct buffer *b, int depth)
{
	while (depth-- > 0)
		viewc_add_n(b, "\t", 1);
}

void viewc_literal(struct buffer *b, int depth, const char *bytes, size_t n)
{
	viewc_add_n(b, "\"", 1);
	for (size_t i = 0; i < n; i++) {
		char c = bytes[i];
		if (c == '\n' && i + 1 < n) {
			viewc_add_n(b, "\\n\"\n", 4);
			viewc_tabs(b, depth);
			viewc_add_n(b, "\"", 1);
		} else if (c == '\n') {
			viewc_add_n(b, "\\n", 2);
		} else if (c == '"' || c == '\\' || c == '?') { /* ??= is a trigraph in C17 */
			viewc_add_n(b, (char[]){ '\\', c }, 2);
		} else if ((unsigned char)c < ' ') {
			viewc_add(b, "\\%03o", (unsigned)c);
		} else {
			viewc_add_n(b, &c, 1);
		}
	}
	viewc_add_n(b, "\"", 1);
}

bool viewc_is_name(const char *name)
{
	return *name >= 'a' && *name <= 'z'
	       && !name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")];
}

/* The whole file, or NULL if there is none. */
static char *viewc_read(const char *path)
{
	FILE *in = fopen(path, "rb");
	if (!in && errno == ENOENT)
		return NULL;
	struct buffer b = { 0 };
	viewc_add_n(&b, "", 0);
	char piece[8192];
	for (size_t n; in && (n = fread(piece, 1, sizeof piece, in)) > 0;)
		viewc_add_n(&b, piece, n);
	if (!in || ferror(in))
		viewc_stop(path, 0, "%s", strerror(errno));
	fclose(in);
	if (strlen(b.bytes) != b.size)
		viewc_stop(path, 1, "a NUL byte: this is not text");
	return b.bytes;
}

static void viewc_write(const char *path, const struct buffer *b)
{
	const char *had = viewc_read(path);
	if (had && !strcmp(had, b->bytes))
		return;
	const char *fresh = viewc_print("%s.new", path);
	FILE *to = fopen(fresh, "wb");
	if (!to || fwrite(b->bytes, 1, b->size, to) != b->size || fclose(to) || rename(fresh, path))
		viewc_stop(path, 0, "%s", strerror(errno));
}

static int viewc_order_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names (without the ending) of the files of a folder that end so, sorted. */
static const char **viewc_files(const char *folder, const char *ending, size_t *count)
{
	DIR *dir = opendir(folder);
	if (!dir)
		viewc_stop(folder, 0, "%s", strerror(errno));
	const char **list = viewc_more(NULL, 0, sizeof *list);
	*count = 0;
	for (struct dirent *d; (d = readdir(dir)) != NULL;) {
		size_t n = strlen(d->d_name), e = strlen(ending);
		if (n <= e || strcmp(d->d_name + n - e, ending) || d->d_name[0] == '.')
			continue;
		list = viewc_more(list, *count, sizeof *list);
		list[(*count)++] = viewc_print("%.*s", (int)(n - e), d->d_name);
	}
	closedir(dir);
	qsort(list, *count, sizeof *list, viewc_order_texts);
	return list;
}

static void viewc_find_views(struct viewc *vc, const char *folder)
{
	size_t models, pages;
	const char **model = viewc_files(folder, ".model", &models);
	const char **page = viewc_files(folder, ".mustache", &pages);
	for (size_t i = 0; i < pages; i++)
		if (!bsearch(&page[i], model, models, sizeof *model, viewc_order_texts))
			viewc_stop(viewc_print("%s/%s.mustache", folder, page[i]), 1,
				   "has no model: write %s.model", page[i]);
	for (size_t i = 0; i < models; i++) {
		struct view_file *v = viewc_memory(calloc(1, sizeof *v));
		v->name = model[i];
		v->partial = *v->name == '_';
		v->model_file = viewc_print("%s/%s.model", folder, v->name);
		v->file = viewc_print("%s/%s.mustache", folder, v->name);
		if (!viewc_is_name(v->name + v->partial))
			viewc_stop(v->model_file, 1, "a view is named with a-z, 0-9 and _");
		v->symbol = viewc_print(v->partial ? "view_draw_%s" : "view_%s", v->name + v->partial);
		v->models_only = !bsearch(&v->name, page, pages, sizeof *page, viewc_order_texts);
		vc->view = viewc_more(vc->view, vc->views, sizeof *vc->view);
		vc->view[vc->views++] = v;
		viewc_model_read(vc, v, viewc_read(v->model_file));
	}
}

static void viewc_header(struct viewc *vc, struct buffer *out)
{
	viewc_add(out, "/* view: the models that pages are filled with, and how they are drawn.\n"
		  " * Written by tools/viewc.c from views/. */\n"
		  "#ifndef MC_VIEW_H\n#define MC_VIEW_H\n#include \"base/ctx.h\"\n\n"
		  "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n"
		  "struct text;\n\nstruct view {\n\tconst char *name;\n"
		  "\tvoid (*html)(struct text *out, enum lang lang, const void *model); /* NULL: data alone */\n"
		  "\tvoid (*json)(struct text *out, const void *model);\n"
		  "\tconst char *schema;     /* JSON Schema 2020-12 of the JSON */\n};\n");
	viewc_model_structs(vc, out);
	for (size_t i = 0; i < vc->views; i++)
		if (!vc->view[i]->partial)
			viewc_add(out, "extern const struct view %s;\n", vc->view[i]->symbol);
	viewc_add(out, "\n/* All of them, ending with NULL. */\n"
		  "extern const struct view *const view_all[];\n\n");
	for (size_t i = 0; i < vc->views; i++)
		if (vc->view[i]->partial && !vc->view[i]->models_only)
			viewc_add(out,
				  "void %s(struct text *out, enum lang lang, const struct view_%s *m0);\n",
				  vc->view[i]->symbol, vc->view[i]->root->name);
	viewc_add(out, "\n#endif\n");
}

static void viewc_list(struct viewc *vc, struct buffer *out)
{
	viewc_add(out, "/* Written by tools/viewc.c. */\n#include \"view.h\"\n\n"
		  "const struct view *const view_all[] = {\n");
	for (size_t i = 0; i < vc->views; i++)
		if (!vc->view[i]->partial)
			viewc_add(out, "\t&%s,\n", vc->view[i]->symbol);
	viewc_add(out, "\tNULL,\n};\n");
}

/* Only a partial without a page of its own is nothing but records for others. */
static bool viewc_is_written(const struct view_file *view) { return !view->models_only || !view->partial; }

static bool viewc_is_ours(const struct viewc *vc, const char *name)
{
	for (size_t i = 0; i < vc->views; i++)
		if (viewc_is_written(vc->view[i]) && !strcmp(vc->view[i]->name, name))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	struct viewc vc = { 0 };
	if (argc != 3) {
		fputs("usage: viewc VIEWS OUT\n", stderr);
		return 2;
	}
	viewc_find_views(&vc, argv[1]);
	viewc_model_check(&vc);

	/* All is drawn before anything is written: an error leaves OUT as it was. */
	struct buffer *page = viewc_memory(calloc(vc.views + 1, sizeof *page));
	struct buffer header = { 0 }, list = { 0 }, keys = { 0 };
	for (size_t i = 0; i < vc.views; i++)
		if (viewc_is_written(vc.view[i])) {
			viewc_draw_begin(vc.view[i], &page[i]);
			if (!vc.view[i]->models_only)
				viewc_draw_view(&vc, vc.view[i], viewc_read(vc.view[i]->file), &page[i]);
			if (!vc.view[i]->partial)
				viewc_json_view(&vc, vc.view[i], &page[i]);
		}
	viewc_draw_check(&vc);
	viewc_header(&vc, &header);
	viewc_list(&vc, &list);
	viewc_add_n(&keys, "", 0);
	if (vc.keys)
		qsort(vc.key, vc.keys, sizeof *vc.key, viewc_order_texts);
	for (size_t i = 0; i < vc.keys; i++)
		viewc_add(&keys, "%s\n", vc.key[i]);

	size_t old;
	const char **had = viewc_files(argv[2], ".c", &old);
	for (size_t i = 0; i < old; i++)
		if (!strncmp(had[i], "view_", 5) && !viewc_is_ours(&vc, had[i] + 5))
			remove(viewc_print("%s/%s.c", argv[2], had[i]));
	viewc_write(viewc_print("%s/view.h", argv[2]), &header);
	viewc_write(viewc_print("%s/view.c", argv[2]), &list);
	viewc_write(viewc_print("%s/view_keys.txt", argv[2]), &keys);
	for (size_t i = 0; i < vc.views; i++)
		if (viewc_is_written(vc.view[i]))
			viewc_write(viewc_print("%s/view_%s.c", argv[2], vc.view[i]->name), &page[i]);
	return 0;
}
