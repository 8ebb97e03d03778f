/* Reads the .model files: records of fields, checked for names, kinds and rings. */
#include "viewc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const viewc_model_kinds[] = {
	[KIND_TEXT] = "text", [KIND_INT] = "int", [KIND_BOOL] = "bool", [KIND_MONEY] = "money",
	[KIND_DAY] = "day", [KIND_TIME] = "time", [KIND_MARKUP] = "markup",
};

/* Names that a field may not have: words of C, and what every view has built in. */
static const char *const viewc_model_taken[] = {
	"auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else",
	"enum", "extern", "false", "float", "for", "goto", "if", "inline", "int", "long", "register",
	"restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "true", "typedef",
	"union", "unsigned", "void", "volatile", "while", "asm", "typeof", "lang", "zh", "en",
};

static struct record *viewc_model_record(const struct viewc *vc, const char *name)
{
	for (size_t i = 0; i < vc->records; i++)
		if (!strcmp(vc->record[i]->name, name))
			return vc->record[i];
	return NULL;
}

struct field *viewc_model_field(const struct record *record, const char *name, size_t n)
{
	for (size_t i = 0; i < record->fields; i++)
		if (strlen(record->field[i].name) == n && !memcmp(record->field[i].name, name, n))
			return &record->field[i];
	return NULL;
}

