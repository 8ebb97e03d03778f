/* Turns one Mustache file into one C function: literals with their lengths, and
 * calls of base/draw for the values. Names are looked up here, in the models. */
#include "viewc.h"

#include <stdlib.h>
#include <string.h>

/* What names are looked up in: a record that a section entered, or one text of a
 * list. `used` belongs to the C variable that the prefix begins with. */
struct frame {
	const struct record *record;    /* NULL for a text of a list */
	const char *prefix;             /* "m0->", or the text itself */
	const char *origin;             /* the expression that was entered, NULL for the root */
	const char *index;              /* of a list */
	bool *used;
};

struct value {
	enum kind kind;
	enum shape shape;
	const struct record *record;
	const char *expr;
	bool *used;
};

struct token {
	char sign;                      /* 0 literal text, else # ^ / > ! { = (value) t */
	const char *text;
	size_t size;
	int line;
};

struct drawing {
	struct viewc *vc;
	struct view_file *view;
	struct token *token;
	size_t tokens, at;
	struct frame frame[32];
	int frames, depth, variables;
	struct html html;
	struct buffer pending;          /* literal text not yet written */
	struct buffer *out;
	const char **key;
	size_t keys;
	bool lang;                      /* the function uses its language */
};

#define FAIL(d, line, ...) viewc_stop((d)->view->file, (line), __VA_ARGS__)

static void viewc_draw_token(struct drawing *d, char sign, const char *text, size_t size, int line)
{
	d->token = viewc_more(d->token, d->tokens, sizeof *d->token);
	d->token[d->tokens++] = (struct token){ sign, text, size, line };
}