/* Cuts the next word off a line; "" at its end. */
static char *viewc_model_word(char **line)
{
	char *word = *line + strspn(*line, " \t");
	char *end = word + strcspn(word, " \t");
	*line = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

static char *viewc_model_words(char *line)
{
	line += strspn(line, " \t");
	size_t n = strlen(line);
	while (n && strchr(" \t\r", line[n - 1]))
		line[--n] = '\0';
	return line;
}

static struct record *viewc_model_begin(struct viewc *vc, struct view_file *view, char *text, int line)
{
	const char *file = view->model_file;
	char *colon = strchr(text, ':');
	*colon = '\0';
	if (!viewc_is_name(text))
		viewc_stop(file, line, "\"%s\" is no name: a-z, 0-9 and _", text);
	struct record *had = viewc_model_record(vc, text);
	if (had)
		viewc_stop(file, line, "record %s exists already (%s:%d)", text, had->file, had->line);
	struct record *r = viewc_more(NULL, 0, sizeof *r);
	*r = (struct record){
		.name = text, .words = viewc_model_words(colon + 1), .file = file, .line = line
	};
	vc->record = viewc_more(vc->record, vc->records, sizeof *vc->record);
	vc->record[vc->records++] = r;
	if (!view->root && !view->uses) {
		if (!view->partial && strcmp(r->name, view->name))
			viewc_stop(file, line, "the first record must be called %s, not %s", view->name,
				   r->name);
		view->root = r;
	}
	return r;
}

static void viewc_model_add(struct record *r, char *text, int line)
{
	char *name = viewc_model_word(&text), *kind = viewc_model_word(&text);
	struct field f = { .name = name, .line = line };
	if (!viewc_is_name(name))
		viewc_stop(r->file, line, "\"%s\" is no name: a-z, 0-9 and _", name);
	for (size_t i = 0; i < sizeof viewc_model_taken / sizeof *viewc_model_taken; i++)
		if (!strcmp(name, viewc_model_taken[i]))
			viewc_stop(r->file, line, "a field cannot be called %s: the word is taken", name);
	if (viewc_model_field(r, name, strlen(name)))
		viewc_stop(r->file, line, "field %s stands twice in record %s", name, r->name);
	size_t n = strlen(kind);
	if (!n)
		viewc_stop(r->file, line, "field %s has no kind", name);
	if (kind[n - 1] == '*' || kind[n - 1] == '?') {
		f.shape = kind[n - 1] == '*' ? SHAPE_LIST : SHAPE_MAYBE;
		kind[n - 1] = '\0';
	}
	f.kind_name = kind;
	f.kind = KIND_RECORD;
	for (size_t i = 0; i < sizeof viewc_model_kinds / sizeof *viewc_model_kinds; i++)
		if (!strcmp(kind, viewc_model_kinds[i]))
			f.kind = (enum kind)i;
	if (f.shape == SHAPE_MAYBE && f.kind != KIND_RECORD)
		viewc_stop(r->file, line, "only a record can be optional; an absent %s is empty or 0", kind);
	if (f.shape == SHAPE_LIST && f.kind != KIND_RECORD && f.kind != KIND_TEXT)
		viewc_stop(r->file, line, "a list holds records or text, not %s", kind);
	text = viewc_model_words(text);
	f.html = f.kind == KIND_MARKUP;
	if (!strcmp(text, "html") || !strncmp(text, "html ", 5)) {
		f.html = true;
		text = viewc_model_words(text + 4);
	}
	f.words = text;
	r->field = viewc_more(r->field, r->fields, sizeof *r->field);
	r->field[r->fields++] = f;
}

void viewc_model_read(struct viewc *vc, struct view_file *view, char *text)
{
	struct record *r = NULL;
	int line = 0;
	for (char *next; text; text = next) {
		next = strchr(text, '\n');
		if (next)
			*next++ = '\0';
		line++;
		const char *first = text + strspn(text, " \t\r");
		if (!*first || *first == '#')
			continue;
		if (view->partial && !r && !view->uses && !strncmp(text, "uses:", 5))
			view->uses = viewc_model_words(text + 5);
		else if (text[strcspn(text, " \t:")] == ':')    /* a record, at the margin */
			r = viewc_model_begin(vc, view, text, line);
		else if (r)
			viewc_model_add(r, text, line);
		else
			viewc_stop(view->model_file, line, "begin with a record: \"name: what it is\"");
	}
	if (!view->root && !view->uses)
		viewc_stop(view->model_file, 1, view->partial
			   ? "is empty: write the record \"%s:\" or \"uses: RECORD\""
			   : "is empty: write the record \"%s:\"", view->name + view->partial);
}

static void viewc_model_visit(struct record *r)
{
	r->mark = 1;
	for (size_t i = 0; i < r->fields; i++) {
		struct record *to = r->field[i].record;
		if (to && to->mark == 1)
			viewc_stop(r->file, r->field[i].line, "record %s contains itself through %s",
				   to->name, r->field[i].name);
		if (to && !to->mark)
			viewc_model_visit(to);
	}
	r->mark = 2;
}

void viewc_model_check(struct viewc *vc)
{
	for (size_t i = 0; i < vc->records; i++) {
		struct record *r = vc->record[i];
		if (!r->fields)
			viewc_stop(r->file, r->line, "record %s has no fields", r->name);
		for (size_t k = 0; k < r->fields; k++) {
			struct field *f = &r->field[k];
			size_t n = strlen(f->name);
			if (f->kind == KIND_RECORD && !(f->record = viewc_model_record(vc, f->kind_name)))
				viewc_stop(r->file, f->line, "no kind and no record is called %s",
					   f->kind_name);
			struct field *list = n > 6 && !strcmp(f->name + n - 6, "_count")
						     ? viewc_model_field(r, f->name, n - 6) : NULL;
			if (list && list->shape == SHAPE_LIST)
				viewc_stop(r->file, f->line, "the list %s has its %s already", list->name,
					   f->name);
		}
	}
	for (size_t i = 0; i < vc->records; i++)
		if (!vc->record[i]->mark)
			viewc_model_visit(vc->record[i]);
	for (size_t i = 0; i < vc->views; i++) {
		struct view_file *v = vc->view[i];
		if (!v->root && !(v->root = viewc_model_record(vc, v->uses)))
			viewc_stop(v->model_file, 1, "no record is called %s", v->uses);
	}
}

/* What a comment of C can hold. */
static const char *viewc_model_comment(const char *words)
{
	char *copy = viewc_print("%s", words);
	for (char *at = copy; (at = strstr(at, "*/")) != NULL;)
		*at = '+';
	for (char *at = copy; (at = strstr(at, "/*")) != NULL;)
		at[1] = '+';
	return copy;
}

static void viewc_model_struct(struct record *r, struct buffer *out)
{
	r->mark = 3;
	for (size_t i = 0; i < r->fields; i++)  /* what is embedded must come first */
		if (r->field[i].record && r->field[i].shape == SHAPE_ONE && r->field[i].record->mark != 3)
			viewc_model_struct(r->field[i].record, out);
	if (*r->words)
		viewc_add(out, "\n/* %s */", viewc_model_comment(r->words));
	viewc_add(out, "\nstruct view_%s {\n", r->name);
	for (size_t i = 0; i < r->fields; i++) {
		const struct field *f = &r->field[i];
		const char *star = f->shape == SHAPE_ONE ? "" : "*";
		if (f->kind == KIND_RECORD)
			viewc_add(out, "\tstruct view_%s %s%s;", f->record->name, star, f->name);
		else if (f->kind == KIND_TEXT || f->kind == KIND_MARKUP)
			viewc_add(out, "\tconst char *%s%s;", star, f->name);
		else
			viewc_add(out, "\t%s %s;", f->kind == KIND_BOOL ? "bool" : "int64_t", f->name);
		if (f->shape == SHAPE_LIST)
			viewc_add(out, "\n\tsize_t %s_count;", f->name);
		const char *kind =
			f->kind > KIND_BOOL && f->kind < KIND_RECORD ? viewc_model_kinds[f->kind] : "";
		if (*kind || *f->words)
			viewc_add(out, " /* %s%s%s */", kind, *kind && *f->words ? ": " : "",
				  viewc_model_comment(f->words));
		viewc_add(out, "\n");
	}
	viewc_add(out, "};\n");
}

void viewc_model_structs(struct viewc *vc, struct buffer *out)
{
	for (size_t i = 0; i < vc->records; i++)
		if (vc->record[i]->mark != 3)
			viewc_model_struct(vc->record[i], out);
	viewc_add(out, "\n");
}