static int viewc_draw_lines(const char *from, const char *to)
{
	int n = 0;
	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

/* Literal text ends with its line, so that lines can be looked at whole. */
static void viewc_draw_cut(struct drawing *d, const char *text)
{
	int line = 1;
	while (*text) {
		size_t n = strcspn(text, "{\n");
		while (text[n] == '{' && text[n + 1] != '{')
			n += 1 + strcspn(text + n + 1, "{\n");
		if (text[n] == '\n')
			n++;
		if (n)
			viewc_draw_token(d, 0, text, n, line);
		if (n && text[n - 1] == '\n')
			line++;
		text += n;
		if (strncmp(text, "{{", 2))
			continue;
		bool triple = text[2] == '{';
		const char *from = text + 2 + triple, *end = strstr(from, triple ? "}}}" : "}}");
		if (!end)
			FAIL(d, line, "{{ without }}");
		const char *next = end + 2 + triple;
		char sign = triple ? '{' : '=';
		if (!triple && strchr("#^/>!", *from))
			sign = *from++;
		else if (!triple && (*from == '&' || *from == '='))
			FAIL(d, line, "{{%c is not known here", *from);
		while (from < end && strchr(" \t\n", *from))
			from++;
		while (end > from && strchr(" \t\n", end[-1]))
			end--;
		if (sign == '=' && end - from > 2 && from[0] == 't' && strchr(" \t\n", from[1]))
			sign = 't', from += 2;
		if (from == end && sign != '!')
			FAIL(d, line, "an empty tag");
		viewc_draw_token(d, sign, viewc_print("%.*s", (int)(end - from), from), (size_t)(end - from), line);
		line += viewc_draw_lines(text, next);
		text = next;
	}
}

/* A line that holds only sections, partials and comments leaves nothing. */
static void viewc_draw_tidy(struct drawing *d)
{
	for (size_t from = 0, to; from < d->tokens; from = to) {
		bool tags = false, values = false;
		for (to = from; to < d->tokens; to++) {
			const struct token *t = &d->token[to];
			if (t->sign)
				strchr("#^/>!", t->sign) ? (tags = true) : (values = true);
			for (size_t i = 0; !t->sign && i < t->size; i++)
				values = values || !strchr(" \t\r\n", t->text[i]);
			if (!t->sign && t->text[t->size - 1] == '\n') {
				to++;
				break;
			}
		}
		for (size_t i = from; tags && !values && i < to; i++)
			if (!d->token[i].sign)
				d->token[i].size = 0;
	}
}

static void viewc_draw_flush(struct drawing *d)
{
	if (!d->pending.size)
		return;
	viewc_tabs(d->out, d->depth);
	viewc_add(d->out, "text_add_n(out, ");
	viewc_literal(d->out, d->depth + 2, d->pending.bytes, d->pending.size);
	viewc_add(d->out, ", %zu);\n", d->pending.size);
	d->pending.size = 0;
}

static void viewc_draw_line(struct drawing *d, const char *code)
{
	viewc_draw_flush(d);
	viewc_tabs(d->out, d->depth);
	viewc_add(d->out, "%s\n", code);
}

static struct value viewc_draw_member(const struct record *r, const char *prefix, const char *name, size_t n)
{
	struct field *f = viewc_model_field(r, name, n);
	if (f)
		return (struct value){ f->kind, f->shape, f->record, viewc_print("%s%s", prefix, f->name), NULL };
	if (n > 6 && !strncmp(name + n - 6, "_count", 6) && (f = viewc_model_field(r, name, n - 6))
	    && f->shape == SHAPE_LIST)
		return (struct value){ KIND_INT, SHAPE_ONE, NULL,
				       viewc_print("(int64_t)%s%s_count", prefix, f->name), NULL };
	return (struct value){ 0 };
}

static struct value viewc_draw_find(struct drawing *d, const char *path, int line)
{
	size_t n = strcspn(path, ".");
	if (!strcmp(path, ".") || !strcmp(path, "@")) {
		for (int i = d->frames - 1; i >= 0; i--) {
			const struct frame *f = &d->frame[i];
			if (*path == '@' && f->index)
				return (struct value){ KIND_INT, SHAPE_ONE, NULL,
						       viewc_print("(int64_t)%s + 1", f->index), NULL };
			if (*path == '.' && f->index && !f->record)
				return (struct value){ KIND_TEXT, SHAPE_ONE, NULL, f->prefix, f->used };
		}
		FAIL(d, line, *path == '@' ? "{{@}} outside a list" : "{{.}} outside a list of texts");
	}
	struct value v = { 0 };
	for (int i = d->frames - 1; i >= 0 && !v.expr; i--)
		if (d->frame[i].record) {
			v = viewc_draw_member(d->frame[i].record, d->frame[i].prefix, path, n);
			v.used = d->frame[i].used;
		}
	if (!v.expr)
		FAIL(d, line, "no field %.*s in %s or around it", (int)n, path,
		     d->frame[d->frames - 1].record ? d->frame[d->frames - 1].record->name : "a list of texts");
	while (path[n]) {
		const char *rest = path + n + 1, *arrow = ".";
		if (!v.record || v.shape == SHAPE_LIST)
			FAIL(d, line, "%.*s has no fields", (int)n, path);
		if (v.shape == SHAPE_MAYBE) {
			arrow = NULL;
			for (int i = 0; i < d->frames; i++)
				if (d->frame[i].origin && !strcmp(d->frame[i].origin, v.expr))
					arrow = "->";
			if (!arrow)
				FAIL(d, line, "%.*s may be absent: write {{#%.*s}}", (int)n, path, (int)n, path);
		}
		size_t more = strcspn(rest, ".");
		struct value in = viewc_draw_member(v.record, viewc_print("%s%s", v.expr, arrow), rest, more);
		if (!in.expr)
			FAIL(d, line, "no field %.*s in %s", (int)more, rest, v.record->name);
		in.used = v.used;
		v = in;
		n += 1 + more;
	}
	return v;
}

static const char *viewc_draw_use(const struct value *v)
{
	if (v->used)
		*v->used = true;
	return v->expr;
}

static void viewc_draw_value(struct drawing *d, const struct token *t)
{
	if (!strcmp(t->text, "lang")) {
		d->lang = true;
		viewc_draw_line(d, "text_add(out, lang_tag(lang));");
		return;
	}
	struct value v = viewc_draw_find(d, t->text, t->line);
	if ((v.kind == KIND_MARKUP) != (t->sign == '{') && v.shape == SHAPE_ONE)
		FAIL(d, t->line, v.kind == KIND_MARKUP ? "%s is markup: write {{{%s}}}"
		     : "%s is not markup: write {{%s}}", t->text, t->text);
	const char *how = NULL;
	switch (v.shape == SHAPE_ONE ? v.kind : KIND_RECORD) {
	case KIND_TEXT: how = "draw_text(out, %s);"; break;
	case KIND_INT: how = "text_int(out, %s);"; break;
	case KIND_MONEY: how = "draw_money(out, %s);"; break;
	case KIND_DAY: how = "draw_day(out, lang, %s);"; break;
	case KIND_TIME: how = "draw_time(out, lang, %s);"; break;
	case KIND_MARKUP: how = "draw_markup(out, %s);"; break;
	case KIND_BOOL: FAIL(d, t->line, "%s is true or false: write {{#%s}}", t->text, t->text);
	case KIND_RECORD: FAIL(d, t->line, "%s is a record or a list: write {{#%s}}", t->text, t->text);
	}
	d->lang = d->lang || v.kind == KIND_DAY || v.kind == KIND_TIME;
	const char *place = strstr(how, "%s");
	viewc_draw_line(d, viewc_print("%.*s%s%s", (int)(place - how), how, viewc_draw_use(&v), place + 2));
}

static const char *viewc_draw_filling(struct drawing *d, const char *path, int line)
{
	struct value v = viewc_draw_find(d, path, line);
	const char *how = NULL;
	switch (v.shape == SHAPE_ONE ? v.kind : KIND_RECORD) {
	case KIND_TEXT: return viewc_draw_use(&v);
	case KIND_INT: how = "int_words(out->mem, "; break;
	case KIND_MONEY: how = "money_words(out->mem, "; break;
	case KIND_DAY: how = "day_words(out->mem, lang, "; break;
	case KIND_TIME: how = "time_words(out->mem, lang, "; break;
	case KIND_BOOL:
	case KIND_MARKUP:
	case KIND_RECORD: FAIL(d, line, "%s cannot fill a sentence", path);
	}
	return viewc_print("draw_%s%s)", how, viewc_draw_use(&v));
}

static size_t viewc_draw_key(const char ***list, size_t *count, const char *key)
{
	for (size_t i = 0; i < *count; i++)
		if (!strcmp((*list)[i], key))
			return i;
	*list = viewc_more(*list, *count, sizeof **list);
	(*list)[*count] = key;
	return (*count)++;
}

static void viewc_draw_words(struct drawing *d, const struct token *t)
{
	char *rest = viewc_print("%s", t->text), *word[5];
	int n = 0;
	for (char *at; (at = rest + strspn(rest, " \t\n")), *at && n < 5;) {
		rest = at + strcspn(at, " \t\n");
		if (*rest)
			*rest++ = '\0';
		word[n++] = at;
	}
	if (n > 4)
		FAIL(d, t->line, "a sentence has at most three places");
	if (word[0][strspn(word[0], "abcdefghijklmnopqrstuvwxyz0123456789_.-")] || !strchr(word[0], '.'))
		FAIL(d, t->line, "\"%s\" is no key: noun.what", word[0]);
	viewc_draw_key(&d->vc->key, &d->vc->keys, word[0]);
	size_t key = viewc_draw_key(&d->key, &d->keys, word[0]);
	d->lang = true;
	if (n == 1) {
		viewc_draw_line(d, viewc_print("draw_words(out, lang, &%s_key[%zu]);", d->view->symbol, key));
		return;
	}
	const char *filling[3] = { "NULL", "NULL", "NULL" };
	for (int i = 1; i < n; i++)
		filling[i - 1] = viewc_draw_filling(d, word[i], t->line);
	viewc_draw_line(d, viewc_print("draw_sentence(out, lang, &%s_key[%zu], %s, %s, %s);", d->view->symbol, key,
				       filling[0], filling[1], filling[2]));
}

static void viewc_draw_partial(struct drawing *d, const struct token *t)
{
	size_t n = strcspn(t->text, " \t");
	const char *name = viewc_print("%.*s", (int)n, t->text), *path = t->text + n + strspn(t->text + n, " \t");
	struct view_file *to = NULL;
	for (size_t i = 0; i < d->vc->views; i++)
		if (!strcmp(d->vc->view[i]->name, name))
			to = d->vc->view[i];
	if (!to || !to->partial || to->models_only)
		FAIL(d, t->line, "no partial is called %s", name);
	struct value v = { 0 };
	const char *arg = NULL;
	for (int i = d->frames - 1; i >= 0 && !*path && !arg; i--)
		if (d->frame[i].record == to->root) {   /* "m2->" or "m0->page." */
			size_t size = strlen(d->frame[i].prefix);
			bool arrow = d->frame[i].prefix[size - 1] == '>';
			arg = viewc_print("%s%.*s", arrow ? "" : "&", (int)(size - (arrow ? 2 : 1)), d->frame[i].prefix);
			*d->frame[i].used = true;
		}
	if (!arg) {
		v = viewc_draw_find(d, *path ? path : to->root->name, t->line);
		if (v.record != to->root || v.shape == SHAPE_LIST)
			FAIL(d, t->line, "%s draws a %s, and %s is none", name, to->root->name,
			     *path ? path : to->root->name);
		arg = viewc_print("%s%s", v.shape == SHAPE_MAYBE ? "" : "&", viewc_draw_use(&v));
	}
	if (v.shape == SHAPE_MAYBE)
		viewc_draw_line(d, viewc_print("if (%s)", arg));
	viewc_draw_line(d, viewc_print("%s%s(out, lang, %s);", v.shape == SHAPE_MAYBE ? "\t" : "", to->symbol, arg));
	d->lang = true;
	d->view->call = viewc_more(d->view->call, d->view->calls, sizeof *d->view->call);
	d->view->call[d->view->calls++] = to;
}

static void viewc_draw_body(struct drawing *d, const struct token *open);

static void viewc_draw_enter(struct drawing *d, struct frame frame, int line)
{
	if (d->frames == (int)(sizeof d->frame / sizeof *d->frame))
		FAIL(d, line, "sections are nested too deeply");
	d->frame[d->frames++] = frame;
}

/* {{#x}} of a list: the variable of the record is declared if the body needs it. */
static void viewc_draw_list(struct drawing *d, const struct token *t, const struct value *v)
{
	struct buffer body = { 0 }, *outer = d->out;
	bool used = false;
	int number = ++d->variables;
	const char *index = viewc_print("i%d", number), *expr = viewc_draw_use(v);
	viewc_draw_line(d, viewc_print("for (size_t %s = 0; %s < %s_count; %s++) {", index, index, expr, index));
	d->out = &body;
	d->depth++;
	viewc_draw_enter(d, (struct frame){ v->record, v->record ? viewc_print("m%d->", number)
					    : viewc_print("%s[%s]", expr, index), expr, index, &used }, t->line);
	viewc_draw_body(d, t);
	viewc_draw_flush(d);
	d->frames--;
	d->out = outer;
	if (used && v->record) {
		viewc_tabs(d->out, d->depth);
		viewc_add(d->out, "const struct view_%s *m%d = &%s[%s];\n", v->record->name, number, expr, index);
	}
	d->depth--;
	if (body.size)
		viewc_add_n(d->out, body.bytes, body.size);
	viewc_draw_line(d, "}");
}

static void viewc_draw_if(struct drawing *d, const struct token *t, const char *condition, const struct frame *frame)
{
	viewc_draw_line(d, viewc_print("if (%s) {", condition));
	d->depth++;
	if (frame)
		viewc_draw_enter(d, *frame, t->line);
	viewc_draw_body(d, t);
	viewc_draw_flush(d);
	d->frames -= frame != NULL;
	d->depth--;
	viewc_draw_line(d, "}");
}

static void viewc_draw_section(struct drawing *d, const struct token *t)
{
	bool is = t->sign == '#';
	if (!strcmp(t->text, "zh") || !strcmp(t->text, "en")) {
		d->lang = true;
		viewc_draw_if(d, t, viewc_print("lang %s LANG_%s", is ? "==" : "!=",
						*t->text == 'z' ? "ZH" : "EN"), NULL);
		return;
	}
	struct value v = viewc_draw_find(d, t->text, t->line);
	if (v.shape == SHAPE_LIST && is) {
		viewc_draw_list(d, t, &v);
	} else if (v.shape == SHAPE_LIST) {
		viewc_draw_if(d, t, viewc_print("!%s_count", viewc_draw_use(&v)), NULL);
	} else if (v.shape == SHAPE_MAYBE) {
		struct frame frame = { v.record, viewc_print("%s->", v.expr), v.expr, NULL, v.used };
		viewc_draw_if(d, t, viewc_print("%s%s", is ? "" : "!", viewc_draw_use(&v)), is ? &frame : NULL);
	} else if (v.kind == KIND_RECORD) {
		if (!is)
			FAIL(d, t->line, "%s is always there", t->text);
		viewc_draw_enter(d, (struct frame){ v.record, viewc_print("%s.", v.expr), v.expr, NULL, v.used }, t->line);
		viewc_draw_body(d, t);
		d->frames--;
	} else if (v.kind == KIND_TEXT || v.kind == KIND_MARKUP) {
		viewc_draw_use(&v);
		viewc_draw_if(d, t, viewc_print(is ? "%s && *%s" : "!%s || !*%s", v.expr, v.expr), NULL);
	} else {
		viewc_draw_if(d, t, viewc_print("%s%s", is ? "" : "!", viewc_draw_use(&v)), NULL);
	}
}

static void viewc_draw_body(struct drawing *d, const struct token *open)
{
	const char *what, *unused;
	enum spot began = viewc_html_spot(&d->html, &what);
	for (; d->at < d->tokens; d->at++) {
		const struct token *t = &d->token[d->at];
		enum spot spot = viewc_html_spot(&d->html, &what);
		if (!t->sign) {
			viewc_html_feed(&d->html, t->text, t->size);
			viewc_add_n(&d->pending, t->text, t->size);
			continue;
		}
		if (t->sign == '!')
			continue;
		if (spot == SPOT_FORBIDDEN || (spot == SPOT_TAG && !strchr("#^/", t->sign))
		    || (spot == SPOT_QUOTED && strchr("{>", t->sign)))
			FAIL(d, t->line, "{{%s}} cannot stand %s", t->text, spot == SPOT_QUOTED ? "in an attribute" : what);
		if (t->sign == '/') {
			if (!open || strcmp(open->text, t->text))
				FAIL(d, t->line, open ? "{{/%s}} where {{/%s}} is due" : "{{/%s}} closes nothing",
				     t->text, open ? open->text : "");
			if (viewc_html_spot(&d->html, &unused) != began)
				FAIL(d, t->line, "{{/%s}} stands elsewhere in the HTML than its beginning", t->text);
			return;
		}
		switch (t->sign) {
		case 't': viewc_draw_words(d, t); break;
		case '>': viewc_draw_partial(d, t); break;
		case '#':
		case '^':
			d->at++;
			viewc_draw_section(d, t);
			break;
		default: viewc_draw_value(d, t); break;
		}
	}
	if (open)
		FAIL(d, open->line, "{{%c%s}} is not closed", open->sign, open->text);
	if (viewc_html_spot(&d->html, &what) != SPOT_TEXT)
		FAIL(d, d->tokens ? d->token[d->tokens - 1].line : 1, "the page ends %s", what);
}

void viewc_draw_view(struct viewc *vc, struct view_file *view, const char *text, struct buffer *out)
{
	struct buffer body = { 0 };
	bool used = false;
	struct drawing *d = viewc_more(NULL, 0, sizeof *d);
	*d = (struct drawing){ .vc = vc, .view = view, .depth = 1, .out = &body };
	viewc_draw_enter(d, (struct frame){ view->root, "m0->", NULL, NULL, &used }, 1);
	viewc_draw_cut(d, text);
	viewc_draw_tidy(d);
	viewc_draw_body(d, NULL);
	viewc_draw_flush(d);

	viewc_add(out, "/* Written by tools/viewc.c from %s.mustache. */\n#include \"view.h\"\n\n"
		  "#include \"base/draw.h\"\n#include \"base/lang.h\"\n#include \"base/text.h\"\n\n", view->name);
	if (d->keys) {
		viewc_add(out, "/* The words are looked up once; see base/draw.h. */\nstatic struct draw_key %s_key[] = {\n",
			  view->symbol);
		for (size_t i = 0; i < d->keys; i++)
			viewc_add(out, "\t{ .key = \"%s\" },\n", d->key[i]);
		viewc_add(out, "};\n\n");
	}
	if (view->partial)
		viewc_add(out, "void %s(struct text *out, enum lang lang, const struct view_%s *m0)\n{\n",
			  view->symbol, view->root->name);
	else
		viewc_add(out, "static void %s_html(struct text *out, enum lang lang, const void *model)\n{\n",
			  view->symbol);
	if (!view->partial && used)
		viewc_add(out, "\tconst struct view_%s *m0 = model;\n", view->root->name);
	else if (!used)
		viewc_add(out, "\t(void)%s;\n", view->partial ? "m0" : "model");
	if (!d->lang)
		viewc_add(out, "\t(void)lang;\n");
	if (!body.size)
		viewc_add(out, "\t(void)out;\n");
	viewc_add_n(out, body.size ? body.bytes : "", body.size);
	viewc_add(out, "}\n%s", view->partial ? "" : "\n");
}

static void viewc_draw_follow(struct view_file *view)
{
	view->mark = 1;
	for (size_t i = 0; i < view->calls; i++) {
		if (view->call[i]->mark == 1)
			viewc_stop(view->file, 1, "draws itself through %s", view->call[i]->name);
		if (!view->call[i]->mark)
			viewc_draw_follow(view->call[i]);
	}
	view->mark = 2;
}

void viewc_draw_check(struct viewc *vc)
{
	for (size_t i = 0; i < vc->views; i++)
		if (!vc->view[i]->mark)
			viewc_draw_follow(vc->view[i]);
}
